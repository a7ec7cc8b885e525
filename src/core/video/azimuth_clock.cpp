// SPDX-License-Identifier: Apache-2.0
#include "core/video/azimuth_clock.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace headland {
namespace {

constexpr AntennaPosition step_back_limit = positions_per_turn / 72;  // 5 degrees
constexpr AntennaPosition jump = positions_per_turn / 8;
constexpr int refusals_that_convince = 8;
constexpr double most_whole_turns = 1e4;  // a clock that leaps must not overflow the position
// Of the pace it was measured to have, in gusts. Where the antenna would have had to turn faster yet for a whole turn
// to have passed unseen, it (or the network) stood still for that time.
constexpr double fastest = 1.1;
constexpr AntennaPosition furthest = AntennaPosition{1} << 60;

}  // namespace

std::uint32_t turn_fraction(Bearing bearing) {
  const double turns = bearing.radians() / (2.0 * std::numbers::pi);
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(turns * 4294967296.0));
}

Bearing bearing_of(AntennaPosition position) {
  const auto fraction = static_cast<std::uint32_t>(position);
  return Bearing(Radians(static_cast<double>(fraction) * (2.0 * std::numbers::pi / 4294967296.0)));
}

std::optional<AntennaPosition> AzimuthClock::advance(Bearing bearing, Timestamp time) {
  if (!std::isfinite(bearing.radians())) {
    ++refused_;
    return std::nullopt;
  }
  const std::uint32_t fraction = turn_fraction(bearing);
  if (!started_) {
    started_ = true;
    position_ = pace_position_ = fraction;
    time_ = pace_time_ = time;
    last_fraction_ = fraction;
    return position_;
  }
  if (falls(fraction)) {
    ++refused_;
    ++anticlockwise_;
    return std::nullopt;
  }
  AntennaPosition step = static_cast<std::int32_t>(fraction - static_cast<std::uint32_t>(position_));
  if (step < -step_back_limit) step += positions_per_turn;
  const auto elapsed = static_cast<double>((time - time_).count());
  bool stalled = false;
  if (pace_ > 0.0 && elapsed >= 0.0) {
    const double expected = elapsed * pace_;
    const double due = expected / static_cast<double>(positions_per_turn);
    const double turned = static_cast<double>(step) / static_cast<double>(positions_per_turn);
    const double unseen = std::floor(std::min(due - turned + 0.5, fastest * due - turned));
    if (unseen >= 1.0) {
      step += static_cast<AntennaPosition>(std::min(unseen, most_whole_turns)) * positions_per_turn;
    } else if (step > jump && expected < 0.25 * static_cast<double>(step)) {
      ++refused_;
      if (++refused_in_row_ < refusals_that_convince) return std::nullopt;
    }
    stalled = expected - static_cast<double>(step) > static_cast<double>(jump);
  }
  refused_in_row_ = 0;
  if (position_ > furthest) position_ -= furthest;  // whole turns; a radar gets here in ten years and more
  const AntennaPosition position = position_ + step;
  if (step > jump || stalled) {  // the pace is measured anew behind a gap
    pace_position_ = position;
    pace_time_ = time;
  }
  position_ = std::max(position_, position);
  time_ = time;
  measure_pace(time);
  return position;
}

// A long step back cannot be told from nearly a whole turn forward. A long one forward takes back what had fallen, but
// not where the antenna is known to turn anticlockwise: there it is a stray bearing.
bool AzimuthClock::falls(std::uint32_t fraction) {
  const AntennaPosition step = static_cast<std::int32_t>(fraction - last_fraction_);
  last_fraction_ = fraction;
  const bool is_small = std::abs(step) <= step_back_limit;
  if (is_small || (step > 0 && !is_anticlockwise_)) fallen_ = std::clamp<AntennaPosition>(fallen_ - step, 0, jump);
  if (fallen_ == jump) is_anticlockwise_ = true;
  if (fallen_ == 0) is_anticlockwise_ = false;
  return is_anticlockwise_ || fallen_ > step_back_limit;
}

void AzimuthClock::measure_pace(Timestamp time) {
  if (position_ - pace_position_ < jump) return;
  const auto elapsed = static_cast<double>((time - pace_time_).count());
  if (elapsed > 0.0) pace_ = static_cast<double>(position_ - pace_position_) / elapsed;
  pace_position_ = position_;
  pace_time_ = time;
}

std::optional<Seconds> AzimuthClock::turn_time() const {
  if (pace_ <= 0.0) return std::nullopt;
  return Seconds(static_cast<double>(positions_per_turn) / pace_ * 1e-9);
}

}  // namespace headland
