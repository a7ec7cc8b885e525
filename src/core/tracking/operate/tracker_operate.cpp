// SPDX-License-Identifier: Apache-2.0
// What an operator may do to tracks.
#include <algorithm>
#include <limits>

#include "core/tracking/life/speeds.hpp"
#include "core/tracking/operate/by_hand.hpp"
#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double told_existence = 0.99;  // somebody sees it

// Whether a ray eastward from the place crosses the border an odd number of times.
bool inside(const std::vector<EastNorth>& corners, const Vector2& place) {
  bool odd = false;
  for (std::size_t k = 0; k < corners.size(); ++k) {
    const EastNorth a = corners[k];
    const EastNorth b = corners[(k + 1) % corners.size()];
    const double an = a.north.value() - place(1);
    const double bn = b.north.value() - place(1);
    if ((an > 0.0) == (bn > 0.0)) continue;
    const double east = a.east.value() + (b.east.value() - a.east.value()) * an / (an - bn);
    if (east > place(0)) odd = !odd;
  }
  return odd;
}

}  // namespace

Bernoulli begin_by_hand(const TrackerConfig& config, const Vector2& place, Metres deviation, Timestamp time) {
  Bernoulli t;
  t.alive = true;
  t.stage = TrackStage::confirmed;
  t.was_confirmed = true;
  t.time = t.began = t.last_plot = time;
  t.existence = told_existence;
  t.first_odds = told_existence / (1.0 - told_existence);
  const auto classes = speed_classes(config);
  for (std::size_t k = 0; k < first_motions; ++k) {
    const double speed = classes[k].deviation_mps;
    t.weight[k] = classes[k].share;
    t.modes[k].position = place;
    t.modes[k].pp = deviation.value() * deviation.value() * Matrix2::Identity();
    t.modes[k].vv = speed * speed * Matrix2::Identity();
  }
  t.starts[0] = {0, 1.0, 1.0};
  return t;
}

bool Tracker::State::may_begin_at(const Vector2& place) const {
  return std::none_of(config_.no_initiation.begin(), config_.no_initiation.end(),
                      [&](const auto& area) { return inside(area, place); });
}

bool Tracker::State::drop(TrackId id, TrackUpdates& out) {
  const auto found = std::find_if(slots_.begin(), slots_.end(),
                                  [&](const Bernoulli& t) { return t.alive && t.id == id && id.value() != 0; });
  if (found == slots_.end()) return false;
  if (found->stage != TrackStage::tentative) ++counters.tracks_ended;
  note_ended(*found, EndReason::dropped, 0.0);
  found->was_confirmed = false;  // it is not to come back
  forget_young(*found);
  finish(*found, out);
  out.time = std::max(out.time, now_);
  sort_updates(out);
  return true;
}

TrackId Tracker::State::initiate(EastNorth place, Metres deviation, Timestamp time, TrackUpdates& out) {
  const std::size_t slot = take_slot();
  if (slot == slots_.size()) return TrackId{};
  Bernoulli t = begin_by_hand(config_, Vector2(place.east.value(), place.north.value()), deviation, time);
  t.serial = next_serial_++;
  t.id = TrackId(next_id_++);
  Fact f;
  f.kind = FactKind::initiated;
  f.first = f.last = time;
  f.place = place;
  t.story.add(f);
  slots_[slot] = t;
  stale_from_ = std::min(stale_from_, deleter_.fresh_until(t));
  for (Sensor& s : sensors_) s.wake[slot] = -std::numeric_limits<double>::infinity();
  ++counters.tracks_begun;
  ++counters.tracks_confirmed;
  out.tracks.push_back(to_track(slots_[slot]));
  out.time = std::max(out.time, now_);
  sort_updates(out);
  return t.id;
}

}  // namespace headland::tracking
