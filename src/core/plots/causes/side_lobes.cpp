// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/side_lobes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::plots {
namespace {

constexpr double full_turn = 2.0 * std::numbers::pi;
constexpr double degree = std::numbers::pi / 180.0;
constexpr double near_lobes = 10.0 * degree;
constexpr std::array angle_ends = {5.0, 8.0, 12.0, 20.0, 35.0, 60.0, 100.0, 181.0};
constexpr std::array power_ends = {30.0, 42.0, 55.0, 1e9};
// Deviations of range: side lobes within 2, and what lies beside them from 4 to 9.
constexpr double widest = 9.0;
constexpr double beside_from = 4.0;
constexpr std::uint32_t turns_a_count = 64;
constexpr double most_odds = 30.0;
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
  const std::size_t a = index_in(angle_ends, off / degree);
  const std::size_t p = index_in(power_ends, power_db);
  return rates_[(a * powers + p) * nearness + near];
}

bool SideLobes::may_show(const StrongEcho& main, double power_db, double off, bool has_strengths) const {
  // Nearer it is the main lobe itself, or a piece of the same hull.
  if (off < main.half_extent + 0.75 * config_.beam_width.radians()) return false;
  if (!has_strengths) return main.power_db > power_db;
  const Decibels level = off <= near_lobes ? config_.side_lobe_near : config_.side_lobe_far;
  return power_db <= main.power_db - 2.0 * level.value() + fluctuation_db;
}

void SideLobes::count(const StrongEcho& main, double off, double range_m, double away) {
  const bool beside = away >= beside_from;
  if (!beside && away >= 2.0) return;
  // One place: the main echo to 40 m and two degrees, the angle to one degree, its range.
  std::uint64_t place = cell(main.range_m, 40.0);
  place = place * 256 + cell(main.bearing / degree, 2.0);
  place = place * 512 + cell(off / degree, 1.0);
  place = place * 4096 + (cell(range_m, 25.0) & 4095U);
  if (!counted_.take(place)) return;
  if (beside) {
    // From 4 to 9 deviations on either side, against one on either side.
    for (std::size_t near = 0; near < nearness; ++near) rate(off, main.power_db, near).count_beside(widest - beside_from);
  } else {
    rate(off, main.power_db, away < 1.0 ? 0 : 1).count_at();
  }
}

double SideLobes::judge(const PlotSector& sector, const Plot& plot, double power_db, const StrongEchoes& strong,
                        bool has_strengths) {
  if (sector.turn >= forgotten_turn_ + turns_a_count || sector.turn < forgotten_turn_) {
    forgotten_turn_ = sector.turn;
    counted_.forget();
  }
  if (!begun_) rates_.fill(CauseRate(has_strengths ? prior_odds : 0.0));
  begun_ = true;
  const double range = plot.range.value();
  const double direction = direction_of(sector, plot.bearing);
  double odds = 0.0;
  for (const StrongEcho& main : strong.echoes()) {
    const double apart = std::abs(range - main.range_at(direction));
    if (apart > 400.0) continue;
    const double sigma = std::hypot(main.range_deviation, plot.range_deviation.value(),
                                    0.5 * config_.pulse_length.value());
    const double away = apart / sigma;
    if (away >= widest) continue;
    const double off = std::abs(std::remainder(plot.bearing.radians() - main.bearing, full_turn));
    if (!may_show(main, power_db, off, has_strengths)) continue;
    // The likeliest alone: pieces of one ship, and ships at one range, have each been counted with the others.
    if (away < 2.0) odds = std::max(odds, rate(off, main.power_db, away < 1.0 ? 0 : 1).odds());
    count(main, off, range, away);
  }
  return std::min(odds, most_odds);
}

}  // namespace headland::plots
