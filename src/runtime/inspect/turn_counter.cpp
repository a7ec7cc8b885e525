// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/turn_counter.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::inspect {

void TurnCounter::add(Bearing azimuth, Timestamp time) {
  constexpr double turn = 2.0 * std::numbers::pi;
  constexpr double near_north = turn / 12.0;
  if (last_) {
    // The short way from spoke to spoke; it passes north where it leaves [0, turn).
    const double step = (azimuth - *last_).radians();
    const double reached = last_->radians() + step;
    clockwise_steps_ += step > 0.0 ? 1 : step < 0.0 ? -1 : 0;
    const bool crossed = clockwise_steps_ >= 0 ? reached >= turn : reached < 0.0;
    if (crossed && away_) {
      ++turns_;
      away_ = false;
      if (crossed_ && intervals_s_.size() < most_intervals)
        intervals_s_.push_back(to_seconds(time - *crossed_).value());
      crossed_ = time;
    }
  }
  if (azimuth.radians() > near_north && azimuth.radians() < turn - near_north) away_ = true;
  last_ = azimuth;
}

std::optional<double> TurnCounter::seconds_per_turn() const {
  if (intervals_s_.empty()) return std::nullopt;
  auto sorted = intervals_s_;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  if (sorted.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(sorted.begin(), middle)) / 2.0;
}

}  // namespace headland::inspect
