// SPDX-License-Identifier: Apache-2.0
// State beside the journal: what is written comes back, and nothing else passes for it.
#include "io/journal/state_file.hpp"

#include <fstream>

#include "io/journal/test/journal_test_support.hpp"

namespace headland::journal::test {
namespace {

using StateFile = JournalFolder;

std::vector<std::uint8_t> state() {
  std::vector<std::uint8_t> bytes(100'000);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * i >> 7U);
  return bytes;
}

TEST_F(StateFile, gives_back_what_was_written) {
  const auto path = folder_ / "state" / "radar.hls";
  const auto none = read_state_file(path);
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->has_value());
  for (const std::size_t size : {state().size(), std::size_t{0}}) {
    auto plain = state();
    plain.resize(size);
    ASSERT_TRUE(write_state_file(path, pack_state(plain)).has_value());
    const auto read = read_state_file(path);
    ASSERT_TRUE(read.has_value() && read->has_value());
    const auto back = unpack_state(**read);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(*back, plain);
  }
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".new"));
}

TEST_F(StateFile, says_what_is_wrong_with_bytes_that_were_cut_or_changed) {
  const auto packed = pack_state(state());
  for (std::size_t n = 0; n < packed.size(); n += 1 + n / 8) {
    EXPECT_FALSE(unpack_state(std::span(packed).first(n)).has_value()) << n;
  }
  for (std::size_t i = 0; i < packed.size(); i += 1 + i / 4) {
    auto changed = packed;
    changed[i] ^= 0x10U;
    EXPECT_FALSE(unpack_state(changed).has_value()) << i;
  }
  EXPECT_EQ(unpack_state(std::span(packed).first(packed.size() - 1)).error().detail, "is cut off or damaged");
}

TEST_F(StateFile, tells_where_it_cannot_write) {
  const auto blocked = folder_ / "file";
  std::filesystem::create_directories(folder_);
  std::ofstream(blocked) << "in the way";
  const auto written = write_state_file(blocked / "radar.hls", pack_state(state()));
  ASSERT_FALSE(written.has_value());
  EXPECT_NE(written.error().detail.find("file"), std::string::npos);
}

}  // namespace
}  // namespace headland::journal::test
