// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video_synthesizer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/seeds.hpp"
#include "core/scenario/video/pulse.hpp"

namespace headland::scenario {
namespace {

constexpr std::size_t noise_columns = std::size_t{1} << 20;
constexpr std::size_t field_rows = 256;
constexpr std::size_t field_columns = 4096;
}  // namespace

VideoSynthesizer::VideoSynthesizer(const Scene& scene, std::size_t radar, const LocalFrame& frame,
                                   const Terrain& terrain, const std::vector<PlaneRing>& rings, std::uint64_t seed)
    : site_(scene.radars[radar]),
      radar_(site_.settings),
      constants_(constants_of(radar_)),
      at_(frame.to_local(site_.position)),
      north_(frame.north_at(at_)),
      seed_(seed_of(seed, Stream::noise, radar)),
      period_s_(60.0 / (radar_.rotation_rpm * static_cast<double>(radar_.azimuths))),
      pattern_(radar_),
      land_(terrain, rings, radar_, at_, north_, seed_of(seed, Stream::land)),
      sea_(scene.sea, radar_, seed_),
      rain_(scene, radar_, frame, at_, seed_),
      vessels_(scene, radar_, at_, north_, seed_),
      ghosts_(scene, radar_, at_, seed_),
      transponders_(scene, radar_, frame, at_, seed_),
      interference_(scene.interference),
      cells_(static_cast<std::size_t>(radar_.cells)) {
  const double pulse_cells = constants_.resolution_m / radar_.cell_m;
  noise_ = make_speckle(1, noise_columns, pulse_cells, 0.0, seed_of(seed_, Stream::noise));
  if (!rings.empty()) leaves_ = make_speckle(field_rows, field_columns, pulse_cells, 1.0, seed_of(seed_, Stream::land));
  const double db_per_level = (radar_.video_max_db - radar_.video_min_db) / 255.0;
  level_per_octave_ = static_cast<float>(10.0 * std::log10(2.0) / db_per_level);
  level_at_one_ = static_cast<float>(-radar_.video_min_db / db_per_level + 0.5);  // half a step: rounds
  for (std::size_t i = 0; i < log_of_mantissa_.size(); ++i) {
    log_of_mantissa_[i] = static_cast<float>(std::log2(1.0 + (static_cast<double>(i) + 0.5) / 1024.0));
  }
}

void VideoSynthesizer::add_land(std::int64_t turn, std::size_t azimuth) {
  if (leaves_.rows == 0) return;  // no land at all
  const std::uint64_t key = seed_of(seed_, Stream::land, azimuth, static_cast<std::uint64_t>(turn));
  const Complex* moving = leaves_.row(mixed(key) & 0xFFFF);
  const std::size_t shift = mixed(key + 1) & 0xFFFF;
  for (const auto& run : land_.runs(azimuth)) {
    const auto levels = land_.levels(run);
    for (std::size_t k = 0; k < levels.size(); ++k) {
      const std::size_t c = (run.first + k + shift) & (field_columns - 1);
      cells_[run.first + k] += land_.amplitude(levels[k]) * (0.95F + 0.3F * moving[c]);
    }
  }
}

// The other's pulses come at their own rhythm; one that falls into our listening time shows at the
// range that belongs to its delay. One way: our pattern once, its pattern once.
void VideoSynthesizer::add_interference(const Interference& other, double bearing_rad, double at_s, std::uint64_t key) {
  const double ours = pattern_.gain(std::remainder(other.bearing_deg * radians_per_degree - bearing_rad, 2.0 * pi));
  const double its_axis = 2.0 * pi * std::fmod(at_s * other.rotation_rpm / 60.0, 1.0);
  const double its = pattern_.gain(std::remainder(its_axis, 2.0 * pi));
  const double power = std::pow(10.0, other.level_db / 10.0) * ours * its;
  if (power < 0.5) return;
  const double interval_s = 1.0 / other.prf_hz;
  double delay_s = interval_s - std::fmod(at_s, interval_s) + 2e-6 * other.jitter_us * (unit_of(key) - 0.5);
  const double phase = 2.0 * pi * unit_of(key + 1);
  const auto amplitude = static_cast<float>(std::sqrt(power));
  const Complex z(amplitude * static_cast<float>(std::cos(phase)), amplitude * static_cast<float>(std::sin(phase)));
  for (; delay_s * speed_of_light_mps / 2.0 < radar_.range_max_m(); delay_s += interval_s) {
    add_pulse(radar_, constants_.resolution_m, std::max(0.0, delay_s) * speed_of_light_mps / 2.0, z, cells_);
  }
}

void VideoSynthesizer::render(std::int64_t spoke, const Fleet& fleet, double fraction, Timestamp time,
                              SpokeBlock& block) {
  const auto azimuths = static_cast<std::size_t>(radar_.azimuths);
  const auto azimuth = static_cast<std::size_t>(spoke) % azimuths;
  const std::int64_t turn = spoke / radar_.azimuths;
  const double width = 2.0 * pi / static_cast<double>(azimuths);
  const double true_bearing = (static_cast<double>(azimuth) + 0.5) * width;
  const double bearing = true_bearing + north_.radians();  // in the plane
  const double at_s = time_s(spoke);

  std::fill(cells_.begin(), cells_.end(), Complex{});
  const VesselEchoes::Look look{spoke, bearing, &fleet, fraction, at_s};
  sea_.add(turn, azimuth, true_bearing, land_.sea(azimuth), cells_);
  vessels_.shade(look, cells_);
  add_land(turn, azimuth);
  vessels_.add(look, land_, cells_);
  ghosts_.add(turn, bearing, fleet, fraction, cells_);
  rain_.add(spoke, bearing, at_s, cells_);
  const std::uint64_t key = seed_of(seed_, Stream::noise, 1, static_cast<std::uint64_t>(spoke));
  transponders_.add(bearing, at_s, key, cells_);
  // Two places of the table together: it repeats after 2^40 cells.
  const Complex* noise = noise_.values.data() + mixed(key) % (noise_columns - cells_.size());
  const Complex* other = noise_.values.data() + mixed(key + 2) % (noise_columns - cells_.size());
  const float half = std::sqrt(0.5F);
  for (std::size_t k = 0; k < cells_.size(); ++k) cells_[k] += half * (noise[k] + other[k]);
  for (std::size_t i = 0; i < interference_.size(); ++i) {
    add_interference(interference_[i], true_bearing, at_s, key + 16 * (i + 1));
  }

  SpokeInfo info;
  info.time = time;
  info.bearing = Bearing(Radians(true_bearing));
  info.width = Angle(Radians(width));
  info.cell_size = Metres(radar_.cell_m);
  info.sequence = static_cast<std::uint32_t>(spoke);
  info.cell_count = static_cast<std::uint32_t>(cells_.size());
  info.first_sample = static_cast<std::uint32_t>(block.samples.size());
  block.spokes.push_back(info);
  quantise(block.samples);
}

// Levels in proportion to the amplitude; the mean amplitude of noise of unit power is sqrt(pi) / 2.
void VideoSynthesizer::quantise_linear(std::uint8_t* out) const {
  const auto scale = static_cast<float>(radar_.video_noise_level * 2.0 / std::sqrt(pi));
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const float power = cells_[k].real() * cells_[k].real() + cells_[k].imag() * cells_[k].imag();
    out[k] = static_cast<std::uint8_t>(std::min(scale * std::sqrt(power), 255.0F));
  }
}

void VideoSynthesizer::quantise(std::vector<std::uint8_t>& samples) const {
  const std::size_t start = samples.size();
  samples.resize(start + cells_.size());
  std::uint8_t* out = samples.data() + start;
  if (radar_.video_linear) return quantise_linear(out);
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const float power = cells_[k].real() * cells_[k].real() + cells_[k].imag() * cells_[k].imag();
    // log2 from the exponent and the leading ten bits of the mantissa: good to 0.002 dB.
    const auto bits = std::bit_cast<std::uint32_t>(power);
    const auto exponent = static_cast<float>(static_cast<std::int32_t>(bits >> 23) - 127);
    const float level = level_at_one_ + level_per_octave_ * (exponent + log_of_mantissa_[(bits >> 13) & 1023U]);
    out[k] = static_cast<std::uint8_t>(std::clamp(level, 0.0F, 255.0F));
  }
}

}  // namespace headland::scenario
