// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video/transponders.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/seeds.hpp"
#include "core/scenario/video/pulse.hpp"

namespace headland::scenario {
namespace {

constexpr double metres_per_second = speed_of_light_mps / 2.0;  // of delay

// Racons know side lobes by their power and do not answer them (ITU-R M.824).
constexpr double main_lobe = 0.03;

double ratio(double decibels) { return std::pow(10.0, 0.1 * decibels); }

}  // namespace

Transponders::Transponders(const Scene& scene, const RadarSettings& radar, const LocalFrame& frame, EastNorth at,
                           std::uint64_t seed)
    : radar_(radar), constants_(constants_of(radar)), pattern_(radar) {
  for (std::size_t i = 0; i < scene.transponders.size(); ++i) {
    One one;
    one.spec = scene.transponders[i];
    const EastNorth place = frame.to_local(one.spec.position);
    const double east = (place.east - at.east).value();
    const double north = (place.north - at.north).value();
    one.range_m = std::max(std::hypot(east, north), 50.0);
    one.direction_rad = std::atan2(east, north);
    double share = visible_fraction(radar.antenna_height_m, one.spec.height_m, one.range_m, -1e3);
    if (scene.sea.multipath) {
      const coverage::PropagationPath path(constants_.wavelength_m, radar.antenna_height_m, one.spec.height_m,
                                           coverage::sea_deviation_m(scene.sea.wind_mps));
      share = std::pow(path.factor(one.range_m), 2.0);
    }
    const double spread = constants_.wavelength_m / (4.0 * pi * one.range_m);
    const double way = ratio(radar.gain_db - 0.5 * radar.losses_db) * spread * spread * share;
    one.trigger = radar.peak_power_w * way / (1e-3 * ratio(trigger_dbm));
    one.amplitude = std::sqrt(one.spec.eirp_w * way / constants_.noise_w);
    if (one.spec.kind == TransponderKind::sart) {
      // Where in the sweep the radar's band lies is its own.
      const double first = (0.4e-6 + 7.5e-6 * unit_of(seed_of(seed, Stream::echo, 7000 + i))) * metres_per_second;
      const double band_s = 1e9 / radar.pulse_ns / sweep_hz_per_s;
      for (int k = 0; k < sweeps; ++k) {
        one.marks.push_back({first + k * sweep_s * metres_per_second, band_s * metres_per_second});
      }
    } else {
      double behind = 0.5e-6 * metres_per_second;
      for (const char c : one.spec.code) {
        const double length = (c == '-' ? 3.0 : 1.0) * one.spec.unit_m;
        one.marks.push_back({behind, length});
        behind += length + one.spec.unit_m;
      }
    }
    all_.push_back(std::move(one));
  }
}

void Transponders::add(double bearing_rad, double at_s, std::uint64_t key, std::vector<Complex>& cells) const {
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const One& one = all_[i];
    const double period = one.spec.on_s + one.spec.off_s;
    if (at_s < one.spec.from_s || (one.spec.off_s > 0.0 && std::fmod(at_s - one.spec.from_s, period) >= one.spec.on_s))
      continue;
    const double gain = pattern_.gain(std::remainder(one.direction_rad - bearing_rad, 2.0 * pi));
    if (one.trigger * gain < 1.0) continue;
    if (one.spec.kind == TransponderKind::racon && gain < main_lobe) continue;
    const double amplitude = one.amplitude * std::sqrt(gain);
    if (amplitude < 0.1) continue;
    for (std::size_t m = 0; m < one.marks.size(); ++m) {
      const double phase = 2.0 * pi * unit_of(mixed(key + 97 * i) + m);
      const Complex z(static_cast<float>(amplitude * std::cos(phase)), static_cast<float>(amplitude * std::sin(phase)));
      const double from = one.range_m + one.marks[m].from_m;
      const double step = std::max(radar_.cell_m, 1.0);
      const int points = std::max(1, static_cast<int>(one.marks[m].length_m / step));
      for (int p = 0; p < points; ++p) {
        const double range = from + (p + 0.5) * one.marks[m].length_m / points;
        // A steady tone: points a cell apart fill the stretch without adding up.
        if (range < radar_.range_max_m()) {
          const auto k = static_cast<std::size_t>(range / radar_.cell_m);
          if (k < cells.size()) cells[k] += z;
        }
      }
    }
  }
}

}  // namespace headland::scenario
