// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video_synthesizer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr double pi = std::numbers::pi;
constexpr std::size_t noise_columns = std::size_t{1} << 20;
constexpr std::size_t field_rows = 256;
constexpr std::size_t field_columns = 4096;
constexpr double clutter_least = 0.02;  // mean power over noise below which clutter is not worth its time

// Mean over aspects about 1: strongest in a narrow lobe abeam, weak end on.
double aspect_factor(double aspect_rad, double length_m) {
  if (length_m < 12.0) return 1.0;
  const double s = std::sin(aspect_rad);
  const double abeam = (1.0 - std::abs(s)) / 0.004;  // e^-1 five degrees off
  return 0.35 + 0.7 * s * s + 4.0 * std::exp(-abeam);
}

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
      sea_(scene.sea),
      interference_(scene.interference),
      cells_(static_cast<std::size_t>(radar_.cells)) {
  const double pulse_cells = constants_.resolution_m / radar_.cell_m;
  noise_ = make_speckle(1, noise_columns, pulse_cells, 0.0, seed_of(seed_, Stream::noise));
  for (const auto& r : scene.rain) {
    const double bearing = r.moves_to_deg * radians_per_degree;
    // Volume: beam width x range x pulse, over the whole height of the rain (2500 m) or of the beam (20 deg) if less.
    const double volume_per_r2 =
        constants_.beam_two_way_rad * 1.064 * constants_.resolution_m * 20.0 * radians_per_degree;
    rain_.push_back(
        {frame.to_local(r.centre),
         {MetresPerSecond(r.speed_mps * std::sin(bearing)), MetresPerSecond(r.speed_mps * std::cos(bearing))},
         r.radius_m,
         constants_.snr_at_1m_1m2 * volume_per_r2 * rain_reflectivity(constants_.wavelength_m, r.rate_mm_h)});
  }
  const double db_per_level = (radar_.video_max_db - radar_.video_min_db) / 255.0;
  level_per_octave_ = static_cast<float>(10.0 * std::log10(2.0) / db_per_level);
  level_at_one_ = static_cast<float>(-radar_.video_min_db / db_per_level + 0.5);  // half a step: rounds
  for (std::size_t i = 0; i < log_of_mantissa_.size(); ++i) {
    log_of_mantissa_[i] = static_cast<float>(std::log2(1.0 + (static_cast<double>(i) + 0.5) / 1024.0));
  }
  prepare_echoes(scene);
  prepare_clutter(scene);
}

void VideoSynthesizer::prepare_echoes(const Scene& scene) {
  for (std::size_t v = 0; v < scene.vessels.size(); ++v) {
    Echo echo;
    echo.spec = scene.vessels[v];
    // A bright point about every 12 m of hull; the house, aft on most ships, is the brightest.
    const double length = echo.spec.length_m;
    const auto count = static_cast<std::size_t>(std::clamp(length / 12.0, 1.0, 24.0));
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      const double u = count == 1 ? 0.0 : static_cast<double>(i) / static_cast<double>(count - 1) - 0.5;
      const std::uint64_t key = seed_of(seed_, Stream::echo, v * 64 + i, ~std::uint64_t{0});
      Scatterer s;
      s.along_m = 0.9 * u * length;
      s.across_m = (unit_of(key) - 0.5) * 0.7 * echo.spec.beam_m;
      s.weight = 0.3 + unit_of(key + 1) + (u < -0.3 && count > 3 ? 2.0 : 0.0);
      sum += s.weight;
      echo.scatterers.push_back(s);
    }
    for (auto& s : echo.scatterers) s.weight /= sum;
    echo.factor.resize(count);
    echoes_.push_back(std::move(echo));
  }
}

void VideoSynthesizer::prepare_clutter(const Scene& scene) {
  const double pulse_cells = constants_.resolution_m / radar_.cell_m;
  const double beam_spokes = radar_.beam_deg * radians_per_degree / (2.0 * pi) * static_cast<double>(radar_.azimuths);
  const double decorrelation_s = 0.006;  // of sea clutter at X band
  speckle_ = make_speckle(field_rows, field_columns, pulse_cells, std::clamp(decorrelation_s / period_s_, 1.0, 64.0),
                          seed_of(seed_, Stream::speckle));
  // Texture follows the waves: some 40 m along, at least a beam across.
  texture_ = make_texture(field_rows, field_columns, std::max(40.0, 2.0 * constants_.resolution_m) / radar_.cell_m,
                          std::max(2.0, 1.5 * beam_spokes), scene.sea.clutter_shape, seed_of(seed_, Stream::texture));
  for (std::size_t k = 0; k < cells_.size(); ++k) {
    const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
    const double grazing = std::asin(
        std::clamp(-elevation_rad(radar_.antenna_height_m, 0.0, range) - range / effective_earth_radius_m, -1.0, 1.0));
    const double sigma0 = sea_reflectivity(constants_.wavelength_m, grazing, sea_.wind_mps, pi / 2.0);
    // 1.064: integral of a Gaussian pattern over its -3 dB width.
    const double patch = range * constants_.beam_two_way_rad * 1.064 * constants_.resolution_m;
    const double power = snr(constants_, sigma0 * patch, range);
    clutter_amplitude_.push_back(static_cast<float>(std::sqrt(power)));
  }
  while (!clutter_amplitude_.empty() &&
         clutter_amplitude_.back() * clutter_amplitude_.back() < static_cast<float>(clutter_least)) {
    clutter_amplitude_.pop_back();
  }
}

