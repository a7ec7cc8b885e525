// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/radar_chain.hpp"

#include <gtest/gtest.h>

#include "codec/asterix/cat240.hpp"
#include "core/plots/blanked.hpp"

namespace headland::station {
namespace {

const Timestamp start = from_epoch_seconds(1'700'000'000.0);

// Four turns of video with one echo at 45 deg and one at 225 deg.
std::size_t plots_of(RadarChain& chain, RadarOutput& out) {
  constexpr std::uint32_t azimuths = 128;
  for (std::uint32_t n = 0; n < 4 * azimuths; ++n) {
    const std::uint32_t a = n % azimuths;
    std::vector<std::uint8_t> cells(256);
    for (std::size_t k = 0; k < cells.size(); ++k) cells[k] = static_cast<std::uint8_t>(16 + (k * 31 + a * 17) % 8);
    if (a % 64 == 16 || a % 64 == 17) std::fill_n(cells.begin() + 100, 4, std::uint8_t{220});
    asterix::Cat240Video video;
    video.sequence = n;
    video.start_azimuth = static_cast<std::uint16_t>(a * (65536 / azimuths));
    video.end_azimuth = static_cast<std::uint16_t>((a + 1) * (65536 / azimuths));
    video.cell_duration_fs = 66'666'667;
    video.cell_count = static_cast<std::uint32_t>(cells.size());
    video.cells = cells;
    std::vector<std::uint8_t> bytes;
    EXPECT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, bytes));
    chain.process(start + std::chrono::milliseconds(10 * n), bytes, out);
  }
  chain.finish(out);
  std::size_t plots = 0;
  for (const auto& sector : out.sectors) plots += sector.plots.size();
  return plots;
}

// Azimuths of CAT240 may fall; nothing behind the decoder could count the turns.
TEST(RadarChain, an_antenna_that_turns_anticlockwise_is_refused_and_named) {
  RadarChain chain(config::RadarSection{}, SensorId(1));
  RadarOutput out;
  constexpr std::uint32_t azimuths = 512;
  for (std::uint32_t n = 0; n < 2 * azimuths; ++n) {
    const std::uint32_t a = azimuths - 1 - n % azimuths;
    std::vector<std::uint8_t> cells(256);
    for (std::size_t k = 0; k < cells.size(); ++k) cells[k] = static_cast<std::uint8_t>(16 + (k * 31 + a * 17) % 8);
    asterix::Cat240Video video;
    video.sequence = n;
    video.start_azimuth = static_cast<std::uint16_t>((a + 1) * (65536 / azimuths));
    video.end_azimuth = static_cast<std::uint16_t>(a * (65536 / azimuths));
    video.cell_duration_fs = 66'666'667;
    video.cell_count = static_cast<std::uint32_t>(cells.size());
    video.cells = cells;
    std::vector<std::uint8_t> bytes;
    ASSERT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, bytes));
    chain.process(start + std::chrono::milliseconds(5 * n), bytes, out);
  }
  chain.finish(out);
  EXPECT_GE(chain.rejected().at("antenna-turns-anticlockwise"), 2U * azimuths - 10U);
  for (const PlotSector& sector : out.sectors) EXPECT_TRUE(sector.plots.empty());
}

std::size_t plots_of(RadarChain& chain) {
  RadarOutput out;
  return plots_of(chain, out);
}

