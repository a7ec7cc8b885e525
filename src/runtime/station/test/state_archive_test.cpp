// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/state_archive.hpp"

#include <gtest/gtest.h>

#include "runtime/station/picture/checkpoint.hpp"
#include "runtime/station/rules/engine_state.hpp"

namespace headland::station {
namespace {

struct Part {
  std::optional<std::string> name;
  std::vector<Bearing> bearings;
  std::map<std::uint32_t, double> numbers;
  Timestamp time;
  Mmsi mmsi;
  bool flag = false;
  friend bool operator==(const Part&, const Part&) = default;
};
template <class A>
void describe(A& a, Part& v) {
  a(v.name, v.bearings, v.numbers, v.time, v.mmsi, v.flag);
}

TEST(StateArchive, a_struct_comes_back_whole) {
  Part part{"a", {Bearing::from_degrees(359.9), Bearing()}, {{7, 0.1}, {9, -1e300}}, from_epoch_seconds(1e9), Mmsi(5),
            true};
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  writer(part);
  Part back;
  StateReader reader(bytes);
  reader(back);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(back, part);
}

TEST(StateArchive, cut_bytes_are_told_not_believed) {
  std::vector<Part> parts(3);
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  writer(parts);
  for (std::size_t n = 0; n < bytes.size(); n += 7) {
    std::vector<Part> out;
    StateReader reader(std::span<const std::uint8_t>(bytes).first(n));
    reader(out);
    EXPECT_FALSE(reader.ok()) << n;
  }
}

TEST(StateArchive, a_count_of_nonsense_allocates_nothing) {
  const std::vector<std::uint8_t> bytes(8, 0xFF);
  std::vector<double> out;
  StateReader reader(bytes);
  reader(out);
  EXPECT_TRUE(out.empty());
  EXPECT_FALSE(reader.ok());
}

TEST(Checkpoint, comes_back_and_refuses_other_versions) {
  Checkpoint c{true, "[web]\nport = 1\n", {1, 2, 3}};
  auto bytes = encode(c);
  const auto back = decode_checkpoint(bytes);
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->begins_session);
  EXPECT_EQ(back->configuration, c.configuration);
  EXPECT_EQ(back->state, c.state);
  bytes[0] = 99;
  EXPECT_FALSE(decode_checkpoint(bytes));
  EXPECT_FALSE(decode_checkpoint(std::span<const std::uint8_t>(bytes).first(5)));
}

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
