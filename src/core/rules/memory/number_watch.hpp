// SPDX-License-Identifier: Apache-2.0
// Under which MMSI the radar tracks went. One that goes on under a number which was never heard while the former one
// was, has changed it.
#pragma once

#include <map>

#include "core/rules/vessel.hpp"

namespace headland::rules {

class NumberWatch {
 public:
  // `memory_of(mmsi)`: what is remembered of a number, null where nothing is. Notes a change in the vessel's memory.
  template <class MemoryOf>
  void take(const Vessel& v, Timestamp now, MemoryOf memory_of) {
    if (v.track->radar_track.value() == 0 || v.mmsi.value() == 0 || v.ais_lost) return;
    Carried& carried = carried_[v.track->radar_track];
    if (carried.mmsi.value() != 0 && carried.mmsi != v.mmsi) {
      const Memory* before = memory_of(carried.mmsi);
      if (before != nullptr && has_changed(*before, *v.memory)) note(carried.mmsi, v.mmsi, now, v.memory->identity);
    }
    carried = {v.mmsi, now};
  }
  // The number that it went under last; 0: none is known.
  [[nodiscard]] Mmsi of(TrackId radar_track) const {
    const auto known = carried_.find(radar_track);
    return known == carried_.end() ? Mmsi() : known->second.mmsi;
  }
  void forget(Timestamp before);
  // For snapshots: `use(track, mmsi, last)` in order of track, and back.
  template <class Use>
  void each(Use use) const {
    for (const auto& [track, carried] : carried_) use(track, carried.mmsi, carried.last);
  }
  void put(TrackId track, Mmsi mmsi, Timestamp last) { carried_[track] = {mmsi, last}; }

 private:
  struct Carried {
    Mmsi mmsi;
    Timestamp last;
  };
  static bool has_changed(const Memory& before, const Memory& after);
  static void note(Mmsi before, Mmsi after, Timestamp now, IdentityWatch& watch);

  std::map<TrackId, Carried> carried_;
};

}  // namespace headland::rules
