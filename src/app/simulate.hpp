// SPDX-License-Identifier: Apache-2.0
// `headland simulate`: plays a scene to UDP and files.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace headland::app {

struct SimulateOptions {
  std::string scene;
  bool udp = false;
  std::string video_to = "127.0.0.1:8600";
  std::string ais_to = "127.0.0.1:10110";
  std::string pcap;
  std::string nmea;
  std::string plots;  // at the level of plots, without video
  std::string truth;
  std::optional<std::uint64_t> seed;
  double duration_s = 0.0;  // 0 = until interrupted (--udp), 10 minutes (files)
};

// Returns an exit code. With --udp it plays as the clock goes, until Ctrl-C or --duration; files alone are
// written as fast as it can.
int run_simulate(const SimulateOptions& options, std::ostream& err);

}  // namespace headland::app
