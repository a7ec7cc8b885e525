// SPDX-License-Identifier: Apache-2.0
// Vessels that a radar sees and AIS does not tell of: never (dark) or no longer (silent).
//
// Time counts against a vessel only while AIS of others is received, and where it is. After `needed_intervals`
// reporting intervals of its class without a report it is called dark or silent. Of a track without AIS the class is
// unknown: long echoes are taken for class A (carried from 300 gross tons on), others for class B, slow ones for
// vessels at anchor.
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
};

// A radar track with what is known of its AIS.
struct WatchedTrack {
  TrackId id;
  Timestamp began;
  GeoPosition position;
  double speed_mps = 0.0;
  double length_m = 0.0;                 // that the hull has at least
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
    double counted_s = 0.0;  // without a report while it would have been heard
    double speed_mps = 0.0;  // mean of the last half minute
    double speed_s = 0.0;    // over so long at most
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
  [[nodiscard]] double interval_of(const WatchedTrack& track, double speed_mps) const;
  SilenceConfig config_;
  std::map<TrackId, Watch> watches_;
};

}  // namespace headland::fusion
