// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/engine_state.hpp"

#include <gtest/gtest.h>

namespace headland::station {
namespace {

rules::EngineSnapshot full() {
  rules::EngineSnapshot s;
  s.next_alert = 7;
  s.last = from_epoch_seconds(1.7e9);
  s.zones = {"bay"};
  rules::Memory m;
  m.key = 5;
  m.reports = 12;
  m.path = {{from_epoch_seconds(1.6e9), {1.0, 0.0, 0.0}, 2.5F}};
  m.stays.push_back({ZoneId(1), from_epoch_seconds(1.65e9), {}, true, 10.0, false});
  s.memories = {m};
  rules::EngineSnapshot::Kept kept;
  kept.rule = "fast";
  kept.vessel = 5;
  kept.is_told = kept.is_active = true;
  kept.alert.id = AlertId(6);
  kept.alert.text = "is fast";
  kept.alert.subjects = {{SystemTrackId(3), Mmsi(5), "A"}};
  s.situations = {kept};
  s.told = {{from_epoch_seconds(1.7e9), "fast", 5, AlertId(6)}};
  s.numbers = {{TrackId(3), Mmsi(5), from_epoch_seconds(1.7e9)}};
  return s;
}

TEST(EngineState, ComesBackAsItWas) {
  const auto back = engine_snapshot_from(to_bytes(full()));
  ASSERT_TRUE(back);
  EXPECT_EQ(to_bytes(*back), to_bytes(full()));
  EXPECT_EQ(back->situations.at(0).alert.text, "is fast");
  EXPECT_EQ(back->memories.at(0).stays.at(0).zone, ZoneId(1));
  EXPECT_EQ(back->next_alert, 7U);
}

TEST(EngineState, DamagedOrOfAnotherVersionIsRefused) {
  const auto bytes = to_bytes(full());
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_FALSE(engine_snapshot_from(std::span(bytes).first(n))) << n;
  }
  auto snapshot = full();
  snapshot.version = 99;
  EXPECT_FALSE(engine_snapshot_from(to_bytes(snapshot)));
}

}  // namespace
}  // namespace headland::station
