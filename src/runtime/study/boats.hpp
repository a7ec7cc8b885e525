// SPDX-License-Identifier: Apache-2.0
// Where the boats of a study are put to water, and what a line made of them.
#pragma once

#include <vector>

#include "core/plots/plot.hpp"
#include "core/scenario/simulation.hpp"
#include "runtime/study/line.hpp"
#include "runtime/study/small_boat.hpp"

namespace headland::study {

struct Placed {
  std::size_t kind = 0;
  std::size_t ring = 0;
};

// The sea of one radar and weather, with the boats of one set.
struct Sea {
  scenario::Scene scene;
  std::vector<Placed> boats;  // as scene.vessels
  double boats_from_s = 0.0;  // for a minute
  double turn_s = 0.0;
  double empty_from_s = 0.0;
  double empty_until_s = 0.0;
  double end_s = 0.0;
  std::size_t rings = 0;
  [[nodiscard]] double hours_of_100_nm2() const;  // of empty sea
};
// Empty sea is there before the first set only.
[[nodiscard]] Sea make_sea(const Plan& plan, const scenario::RadarSettings& radar, const Weather& weather, Way way,
                           int set);

inline constexpr int turns_in_a_minute(double turn_s) { return static_cast<int>(60.0 / turn_s + 0.5); }

// What one line made of the boats.
class Score {
 public:
  Score(const Sea& sea, double beam_rad, Timestamp start);
  // Where the boats are now, once a second.
  void note(const scenario::TruthState& truth) { states_[truth.vessel] = truth; }
  void take(const Line& line);
  // Adds turns, detections, boats and confirmations to the points, [kind * rings + ring].
  void count(std::size_t confirmation, std::vector<Point>& points) const;
  [[nodiscard]] double by_chance() const;

 private:
  struct Seen {
    std::uint64_t turns = 0;      // a bit each turn with a plot
    std::uint64_t shadows = 0;    // the same at the place opposite, where nothing is
    std::uint32_t confirmed = 0;  // a bit each confirmation
  };
  void match(const Plot& plot);
  void match(const Track& track, const Line& line);
  [[nodiscard]] EastNorth place(std::size_t boat, Timestamp time) const;
  [[nodiscard]] bool is_time_of_boats(Timestamp time) const {
    return seconds(time) >= sea_.boats_from_s && seconds(time) < sea_.boats_from_s + 60.0;
  }
  [[nodiscard]] double seconds(Timestamp time) const { return to_seconds(time - start_).value(); }

  const Sea& sea_;
  double beam_rad_;
  Timestamp start_;
  std::vector<scenario::TruthState> states_;
  std::vector<Seen> seen_;
};

}  // namespace headland::study
