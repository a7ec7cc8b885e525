// SPDX-License-Identifier: Apache-2.0
// Counts the turns of an antenna from the bearings and times of its spokes.
//
// Bearings jitter (ship's heading), repeat, skip, overlap and, after a loss, jump. The clock turns
// them into one growing position. Steps back of up to 5 degrees are believed; a longer one is taken
// as nearly a whole turn forward. Where the pace of the antenna is known, whole turns that passed
// unseen are added from the time that went by (not where antenna or network stood still for less
// than nine tenths of a turn), and a jump that the time does not allow is refused until eight in a
// row agree that the antenna really is somewhere else.
//
// Clockwise only. Bearings that fall by more than 5 degrees in small steps are an antenna that turns
// anticlockwise (or one that stands still on a ship that turns): such spokes are refused, and counted
// apart, for nothing behind this clock could tell their turns. Once the bearings have fallen by an
// eighth of a turn, they must rise by as much before they are believed again.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/angle.hpp"
#include "core/base/time.hpp"
#include "core/video/hits.hpp"

namespace headland {

class AzimuthClock {
 public:
  // Position of a spoke, or nothing when its bearing is not believable.
  std::optional<AntennaPosition> advance(Bearing bearing, Timestamp time);

  // Time of a whole turn, from the last eighth of one; nothing until that was seen.
  [[nodiscard]] std::optional<Seconds> turn_time() const;
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  // Of these, the spokes refused because bearings fell.
  [[nodiscard]] std::uint64_t anticlockwise() const { return anticlockwise_; }

 private:
  [[nodiscard]] bool falls(std::uint32_t fraction);
  void measure_pace(Timestamp time);

  bool started_ = false;
  AntennaPosition position_ = 0;  // furthest so far
  Timestamp time_;                // of the last spoke accepted
  AntennaPosition pace_position_ = 0;
  Timestamp pace_time_;
  double pace_ = 0.0;  // positions per nanosecond, 0 = unknown
  int refused_in_row_ = 0;
  std::uint64_t refused_ = 0;
  std::uint32_t last_fraction_ = 0;  // of the last spoke, believed or not
  AntennaPosition fallen_ = 0;       // of the bearings, from where they were furthest; an eighth of a turn at most
  bool is_anticlockwise_ = false;
  std::uint64_t anticlockwise_ = 0;
};

// Fraction of a turn of a bearing, in 2^-32 turns.
[[nodiscard]] std::uint32_t turn_fraction(Bearing bearing);
[[nodiscard]] Bearing bearing_of(AntennaPosition position);

}  // namespace headland
