// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/state_archive.hpp"

#include <gtest/gtest.h>

#include "runtime/station/picture/checkpoint.hpp"

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

}  // namespace
}  // namespace headland::station
