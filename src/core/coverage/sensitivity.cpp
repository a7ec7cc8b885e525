// SPDX-License-Identifier: Apache-2.0
#include "core/coverage/sensitivity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"
#include "core/coverage/propagation.hpp"

namespace headland::coverage {
namespace {

constexpr double boltzmann = 1.380649e-23;
constexpr double t0_k = 290.0;

double power_of(double decibels) { return std::pow(10.0, 0.1 * decibels); }
double wavelength_m(const RadarParameters& radar) { return speed_of_light_mps / (radar.frequency_ghz * 1e9); }

constexpr int smoothed = 8;

// Share of turns in which a vessel gave a plot where the tracker confirmed four of five within a minute, in noise at
// its best threshold: exp(-6.2 / (1 + 5.9)), Swerling 1 at 7.7 dB and 2e-3 false alarms.
constexpr double detected_of_best = 0.41;

struct UsualTarget {
  double rcs_m2, height_m;
};
constexpr std::array<UsualTarget, 6> usual_targets = {
    {{0.1, 0.5}, {1.0, 1.0}, {2.5, 2.0}, {7.5, 4.0}, {1800.0, 5.0}, {50'000.0, 10.0}}};

// A hull reflects from the water to its height: the mean over so many points, which blurs the lobes, too.
constexpr std::size_t points_up = 5;

// Which cross-section gives an echo: a line through the usual targets, in logarithms.
class Echoes {
 public:
  Echoes(const RadarParameters& radar, const Sea& sea) : radar_(radar) {
    for (const auto& target : usual_targets) {
      const double height = sea.target_height.value() > 0.0 ? sea.target_height.value() : target.height_m;
      for (std::size_t i = 0; i < points_up; ++i) {
        paths_.emplace_back(wavelength_m(radar), radar.antenna_height_m,
                            height * (static_cast<double>(i) + 0.5) / points_up, sea.wave_deviation.value());
      }
    }
  }

  void look_at(Metres range) {
    for (std::size_t i = 0; i < usual_targets.size(); ++i) {
      double sum = 0.0;
      for (int k = 0; k < smoothed; ++k) {
        const Metres at = range * (0.95 + 0.1 * (k + 0.5) / smoothed);
        sum += snr_of_square_metre(radar_, at) * factor(i, at);
      }
      echoes_[i] = std::log(std::max(usual_targets[i].rcs_m2 * sum / smoothed, 1e-300));
      // Whatever the lobes do: a larger vessel is not seen worse.
      if (i > 0) echoes_[i] = std::max(echoes_[i], echoes_[i - 1] + 1e-3);
    }
  }
  // There, of an echo so strong over receiver noise.
  [[nodiscard]] double cross_section_m2(double over_noise) const {
    const double wanted = std::log(over_noise);
    const auto rcs = [](std::size_t i) { return std::log(usual_targets[i].rcs_m2); };
    const std::size_t last = echoes_.size() - 1;
    if (wanted <= echoes_[0]) return std::exp(rcs(0) + wanted - echoes_[0]);
    if (wanted >= echoes_[last]) return std::exp(rcs(last) + wanted - echoes_[last]);
    std::size_t i = 0;
    while (i + 1 < last && wanted > echoes_[i + 1]) ++i;
    return std::exp(std::lerp(rcs(i), rcs(i + 1), (wanted - echoes_[i]) / (echoes_[i + 1] - echoes_[i])));
  }

 private:
  [[nodiscard]] double factor(std::size_t target, Metres range) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < points_up; ++i) {
      const double field = paths_[target * points_up + i].factor(range.value());
      sum += field * field * field * field;
    }
    return sum / points_up;
  }

  const RadarParameters& radar_;
  std::vector<PropagationPath> paths_;
  std::array<double, usual_targets.size()> echoes_{};  // ln of power over noise
};

}  // namespace

Metres usual_height(double cross_section_m2) {
  const double wanted = std::log(std::max(cross_section_m2, 1e-9));
  std::size_t i = 0;
  while (i + 2 < usual_targets.size() && cross_section_m2 > usual_targets[i + 1].rcs_m2) ++i;
  const double low = std::log(usual_targets[i].rcs_m2);
  const double part = std::clamp((wanted - low) / (std::log(usual_targets[i + 1].rcs_m2) - low), 0.0, 1.0);
  return Metres(std::lerp(usual_targets[i].height_m, usual_targets[i + 1].height_m, part));
}

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
  Echoes echoes(radar, sea);
  echoes.look_at(range);
  return echoes.cross_section_m2(over_noise * needed);
}

double needed_in_a_minute(double clutter_shape, bool track_before_detect, double threshold) {
  struct Row {
    double spread;  // ln of 1 / shape, noise taken for a shape of 20
    double tracker_db;
    double paths_db;
  };
  // As `weak_targets` measured them: the table of docs/concepts/track-before-detect.md.
  constexpr std::array<Row, 3> rows = {{{-2.996, 7.7, 5.7}, {0.0, 11.6, 8.6}, {0.693, 12.8, 9.8}}};
  const double spread = clutter_shape > 0.0 ? -std::log(clutter_shape) : rows[0].spread;
  const std::size_t i = spread > rows[1].spread ? 1 : 0;
  const double part = std::clamp((spread - rows[i].spread) / (rows[i + 1].spread - rows[i].spread), 0.0, 2.0);
  const auto between = [&](double Row::* db) { return std::lerp(rows[i].*db, rows[i + 1].*db, part); };
  // The tracker was measured at its best thresholds; over higher ones an echo must be as often.
  const double often = power_of(between(&Row::tracker_db));
  const double by_plots = std::max(often, -threshold / std::log(detected_of_best) - 1.0);
  return track_before_detect ? std::min(power_of(between(&Row::paths_db)), by_plots) : by_plots;
}

SensitivityMap sensitivity(const RadarParameters& radar, const Sea& sea, std::uint32_t sectors, std::uint32_t bands,
                           Metres range_start, Metres band_size, const std::vector<Region>& regions,
                           bool track_before_detect) {
  constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
  SensitivityMap map{sectors, bands, range_start, band_size, {}, {}};
  map.scan_m2.assign(std::size_t{sectors} * bands, unknown);
  map.minute_m2 = map.scan_m2;
  if (!(radar.peak_power_w > 0.0) || regions.size() != map.scan_m2.size()) return map;
  Echoes echoes(radar, sea);
  for (std::uint32_t band = 0; band < bands; ++band) {
    const Metres range = range_start + (band + 0.5) * band_size;
    if (!(range.value() > 0.0)) continue;
    echoes.look_at(range);
    for (std::uint32_t sector = 0; sector < sectors; ++sector) {
      const std::size_t at = std::size_t{sector} * bands + band;
      const Region& region = regions[at];
      if (!region.known) continue;
      const double in_a_minute = needed_in_a_minute(region.clutter_shape, track_before_detect, region.threshold);
      map.scan_m2[at] = static_cast<float>(echoes.cross_section_m2(region.over_noise * region.needed_in_a_scan));
      map.minute_m2[at] = static_cast<float>(echoes.cross_section_m2(region.over_noise * in_a_minute));
    }
  }
  return map;
}

}  // namespace headland::coverage
