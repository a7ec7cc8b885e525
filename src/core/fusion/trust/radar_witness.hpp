// SPDX-License-Identifier: Apache-2.0
// What radar says of the places that AIS stations send: it confirms them, contradicts them, or shows an echo of
// another size.
//
// Reads radar tracks that hold no AIS. What all vessels of a radar have in common in range and bearing (errors of the
// radar) is taken off by medians before anybody is accused, and each station keeps its own mean offset.
#pragma once

#include <map>
#include <optional>
#include <span>

#include "core/fusion/ais_motion.hpp"
#include "core/fusion/trust/drift_watch.hpp"
#include "core/fusion/trust/size_watch.hpp"
#include "core/fusion/trust/trust_ledger.hpp"
#include "core/tracking/track.hpp"

namespace headland::fusion {

struct RadarWitnessConfig {
  double confirm_s = 30.0;        // together so long, 5 .. 600
  double offset_m = 150.0;        // AIS from echo beyond what all have in common, half the length apart, 20 .. 2000
  double independent_s = 8.0;     // looks closer together count as one, 1 .. 120
  double parted_least_m = 250.0;  // between a vessel and the track that was it, 50 .. 5000
  double watch_s = 600.0;         // for so long after they parted, 30 .. 7200
  DriftWatchConfig drift;
  SizeWatchConfig size;
};

// A vessel and its track, as decided at present.
struct Bond {
  Mmsi mmsi;
  const Track* track = nullptr;
  const AisMotion* motion = nullptr;
  EastNorth site;      // of the radar
  RadarErrors errors;  // that registration leaves
  double probability = 0.0;
  double length_m = 0.0;  // sent, 0 = none
  double echo_m = 0.0;    // length of the echo without what the beam adds, 0 = unknown,
  double echo_deviation_m = 0.0;
  bool tows = false;  // or pushes: what its echo holds beside it is not its own
};

class RadarWitness {
 public:
  struct Station {
    TrackId track;
    Timestamp bonded, weighed, parted;     // parted: default = they are together
    Timestamp told;                        // when the bond was last given
    double looks = 0.0;                    // independent ones
    double range_m = 0.0, across_m = 0.0;  // mean offset, AIS minus radar
    double site_range_m = 0.0;
    EastNorth site;  // of the radar
    double length_m = 0.0;
    double ve_mps = 0.0, vn_mps = 0.0;  // mean motion of the echo
    RadarErrors errors;
    SizeWatch::State size;
    DriftWatch::State drift;
  };
  // What the vessels of the picture have in common.
  struct Common {
    double range_m = 0.0, bearing_rad = 0.0, spread_m = 0.0;
    std::uint32_t vessels = 0;
  };

  // The track that a station was, as it is now; `taken`: it is another station's by now, so says nothing against it.
  struct TrackState {
    const Track* track = nullptr;
    bool taken = false;
  };

  explicit RadarWitness(const RadarWitnessConfig& config = {})
      : config_(config), drift_(config.drift), size_(config.size) {}

  // The bonds as of now, in order of MMSI; `book` gives the ledger of a station, `is_empty(EastNorth, EastNorth,
  // double)` whether radar would see a vessel at the former and sees none within so many metres but the track at the
  // latter.
  template <class Book, class TrackOf, class MotionOf, class IsEmpty>
  void judge(std::span<const Bond> bonds, Timestamp now, const TrackOf& track_of, const MotionOf& motion_of,
             const IsEmpty& is_empty, const Book& book) {
    for (const Bond& b : bonds) {
      const double reach_m = reach_of(*b.track, b.site, b.errors, b.length_m);
      take(b, now, is_empty(b.motion->position_at(now), b.track->state.position, reach_m), book(b.mmsi));
    }
    learn(now);
    for (auto& [mmsi, s] : stations_) {
      if (s.told == now) continue;
      const AisMotion* motion = motion_of(mmsi);
      const TrackState old = track_of(s.track);
      const bool empty = motion != nullptr && old.track != nullptr &&
                         is_empty(motion->position_at(now), old.track->state.position,
                                  reach_of(*old.track, s.site, s.errors, s.length_m));
      watch_parted(s, now, old, empty ? motion : nullptr, book(mmsi));
    }
    std::erase_if(stations_, [&](const auto& e) { return is_over(e.second, now); });
  }
  void forget(Mmsi mmsi) { stations_.erase(mmsi); }
  // The clock was set back to `now`: what was weighed in what is the future now was weighed just now.
  void take_time_back(Timestamp now);

  [[nodiscard]] const Common& common() const { return common_; }
  [[nodiscard]] const SizeWatch& sizes() const { return size_; }
  [[nodiscard]] const std::map<Mmsi, Station>& stations() const { return stations_; }
  void restore(std::map<Mmsi, Station> stations) { stations_ = std::move(stations); }

 private:
  // `empty`: nobody but its track is where it says it is.
  void take(const Bond& bond, Timestamp now, bool empty, TrustLedger& ledger);
  // Within which another track may be the vessel itself, m.
  [[nodiscard]] static double reach_of(const Track& track, EastNorth site, const RadarErrors& errors, double length_m);
  void compare(const Bond& bond, Timestamp now, Station& station, TrustLedger& ledger);
  void watch_drift(const Track& track, const AisMotion& motion, bool empty, Timestamp now, Station& station,
                   TrustLedger& ledger) const;
  void judge_size(const Bond& bond, Timestamp now, double share, Station& station, TrustLedger& ledger) const;
  void learn(Timestamp now);
  // `motion`: null where radar sees somebody at the place sent, or cannot.
  void watch_parted(Station& s, Timestamp now, const TrackState& old, const AisMotion* motion, TrustLedger& ledger);
  [[nodiscard]] bool is_over(const Station& s, Timestamp now) const;

  RadarWitnessConfig config_;
  DriftWatch drift_;
  SizeWatch size_;
  std::map<Mmsi, Station> stations_;
  Common common_;
  Timestamp learned_;
};

}  // namespace headland::fusion
