// SPDX-License-Identifier: Apache-2.0
// Names that operators gave to system tracks. A name stays with its number: also through a gap in which the track
// ended, and while an AIS station stands under a radar track. Bounded.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/picture/picture.hpp"

namespace headland::picture {

class OperatorNames {
 public:
  static constexpr std::size_t most_names = 2000;
  // A number that nobody showed for so long does not come back (TrackerConfig::return_max_s is at most that).
  static constexpr Duration kept_unseen = std::chrono::hours(1);

  struct Entry {
    SystemTrackId track;
    OperatorName given;
    Timestamp shown;  // last in the picture
  };

  // An empty name takes off what was given. False: there is no room for another.
  bool set(SystemTrackId track, OperatorName name);
  [[nodiscard]] const OperatorName* find(SystemTrackId track) const;
  void note_shown(SystemTrackId track, Timestamp now);
  // Forgets those that were not shown for long.
  void forget_unseen(Timestamp now);

  [[nodiscard]] std::vector<Entry> snapshot() const;  // in order of track
  void restore(const std::vector<Entry>& entries);

 private:
  std::map<SystemTrackId, Entry> names_;
};

}  // namespace headland::picture
