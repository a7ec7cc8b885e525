// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/radar_sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace headland::station {
namespace {

constexpr double detected = 0.8;
// A plot needs two spokes of the beam: what the second best of them, and where it lies between cells, costs an echo. As
// simulated (radar_sensitivity_test), 1.8 dB.
constexpr double of_a_plot = 1.5;
// Over receiver noise: what answers so much is seen, whatever lies before it.
constexpr double answers = 1.4;

// Why what is learned of noise and clutter is not what it seems.
std::string reason_against(const signal::SignalStage& stage) {
  if (stage.counters().thresholded) return "the radar cuts its noise off";
  if (stage.config().averaging == signal::Averaging::ordered) {
    return "cfar is os, which leaves no thresholds between echoes to measure";
  }
  if (stage.video_bits() <= 4) {
    return fmt::format("the video has {} bits: its levels are too coarse to measure noise", stage.video_bits());
  }
  if (!stage.is_settled()) return "the video is new or its gain has changed: noise and clutter are being learned";
  if (stage.video_bits() <= 8 && stage.counters().decibels_per_level <= 0.0 &&
      stage.counters().noise_level < signal::least_noise_level) {
    return fmt::format("the noise has {} levels of 255, fewer than {:.0f}: turn the gain up",
                       stage.counters().noise_level, signal::least_noise_level);
  }
  return {};
}

// Which of the sectors by bands lie behind land: more than half of what is not masked there. The radar's own shore does
// not count: it looks over that.
std::vector<bool> behind_land(const signal::RegionalClutter& clutter, const RangeAzimuthMask& mask, Metres from) {
  constexpr double own_shore_m = 1000.0;
  constexpr double hides_m = 100.0;  // of land on the way: less may be a pier, or the mask's margin about a rock
  std::vector<std::uint32_t> open(clutter.regions.size());
  std::vector<std::uint32_t> hidden(clutter.regions.size());
  const double step_m = mask.range_cell().value();
  const Metres end = clutter.range_start + static_cast<double>(clutter.bands) * clutter.band_size;
  for (std::uint32_t a = 0; a < mask.azimuths(); ++a) {
    const std::size_t sector = std::size_t{a} * clutter.sectors / mask.azimuths();
    bool on_own_shore = true;
    double land_m = 0.0;
    for (auto c = static_cast<std::uint32_t>(from.value() / step_m); c < mask.range_cells(); ++c) {
      const Metres range((c + 0.5) * step_m);
      if (range >= end) break;
      const bool masked = mask.is_masked(a, c);
      on_own_shore = on_own_shore && masked && (range - from).value() < own_shore_m;
      if (masked && !on_own_shore) land_m += step_m;
      if (masked || range < clutter.range_start) continue;
      const auto band = static_cast<std::size_t>((range - clutter.range_start) / clutter.band_size);
      ++open[sector * clutter.bands + band];
      if (land_m >= hides_m) ++hidden[sector * clutter.bands + band];
    }
  }
  std::vector<bool> behind(clutter.regions.size());
  for (std::size_t i = 0; i < behind.size(); ++i) behind[i] = 2 * hidden[i] > open[i];
  return behind;
}

void append(std::string& out, const char* name, const std::vector<float>& values) {
  out += fmt::format(",\"{}\":[", name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out += ',';
    out += std::isfinite(values[i]) ? fmt::format("{:.3g}", values[i]) : "null";
  }
  out += ']';
}

}  // namespace

RadarSensitivity sensitivity_of(const config::RadarSection& section, const signal::SignalStage& stage) {
  RadarSensitivity out;
  out.clutter_uncalibrated = reason_against(stage);
  out.uncalibrated = section.peak_power_w > 0.0 ? out.clutter_uncalibrated : "peak_power_w is not configured";
  const signal::RegionalClutter clutter = stage.clutter();
  const auto shapes = signal::class_shapes(section.clutter_shape);
  // Echo and background together are over the threshold with this probability (Swerling 1) where their mean power is so
  // many times that of the threshold.
  const double over_threshold = -of_a_plot / std::log(detected);
  std::vector<coverage::Region> regions;
  regions.reserve(clutter.regions.size());
  const auto behind = behind_land(clutter, stage.mask(), Metres(section.range_min_m));
  for (std::size_t i = 0; i < clutter.regions.size(); ++i) {
    const auto& region = clutter.regions[i];
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    out.clutter_db.push_back(static_cast<float>(region.known ? 10.0 * std::log10(region.over_noise) : nothing));
    out.clutter_shape.push_back(static_cast<float>(region.known ? shapes[region.clutter_class] : nothing));
    // Behind land mere noise may be its shadow: not seen, not empty sea.
    const bool in_sight = !behind[i] || region.over_noise > answers;
    regions.push_back({region.known && in_sight && !region.silent, region.over_noise,
                       // The first class is what is configured, but for what is mere noise.
                       region.clutter_class > 0 || region.over_noise > answers ? shapes[region.clutter_class] : 0.0,
                       std::max(over_threshold * region.threshold / region.over_noise - 1.0, 1.0),
                       region.threshold / region.over_noise});
  }
  const coverage::RadarParameters radar{section.peak_power_w > 0.0 ? section.frequency_ghz : 9.41,
                                        section.peak_power_w,
                                        section.pulse_ns,
                                        section.antenna_gain_db,
                                        section.noise_figure_db,
                                        section.losses_db,
                                        section.antenna_height_m};
  out.map = coverage::sensitivity(radar, coverage::Sea{}, clutter.sectors, clutter.bands, clutter.range_start,
                                  clutter.band_size, regions, section.track_before_detect);
  return out;
}

std::string to_json(const std::string& radar, const RadarSensitivity& s) {
  std::string name;
  for (const char c : radar) {
    if (c == '"' || c == '\\') name += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) name += c;
  }
  std::string out = fmt::format(
      "{{\"radar\":\"{}\",\"uncalibrated\":\"{}\",\"sectors\":{},\"bands\":{},\"range_start_m\":{:.1f},\"band_m\":{:."
      "2f}",
      name, s.uncalibrated, s.map.sectors, s.map.bands, s.map.range_start.value(), s.map.band_size.value());
  append(out, "scan_m2", s.map.scan_m2);
  append(out, "minute_m2", s.map.minute_m2);
  out += fmt::format(",\"clutter_uncalibrated\":\"{}\"", s.clutter_uncalibrated);
  append(out, "clutter_db", s.clutter_db);
  append(out, "clutter_shape", s.clutter_shape);
  return out + '}';
}

double median_at(const coverage::SensitivityMap& map, const std::vector<float>& m2, Metres range) {
  const double at = map.bands > 0 ? (range - map.range_start) / map.band_size : -1.0;
  if (!(at >= 0.0) || at >= map.bands) return std::numeric_limits<double>::quiet_NaN();
  std::vector<float> values;
  for (std::uint32_t sector = 0; sector < map.sectors; ++sector) {
    const float value = m2[std::size_t{sector} * map.bands + static_cast<std::size_t>(at)];
    if (std::isfinite(value)) values.push_back(value);
  }
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

}  // namespace headland::station
