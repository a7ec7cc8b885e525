// SPDX-License-Identifier: Apache-2.0
// A simulated strait (core/scenario/sea/plot_sea) through the node, set against the truth.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/scenario/sea/plot_sea.hpp"
#include "core/score/leave_ais_out.hpp"
#include "core/score/position_bound.hpp"
#include "core/score/proportion.hpp"
#include "quality/three_radars/strait_kinds.hpp"
#include "quality/three_radars/strait_verdicts.hpp"
#include "runtime/station/picture/picture_chain.hpp"

namespace headland::quality {

// What one radar's errors were found to be, against what they are.
struct BiasFigure {
  std::string radar;
  double at_s = 0.0;
  registration::BiasEstimate found;
  registration::Bias error;
  double to_first_s_sigma = 0.0;  // stated, of the difference of its time from that of the first radar; 0: none
};

struct FaultFigure {
  std::uint32_t vessels = 0;
  score::Proportion named;  // steps at which its track carries its own MMSI
};

// An honest vessel and how often its track did not carry its MMSI.
struct NamedFigure {
  std::size_t vessel = 0;
  score::Proportion named;
  std::uint32_t with_rivals = 0;  // steps without, at which it was one of several candidates
  std::uint32_t longest = 0;      // steps without, in a row
};

// A vessel in reach whose track became another one.
struct NumberBreak {
  std::size_t vessel = 0;
  double at_s = 0.0, reached_s = 0.0;
  TrackId from, to;
  double apart_m = 0.0;  // the old track from the vessel, < 0: ended
  std::string last;      // that happened to it
};

// Another number in the picture, of a station after the tenth minute.
struct ShownChange {
  Mmsi mmsi;
  double at_s = 0.0;
  SystemTrackId to;
  TrackId track;  // radar's; none: AIS alone
};

// Position against the bound, of vessels that another was nearer than that within the last three minutes; of the last:
// of the others.
struct NeighbourFigure {
  double nearer_m = 0.0;
  score::Spread off_m, bound_m;
};
inline constexpr std::array<double, 5> neighbours_nearer_m{100.0, 200.0, 400.0, 800.0, 1e9};

// What one vessel has of the square of the error beyond that of the bound.
struct ExcessFigure {
  std::size_t vessel = 0;
  double excess_m2 = 0.0;
  double worst_m = 0.0, at_s = 0.0;
  std::size_t neighbour = 0;  // next to it then
  double neighbour_m = 0.0;
};

// Errors of position against what is stated of them.
struct ConsistencyFigure {
  double nees = 0.0;         // sum of squared errors over stated variances, both axes: 2 each
  score::Proportion within;  // its 95 % bound
  score::Spread error_m;
};

struct StraitFigures {
  std::vector<BiasFigure> biases;  // at each minute from the tenth on
  score::Proportion azimuth_in_2_sigma, range_in_2_sigma, time_in_2_sigma;
  // Differences of time between two radars, all pairs.
  score::Proportion time_between_in_2_sigma, time_between_in_goal;
  double time_between_worst_s = 0.0, time_between_square_s2 = 0.0;
  score::Proportion covered;               // steps of vessels in reach that have a track
  score::Proportion one_number;            // vessels, that kept one number as long as some radar could see them
  score::Proportion one_number_later;      // the same, changes before the tenth minute not counted
  std::vector<ShownChange> shown_changes;  // of honest vessels
  score::Proportion one_shown;             // the same of the numbers in the picture, AIS and radar together
  score::Proportion one_shown_by_ais;      // honest vessels with AIS: one number in the picture in all the time
  std::vector<NumberBreak> breaks;
  ConsistencyFigure radar_alone, fused;  // tracks, and those that hold AIS, too
  score::Proportion handovers;           // changes of the radars in reach over which the number stayed
  score::Proportion mmsi_right;          // steps of honest vessels with AIS and a track, from two minutes on
  std::uint64_t mmsi_wrong = 0;          // steps at which another's MMSI stood there
  // Error of position where two radars or more see a vessel that has gone straight on for a while, and the bound at the
  // same instants. The bound is that of one who knows of each vessel how it moves and when it turns.
  score::Spread seen_by_two_m;
  score::Spread bound_m;
  std::array<NeighbourFigure, neighbours_nearer_m.size()> by_neighbour{};
  std::vector<ExcessFigure> excess;                          // the worst twelve
  score::Spread position_m, speed_mps, course_deg;           // of all vessels of AIS that are judged
  std::map<std::uint32_t, score::Proportion> seen_by_range;  // first radar, all vessels, by bins of 2 km
  std::map<scenario::AisFault, FaultFigure> faults;
  std::vector<registration::RadarJump> jumps;
  VerdictFigures verdicts;
  KindFigure kinds;
  std::vector<NamedFigure> named;  // the worst twelve
  score::LeaveAisOutResult left_out;
  double q_straight_m2_s3 = 0.0, q_turning_m2_s3 = 0.0;  // of the vessels' motion, means over vessels
  double seconds = 0.0;
  double cpu_s = 0.0;
  std::size_t state_bytes = 0;  // of a checkpoint, at the end
};

class StraitRun {
 public:
  explicit StraitRun(const scenario::PlotSeaConfig& config);
  void run(double seconds);
  [[nodiscard]] StraitFigures figures() const;
  [[nodiscard]] const station::PictureChain& chain() const { return chain_; }