void VideoSynthesizer::add_clutter(std::int64_t turn, std::size_t azimuth, double bearing_rad) {
  // Each turn, and each stretch of as many spokes as the tables have rows, reads elsewhere in the tables: a crest
  // does not live from one turn to the next.
  const std::uint64_t sector = azimuth / field_rows;
  const std::uint64_t key = seed_of(seed_, Stream::texture, sector, static_cast<std::uint64_t>(turn));
  const Complex* speckle = speckle_.row(azimuth + (mixed(key) & 0xFFFF));
  const float* texture = texture_.row(azimuth + (mixed(key + 1) & 0xFFFF));
  const std::size_t shift = mixed(key + 2) & 0xFFFF;
  const double look = bearing_rad - sea_.wind_from_deg * radians_per_degree;
  const double toward = sea_reflectivity(constants_.wavelength_m, 0.01, sea_.wind_mps, look);
  const double across = sea_reflectivity(constants_.wavelength_m, 0.01, sea_.wind_mps, pi / 2.0);
  const auto wind = static_cast<float>(across > 0.0 ? std::sqrt(toward / across) : 0.0);
  for (const auto& stretch : land_.sea(azimuth)) {
    const std::size_t last = std::min<std::size_t>(stretch.last, clutter_amplitude_.size());
    for (std::size_t k = stretch.first; k < last; ++k) {
      const std::size_t c = (k + shift) & (field_columns - 1);
      cells_[k] += speckle[c] * (wind * clutter_amplitude_[k] * texture[c]);
    }
  }
}

void VideoSynthesizer::add_land(std::int64_t turn, std::size_t azimuth) {
  const std::uint64_t key = seed_of(seed_, Stream::land, azimuth, static_cast<std::uint64_t>(turn));
  const Complex* moving = speckle_.row(mixed(key) & 0xFFFF);  // leaves in the wind
  const std::size_t shift = mixed(key + 1) & 0xFFFF;
  for (const auto& run : land_.runs(azimuth)) {
    const auto levels = land_.levels(run);
    for (std::size_t k = 0; k < levels.size(); ++k) {
      const std::size_t c = (run.first + k + shift) & (field_columns - 1);
      cells_[run.first + k] += land_.amplitude(levels[k]) * (0.95F + 0.3F * moving[c]);
    }
  }
}

void VideoSynthesizer::add_rain(std::int64_t spoke, double bearing_rad, double at_s) {
  for (std::size_t i = 0; i < rain_.size(); ++i) {
    const auto& rain = rain_[i];
    const double east = (rain.centre.east - at_.east).value() + rain.velocity.east.value() * at_s;
    const double north = (rain.centre.north - at_.north).value() + rain.velocity.north.value() * at_s;
    const double along = east * std::sin(bearing_rad) + north * std::cos(bearing_rad);
    const double cross2 = std::pow(east * std::cos(bearing_rad) - north * std::sin(bearing_rad), 2.0);
    const double reach2 = 4.0 * rain.radius_m * rain.radius_m - cross2;
    if (reach2 <= 0.0) continue;
    const double half = std::sqrt(reach2);
    const double limit = static_cast<double>(cells_.size());
    const auto first = static_cast<std::size_t>(std::clamp((along - half) / radar_.cell_m, 1.0, limit));
    const auto last = static_cast<std::size_t>(std::clamp((along + half) / radar_.cell_m, 1.0, limit));
    const std::uint64_t key = seed_of(seed_, Stream::speckle, i, static_cast<std::uint64_t>(spoke));
    const Complex* drops = noise_.values.data() + mixed(key) % (noise_columns - cells_.size());
    for (std::size_t k = first; k < last; ++k) {
      const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
      // The reflecting layer is some 4 km thick at most: beyond, the beam is not filled.
      const double filled = std::min(1.0, 4000.0 / (range * 20.0 * radians_per_degree));
      const double off2 = ((range - along) * (range - along) + cross2) / (rain.radius_m * rain.radius_m);
      const double power = rain.power_at_1m / (range * range) * filled * std::exp(-1.5 * off2);
      cells_[k] += drops[k] * static_cast<float>(std::sqrt(power));
    }
  }
}

void VideoSynthesizer::new_fluctuation(std::size_t vessel, std::int64_t turn) {
  Echo& echo = echoes_[vessel];
  echo.turn = turn;
  for (std::size_t i = 0; i < echo.factor.size(); ++i) {
    const std::uint64_t key = seed_of(seed_, Stream::echo, vessel * 64 + i, static_cast<std::uint64_t>(turn));
    const double phase = 2.0 * pi * unit_of(key);
    // A single point fluctuates by itself (Swerling 1); many points do so by interfering.
    const double power = echo.factor.size() < 3 ? -std::log1p(-unit_of(key + 1)) : 1.0;
    const double amplitude = std::sqrt(power * echo.scatterers[i].weight);
    echo.factor[i] =
        Complex(static_cast<float>(amplitude * std::cos(phase)), static_cast<float>(amplitude * std::sin(phase)));
  }
}

