// SPDX-License-Identifier: Apache-2.0
// Which AIS vessel is which radar track: one to one, with a probability that grows and falls.
//
// Each time a believed radar track is updated, every AIS vessel near it is weighed: the density of
// the difference in range, bearing and velocity if the two are one vessel, against that of a vessel
// somewhere in the gate. The logarithm of that ratio is summed over time, discounted to one
// independent look each `independent_s` (errors of registration do not average out), and bounded.
// Gates are as wide as the radar's registration makes them, and no wider than configured.
// The rivals of both sides share the probability. An association begins above `begin_probability`
// and ends below `end_probability`.
//
// Where two vessels meet, their tracks may change places. When each of them then goes with the track that was the
// other's, both for long, the tracks are to exchange their numbers (take_exchanges).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/ais/report.hpp"
#include "core/fusion/ais_motion.hpp"
#include "core/tracking/track.hpp"

namespace headland::fusion {

struct AisAssociatorConfig {
  double range_gate_m = 300.0;          // farther apart in range is never one vessel, 10 .. 5000
  double bearing_gate_deg = 4.5;        // the same in bearing from the radar, 0.1 .. 20
  double least_gate_m = 100.0;          // the bearing gate is no narrower than this across, 10 .. 1000
  double ais_gate_m = 120.0;            // of a radar that errs in nothing, in range, 10 .. 5000
  double sharp_gate_deg = 0.7;          // and in bearing, 0.1 .. 20
  double velocity_deviation_mps = 1.0;  // of AIS against radar per axis, beyond the track's own, 0.1 .. 10
  double ais_deviation_m = 20.0;        // of an AIS position, antenna against echo centre, 1 .. 200
  double ais_latency_s = 0.5;           // a position is so old when it is received, 0 .. 30
  double longest_age_s = 200.0;         // an older position proves nothing, 10 .. 2000
  double independent_s = 8.0;           // looks closer together count as one, 1 .. 120
  double begin_probability = 0.85;      // 0.5 .. 1
  double end_probability = 0.35;        // 0 .. begin
  double settled_s = 60.0;              // a bond held so long is a vessel's own, 5 .. 3600
  double exchange_s = 300.0;            // within which both vessels must have changed tracks, 10 .. 3600
};

struct Association {
  Mmsi mmsi;
  TrackId track;
  double probability = 0.0;
  friend bool operator==(const Association&, const Association&) = default;
};

// Two tracks that changed places.
struct Exchange {
  TrackId a, b;
};

// Plain numbers, for a restart.
struct AisAssociatorSnapshot {
  struct Pair {
    std::uint32_t track = 0, mmsi = 0;
    double log_odds = 0.0;
    std::int64_t weighed_ns = 0;
    std::uint8_t held = 0;
  };
  struct Vessel {
    std::uint32_t mmsi = 0;
    std::int64_t time_ns = 0;
    double east_m = 0.0, north_m = 0.0, ve_mps = 0.0, vn_mps = 0.0;
    std::uint8_t has_velocity = 0, derived = 0, coarse = 0;
  };
  struct Bond {
    std::uint32_t mmsi = 0, track = 0, before = 0;
    std::int64_t since_ns = 0;
  };
  std::uint32_t version = 3;
  std::vector<Pair> pairs;
  std::vector<Bond> bonds;
  std::vector<Vessel> vessels;
};

class AisAssociator {
 public:
  explicit AisAssociator(const AisAssociatorConfig& config) : config_(config) {}

  // Where a radar stands, in the plane: bearings of the gate are taken from there. Until told, (0, 0).
  void place_sensor(SensorId sensor, EastNorth site) { sites_[sensor] = site; }
  // How well the radar is registered: gates become no wider than that needs.
  void set_errors(SensorId sensor, const RadarErrors& errors) { errors_[sensor] = errors; }
  // A position report; `where` in the plane, `north` as for AisMotion::take; `age`: of the fix when it was received, if
  // known better than by the configuration. False: its fix is older than the newest, which stays.
  bool process(const VesselReport& report, EastNorth where, double north, std::optional<Duration> age = std::nullopt);
  // The tracks that changed. Ended ones are forgotten.
  void process(const TrackUpdates& updates);
  // A vessel is no longer kept (lost for long).
  void forget(Mmsi mmsi);

  // Pairs of tracks that changed places, by the vessels that each was before and is now; each once. Nothing is done
  // about it before exchange() is told that their numbers were exchanged.
  [[nodiscard]] std::vector<Exchange> take_exchanges() { return std::exchange(exchanges_, {}); }
  void exchange(TrackId a, TrackId b);

  // In order of track. One vessel and one track appear at most once.
  [[nodiscard]] std::vector<Association> associations() const;
  // All pairs that are thought possible, decided or not, in order of track, then MMSI.
  [[nodiscard]] std::vector<Association> candidates() const;
  // Probability that each track is one of the vessels AIS tells of, whichever: in a crowd many may be it, none of them
  // likely.
  [[nodiscard]] std::map<TrackId, double> known_to_ais() const;
  [[nodiscard]] const AisMotion* motion_of(Mmsi mmsi) const;

  [[nodiscard]] AisAssociatorSnapshot snapshot() const;
  void restore(const AisAssociatorSnapshot& snapshot);

 private:
  struct Pair {
    double log_odds = 0.0;
    Timestamp weighed;
    bool held = false;
    double probability = 0.0;
  };
  using Key = std::pair<TrackId, Mmsi>;
  // The track that a vessel is, or was last, and the one that was its own for long before that (0: none).
  struct Bond {
    TrackId track, before;
    Timestamp since;
  };

  void weigh(const Track& track, Mmsi mmsi, const AisMotion& motion);
  // What a change of course or speed adds to the deviations of place and velocity, per axis.
  struct Turn {
    double position_m = 0.0, velocity_mps = 0.0;
  };
  [[nodiscard]] static Turn turn_within(const AisMotion& motion, double age_s);
  [[nodiscard]] double likelihood_ratio(const Track& track, const AisMotion& motion, double ais_deviation_m,
                                        const Turn& turn) const;
  // The logarithm of the ratio of densities, or nothing where the AIS position is too old.
  [[nodiscard]] std::optional<double> evidence(const Track& track, const AisMotion& motion) const;
  void decide();
  void note_bonds(Timestamp now);
  void find_exchanges(Timestamp now);
  [[nodiscard]] EastNorth site_of(const Track& track) const;
  struct Gates {
    double range_m, bearing_rad;
  };
  [[nodiscard]] Gates gates_of(const Track& track) const;

  AisAssociatorConfig config_;
  std::map<SensorId, EastNorth> sites_;
  std::map<SensorId, RadarErrors> errors_;
  std::map<Mmsi, AisMotion> vessels_;
  std::map<Key, Pair> pairs_;
  std::map<Mmsi, Bond> bonds_;
  std::vector<Exchange> exchanges_;
};

}  // namespace headland::fusion
