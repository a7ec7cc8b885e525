// SPDX-License-Identifier: Apache-2.0
// What the tracker writes down of each track while it works.
#include <algorithm>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

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
  const bool hidden = due.shadow_of.value() != 0;
  track.story.miss(hidden ? FactKind::hidden : FactKind::missed, due.look.time, due.shadow_of);
}

void Tracker::State::note_blind(Bernoulli& track, Timestamp time) {
  if (track.stage != TrackStage::tentative) track.story.miss(FactKind::blind, time, TrackId{});
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
  if (reason == EndReason::unlikely) faded_.push_back(track.id);  // perhaps another goes on for it
  if (track.id.value() == 0) return;                              // it was never shown: nobody can ask
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
