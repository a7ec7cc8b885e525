// SPDX-License-Identifier: Apache-2.0
// How well a station sees and tracks, by AIS: tracks are made by radar alone, and vessels with AIS that radar once
// confirmed are taken as truth.
//
// A vessel is judged from the moment on when a track went with it, in place and in velocity, for a while; before that
// nobody knows whether it is where it says. It is judged no more when its AIS jumps, stands still while it says that it
// moves, or when its track goes on elsewhere: then what was counted since they last agreed is taken back. Vessels that
// were never confirmed are counted apart: whether they are invisible or false cannot be told by this.
//
// Detection: for each turn and vessel, whether there was a plot where it was. Plots there by chance are estimated by
// looking at places beside it, at the same range, and taken off. Truth between two AIS positions is interpolated,
// never extrapolated.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ais/report.hpp"
#include "core/plots/plot.hpp"
#include "core/registration/witness/ais_track.hpp"
#include "core/score/proportion.hpp"
#include "core/tracking/track.hpp"

namespace headland::score {

struct LeaveAisOutConfig {
  double gate_m = 80.0;          // a plot so near is the vessel's, beside three deviations of plots, 10 .. 1000
  double track_gate_m = 150.0;   // a track so near may be the vessel's, 10 .. 1000
  double speed_gate_mps = 2.5;   // and confirms it where its velocity is so near, 0.1 .. 20
  double confirm_s = 30.0;       // for so long, 1 .. 600
  double contradict_s = 20.0;    // a track elsewhere for so long contradicts, 1 .. 600
  double step_s = 5.0;           // tracks are compared so often, 1 .. 60
  double keep_s = 45.0;          // of the past, 10 .. 300
  double longest_leg_s = 36.0;   // between two AIS positions, 5 .. 120
  double still_m = 25.0;         // a longer leg serves where it is no longer than this
  double range_bin_m = 2000.0;   // 100 .. 1e5
  double ais_deviation_m = 3.0;  // error of AIS positions per axis, taken off the errors of tracks, 0 .. 50
  double least_range_m = 250.0;
  double forget_s = 3600.0;  // a vessel not heard for so long has left; what it gave stays counted, 60 .. 1e6
};

constexpr std::size_t azimuth_bins = 12;  // of 30 degrees

struct DetectionBin {
  Proportion seen;
  Proportion chance;               // at places beside
  double predicted_sum = 0.0;      // of what was predicted of each look,
  std::uint64_t predicted_of = 0;  // where something was
  // Mean of the predictions; nothing without any.
  [[nodiscard]] std::optional<double> predicted() const;
  void add(const DetectionBin& other);
  // Share of turns in which the vessel itself gave a plot.
  [[nodiscard]] double probability() const;
  [[nodiscard]] Interval interval() const;
};

struct Spread {  // of errors
  std::uint64_t count = 0;
  double sum_of_squares = 0.0;
  void add(double error) { ++count, sum_of_squares += error * error; }
  void add(const Spread& s) { count += s.count, sum_of_squares += s.sum_of_squares; }
  [[nodiscard]] double rms() const;
};

// Hulls by radar beside what the vessels say: one comparison a vessel, however long it was seen.
struct HullLengths {
  Proportion within;   // twice the deviation stated for the length
  Spread error_m;      // of lengths by radar
  double sum_m = 0.0;  // of those errors
  void add(double error_m, double deviation_m);
  // How much too long hulls come out in the mean; 0 without any.
  [[nodiscard]] double mean_m() const;
};

struct LeaveAisOutResult {
  struct Radar {
    std::map<std::uint32_t, DetectionBin> by_range;  // bin number
    std::array<DetectionBin, azimuth_bins> by_azimuth{};
    std::map<std::uint32_t, std::array<DetectionBin, azimuth_bins>> by_both;
  };
  std::map<SensorId, Radar> radars;
  std::uint32_t vessels_heard = 0;  // with AIS, in reach of a radar
  std::uint32_t vessels_judged = 0;
  std::uint32_t vessels_distrusted = 0;   // contradicted
  std::uint32_t vessels_unconfirmed = 0;  // never confirmed by radar
  std::uint64_t looks_unconfirmed = 0;    // turns in which such a vessel should have been met
  Proportion covered;                     // steps at which a judged vessel had a track
  double judged_s = 0.0;
  std::uint64_t breaks = 0;          // a judged vessel lost its track and got one again
  std::uint64_t number_changes = 0;  // its track's number changed, with or without a break
  // Both axes together; error of AIS taken off. Of vessels that tell where in the hull their antenna is, if any do.
  // One whose hull lies elsewhere than its antenna says, as far as the others show what is usual, is left out.
  Spread position_m;
  double position_rms_m = 0.0;
  std::uint32_t vessels_misplaced = 0;  // left out so
  Spread speed_mps;
  Spread course_deg;  // of vessels faster than 2 m/s
  HullLengths hulls;  // as they stood when track and vessel last agreed
  std::uint64_t tracks_confirmed = 0;
  std::uint64_t tracks_of_ais = 0;  // of these, went with a vessel of AIS at some time
  double duration_s = 0.0;
};

class LeaveAisOut {
 public:
  explicit LeaveAisOut(const LeaveAisOutConfig& config) : config_(config) {}

  // What the tracker expects: the probability that a turn of this radar gives a plot of a visible vessel there.
  using Predict = std::function<std::optional<double>(SensorId, EastNorth)>;
  void predict_by(Predict predict) { predict_ = std::move(predict); }

  // As they come out of the line: plots placed and corrected, tracks as they changed.
  void process(const PlotSector& sector);
  void process(const Track& track);
  void process(const VesselReport& report, EastNorth where, double north);
  void process(const VesselParticulars& particulars);
  // What was found so far.
  [[nodiscard]] LeaveAisOutResult result() const;
  // How many things are remembered: grows with what is in reach, not with time.
  [[nodiscard]] std::size_t size() const;

