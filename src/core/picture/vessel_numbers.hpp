// SPDX-License-Identifier: Apache-2.0
// The number that each vessel is shown under: one for as long as it is in the picture, whichever sensor sees it.
//
// A radar track and an AIS station each have a number of their own. Where they become one vessel it keeps the number
// that was shown first; from then on the number is the station's, who says who she is: it stays when the radar track
// ends, and the next track that is found to be her is shown under it. Where a track goes on by itself without the
// station, the number goes with the one that has had it longer. Where that is a station that is now alone, she must be
// heard and believed; and if within three minutes she is not any more, the track gets it back: the echo is the vessel.
// No number is ever given to another.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/tracking/track.hpp"

namespace headland::picture {

class VesselNumbers {
 public:
  // A track whose own number is a station's now has another one.
  struct Other {
    TrackId track;
    SystemTrackId number;
    Timestamp since;
    Timestamp seen;  // in the picture last
  };
  // A track that ended may come back under its number for an hour (TrackerConfig::return_max_s).
  static constexpr Duration kept_unseen = std::chrono::hours(2);

  explicit VesselNumbers(std::uint32_t first) : next_(first) {}

  SystemTrackId next() { return SystemTrackId(next_++); }
  void skip(std::uint32_t count) { next_ += count; }
  [[nodiscard]] std::uint32_t upcoming() const { return next_; }

  // A track's own number, and since when it is.
  [[nodiscard]] SystemTrackId of(TrackId track) const;
  [[nodiscard]] Timestamp since(const Track& track) const;
  // The track whose own number it is, whether there is one of that number or not.
  [[nodiscard]] std::optional<TrackId> track_of(SystemTrackId number) const;
  void renumber(TrackId track, Timestamp now);
  // It has this number again, which was its own before.
  void give_back(TrackId track, SystemTrackId number, Timestamp since, Timestamp now);
  void note_seen(TrackId track, Timestamp now);
  void forget_unseen(Timestamp now);

  [[nodiscard]] std::vector<Other> others() const;  // in order of track
  void restore(std::uint32_t next, const std::vector<Other>& others);

 private:
  std::uint32_t next_;
  std::map<TrackId, Other> others_;
};

}  // namespace headland::picture
