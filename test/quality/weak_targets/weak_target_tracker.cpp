// SPDX-License-Identifier: Apache-2.0
#include "quality/weak_targets/weak_target_tracker.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "quality/weak_targets/weak_target_sea.hpp"

namespace headland::quality {
namespace {

constexpr double pi = std::numbers::pi;
// A ring of 100 square miles.
constexpr double near_m = 7000.0;
const double far_m = std::sqrt(near_m * near_m + 100.0 * 1852.0 * 1852.0 / pi);
const double range_deviation_m = cell_m / std::sqrt(12.0);
const double bearing_deviation_rad = row_width_rad / std::sqrt(12.0);

Plot plot_at(double range, double bearing, Timestamp time) {
  Plot p;
  p.time = time;
  p.range = Metres(range);
  p.bearing = Bearing(Radians(bearing));
  p.range_deviation = Metres(range_deviation_m);
  p.bearing_deviation = Radians(bearing_deviation_rad);
  p.range_extent = Metres(cell_m);
  p.bearing_extent = Radians(row_width_rad);
  p.strength = Decibels(3.0);
  p.cell_count = 1;
  return p;
}

constexpr std::uint32_t sectors = 12;

// The sectors of one turn of false alarms, and the target's plot where there is one. strength() of a false alarm, dB.
template <class E, class F>
void turn(Random& random, double false_alarms, std::uint32_t number, const Plot* target, E strength, F take) {
  for (std::uint32_t s = 0; s < sectors; ++s) {
    PlotSector sector;
    sector.turn = number;
    sector.sector = s;
    sector.sectors_per_turn = sectors;
    const double began = turn_s * (number + static_cast<double>(s) / sectors);
    sector.began = from_epoch_seconds(began);
    sector.ended = from_epoch_seconds(began + turn_s / sectors);
    sector.from = Bearing(Radians(2.0 * pi * s / sectors));
    sector.to = Bearing(Radians(2.0 * pi * (s + 1) / sectors));
    sector.range_min = Metres(near_m);
    sector.range_max = Metres(far_m);
    for (auto n = random.poisson(false_alarms * cells_in_area / sectors); n > 0; --n) {
      const double range = std::sqrt(random.uniform(near_m * near_m, far_m * far_m));
      const double share = random.uniform();
      sector.plots.push_back(
          plot_at(range, 2.0 * pi * (s + share) / sectors, from_epoch_seconds(began + turn_s * share / sectors)));
      sector.plots.back().strength = Decibels(strength());
    }
    if (target != nullptr && clockwise_from(sector.from, target->bearing) < 2.0 * pi / sectors) {
      sector.plots.push_back(*target);
    }
    std::sort(sector.plots.begin(), sector.plots.end(), [](const Plot& a, const Plot& b) {
      return a.bearing != b.bearing ? a.bearing < b.bearing : a.range < b.range;
    });
    take(sector);
  }
}

constexpr std::uint32_t settling_turns = 240;
constexpr double steps_per_db = 4.0;
constexpr int strength_steps = 120;

}  // namespace

double TrackerTrial::threshold_at(double false_alarms) const {
  double low = 0.0;
  double high = 2000.0;
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (low + high);
    (exceedance(shape_, middle, 0.0) > false_alarms ? low : high) = middle;
  }
  return low;
}

namespace {

void judge(plots::StrengthSurvey& survey, PlotSector& sector) {
  for (Plot& p : sector.plots) p.evidence = survey.take(p.range.value(), p.strength.value());
}

// P(no stronger than a step | over the threshold).
std::vector<double> shares_up_to(double shape, double threshold, double target) {
  std::vector<double> up_to;
  const double all = exceedance(shape, threshold, target);
  for (int i = 1; i <= strength_steps; ++i) {
    const double power = threshold * std::pow(10.0, 0.1 * i / steps_per_db);
    up_to.push_back(i < strength_steps ? 1.0 - exceedance(shape, power, target) / all : 1.0);
  }
  return up_to;
}

// Decibels over the threshold.
double draw(Random& random, const std::vector<double>& up_to) {
  const auto at = std::upper_bound(up_to.begin(), up_to.end(), random.uniform() * up_to.back());
  return (static_cast<double>(at - up_to.begin()) + 0.5) / steps_per_db;
}

}  // namespace

