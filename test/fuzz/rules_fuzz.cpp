// SPDX-License-Identifier: Apache-2.0
// Any text as a rules file and as GeoJSON: rules or problems, never a crash. What was accepted can watch.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/rules/rule_engine.hpp"
#include "runtime/config/rules/geojson.hpp"
#include "runtime/config/rules/rules_file.hpp"

namespace {

// One ship that moves through the first zone's middle.
void watch(const headland::rules::RuleSet& set) {
  headland::rules::RuleEngine engine(set);
  std::vector<headland::AlertChange> out;
  for (int s = 0; s < 3; ++s) {
    headland::Picture picture;
    picture.time = headland::from_epoch_seconds(1.7e9 + s);
    headland::SystemTrack& t = picture.tracks.emplace_back();
    t.id = headland::SystemTrackId(1);
    t.stage = headland::TrackStage::confirmed;
    t.time = picture.time;
    if (!set.zones.empty() && !set.zones[0].parts.empty()) t.position = set.zones[0].parts[0][0];
    t.velocity = {headland::MetresPerSecond(3.0), headland::MetresPerSecond(4.0)};
    engine.process(picture, nullptr, out);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto set = headland::config::parse_rules(text, "fuzz.toml");
  if (set) watch(*set);
  (void)headland::config::parse_geojson(text);
  return 0;
}
