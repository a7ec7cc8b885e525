// SPDX-License-Identifier: Apache-2.0
#include "core/signal/echo_shadow.hpp"

#include <array>
#include <numeric>

#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/cell_source.hpp"

namespace headland::signal {
namespace {

using test::CellSource;
using test::CellTurns;

struct Row {
  std::array<std::uint8_t, 128> levels{}, thresholds{};
  std::array<std::uint64_t, 2> bits{};
  void echo(std::size_t cell, std::uint8_t level, std::uint8_t threshold) {
    levels[cell] = level;
    thresholds[cell] = threshold;
    bits[cell / 64] |= std::uint64_t{1} << (cell % 64);
  }
};

// The cells of a map row that detection changes to 7 and that are 1 again afterwards: even ones, then odd ones.
std::vector<std::uint16_t> after(EchoShadow& shadow, std::uint64_t turn) {
  std::vector<std::uint16_t> map(128, 1);
  shadow.keep(map, turn);
  std::fill(map.begin(), map.end(), std::uint16_t{7});
  shadow.put_back(map);
  return map;
}

TEST(EchoShadow, KeepsTheMapBehindTheNearestStrongEcho) {
  EchoShadow shadow;
  shadow.configure({0.5, false}, 128);
  Row row;
  row.echo(10, 123, 100);  // 11.5 dB
  row.echo(40, 124, 100);  // 12 dB
  row.echo(90, 200, 100);
  shadow.note(row.levels, row.thresholds, row.bits);
  const auto map = after(shadow, 3);
  for (std::size_t k = 0; k < 128; ++k) {
    const std::size_t cell = k < 64 ? 2 * k : 2 * (k - 64) + 1;
    EXPECT_EQ(map[k], cell < 40 ? 7 : 1) << cell;
  }
  EXPECT_EQ(after(shadow, 8), std::vector<std::uint16_t>(128, 7)) << "one turn in eight is learned";
}

TEST(EchoShadow, NothingStrongHidesNothing) {
  EchoShadow shadow;
  shadow.configure({0.0, false}, 128);
  Row row;
  row.echo(10, 238, 60);  // less than four times
  shadow.note(row.levels, row.thresholds, row.bits);
  EXPECT_EQ(after(shadow, 3), std::vector<std::uint16_t>(128, 7));
  row.echo(10, 255, 200);  // as much as there are levels
  shadow.note(row.levels, row.thresholds, row.bits);
  EXPECT_EQ(after(shadow, 3)[64], 7);
  EXPECT_EQ(after(shadow, 3)[5], 1);
}

// A ship lies for twelve turns before clutter and leaves: what comes back is known still.
TEST(EchoShadow, ClutterThatComesBackFromBehindAShipIsNoEcho) {
  Config config;
  config.false_alarm_probability = 1e-3;
  SignalStage stage(config);
  CellTurns turns{.spokes = 256, .cells = 512};
  const CellSource clutter = CellSource::linear_noise(30.0);
  const CellSource receiver = CellSource::linear_noise(8.0);
  Random random(4);
  HitBlock hits;
  std::uint64_t hidden = 0;
  std::uint64_t open = 0;
  for (int t = 0; t < 74; ++t) {
    const bool ship = t >= 52 && t < 64;
    stage.process(turns.next([&](std::uint32_t s, std::uint8_t* row) {
      clutter.fill(random, row, 512);
      if (!ship || s % 16 >= 8) return;
      std::fill(row + 100, row + 106, std::uint8_t{255});
      receiver.fill(random, row + 106, 406);
    }),
                  hits);
    if (t < 64) continue;
    for (const HitSpoke& spoke : hits.spokes) {
      std::uint64_t count = 0;
      const auto bits = hits.bits_of(spoke);
      for (std::size_t w = 2; w < 8; ++w) count += static_cast<std::uint64_t>(std::popcount(bits[w]));
      const auto s =
          static_cast<std::uint32_t>(static_cast<std::uint64_t>(spoke.position & 0xFFFFFFFF) * 256 >> 32) % 16;
      if (s >= 1 && s < 8) hidden += count;
      if (s >= 9) open += count;
    }
  }
  ASSERT_GT(open, 300U);
  EXPECT_LT(static_cast<double>(hidden), 1.7 * static_cast<double>(open));
}

}  // namespace
}  // namespace headland::signal
