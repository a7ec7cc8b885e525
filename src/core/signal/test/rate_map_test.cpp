// SPDX-License-Identifier: Apache-2.0
// Video that the radar has thresholded itself: which levels are echoes, by how often they come and go.
#include "core/signal/stage/rate_map.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::signal {
namespace {

constexpr std::uint32_t spokes = 512;
constexpr std::uint32_t cells = 512;
constexpr double pi = std::numbers::pi;

struct Picture {
  std::vector<std::uint8_t> levels = std::vector<std::uint8_t>(std::size_t{spokes} * cells, 0);
  // A spot of 3 spokes by 4 cells.
  void spot(std::uint32_t spoke, std::uint32_t cell, std::uint8_t level) {
    for (std::uint32_t s = 0; s < 3; ++s) {
      for (std::uint32_t k = 0; k < 4 && cell + k < cells; ++k) {
        levels[std::size_t{(spoke + s) % spokes} * cells + cell + k] = level;
      }
    }
  }
};

RateMap fresh(const RateRule& rule = {}) {
  RateMap map;
  map.configure(rule, cells, 5.0, 2.0 * pi / spokes, 2.0 * pi / 180.0);
  return map;
}

std::uint32_t fraction_of(std::uint32_t spoke) {
  return static_cast<std::uint32_t>((std::uint64_t{spoke} * 2 + 1) * 0x80000000U / spokes);
}

void look(RateMap& map, std::uint64_t turn, const Picture& picture) {
  for (std::uint32_t s = 0; s < spokes; ++s) {
    map.observe(turn, fraction_of(s), std::span(picture.levels).subspan(std::size_t{s} * cells, cells), {});
  }
}

// Of the region about a spoke and a cell.
std::uint8_t threshold(const RateMap& map, std::uint32_t spoke, std::uint32_t cell) {
  return map.thresholds(fraction_of(spoke))[cell / RateMap::region_cells];
}

// So many spots a turn, everywhere from cell 256 on, of levels up to 80.
void sprinkle(Picture& picture, Random& random, std::uint32_t spots, std::uint8_t most = 80) {
  for (std::uint32_t i = 0; i < spots; ++i) {
    picture.spot(random.below(spokes), 256 + random.below(cells - 256),
                 static_cast<std::uint8_t>(1 + random.below(most)));
  }
}

TEST(RateMap, lets_weak_levels_count_where_nothing_comes_and_goes) {
  RateMap map = fresh();
  EXPECT_EQ(threshold(map, 100, 100), 96);
  for (std::uint64_t t = 0; t < 3; ++t) look(map, t, {});
  EXPECT_EQ(threshold(map, 100, 100), 96) << "one more spot would be too many";
  for (std::uint64_t t = 3; t < 16; ++t) look(map, t, {});
  EXPECT_EQ(threshold(map, 100, 100), 0);
}

TEST(RateMap, holds_the_rate_where_noise_comes_through) {
  RateMap map = fresh();
  Random random(3);
  std::uint64_t over = 0;
  std::uint64_t looked_at = 0;
  for (std::uint64_t t = 0; t < 80; ++t) {
    Picture picture;
    sprinkle(picture, random, 400);  // some 4 % of the cells
    look(map, t, picture);
    if (t < 40) continue;
    for (std::uint32_t s = 0; s < spokes; ++s) {
      for (std::uint32_t k = 256; k < cells; ++k, ++looked_at) {
        over += picture.levels[std::size_t{s} * cells + k] > threshold(map, s, k) ? 1 : 0;
      }
    }
  }
  EXPECT_LT(static_cast<double>(over), 1.5e-3 * static_cast<double>(looked_at));
  EXPECT_GE(threshold(map, 100, 300), 63);
  EXPECT_LE(threshold(map, 100, 300), 95);
  EXPECT_EQ(threshold(map, 100, 100), 0) << "no noise there";
  EXPECT_DOUBLE_EQ(map.unbearable_share(), 0.0);
}

TEST(RateMap, says_where_even_the_highest_level_comes_and_goes_too_often) {
  RateMap map = fresh();
  Random random(5);
  for (std::uint64_t t = 0; t < 40; ++t) {
    Picture picture;
    sprinkle(picture, random, 800, 255);
    look(map, t, picture);
  }
  EXPECT_EQ(threshold(map, 100, 300), RateRule{}.highest);
  EXPECT_NEAR(map.unbearable_share(), 0.5, 0.1);
}

TEST(RateMap, what_stands_is_never_learned_away) {
  RateMap map = fresh();
  Picture harbour;
  for (std::uint32_t s = 0; s < spokes; s += 8) {
    for (std::uint32_t k = 0; k < cells; k += 12) harbour.spot(s, k, 60);  // a quarter of all cells
  }
  for (std::uint64_t t = 0; t < 400; ++t) look(map, t, harbour);
  EXPECT_EQ(threshold(map, 100, 300), 0);
}

TEST(RateMap, vessels_under_way_do_not_raise_the_threshold_over_themselves) {
  RateMap map = fresh();
  for (std::uint64_t t = 0; t < 60; ++t) {
    Picture picture;
    for (std::uint32_t sector = 0; sector < RateMap::sectors; ++sector) {
      picture.spot(sector * 16 + 4, static_cast<std::uint32_t>(100 + 3 * t), 60);  // 15 m a turn: 12 knots
    }
    look(map, t, picture);
  }
  for (std::uint32_t k = 100; k < 300; k += 64) EXPECT_LE(threshold(map, 100, k), 15) << k;
}

TEST(RateMap, learns_anew_when_settings_change) {
  RateMap map = fresh();
  Random random(7);
  for (std::uint64_t t = 0; t < 60; ++t) {
    Picture picture;
    sprinkle(picture, random, 400);
    look(map, t, picture);
  }
  ASSERT_GE(threshold(map, 100, 300), 63);
  map.relearn();
  std::uint64_t t = 60;
  while (threshold(map, 100, 300) > 15 && t < 200) look(map, t++, {});
  EXPECT_LT(t, 110U);
  EXPECT_GT(t, 62U);
}

TEST(RateMap, lost_spokes_are_no_change) {
  RateMap map = fresh();
  Random random(11);
  Picture harbour;
  for (std::uint32_t s = 0; s < spokes; s += 8) {
    for (std::uint32_t k = 0; k < cells; k += 12) harbour.spot(s, k, 60);
  }
  for (std::uint64_t t = 0; t < 60; ++t) {
    for (std::uint32_t s = 0; s < spokes; ++s) {
      if (random.below(3) == 0) continue;
      map.observe(t, fraction_of(s), std::span(harbour.levels).subspan(std::size_t{s} * cells, cells), {});
    }
  }
  EXPECT_EQ(threshold(map, 100, 300), 0);
}

TEST(RateMap, masked_cells_and_short_spokes_do_not_count) {
  RateMap map = fresh();
  Random random(13);
  const std::vector<std::uint64_t> land(cells / 64, ~std::uint64_t{0});
  for (std::uint64_t t = 0; t < 40; ++t) {
    Picture picture;
    sprinkle(picture, random, 800, 255);
    for (std::uint32_t s = 0; s < spokes; ++s) {
      map.observe(t, fraction_of(s), std::span(picture.levels).subspan(std::size_t{s} * cells, 256 + 60), land);
    }
  }
  EXPECT_EQ(threshold(map, 100, 300), 96);
  EXPECT_EQ(threshold(map, 100, 500), 96);
}

}  // namespace
}  // namespace headland::signal