RangeAzimuthMask land_in_the_east() {
  RangeAzimuthMask mask(360, Metres(100.0), 100);
  blank(mask, {Bearing(), Bearing::from_degrees(180), Metres(0.0), Metres(10'000.0)});
  return mask;
}

std::size_t plots_with_land(const std::string& reference, std::vector<double> blind_sectors_deg = {}) {
  config::RadarSection section;
  section.bearing_reference = reference;
  section.blind_sectors_deg = std::move(blind_sectors_deg);
  RadarChain chain(section, SensorId(1));
  chain.set_land_mask(land_in_the_east());
  return plots_of(chain);
}

// False alarms and speed are measured on signal::Config{} (false_alarm_test, line_bench): what a station runs unless
// told.
TEST(RadarChain, runs_by_default_what_is_measured_and_benchmarked) {
  const RadarChain chain(config::RadarSection{}, SensorId(1));
  const signal::Config& ours = chain.signal_stage().config();
  const signal::Config measured;
  EXPECT_EQ(ours.averaging, measured.averaging);
  EXPECT_EQ(ours.guard_cells, measured.guard_cells);
  EXPECT_EQ(ours.training_cells, measured.training_cells);
  EXPECT_EQ(ours.false_alarm_probability, measured.false_alarm_probability);
  EXPECT_EQ(ours.clutter_shape, measured.clutter_shape);
  EXPECT_EQ(ours.estimate_shape, measured.estimate_shape);
  EXPECT_EQ(ours.minimum_level, measured.minimum_level);
  EXPECT_EQ(ours.censor, measured.censor);
  EXPECT_EQ(ours.interference_margin, measured.interference_margin);
  EXPECT_EQ(ours.clutter_turns_log2, measured.clutter_turns_log2);
  EXPECT_EQ(ours.clutter_echo_step, measured.clutter_echo_step);
  EXPECT_EQ(ours.law, measured.law);
}

TEST(RadarChain, a_memory_of_the_clutter_that_is_damaged_or_of_another_radar_is_refused_with_the_reason) {
  RadarChain damaged(config::RadarSection{}, SensorId(1));
  damaged.resume_clutter({}, start);
  EXPECT_EQ(damaged.clutter_resumption().why, signal::MemoryRefusal::damaged);
  signal::ClutterMemory memory;
  memory.name = "another";
  memory.cell_size = Metres(10.0);
  memory.spoke_width = Angle::from_degrees(1.0);
  memory.capacity = 128;
  memory.looks.assign(1, 1);
  memory.levels.assign(128, 1);
  memory.shapes.looks.assign(signal::ShapeMap::patch_sectors, 0);
  RadarChain other(config::RadarSection{}, SensorId(1));
  other.resume_clutter(signal::encode(memory), start);
  EXPECT_EQ(other.clutter_resumption().fate, signal::MemoryFate::refused);
  EXPECT_EQ(other.clutter_resumption().why, signal::MemoryRefusal::other_radar);
}

TEST(RadarChain, land_is_masked_in_true_bearings) { EXPECT_EQ(plots_with_land("true"), 4U); }

TEST(RadarChain, land_is_not_masked_where_bearings_are_from_the_bow_or_magnetic) {
  EXPECT_EQ(plots_with_land("head-up"), 8U);
  EXPECT_EQ(plots_with_land("magnetic"), 8U);
}

TEST(RadarChain, blind_sectors_are_masked_in_the_bearings_of_the_video_whatever_these_are) {
  EXPECT_EQ(plots_with_land("head-up", {200.0, 250.0}), 4U);
}

TEST(RadarChain, a_beam_that_is_not_told_is_that_of_the_usual_antenna_of_the_protocol) {
  config::RadarSection section;
  section.protocol = "raymarine-quantum";
  const RadarChain usual(section, SensorId(1));
  EXPECT_NEAR(usual.signal_stage().config().beam_width.degrees(), 4.9, 1e-9);
  section.beam_width_deg = 1.2;
  const RadarChain told(section, SensorId(1));
  EXPECT_NEAR(told.signal_stage().config().beam_width.degrees(), 1.2, 1e-9);
}

TEST(RadarChain, what_is_masked_is_told_to_be_not_looked_at) {
  config::RadarSection section;
  section.blind_sectors_deg = {200.0, 250.0};
  section.range_min_m = 400.0;
  RadarChain chain(section, SensorId(1));
  RadarOutput out;
  plots_of(chain, out);
  bool blanked = false;
  for (const PlotSector& s : out.sectors) {
    EXPECT_EQ(s.range_min, Metres(400.0));
    const Bearing middle = s.from + Angle(Radians(0.5 * clockwise_from(s.from, s.to)));
    const double share = blanked_share(s.blanked, middle, Radians(0.0), Metres(1000.0), Metres(0.0));
    EXPECT_EQ(share > 0.5, middle.degrees() > 200.0 && middle.degrees() < 250.0) << middle.degrees();
    blanked = blanked || share > 0.5;
  }
  EXPECT_TRUE(blanked);
}

TEST(RadarChain, in_a_silent_zone_nothing_is_found_and_that_is_told_to_be_not_looked_at) {
  config::RadarSection section;
  section.bearing_reference = "true";
  section.latitude_deg = 50.0;
  section.longitude_deg = -1.0;
  auto& zone = section.zones.emplace_back();
  // South-west: the echo at 225 degrees.
  zone.points = {{49.96, -1.001}, {49.999, -1.001}, {49.999, -1.06}, {49.96, -1.06}};
  const auto look = [&] {
    RadarChain chain(section, SensorId(1));
    RadarOutput out;
    const std::size_t plots = plots_of(chain, out);
    double share = 0.0;
    for (const PlotSector& s : out.sectors) {
      share = std::max(share, blanked_share(s.blanked, Bearing::from_degrees(225), {}, Metres(1000.0), {}));
      EXPECT_EQ(blanked_share(s.blanked, Bearing::from_degrees(45), {}, Metres(1000.0), {}), 0.0);
    }
    return std::pair(plots, share > 0.9);
  };
  EXPECT_EQ(look(), std::pair(std::size_t{4}, true));
  // What comes later holds: seen again.
  section.zones.push_back(zone);
  section.zones[1].false_alarm_probability = 1e-4;
  EXPECT_EQ(look(), std::pair(std::size_t{8}, false));
  // Corners need true bearings.
  section.zones.pop_back();
  section.bearing_reference = "magnetic";
  EXPECT_EQ(look(), std::pair(std::size_t{8}, false));
}

}  // namespace
}  // namespace headland::station
