// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/picture_chain.hpp"

#include <cmath>
#include <numbers>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::station {
namespace {

const Timestamp start = from_epoch_seconds(1'700'000'000.0);
Timestamp at(double s) { return start + to_duration(Seconds(s)); }

// A whole turn with one plot, in the video's own reference.
PlotSector turn(std::uint32_t number, Metres range, Bearing bearing, BearingReference reference) {
  PlotSector s;
  s.sensor = SensorId(1);
  s.reference = reference;
  s.turn = number;
  s.began = at(2.5 * number);
  s.ended = at(2.5 * number + 2.5);
  s.range_max = Metres(20'000.0);
  Plot p;
  p.time = at(2.5 * number + 2.5 * bearing.radians() / (2.0 * std::numbers::pi));
  p.range = range;
  p.bearing = bearing;
  p.range_deviation = Metres(8.0);
  p.bearing_deviation = from_degrees(0.3);
  p.strength = Decibels(20.0);
  p.cell_count = 12;
  s.plots.push_back(p);
  return s;
}

std::vector<std::uint8_t> sentence(const std::string& body, char begin = '$') {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  const auto text = fmt::format("{}{}*{:02X}\r\n", begin, body, sum);
  return {text.begin(), text.end()};
}

TEST(PictureChain, a_fixed_radar_puts_its_plots_on_the_ground) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
  PictureChain chain(config);
  EXPECT_TRUE(chain.is_located());
  PictureOutput out;
  for (std::uint32_t i = 0; i < 12; ++i) {
    chain.process(turn(i, Metres(5000.0), Bearing::from_degrees(90), BearingReference::true_north), out);
  }
  chain.flush(at(31), out);
  ASSERT_TRUE(out.published);
  ASSERT_EQ(out.published->picture->tracks.size(), 1U);
  const auto& track = out.published->picture->tracks[0];
  EXPECT_EQ(track.stage, TrackStage::confirmed);
  EXPECT_NEAR(range_bearing(GeoPosition::from_degrees(50.0, -1.0), track.position).range.value(), 5000.0, 30.0);
  EXPECT_LT(track.velocity.speed().value(), 1.0);
}

TEST(PictureChain, a_radar_high_above_the_sea_measures_along_the_line_of_sight) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
  config.antenna_height[SensorId(1)] = Metres(300.0);
  PictureChain chain(config);
  PictureOutput out;
  chain.process(turn(0, Metres(500.0), Bearing::from_degrees(90), BearingReference::true_north), out);
  ASSERT_EQ(out.sectors.size(), 1U);
  EXPECT_NEAR(out.sectors[0].plots[0].range.value(), 400.0, 1e-9);
  EXPECT_NEAR(out.sectors[0].plots[0].range_deviation.value(), 10.0, 1e-9);
  EXPECT_NEAR(out.sectors[0].range_max.value(), 20'000.0, 3.0);
  // Nearer than it is high: straight below, as uncertain as can be.
  chain.process(turn(1, Metres(200.0), Bearing::from_degrees(90), BearingReference::true_north), out);
  EXPECT_LT(out.sectors[1].plots[0].range.value(), 1.0);
  EXPECT_TRUE(std::isfinite(out.sectors[1].plots[0].range_deviation.value()));
}

TEST(PictureChain, plots_wait_for_the_position_of_a_radar_that_moves) {
  PictureChain chain(PictureChainConfig{});
  PictureOutput out;
  chain.process(turn(0, Metres(1000.0), Bearing(), BearingReference::true_north), out);
  EXPECT_TRUE(out.sectors.empty());
  EXPECT_FALSE(chain.is_located());
  chain.process(1000, at(2.6), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
  EXPECT_TRUE(chain.is_located());
  EXPECT_EQ(out.sectors.size(), 1U);
  EXPECT_NEAR(chain.frame().origin().latitude_deg(), 50.0, 1e-9);
}

TEST(PictureChain, without_any_position_it_goes_on_after_a_while) {
  PictureChain chain(PictureChainConfig{});
  PictureOutput out;
  for (std::uint32_t i = 0; i < 4; ++i) {
    chain.process(turn(i, Metres(1000.0), Bearing(), BearingReference::head_up), out);
  }
  EXPECT_EQ(out.sectors.size(), 4U);
  EXPECT_FALSE(chain.is_located());
}

TEST(PictureChain, a_station_of_ais_alone_lies_where_the_first_vessel_is) {
  PictureChain chain(PictureChainConfig{});
  PictureOutput out;
  for (const double s : {0.0, 2.0, 4.0}) {
    chain.process(1000, at(s), sentence("AIVDM,1,1,,A,1815:?Pu@SPl2`LQ4kaeRr0400SS,0", '!'), out);
  }
  EXPECT_TRUE(chain.is_located());
  chain.process_tick(at(5.0), out);
  ASSERT_TRUE(out.published);
  EXPECT_EQ(out.published->picture->tracks.size(), 1U);
}

TEST(PictureChain, own_heading_turns_head_up_plots) {
  PictureChain chain(PictureChainConfig{});
  PictureOutput out;
  for (int i = 0; i < 6; ++i) {
    chain.process(1000, at(i), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
    chain.process(1000, at(i), sentence("HEHDT,30.0,T"), out);
  }
  chain.process(turn(1, Metres(1000.0), Bearing::from_degrees(350), BearingReference::head_up), out);
  ASSERT_FALSE(out.sectors.empty());
  const auto& sector = out.sectors.back();
  EXPECT_EQ(sector.reference, BearingReference::true_north);
  EXPECT_NEAR(sector.plots[0].bearing.degrees(), 20.0, 1e-6);
}

// How far the bearing of a plot was turned on its way into the plane.
double turned_deg(PictureChain& chain, BearingReference reference) {
  PictureOutput out;
  chain.process(turn(3, Metres(1000.0), Bearing::from_degrees(100), reference), out);
  return out.sectors.back().plots[0].bearing.degrees() - 100.0;
}

TEST(PictureChain, video_is_turned_as_plots_are_by_a_magnetic_heading_and_the_variation_of_each_radar) {
  PictureChainConfig config;
  config.variation[SensorId(1)] = Angle::from_degrees(7.0);
  PictureChain chain(config);
  PictureOutput out;
  for (int i = 0; i < 6; ++i) {
    chain.process(1000, at(i), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
    chain.process(1000, at(i), sentence("HCHDG,30.0,,,,"), out);
  }
  for (const auto& [reference, degrees] : {std::pair(BearingReference::head_up, 37.0),
                                           {BearingReference::magnetic_north, 7.0},
                                           {BearingReference::true_north, 0.0}}) {
    EXPECT_NEAR(turned_deg(chain, reference), degrees, 1e-6);
    EXPECT_NEAR(chain.video_place(at(10.0), SensorId(1), reference).turn.degrees(), degrees, 1e-6);
  }
  // Another one whose variation nobody told.
  EXPECT_NEAR(chain.video_place(at(10.0), SensorId(2), BearingReference::head_up).turn.degrees(), 30.0, 1e-6);
}

TEST(PictureChain, video_is_held_at_the_last_heading_as_plots_are) {
  PictureChain chain(PictureChainConfig{});
  PictureOutput out;
  chain.process(1000, at(9.0), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
  for (int i = 5; i < 10; ++i) chain.process(1000, at(i), sentence("HEHDT,30.0,T"), out);
  EXPECT_NEAR(turned_deg(chain, BearingReference::head_up), 30.0, 1e-6);
  EXPECT_NEAR(chain.video_place(at(600.0), SensorId(1), BearingReference::head_up).turn.degrees(), 30.0, 1e-6);
}

TEST(PictureChain, video_is_shifted_by_what_registration_takes_off_the_plots) {
  PictureChainConfig config;
  const auto site = GeoPosition::from_degrees(50.0, -1.0);
  config.fixed_sites[SensorId(1)] = site;
  config.registration[SensorId(1)].significant_sigmas =
      0.01;  // one vessel proves nothing: another rotation is as likely
  config.registration[SensorId(1)].least_vessels = 1;
  config.registrar.search_s = 5.0;
  PictureChain chain(config);
  PictureOutput out;
  const LocalFrame frame(site);
  for (std::uint32_t i = 0; i < 120; ++i) {
    VesselReport report;
    report.mmsi = Mmsi(244'660'000);
    report.message_type = 1;
    report.position = frame.to_geo({Metres(5000.0), Metres(0.0)});
    report.speed = MetresPerSecond(0.0);
    std::string text;
    nmea::write_vdm(*ais::encode(report), {}, text);
    out.clear();
    chain.process(turn(i, Metres(5080.0), Bearing::from_degrees(91), BearingReference::true_north), out);
    chain.process(1000, at(2.5 * i + 2.6), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, out);
    chain.process_tick(at(2.5 * i + 2.7), out);
  }
  const auto& plot = out.sectors.back().plots[0];
  const auto place = chain.video_place(at(302.0), SensorId(1), BearingReference::true_north);
  EXPECT_LT(place.range_shift.value(), -30.0);
  EXPECT_LT(place.turn.degrees(), -0.4);
  EXPECT_NEAR(plot.range.value() - 5080.0, place.range_shift.value(), 1e-6);
  EXPECT_NEAR(plot.bearing.degrees() - 91.0, place.turn.degrees(), 1e-6);
}

TEST(PictureChain, numbers_that_a_crash_may_have_lost_are_given_to_nobody_else) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
  const auto first_number = [&](bool after_crash) {
    PictureChain chain(config);
    if (after_crash) chain.skip_numbers({100, 100, 100});
    PictureOutput out;
    for (std::uint32_t i = 0; i < 12; ++i) {
      chain.process(turn(i, Metres(5000.0), Bearing::from_degrees(90), BearingReference::true_north), out);
    }
    chain.flush(at(31), out);
    return chain.tracks().front().id.value();
  };
  EXPECT_EQ(first_number(false), 1U);
  EXPECT_GT(first_number(true), 50U);
}

TEST(PictureChain, a_checkpoint_goes_on_bit_for_bit) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
  PictureChain whole(config);
  PictureChain first(config);
  PictureOutput a;
  PictureOutput b;
  const auto step = [](PictureChain& chain, std::uint32_t i, PictureOutput& out) {
    chain.process(turn(i, Metres(3000.0 + 15.0 * i), Bearing::from_degrees(80), BearingReference::true_north), out);
    chain.process_tick(at(2.5 * i + 2.5), out);
  };
  for (std::uint32_t i = 0; i < 8; ++i) step(whole, i, a), step(first, i, b);
  const auto bytes = first.snapshot();
  PictureChain second(config);
  ASSERT_TRUE(second.restore(bytes));
  EXPECT_EQ(second.snapshot(), bytes);
  a.clear();
  b.clear();
  for (std::uint32_t i = 8; i < 20; ++i) step(whole, i, a), step(second, i, b);
  ASSERT_EQ(a.tracks.size(), b.tracks.size());
  for (std::size_t i = 0; i < a.tracks.size(); ++i) {
    EXPECT_EQ(a.tracks[i].id, b.tracks[i].id);
    EXPECT_EQ(a.tracks[i].state.position, b.tracks[i].state.position);
    EXPECT_EQ(a.tracks[i].existence, b.tracks[i].existence);
  }
  EXPECT_EQ(whole.snapshot(), second.snapshot());
  const EastNorth seen = a.tracks.back().state.position;
  const EastNorth beside{-seen.east, seen.north};
  EXPECT_EQ(second.detection(SensorId(1), seen), whole.detection(SensorId(1), seen));
  EXPECT_GT(*second.detection(SensorId(1), seen), *second.detection(SensorId(1), beside)) << "what was learned there";
}

TEST(PictureChain, a_checkpoint_of_nonsense_is_refused) {
  PictureChain chain(PictureChainConfig{});
  EXPECT_FALSE(chain.restore({}));
  const std::vector<std::uint8_t> noise(500, 0xA5);
  EXPECT_FALSE(chain.restore(noise));
}

// A square of land, 2 to 4 km east of 50 N 1 W.
std::shared_ptr<const CoastIndex> square_island() {
  CoastPolygon island;
  const LocalFrame frame(GeoPosition::from_degrees(50.0, -1.0));
  for (const auto& [e, n] : {std::pair(2000.0, -1000.0), {4000.0, -1000.0}, {4000.0, 1000.0}, {2000.0, 1000.0}}) {
    island.ring.push_back(frame.to_geo({Metres(e), Metres(n)}));
  }
  return std::make_shared<const CoastIndex>(CoastPolygons{island});
}

std::size_t plots_kept(PictureChainConfig config, Metres range, bool moving) {
  config.land_about = [](GeoPosition) { return square_island(); };
  if (!moving) config.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
  PictureChain chain(config);
  PictureOutput out;
  if (moving) chain.process(1000, at(0.1), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
  chain.process(turn(0, range, Bearing::from_degrees(90), BearingReference::true_north), out);
  EXPECT_EQ(chain.counters().plots + chain.counters().plots_on_land, 1U);
  return out.sectors.at(0).plots.size();
}

TEST(PictureChain, plots_on_charted_land_are_dropped_for_radars_that_stand_and_that_move) {
  for (const bool moving : {false, true}) {
    EXPECT_EQ(plots_kept({}, Metres(3000.0), moving), 0U);
    EXPECT_EQ(plots_kept({}, Metres(1900.0), moving), 1U);
    EXPECT_EQ(plots_kept({}, Metres(4100.0), moving), 1U);
  }
}

TEST(PictureChain, a_margin_widens_the_land_and_a_negative_one_keeps_all_plots) {
  PictureChainConfig wide;
  wide.land_margin[SensorId(1)] = Metres(150.0);
  EXPECT_EQ(plots_kept(wide, Metres(1900.0), false), 0U);
  EXPECT_EQ(plots_kept(wide, Metres(1800.0), false), 1U);
  PictureChainConfig off;
  off.land_margin[SensorId(1)] = Metres(-1.0);
  EXPECT_EQ(plots_kept(off, Metres(3000.0), false), 1U);
}

TEST(PictureChain, plots_of_a_radar_that_nobody_placed_are_counted_and_left_out_beside_a_placed_one) {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = GeoPosition::from_degrees(50.0, -1.0);
  PictureChain chain(config);
  PictureOutput out;
  auto other = turn(0, Metres(1000.0), Bearing(), BearingReference::true_north);
  other.sensor = SensorId(2);
  chain.process(other, out);
  EXPECT_TRUE(out.sectors.empty());
  EXPECT_EQ(chain.counters().sectors_without_site, 1U);
  EXPECT_FALSE(chain.knows_site(SensorId(2)));
  EXPECT_TRUE(chain.knows_site(SensorId(1)));
  // Once own position is known it is on board.
  chain.process(1000, at(2.6), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
  other = turn(1, Metres(1000.0), Bearing(), BearingReference::true_north);
  other.sensor = SensorId(2);
  chain.process(other, out);
  EXPECT_EQ(out.sectors.size(), 1U);
  EXPECT_TRUE(chain.knows_site(SensorId(2)));
}

}  // namespace
}  // namespace headland::station