void VideoSynthesizer::add_vessel(std::size_t vessel, const VesselState& state, std::int64_t turn, double bearing_rad) {
  Echo& echo = echoes_[vessel];
  const double east = (state.position.east - at_.east).value();
  const double north = (state.position.north - at_.north).value();
  const double range = std::max(std::hypot(east, north), 1.0);
  if (range > radar_.range_max_m() + echo.spec.length_m) return;
  const double direction = std::atan2(east, north);
  const double off = std::remainder(direction - bearing_rad, 2.0 * pi);
  const double strongest = std::sqrt(snr(constants_, 5.0 * echo.spec.rcs_m2, range));
  const double spread = echo.spec.length_m / (2.0 * range);
  if (strongest * pattern_.gain(std::max(0.0, std::abs(off) - spread)) < 0.1) return;

  const double plane_turn = static_cast<double>(radar_.azimuths) / (2.0 * pi);
  const double true_bearing = Bearing(Radians(direction - north_.radians())).radians();
  const auto azimuth = static_cast<std::size_t>(true_bearing * plane_turn) % static_cast<std::size_t>(radar_.azimuths);
  const double seen =
      visible_fraction(radar_.antenna_height_m, echo.spec.height_m, range, land_.blocked_rad(azimuth, range));
  if (seen <= 0.0) return;
  // Its turn changes on the far side, so that north does not cut an echo in two.
  if (off < -pi / 2.0 && bearing_rad > pi) ++turn;
  if (off > pi / 2.0 && bearing_rad < pi) --turn;
  if (echo.turn != turn) new_fluctuation(vessel, turn);
  const double heading = state.heading.radians();
  const double rcs = echo.spec.rcs_m2 * aspect_factor(heading - direction, echo.spec.length_m) * seen;
  const double amplitude = std::sqrt(snr(constants_, rcs, range));
  const double sh = std::sin(heading);
  const double ch = std::cos(heading);
  for (std::size_t i = 0; i < echo.scatterers.size(); ++i) {
    const auto& s = echo.scatterers[i];
    const double e = east + s.along_m * sh + s.across_m * ch;
    const double n = north + s.along_m * ch - s.across_m * sh;
    const double gain = pattern_.gain(std::remainder(std::atan2(e, n) - bearing_rad, 2.0 * pi));
    add_pulse_shape(std::hypot(e, n), echo.factor[i] * static_cast<float>(amplitude * gain));
  }
}

// A matched filter turns the rectangular pulse into a triangle of twice its length.
void VideoSynthesizer::add_pulse_shape(double range_m, Complex amplitude) {
  const double reach = std::max(constants_.resolution_m, 0.75 * radar_.cell_m);
  const double limit = static_cast<double>(cells_.size());
  const auto first = static_cast<std::size_t>(std::clamp((range_m - reach) / radar_.cell_m, 0.0, limit));
  const auto last = static_cast<std::size_t>(std::clamp((range_m + reach) / radar_.cell_m + 1.0, 0.0, limit));
  for (std::size_t k = first; k < last; ++k) {
    const double away = std::abs((static_cast<double>(k) + 0.5) * radar_.cell_m - range_m);
    if (away < reach) cells_[k] += amplitude * static_cast<float>(1.0 - away / reach);
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
  double delay_s = interval_s - std::fmod(at_s, interval_s) + 2e-6 * (unit_of(key) - 0.5);
  const double phase = 2.0 * pi * unit_of(key + 1);
  const auto amplitude = static_cast<float>(std::sqrt(power));
  const Complex z(amplitude * static_cast<float>(std::cos(phase)), amplitude * static_cast<float>(std::sin(phase)));
  for (; delay_s * speed_of_light_mps / 2.0 < radar_.range_max_m(); delay_s += interval_s) {
    add_pulse_shape(std::max(0.0, delay_s) * speed_of_light_mps / 2.0, z);
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

  const std::uint64_t key = seed_of(seed_, Stream::noise, 1, static_cast<std::uint64_t>(spoke));
  const Complex* noise = noise_.values.data() + mixed(key) % (noise_columns - cells_.size());
  std::copy(noise, noise + cells_.size(), cells_.begin());
  add_clutter(turn, azimuth, true_bearing);
  add_land(turn, azimuth);
  add_rain(spoke, bearing, at_s);
  for (std::size_t v = 0; v < echoes_.size(); ++v) add_vessel(v, fleet.at(v, fraction), turn, bearing);
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

void VideoSynthesizer::quantise(std::vector<std::uint8_t>& samples) const {
  const std::size_t start = samples.size();
  samples.resize(start + cells_.size());
  std::uint8_t* out = samples.data() + start;
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
