// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/foreign_pulses.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {
namespace {

constexpr double turns_back = 2.0;
constexpr double widest_reach = 0.2;  // radians, however near
constexpr double deviations = 2.0;
constexpr double beside_reaches = 3.0;  // where chance is looked at, on either side in range
constexpr double memory = 1000.0;       // narrow plots
constexpr double most_chance = 0.3;     // where more than that has something by chance nothing is told

}  // namespace

bool ForeignPulses::is_too_narrow(const Plot& plot, Angle beam) {
  const double strength = plot.strength.value();
  if (!plot.shape.is_known() || plot.origin != PlotOrigin::detection || !(strength >= least_strength_db)) return false;
  // As wide as half of what a point so strong paints is a point of a quarter of the decibels.
  return power_by_width_db(plot.shape.width_at_range, beam) < 0.25 * strength;
}

void ForeignPulses::follow(const PlotSector& sector) {
  const double now = full_turn * sector.turn + sector.from.radians();
  const auto old = [&](const Seen& s) { return s.direction < now - (turns_back + 0.3) * full_turn; };
  seen_.erase(seen_.begin(), std::find_if_not(seen_.begin(), seen_.end(), old));
  if (!begun_ || sector.turn < marked_turn_ || sector.turn > marked_turn_ + 2) {  // or the antenna began anew
    begun_ = true;
    seen_.clear();
    first_turn_ = sector.turn;
  } else if (sector.sector != marked_sector_) {
    return;
  } else if (sector.turn == marked_turn_ + 1) {
    turn_ = to_seconds(sector.began - marked_time_);
  }
  marked_sector_ = sector.sector;
  marked_turn_ = sector.turn;
  marked_time_ = sector.began;
}

void ForeignPulses::remember(const Seen& plot) {
  const auto by_direction = [](const Seen& a, const Seen& b) { return a.direction < b.direction; };
  seen_.insert(std::upper_bound(seen_.begin(), seen_.end(), plot, by_direction), plot);
}

double ForeignPulses::reach_m(const Seen& now, const Seen& then) const {
  const double elapsed = std::abs(to_seconds(now.time - then.time).value());
  return fastest_mps * elapsed + deviations * std::hypot(now.range_deviation_m, then.range_deviation_m);
}

bool ForeignPulses::was_there(const Seen& plot, double aside_m) const {
  for (double turns = 1.0; turns <= turns_back; turns += 1.0) {
    const double middle = plot.direction - turns * full_turn;
    const auto at = [](const Seen& s, double direction) { return s.direction < direction; };
    for (auto s = std::lower_bound(seen_.begin(), seen_.end(), middle - widest_reach, at);
         s != seen_.end() && s->direction < middle + widest_reach; ++s) {
      const double reach = reach_m(plot, *s);
      if (std::abs(plot.range_m + aside_m - s->range_m) > reach) continue;
      const double across = plot.range_m * std::abs(s->direction - middle);
      const double apart = plot.range_m * deviations * std::hypot(plot.bearing_deviation, s->bearing_deviation);
      if (across <= reach + apart) return true;
    }
  }
  return false;
}

void ForeignPulses::count(bool again, double by_chance) {
  (again ? again_ : alone_) += 1.0;
  beside_ += by_chance;
  if (again_ + alone_ < memory) return;
  again_ *= 0.5;
  alone_ *= 0.5;
  beside_ *= 0.5;
}

// Of n narrow plots q are real and seen again, as many are real and were not seen before, and the rest is interference,
// of which a share c lies by chance where something was: again = q + c (n - 2 q).
double ForeignPulses::odds_of(bool again) const {
  const double n = again_ + alone_;
  const double chance = beside_ / n;
  if (chance >= most_chance) return 0.0;
  const double real = std::max((again_ - chance * n) / (1.0 - 2.0 * chance), 1.0);
  const double foreign = std::max(n - 2.0 * real, 0.0);
  return std::min((again ? chance : 1.0 - chance) * foreign / real, most_odds);
}

void ForeignPulses::judge(const PlotSector& sector, Angle beam, std::vector<double>& odds) {
  odds.assign(sector.plots.size(), 0.0);
  follow(sector);
  const bool knows = sector.turn >= first_turn_ + 2;  // what was seen in two whole turns
  std::vector<Seen>& now = now_;
  now.clear();
  for (std::size_t i = 0; i < sector.plots.size(); ++i) {
    const Plot& plot = sector.plots[i];
    now.push_back({direction_of(sector, plot.bearing), plot.range.value(), plot.range_deviation.value(),
                   plot.bearing_deviation.value(), plot.time});
    if (!knows || !is_too_narrow(plot, beam)) continue;
    const Seen& own = now.back();
    const bool again = was_there(own, 0.0);
    odds[i] = odds_of(again);
    // So far aside that nothing of this place is seen there.
    const double aside =
        beside_reaches * (fastest_mps * turns_back * turn_.value() + deviations * own.range_deviation_m);
    count(again, 0.5 * static_cast<double>(was_there(own, aside)) + 0.5 * static_cast<double>(was_there(own, -aside)));
  }
  for (const Seen& plot : now) remember(plot);
}

}  // namespace headland::plots
