// SPDX-License-Identifier: Apache-2.0
// What the tracker writes down of each track while it works.
#include <algorithm>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double solid_existence = 0.9;  // of a vessel that may throw a shadow
constexpr double nearer_m = 10.0;        // than what lies in its shadow
constexpr std::size_t most_told = 1000;  // ended tracks that can still be explained

EastNorth place_of(const Vector2& p) { return {Metres(p(0)), Metres(p(1))}; }

}  // namespace

void Tracker::State::note_first(Bernoulli& track, const PlacedPlot& plot) {
  Fact f;
  f.kind = FactKind::plot;
  f.first = f.last = plot.time;
  f.place = place_of(plot.position);
  track.story.add(f);
}

void Tracker::State::note_look(const Due& due, const PlacedPlot* plot) {
  Bernoulli& track = slots_[due.slot];
  if (plot != nullptr) {
    track.story.seen();
    if (track.plots_used <= Story::first_plots) note_first(track, *plot);
    return;
  }
  if (track.stage == TrackStage::tentative) return;
  if (due.visible_detection <= 0.0 || due.look.segment->seen <= 0.5) {
    note_blind(track, due.look.time);
    return;
  }
  const TrackId before = shadow_of(due);
  track.story.miss(before.value() != 0 ? FactKind::hidden : FactKind::missed, due.look.time, before);
}

void Tracker::State::note_blind(Bernoulli& track, Timestamp time) {
  if (track.stage != TrackStage::tentative) track.story.miss(FactKind::blind, time, TrackId{});
}

// The believed track, nearer to the radar, whose hull and the beam cover the direction of this one: the nearest to it
// of those that the beam meets just now.
TrackId Tracker::State::shadow_of(const Due& due) const {
  const double half_beam = 0.5 * config_.resolution_bearing_deg * std::numbers::pi / 180.0;
  const Vector2 own = due.prediction.mean.position - due.look.segment->site;
  const double bearing = std::atan2(own(0), own(1));
  TrackId found;
  double range_m = 0.0;
  for (std::size_t k = 0; k < due_count_; ++k) {
    const Due& d = due_[k];
    const Bernoulli& t = slots_[d.slot];
    if (!t.alive || t.id.value() == 0 || t.stage != TrackStage::confirmed || t.existence < solid_existence) continue;
    if (d.slot == due.slot || d.range_m + nearer_m >= due.range_m || d.range_m <= range_m) continue;
    const Vector2 there = d.prediction.mean.position - d.look.segment->site;
    const double apart = std::abs(std::remainder(std::atan2(there(0), there(1)) - bearing, full_turn));
    if (apart > half_beam + 0.5 * t.length_m / std::max(d.range_m, 1.0)) continue;
    found = t.id;
    range_m = d.range_m;
  }
  return found;
}

void Tracker::State::note_shared(std::size_t track, const Cluster& cluster) {
  const Due& own = due_[cluster.due[track]];
  for (const ClosePair& pair : sharing_.pairs) {
    if (pair.a != track && pair.b != track) continue;
    double both = 0.0;
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) both += shared_.share[k];
    const Bernoulli& other = slots_[due_[cluster.due[pair.a == track ? pair.b : pair.a]].slot];
    if (both > 0.5 && other.id.value() != 0) slots_[own.slot].story.share(own.look.time, other.id);
  }
}

void Tracker::State::note_confirmed(Bernoulli& track) {
  Fact f;
  f.kind = FactKind::confirmed;
  f.first = f.last = track.time;
  f.value = track.existence * (1.0 - track.weight[transient_model]);
  track.story.add(f);
  track.was_confirmed = true;
}

void Tracker::State::note_ended(Bernoulli& track, EndReason reason, double value, TrackId other) {
  Fact f;
  f.kind = FactKind::ended;
  f.reason = reason;
  f.first = track.last_plot;
  f.last = std::max(track.time, reason == EndReason::not_seen ? now_ : track.time);
  f.value = value;
  f.other = other;
  f.place = place_of(moments(track.weight, track.modes, track.used_motions()).position);
  track.story.add(f);
}

void Tracker::State::keep_story(TrackId id, const Story& story) {
  if (id.value() == 0) return;
  std::erase_if(told_, [&](const auto& t) { return t.first == id; });
  if (told_.size() >= most_told) told_.pop_front();
  told_.emplace_back(id, story);
}

std::optional<Story> Tracker::State::story(TrackId id) const {
  for (const Bernoulli& t : slots_) {
    if (t.alive && t.id == id && id.value() != 0) return t.story;
  }
  for (const auto& [ended, story] : told_) {
    if (ended == id) return story;
  }
  return std::nullopt;
}

}  // namespace headland::tracking
