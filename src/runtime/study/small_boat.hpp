// SPDX-License-Identifier: Apache-2.0
// How far a small boat is seen: the real line (CAT240 video, signal stage, plots, track-before-detect, tracker, as a
// station runs them) on simulated video, by range, cross section and weather, with the rate of false tracks held.
//
// One run a radar and weather: the line learns the sea, then watches it empty (false tracks), then boats are put to
// water all about, for a minute. More sets of boats get a sea and a line of their own each, so that no track of boats
// that went is taken up by boats that came. The same again, shorter, is watched by a line with track-before-detect.
//
// The rate of false tracks is held by how the line is set up (a list of settings) and by what counts as confirmed: the
// tracker confirms from a probability of existence of 0.95 and three plots on; here more of either may be asked for
// (a grid). Of all settings and confirmations with which the empty sea gives no more false tracks than wanted (counted,
// and by a line through the counts, logarithm of the rate against that of 1 - existence) the one that confirms most
// boats is taken. A setting that surely gives more at the strictest confirmation is given up on the way.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/scenario/scene.hpp"

namespace headland::study {

struct Weather {
  std::string name;
  double sea_state = 0.0;  // 0: flat, no clutter
  double rain_mm_h = 0.0;
};

// A boat: a Swerling 1 point spread from the water to its height.
struct BoatKind {
  std::string name;
  double rcs_m2 = 0.0;
  double height_m = 0.0;
  bool at_its_height = false;  // one point there, as the tables of MSC.192(79) are worked out
};

// How a line is set up otherwise than by default: the keys of [[radar]].
struct Setting {
  std::string name;
  double false_alarm_probability = 1e-4;
  bool clutter_shape_estimated = true;
};

struct Plan {
  std::vector<scenario::RadarSettings> radars;
  std::vector<Weather> weathers;
  std::vector<BoatKind> boats;
  // Tried side by side on the same video, the default first; the curve is that of the one that holds the rate and
  // confirms most boats.
  std::vector<Setting> settings{{"default"}};
  double false_tracks_wanted = 1.0;  // an hour in 100 square miles
  int learning_turns = 40;           // before anything is counted
  int empty_turns = 0;               // in which false tracks are counted
  int sets = 0;                      // of boats, each a run of its own
  // The same of the line with track-before-detect, which costs ten times as much; no sets: not run.
  int integrated_empty_turns = 0;
  int integrated_sets = 0;
  double ring_m = 926.0;      // boats stand on rings so far apart, half a mile,
  double to_and_fro = 0.3;    // a part of that nearer or farther,
  double between_m = 1000.0;  // and at least so far from one another
  std::uint64_t seed = 1;
};
[[nodiscard]] Plan full_plan();
[[nodiscard]] Plan quick_plan();

// What a line is: the default of a station, and the same with track-before-detect.
enum class Way : std::uint8_t { detections, track_before_detect };
[[nodiscard]] std::string name_of(Way way);

// From what on a track may be held to be confirmed: as `confirm_existence` and `confirm_plots` of [tracker].
struct Confirmation {
  double existence = 0.95;
  std::uint32_t plots = 3;
};
// The tracker's own first; rows of equal plots. The tracker's probabilities end at 1 - 1e-9.
inline constexpr std::array<double, 8> doubts{0.05, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};  // 1 - existence
inline constexpr std::array<std::uint32_t, 2> plot_counts{3, 12};
inline constexpr std::size_t confirmation_count = doubts.size() * plot_counts.size();
constexpr Confirmation confirmation_at(std::size_t i) {
  return {1.0 - doubts[i % doubts.size()], plot_counts[i / doubts.size()]};
}

// False tracks, by what counts as confirmed.
struct FalseRate {
  Confirmation confirmation;
  std::uint64_t tracks = 0;
  double hours_of_100_nm2 = 0.0;
  double fitted = 0.0;  // rate by the line through all counts; 0 where they are too few for one
  [[nodiscard]] double rate() const { return tracks == 0 ? 0.0 : static_cast<double>(tracks) / hours_of_100_nm2; }
  // No more than wanted, by the count and by the line through the counts, in a sea long enough for one to be expected.
  [[nodiscard]] bool holds(double wanted) const;
  // 95 % bounds of a Poisson count.
  [[nodiscard]] double lowest() const;
  [[nodiscard]] double highest() const;
};

struct Point {  // of a curve
  std::size_t boat = 0;
  double range_m = 0.0;  // middle of the ring
  std::uint64_t turns = 0;
  std::uint64_t detected = 0;  // turns with a plot on the boat
  std::uint64_t boats = 0;
  std::uint64_t confirmed = 0;             // within a minute, with the rate of false tracks held
  std::uint64_t confirmed_by_default = 0;  // as the tracker confirms
};

struct Curve {
  std::string radar;
  Weather weather;
  Way way = Way::detections;
  Setting setting;
  std::size_t confirmation = 0;  // index of what is held to be confirmed
  bool held = false;             // whether that was seen to keep to the rate of false tracks (FalseRate::holds)
  double rate_by_default = 0.0;  // of false tracks: the first setting, as the tracker confirms
  double by_chance = 0.0;        // share of turns with a plot where no boat is
  std::uint64_t paths_refused = 0;
  std::vector<FalseRate> rates;  // one each of the confirmations
  bool given_up = false;         // surely too many, whatever was asked for: no boats were put before it
  std::vector<std::pair<std::string, double>> tried;  // settings, and the least rate that any confirmation gave
  std::vector<std::uint64_t> false_by_ring;           // at the tracker's own confirmation
  std::vector<Point> points;
};

// Told of each radar and weather when it begins, and of all curves so far when it is done.
struct Progress {
  std::function<void(const std::string&)> begins = [](const std::string&) {};
  std::function<void(const std::vector<Curve>&)> done = [](const std::vector<Curve>&) {};
};
[[nodiscard]] std::vector<Curve> run_small_boat(const Plan& plan, const Progress& progress = {});

// Range to which a share is reached: the outermost crossing of the line through the points, 0 if never.
[[nodiscard]] double range_of_share(const Curve& curve, std::size_t boat, bool confirmed, double share);
// The nearest ring from which on it is reached without a break as far as there; 0 if that is the first, or if never.
[[nodiscard]] double nearest_of_share(const Curve& curve, std::size_t boat, bool confirmed, double share);

[[nodiscard]] std::string to_csv(const Plan& plan, const std::vector<Curve>& curves);
[[nodiscard]] std::string to_json(const Plan& plan, const std::vector<Curve>& curves);
// One picture a radar: a row each weather, Pd a turn and confirmation within a minute.
[[nodiscard]] std::string to_svg(const Plan& plan, const std::vector<Curve>& curves, const std::string& radar);
// A table of the ranges, Markdown.
[[nodiscard]] std::string to_table(const Plan& plan, const std::vector<Curve>& curves);

}  // namespace headland::study
