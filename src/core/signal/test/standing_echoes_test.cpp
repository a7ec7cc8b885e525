// SPDX-License-Identifier: Apache-2.0
#include "core/signal/stage/standing_echoes.hpp"

#include <algorithm>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace headland::signal {
namespace {

constexpr std::uint32_t map_rows = 64;
constexpr std::uint32_t map_cells = 128;
constexpr std::uint16_t sea = 20 * 256;
constexpr std::uint16_t echo = 40 * 256;
constexpr double beam_rad = 3.0 * 2.0 * std::numbers::pi / map_rows;  // of three rows: places are 5 rows away
constexpr std::uint32_t rows_away = 5;
constexpr std::uint32_t cells_away = 12;
constexpr std::uint64_t a_look = 2;  // a turn in which row 30 is looked at again
static_assert((a_look + 30) % StandingEchoes::every_turns == 0);

// A map of sea in which some cells are over it.
class StandingEchoesTest : public testing::Test {
 protected:
  StandingEchoesTest() {
    standing_.configure({.gain = 18000, .addition = 0}, rule_, beam_rad);
    resume();
    map_.configure(map_rows, 1, map_cells);
    for (std::uint32_t row = 0; row < map_rows; ++row) see(row);
  }
  void see(std::uint32_t row) {
    (void)map_.visit(row, true);
    std::fill_n(map_.levels(row), map_cells, sea);
  }
  // What stands counts at once.
  void resume() { standing_.resume(std::vector<std::uint16_t>(map_rows, 16), 16); }
  std::uint16_t& at(std::uint32_t row, std::uint32_t cell) {
    return map_.levels(row)[(cell & 1U) * (map_cells / 2) + cell / 2];
  }
  // What a cell is compared with; the map is the same before and after.
  std::uint16_t compared(std::uint32_t row, std::uint32_t cell, std::uint64_t turn = 0) {
    const std::uint16_t was = at(row, cell);
    standing_.level(map_, row, turn);
    const std::uint16_t with = at(row, cell);
    std::vector<std::uint8_t> levels(map_cells, 20), thresholds(map_cells, 60);
    standing_.put_back(rule_, {levels.data(), nullptr, map_.levels(row), MapUse::known, thresholds.data(), nullptr,
                               nullptr, map_cells});
    EXPECT_EQ(at(row, cell), was);
    return with;
  }
  DetectRule rule_;
  ClutterMap map_;
  StandingEchoes standing_;
};

TEST_F(StandingEchoesTest, what_stands_alone_is_compared_with_what_lies_about_it) {
  for (std::uint32_t row = 30; row < 33; ++row) {
    for (std::uint32_t cell = 60; cell < 64; ++cell) at(row, cell) = echo;
  }
  for (std::uint32_t row = 29; row < 34; ++row) {
    for (std::uint32_t cell = 58; cell < 66; ++cell) EXPECT_EQ(compared(row, cell), sea) << row << " " << cell;
  }
}

TEST_F(StandingEchoesTest, what_differs_no_more_than_means_of_noise_stays) {
  at(30, 60) = sea + sea / 4;
  EXPECT_EQ(compared(30, 60), sea + sea / 4);
}

TEST_F(StandingEchoesTest, strips_of_clutter_stay) {
  const auto aslant = [](std::uint32_t row) { return 30 + (row - 20) * cells_away / rows_away; };
  for (std::uint32_t cell = 0; cell < map_cells; ++cell) at(10, cell) = echo;  // along range
  for (std::uint32_t row = 20; row < 60; ++row) at(row, 30) = at(row, aslant(row)) = echo;
  EXPECT_EQ(compared(10, 64), echo);
  EXPECT_EQ(compared(40, 30), echo);
  EXPECT_EQ(compared(40, aslant(40)), echo);
}

TEST_F(StandingEchoesTest, one_boat_does_not_hide_another) {
  at(30, 60) = at(30, 60 + cells_away) = echo;
  at(50, 60) = at(50 + rows_away, 60) = echo;
  for (const std::uint32_t row : {30U, 50U, 50U + rows_away}) EXPECT_EQ(compared(row, 60), sea) << row;
}

TEST_F(StandingEchoesTest, beside_a_sector_that_was_never_seen_the_other_side_counts) {
  map_.forget();
  for (std::uint32_t row = 0; row < 32; ++row) see(row);
  at(30, 60) = echo;
  at(35, 60) = 3 * echo;  // of before it was forgotten
  EXPECT_EQ(compared(30, 60), sea);
}

// Crests of a spiky sea stand out of the map for as long as its memory.
TEST_F(StandingEchoesTest, only_what_stood_in_some_looks_counts_and_for_some_looks_more) {
  at(30, 60) = echo;
  standing_.forget();
  std::uint64_t turn = a_look;
  const auto look = [&] { return compared(30, 60, turn += StandingEchoes::every_turns); };
  for (int i = 1; i < StandingEchoes::looks_to_count; ++i) EXPECT_EQ(look(), echo) << i;
  for (int i = 0; i < StandingEchoes::most_looks; ++i) EXPECT_EQ(look(), sea) << i;
  // Between looks, too.
  EXPECT_EQ(compared(30, 60, turn + 1), sea);
  // It fades for some looks, as a weak boat does, and is not forgotten.
  constexpr int fades = StandingEchoes::most_looks - StandingEchoes::looks_to_stay;
  at(30, 60) = sea + 100;
  for (int i = 0; i < fades; ++i) EXPECT_EQ(look(), sea) << i;
  at(30, 60) = echo;
  EXPECT_EQ(look(), sea);
  // It is gone.
  at(30, 60) = sea + 100;
  for (int i = 0; i <= fades; ++i) (void)look();
  EXPECT_EQ(look(), sea + 100);
  at(30, 60) = echo;
  EXPECT_EQ(look(), echo);
}

TEST_F(StandingEchoesTest, a_sea_whose_places_differ_among_themselves_hides_it) {
  at(30, 60) = 30 * 256;
  EXPECT_EQ(compared(30, 60), sea);
  resume();
  at(30 - rows_away, 60) = at(30 + rows_away, 60) = 23 * 256;
  EXPECT_EQ(compared(30, 60), 30 * 256);
}

// What is kept over a restart counts at once where the row was full, until one look shows that it does not stand.
TEST_F(StandingEchoesTest, after_a_restart_what_stands_counts_for_one_look_and_more_if_it_stands_on) {
  at(30, 60) = at(32, 60) = echo;
  std::vector<std::uint16_t> looks(map_rows, 16);
  looks[32] = 0;
  standing_.resume(looks, 16);
  EXPECT_EQ(compared(30, 60, a_look), sea);
  EXPECT_EQ(compared(32, 60, a_look), echo);
  at(30, 60) = sea + 100;
  EXPECT_EQ(compared(30, 60, a_look + StandingEchoes::every_turns), sea + 100);
  at(30, 60) = echo;
  EXPECT_EQ(compared(30, 60, a_look + 2 * StandingEchoes::every_turns), echo);
}

TEST_F(StandingEchoesTest, it_never_raises_what_a_cell_is_compared_with) {
  at(30, 60) = echo;
  EXPECT_EQ(compared(30, 60, a_look), sea);
  at(30, 60) = sea / 2;  // rain is gone, and not yet looked at again
  EXPECT_EQ(compared(30, 60, a_look + 1), sea / 2);
}

// Taught by what is under its threshold, and by what is over it as an echo.
TEST_F(StandingEchoesTest, what_stands_goes_on_to_be_learned) {
  for (const std::uint8_t level : {std::uint8_t{56}, std::uint8_t{200}}) {
    at(30, 60) = echo;
    standing_.level(map_, 30, a_look);
    std::vector<std::uint8_t> levels(map_cells, 20), thresholds(map_cells, 60);
    levels[60] = level;
    standing_.put_back(rule_, {levels.data(), nullptr, map_.levels(30), MapUse::learned, thresholds.data(), nullptr,
                               nullptr, map_cells});
    EXPECT_EQ(at(30, 60), level == 56 ? echo + 256 : echo + 1);
  }
}

TEST(FindStanding, leaves_a_row_too_short_for_places_about_a_cell_alone) {
  std::vector<std::uint16_t> row(24, sea);
  row[5] = echo;
  std::vector<StandingCell> found(1);
  find_standing({row.data(), row.data(), row.data(), 12, 6, {}}, found);
  EXPECT_TRUE(found.empty());
}

}  // namespace
}  // namespace headland::signal
