// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/radar/garmin_inspector.hpp"

#include <numbers>

#include "codec/garmin/report.hpp"
#include "codec/garmin/spoke.hpp"

namespace headland::inspect {
namespace {

void add_spoke(const garmin::Spoke& spoke, Timestamp time, SpokeStatistics& s) {
  ++s.spokes;
  s.cells.add(spoke.cell_m);
  s.ranges.add(spoke.cell_m * static_cast<double>(spoke.cells.size()));
  s.headings.add(HeadingOf::none);
  s.turns.add(Bearing(Radians(spoke.angle * 2.0 * std::numbers::pi / garmin::steps_per_turn)), time);
}

}  // namespace

bool GarminInspector::add(const Piece& piece) {
  const bool is_spoke = garmin::is_spoke(piece.payload);
  if (!is_spoke && (!garmin::is_report(piece.payload) || !piece.destination.is_multicast())) return false;
  Radar* radar = stream_of(radars_, piece.source.address);
  if (radar == nullptr) return false;
  if (!is_spoke) {
    const auto report = garmin::read_report(piece.payload);
    if (report) {
      radar->note(piece, std::string(name_of(report->setting)));
    } else {
      radar->note_datagram(piece);
      radar->reject(name_of(report.error().reason));
    }
    return true;
  }
  radar->note_spokes(piece);
  const auto spoke = garmin::read_spoke(piece.payload);
  if (!spoke) {
    radar->reject(name_of(spoke.error().reason));
    return true;
  }
  if (radar->last_angle && garmin::spokes_lost(*radar->last_angle, spoke->angle) > 0) ++radar->spokes.gaps;
  radar->last_angle = spoke->angle;
  add_spoke(*spoke, piece.time.value_or(Timestamp{}), radar->spokes);
  return true;
}

void GarminInspector::report(std::vector<StreamReport>& out) const {
  // Plotters send heartbeats, too: without spokes nothing says that it is a radar.
  for (const auto& [address, radar] : radars_) out.push_back(radar.report(radar.has_spokes ? "garmin-xhd" : "garmin"));
}

}  // namespace headland::inspect
