// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/land_echoes.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr double open_sky = -1e3;  // elevation that hides nothing (h / R is no true angle near the antenna)
constexpr double mean_reflectivity_db = -26.0;  // of land with trees and houses at grazing angle, X band

std::uint8_t code_of(double power) {
  if (power < 0.1) return 0;
  return static_cast<std::uint8_t>(std::clamp(std::lround(20.0 * std::log10(power)) + 20L, 1L, 255L));
}

}  // namespace

LandEchoes::LandEchoes(const Terrain& terrain, const std::vector<PlaneRing>& rings, const RadarSettings& radar,
                       EastNorth at, Angle north, std::uint64_t seed)
    : radar_(radar), constants_(constants_of(radar)), at_(at), seed_(seed) {
  for (std::size_t code = 1; code < amplitude_.size(); ++code) {
    amplitude_[code] = static_cast<float>(std::pow(10.0, (static_cast<double>(code) - 20.0) / 40.0));
  }
  Raw raw;
  const auto n = static_cast<std::size_t>(radar.azimuths);
  for (std::size_t a = 0; a < n; ++a) {
    const double bearing = (static_cast<double>(a) + 0.5) * 2.0 * pi / static_cast<double>(n) + north.radians();
    raw.start.push_back(raw.runs.size());
    sea_start_.push_back(sea_.size());
    step_start_.push_back(steps_.size());
    look_along(terrain, shore_crossings(rings, bearing), bearing, raw);
  }
  raw.start.push_back(raw.runs.size());
  sea_start_.push_back(sea_.size());
  step_start_.push_back(steps_.size());
  smear(raw);
}

// Ranges at which a ray crosses a shore line, rising.
std::vector<double> LandEchoes::shore_crossings(const std::vector<PlaneRing>& rings, double bearing_rad) const {
  const double s = std::sin(bearing_rad);
  const double c = std::cos(bearing_rad);
  std::vector<double> ranges;
  const auto along = [&](EastNorth p) { return (p.east - at_.east).value() * s + (p.north - at_.north).value() * c; };
  const auto across = [&](EastNorth p) { return (p.east - at_.east).value() * c - (p.north - at_.north).value() * s; };
  for (const auto& ring : rings) {
    if (ring.size() < 3) continue;
    double previous = across(ring.back());
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const double here = across(ring[i]);
      if ((here > 0.0) != (previous > 0.0)) {
        const EastNorth a = ring[i == 0 ? ring.size() - 1 : i - 1];
        const double from = along(a);
        const double range = from + (along(ring[i]) - from) * (previous / (previous - here));
        if (range > 0.0) ranges.push_back(range);
      }
      previous = here;
    }
  }
  std::sort(ranges.begin(), ranges.end());
  return ranges;
}

void LandEchoes::look_along(const Terrain& terrain, const std::vector<double>& crossings, double bearing_rad,
                            Raw& raw) {
  const double antenna = radar_.antenna_height_m;
  const double patch = 2.0 * pi / static_cast<double>(radar_.azimuths) * constants_.resolution_m;
  double highest = open_sky;
  std::size_t crossed = 0;
  bool in_run = false;
  bool in_sea = false;
  for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(radar_.cells); ++k) {
    const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
    while (crossed < crossings.size() && crossings[crossed] <= range) ++crossed;
    const bool land = (crossings.size() - crossed) % 2 == 1;
    const EastNorth p = offset(at_, Metres(range), Bearing(Radians(bearing_rad)));
    // The station stands on its hill: what lies close around it stays below the antenna.
    const double below = 0.6 * antenna + 0.06 * std::max(0.0, range - 800.0);
    const double height = land ? std::min(terrain.height_m(p), below) : 0.0;
    const double elevation = elevation_rad(antenna, height, range);
    const bool seen = elevation > highest;
    if (land && seen) {
      const double db = mean_reflectivity_db + 16.0 * (smooth_noise(p, 220.0, seed_) - 0.5) +
                        14.0 * (smooth_noise(p, 45.0, seed_ + 7) - 0.5) +
                        std::min(8.0, 4e3 * std::max(0.0, elevation - highest));
      const double rcs = std::pow(10.0, db / 10.0) * patch * range;
      if (!in_run) raw.runs.push_back({k, 0, raw.power.size()});
      ++raw.runs.back().count;
      raw.power.push_back(static_cast<float>(snr(constants_, rcs, range)));
    }
    in_run = land && seen;
    if (land && seen) {
      highest = elevation;
      // Steps of 0.1 mrad are fine enough for shadows.
      if (steps_.size() == step_start_.back() || elevation > static_cast<double>(steps_.back().elevation_rad) + 1e-4) {
        steps_.push_back({static_cast<float>(range), static_cast<float>(elevation)});
      }
    }
    const bool sea = !land && seen;
    if (sea && !in_sea) sea_.push_back({k, k});
    if (sea) sea_.back().last = k + 1;
    in_sea = sea;
  }
}

// What one spoke gets is the land of its neighbours through the two-way pattern.
void LandEchoes::smear(const Raw& raw) {
  const AntennaPattern pattern(radar_);
  const auto n = static_cast<std::ptrdiff_t>(radar_.azimuths);
  const double width = 2.0 * pi / static_cast<double>(n);
  const auto reach =
      std::min(static_cast<std::ptrdiff_t>(std::ceil(3.0 * radar_.beam_deg * radians_per_degree / width)), n / 2);
  std::vector<float> power(static_cast<std::size_t>(radar_.cells));
  for (std::ptrdiff_t a = 0; a < n; ++a) {
    std::fill(power.begin(), power.end(), 0.0F);
    for (std::ptrdiff_t j = -reach; j <= reach; ++j) {
      const double gain = pattern.gain(static_cast<double>(j) * width);
      const auto weight = static_cast<float>(gain * gain);
      for (const Run& run : row_of(raw.runs, raw.start, static_cast<std::size_t>((a + j + n) % n))) {
        for (std::uint32_t k = 0; k < run.count; ++k) power[run.first + k] += weight * raw.power[run.code + k];
      }
    }
    run_start_.push_back(runs_.size());
    bool in_run = false;
    for (std::uint32_t k = 0; k < power.size(); ++k) {
      const std::uint8_t code = code_of(static_cast<double>(power[k]));
      if (code != 0 && !in_run) runs_.push_back({k, 0, codes_.size()});
      if (code != 0) {
        ++runs_.back().count;
        codes_.push_back(code);
      }
      in_run = code != 0;
    }
  }
  run_start_.push_back(runs_.size());
}

double LandEchoes::blocked_rad(std::size_t azimuth, double range_m) const {
  const auto row = row_of(steps_, step_start_, azimuth);
  const auto after = std::partition_point(
      row.begin(), row.end(), [range_m](const Step& s) { return static_cast<double>(s.range_m) < range_m; });
  return after == row.begin() ? open_sky : static_cast<double>(std::prev(after)->elevation_rad);
}

}  // namespace headland::scenario
