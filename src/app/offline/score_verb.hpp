// SPDX-License-Identifier: Apache-2.0
// headland score --leave-ais-out [options] FILE... | --live --config STATION
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

struct ScoreVerb {
  std::vector<std::string> files;
  bool leave_ais_out = false;
  bool live = false;      // follow the journal of the station that runs with `config`
  double every_s = 60.0;  // and report so often
  std::string config;
  std::string origin;  // LAT,LON
  std::string json;
  std::string page;
};

int run_score(const ScoreVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
