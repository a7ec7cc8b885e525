// SPDX-License-Identifier: Apache-2.0
// Where AIS is received, whether it is received just now, and how far the receiver reaches: learned from all that is
// heard, so that nobody is accused of silence in a hole, nor of being far where everybody is.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "core/ais/report.hpp"

namespace headland::fusion {

struct AisReceptionConfig {
  double reach_m = 139'000.0;    // positions beyond are suspect (75 NM; antennas ashore reach some 60), 1000 .. 1e7
  double near_m = 12'000.0;      // where a station was heard, AIS is received so far around, 1000 .. 1e5
  double memory_s = 1800.0;      // how long that is remembered, 60 .. 86400
  double overdue_share = 0.5;    // so many of the stations overdue at once: a hole, 0.1 .. 1
  double least_silent_s = 20.0;  // silence of all stations that is a hole, 5 .. 600
};

// Nominal time between reports of a station (M.1371-5, annex 1, tables 1 and 2), s; `speed_mps` over ground.
[[nodiscard]] double reporting_interval_s(const VesselReport& report, double speed_mps);

class AisReception {
 public:
  struct Station {
    Timestamp last;
    double interval_s = 180.0;  // nominal
    double actual_s = 0.0;      // mean between reports heard
    double latitude_rad = 0.0, longitude_rad = 0.0;
    std::uint32_t reports = 0;
    bool trusted = true;
  };
  struct Reach {
    GeoPosition centre;
    double limit_m = 0.0;
    std::uint32_t stations = 0;
  };
  explicit AisReception(const AisReceptionConfig& config = {}) : config_(config) {}

  // Where the receiver stands, if known: at a radar, or on own ship.
  void place_receiver(GeoPosition site) { site_ = site; }
  // A report without a position tells that the station is heard, not where.
  void process(const VesselReport& report, bool trusted);
  // Any other station, by which it is known that AIS is received.
  void process(Mmsi mmsi, Timestamp heard);
  // To be called now and then: learns the reach and whether there is a hole, forgets old stations.
  void refresh(Timestamp now);

  // AIS of others than `except` is being received as of the last refresh.
  [[nodiscard]] bool is_alive(Timestamp now, Mmsi except) const;
  // A vessel at `where` would be heard: others near it are, or farther out in about its direction.
  [[nodiscard]] bool covers(GeoPosition where, Mmsi except) const;
  [[nodiscard]] const std::optional<Reach>& reach() const { return reach_; }
  [[nodiscard]] bool in_hole() const { return hole_; }

  struct Snapshot {
    std::map<Mmsi, Station> stations;
    std::optional<GeoPosition> site;
    Timestamp last, last_other;
    Mmsi last_mmsi;
    double mean_interval_s = 0.0;
    bool hole = false;
  };
  [[nodiscard]] Snapshot snapshot() const {
    return {stations_, site_, last_, last_other_, last_mmsi_, mean_interval_s_, hole_};
  }
  void restore(const Snapshot& s);

 private:
  [[nodiscard]] std::vector<GeoPosition> heard_within() const;
  void learn_reach();

  AisReceptionConfig config_;
  std::map<Mmsi, Station> stations_;
  std::optional<GeoPosition> site_;
  std::optional<Reach> reach_;
  Timestamp last_, last_other_;  // of the station heard last, and of any other
  Mmsi last_mmsi_;
  double mean_interval_s_ = 0.0;  // between stations heard
  bool hole_ = false;
};

}  // namespace headland::fusion
