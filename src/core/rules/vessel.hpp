// SPDX-License-Identifier: Apache-2.0
// A vessel as the evaluators see it: facts at the instant of the picture, in true north axes and SI units.
#pragma once

#include <cstdint>
#include <optional>

#include "core/geo/local_frame.hpp"
#include "core/geo/tangent.hpp"
#include "core/rules/memory/memory.hpp"
#include "core/rules/ship_class.hpp"

namespace headland::rules {

inline constexpr std::uint8_t status_unknown = 15;

struct Vessel {
  const SystemTrack* track = nullptr;
  Memory* memory = nullptr;
  std::uint64_t key = 0;  // by MMSI where there is one, else by track
  SystemTrackId id;
  Mmsi mmsi;             // 0: none
  GeoPosition position;  // moved on to the picture's time
  TangentPlane plane;    // there
  double east_mps = 0.0;
  double north_mps = 0.0;
  double speed_mps = 0.0;
  bool motion_known = false;
  std::optional<double> course_rad;  // known and fast enough to mean something (0.5 kn)
  std::optional<double> heading_rad;
  double age_s = 0.0;  // of the position
  ShipClass kind = ShipClass::unknown;
  double length_m = 0.0;  // 0: not known
  std::optional<double> draught_m;
  std::uint8_t status = status_unknown;  // of navigation, M.1371
  bool has_ais = false;                  // AIS contributes and is not lost
  bool has_radar = false;
  bool ais_lost = false;

  [[nodiscard]] bool is_at_berth_or_anchor() const { return status == 1 || status == 5 || status == 6; }
  [[nodiscard]] const NormalVector& normal() const { return plane.up; }
  // About the earth's middle, m/s: the same axes for all vessels, near a pole too.
  [[nodiscard]] NormalVector velocity() const {
    return {east_mps * plane.east.x + north_mps * plane.north.x, east_mps * plane.east.y + north_mps * plane.north.y,
            east_mps * plane.east.z + north_mps * plane.north.z};
  }
};

inline constexpr std::uint64_t of_mmsi = std::uint64_t{1} << 32U;
// By MMSI where the identity is known, else by number of the track.
[[nodiscard]] std::uint64_t key_of(const SystemTrack& track);

// `frame`: the plane whose axes the track's velocity has; none: true axes at the vessel.
[[nodiscard]] Vessel vessel_of(const SystemTrack& track, Timestamp now, const LocalFrame* frame);

}  // namespace headland::rules
