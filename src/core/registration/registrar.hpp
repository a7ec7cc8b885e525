// SPDX-License-Identifier: Apache-2.0
// Finds what each radar of a node measures amiss, from its plots, AIS and the plots of the other radars.
//
// It needs no tracks and no association made elsewhere, so that a radar far amiss is found, too. For each turn and
// each vessel whose AIS positions enclose it in time there is at most one comparison: with the one plot that lies
// where the vessel should show, by what is known so far. First the rotation is searched (RotationSearch), then
// comparisons go to the least squares of all radars (JointBias). Where two radars see one thing at nearly one time
// the difference of their plots is compared, too: that needs no AIS.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/plots/plot.hpp"
#include "core/registration/drifting_bias.hpp"
#include "core/registration/jump_watch.hpp"
#include "core/registration/rotation_search.hpp"
#include "core/registration/witness/ais_track.hpp"

namespace headland::registration {

struct RegistrarConfig {
  DriftingBiasConfig bias;
  RotationSearchConfig rotation;
  JumpWatchConfig jump;
  double keep_s = 45.0;                // turns and fixes are kept so long, 10 .. 300
  double longest_leg_s = 36.0;         // between two positions of a vessel under way, 5 .. 120
  double still_m = 25.0;               // a leg may be longer where it is no longer than this, 1 .. 100
  double search_s = 120.0;             // then comparisons begin without a rotation found, 10 .. 1e5
  double solve_every_s = 2.0;          // until all radars are known well, 0.1 .. 60
  double settled_solve_every_s = 8.0;  // and then: what is left changes slowly, 0.1 .. 60
  double least_range_m = 250.0;        // 10 .. 5000
  std::uint32_t most_vessels = 4000;   // 4 .. 100000
};

// A radar that suddenly measures otherwise.
struct RadarJump {
  SensorId sensor;
  Timestamp since;  // first look that showed it
  Timestamp told;
  double bearing_rad = 0.0;  // new minus old
};

class Registrar {
 public:
  explicit Registrar(const RegistrarConfig& config) : config_(config), joint_(config.bias) {}

  // A sector in the plane, bearings from true north, from which `taken_off` was taken already, and from its bearings
  // what steadying found (`steadied_rad`).
  void process(const PlotSector& sector, const Bias& taken_off, double steadied_rad = 0.0);
  // A position report at `where`; `north`: true north there, radians clockwise from plane north.
  void process(const VesselReport& report, EastNorth where, double north);
  void process(const VesselParticulars& particulars);

  // What is known of this radar is void: it is mounted otherwise.
  void forget(SensorId sensor);
  [[nodiscard]] BiasEstimate estimate(SensorId sensor) const;
  // Of the difference of two radars' time biases: without what all share (the mean age of AIS). s; 0: not known.
  [[nodiscard]] double time_deviation_between(SensorId a, SensorId b) const {
    return joint_.time_deviation_between(a, b);
  }
  // Jumps since the last call.
  [[nodiscard]] std::vector<RadarJump> take_jumps() { return std::exchange(jumps_, {}); }

  struct TurnPlot {
    std::int64_t time_ns = 0;
    double range_m = 0.0;
    double bearing_rad = 0.0;  // from plane north
    double range_deviation_m = 0.0;
    double bearing_deviation_rad = 0.0;
    double site_east_m = 0.0, site_north_m = 0.0;
    double steadied_rad = 0.0;  // what was taken off the bearing for steadiness
  };
  struct Turn {
    std::uint32_t number = 0;
    std::int64_t began_ns = 0, ended_ns = 0;
    double first_rad = 0.0;  // bearing where it began
    double range_max_m = 0.0;
    double site_east_m = 0.0, site_north_m = 0.0;  // when it ended
    Bias taken_off;
    std::vector<TurnPlot> plots;  // by range, once it is whole
  };
  struct Radar {
    std::vector<Turn> turns;  // whole ones
    Turn open;
    bool has_open = false;
    bool ready = false;      // rotation found, or searched long enough
    bool sharpened = false;  // begun anew once the estimate was good
    std::int64_t first_ns = 0;
    std::int64_t searched_ns = 0;
    double residuals = 0.0;  // compared of late, and the means of their distances
    double before_m = 0.0, after_m = 0.0;
    double doubt_rad = 0.0;                            // that the rotation is another one
    std::int64_t jump_since_ns = 0, jump_told_ns = 0;  // a jump that is not told yet; told 0: none
    double jump_from_rad = 0.0, jump_by_rad = 0.0;
  };
  struct Vessel {
    std::vector<AisFix> fixes;
    double length_m = 0.0, beam_m = 0.0;      // 0: not told
    double ahead_m = 0.0, starboard_m = 0.0;  // antenna of the position from the middle
    bool by_second = false;
    std::int64_t heard_ns = 0;
    double expected = 0.0, matched = 0.0;  // looks of late
  };
  struct Snapshot {
    std::map<std::uint16_t, Radar> radars;
    std::map<std::uint16_t, RotationSearch::Snapshot> searches;
    std::map<std::uint16_t, JumpWatch::Snapshot> watches;
    std::map<std::uint32_t, Vessel> vessels;
    DriftingBias::Snapshot joint;
    FixClock::Snapshot clock;
    std::int64_t solved_ns = 0;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  void close(SensorId sensor, Radar& radar);
  void compare(SensorId sensor, Radar& radar, const Turn& turn, Mmsi mmsi, Vessel& vessel, const AisLeg& leg);
  void compare_all(SensorId sensor, Radar& radar, const Turn& turn);
  void compare_again(SensorId sensor, Radar& radar, std::int64_t since_ns);
  void compare_with(SensorId sensor, const Radar& radar, const Turn& turn, SensorId other, const Radar& theirs);
  [[nodiscard]] bool may_use(const AisLeg& leg) const;
  void search(SensorId sensor, const Turn& turn, Mmsi mmsi, const AisLeg& leg, std::int64_t look_ns);
  void begin(SensorId sensor, Radar& radar, double bearing_rad, double deviation_rad);
  void begin_blind(SensorId sensor, Radar& radar);
  void begin_anew(SensorId sensor, double turned_rad, double deviation_rad);
  void note_jump(SensorId sensor, Radar& radar, std::int64_t since_ns, std::int64_t now_ns, double by_rad);
  void tell_jump(SensorId sensor, Radar& radar, std::int64_t now_ns);
  void look_for_rotation(SensorId sensor, Radar& radar, std::int64_t now_ns);
  void solve(std::int64_t now_ns);
  [[nodiscard]] bool is_settled() const;
  void add_vessel_look(SensorId sensor, Mmsi mmsi, const Vessel& vessel, const AisLeg& leg, const Turn& turn,
                       const TurnPlot& plot);
  static void note_residual(Radar& radar, const JointLook& look, const Bias& taken_off);
  void watch(SensorId sensor, Radar& radar, Mmsi mmsi, const TurnPlot& plot, double error_rad, double cross_m);

  RegistrarConfig config_;
  DriftingBias joint_;
  FixClock clock_;
  std::map<SensorId, Radar> radars_;
  std::map<SensorId, RotationSearch> searches_;
  std::map<SensorId, JumpWatch> watches_;
  std::map<Mmsi, Vessel> vessels_;
  std::vector<RadarJump> jumps_;
  std::int64_t solved_ns_ = 0;
};

}  // namespace headland::registration
