// SPDX-License-Identifier: Apache-2.0
// Where tracks begin: a plot that no track claims becomes a tentative one.
#include <limits>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

// What the Doppler of the first plot says of how fast the vessel is, if it is one.
void tell_speeds(const RadialSight& sight, Bernoulli& track) {
  double before = 0.0;
  double after = 0.0;
  for (std::size_t m = 0; m < first_motions; ++m) {
    before += track.weight[m];
    after += track.weight[m] *= take_radial(sight, track.modes[m]);
  }
  if (!(after > 0.0)) return;
  for (std::size_t m = 0; m < first_motions; ++m) track.weight[m] *= before / after;
}

}  // namespace

// The index of a slot to be filled; that of the slots where max_tracks is reached.
std::size_t Tracker::State::take_slot() {
  std::size_t slot = slots_.size();
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
  } else if (slots_.size() < config_.max_tracks) {
    slots_.emplace_back();
    for (Sensor& s : sensors_) s.wake.push_back(0.0);
  } else {
    ++counters.tracks_refused;
  }
  return slot;
}

void Tracker::State::start_track(Sensor& sensor, const PlacedPlot& plot, double unclaimed) {
  if (!initiator_.wants(plot, unclaimed, tentative_)) return;
  if (!may_begin_at(plot.position)) {
    ++counters.plots_in_no_area;
    return;
  }
  const std::size_t slot = take_slot();
  if (slot == slots_.size()) return;
  ++counters.tracks_begun;
  ++tentative_;
  Bernoulli& t = slots_[slot];
  t = initiator_.begin(plot, unclaimed);
  t.serial = next_serial_++;
  t.first_radar = sensor.id;
  if (plot.radial.is_told()) tell_speeds(plot.radial, t);
  note_first(t, plot);
  Look& first = look_of(t, sensor.id);
  first.last = plot.direction;
  first.weight = 1.0;
  for (Sensor& s : sensors_) s.wake[slot] = -std::numeric_limits<double>::infinity();
  sensor.wake[slot] = next_worth_planning(sensor.beam, config_, t.modes[0], plot.direction + full_turn);
}

}  // namespace headland::tracking
