// SPDX-License-Identifier: Apache-2.0
// headland replay [options] FILE...
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

struct ReplayVerb {
  std::vector<std::string> files;
  std::string config;
  std::string speed;  // "max" or a number; empty: 1 with --serve, else max
  unsigned threads = 2;
  bool serve = false;
  std::string origin;  // LAT,LON
  std::string plots;
  std::string tracks;
  std::string summary;
  std::string video;
  bool causes = false;
};

int run_replay(const ReplayVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
