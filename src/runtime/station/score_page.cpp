// SPDX-License-Identifier: Apache-2.0
// The score of a station as one HTML page, without scripts and without anything fetched.
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "runtime/station/score.hpp"

namespace headland::station {
namespace {

using score::DetectionBin;

constexpr double radius = 230.0;  // of the plot, pixels
constexpr std::uint64_t least_looks = 5;

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

// From red (never seen) over yellow to green.
std::string colour(double probability) { return fmt::format("hsl({:.0f} 65% 45%)", 120.0 * probability); }

// One cell of the polar plot: a ring's part between two bearings.
std::string cell(double inner, double outer, double from_deg, double to_deg, const DetectionBin& bin) {
  const auto at = [](double r, double deg) {
    const double a = deg * std::numbers::pi / 180.0;
    return fmt::format("{:.1f} {:.1f}", r * std::sin(a), -r * std::cos(a));
  };
  const auto i = bin.interval();
  return fmt::format(
      "<path d='M {} A {:.1f} {:.1f} 0 0 1 {} L {} A {:.1f} {:.1f} 0 0 0 {} Z' fill='{}' stroke='#fff'>"
      "<title>{:.0f} % ({:.0f} to {:.0f}) of {} looks</title></path>\n",
      at(outer, from_deg), outer, outer, at(outer, to_deg), at(inner, to_deg), inner, inner, at(inner, from_deg),
      bin.seen.of < least_looks ? "#bbb" : colour(bin.probability()), 100.0 * bin.probability(), 100.0 * i.low,
      100.0 * i.high, bin.seen.of);
}

std::string polar(const score::LeaveAisOutResult::Radar& radar, const score::LeaveAisOutConfig& config) {
  if (radar.by_both.empty()) return {};
  const double rings = radar.by_both.rbegin()->first + 1.0;
  std::string out =
      "<svg viewBox='-250 -250 500 500' width='500' role='img' aria-label='detection by range and bearing'>\n";
  constexpr double step_deg = 360.0 / score::azimuth_bins;
  for (const auto& [ring, bins] : radar.by_both) {
    for (std::size_t k = 0; k < bins.size(); ++k) {
      if (bins[k].seen.of == 0) continue;
      const double from = step_deg * static_cast<double>(k);
      out += cell(radius * ring / rings, radius * (ring + 1.0) / rings, from, from + step_deg, bins[k]);
    }
  }
  for (const double share : {0.5, 1.0}) {
    out += fmt::format(
        "<circle r='{:.0f}' fill='none' stroke='#666'/><text x='3' y='{:.0f}' font-size='12'>{:.0f} km</text>\n",
        radius * share, -radius * share - 3.0, share * rings * config.range_bin_m / 1000.0);
  }
  return out + "</svg>\n";
}

std::string row(const std::string& what, const DetectionBin& d) {
  const auto i = d.interval();
  const auto predicted = d.predicted();
  return fmt::format(
      "<tr><td>{}</td><td>{:.1f} %</td><td>{:.1f} .. {:.1f}</td><td>{}</td><td>{}</td><td>{:.1f} %</td></tr>\n", what,
      100.0 * d.probability(), 100.0 * i.low, 100.0 * i.high,
      predicted ? fmt::format("{:.1f} %", 100.0 * *predicted) : "-", d.seen.of, 100.0 * d.chance.share());
}

std::string radar_page(const std::string& name, const score::LeaveAisOutResult::Radar& radar,
                       const score::LeaveAisOutConfig& config) {
  std::string out = "<h2>" + escaped(name) + "</h2>\n" + polar(radar, config);
  out +=
      "<p>North is up; grey: fewer than 5 looks.</p>\n<table><tr><th></th><th>seen per turn</th><th>95 %</th>"
      "<th>predicted</th><th>looks</th><th>by chance</th></tr>\n";
  for (const auto& [bin, d] : radar.by_range) {
    out += row(
        fmt::format("{:.1f} to {:.1f} km", bin * config.range_bin_m / 1000.0, (bin + 1) * config.range_bin_m / 1000.0),
        d);
  }
  for (std::size_t k = 0; k < radar.by_azimuth.size(); ++k) {
    if (radar.by_azimuth[k].seen.of > 0)
      out += row(fmt::format("{} to {} deg", 30 * k, 30 * (k + 1)), radar.by_azimuth[k]);
  }
  return out + "</table>\n";
}

}  // namespace

std::string to_page(const ScoreReport& report) {
  std::string out =
      "<!doctype html><html lang='en'><meta charset='utf-8'><title>How well the station sees</title>\n"
      "<style>body{font:15px sans-serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
      "td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ccc}td:first-child{text-align:left}"
      "pre{white-space:pre-wrap}</style>\n<h1>How well the station sees</h1>\n";
  for (const auto& [sensor, radar] : report.result.radars) {
    const auto known = report.names.find(sensor);
    out += radar_page(known != report.names.end() ? known->second : fmt::format("radar{}", sensor.value()), radar,
                      report.config);
  }
  return out + "<h2>All of it</h2>\n<pre>" + escaped(to_text(report)) + "</pre></html>\n";
}

}  // namespace headland::station
