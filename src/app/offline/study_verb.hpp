// SPDX-License-Identifier: Apache-2.0
// `headland study small-boat`: how far a small boat is seen.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

struct StudyVerb {
  std::vector<std::string> radars;    // files of data/radars; empty: the reference radar and a yacht radar beside it
  std::string out = "small-boat";     // directory
  std::vector<std::string> weathers;  // empty: all
  std::vector<std::string> settings;  // by name; empty: all
  bool quick = false;
  bool without_integration = false;   // no second line with track-before-detect
  double empty_min = 0.0;             // minutes of empty sea; 0 = as the plan says
  double integrated_empty_min = 0.0;  // the same for the line with track-before-detect
  int sets = 0;                       // of boats; 0 = as the plan says
  double antenna_height_m = 0.0;      // 0 = as the files say
};
int study_small_boat(const StudyVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
