// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/sea/sea_echo.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/units.hpp"

namespace headland::scenario {
namespace {

constexpr double least_db = 1.0;
constexpr double widest_db = 25.0;      // an echo ends where it is so far below its peak
constexpr double full_scale_db = 35.0;  // of the receiver over the threshold
constexpr double scatter_db = 3.0;      // from look to look
constexpr double clutter_db = 3.0;      // mean over the threshold
constexpr double faded_end = 0.25;      // share of the hull that may not answer in a look
constexpr double least_range_km = 0.2;

// m2: 2.5 at 9 m, 40 at 26 m, 1700 at 110 m, 13000 at 245 m.
double cross_section_db(double length_m) { return 10.0 * std::log10(2.5 * std::pow(length_m / 9.0, 2.6)); }

SeaEcho echo_of(const PlotRadar& radar, double strength_db, double deep_m, double wide_m, double range_m) {
  const double over_db = std::clamp(strength_db, least_db, widest_db);
  const double beam_rad = 2.0 * radar.beam_deg * radians_per_degree * std::sqrt(over_db / 24.0);
  const double pulse_m = 2.0 * radar.pulse_m * std::sqrt(over_db / 12.0);
  const double spoke_rad = radar.spoke_deg * radians_per_degree;
  SeaEcho e;
  // Whole cells and spokes, one at least.
  e.range_extent_m = std::max(1.0, std::round((deep_m + pulse_m) / radar.cell_m)) * radar.cell_m;
  e.bearing_extent_rad = std::max(1.0, std::round((wide_m / range_m + beam_rad) / spoke_rad)) * spoke_rad;
  e.strength_db = std::clamp(strength_db, least_db, full_scale_db);
  constexpr double ellipse = 0.25 * std::numbers::pi;
  e.cells = static_cast<std::uint32_t>(
      std::max(1.0, ellipse * e.range_extent_m / radar.cell_m * e.bearing_extent_rad / spoke_rad));
  return e;
}

}  // namespace

SeaEcho echo_of_hull(const PlotRadar& radar, const SeaVessel& vessel, double aspect_rad, double range_m,
                     Random& random) {
  const double range_km = std::max(range_m / 1000.0, least_range_km);
  const double strength_db = radar.strength_db + cross_section_db(vessel.length_m) - 40.0 * std::log10(range_km) +
                             scatter_db * random.normal();
  const double along = std::abs(std::cos(aspect_rad));
  const double across = std::abs(std::sin(aspect_rad));
  const double length_m = vessel.length_m * (1.0 - faded_end * random.uniform());
  return echo_of(radar, strength_db, length_m * along + vessel.beam_m * across,
                 length_m * across + vessel.beam_m * along, range_m);
}

namespace {

bool touch(const Plot& a, const Plot& b) {
  const double range = std::abs((a.range - b.range).value());
  const double bearing = std::abs((a.bearing - b.bearing).radians());
  return range <= 0.5 * (a.range_extent + b.range_extent).value() &&
         bearing <= 0.5 * (a.bearing_extent + b.bearing_extent).value();
}

// `a` becomes the plot of both.
void merge(Plot& a, const Plot& b) {
  const double share = static_cast<double>(b.cell_count) / (a.cell_count + b.cell_count);
  const double near = std::min((a.range - 0.5 * a.range_extent).value(), (b.range - 0.5 * b.range_extent).value());
  const double far = std::max((a.range + 0.5 * a.range_extent).value(), (b.range + 0.5 * b.range_extent).value());
  const double off = (b.bearing - a.bearing).radians();
  const double left = std::min(-0.5 * a.bearing_extent.value(), off - 0.5 * b.bearing_extent.value());
  const double right = std::max(0.5 * a.bearing_extent.value(), off + 0.5 * b.bearing_extent.value());
  a.range = a.range + share * (b.range - a.range);
  a.bearing = a.bearing + Angle(Radians(share * off));
  a.time += to_duration(Seconds(share * to_seconds(b.time - a.time).value()));
  a.range_extent = Metres(far - near);
  a.bearing_extent = Radians(right - left);
  a.cell_count += b.cell_count;
}

}  // namespace

void merge_touching(std::vector<Plot>& plots, std::vector<std::uint32_t>& origin) {
  for (std::size_t a = 0; a < plots.size(); ++a) {
    for (std::size_t b = a + 1; b < plots.size();) {
      if (!touch(plots[a], plots[b])) {
        ++b;
        continue;
      }
      if (plots[b].strength > plots[a].strength) {
        origin[a] = origin[b];
        plots[a].strength = plots[b].strength;
      }
      merge(plots[a], plots[b]);
      plots.erase(plots.begin() + static_cast<std::ptrdiff_t>(b));
      origin.erase(origin.begin() + static_cast<std::ptrdiff_t>(b));
      b = a + 1;  // it is larger now
    }
  }
}

SeaEcho echo_of_clutter(const PlotRadar& radar, double range_m, Random& random) {
  return echo_of(radar, clutter_db * random.exponential(), 0.0, 0.0, range_m);
}

}  // namespace headland::scenario
