// SPDX-License-Identifier: Apache-2.0
// Where tracks begin: a plot that no track claims becomes a tentative one.
#include <limits>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double surest = 0.999999;  // a probability of which odds are taken

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
  if (!initiator_.wants(plot, unclaimed, young_.all)) return;
  if (!may_begin_at(plot.position)) {
    ++counters.plots_in_no_area;
    return;
  }
  const std::size_t slot = take_slot();
  if (slot == slots_.size()) return;
  ++counters.tracks_begun;
  Bernoulli& t = slots_[slot];
  t = initiator_.begin(plot, unclaimed);
  count_young(t);
  stale_from_ = std::min(stale_from_, deleter_.fresh_until(t));
  t.serial = next_serial_++;
  t.first_radar = sensor.id;
  if (plot.radial.is_told()) tell_speeds(plot.radial, t);
  note_first(t, plot);
  Look& first = look_of(t, sensor.id);
  first.last = plot.direction;
  first.weight = 1.0;
  first.last_plot = plot.time;
  first.in_last_turn = true;
  for (Sensor& s : sensors_) s.wake[slot] = -std::numeric_limits<double>::infinity();
  sensor.wake[slot] = next_worth_planning(sensor.beam, config_, t.modes[0], plot.direction + full_turn);
}

// What young tracks came to tells how many things there are that are no vessels, and how long they last. To the radar
// of the first plot alone: each counts what begins with it.
void Tracker::State::tell_transient(Sensor& sensor, Bernoulli& track, const Due& due) {
  if (track.plot_looks == 0 || track.first_radar != sensor.id || sensor.beam.empty()) return;
  if (track.weight[transient_model] == 0.0 && track.told_odds == 0.0 && track.told_weight == 0.0) return;
  const double own = own_transient(track);
  const double weight = std::min(transient_probability(track, due.visible_detection) * own, surest);
  const double reach = own_reach(track);
  double odds = 0.0;
  if (weight > 0.0 && reach > 0.0) {
    // It was weighed by as many as were expected then.
    const double now =
        sensor.transients.reach(due.range_m, due.bearing - due.look.segment->north, track.plot_looks, track.told_odds);
    odds = weight / (1.0 - weight) * (now / reach) / sensor.transients.share_without(track.told_odds);
  }
  sensor.transients.tell(odds, track.told_odds);
  track.told_odds = odds;
  tell_gone(sensor, track, gone_probability(track, due.visible_detection) * own);
}

// As soon as plots are missed, by the probability that there is nothing any more.
void Tracker::State::tell_gone(Sensor& sensor, Bernoulli& track, double weight) {
  if (weight == 0.0 && track.told_weight == 0.0) return;
  sensor.transients.gone({track.told_weight, track.told_age, track.told_cell}, -1.0);
  if (track.told_weight == 0.0) {
    const Segment& s = sensor.beam.newest();
    const Vector2 at = moments(track.weight, track.modes, track.used_motions()).position - s.site;
    track.told_cell = static_cast<std::uint32_t>(TransientMap::cell_of(at.norm(), std::atan2(at(0), at(1)) - s.north));
  }
  track.told_age = track.plot_looks;
  track.told_weight = weight;
  sensor.transients.gone({track.told_weight, track.told_age, track.told_cell}, 1.0);
}

// A track of one plot is no trial yet: what clutter is white leaves nearly all of its tracks at that.
Tracker::State::Young Tracker::State::as_young(const Bernoulli& t) {
  if (!t.alive || t.stage != TrackStage::tentative) return {};
  return {1, t.plots_used > 1 ? 1U : 0U};
}

void Tracker::State::forget_young(const Bernoulli& t) {
  const Young y = as_young(t);
  young_.all -= y.all;
  young_.tested -= y.tested;
}

void Tracker::State::count_young(const Bernoulli& t) {
  const Young y = as_young(t);
  young_.all += y.all;
  young_.tested += y.tested;
}

}  // namespace headland::tracking
