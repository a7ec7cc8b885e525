// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video/ship_ghosts.hpp"

#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/physics/target.hpp"
#include "core/scenario/seeds.hpp"
#include "core/scenario/video/pulse.hpp"

namespace headland::scenario {
namespace {

constexpr double least_amplitude = 0.1;

}  // namespace

ShipGhostEchoes::ShipGhostEchoes(const Scene& scene, const RadarSettings& radar, EastNorth at, std::uint64_t seed)
    : radar_(radar), constants_(constants_of(radar)), at_(at), seed_(seed), pattern_(radar) {
  if (!scene.sea.ship_ghosts) return;
  for (std::size_t v = 0; v < scene.vessels.size(); ++v) {
    const auto& spec = scene.vessels[v];
    if (spec.length_m >= shortest_ship_m) ships_.push_back({v, spec.rcs_m2, spec.length_m});
  }
}

void ShipGhostEchoes::add(std::int64_t turn, double bearing_rad, const Fleet& fleet, double fraction,
                          std::vector<Complex>& cells) const {
  for (const Ship& a : ships_) {
    const VesselState sa = fleet.at(a.vessel, fraction);
    const double east = (sa.position.east - at_.east).value();
    const double north = (sa.position.north - at_.north).value();
    const double range = std::max(std::hypot(east, north), 1.0);
    const double direction = std::atan2(east, north);
    const double gain = pattern_.gain(std::remainder(direction - bearing_rad, 2.0 * pi));
    const double sigma_a = a.rcs_m2 * aspect_factor(sa.heading.radians() - direction, a.length_m);
    if (gain * std::sqrt(snr(constants_, sigma_a, range)) < least_amplitude) continue;
    for (const Ship& b : ships_) {
      if (b.vessel == a.vessel) continue;
      const VesselState sb = fleet.at(b.vessel, fraction);
      const double de = (sb.position.east - sa.position.east).value();
      const double dn = (sb.position.north - sa.position.north).value();
      const double apart = std::hypot(de, dn);
      if (apart > farthest_m || apart < 0.5 * (a.length_m + b.length_m)) continue;
      const double there = std::atan2(de, dn);
      const double towards_b = a.rcs_m2 * aspect_factor(sa.heading.radians() - there, a.length_m);
      const double sigma_b = b.rcs_m2 * aspect_factor(sb.heading.radians() - there, b.length_m);
      const double area = 4.0 * pi * apart * apart;
      const double less = towards_b * sigma_b / (area * area);
      // Above the numbers of vessels, whose own echoes draw from the same stream.
      const std::uint64_t pair = ((std::uint64_t{a.vessel} + 1) << 32) | b.vessel;
      const std::uint64_t key = seed_of(seed_, Stream::echo, pair, static_cast<std::uint64_t>(turn));
      const double fluctuates = fluctuation_of(Fluctuation::swerling1, key + 1);
      const auto amplitude = static_cast<float>(gain * std::sqrt(snr(constants_, sigma_a, range) * less * fluctuates));
      if (static_cast<double>(amplitude) < least_amplitude) continue;
      const double phase = 2.0 * pi * unit_of(key);
      add_pulse(radar_, constants_.resolution_m, range + apart,
                amplitude * Complex(static_cast<float>(std::cos(phase)), static_cast<float>(std::sin(phase))), cells);
    }
  }
}

}  // namespace headland::scenario
