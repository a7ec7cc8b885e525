// SPDX-License-Identifier: Apache-2.0
// Areas of another sensitivity: the false alarms inside and outside are those that were asked for.
#include <bit>

#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/cell_source.hpp"
#include "support/video_scene.hpp"

namespace headland::signal {
namespace {

using test::CellSource;
using test::CellTurns;

constexpr std::uint32_t spokes = 512;

// The first half of the turn, in the ranges between cells.
SensitivityZone half_turn(double probability, Metres near, Metres far) {
  SensitivityZone zone{probability, RangeAzimuthMask(1024, Metres(5.0), 4000)};
  blank(zone.where, {Bearing(), Bearing::from_degrees(180.0), near, far});
  return zone;
}

struct Rates {
  double inside = 0.0;
  double outside = 0.0;
  std::uint64_t zone_hits = 0;
  int at_odds = 0;  // cells whose hit is not what level and threshold say
};

// Of the middle half of the ranges in one half of the turn, and of all other cells, after the map has settled.
Rates measure(const Config& config, double inside, const CellSource& source, double cells) {
  SignalStage stage(config);
  CellTurns turns{.spokes = spokes};
  Random random(11);
  HitBlock hits;
  Rates rates;
  double looked_inside = 0.0;
  double looked_outside = 0.0;
  std::uint32_t near = 0;
  std::uint32_t far = 0;
  const auto turn = [&](bool counted) {
    const SpokeBlock block =
        turns.next([&](std::uint32_t, std::uint8_t* row) { source.fill(random, row, turns.cells); });
    if (far == 0) {
      near = turns.cells / 4;
      far = 3 * turns.cells / 4;
      const Metres cell = block.spokes[0].cell_size;
      stage.set_zones({half_turn(inside, static_cast<double>(near) * cell, static_cast<double>(far) * cell)});
    }
    stage.process(block, hits);
    if (!counted) return;
    for (const HitSpoke& spoke : hits.spokes) {
      const bool in_sector = spoke.bearing.degrees() < 180.0;
      for (std::uint32_t k = 0; k < spoke.cell_count; ++k) {
        const bool in_zone = in_sector && k >= near && k < far;
        const bool hit = (hits.bits_of(spoke)[k / 64] >> (k % 64) & 1U) != 0;
        const bool over = hits.levels_of(spoke)[k] > hits.thresholds_of(spoke)[k];
        rates.at_odds += hit != (over && (!in_zone || inside > 0.0)) ? 1 : 0;
        (in_zone ? looked_inside : looked_outside) += 1.0;
        (in_zone ? rates.inside : rates.outside) += hit ? 1.0 : 0.0;
      }
    }
  };
  for (int t = 0; t < 60; ++t) turn(false);
  while (looked_inside + looked_outside < cells) turn(true);
  rates.inside /= looked_inside;
  rates.outside /= looked_outside;
  rates.zone_hits = stage.counters().zone_hits;
  return rates;
}

TEST(SensitivityZones, have_the_false_alarms_that_were_asked_for_inside_and_outside) {
  for (const std::uint32_t turns_log2 : {0U, 4U}) {
    for (const double inside : {1e-2, 1e-4}) {
      Config config;
      config.false_alarm_probability = 1e-3;
      config.clutter_turns_log2 = turns_log2;
      const Rates rates = measure(config, inside, CellSource::linear_noise(20.0), 5e6 + 500.0 / inside * 4.0);
      EXPECT_NEAR(rates.inside, inside, 0.12 * inside) << turns_log2;
      EXPECT_NEAR(rates.outside, 1e-3, 0.12e-3) << turns_log2;
      EXPECT_GT(rates.zone_hits, 0U);
      EXPECT_EQ(rates.at_odds, 0);
    }
  }
}

TEST(SensitivityZones, hold_for_each_detector_and_law) {
  for (const Averaging averaging :
       {Averaging::greatest_of, Averaging::smallest_of, Averaging::ordered, Averaging::automatic}) {
    Config config;
    config.false_alarm_probability = 1e-4;
    config.averaging = averaging;
    const Rates rates = measure(config, 1e-2, CellSource::linear_noise(20.0), 5e6);
    EXPECT_NEAR(rates.inside, 1e-2, 0.12e-2) << static_cast<int>(averaging);
    EXPECT_EQ(rates.at_odds, 0) << static_cast<int>(averaging);
  }
  Config config;
  config.false_alarm_probability = 1e-4;
  config.law = LevelLaw::logarithmic;
  const Rates rates = measure(config, 1e-2, CellSource::logarithmic_noise(config.decibels_per_level, 80.0), 5e6);
  EXPECT_NEAR(rates.inside, 1e-2, 0.12e-2);
}

TEST(SensitivityZones, may_be_silent) {
  Config config;
  config.false_alarm_probability = 1e-3;
  const Rates rates = measure(config, 0.0, CellSource::linear_noise(20.0), 3e6);
  EXPECT_EQ(rates.inside, 0.0);
  EXPECT_EQ(rates.at_odds, 0);
  EXPECT_NEAR(rates.outside, 1e-3, 0.15e-3);
  EXPECT_EQ(rates.zone_hits, 0U);
}

TEST(SensitivityZones, change_nothing_elsewhere_nor_what_is_learned) {
  test::VideoScene scene;
  scene.echoes = {{}};
  SignalStage with({});
  SignalStage without({});
  with.set_zones({half_turn(1e-2, Metres(2000.0), Metres(4000.0))});
  HitBlock a;
  HitBlock b;
  for (std::int64_t t = 0; t < 8; ++t) {
    with.process(scene.block(t * 720, 720), a);
    without.process(scene.block(t * 720, 720), b);
    ASSERT_EQ(a.spokes.size(), b.spokes.size());
    for (std::size_t i = 0; i < a.spokes.size(); ++i) {
      const bool in_sector = a.spokes[i].bearing.degrees() < 180.0;
      const auto ours = a.thresholds_of(a.spokes[i]);
      const auto theirs = b.thresholds_of(b.spokes[i]);
      for (std::size_t k = 0; k < ours.size(); ++k) {
        if (!in_sector || k < 200 || k >= 400) {
          ASSERT_EQ(ours[k], theirs[k]) << t << ' ' << i << ' ' << k;
        }
      }
    }
  }
}

TEST(SensitivityZones, the_last_holds_where_they_overlap_and_none_takes_them_away) {
  test::VideoScene scene;
  SignalStage stage({});
  SignalStage plain({});
  const auto turn = [&](SignalStage& s, std::int64_t t) {
    HitBlock hits;
    s.process(scene.block(t * 720, 720), hits);
    return hits;
  };
  stage.set_zones({half_turn(0.0, Metres(0.0), Metres(6000.0)), half_turn(1e-4, Metres(0.0), Metres(6000.0))});
  // As asked for elsewhere: the margin for interference, too.
  EXPECT_EQ(turn(stage, 0).bits, turn(plain, 0).bits);
  stage.set_zones({half_turn(1e-4, Metres(0.0), Metres(6000.0)), half_turn(0.0, Metres(0.0), Metres(6000.0))});
  EXPECT_NE(turn(stage, 1).bits, turn(plain, 1).bits);
  stage.set_zones({});
  EXPECT_EQ(turn(stage, 2).bits, turn(plain, 2).bits);
}

}  // namespace
}  // namespace headland::signal
