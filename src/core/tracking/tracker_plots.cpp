// SPDX-License-Identifier: Apache-2.0
// Plots as the tracker holds them: in the plane, with their noise, and what else may have given them.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double vessels_abreast = 3.0;  // neighbours that are no crowd yet
constexpr double crowd_range_share = 0.5;
constexpr double most_evidence = 4.0;  // nats that the strength of one plot may say, either way
constexpr double most_odds = 1e6;      // that something else gave a plot

struct Deviations {
  double range_m;
  double bearing_rad;
};

Deviations deviations_of(const Plot& plot, const TrackerConfig& config) {
  Deviations d{config.range_deviation_m, config.bearing_deviation_deg * radians_per_degree};
  if (plot.range_deviation.value() > 0.0) d.range_m = plot.range_deviation.value();
  if (plot.bearing_deviation.value() > 0.0) {
    d.bearing_rad = std::hypot(plot.bearing_deviation.value(), config.bearing_scatter_deg * radians_per_degree);
  }
  if (config.told_range_deviation_m > 0.0) d.range_m = config.told_range_deviation_m;
  if (config.told_bearing_deviation_deg > 0.0) d.bearing_rad = config.told_bearing_deviation_deg * radians_per_degree;
  return d;
}

constexpr double widest_deviation_rad = 1.0;  // what may lie on either side of the radar has no place
constexpr double longest_deviation_m = 10'000.0;

// Not so: what no radar measures.
bool is_possible(const Plot& plot, const Deviations& d, const Segment& s) {
  const double r = plot.range.value();
  const bool placed = r > 0.0 && r >= s.range_min_m && r <= s.range_max_m && std::isfinite(plot.bearing.radians());
  const bool sharp = d.range_m <= longest_deviation_m && d.bearing_rad <= widest_deviation_rad;
  const bool sized = std::isfinite(plot.range_extent.value()) && std::isfinite(plot.bearing_extent.value());
  return placed && sharp && sized && std::isfinite(plot.strength.value());
}

}  // namespace

void Tracker::State::take_plots(Sensor& sensor, const PlotSector& sector, const Segment& s) {
  const double site_variance = config_.site_deviation_m * config_.site_deviation_m;
  const std::size_t first = sensor.waiting.size();
  joined_.assign(first, false);
  for (const Plot& plot : sector.plots) {
    ++counters.plots;
    const Deviations deviations = deviations_of(plot, config_);
    if (!is_possible(plot, deviations, s)) {
      ++counters.plots_impossible;
      continue;
    }
    const double r = plot.range.value();
    const auto [dr, db] = deviations;
    PlacedPlot p;
    p.direction = Beam::unroll(s, plot.bearing);
    p.range_m = r;
    sensor.farthest_m = std::max(sensor.farthest_m, r);
    p.bearing = plot.bearing.radians();
    p.time = plot.time;
    const double a = p.bearing + s.north;
    const Vector2 along(std::sin(a), std::cos(a));
    const Vector2 across(along(1), -along(0));
    // The mean of a noisy polar measurement lies short by exp(-sigma^2 / 2) (Longbin et al. 1998).
    p.position = s.site + r * std::exp(0.5 * db * db) * along;
    p.noise = (dr * dr) * along * along.transpose() + (r * db * r * db) * across * across.transpose() +
              site_variance * Matrix2::Identity();
    p.reach_m = config_.gate_sigmas * std::sqrt(p.noise.trace());
    const double birth = sensor.clutter.detection(r, p.bearing) * sensor.newcomers.density(r, p.bearing);
    p.transient_reach = sensor.transients.reach(r, p.bearing, 0);
    // Clutter as strong as this is rarer, or more frequent, than clutter; vessels are what the evidence compares with.
    const double evidence =
        std::isfinite(plot.evidence) ? std::clamp(plot.evidence, -most_evidence, most_evidence) : 0.0;
    const double likeness = evidence == 0.0 ? 1.0 : std::exp(-evidence);
    const double by_causes = std::isfinite(plot.cause_odds) ? std::clamp(plot.cause_odds, 0.0, most_odds) : 0.0;
    p.clutter = (sensor.clutter.density(r, p.bearing) * likeness + birth) * (1.0 + by_causes);
    p.birth_share = birth / p.clutter;
    // What is no vessel, whatever else, begins a transient as often as was counted of all such plots.
    p.transient_share = (1.0 - p.birth_share) * p.transient_reach;
    p.strength_db = plot.strength.value();
    p.range_extent_m = plot.range_extent.value();
    p.cross_extent_m = plot.bearing_extent.value() * r;
    p.cells = plot.cell_count;
    p.radial = sight_of(plot, a, config_);
    if (!join_over_edge(sensor, s, p)) sensor.waiting.push_back(p);
  }
  unite_pieces(sensor, first);
  note_crowds(sensor, first);
  std::sort(sensor.waiting.begin(), sensor.waiting.end(), [](const PlacedPlot& x, const PlacedPlot& y) {
    if (x.direction != y.direction) return x.direction < y.direction;
    if (x.range_m != y.range_m) return x.range_m < y.range_m;
    return x.strength_db < y.strength_db;
  });
}

// A harbour, a coast or a patch of rough sea is smaller than a cell of the clutter map: plots with neighbours
// are taken for as dense as these lie.
void Tracker::State::note_crowds(Sensor& sensor, std::size_t first) {
  if (config_.crowd_radius_m <= 0.0) return;
  auto& plots = sensor.waiting;
  // A short look round is not all one crowd.
  const auto radius = [&](const PlacedPlot& p) {
    return std::min(config_.crowd_radius_m, crowd_range_share * p.range_m);
  };
  crowd_.clear();
  for (std::size_t i = first; i < plots.size(); ++i) {
    crowd_.push_back({plots[i].position(0), plots[i].position(1), radius(plots[i]), i, 0});
  }
  std::sort(crowd_.begin(), crowd_.end(), [](const Crowded& a, const Crowded& b) { return a.east_m < b.east_m; });
  const double farthest_m = 1.001 * config_.crowd_radius_m;  // rounding left aside, no radius is greater
  for (auto a = crowd_.begin(); a != crowd_.end(); ++a) {
    for (auto b = std::next(a); b != crowd_.end() && b->east_m - a->east_m <= farthest_m; ++b) {
      const double east = a->east_m - b->east_m, north = a->north_m - b->north_m;
      const double apart2 = east * east + north * north;
      if (apart2 <= a->radius_m * a->radius_m) ++a->neighbours;
      if (apart2 <= b->radius_m * b->radius_m) ++b->neighbours;
    }
  }
  for (const Crowded& c : crowd_) {
    PlacedPlot& plot = plots[c.plot];
    const double density = std::max(c.neighbours - vessels_abreast, 0.0) / (std::numbers::pi * c.radius_m * c.radius_m);
    if (density <= plot.clutter) continue;
    plot.birth_share *= plot.clutter / density;
    plot.clutter = density;
    plot.transient_share = (1.0 - plot.birth_share) * plot.transient_reach;
  }
}

}  // namespace headland::tracking
