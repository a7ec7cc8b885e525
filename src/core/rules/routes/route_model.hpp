// SPDX-License-Identifier: Apache-2.0
// What traffic is usual: learned from our own vessels, by place, time of day and class of vessel.
//
// The sea is cut into cells of about a kilometre. Each vessel that goes through one counts once: its direction (eight,
// and "still") and, where it moves, its speed. Directions are a multinomial with a Dirichlet prior: the counts of this
// class at this time of day lean on those of the class at any time, these on those of all, and these on "any direction
// alike" (Gelman et al., Bayesian Data Analysis, 3rd ed., 3.4 and 5). Speeds are a gamma distribution by its moments of
// v and ln v (Minka, Estimating a Gamma distribution, 2002, eq. 3.4 to 3.6 give the first guess used here).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/time.hpp"
#include "core/geo/position.hpp"
#include "core/rules/ship_class.hpp"

namespace headland::rules {

inline constexpr std::size_t route_directions = 8;  // the first is north, clockwise
inline constexpr std::size_t route_still = route_directions;

// A cell of the sea: rows of 0.01 degrees of latitude, columns about as wide as a row is high; also across 180 degrees.
struct RouteCell {
  std::int32_t row = 0;
  std::int32_t column = 0;
  friend auto operator<=>(const RouteCell&, const RouteCell&) = default;
};
[[nodiscard]] RouteCell route_cell_of(GeoPosition position);
[[nodiscard]] GeoPosition middle_of(RouteCell cell);
// Columns there are in a row.
[[nodiscard]] std::int32_t route_columns(std::int32_t row);

// Classes that go alike; what is not known is a group of its own.
enum class RouteGroup : std::uint8_t { unknown, merchant, ferry, fishing, small, service, all };
[[nodiscard]] RouteGroup route_group_of(ShipClass c);

// One vessel in one cell.
struct RouteVisit {
  RouteCell cell;
  Timestamp time;
  RouteGroup group = RouteGroup::unknown;
  float speed_mps = 0.0F;
  float course_rad = 0.0F;
  bool is_still = false;
};

struct RouteCounts {
  std::array<float, route_directions + 1> directions{};  // counts; a course between two is shared by both
  float speeds = 0.0F;                                   // of the moving
  float speed_sum = 0.0F;
  float log_speed_sum = 0.0F;
  [[nodiscard]] double visits() const;
};

// What is usual where a vessel is.
struct RouteOpinion {
  double visits = 0.0;                 // of its group in the cells about it (3 by 3)
  double visits_wider = 0.0;           // and in the ring about these (7 by 7 less the 3 by 3)
  double direction_probability = 1.0;  // of its direction or one beside it
  double usual_course_deg = 0.0;       // the commonest
  double still_probability = 1.0;
  double speed_tail = 1.0;  // probability of being so far off the mean or farther, on that side
  double mean_speed_mps = 0.0;
  double speeds = 0.0;  // counted for that
};

class RouteModel {
 public:
  static constexpr std::size_t most_counts = 400'000;  // beyond: what is new is not learned, counted

  void learn(const RouteVisit& visit);
  [[nodiscard]] RouteOpinion opinion(const RouteVisit& visit) const;

  struct Entry {
    std::uint64_t key = 0;
    RouteCounts counts;
  };
  // All that was learned, in order of key; and back. What no model could hold is left out.
  [[nodiscard]] std::vector<Entry> entries() const;
  void restore(const std::vector<Entry>& entries);

  // For the chart: cells with their counts over all classes and times, in order.
  struct Drawn {
    RouteCell cell;
    double visits = 0.0;
    double course_deg = 0.0;  // the mean direction of those that move
    double one_way = 0.0;     // length of the mean of unit vectors: 1 all alike, 0 to and fro
    double mean_speed_mps = 0.0;
  };
  [[nodiscard]] std::vector<Drawn> drawn(double least_visits) const;
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::size_t size() const { return counts_.size(); }

 private:
  void add(std::uint64_t key, const RouteVisit& visit);
  // Sums over the (2 n + 1)^2 cells about `cell`; those about the middle one weigh `beside`.
  [[nodiscard]] RouteCounts about(RouteCell cell, std::int32_t n, RouteGroup group, unsigned hours,
                                  double beside) const;

  std::unordered_map<std::uint64_t, RouteCounts> counts_;  // never walked but to be sorted
  std::uint64_t refused_ = 0;
};

}  // namespace headland::rules
