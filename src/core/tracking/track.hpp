// SPDX-License-Identifier: Apache-2.0
// Tracks: what the tracker holds of each vessel, from radar.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland {

enum class TrackStage : std::uint8_t { tentative, confirmed, coasting, ended };

// Position and velocity in the node's plane with their covariance. Of a track, the velocity is 0 where nothing says
// that the vessel moves: what was estimated lies within its deviations then.
struct KinematicState {
  EastNorth position;
  EastNorthVelocity velocity;
  // Symmetric, rows and columns: east, north (m), east, north (m/s).
  std::array<double, 16> covariance{};
};

// The hull, beam and pulse of the radar removed, with deviations that say how far they could be.
struct TrackSize {
  bool known = false;
  Metres length, length_deviation;
  Metres width, width_deviation;
  Angle orientation;                                // of the hull, [0, pi) clockwise from the plane's north
  Radians orientation_deviation{std::numbers::pi};  // pi: unknown

  // What the hull is at the least; 0: unknown.
  [[nodiscard]] Metres least_length() const {
    return known ? std::max(Metres(0.0), length - length_deviation) : Metres(0.0);
  }
};

// What a track is at first sight: a vessel at rest (a buoy, a rock), one faster than some 20 knots, another of 50 m or
// more, another, smaller one; or probably no vessel.
enum class TrackClass : std::uint8_t { unknown, large, small, fast, stationary, improbable };

struct TrackKind {
  TrackClass likely = TrackClass::unknown;
  double probability = 0.0;  // of that class
};

// A radar's share in the position of a track, 0 .. 1: by the gain of the filter for each of its plots.
struct RadarShare {
  SensorId sensor;
  double share = 0.0;
  Timestamp last_plot;        // of this radar in the track; the epoch: none yet
  bool in_last_turn = false;  // its beam's last passage gave a plot
};

struct Track {
  TrackId id;           // given once, never again within a day
  Timestamp time;       // the state holds for this instant
  Timestamp began;      // first plot
  Timestamp last_plot;  // last plot that updated it
  KinematicState state;
  TrackStage stage = TrackStage::tentative;
  double existence = 0.0;   // probability that there is a vessel
  double identity = 1.0;    // that it is the vessel that had its number first: < 1 once it was lost and came back
  double visibility = 1.0;  // probability that the radar can see it just now
  std::uint32_t scans_missed = 0;  // in a row
  std::uint32_t plots_used = 0;
  Metres length;  // extent of the echo, smoothed; 0 = unknown
  Metres width;
  TrackSize size;
  TrackKind kind;
  Decibels strength;                // of the last plot
  std::vector<RadarShare> sensors;  // whose plots it rests on, the largest share first; those of next to none left out
};

// What changed, in order. Each track that was updated by a plot or missed one appears once.
struct TrackUpdates {
  Timestamp time;
  std::vector<Track> tracks;  // new state of each changed track, sorted by id
};

}  // namespace headland
