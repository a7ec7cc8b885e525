// SPDX-License-Identifier: Apache-2.0
// Points drawn as beam and pulse paint them: when they are told as several, and when not.
#include "core/plots/split/echo_splitter.hpp"

#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "core/plots/plot_extractor.hpp"
#include "core/plots/test/drawing.hpp"

namespace headland::plots {
namespace {

constexpr double beam_spokes = 4.0;
constexpr double pulse_cells = 2.0;
constexpr double db_per_level = 0.5;

struct Point {
  double spoke, cell, db;  // over the threshold
  double phase = 0.0;      // turns
};

// The same in each of `turns` turns.
void draw(Drawing& drawing, const std::vector<Point>& points, int turns) {
  for (std::int64_t s = 0; s < spokes_per_turn; ++s) {
    for (std::uint32_t k = 0; k < cells; ++k) {
      std::complex<double> sum;
      for (const Point& p : points) {
        const double beams = (static_cast<double>(s) - p.spoke) / beam_spokes;
        const double pulses = std::abs(k - p.cell) / pulse_cells;
        if (std::abs(beams) > 4.0 || pulses >= 1.0) continue;
        sum += std::polar(std::pow(10.0, p.db / 20.0), 2.0 * std::numbers::pi * p.phase) *
               std::exp(-4.0 * std::numbers::ln2 * beams * beams) * (1.0 - pulses);
      }
      if (!(std::abs(sum) > 1.0)) continue;
      const double level = 100.0 + 20.0 * std::log10(std::abs(sum)) / db_per_level;
      for (int t = 0; t < turns; ++t) {
        drawing.dot(t * std::int64_t{spokes_per_turn} + s, k,
                    static_cast<std::uint8_t>(std::min(level + 0.999, 255.0)));
      }
    }
  }
}

Config config() {
  Config c;
  c.beam_width = Angle::from_degrees(beam_spokes * 360.0 / spokes_per_turn);
  c.pulse_length = Metres(pulse_cells * cell_m);
  return c;
}

// Plots of each turn.
std::vector<std::vector<Plot>> told(const std::vector<Point>& points, int turns = 4, bool has_strengths = true,
                                    const Config& with = config()) {
  Drawing drawing(std::int64_t{spokes_per_turn} * turns);
  for (HitSpoke& spoke : drawing.block().spokes) spoke.decibels_per_level = db_per_level;
  drawing.block().has_strengths = has_strengths;
  draw(drawing, points, turns);
  std::vector<std::vector<Plot>> out(static_cast<std::size_t>(turns));
  for (const PlotSector& sector : extract(drawing, with)) {
    auto& turn = out[sector.turn];
    turn.insert(turn.end(), sector.plots.begin(), sector.plots.end());
  }
  return out;
}

TEST(EchoSplitter, tells_two_points_apart_once_they_have_lain_so_for_two_turns) {
  const std::vector<Point> abreast = {{100.0, 200.0, 30.0}, {107.0, 200.0, 26.0}};
  const auto turns = told(abreast);
  EXPECT_EQ(turns[0].size(), 1U);
  EXPECT_EQ(turns[1].size(), 1U);
  ASSERT_EQ(turns[2].size(), 2U);
  ASSERT_EQ(turns[3].size(), 2U);
  const double spoke_deg = 360.0 / spokes_per_turn;
  const Plot& first = turns[3][0];
  const Plot& second = turns[3][1];
  EXPECT_NEAR(first.bearing.degrees(), 100.5 * spoke_deg, 2.0 * first.bearing_deviation.value() / radians_per_degree);
  EXPECT_NEAR(second.bearing.degrees(), 107.5 * spoke_deg, 2.0 * second.bearing_deviation.value() / radians_per_degree);
  EXPECT_NEAR(first.strength.value(), 30.0, 1.0);
  EXPECT_NEAR(second.strength.value(), 26.0, 1.5);
  EXPECT_LT(first.bearing_extent, turns[0][0].bearing_extent);
  // Nothing of the echo is lost or counted twice.
  EXPECT_EQ(first.cell_count + second.cell_count, turns[0][0].cell_count);

  const auto in_line = told({{100.0, 200.0, 30.0}, {100.0, 203.0, 28.0}});
  ASSERT_EQ(in_line[3].size(), 2U);
  EXPECT_NEAR((in_line[3][1].range - in_line[3][0].range).value(), 3.0 * cell_m, 5.0);
}

TEST(EchoSplitter, knows_less_of_the_place_of_a_part_than_of_an_echo_that_stands_alone) {
  const auto close = told({{100.0, 200.0, 30.0}, {100.0, 203.0, 30.0, 0.25}});
  const auto alone = told({{100.0, 200.0, 30.0}});
  ASSERT_EQ(close[3].size(), 2U);
  ASSERT_EQ(alone[3].size(), 1U);
  EXPECT_GT(close[3][0].range_deviation.value(), 1.1 * alone[3][0].range_deviation.value());
  EXPECT_LE(close[3][0].bearing_deviation.value(),
            1.001 * alone[3][0].bearing_deviation.value());  // one behind the other
}

TEST(EchoSplitter, leaves_one_what_beam_and_pulse_do_not_hold_apart) {
  EXPECT_EQ(told({{100.0, 200.0, 35.0}})[3].size(), 1U);
  EXPECT_EQ(told({{100.0, 200.0, 35.0}, {103.0, 200.0, 35.0}})[3].size(), 1U);  // 0.75 beams
  EXPECT_EQ(told({{100.0, 200.0, 35.0}, {100.0, 201.5, 35.0}})[3].size(), 1U);  // 0.75 pulses
}

TEST(EchoSplitter, leaves_one_where_noise_might_have_made_the_valley) {
  // The same valley, 8 dB deep, once well over the noise and once not.
  EXPECT_EQ(told({{100.0, 200.0, 30.0}, {106.5, 200.0, 30.0}})[3].size(), 2U);
  const std::vector<Point> weak = {{100.0, 200.0, 9.0}, {105.5, 200.0, 9.0}};
  EXPECT_EQ(told(weak)[3].size(), 1U);
  // Had fewer false alarms been asked for: the same threshold lies farther over the noise, which is then less.
  Config strict = config();
  strict.false_alarm_probability = 1e-9;
  EXPECT_EQ(told(weak, 4, true, strict)[3].size(), 2U);
}

TEST(EchoSplitter, leaves_one_a_hull_that_answers_between_its_ends) {
  std::vector<Point> hull;
  for (int i = 0; i <= 10; ++i) hull.push_back({100.0 + 1.2 * i, 200.0, 26.0, 0.37 * i * i});
  hull.front().db = hull.back().db = 36.0;
  EXPECT_EQ(told(hull)[3].size(), 1U);
}

TEST(EchoSplitter, leaves_one_what_has_many_tops) {
  std::vector<Point> quay;
  for (int i = 0; i < 5; ++i) quay.push_back({100.0 + 6.5 * i, 200.0, 30.0});
  EXPECT_EQ(told(quay)[3].size(), 1U);
  quay.resize(3);
  EXPECT_EQ(told(quay)[3].size(), 3U);
}

TEST(EchoSplitter, leaves_one_where_levels_say_nothing_or_it_is_switched_off) {
  const std::vector<Point> two = {{100.0, 200.0, 30.0}, {107.0, 200.0, 26.0}};
  EXPECT_EQ(told(two, 4, false)[3].size(), 1U);
  Config off = config();
  off.split_close = false;
  EXPECT_EQ(told(two, 4, true, off)[3].size(), 1U);
}

// Highlights of one hull: elsewhere along it in every turn.
TEST(EchoSplitter, leaves_one_what_looks_otherwise_in_every_turn) {
  PlotExtractor extractor(config());
  std::vector<PlotSector> sectors;
  for (int t = 0; t < 8; ++t) {
    Drawing drawing(spokes_per_turn, t * std::int64_t{spokes_per_turn});
    for (HitSpoke& spoke : drawing.block().spokes) spoke.decibels_per_level = db_per_level;
    drawing.block().has_strengths = true;
    const std::vector<Point> points = {{100.0, 200.0, 30.0},
                                       {100.0 + (t % 2 == 0 ? 6.5 : 0.0), t % 2 == 0 ? 200.0 : 203.0, 30.0}};
    Drawing plain(spokes_per_turn);
    draw(plain, points, 1);
    drawing.block().levels = plain.block().levels;
    drawing.block().bits = plain.block().bits;
    extractor.process(drawing.block(), sectors);
  }
  extractor.finish(sectors);
  EXPECT_EQ(plots_of(sectors).size(), 8U);
  EXPECT_EQ(extractor.counters().split, 0U);
}

// Where a sector ends between the two, each is in its own.
TEST(EchoSplitter, parts_go_into_their_sectors_in_time) {
  const double border = spokes_per_turn / 32.0 * 5.0;
  Drawing drawing(std::int64_t{spokes_per_turn} * 4);
  for (HitSpoke& spoke : drawing.block().spokes) spoke.decibels_per_level = db_per_level;
  drawing.block().has_strengths = true;
  draw(drawing, {{border - 2.0, 200.0, 30.0}, {border + 5.0, 200.0, 30.0}}, 4);
  PlotExtractor extractor(config());
  std::vector<PlotSector> sectors;
  extractor.process(drawing.block(), sectors);
  extractor.finish(sectors);
  int found = 0;
  for (const PlotSector& s : sectors) {
    if (s.turn != 3 || (s.sector != 4 && s.sector != 5)) continue;
    EXPECT_EQ(s.plots.size(), 1U) << s.sector;
    ++found;
  }
  EXPECT_EQ(found, 2);
  EXPECT_EQ(extractor.counters().late, 0U);
}

TEST(RunMemory, knows_what_it_has_forgotten) {
  RunMemory memory;
  const std::vector<std::uint8_t> levels(RunMemory::longest_run, 7);
  RunChain early;
  memory.begin_row(1, {});
  memory.append(early, memory.add(10, 20, 5, levels.data()));
  EXPECT_TRUE(memory.holds(early));
  RunChain few;
  memory.append(few, memory.add(30, 33, 5, levels.data()));
  std::array<std::uint8_t, 4> kept_few{};
  memory.copy_levels(memory.at(few.head), kept_few.data());
  EXPECT_EQ(kept_few, (std::array<std::uint8_t, 4>{7, 7, 7, 0}));
  EXPECT_FALSE(memory.holds(RunChain{}));
  RunChain late;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    if (i % 100 == 0) memory.begin_row(i, {});
    late = {};
    memory.append(late, memory.add(i, i + 200, 5, levels.data()));
    ASSERT_TRUE(memory.holds(late));
    std::array<std::uint8_t, 256> kept{};
    ASSERT_EQ(memory.at(late.head).length, 200U);
    memory.copy_levels(memory.at(late.head), kept.data());
    ASSERT_EQ(kept[0] + kept[199] + kept[200], 14);
  }
  EXPECT_FALSE(memory.holds(early));
  for (int i = 0; i < 2000; ++i) memory.begin_row(i, {});
  EXPECT_FALSE(memory.holds(late));
}

}  // namespace
}  // namespace headland::plots
