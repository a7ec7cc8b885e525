// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video/sea_field.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr std::size_t field_rows = 256;
constexpr std::size_t field_columns = 4096;
constexpr double least_power = 0.02;       // mean over noise below which clutter is not worth its time
constexpr double decorrelation_s = 0.006;  // of speckle at X band
constexpr double least_log_shape = -1.0;   // tables: shapes from 0.1 to 50
constexpr double most_log_shape = 1.7;
constexpr std::size_t shape_tables = 19;

double log_step() { return (most_log_shape - least_log_shape) / (shape_tables - 1); }

}  // namespace

SeaField::SeaField(const Sea& sea, const RadarSettings& radar, std::uint64_t seed)
    : sea_(sea), radar_(radar), constants_(constants_of(radar)), seed_(seed), turn_s_(60.0 / radar.rotation_rpm) {
  const double period_s = turn_s_ / static_cast<double>(radar_.azimuths);
  const double pulse_cells = constants_.resolution_m / radar_.cell_m;
  const double beam_spokes = radar_.beam_deg * radians_per_degree / (2.0 * pi) * static_cast<double>(radar_.azimuths);
  prepare_means();
  if (amplitude_.empty()) return;
  speckle_ = make_speckle(field_rows, field_columns, pulse_cells, std::clamp(decorrelation_s / period_s, 1.0, 64.0),
                          seed_of(seed_, Stream::speckle));
  double length_m = 0.0;  // mean of all directions; nothing is seen finer than a pulse and a beam
  for (int i = 0; i < 16; ++i) length_m += texture_length_m(sea_.wind_mps, pi * i / 16.0) / 16.0;
  fresh_ = make_gauss(field_rows, field_columns, std::max(length_m, constants_.resolution_m) / radar_.cell_m,
                      std::max(2.0, 1.5 * beam_spokes), seed_of(seed_, Stream::texture));
  waves_ = peak_waves(sea_.wind_mps);
  kept_ = static_cast<float>(std::exp(-turn_s_ / waves_.period_s));
  prepare_shapes();
  const auto n = static_cast<std::size_t>(radar_.azimuths);
  field_.resize(n * amplitude_.size());
  turns_.assign(n, -1);
  row_.resize(amplitude_.size());
}

void SeaField::prepare_means() {
  for (std::size_t k = 0; k < static_cast<std::size_t>(radar_.cells); ++k) {
    const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
    const double depression = std::asin(std::clamp(radar_.antenna_height_m / range, 0.0, 1.0));
    const double grazing = std::asin(
        std::clamp(-elevation_rad(radar_.antenna_height_m, 0.0, range) - range / effective_earth_radius_m, -1.0, 1.0));
    const double sigma0 = sea_.reflectivity == "nrl" && sea_.wind_mps > 0.0
                              ? nrl_sea_reflectivity(radar_.frequency_ghz, grazing, sea_state_of(sea_.wind_mps))
                              : sea_reflectivity(constants_.wavelength_m, grazing, sea_.wind_mps, pi / 2.0);
    // 1.064: integral of a Gaussian pattern over its -3 dB width.
    const double patch = range * constants_.beam_two_way_rad * 1.064 * constants_.resolution_m;
    const double power = snr(constants_, sigma0 * patch, range) * vertical_gain(radar_, depression);
    amplitude_.push_back(static_cast<float>(std::sqrt(power)));
  }
  while (!amplitude_.empty() && mean_power(amplitude_.size() - 1) < least_power) amplitude_.pop_back();
}

double SeaField::mean_power(std::size_t cell) const {
  return cell < amplitude_.size() ? static_cast<double>(amplitude_[cell]) * static_cast<double>(amplitude_[cell]) : 0.0;
}

void SeaField::prepare_shapes() {
  if (sea_.clutter_shape > 0.0) {
    tables_.emplace_back(sea_.clutter_shape);
    return;
  }
  for (std::size_t i = 0; i < shape_tables; ++i) {
    tables_.emplace_back(std::pow(10.0, least_log_shape + static_cast<double>(i) * log_step()));
  }
  for (std::size_t k = 0; k < amplitude_.size(); ++k) {
    const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
    const double grazing = -elevation_rad(radar_.antenna_height_m, 0.0, range) - range / effective_earth_radius_m;
    const double area = range * constants_.beam_two_way_rad * constants_.resolution_m;
    log_shape_.push_back(static_cast<float>(std::log10(sea_clutter_shape(grazing, area, pi / 4.0))));
  }
}

