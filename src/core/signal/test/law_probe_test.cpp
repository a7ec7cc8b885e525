// SPDX-License-Identifier: Apache-2.0
#include "core/signal/stage/law_probe.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/signal/signal_stage.hpp"
#include "support/cell_source.hpp"

namespace headland::signal {
namespace {

using test::CellSource;
using test::CellTurns;

constexpr std::size_t cells = 1024;
constexpr std::size_t spokes = 400;

// Of spokes that a function fills: fill(random, spoke, row).
template <class Fill>
std::optional<MeasuredLaw> measured_of(Fill fill) {
  LawProbe probe;
  Random random(1);
  std::vector<std::uint8_t> row(cells);
  for (std::size_t s = 0; s < spokes; ++s) {
    fill(random, s, row);
    probe.add(row);
  }
  return probe.result();
}

std::optional<MeasuredLaw> measured(const CellSource& noise) {
  return measured_of([&](Random& random, std::size_t, auto& row) { noise.fill(random, row.data(), cells); });
}

TEST(LawProbe, tells_logarithmic_video_and_how_many_decibels_a_level_is) {
  for (const double step : {0.12, 0.2, 1.0 / 3.0, 0.5, 1.0}) {
    const auto law = measured(CellSource::logarithmic_noise(step, std::min(150.0, 40.0 / step)));
    ASSERT_TRUE(law) << step;
    EXPECT_TRUE(law->is_logarithmic) << step;
    EXPECT_NEAR(law->decibels_per_level / step, 1.0, 0.03) << step;
  }
}

TEST(LawProbe, tells_video_proportional_to_amplitude_or_power) {
  for (const double mean : {10.0, 20.0, 50.0}) {
    for (const auto& noise : {CellSource::linear_noise(mean), CellSource::square_noise(mean)}) {
      const auto law = measured(noise);
      EXPECT_FALSE(law && law->is_logarithmic) << mean;
    }
    EXPECT_TRUE(measured(CellSource::linear_noise(mean))) << mean;
  }
}

// A radar that sends the mean power of four pulses.
TEST(LawProbe, noise_that_the_radar_has_averaged_gives_the_same_decibels) {
  const auto law = measured_of([](Random& random, std::size_t, auto& row) {
    for (auto& level : row) {
      double power = 0.0;
      for (int i = 0; i < 4; ++i) power -= 0.25 * std::log(1.0 - random.uniform());
      level = static_cast<std::uint8_t>(std::clamp(60.0 + 10.0 * std::log10(power) / 0.25, 0.0, 255.0));
    }
  });
  ASSERT_TRUE(law);
  EXPECT_TRUE(law->is_logarithmic);
  EXPECT_NEAR(law->decibels_per_level, 0.25, 0.03);
}

// Land over a third of the horizon, and sea clutter near the antenna over half of it.
TEST(LawProbe, land_and_sea_clutter_do_not_change_what_it_tells) {
  const auto noise = CellSource::logarithmic_noise(0.333, 60.0);
  const auto sea = CellSource::logarithmic_k_clutter(1.0, 0.333, 110.0);
  const auto law = measured_of([&](Random& random, std::size_t s, auto& row) {
    noise.fill(random, row.data(), cells);
    if (s < spokes / 2) sea.fill(random, row.data(), cells / 4);
    if (s <= 2 * spokes / 3) return;
    for (auto& level : row) level = static_cast<std::uint8_t>(100.0 + 80.0 * random.uniform() * random.uniform());
  });
  ASSERT_TRUE(law);
  EXPECT_TRUE(law->is_logarithmic);
  EXPECT_NEAR(law->decibels_per_level, 0.333, 0.02);
}

// Video whose scale begins ten decibels under the mean of the noise: a tenth of the cells are zero.
TEST(LawProbe, noise_whose_weakest_cells_are_cut_off_tells_the_same) {
  const auto law = measured(CellSource::logarithmic_noise(0.333, 30.0));
  ASSERT_TRUE(law);
  EXPECT_TRUE(law->is_logarithmic);
  EXPECT_NEAR(law->decibels_per_level, 0.333, 0.01);
}

TEST(LawProbe, says_nothing_of_video_whose_noise_is_cut_off_or_that_it_saw_little_of) {
  EXPECT_FALSE(measured(CellSource::linear_noise(0.8)));
  EXPECT_FALSE(measured(CellSource([](double) { return 0.0; })));
  LawProbe probe;
  EXPECT_FALSE(probe.result());
  std::vector<std::uint8_t> row(cells, 40);
  for (int s = 0; s < 10; ++s) probe.add(row);
  EXPECT_FALSE(probe.result());
  for (int s = 0; s < 1000; ++s) probe.add(row);
  EXPECT_FALSE(probe.result()) << "level without any noise";
  probe.add(std::span(row).first(40));
  EXPECT_FALSE(probe.result());
}

// The stage told nothing gives from the second whole turn on what the stage gives that was told.
TEST(MeasuredLaw, holds_the_false_alarms_asked_for_in_logarithmic_video_of_which_nobody_told) {
  Config config;
  config.false_alarm_probability = 1e-3;
  config.minimum_level = 0;
  config.measure_law = true;
  SignalStage stage(config);
  const auto noise = CellSource::logarithmic_noise(0.333, 60.0);
  Random random(7);
  CellTurns video;
  HitBlock hits;
  const auto turn = [&] {
    stage.process(video.next([&](std::uint32_t, std::uint8_t* row) { noise.fill(random, row, video.cells); }), hits);
  };
  for (int t = 0; t < 30; ++t) turn();
  EXPECT_TRUE(stage.counters().law_is_measured);
  EXPECT_NEAR(stage.counters().decibels_per_level, 0.333, 0.02);
  EXPECT_DOUBLE_EQ(hits.spokes.back().decibels_per_level, stage.counters().decibels_per_level);
  const Counters before = stage.counters();
  for (int t = 0; t < 10; ++t) turn();
  const Counters after = stage.counters();
  const double rate = static_cast<double>(after.hits - before.hits) / static_cast<double>(after.cells - before.cells);
  EXPECT_GT(rate, 0.7e-3);
  EXPECT_LT(rate, 1.4e-3);
}

TEST(MeasuredLaw, is_the_same_however_the_spokes_come_in_blocks) {
  Config config;
  config.measure_law = true;
  const auto noise = CellSource::logarithmic_noise(0.333, 60.0);
  const auto run = [&](std::size_t block_spokes) {
    SignalStage stage(config);
    Random random(9);
    CellTurns video;
    std::vector<std::uint8_t> thresholds;
    std::vector<double> laws;
    for (int t = 0; t < 3; ++t) {
      const SpokeBlock whole =
          video.next([&](std::uint32_t, std::uint8_t* row) { noise.fill(random, row, video.cells); });
      for (std::size_t s = 0; s < whole.spokes.size(); s += block_spokes) {
        SpokeBlock part = whole;
        const auto first = whole.spokes.begin() + static_cast<std::ptrdiff_t>(s);
        part.spokes.assign(first, first + static_cast<std::ptrdiff_t>(std::min(block_spokes, whole.spokes.size() - s)));
        HitBlock hits;
        stage.process(part, hits);
        for (const HitSpoke& spoke : hits.spokes) {
          const auto row = hits.thresholds_of(spoke);
          thresholds.insert(thresholds.end(), row.begin(), row.end());
          laws.push_back(spoke.decibels_per_level);
        }
      }
    }
    return std::pair(thresholds, laws);
  };
  const auto one = run(512);
  EXPECT_GT(one.second.back(), 0.0);
  EXPECT_EQ(one.second.front(), 0.0);
  EXPECT_EQ(one, run(100));
}

TEST(MeasuredLaw, what_was_told_is_not_measured) {
  SignalStage stage({});
  const auto noise = CellSource::logarithmic_noise(0.333, 60.0);
  Random random(7);
  CellTurns video;
  HitBlock hits;
  for (int t = 0; t < 4; ++t) {
    stage.process(video.next([&](std::uint32_t, std::uint8_t* row) { noise.fill(random, row, video.cells); }), hits);
  }
  EXPECT_FALSE(stage.counters().law_is_measured);
  EXPECT_EQ(stage.counters().decibels_per_level, 0.0);
}

}  // namespace
}  // namespace headland::signal
