// SPDX-License-Identifier: Apache-2.0
// Vessels that a radar sees and AIS does not tell of: never (dark) or no longer (silent).
//
// Time counts against a vessel only while AIS of others is received, and where it is. After `needed_intervals`
// reporting intervals of its class without a report it is called dark or silent; time that it lay still counts by
// the intervals of one that lies still, also once it goes. Of a track without AIS the class is unknown: long echoes are
// taken for class A (carried from 300 gross tons on), others for class B, slow ones for vessels at anchor.
//
// A vessel that said to lie still owes a report each three minutes until the radar sees that it left the place. The
// speed of its track alone does not tell that: where the echo of another that passes runs into its own, the track goes
// to and fro between both, as fast as a vessel under way.
#pragma once

#include <map>

#include "core/ais/report.hpp"
#include "core/fusion/trust.hpp"
#include "core/fusion/trust/ais_reception.hpp"

namespace headland::fusion {

struct SilenceConfig {
  double needed_intervals = 8.0;   // 2 .. 100
  double least_s = 60.0;           // and so long in any case, 1 .. 3600
  double class_a_length_m = 60.0;  // echoes from this length on, 10 .. 1000
  double slow_mps = 1.0;           // slower: as at anchor, 0.1 .. 5
  double rival_probability = 0.2;  // a track that may be some AIS vessel is not dark, 0.01 .. 1
  // Within this, and its length, of where it was when it was heard, a vessel may lie at anchor still: it swings about,
  // and its echo may be one with a neighbour's. As the rule for vessels that drag their anchor; 50 .. 2000.
  double berth_m = 300.0;
};

// A radar track with what is known of its AIS.
struct WatchedTrack {
  TrackId id;
  Timestamp began;
  GeoPosition position;                  // by radar,
  double deviation_m = 0.0;              // of that
  double speed_mps = 0.0;                // by radar
  double length_m = 0.0;                 // that the hull has at least
  double sent_length_m = 0.0;            // as its identity says, 0 = unknown
  Mmsi mmsi;                             // its identity, 0 = none
  const VesselReport* report = nullptr;  // the identity's last, heard at:
  Timestamp heard;
  double candidate_probability = 0.0;  // that it is some AIS vessel, which one is not decided yet
};

class SilenceWatch {
 public:
  struct Watch {
    Timestamp counted;  // up to here
    Timestamp heard;
    Timestamp covered_asked;
    GeoPosition heard_at;      // where the radar saw it then, or when it took that number
    double counted_s = 0.0;    // without a report while it would have been heard,
    double rest_s = 0.0;       // and of these, while it owed no more than a vessel at rest
    double undecided_s = 0.0;  // that it may be another AIS vessel, less the time since in which it may not
    double speed_mps = 0.0;    // mean of the last half minute
    double speed_s = 0.0;      // over so long at most
    Mmsi mmsi;
    bool covered = false;
    bool judged = false;  // dark or silent, until it is heard
  };
  explicit SilenceWatch(const SilenceConfig& config = {}) : config_(config) {}

  [[nodiscard]] AisSilence judge(const WatchedTrack& track, Timestamp now, const AisReception& reception);
  void forget(TrackId track) { watches_.erase(track); }

  [[nodiscard]] const std::map<TrackId, Watch>& watches() const { return watches_; }
  void restore(std::map<TrackId, Watch> watches) { watches_ = std::move(watches); }

 private:
  [[nodiscard]] double interval_of(const WatchedTrack& track, const Watch& watch) const;
  SilenceConfig config_;
  std::map<TrackId, Watch> watches_;
};

}  // namespace headland::fusion
