// SPDX-License-Identifier: Apache-2.0
// The line of a station for one radar, from datagrams to tracks, without the node about it.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/tracking/tracker.hpp"
#include "runtime/station/radar/radar_chain.hpp"
#include "runtime/study/small_boat.hpp"

namespace headland::study {

class Line {
 public:
  explicit Line(const config::RadarSection& section);

  // Appends the sectors that came out and every change of a track to `sectors` and `tracks`.
  void process(Timestamp received, std::span<const std::uint8_t> datagram);
  std::vector<PlotSector> sectors;
  std::vector<Track> tracks;
  void clear() {
    sectors.clear();
    tracks.clear();
  }

  // When a track was first held to be confirmed, and where it was.
  struct Confirmed {
    Timestamp time;
    EastNorth position;
  };
  // Of each track that was, by the index of the confirmation.
  [[nodiscard]] const std::map<TrackId, Confirmed>& confirmed(std::size_t confirmation) const {
    return confirmed_[confirmation];
  }
  [[nodiscard]] std::uint64_t paths_refused() const;

 private:
  station::RadarChain chain_;
  tracking::Tracker tracker_;
  station::RadarOutput out_;
  TrackUpdates updates_;
  std::array<std::map<TrackId, Confirmed>, confirmation_count> confirmed_;
};

}  // namespace headland::study
