// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/radar_sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace headland::station {
namespace {

constexpr double detected = 0.8;

std::string reason_against(const config::RadarSection& section, const signal::SignalStage& stage) {
  if (section.peak_power_w <= 0.0) return "peak_power_w is not configured";
  if (stage.counters().thresholded) return "the radar cuts its noise off";
  if (!stage.is_settled()) return "the video is new or its gain has changed: noise and clutter are being learned";
  return {};
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
  out.uncalibrated = reason_against(section, stage);
  const signal::RegionalClutter clutter = stage.clutter();
  const auto shapes = signal::class_shapes(section.clutter_shape);
  std::array<double, signal::clutter_classes> needed{};
  for (std::size_t c = 0; c < needed.size(); ++c) {
    needed[c] = signal::needed_strength(stage.config(), shapes[c], detected);
  }
  std::vector<coverage::Region> regions;
  regions.reserve(clutter.regions.size());
  for (const auto& region : clutter.regions) {
    regions.push_back({region.known, region.over_noise, region.clutter_class > 0 ? shapes[region.clutter_class] : 0.0,
                       needed[region.clutter_class]});
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
