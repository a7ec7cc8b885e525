// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/ship_ghosts.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"

namespace headland::plots {
namespace {

constexpr double least_m = 60.0;      // nearer, it is the hull of A
constexpr double own_width_m = 15.0;  // ships are no points
constexpr double at_within = 2.0;     // deviations
constexpr double beside_from = 4.0;
constexpr double beside_to = 9.0;
constexpr double most_odds = 30.0;
constexpr std::uint32_t turns_a_count = 64;

std::uint64_t cell(double value, double size) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(value / size)));
}

}  // namespace

void ShipGhosts::weigh(const StrongEcho& a, const Plot& plot, double direction, const StrongEchoes& strong,
                       double& odds) {
  const double a_range = a.range_at(direction);
  const double farther = plot.range.value() - a_range;
  for (const StrongEcho& b : strong.echoes()) {
    if (&b == &a || b.measured_db < least_power_db) continue;
    // The plot itself, or another look at A, is no B.
    const double bearing_apart = std::abs(std::remainder(plot.bearing.radians() - b.bearing, full_turn));
    const double b_range = b.range_at(direction);
    if (std::abs(plot.range.value() - b_range) < 3.0 * own_width_m && bearing_apart < b.half_extent + 0.01) continue;
    const double half = std::sin(0.5 * (b.bearing - a.bearing));
    const double along = b_range - a_range;
    const double apart = std::sqrt(along * along + 4.0 * a_range * b_range * half * half);
    if (apart < least_m || apart > farthest_m) continue;
    // On the bearing of A nothing tells a ghost from B itself.
    if (std::abs(std::remainder(b.bearing - a.bearing, full_turn)) < 2.0 * config_.beam_width.radians()) continue;
    // A bearing's error turns into one of the distance from A to B.
    const double cross = 0.15 * config_.beam_width.radians() * std::max(a.range_m, b.range_m);
    const double sigma = std::hypot(own_width_m, a.range_deviation, b.range_deviation);
    const double all = std::hypot(sigma, cross * std::min(1.0, 2.0 * b.range_m * std::abs(half) / apart));
    const double away = std::abs(farther - apart) / all;
    const bool at = away < at_within;
    if (!at && (away < beside_from || away > beside_to)) continue;
    CauseRate& rate = rates_[apart < 300.0 ? 0 : apart < 800.0 ? 1 : 2];
    if (at) odds = std::max(odds, rate.odds());
    std::uint64_t place = cell(a.range_m, 40.0) * 4096 + (cell(a.bearing, 0.03) & 4095U);
    place = place * 4096 + (cell(apart, 40.0) & 4095U);
    place = place * 4096 + (cell(farther, 30.0) & 4095U);
    if (!counted_.take(place)) continue;
    if (at) {
      rate.count_at();
    } else {
      rate.count_beside((beside_to - beside_from) / at_within);
    }
  }
}

double ShipGhosts::judge(const PlotSector& sector, const Plot& plot, double power_db, const StrongEchoes& strong) {
  if (sector.turn >= forgotten_turn_ + turns_a_count || sector.turn < forgotten_turn_) {
    forgotten_turn_ = sector.turn;
    counted_.forget();
  }
  double odds = 0.0;
  const double direction = direction_of(sector, plot.bearing);
  const double reach = 0.5 * config_.beam_width.radians();
  // Only by their measured strength: what is wide near by is clutter, not a ship.
  for (const StrongEcho& a : strong.echoes()) {
    const double farther = plot.range.value() - a.range_at(direction);
    if (a.measured_db < least_power_db || power_db > a.measured_db - weaker_by_db) continue;
    if (farther < least_m || farther > farthest_m + 200.0) continue;
    const double off = std::abs(std::remainder(plot.bearing.radians() - a.bearing, full_turn));
    if (off > reach) continue;
    weigh(a, plot, direction, strong, odds);
  }
  return std::min(odds, most_odds);
}

}  // namespace headland::plots
