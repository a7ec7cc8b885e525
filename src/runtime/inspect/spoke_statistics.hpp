// SPDX-License-Identifier: Apache-2.0
// What all radar streams have in common.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>

#include "runtime/inspect/report.hpp"
#include "runtime/inspect/turn_counter.hpp"

namespace headland::inspect {

// Distinct lengths, rounded; memory is bounded.
class Lengths {
 public:
  explicit Lengths(double step_m) : step_m_(step_m) {}
  void add(double length_m) {
    if (length_m == last_) return;  // nearly always
    last_ = length_m;
    if (values_.size() < 256) values_.insert(std::round(length_m / step_m_) * step_m_);
  }
  [[nodiscard]] std::vector<double> values() const { return {values_.begin(), values_.end()}; }

 private:
  double step_m_;
  double last_ = -1.0;
  std::set<double> values_;
};

enum class HeadingOf : std::uint8_t { none, true_north, magnetic };

// Mean direction of the kind of heading that most spokes have.
class Headings {
 public:
  void add(HeadingOf kind, double radians = 0.0) {
    auto& sum = sums_[static_cast<std::size_t>(kind)];
    ++sum.count;
    sum.east += std::sin(radians);
    sum.north += std::cos(radians);
  }
  // The same, but any true heading goes before magnetic ones: of compasses, not of spokes.
  [[nodiscard]] HeadingReport report_true_first() const {
    auto copy = *this;
    if (copy.sums_[1].count > 0) copy.sums_[2] = {};
    return copy.report();
  }
  [[nodiscard]] HeadingReport report() const {
    const auto most = std::ranges::max_element(sums_, {}, &Sum::count);
    if (most == sums_.begin() || most->count == 0) return {};
    return {most == sums_.begin() + 1 ? "true" : "magnetic", Bearing::of(most->east, most->north).degrees()};
  }

 private:
  struct Sum {
    std::uint64_t count = 0;
    double east = 0.0;
    double north = 0.0;
  };
  std::array<Sum, 3> sums_;
};

struct SpokeStatistics {
  std::uint64_t spokes = 0;
  std::uint64_t gaps = 0;
  TurnCounter turns;
  Lengths ranges{1.0};
  Lengths cells{0.001};
  Headings headings;

  void fill(StreamReport& report) const {
    report.spokes = spokes;
    report.gaps = gaps;
    report.turns = turns.turns();
    report.seconds_per_turn = turns.seconds_per_turn();
    report.ranges_m = ranges.values();
    report.cell_m = cells.values();
    report.heading = headings.report();
  }
};

}  // namespace headland::inspect
