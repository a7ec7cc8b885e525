// SPDX-License-Identifier: Apache-2.0
// Figures over a limit that is not met yet, kept as a list beside the tests (known_exceedances.txt): a figure that is
// not on it must be within its limit, and one that is on it must still be over, so that the list only shrinks.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::quality {

struct Figure {
  std::string name;  // of the encounter, the instant, the limit's source and the quantity; without '|'
  std::string unit;
  double value = 0.0;  // that 95 % of the runs keep within; infinite where more than 5 % have no track
  double limit = 0.0;
  double straight = 0.0;  // the same of a straight line through the plots

  [[nodiscard]] bool over() const { return value > limit; }
};

struct Known {
  std::string name;
  double value = 0.0;  // when it was listed
};

// A listed figure may grow by this before that is a fault of its own.
inline constexpr double worse_by = 1.25;

// Lines "name | value | …"; empty ones and those that begin with '#' are left out. A line without a value has NaN.
std::vector<Known> read_known(std::istream& in);
void write_known(const std::vector<Figure>& figures, std::ostream& out);  // those over their limits

// What does not agree, one sentence each; empty when all does.
std::vector<std::string> disagreements(const std::vector<Figure>& figures, const std::vector<Known>& known);

}  // namespace headland::quality