 private:
  struct Vessel {
    TrackId track;
    std::set<TrackId> numbers;      // while in reach,
    std::set<TrackId> later;        // and of these, from the tenth minute on
    std::set<SystemTrackId> shown;  // in the picture, likewise while in reach
    std::uint32_t radars = 0;       // in reach, as bits
    TrackId before;                 // number when they changed last
    double changed_s = -1.0;
    double reached_s = -1.0;  // in reach since
    double q_straight_m2_s3 = 0.0, q_turning_m2_s3 = 0.0;
    score::PositionBound bound{0.01, 9.0};
    double heading_rad = 0.0;
    double straight_s = -1.0;  // since then; < 0: turns
    std::array<double, 8> last_seen_s{};
    std::array<double, neighbours_nearer_m.size()> met_s{};  // another was so near, last; 0: not yet
    ExcessFigure excess;
    NamedFigure named;
    std::uint32_t unnamed_in_row = 0;
  };
  void feed(const scenario::PlotSeaOutput& output);
  void take(const station::PictureOutput& output);
  void judge(const station::PictureOutput& output);
  void measure_motion(const scenario::PlotSeaConfig& config);
  void note_turns();
  [[nodiscard]] double off_m(const Track& track, std::size_t v, double t_s) const;
  void note_neighbours(double t_s);
  void note_excess(std::size_t v, double t_s, double off_m);
  [[nodiscard]] bool goes_straight(std::size_t v, double t_s) const;
  void note_detections(const scenario::PlotSeaOutput& output);
  void compare(double t_s);
  void judge_verdicts(double t_s);
  void compare_vessel(std::size_t v, double t_s, std::map<TrackId, const Track*>& free);
  void note_reach(Vessel& vessel, std::uint32_t radars, double t_s);
  void note_name(std::size_t v, TrackId track);
  void note_kind(std::size_t v, double t_s, const Track& track);
  void note_consistency(std::size_t v, const Track& track);
  void compare_biases(double t_s);
  [[nodiscard]] std::uint32_t reach_of(const scenario::SeaState& state) const;

  scenario::PlotSea sea_;
  station::PictureChain chain_;
  score::LeaveAisOut left_out_;
  StraitVerdicts verdicts_;
  std::shared_ptr<const Picture> picture_;
  std::vector<Vessel> vessels_;
  std::vector<Track> tracks_;
  std::map<TrackId, Mmsi> named_;
  std::map<TrackId, const SystemTrack*> shown_;  // of picture_
  std::set<TrackId> disputed_;                   // several candidates
  void note_shown(const SystemTrack& track);
  std::map<Mmsi, std::set<SystemTrackId>> shown_by_ais_;
  std::vector<ShownChange> shown_changes_;
  StraitFigures figures_;
};

[[nodiscard]] std::string to_text(const StraitFigures& figures);
// What falls short of what is asked of the strait, a line each; `seconds` must be two hours or more for the rates.
[[nodiscard]] std::vector<std::string> shortfalls(const StraitFigures& figures);
// Errors of registration over stated deviations, minute by minute.
[[nodiscard]] std::string series_text(const StraitFigures& figures);

}  // namespace headland::quality
