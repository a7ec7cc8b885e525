// SPDX-License-Identifier: Apache-2.0
// Any text as a station configuration and as a scene: values or problems, never a crash. What was
// accepted can be written and read again, and is the same then.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/config/scene_file.hpp"
#include "runtime/config/station_config.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto config = headland::config::parse_station(text, "fuzz.toml");
  if (config) {
    const auto shown = headland::config::to_toml(*config);
    const auto again = headland::config::parse_station(shown, "shown.toml");
    if (!again || headland::config::to_toml(*again) != shown) std::abort();
  }
  (void)headland::config::parse_scene(text, "fuzz.toml");
  (void)headland::config::parse_radar_settings(text, "fuzz.toml");
  return 0;
}
