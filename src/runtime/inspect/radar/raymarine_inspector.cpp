// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/radar/raymarine_inspector.hpp"

#include <fmt/core.h>

#include "codec/raymarine/beacon.hpp"
#include "core/base/constants.hpp"
#include "core/base/little_endian.hpp"

namespace headland::inspect {
namespace {}  // namespace

bool RaymarineInspector::add(const Piece& piece) {
  return add_quantum(piece) || add_rd(piece) || add_navigation(piece) || add_beacon(piece) || add_other(piece);
}

bool RaymarineInspector::add_quantum(const Piece& piece) {
  const bool is_spoke = raymarine::is_quantum_spoke(piece.payload);
  if (!is_spoke && !raymarine::is_quantum_status(piece.payload)) return false;
  Radar* radar = stream_of(radars_, piece.source.address);
  if (radar == nullptr) return false;
  radar->kind = Kind::quantum;
  if (!is_spoke) {
    radar->note(piece, "status");
    const auto status = raymarine::read_quantum_status(piece.payload);
    if (status) {
      radar->quantum_range.note(*status);
    } else {
      radar->reject(name_of(status.error().reason));
    }
    return true;
  }
  radar->note_spokes(piece);
  const auto spoke = raymarine::read_quantum_spoke(piece.payload);
  if (spoke) {
    add_spoke(*spoke, piece.time.value_or(Timestamp{}), *radar);
  } else {
    radar->reject(name_of(spoke.error().reason));
  }
  return true;
}

void RaymarineInspector::add_spoke(const raymarine::QuantumSpoke& spoke, Timestamp time, Radar& radar) {
  SpokeStatistics& s = radar.spokes;
  ++s.spokes;
  if (radar.last_number && raymarine::spokes_lost(*radar.last_number, spoke.sequence) > 0) ++s.gaps;
  radar.last_number = spoke.sequence;
  if (const auto cell_m = radar.quantum_range.cell_m(spoke)) {
    s.cells.add(*cell_m);
    s.ranges.add(*cell_m * spoke.cells);
  }
  s.headings.add(HeadingOf::none);
  s.turns.add(Bearing(Radians(full_turn * spoke.azimuth / spoke.spokes_per_turn)), time);
}

bool RaymarineInspector::add_rd(const Piece& piece) {
  const bool is_frame = raymarine::is_rd_frame(piece.payload);
  if (!is_frame && !raymarine::is_rd_status(piece.payload)) return false;
  Radar* radar = stream_of(radars_, piece.source.address);
  if (radar == nullptr) return false;
  radar->kind = Kind::rd;
  if (!is_frame) {
    radar->note(piece, "status");
    const auto status = raymarine::read_rd_status(piece.payload);
    if (status) {
      radar->rd_range_m = status->range_m;
    } else {
      radar->reject(name_of(status.error().reason));
    }
    return true;
  }
  radar->note_spokes(piece);
  for (raymarine::RdFrameReader reader(piece.payload); !reader.at_end();) {
    const auto spoke = reader.next();
    if (spoke) {
      add_spoke(*spoke, piece.time.value_or(Timestamp{}), *radar);
    } else {
      radar->reject(name_of(spoke.error().reason));
    }
  }
  return true;
}

void RaymarineInspector::add_spoke(const raymarine::RdSpoke& spoke, Timestamp time, Radar& radar) {
  SpokeStatistics& s = radar.spokes;
  ++s.spokes;
  if (radar.last_number && raymarine::azimuths_lost(*radar.last_number, spoke.azimuth) > 0) ++s.gaps;
  radar.last_number = spoke.azimuth;
  if (radar.rd_range_m) {
    const double extent_m = *radar.rd_range_m * raymarine::rd_reach;
    s.cells.add(extent_m / static_cast<double>(raymarine::rd_cells));
    s.ranges.add(extent_m);
  }
  s.headings.add(HeadingOf::none);
  s.turns.add(Bearing(Radians(full_turn * spoke.azimuth / raymarine::rd_spokes_per_turn)), time);
}

// From a plotter to the radar's own address.
bool RaymarineInspector::add_navigation(const Piece& piece) {
  if (!raymarine::is_quantum_navigation(piece.payload)) return false;
  Radar* radar = stream_of(radars_, piece.destination.address);
  if (radar == nullptr) return false;
  radar->note(piece, "navigation");
  const auto navigation = raymarine::read_quantum_navigation(piece.payload);
  if (navigation && navigation->position) position_ = PositionReport{*navigation->position, "raymarine-navigation"};
  return true;
}

// Those of radars; the others are of plotters and their instruments.
bool RaymarineInspector::add_beacon(const Piece& piece) {
  constexpr std::uint16_t beacon_port = 5800;
  if (piece.destination.port != beacon_port) return false;
  const auto beacon = raymarine::read_beacon(piece.payload);
  if (!beacon || !raymarine::is_of_radar(*beacon)) return false;
  Radar* radar = stream_of(radars_, piece.source.address);
  if (radar == nullptr) return false;
  radar->note(piece, "beacon");
  return true;
}

// Messages of a radar that is known to be one, in the number space of its kind.
bool RaymarineInspector::add_other(const Piece& piece) {
  const auto known = radars_.find(piece.source.address);
  if (known == radars_.end() || piece.payload.size() < 4) return false;
  Radar& radar = known->second;
  const std::uint32_t type = read_u32(piece.payload.data());
  const std::uint32_t space = radar.kind == Kind::quantum ? 0x28 : radar.kind == Kind::rd ? 0x01 : 0xFFFF;
  if (type >> 16 != space) return false;
  radar.note(piece, radar.messages.size() < 64 ? fmt::format("{:06x}", type) : "other");
  return true;
}

void RaymarineInspector::report(std::vector<StreamReport>& out) const {
  for (const auto& [address, radar] : radars_) {
    out.push_back(radar.report(radar.kind == Kind::quantum ? "raymarine-quantum"
                               : radar.kind == Kind::rd    ? "raymarine-rd"
                                                           : "raymarine"));
  }
}

}  // namespace headland::inspect