std::size_t SeaField::table_of(double shape) const {
  const double at = (std::log10(shape) - least_log_shape) / log_step();
  return static_cast<std::size_t>(std::clamp(std::lround(at), 0L, static_cast<long>(shape_tables - 1)));
}

double SeaField::shape(std::size_t cell, double bearing_rad) const {
  if (sea_.clutter_shape > 0.0) return sea_.clutter_shape;
  const double look = bearing_rad - sea_.wind_from_deg * radians_per_degree;
  const double log_shape =
      static_cast<double>(log_shape_[std::min(cell, log_shape_.size() - 1)]) - std::cos(2.0 * look) / 3.0;
  return std::clamp(std::pow(10.0, log_shape), 0.1, 50.0);
}

// The field of an azimuth as it is in this turn.
void SeaField::move(std::int64_t turn, std::size_t azimuth, double look_rad, std::uint64_t key) {
  const std::size_t n = amplitude_.size();
  float* field = field_.data() + azimuth * n;
  const float* fresh = fresh_.row(azimuth + (mixed(key + 1) & 0xFFFF));
  const std::size_t shift = mixed(key + 2) & 0xFFFF;
  const auto drawn = [&](std::size_t k) { return fresh[(k + shift) & (field_columns - 1)]; };
  if (turns_[azimuth] < 0) {
    for (std::size_t k = 0; k < n; ++k) field[k] = drawn(k);
  } else {
    // Crests come up the beam where it looks into the wind. Whole cells, of the way since the start: nothing is lost.
    const double a_turn = -waves_.speed_mps * std::cos(look_rad) * turn_s_ / radar_.cell_m;
    const auto cells = [&](std::int64_t t) {
      return static_cast<std::int64_t>(std::floor(a_turn * static_cast<double>(t)));
    };
    const std::int64_t outward = cells(turn) - cells(turns_[azimuth]);
    const auto turns = static_cast<float>(turn - turns_[azimuth]);
    const float kept = turns == 1.0F ? kept_ : std::pow(kept_, turns);
    const float taken = std::sqrt(1.0F - kept * kept);
    for (std::size_t k = 0; k < n; ++k) {
      const std::int64_t from = static_cast<std::int64_t>(k) - outward;
      const bool inside = from >= 0 && from < static_cast<std::int64_t>(n);
      row_[k] = inside ? kept * field[static_cast<std::size_t>(from)] + taken * drawn(k) : drawn(k);
    }
    std::copy(row_.begin(), row_.end(), field);
  }
  turns_[azimuth] = turn;
}

void SeaField::add(std::int64_t turn, std::size_t azimuth, double bearing_rad,
                   std::span<const LandEchoes::Stretch> stretches, std::vector<Complex>& cells) {
  if (amplitude_.empty()) return;
  // Each turn, and each stretch of as many spokes as the tables have rows, reads elsewhere in them.
  const std::uint64_t key = seed_of(seed_, Stream::texture, azimuth / field_rows, static_cast<std::uint64_t>(turn));
  const double look = bearing_rad - sea_.wind_from_deg * radians_per_degree;
  move(turn, azimuth, look, key);
  const auto wind = static_cast<float>(std::sqrt(
      sea_.reflectivity == "nrl" ? wind_direction_factor(constants_.wavelength_m, 0.01, look)
                                 : sea_reflectivity(constants_.wavelength_m, 0.01, sea_.wind_mps, look) /
                                       sea_reflectivity(constants_.wavelength_m, 0.01, sea_.wind_mps, pi / 2.0)));
  const Complex* speckle = speckle_.row(azimuth + (mixed(key) & 0xFFFF));
  const std::size_t shift = mixed(key + 3) & 0xFFFF;
  const float* field = field_.data() + azimuth * amplitude_.size();
  const double direction = -std::cos(2.0 * look) / 3.0;
  for (const auto& stretch : stretches) {
    const std::size_t last = std::min<std::size_t>(stretch.last, amplitude_.size());
    for (std::size_t first = stretch.first; first < last;) {
      // Shapes change slowly with range: one table for 16 cells.
      const std::size_t end = std::min(last, (first / 16 + 1) * 16);
      const auto& table = log_shape_.empty()
                              ? tables_.front()
                              : tables_[table_of(std::pow(10.0, static_cast<double>(log_shape_[first]) + direction))];
      for (std::size_t k = first; k < end; ++k) {
        cells[k] += speckle[(k + shift) & (field_columns - 1)] * (wind * amplitude_[k] * table.amplitude(field[k]));
      }
      first = end;
    }
  }
}

}  // namespace headland::scenario
