// SPDX-License-Identifier: Apache-2.0
// A clock that is set back while the radars turn on.
//
// All that the tracker holds would lie in the future then: nothing new could live until the clock has caught up. Times
// that are held go back with the clock, so that every interval stays as it is. A clock that is set forward looks like
// an interruption, and is one to the tracker.
#include <algorithm>
#include <utility>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double edge_tolerance = 1e-6;  // radians
constexpr double begins_anew = 2.0;      // turns of nothing but late sectors: its count of turns began anew
constexpr double silent_after_s = 30.0;  // such a radar is not waited for
constexpr double least_step_s = 1.0;

}  // namespace

// By how much the radar's times are behind what follows on its last sector, where that is more than any delay.
std::optional<Duration> Tracker::State::clock_step(const Sensor& sensor, const PlotSector& sector) const {
  if (sensor.beam.empty()) return std::nullopt;
  const Segment& newest = sensor.beam.newest();
  const double turn_s = sensor.beam.seconds_per_turn();
  const double most_s = std::max({config_.late_s, turn_s, least_step_s});
  if (to_seconds(newest.ended - sector.ended).value() <= most_s) return std::nullopt;
  const double ahead = full_turn * sector.turn + sector.from.radians() - newest.to;
  if (ahead >= -edge_tolerance) {
    return sector.began - newest.ended - to_duration(Seconds(std::max(ahead, 0.0) / full_turn * turn_s));
  }
  if (sensor.refused < begins_anew * full_turn) return std::nullopt;
  return sector.began - newest.ended - to_duration(Seconds(turn_s));
}

// Radars have one clock, the node's, and notice one after the other that it was set back. Until the last of them did,
// nothing can be done with what comes. One sector alone may bear a wrong time.
bool Tracker::State::wait_for_clock(Sensor& sensor, const PlotSector& sector) {
  const std::optional<Duration> step = clock_step(sensor, sector);
  const bool again = std::exchange(sensor.set_back, step.has_value());
  if (!step) return false;
  const bool others_wait = std::all_of(sensors_.begin(), sensors_.end(), [&](const Sensor& s) {
    return s.set_back || s.beam.empty() || to_seconds(now_ - s.beam.newest().ended).value() > silent_after_s;
  });
  if (!again || !others_wait) return true;
  shift_times(*step);
  ++counters.clock_steps;
  return false;
}

void Tracker::State::shift_times(Duration by) {
  now_ += by;
  stale_from_ += by;
  const auto shift = [&](Bernoulli& t) {
    t.time += by;
    t.began += by;
    t.last_plot += by;
    t.story.shift(by);
  };
  for (Bernoulli& t : slots_) {
    if (t.alive) shift(t);
  }
  for (Bernoulli& t : lost_) shift(t);
  for (Sensor& s : sensors_) {
    s.beam.shift(by);
    s.set_back = false;
    s.refused = 0.0;
    for (PlacedPlot& p : s.waiting) p.time += by;
  }
  for (auto& [serials, twin] : twins_) twin.last += by;
  due_count_ = met_count_ = 0;  // what was foretold is void
}

}  // namespace headland::tracking