TrackerTrial::TrackerTrial(int trials, double shape, bool with_strength)
    : trials_(trials), shape_(shape), with_strength_(with_strength) {
  // The tracker learns how dense clutter is, so false tracks hardly grow with false alarms: the more of these the
  // better it sees, as long as no more than one false track an hour comes of them.
  constexpr std::array tried = {1.2e-4, 2.4e-4, 4.8e-4, 9.6e-4, 1.9e-3, 3.8e-3, 7.7e-3};
  constexpr std::uint32_t turns = 1440;
  false_alarms_ = tried[0];
  for (const double p : tried) {
    tracking::Tracker tracker{tracking::TrackerConfig{}};
    const std::vector<double> strengths = shares_up_to(shape_, threshold_at(p), 0.0);
    plots::StrengthSurvey survey;
    Random random(11);
    Random chance(13);
    TrackUpdates updates;
    std::uint64_t before = 0;
    for (std::uint32_t t = 0; t < settling_turns + turns; ++t) {
      turn(
          random, p, t, nullptr, [&] { return draw(chance, strengths); },
          [&](PlotSector& sector) {
            if (with_strength_) judge(survey, sector);
            tracker.process(sector, updates);
          });
      updates.tracks.clear();
      if (t + 1 == settling_turns) before = tracker.counters().tracks_confirmed;
    }
    const std::uint64_t n = tracker.counters().tracks_confirmed - before;
    std::printf("    tracker: false alarms %.1e, %llu false tracks in an hour\n", p,
                static_cast<unsigned long long>(n));
    if (n <= 1) false_alarms_ = p;
  }
  tracking::Tracker tracker{tracking::TrackerConfig{}};
  const std::vector<double> strengths = shares_up_to(shape_, threshold_at(false_alarms_), 0.0);
  Random random(12);
  Random chance(14);
  TrackUpdates updates;
  for (std::uint32_t t = 0; t < settling_turns; ++t) {
    turn(
        random, false_alarms_, t, nullptr, [&] { return draw(chance, strengths); },
        [&](PlotSector& sector) {
          if (with_strength_) judge(settled_survey_, sector);
          tracker.process(sector, updates);
        });
    updates.tracks.clear();
  }
  settled_ = tracker.snapshot();
}

double TrackerTrial::found(double strength_db) const {
  const double target = std::pow(10.0, 0.1 * strength_db);
  const double threshold = threshold_at(false_alarms_);
  const double detection = exceedance(shape_, threshold, target);
  const std::vector<double> strengths = shares_up_to(shape_, threshold, 0.0);
  const std::vector<double> of_target = shares_up_to(shape_, threshold, target);
  int count = 0;
  for (int trial = 0; trial < trials_; ++trial) {
    tracking::Tracker tracker{tracking::TrackerConfig{}};
    tracker.restore(settled_);
    plots::StrengthSurvey survey = settled_survey_;
    Random random(100 + static_cast<std::uint64_t>(trial));
    Random chance(200 + static_cast<std::uint64_t>(trial));
    const Line line = Line::random(random, 600.0, 0.0);
    bool found = false;
    TrackUpdates updates;
    for (std::uint32_t t = 0; t < static_cast<std::uint32_t>(turns_a_minute) && !found; ++t) {
      const double range = middle_m + cell_m * (line.cell + line.cells_a_turn * t);
      const double bearing = row_width_rad * (line.row + line.rows_a_turn * t);
      const double time = turn_s * (settling_turns + t + bearing / (2.0 * pi));
      Plot plot = plot_at(range + range_deviation_m * random.normal(),
                          bearing + bearing_deviation_rad * random.normal(), from_epoch_seconds(time));
      plot.strength = Decibels(draw(chance, of_target));
      const bool detected = random.uniform() < detection;
      turn(
          random, false_alarms_, settling_turns + t, detected ? &plot : nullptr,
          [&] { return draw(chance, strengths); },
          [&](PlotSector& sector) {
            if (with_strength_) judge(survey, sector);
            tracker.process(sector, updates);
          });
      for (const Track& track : updates.tracks) {
        const double apart = std::hypot(track.state.position.east.value() - range * std::sin(bearing),
                                        track.state.position.north.value() - range * std::cos(bearing));
        found = found || (track.stage == TrackStage::confirmed && apart < 300.0);
      }
      updates.tracks.clear();
    }
    count += found ? 1 : 0;
  }
  return static_cast<double>(count) / trials_;
}

}  // namespace headland::quality
