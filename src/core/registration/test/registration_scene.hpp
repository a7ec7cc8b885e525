// SPDX-License-Identifier: Apache-2.0
// A radar at the plane's origin that sees standing echoes, sector by sector, with bearings that err.
#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "core/base/random.hpp"
#include "core/plots/plot.hpp"

namespace headland::registration::test {

inline constexpr double radian = std::numbers::pi / 180.0;
inline constexpr std::uint32_t sectors_per_turn = 32;
inline constexpr double turn_s = 2.5;

struct StandingEcho {
  double range_m;
  double bearing_rad;
};

inline std::vector<StandingEcho> coast(std::uint32_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<StandingEcho> echoes;
  for (std::uint32_t k = 0; k < count; ++k) {
    echoes.push_back({500.0 + 6000.0 * random.uniform(), 2.0 * std::numbers::pi * random.uniform()});
  }
  return echoes;
}

// One turn; error_rad(seconds) is added to every bearing measured then.
inline std::vector<PlotSector> turn(const std::vector<StandingEcho>& echoes, std::uint32_t number, Random& random,
                                    const std::function<double(double)>& error_rad, double noise_deg = 0.3) {
  std::vector<PlotSector> sectors;
  const double width = 2.0 * std::numbers::pi / sectors_per_turn;
  for (std::uint32_t s = 0; s < sectors_per_turn; ++s) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.turn = number;
    sector.sector = s;
    sector.sectors_per_turn = sectors_per_turn;
    sector.from = Bearing(Radians(s * width));
    sector.to = Bearing(Radians((s + 1) * width));
    const double began = turn_s * (number + static_cast<double>(s) / sectors_per_turn);
    sector.began = from_epoch_seconds(1'700'000'000.0 + began);
    sector.ended = from_epoch_seconds(1'700'000'000.0 + began + turn_s / sectors_per_turn);
    sector.range_max = Metres(20'000.0);
    for (const StandingEcho& e : echoes) {
      if (clockwise_from(sector.from, Bearing(Radians(e.bearing_rad))) >= width) continue;
      Plot plot;
      plot.time = sector.began;
      plot.range = Metres(e.range_m + 5.0 * random.normal());
      plot.bearing = Bearing(Radians(e.bearing_rad + error_rad(began) + noise_deg * radian * random.normal()));
      plot.bearing_deviation = Radians(noise_deg * radian);
      plot.cell_count = 20;
      sector.plots.push_back(plot);
    }
    sectors.push_back(std::move(sector));
  }
  return sectors;
}

}  // namespace headland::registration::test
