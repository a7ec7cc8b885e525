// SPDX-License-Identifier: Apache-2.0
// headland run [CONFIG.toml], headland demo
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace headland::app {

int run_station(const std::string& config_file, std::ostream& out, std::ostream& err);

struct DemoVerb {
  std::string scene;      // empty: the strait
  std::string directory;  // for journal and history
  std::string rules;      // empty: those of the strait, none of another scene
  std::optional<std::uint16_t> port;
  std::optional<std::uint64_t> seed;
  std::uint16_t video_port = 8600;
  std::uint16_t ais_port = 10110;
};
int run_demo(const DemoVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
