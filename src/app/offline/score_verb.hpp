// SPDX-License-Identifier: Apache-2.0
// headland score --leave-ais-out [options] FILE...
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

struct ScoreVerb {
  std::vector<std::string> files;
  bool leave_ais_out = false;
  std::string config;
  std::string origin;  // LAT,LON
  std::string json;
};

int run_score(const ScoreVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
