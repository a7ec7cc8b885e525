// SPDX-License-Identifier: Apache-2.0
// A track that leaves its vessel while a new one begins on it: when the old one has faded, the new one goes on under
// its number.
//
// So it comes where a vessel turned while it was missed, or turned slowly far out, where plots tell little: the old
// track goes straight on, takes a plot now and then, and dies of its misses. Whether the new one is it is asked of the
// recogniser once more when it has died, for by then two things are known that were not when the new one was confirmed:
// that the old one was seen no more, and whether both ever had a plot of their own in one look, as two vessels do.
#include <algorithm>
#include <utility>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double young_s = 120.0;  // of the new one, when the old one ends
constexpr double least_both = 0.02;

}  // namespace

void Tracker::State::note_beside(const Cluster& cluster, bool shared) {
  if (cluster.due.size() < 2 || cluster.plots.size() < 2) return;
  for (std::size_t a = 0; a < cluster.due.size(); ++a) {
    const Bernoulli& older = slots_[due_[cluster.due[a]].slot];
    if (!older.was_confirmed || older.id.value() == 0) continue;
    for (std::size_t b = a + 1; b < cluster.due.size(); ++b) {  // in order of birth
      const Due& due = due_[cluster.due[b]];
      const Bernoulli& younger = slots_[due.slot];
      if (younger.began < older.began || to_seconds(due.look.time - younger.began).value() > young_s) continue;
      const double both = own_probability(a, shared) * own_probability(b, shared);
      if (both < least_both) continue;
      Twin& twin = twins_[{older.serial, younger.serial}];
      twin.both += both;
      twin.last = std::max(twin.last, due.look.time);
    }
  }
}

double Tracker::State::seen_beside(const Bernoulli& older, const Bernoulli& younger) const {
  const auto known = twins_.find({older.serial, younger.serial});
  return known == twins_.end() ? 0.0 : known->second.both;
}

// After a sector: tracks that were believed and ended of it.
void Tracker::State::hand_over(Sensor& sensor, TrackUpdates& out) {
  if (faded_.empty()) return;
  for (const TrackId id : std::exchange(faded_, {})) {
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
      const Bernoulli& t = slots_[slot];
      const auto old = std::find_if(lost_.rbegin(), lost_.rend(), [&](const Bernoulli& l) { return l.id == id; });
      if (old == lost_.rend()) break;
      if (!t.alive || !t.was_confirmed || t.identity < 1.0 || to_seconds(now_ - t.began).value() > young_s) continue;
      if (recogniser_.possible(*old, t)) recognise(sensor, {slot, t.serial, true}, out);
    }
  }
}

}  // namespace headland::tracking
