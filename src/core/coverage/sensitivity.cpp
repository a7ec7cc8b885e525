// SPDX-License-Identifier: Apache-2.0
#include "core/coverage/sensitivity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/base/units.hpp"
#include "core/coverage/propagation.hpp"

namespace headland::coverage {
namespace {

constexpr double boltzmann = 1.380649e-23;
constexpr double t0_k = 290.0;
constexpr double pi = std::numbers::pi;

double power_of(double decibels) { return std::pow(10.0, 0.1 * decibels); }
double wavelength_m(const RadarParameters& radar) { return speed_of_light_mps / (radar.frequency_ghz * 1e9); }

constexpr int smoothed = 8;

}  // namespace

double receiver_noise_w(const RadarParameters& radar) {
  return boltzmann * t0_k * power_of(radar.noise_figure_db) / (radar.pulse_ns * 1e-9);
}

double snr_of_square_metre(const RadarParameters& radar, Metres range) {
  const double wavelength = wavelength_m(radar);
  const double r2 = range.value() * range.value();
  const double spread = std::pow(4.0 * pi, 3.0) * r2 * r2;
  return radar.peak_power_w * power_of(2.0 * radar.gain_db - radar.losses_db) * wavelength * wavelength /
         (spread * receiver_noise_w(radar));
}

double two_way_factor(const RadarParameters& radar, Metres range, Metres target_height, Metres wave_deviation) {
  const PropagationPath path(wavelength_m(radar), radar.antenna_height_m, target_height.value(),
                             wave_deviation.value());
  const double field = path.factor(range.value());
  return field * field * field * field;
}

double cross_section_m2(const RadarParameters& radar, const Sea& sea, Metres range, double over_noise, double needed) {
  double sum = 0.0;
  for (int i = 0; i < smoothed; ++i) {
    const Metres at = range * (0.95 + 0.1 * (i + 0.5) / smoothed);
    sum += snr_of_square_metre(radar, at) * two_way_factor(radar, at, sea.target_height, sea.wave_deviation);
  }
  return over_noise * needed / std::max(sum / smoothed, 1e-300);
}

double needed_in_a_minute(double clutter_shape, bool track_before_detect) {
  struct Row {
    double spread;  // ln of 1 / shape, noise taken for a shape of 20
    double tracker_db;
    double paths_db;
  };
  // As `weak_targets` measured them: the table of docs/concepts/track-before-detect.md.
  constexpr std::array<Row, 3> rows = {{{-2.996, 7.7, 5.9}, {0.0, 11.6, 10.0}, {0.693, 12.8, 10.6}}};
  const double spread = clutter_shape > 0.0 ? -std::log(clutter_shape) : rows[0].spread;
  const std::size_t i = spread > rows[1].spread ? 1 : 0;
  const double part = std::clamp((spread - rows[i].spread) / (rows[i + 1].spread - rows[i].spread), 0.0, 2.0);
  const auto between = [&](double Row::* db) { return std::lerp(rows[i].*db, rows[i + 1].*db, part); };
  return power_of(between(track_before_detect ? &Row::paths_db : &Row::tracker_db));
}

SensitivityMap sensitivity(const RadarParameters& radar, const Sea& sea, std::uint32_t sectors, std::uint32_t bands,
                           Metres range_start, Metres band_size, const std::vector<Region>& regions,
                           bool track_before_detect) {
  constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
  SensitivityMap map{sectors, bands, range_start, band_size, {}, {}};
  map.scan_m2.assign(std::size_t{sectors} * bands, unknown);
  map.minute_m2 = map.scan_m2;
  if (!(radar.peak_power_w > 0.0) || regions.size() != map.scan_m2.size()) return map;
  for (std::uint32_t band = 0; band < bands; ++band) {
    const Metres range = range_start + (band + 0.5) * band_size;
    if (!(range.value() > 0.0)) continue;
    const double over_noise_needed_once = cross_section_m2(radar, sea, range, 1.0, 1.0);
    for (std::uint32_t sector = 0; sector < sectors; ++sector) {
      const std::size_t at = std::size_t{sector} * bands + band;
      const Region& region = regions[at];
      if (!region.known) continue;
      const double background = over_noise_needed_once * region.over_noise;
      map.scan_m2[at] = static_cast<float>(background * region.needed_in_a_scan);
      map.minute_m2[at] =
          static_cast<float>(background * needed_in_a_minute(region.clutter_shape, track_before_detect));
    }
  }
  return map;
}

}  // namespace headland::coverage
