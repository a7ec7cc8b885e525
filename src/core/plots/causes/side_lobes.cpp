// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/side_lobes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"

namespace headland::plots {
namespace {

constexpr double near_lobes = 10.0 * radians_per_degree;
constexpr std::array angle_ends = {5.0, 8.0, 12.0, 20.0, 35.0, 60.0, 100.0, 181.0};
constexpr std::array power_ends = {30.0, 42.0, 55.0, 1e9};
// Deviations of range: side lobes within 2, and what lies beside them from 3 to 6.
constexpr double widest = 6.0;
constexpr double beside_from = 3.0;
constexpr std::uint32_t turns_a_count = 64;
constexpr double most_odds = 30.0;
// Where widths alone tell powers, nothing guards a boat that lies at the range of a ship: less is believed.
constexpr double most_odds_by_width = 1.5;
constexpr double prior_plots_by_width = 80.0;
constexpr double prior_odds = 0.5;  // where strengths are in order, too

std::size_t index_in(const auto& ends, double value) {
  std::size_t i = 0;
  while (i + 1 < ends.size() && value >= ends[i]) ++i;
  return i;
}

std::uint64_t cell(double value, double size) {
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(value / size)));
}

}  // namespace

SideLobes::SideLobes(const CauseConfig& config) : config_(config) {}

CauseRate& SideLobes::rate(double off, double power_db, std::size_t near) {
  const std::size_t a = index_in(angle_ends, off / radians_per_degree);
  const std::size_t p = index_in(power_ends, power_db);
  return rates_[(a * powers + p) * nearness + near];
}

bool SideLobes::may_show(const StrongEcho& main, double power_db, double off, Angle beam, bool has_strengths) const {
  // Nearer it is the main lobe itself, or a piece of the same hull.
  if (off < main.half_extent + 0.75 * beam.radians()) return false;
  if (!has_strengths) return power_db <= main.power_db - weaker_by_width_db;
  const Decibels level = off <= near_lobes ? config_.side_lobe_near : config_.side_lobe_far;
  return power_db <= main.power_db - 2.0 * level.value() + fluctuation_db;
}

void SideLobes::count(const StrongEcho& main, double off, double range_m, double away) {
  const bool beside = away >= beside_from;
  if (!beside && away >= 2.0) return;
  // One place: the main echo to 40 m and two degrees, the angle to one degree, its range.
  std::uint64_t place = cell(main.range_m, 40.0);
  place = place * 256 + cell(main.bearing / radians_per_degree, 2.0);
  place = place * 512 + cell(off / radians_per_degree, 1.0);
  place = place * 4096 + (cell(range_m, 25.0) & 4095U);
  if (!counted_.take(place)) return;
  if (beside) {
    // From 3 to 6 deviations on either side, against one on either side.
    for (std::size_t near = 0; near < nearness; ++near)
      rate(off, main.power_db, near).count_beside(widest - beside_from);
  } else {
    rate(off, main.power_db, away < 1.0 ? 0 : 1).count_at();
  }
}

double SideLobes::judge(const PlotSector& sector, std::size_t index, double power_db, const StrongEchoes& strong,
                        bool has_strengths) {
  const Plot& plot = sector.plots[index];
  const bool in_crowd = strong.in_crowd(index);
  if (sector.turn >= forgotten_turn_ + turns_a_count || sector.turn < forgotten_turn_) {
    forgotten_turn_ = sector.turn;
    counted_.forget();
  }
  if (!begun_) rates_.fill(has_strengths ? CauseRate(prior_odds) : CauseRate(0.0, prior_plots_by_width));
  begun_ = true;
  const double range = plot.range.value();
  const double direction = direction_of(sector, plot.bearing);
  double odds = 0.0;
  for (const StrongEcho& main : strong.echoes()) {
    const double apart = std::abs(range - main.range_at(direction));
    if (apart > 400.0) continue;
    const double sigma =
        std::hypot(main.range_deviation, plot.range_deviation.value(), 0.5 * config_.pulse_length.value());
    const double away = apart / sigma;
    if (away >= widest) continue;
    const double off = std::abs(std::remainder(plot.bearing.radians() - main.bearing, full_turn));
    if (!may_show(main, power_db, off, strong.beam(), has_strengths)) continue;
    // The likeliest alone: pieces of one ship, and ships at one range, have each been counted with the others.
    if (away < 2.0) odds = std::max(odds, rate(off, main.power_db, away < 1.0 ? 0 : 1).odds());
    if (!in_crowd && !main.in_crowd) count(main, off, range, away);
  }
  return std::min(odds, has_strengths ? most_odds : most_odds_by_width);
}

}  // namespace headland::plots
