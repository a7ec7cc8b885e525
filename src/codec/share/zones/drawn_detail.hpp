// SPDX-License-Identifier: Apache-2.0
// Inside of codec/share only: one Feature as a drawn zone, an order of the page about one.
#pragma once

#include <optional>

#include "codec/share/json_detail.hpp"
#include "core/base/expected.hpp"
#include "core/rules/zone/drawn_zones.hpp"

namespace headland::share {

[[nodiscard]] Expected<rules::DrawnZone> drawn_zone_of(const Json& feature);
// {"do":"save","feature":{…},"who"?,"why"?} or {"do":"delete","id","version","who"?,"why"}.
[[nodiscard]] Expected<rules::ZoneOrder> zone_order_of(const Json& order);
// Seconds since 1970 UTC, up to the year 2200.
[[nodiscard]] std::optional<Timestamp> time_in(const Json& object, const char* key);

}  // namespace headland::share
