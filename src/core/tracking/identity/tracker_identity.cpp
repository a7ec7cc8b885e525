// SPDX-License-Identifier: Apache-2.0
// A vessel that was lost and comes back gets its old number.
#include <algorithm>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr std::size_t most_lost = 256;          // that are remembered
constexpr std::size_t most_compared = 16;       // on either side
constexpr std::uint32_t misses_to_be_lost = 2;  // of a track that goes on
constexpr double least_rival = 0.05;            // existence of a young track that might be the vessel, too
// Of a look in which two tracks had a plot each: the logarithm of how much rarer that is where they are one vessel, for
// then one of the plots is clutter within its gate.
constexpr double against_each = 4.0;

}  // namespace

void Tracker::State::remember(const Bernoulli& track) {
  if (!track.was_confirmed || track.id.value() == 0 || config_.return_max_s <= 0.0) return;
  std::erase_if(lost_,
                [&](const Bernoulli& t) { return to_seconds(now_ - t.last_plot).value() > config_.return_max_s; });
  if (lost_.size() >= most_lost) lost_.pop_front();
  lost_.push_back(track);
  lost_.back().alive = false;
}

// Tracks that were lost before `fresh` began, those that still coast included, in order of number.
void Tracker::State::gather_lost(const Bernoulli& fresh) {
  old_.clear();
  const auto take = [&](const Bernoulli& t) {
    if (recogniser_.possible(t, fresh) && old_.size() < most_compared) old_.push_back(&t);
  };
  for (const Bernoulli& t : lost_) take(t);
  if (!coasting_known_) {
    coasting_.clear();
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
      const Bernoulli& t = slots_[slot];
      if (t.alive && t.stage == TrackStage::coasting && t.scans_missed >= misses_to_be_lost) coasting_.push_back(slot);
    }
    coasting_known_ = true;
  }
  for (const std::size_t slot : coasting_) {
    if (slots_[slot].alive) take(slots_[slot]);
  }
  std::sort(old_.begin(), old_.end(), [](const Bernoulli* a, const Bernoulli* b) { return a->id < b->id; });
}

// Other tracks that began since one of the lost ones was seen last, and might be it.
void Tracker::State::gather_rivals(const Bernoulli& fresh) {
  rivals_.assign(1, &fresh);
  for (const Bernoulli& t : slots_) {
    if (!t.alive || &t == &fresh || t.identity < 1.0 || !t.spread || t.existence < least_rival) continue;
    const bool possible =
        std::any_of(old_.begin(), old_.end(), [&](const Bernoulli* o) { return recogniser_.possible(*o, t); });
    if (possible && rivals_.size() < most_compared) rivals_.push_back(&t);
  }
}

const Bernoulli* Tracker::State::best_of_lost(const Sensor& sensor, const Bernoulli& fresh, double& probability) {
  gather_lost(fresh);
  if (old_.empty() || sensor.beam.empty()) return nullptr;
  gather_rivals(fresh);
  const Segment& s = sensor.beam.newest();
  const double turn_s = sensor.beam.seconds_per_turn();
  problem_.tracks = old_.size();
  problem_.pairs.clear();
  problem_.plot_alone.clear();
  for (const Bernoulli* r : rivals_) {
    const Vector2 at = r->modes[0].position - s.site;
    const double range_m = at.norm();
    const double bearing = std::atan2(at(0), at(1)) - s.north;
    const double seen = sensor.clutter.detection(range_m, bearing);
    problem_.plot_alone.push_back(
        std::max(recogniser_.other(*r, seen * sensor.newcomers.density(range_m, bearing)), 1e-30));
  }
  for (std::size_t o = 0; o < old_.size(); ++o) {
    for (std::size_t r = 0; r < rivals_.size(); ++r) {
      if (!recogniser_.possible(*old_[o], *rivals_[r])) continue;
      const double vessel = rivals_[r]->existence * (1.0 - rivals_[r]->weight[transient_model]);
      const double weight = vessel * recogniser_.same(*old_[o], *rivals_[r], turn_s) *
                            std::exp(-against_each * seen_beside(*old_[o], *rivals_[r]));
      if (weight > 0.0) problem_.pairs.push_back({o, r, weight});
    }
  }
  if (problem_.pairs.empty()) return nullptr;
  associator_.solve(problem_, result_);
  const Bernoulli* best = nullptr;
  probability = config_.return_probability;
  for (std::size_t k = 0; k < problem_.pairs.size(); ++k) {
    if (problem_.pairs[k].plot != 0 || result_.pair[k] < probability) continue;
    probability = std::min(result_.pair[k], 1.0);
    best = old_[problem_.pairs[k].track];
  }
  return best;
}

void Tracker::State::take_number(Bernoulli& track, const Bernoulli& old, double probability) {
  Fact f;
  f.kind = FactKind::returned;
  f.first = old.last_plot;
  f.last = track.began;
  f.other = track.id;
  f.value = probability;
  track.story.put_before(old.story);
  track.story.add(f);
  track.id = old.id;
  track.began = old.began;
  track.identity = old.identity * probability;
  track.plots_used += old.plots_used;
  track.extent.take(old.extent);
  track.history.take(old.history);
  if (old.alive) {  // it coasts on no more
    const auto slot = static_cast<std::size_t>(&old - slots_.data());
    slots_[slot].alive = false;
    free_.push_back(slot);
  } else {
    std::erase_if(lost_, [&](const Bernoulli& t) { return t.id == track.id; });
    std::erase_if(told_, [&](const auto& t) { return t.first == track.id; });
  }
}

void Tracker::State::recognise(Sensor& sensor, const Fresh& fresh, TrackUpdates& out) {
  Bernoulli& track = slots_[fresh.slot];
  if (!track.alive || track.serial != fresh.serial || track.id.value() == 0) return;
  double probability = 0.0;
  const Bernoulli* found = best_of_lost(sensor, track, probability);
  if (found == nullptr) return;
  ++counters.tracks_recognised;
  const TrackId given = track.id;
  Story young = track.story;
  Track end = to_track(track);
  take_number(track, *found, probability);
  // What was said under the new number just now is said under the old one; if it was shown before, that ends.
  std::erase_if(out.tracks, [&](const Track& t) { return t.id == given && t.time == track.time; });
  // Nor did the old one end, if it did so just now.
  std::erase_if(out.tracks, [&](const Track& t) { return t.id == track.id && t.stage == TrackStage::ended; });
  out.tracks.push_back(to_track(track));
  if (!fresh.shown) return;
  // Under that number it was no other vessel, and began when it did.
  end.stage = TrackStage::ended;
  out.tracks.push_back(end);
  Fact f;
  f.kind = FactKind::ended;
  f.reason = EndReason::recognised;
  f.first = track.last_plot;
  f.last = track.time;
  f.other = track.id;
  f.value = probability;
  young.add(f);
  keep_story(given, young);
}

}  // namespace headland::tracking
