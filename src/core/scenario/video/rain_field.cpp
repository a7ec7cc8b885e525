// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video/rain_field.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/scenario/physics/rain.hpp"
#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr std::int64_t spokes_a_look = 8;
constexpr std::size_t field_rows = 256;
constexpr std::size_t field_columns = 4096;
// Drops at X band are in step for some 2.5 ms: their speeds differ by 1 m/s (Nathanson, Radar Design Principles, 6.3).
constexpr double decorrelation_s = 0.0025;
constexpr double top_m = 4000.0;  // of the rain

}  // namespace

RainField::RainField(const Scene& scene, const RadarSettings& radar, const LocalFrame& frame, EastNorth at,
                     std::uint64_t seed)
    : radar_(radar), constants_(constants_of(radar)), at_(at), seed_(seed) {
  for (const auto& r : scene.rain) {
    const double bearing = r.moves_to_deg * radians_per_degree;
    rain_.push_back(
        {frame.to_local(r.centre),
         {MetresPerSecond(r.speed_mps * std::sin(bearing)), MetresPerSecond(r.speed_mps * std::cos(bearing))},
         r.radius_m,
         r.rate_mm_h});
  }
  if (rain_.empty()) return;
  const double period_s = 60.0 / (radar_.rotation_rpm * static_cast<double>(radar_.azimuths));
  drops_ = make_speckle(field_rows, field_columns, constants_.resolution_m / radar_.cell_m,
                        std::clamp(decorrelation_s / period_s, 1.0, 64.0), seed_of(seed_, Stream::rain));
  const auto n = static_cast<std::size_t>(radar_.cells);
  amplitude_.resize(n);
  left_.assign(n, 1.0F);
  rate_.resize(n);
}

void RainField::look(double bearing_rad, double at_s) {
  std::fill(rate_.begin(), rate_.end(), 0.0F);
  for (const auto& rain : rain_) {
    const double east = (rain.centre.east - at_.east).value() + rain.velocity.east.value() * at_s;
    const double north = (rain.centre.north - at_.north).value() + rain.velocity.north.value() * at_s;
    const double along = east * std::sin(bearing_rad) + north * std::cos(bearing_rad);
    const double cross2 = std::pow(east * std::cos(bearing_rad) - north * std::sin(bearing_rad), 2.0);
    for (std::size_t k = 0; k < rate_.size(); ++k) {
      const double off = (static_cast<double>(k) + 0.5) * radar_.cell_m - along;
      const double off2 = (off * off + cross2) / (rain.radius_m * rain.radius_m);
      if (off2 < 4.0) rate_[k] += static_cast<float>(rain.rate_mm_h * std::exp(-off2));
    }
  }
  // Half of the upright beam looks at rain (Gaussian, two way), the other at the sea.
  const double upright = 0.5 * radar_.beam_vertical_deg * radians_per_degree / std::numbers::sqrt2 * 1.064;
  double taken_db = 0.0;  // two way, up to the cell
  float rate_before = -1.0F;
  double reflectivity = 0.0;
  double attenuation = 0.0;
  for (std::size_t k = 0; k < rate_.size(); ++k) {
    if (rate_[k] == 0.0F && taken_db == 0.0) {
      amplitude_[k] = 0.0F;
      left_[k] = 1.0F;
      continue;
    }
    if (std::abs(rate_[k] - rate_before) > 0.002F * rate_[k]) {
      rate_before = rate_[k];
      reflectivity = rain_reflectivity(constants_.wavelength_m, static_cast<double>(rate_[k]));
      attenuation = rain_attenuation_db_km(radar_.frequency_ghz, static_cast<double>(rate_[k]));
    }
    const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
    const double volume =
        range * constants_.beam_two_way_rad * 1.064 * std::min(range * upright, top_m) * constants_.resolution_m;
    taken_db += 2.0 * attenuation * radar_.cell_m / 1000.0;
    amplitude_[k] = static_cast<float>(std::sqrt(snr(constants_, reflectivity * volume, range)));
    left_[k] = static_cast<float>(std::pow(10.0, -taken_db / 20.0));
  }
}

void RainField::add(std::int64_t spoke, double bearing_rad, double spoke_s, std::vector<Complex>& cells) {
  if (rain_.empty()) return;
  if (looked_ < 0 || spoke % spokes_a_look == 0) look(bearing_rad, spoke_s);
  looked_ = spoke;
  const auto part = static_cast<std::uint64_t>(spoke / static_cast<std::int64_t>(field_rows));
  const std::uint64_t key = seed_of(seed_, Stream::rain, part);
  const Complex* drops = drops_.row(static_cast<std::size_t>(spoke) + (mixed(key) & 0xFFFF));
  const std::size_t shift = mixed(key + 1) & 0xFFFF;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    cells[k] = (cells[k] + drops[(k + shift) & (field_columns - 1)] * amplitude_[k]) * left_[k];
  }
}

}  // namespace headland::scenario
