// SPDX-License-Identifier: Apache-2.0
// The rate of false alarms that was asked for, and the rate of detection that follows from it, measured on the whole
// stage as it is by default: interference, clutter map, CFAR. 1e-6 is measured by `make bench`.
#include <bit>
#include <cmath>
#include <tuple>

#include <gtest/gtest.h>

#include "core/signal/signal_stage.hpp"
#include "support/cell_source.hpp"

namespace headland::signal {
namespace {

using test::CellSource;
using test::CellTurns;

constexpr int warm_up = 60;  // turns until the map has settled

struct Measured {
  double hits = 0.0;
  double cells = 0.0;
  [[nodiscard]] double rate() const { return hits / cells; }
};

// Rate over `cells` cells of one law, after the map has settled.
Measured measure(const Config& config, const CellSource& source, double cells, std::uint32_t spokes = 512) {
  SignalStage stage(config);
  CellTurns turns{.spokes = spokes};
  Random random(7);
  HitBlock hits;
  const auto turn = [&] {
    stage.process(turns.next([&](std::uint32_t, std::uint8_t* row) { source.fill(random, row, turns.cells); }), hits);
  };
  for (int t = 0; t < warm_up; ++t) turn();
  const Counters before = stage.counters();
  while (static_cast<double>(stage.counters().cells - before.cells) < cells) turn();
  return {static_cast<double>(stage.counters().hits - before.hits),
          static_cast<double>(stage.counters().cells - before.cells)};
}

CellSource noise_of(LevelLaw law, double decibels_per_level) {
  switch (law) {
    case LevelLaw::logarithmic:
      return CellSource::logarithmic_noise(decibels_per_level, 80.0);
    case LevelLaw::square:
      return CellSource::square_noise(9.0);
    case LevelLaw::linear:
      break;
  }
  return CellSource::linear_noise(20.0);
}

class FalseAlarms : public testing::TestWithParam<std::tuple<LevelLaw, double>> {};

TEST_P(FalseAlarms, in_noise_are_as_many_as_asked_for_on_the_default_chain) {
  const auto [law, probability] = GetParam();
  Config config;
  config.law = law;
  config.false_alarm_probability = probability;
  if (law == LevelLaw::square) config.minimum_level = 0;
  const Measured measured = measure(config, noise_of(law, config.decibels_per_level), 1800.0 / probability);
  EXPECT_NEAR(measured.rate(), probability, 0.1 * probability);
}

INSTANTIATE_TEST_SUITE_P(Laws, FalseAlarms,
                         testing::Combine(testing::Values(LevelLaw::linear, LevelLaw::square, LevelLaw::logarithmic),
                                          testing::Values(1e-3, 1e-4, 1e-5)));

TEST(FalseAlarmRate, holds_for_each_detector_with_and_without_map) {
  for (const Averaging averaging :
       {Averaging::cell, Averaging::greatest_of, Averaging::smallest_of, Averaging::ordered, Averaging::automatic}) {
    for (const std::uint32_t turns_log2 : {0U, 4U}) {
      Config config;
      config.averaging = averaging;
      config.false_alarm_probability = 1e-4;
      config.clutter_turns_log2 = turns_log2;
      const Measured measured = measure(config, CellSource::linear_noise(20.0), 1.8e7);
      EXPECT_NEAR(measured.rate(), 1e-4, 1e-5) << static_cast<int>(averaging) << " map " << turns_log2;
    }
  }
}

TEST(FalseAlarmRate, holds_where_spokes_share_a_row_of_the_map) {
  for (const double spokes_a_beam : {8.0, 16.0, 40.0}) {  // 2, 4 and 8 spokes a row
    Config config;
    config.false_alarm_probability = 1e-4;
    config.beam_width = Angle::from_degrees(spokes_a_beam * 360.0 / 2048.0);
    const Measured measured = measure(config, CellSource::linear_noise(20.0), 1.8e7, 2048);
    EXPECT_NEAR(measured.rate(), 1e-4, 1e-5) << spokes_a_beam;
  }
}

TEST(FalseAlarmRate, holds_for_weak_and_strong_noise) {
  for (const double mean : {least_noise_level, 14.0, 40.0}) {
    Config config;
    config.false_alarm_probability = 1e-4;
    const Measured measured = measure(config, CellSource::linear_noise(mean), 1.8e7);
    EXPECT_NEAR(measured.rate(), 1e-4, 1e-5) << mean;
  }
}

TEST(FalseAlarmRate, is_within_a_factor_of_two_in_sea_clutter_of_known_shape) {
  for (const double shape : {0.5, 1.0, 3.0, 10.0}) {
    for (const double probability : {1e-3, 1e-4}) {
      Config config;
      config.clutter_shape = shape;
      config.false_alarm_probability = probability;
      // One look a beam: spokes wider than half a beam, where nothing is taken for interference.
      const Measured measured = measure(config, CellSource::k_clutter(shape, 12.0), 1000.0 / probability, 128);
      EXPECT_GT(measured.rate(), 0.5 * probability) << shape;
      EXPECT_LT(measured.rate(), 2.0 * probability) << shape;
    }
  }
}

TEST(FalseAlarmRate, is_within_a_factor_of_two_in_sea_clutter_whose_shape_nobody_told) {
  for (const LevelLaw law : {LevelLaw::linear, LevelLaw::logarithmic}) {
    for (const double shape : {0.5, 0.7, 1.0, 3.0, 10.0}) {
      for (const double probability : {1e-3, 1e-4}) {
        Config config;
        config.estimate_shape = true;
        config.law = law;
        config.false_alarm_probability = probability;
        const CellSource source = law == LevelLaw::linear
                                      ? CellSource::k_clutter(shape, 12.0)
                                      : CellSource::logarithmic_k_clutter(shape, config.decibels_per_level, 80.0);
        const Measured measured = measure(config, source, 1000.0 / probability, 128);
        RecordProperty("asked " + std::to_string(shape), std::to_string(measured.rate() / probability));
        EXPECT_GT(measured.rate(), 0.5 * probability) << shape;
        EXPECT_LT(measured.rate(), 2.0 * probability) << shape;
      }
    }
  }
}

TEST(FalseAlarmRate, is_within_a_factor_of_two_at_the_edge_of_clutter_once_the_map_knows_it) {
  for (const double probability : {1e-3, 1e-4}) {
    Config config;
    config.false_alarm_probability = probability;
    SignalStage stage(config);
    CellTurns turns{.spokes = 128, .cells = 1024};
    const CellSource noise = CellSource::linear_noise(10.0);
    const CellSource clutter = CellSource::linear_noise(40.0);  // 12 dB
    Random random(8);
    HitBlock hits;
    Measured measured;
    // Edges every 64 cells; the 20 cells of clutter next to one have noise in their window.
    for (int t = 0; t < warm_up + static_cast<int>(0.05 / probability); ++t) {
      stage.process(turns.next([&](std::uint32_t, std::uint8_t* row) {
        for (std::uint32_t k = 0; k < turns.cells; k += 64) {
          (k % 128 == 0 ? noise : clutter).fill(random, row + k, 64);
        }
      }),
                    hits);
      if (t < warm_up) continue;
      for (const HitSpoke& spoke : hits.spokes) {
        const auto bits = hits.bits_of(spoke);
        constexpr std::uint64_t at_edges = 0xFFFFF | std::uint64_t{0xFFFFF} << 44;
        for (std::size_t w = 1; w < bits.size(); w += 2) {
          measured.hits += std::popcount(bits[w] & at_edges);
          measured.cells += 40.0;
        }
      }
    }
    EXPECT_GT(measured.rate(), 0.5 * probability);
    EXPECT_LT(measured.rate(), 2.0 * probability);
  }
}

// Echoes of one cell by three spokes, far from each other and at other cells each turn: so few (one cell in a thousand)
// that they are not taken for spiky clutter.
struct EchoGrid {
  static constexpr std::uint32_t range_step = 128;
  static constexpr std::uint32_t spoke_step = 32;
  std::uint32_t first_cell = 0;
  std::vector<double> amplitude;  // of each, for this turn, over the root of the mean power of noise
};

double detection_rate(const Config& config, Fluctuation fluctuation, double snr_db) {
  SignalStage stage(config);
  CellTurns turns;
  Random random(9);
  constexpr double noise_mean = 20.0;
  const CellSource noise = CellSource::linear_noise(noise_mean);
  const double root_power = noise_mean * 2.0 / std::sqrt(std::numbers::pi);
  const double snr = std::pow(10.0, snr_db / 10.0);
  HitBlock hits;
  double detected = 0.0;
  double echoes = 0.0;
  std::vector<double> amplitude;
  for (int t = 0; t < warm_up + 480; ++t) {
    const std::uint32_t first = 2 + static_cast<std::uint32_t>(t) * 11 % 125;
    const SpokeBlock& block = turns.next([&](std::uint32_t s, std::uint8_t* row) {
      noise.fill(random, row, turns.cells);
      const std::uint32_t part = s % EchoGrid::spoke_step;
      if (t < warm_up || part > 2) return;
      if (part == 0) amplitude.clear();
      for (std::uint32_t k = first, i = 0; k < turns.cells; k += EchoGrid::range_step, ++i) {
        if (part == 0) {
          amplitude.push_back(std::sqrt(fluctuation == Fluctuation::slow ? snr * random.exponential() : snr));
        }
        const double a = std::hypot(amplitude[i] + std::sqrt(0.5) * random.normal(), std::sqrt(0.5) * random.normal());
        row[k] = static_cast<std::uint8_t>(std::min(255.0, a * root_power));
      }
    });
    stage.process(block, hits);
    if (t < warm_up) continue;
    for (const HitSpoke& spoke : hits.spokes) {
      const auto s = static_cast<std::uint32_t>(spoke.bearing.degrees() / 360.0 * turns.spokes);
      if (s % EchoGrid::spoke_step != 1) continue;
      for (std::uint32_t k = first; k < turns.cells; k += EchoGrid::range_step) {
        detected += static_cast<double>(hits.bits_of(spoke)[k / 64] >> (k % 64) & 1);
        echoes += 1.0;
      }
    }
  }
  return detected / echoes;
}

TEST(DetectionRate, in_noise_is_that_of_the_closed_form_for_swerling_0_and_1) {
  Config config;
  for (const double snr_db : {9.0, 11.0, 13.0}) {
    EXPECT_NEAR(detection_rate(config, Fluctuation::none, snr_db),
                detection_probability(config, Fluctuation::none, snr_db), 0.01)
        << snr_db;
  }
  for (const double snr_db : {8.0, 14.0, 18.0}) {
    EXPECT_NEAR(detection_rate(config, Fluctuation::slow, snr_db),
                detection_probability(config, Fluctuation::slow, snr_db), 0.01)
        << snr_db;
  }
}

}  // namespace
}  // namespace headland::signal
