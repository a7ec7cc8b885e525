// SPDX-License-Identifier: Apache-2.0
// Alerts for the page (stream type 6), and what HTTP tells of them and of the zones.
#pragma once

#include <span>
#include <string>

#include "codec/share/frame.hpp"
#include "core/rules/alerts/alert_record.hpp"
#include "core/rules/routes/route_model.hpp"
#include "core/rules/zone/zone.hpp"

namespace headland::share {

// `whole`: these are all that there are to show; otherwise those that changed.
[[nodiscard]] Frame alerts_frame(std::span<const AlertRecord> alerts, bool whole, Timestamp time);

// One alert as JSON, as in the frame; and {"alerts":[…]}, {"entries":[…]}.
[[nodiscard]] std::string alert_json(const AlertRecord& alert);
[[nodiscard]] std::string alerts_json(std::span<const AlertRecord> alerts);
[[nodiscard]] std::string entries_json(std::span<const AlertEntry> entries);

// What goes out about one change, for programs and for people. `station`: the name of ours.
[[nodiscard]] std::string message_json(const std::string& station, const AlertEntry& entry, const AlertRecord& alert);
[[nodiscard]] std::string message_text(const std::string& station, const AlertEntry& entry, const AlertRecord& alert);

// A Feature a zone (name, kind), longitudes unwrapped along each line so that a zone over 180 degrees stays whole.
[[nodiscard]] std::string zones_geojson(std::span<const rules::Zone> zones);
// What traffic is usual: an arrow a cell where most go one way, a cross where they go to and fro, with the vessels
// counted.
[[nodiscard]] std::string routes_geojson(std::span<const rules::RouteModel::Drawn> cells);

}  // namespace headland::share
