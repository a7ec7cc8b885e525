// SPDX-License-Identifier: Apache-2.0
// Turns of plots for benchmarks: vessels on straight courses in clutter that is thicker near the radar and towards
// the wind, as a coastal radar of 24 turns a minute would give them.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/base/constants.hpp"
#include "core/base/random.hpp"
#include "core/plots/plot.hpp"

namespace headland::bench {

struct Sea {
  const char* name;
  std::uint32_t vessels;
  double clutter;  // plots a turn
  double range_m;
};
inline constexpr Sea seas[] = {{"calm", 20, 50.0, 10'000.0},
                               {"coastal", 100, 300.0, 18'000.0},
                               {"dense", 500, 2000.0, 24'000.0},
                               {"strait", 2000, 5000.0, 36'000.0}};
inline constexpr double turn_s = 2.5;
inline constexpr double range_deviation_m = 8.0;
inline constexpr double bearing_deviation_deg = 0.25;
inline constexpr double nearest_m = 150.0;

struct Vessel {
  double e, n, ve, vn;
};

inline std::vector<Vessel> make_vessels(const Sea& sea, Random& random) {
  std::vector<Vessel> vessels;
  for (std::uint32_t k = 0; k < sea.vessels; ++k) {
    const double r = sea.range_m * (0.08 + 0.77 * std::pow(random.uniform(), 0.8));
    const double a = 2.0 * std::numbers::pi * random.uniform();
    const double v = 12.0 * random.uniform();
    const double c = 2.0 * std::numbers::pi * random.uniform();
    vessels.push_back({r * std::sin(a), r * std::cos(a), v * std::sin(c), v * std::cos(c)});
  }
  return vessels;
}

// Bearing of a clutter plot, radians: density 1 + 0.7 cos(bearing - wind) where it is sea clutter.
inline double clutter_bearing(bool is_sea, Random& random) {
  constexpr double wind = 240.0 * radians_per_degree;
  double a = 2.0 * std::numbers::pi * random.uniform();
  while (is_sea && random.uniform() > (1.0 + 0.7 * std::cos(a - wind)) / 1.7) {
    a = 2.0 * std::numbers::pi * random.uniform();
  }
  return a;
}

inline PlotSector make_turn(const Sea& sea, const std::vector<Vessel>& vessels, std::uint32_t turn, Random& random) {
  PlotSector s;
  s.sensor = SensorId(1);
  s.turn = turn;
  s.began = from_epoch_seconds(1'000'000.0 + turn_s * turn);
  s.ended = s.began + to_duration(Seconds(turn_s));
  s.range_max = Metres(sea.range_m);
  const auto add = [&](double range, double bearing) {
    Plot p;
    p.range = Metres(range);
    p.bearing = Bearing(Radians(bearing));
    p.range_deviation = Metres(range_deviation_m);
    p.bearing_deviation = from_degrees(bearing_deviation_deg);
    p.time = s.began + to_duration(Seconds(turn_s * p.bearing.radians() / full_turn));
    s.plots.push_back(p);
  };
  for (const Vessel& v : vessels) {
    const double guess = Bearing::of(v.e + v.ve * turn_s * turn, v.n + v.vn * turn_s * turn).radians() / full_turn;
    const double t = turn_s * (turn + guess);
    const double e = v.e + v.ve * t;
    const double n = v.n + v.vn * t;
    const double r = std::hypot(e, n);
    const double share = r / sea.range_m;
    if (random.uniform() > 0.95 - 0.35 * share * share) continue;
    add(std::max(r + range_deviation_m * random.normal(), 1.0),
        std::atan2(e, n) + bearing_deviation_deg * radians_per_degree * random.normal());
  }
  const std::uint32_t clutter = random.poisson(sea.clutter);
  for (std::uint32_t k = 0; k < clutter; ++k) {
    const bool is_sea = random.uniform() < 0.6;
    const double r = is_sea ? 2500.0 * random.exponential() : sea.range_m * std::sqrt(random.uniform());
    const double a = clutter_bearing(is_sea, random);
    if (r > nearest_m && r < sea.range_m) add(r, a);
  }
  std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) { return a.bearing < b.bearing; });
  return s;
}

inline std::vector<PlotSector> make_turns(const Sea& sea, std::uint32_t count) {
  Random random(7);
  const std::vector<Vessel> vessels = make_vessels(sea, random);
  std::vector<PlotSector> turns;
  for (std::uint32_t turn = 0; turn < count; ++turn) turns.push_back(make_turn(sea, vessels, turn, random));
  return turns;
}

}  // namespace headland::bench
