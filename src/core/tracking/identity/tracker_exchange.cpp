// SPDX-License-Identifier: Apache-2.0
// Two vessels met, and each track went on with the other's vessel. Plots do not tell; AIS does, later. Then the numbers
// go back to their vessels: with the number goes what belongs to the vessel's past, not what the filter knows of its
// present.
#include <algorithm>
#include <utility>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {

bool Tracker::State::exchange(TrackId a, TrackId b, TrackUpdates& out) {
  const auto find = [&](TrackId id) {
    return std::find_if(slots_.begin(), slots_.end(), [&](const Bernoulli& t) {
      return t.alive && t.id == id && id.value() != 0 && t.stage != TrackStage::tentative;
    });
  };
  const auto one = find(a);
  const auto other = find(b);
  if (one == slots_.end() || other == slots_.end() || one == other) return false;
  std::swap(one->id, other->id);
  std::swap(one->began, other->began);
  std::swap(one->story, other->story);
  std::swap(one->identity, other->identity);
  for (const auto t : {one, other}) {
    Fact f;
    f.kind = FactKind::exchanged;
    f.first = f.last = t->time;
    f.other = t->id == a ? b : a;
    t->story.add(f);
    out.tracks.push_back(to_track(*t));
  }
  out.time = std::max(out.time, now_);
  sort_updates(out);
  return true;
}

}  // namespace headland::tracking
