// SPDX-License-Identifier: Apache-2.0
#include "core/signal/shape_map.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/cell_source.hpp"

namespace headland::signal {
namespace {

using test::CellSource;
using test::CellTurns;

std::uint32_t fraction_of(double turns) { return static_cast<std::uint32_t>(turns * 4294967296.0); }

// Clutter of shape 0.85 (a class of its own) in the first half of the range, noise beyond.
TEST(ShapeMap, finds_where_clutter_is_spiky_and_how_much) {
  SignalStage stage({});
  CellTurns turns{.spokes = 256};
  const CellSource clutter = CellSource::k_clutter(0.85, 12.0);
  const CellSource noise = CellSource::linear_noise(20.0);
  Random random(5);
  HitBlock hits;
  for (int t = 0; t < 60; ++t) {
    stage.process(turns.next([&](std::uint32_t, std::uint8_t* row) {
      clutter.fill(random, row, 512);
      noise.fill(random, row + 512, 512);
    }),
                  hits);
  }
  const auto shapes = class_shapes(0.0);
  for (int i = 0; i < 32; ++i) {
    const auto classes = stage.shapes().classes(fraction_of((i + 0.5) / 32.0));
    for (std::size_t band = 0; band < 7; ++band) {
      EXPECT_NEAR(std::log(shapes[classes[band]] / 0.85), 0.0, 0.5) << i << " " << band;
    }
    for (std::size_t band = 9; band < 16; ++band) EXPECT_EQ(classes[band], 0) << i << " " << band;
  }
  EXPECT_NEAR(stage.shapes().spiky_share(), 0.5, 0.1);
}

// Vessels at anchor, one in each region, each more than a hundred cells by turn: nothing about them rises.
TEST(ShapeMap, does_not_take_vessels_for_spiky_clutter) {
  Config config;
  config.estimate_shape = true;
  SignalStage stage(config);
  CellTurns turns{.spokes = 512};
  const CellSource noise = CellSource::linear_noise(20.0);
  Random random(6);
  HitBlock hits;
  std::uint64_t echoes = 0;
  std::uint64_t seen = 0;
  for (int t = 0; t < 80; ++t) {
    stage.process(turns.next([&](std::uint32_t s, std::uint8_t* row) {
      noise.fill(random, row, turns.cells);
      if (s % 16 > 2) return;
      for (std::uint32_t k = 20; k < turns.cells; k += 64) {
        for (std::uint32_t j = 0; j < 6; ++j) row[k + j] = 150;
      }
    }),
                  hits);
    if (t < 60) continue;
    for (const HitSpoke& spoke : hits.spokes) {
      if (static_cast<std::uint32_t>(spoke.bearing.degrees() / 360.0 * turns.spokes) % 16 != 1) continue;
      for (std::uint32_t k = 22; k < turns.cells; k += 64) {
        ++echoes;
        seen += hits.bits_of(spoke)[k / 64] >> (k % 64) & 1;
      }
    }
  }
  EXPECT_EQ(stage.shapes().spiky_share(), 0.0);
  EXPECT_EQ(seen, echoes);
}

TEST(ShapeMap, is_measured_but_changes_nothing_unless_asked_to) {
  std::uint64_t hits_of[2] = {};
  for (const bool asked : {false, true}) {
    Config config;
    config.estimate_shape = asked;
    SignalStage stage(config);
    CellTurns turns{.spokes = 256};
    const CellSource clutter = CellSource::k_clutter(0.5, 12.0);
    Random random(7);
    HitBlock hits;
    for (int t = 0; t < 60; ++t) {
      stage.process(turns.next([&](std::uint32_t, std::uint8_t* row) { clutter.fill(random, row, turns.cells); }),
                    hits);
    }
    EXPECT_GT(stage.shapes().spiky_share(), 0.9);
    EXPECT_EQ(stage.counters().spiky_hits > 0, asked);
    hits_of[asked ? 1 : 0] = stage.counters().hits;
  }
  EXPECT_GT(hits_of[0], 3 * hits_of[1]);
}

}  // namespace
}  // namespace headland::signal