 private:
  struct Place {
    std::int64_t time_ns;
    double east_m, north_m, range_m, bearing_rad, across_m;
  };
  struct Turn {
    std::uint32_t number = 0;
    std::int64_t began_ns = 0, ended_ns = 0;
    double first_rad = 0.0, range_min_m = 0.0, range_max_m = 0.0, site_east_m = 0.0, site_north_m = 0.0;
    double north_rad = 0.0;  // true north, clockwise from plane north
    std::vector<BlankedSector> blanked;
    std::vector<Place> plots;

    // Whether the radar was told not to look there, or so near it that a plot may be lost.
    [[nodiscard]] bool is_blanked(double bearing_rad, double range_m) const;
  };
  struct Radar {
    std::deque<Turn> turns;
    Turn open;
    bool has_open = false;
  };
  struct Step {
    std::int64_t time_ns;
    double east_m, north_m, ve_mps, vn_mps, visibility;
    double length_m, length_deviation_m;  // of the hull; deviation 0: unknown
  };
  struct Followed {  // a track
    std::deque<Step> steps;
    bool confirmed = false, ended = false, of_ais = false;
  };
  // Errors of position, and where in its hull a vessel seems to have its middle, against what it says.
  struct Offsets {
    Spread position;
    Spread elsewhere;                                       // of vessels whose antenna may be anywhere in the hull
    double headed = 0.0, ahead_m = 0.0, starboard_m = 0.0;  // steps with a heading, and sums over them
    void add(const Offsets& other);
    // Mean, m, and how uncertain that is.
    [[nodiscard]] double off_m() const;
    [[nodiscard]] double off_deviation_m(double step_s) const;
  };
  using BinKey = std::tuple<SensorId, std::uint32_t, std::uint32_t>;  // range bin, azimuth bin
  struct Sums {
    std::map<BinKey, DetectionBin> looks;
    Proportion covered;
    double judged_s = 0.0;
    std::uint64_t breaks = 0, changes = 0;
    Spread speed, course;
    Offsets offsets;
    void add(const Sums& other);
  };
  struct Vessel {
    std::deque<registration::AisFix> fixes;
    double ahead_m = 0.0, starboard_m = 0.0;
    bool tells_antenna = false;                       // where in the hull it is
    double said_length_m = 0.0;                       // 0: it does not say
    double length_m = 0.0, length_deviation_m = 0.0;  // by radar, at the last agreement; deviation 0: never known
    bool in_reach = false, confirmed = false, distrusted = false;
    double agreed_s = 0.0;  // in a row
    double elsewhere_s = 0.0;
    TrackId track;   // that went with it last
    TrackId number;  // the last number shown, kept over a break
    bool lost = false;
    std::int64_t stepped_ns = 0;
    std::uint64_t looks_before = 0;
    Sums since;       // the last agreement; before it, kept_
    Offsets offsets;  // before it, of this vessel: only when it leaves is known how usual they are
  };
  struct Left {  // of a vessel that was forgotten: a liar stays one
    bool confirmed = false, distrusted = false;
    std::uint64_t looks_before = 0;
  };

  void forget(std::int64_t now_ns);
  void begin_anew();
  void close(SensorId sensor, Radar& radar);
  void look(SensorId sensor, const Turn& turn, Vessel& vessel, const registration::AisLeg& leg);
  void follow(Vessel& vessel, const registration::AisLeg& leg, std::int64_t from_ns);
  void follow_at(Vessel& vessel, const registration::AisLeg& leg, std::int64_t time_ns);
  struct Motions {
    double seen_ve, seen_vn, said_ve, said_vn;  // m/s
  };
  void note_step(Vessel& vessel, TrackId nearest, const Motions& motions);
  void note_position(Vessel& vessel, const registration::AisLeg& leg, std::int64_t time_ns, double east_m,
                     double north_m) const;
  void keep(Vessel& vessel);
  void note_hull(Vessel& vessel, std::int64_t time_ns) const;
  static void compare_hull(const Vessel& vessel, HullLengths& hulls);
  [[nodiscard]] double usual_offset_m() const;
  [[nodiscard]] bool is_misplaced(const Offsets& offsets, double usual_m) const;
  void begin_judging(Vessel& vessel, TrackId track);
  [[nodiscard]] std::optional<double> predicted(SensorId sensor, EastNorth place, const Vessel& vessel,
                                                std::int64_t time_ns) const;
  [[nodiscard]] bool may_use(const registration::AisLeg& leg) const;
  [[nodiscard]] bool in_reach(double east_m, double north_m) const;
  [[nodiscard]] static registration::AisLeg::At middle(const Vessel& v, const registration::AisLeg& leg,
                                                       std::int64_t time_ns);

  LeaveAisOutConfig config_;
  Predict predict_;
  registration::FixClock clock_;
  std::map<SensorId, Radar> radars_;
  std::map<TrackId, Followed> tracks_;
  std::map<Mmsi, Vessel> vessels_;
  std::map<Mmsi, Left> left_;  // that were in reach
  // Of all vessels, up to the last agreement of each; the offsets of those that left.
  Sums kept_;
  std::uint32_t misplaced_ = 0;  // of those that left
  HullLengths hulls_;            // of those that left
  std::set<TrackId> taken_;      // by a vessel
  std::uint64_t tracks_confirmed_ = 0;
  std::uint64_t tracks_of_ais_ = 0;
  std::int64_t first_ns_ = 0, last_ns_ = 0;
  std::int64_t spent_ns_ = 0;  // before the clock was set back
};

}  // namespace headland::score
