// SPDX-License-Identifier: Apache-2.0
// Orders about tracks, to and from the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/picture/track_order.hpp"

namespace headland::station {

// Of an entry of the journal; nothing where an operator did something else.
[[nodiscard]] std::optional<TrackOrder> track_order_in(std::span<const std::uint8_t> payload);

}  // namespace headland::station
