// SPDX-License-Identifier: Apache-2.0
// What is published beside what is detected: boats of just the published cross-section are put to water in the
// simulated sea, and 3 dB weaker and stronger ones.
#include "runtime/station/radar/radar_sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <span>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"
#include "core/plots/plot_extractor.hpp"
#include "core/scenario/simulation.hpp"
#include "runtime/station/radar/land_mask.hpp"

namespace headland::station {
namespace {

constexpr double pi = std::numbers::pi;
const GeoPosition here = GeoPosition::from_degrees(10.0, -150.0);
const LocalFrame frame(here);
const Timestamp start = Timestamp(std::chrono::seconds(1'767'225'600));
constexpr int learning = 30;  // turns
constexpr int counted = 24;

scenario::Scene sea(double wind_mps, double clutter_shape) {
  scenario::Scene scene;
  auto& r = scene.radars.emplace_back();
  r.position = here;
  r.settings.beam_deg = 1.2;
  r.settings.gain_db = 30.0;
  r.settings.peak_power_w = 10'000.0;
  r.settings.azimuths = 1024;
  r.settings.cells = 768;
  r.settings.video_max_db = 60.0;
  scene.sea.wind_mps = wind_mps;
  scene.sea.reflectivity = "nrl";
  scene.sea.clutter_shape = clutter_shape;
  return scene;
}

config::RadarSection section_of(const scenario::RadarSettings& radar) {
  config::RadarSection s;
  s.beam_width_deg = radar.beam_deg;
  s.decibels_per_level = (radar.video_max_db - radar.video_min_db) / 255.0;
  s.antenna_height_m = radar.antenna_height_m;
  s.peak_power_w = radar.peak_power_w;
  s.frequency_ghz = radar.frequency_ghz;
  s.pulse_ns = radar.pulse_ns;
  s.antenna_gain_db = radar.gain_db;
  s.noise_figure_db = radar.noise_figure_db;
  s.losses_db = radar.losses_db + 1.6;  // and the shape of the beam, which the simulated scan has by itself
  return s;
}

// The line as far as plots, as RadarChain makes it, on blocks in the place of datagrams.
struct Line {
  explicit Line(const config::RadarSection& section) {
    signal::Config signal;
    signal.law = signal::LevelLaw::logarithmic;
    signal.decibels_per_level = section.decibels_per_level;
    signal.beam_width = Angle::from_degrees(section.beam_width_deg);
    stage = std::make_unique<signal::SignalStage>(signal::sanitized(signal));
    stage->set_zones(detection_zones(section, true).zones);
    plots::Config plots;
    plots.beam_width = signal.beam_width;
    extractor = std::make_unique<plots::PlotExtractor>(plots::sanitized(plots));
  }
  std::unique_ptr<signal::SignalStage> stage;
  std::unique_ptr<plots::PlotExtractor> extractor;
  HitBlock hits;
  std::vector<PlotSector> sectors;

  void play(scenario::Simulation& simulation, double until_s) {
    scenario::SimulationOutput out;
    simulation.advance(start + to_duration(Seconds(until_s)), out);
    for (const auto& block : out.video) {
      stage->process(block, hits);
      extractor->process(hits, sectors);
    }
  }
};

constexpr double turn_s = 2.5;

using Zones = std::vector<config::DetectionZoneSection>;

RadarSensitivity learned(const scenario::Scene& scene, const RangeAzimuthMask& mask = {}, const Zones& zones = {}) {
  auto section = section_of(scene.radars[0].settings);
  section.zones = zones;
  Line line(section);
  line.stage->set_mask(mask);
  scenario::Simulation simulation(scene, start, 3);
  for (int t = 1; t <= learning; ++t) line.play(simulation, t * turn_s);
  return sensitivity_of(section, *line.stage);
}

struct Boat {
  double range_m, bearing_rad;
};

// A boat in the middle of every other region of a band, of the cross-section published there times `factor`.
std::vector<Boat> put_to_water(scenario::Scene& scene, const coverage::SensitivityMap& map, std::uint32_t band,
                               double factor) {
  std::vector<Boat> boats;
  for (std::uint32_t sector = 0; sector < map.sectors; sector += 2) {
    const double rcs = static_cast<double>(map.scan_m2[std::size_t{sector} * map.bands + band]) * factor;
    // The middle lies between two cells: boats anywhere in the farther one, as they are.
    const double middle_m = (map.range_start + (band + 0.5) * map.band_size).value();
    const Boat b{middle_m + 0.68 * (sector / 2 % 16), (sector + 0.5) * 2.0 * pi / map.sectors};
    boats.push_back(b);
    auto& spec = scene.vessels.emplace_back(scenario::usual(scenario::VesselKind::buoy));
    spec.name = "BOAT " + std::to_string(scene.vessels.size());
    spec.fluctuation = scenario::Fluctuation::swerling1;
    spec.length_m = spec.beam_m = 2.0;
    spec.rcs_m2 = rcs;
    spec.height_m = coverage::usual_height(rcs).value();
    spec.shows_from_s = learning * turn_s;
    spec.points = {
        frame.to_geo({Metres(b.range_m * std::sin(b.bearing_rad)), Metres(b.range_m * std::cos(b.bearing_rad))})};
  }
  return boats;
}

// Of turns in which there is a plot on a boat.
double detected_share(scenario::Scene scene, const coverage::SensitivityMap& map, std::span<const std::uint32_t> bands,
                      double factor, const Zones& zones) {
  std::vector<Boat> boats;
  for (const auto band : bands) {
    const auto more = put_to_water(scene, map, band, factor);
    boats.insert(boats.end(), more.begin(), more.end());
  }
  const double beam = scene.radars[0].settings.beam_deg * radians_per_degree;
  const auto is_on = [&](const Plot& p, const Boat& b) {
    return std::abs(p.range.value() - b.range_m) < 40.0 &&
           std::abs(std::remainder(p.bearing.radians() - b.bearing_rad, 2.0 * pi)) < 0.75 * beam;
  };
  auto section = section_of(scene.radars[0].settings);
  section.zones = zones;
  Line line(section);
  scenario::Simulation simulation(scene, start, 3);
  for (int t = 1; t <= learning; ++t) line.play(simulation, t * turn_s);
  int seen = 0;
  for (int t = learning + 1; t <= learning + counted; ++t) {
    line.sectors.clear();
    line.play(simulation, t * turn_s);
    for (const Boat& b : boats) {
      bool found = false;
      for (const auto& sector : line.sectors) {
        found = found || std::ranges::any_of(sector.plots, [&](const Plot& p) { return is_on(p, b); });
      }
      seen += found ? 1 : 0;
    }
  }
  return seen / (static_cast<double>(boats.size()) * counted);
}

// What is published is neither 3 dB too low nor 3 dB too high.
void expect_within_3_db(const scenario::Scene& scene, std::vector<std::uint32_t> bands, const std::string& what,
                        const Zones& zones = {}) {
  const auto published = learned(scene, {}, zones);
  const double weaker = detected_share(scene, published.map, bands, 0.5, zones);
  const double stronger = detected_share(scene, published.map, bands, 2.0, zones);
  EXPECT_LT(weaker, 0.8) << what;
  EXPECT_GT(stronger, 0.8) << what;
  ::testing::Test::RecordProperty(what, fmt::format("seen at -3 dB {:.2f}, at +3 dB {:.2f}", weaker, stronger));
}

TEST(RadarSensitivity, in_noise_is_what_boats_are_detected_at) {
  expect_within_3_db(sea(0.0, 1.5), {3, 6, 10}, "noise");
}

config::DetectionZoneSection zone(double from_deg, double to_deg, double false_alarm_probability) {
  config::DetectionZoneSection z;
  z.bearing_from_deg = from_deg;
  z.bearing_to_deg = to_deg;
  z.range_max_m = 20'000.0;
  z.false_alarm_probability = false_alarm_probability;
  return z;
}

// All round, a hundred times fewer false alarms or more.
TEST(RadarSensitivity, in_zones_is_what_boats_are_detected_at) {
  expect_within_3_db(sea(0.0, 1.5), {6}, "noise, zone of 1e-7", {zone(0.0, 0.0, 1e-7)});
  expect_within_3_db(sea(0.0, 1.5), {6}, "noise, zone of 1e-2", {zone(0.0, 0.0, 1e-2)});
}

TEST(RadarSensitivity, knows_zones_from_the_sea_beside_them) {
  const auto scene = sea(0.0, 1.5);
  const auto plain = learned(scene);
  const auto zoned = learned(scene, {}, {zone(0.0, 90.0, 1e-7), zone(90.0, 180.0, 0.0), zone(180.0, 270.0, 1e-2)});
  const auto ratio = [&](double bearing_deg, const std::vector<float>& with, const std::vector<float>& without) {
    const auto sector = static_cast<std::size_t>(bearing_deg / 360.0 * zoned.map.sectors);
    const std::size_t at = sector * zoned.map.bands + 6;
    return static_cast<double>(with[at]) / static_cast<double>(without[at]);
  };
  const auto in_a_scan = [&](double bearing_deg) { return ratio(bearing_deg, zoned.map.scan_m2, plain.map.scan_m2); };
  // An echo that is seen with 0.8 must be ln(P) / ln(0.8) times the noise: 7 against 4, 2 against 4.
  EXPECT_NEAR(in_a_scan(45.0), 7.0 / 4.0, 0.35);
  EXPECT_TRUE(std::isnan(in_a_scan(135.0)));
  EXPECT_NEAR(in_a_scan(225.0), 2.0 / 4.0, 0.15);
  EXPECT_EQ(in_a_scan(315.0), 1.0);
  EXPECT_GT(ratio(45.0, zoned.map.minute_m2, plain.map.minute_m2), 1.2);
  // What is known of the clutter does not depend on zones.
  EXPECT_EQ(ratio(135.0, zoned.clutter_db, plain.clutter_db), 1.0);
}

// Half a mile to a mile off: clutter 15 to 28 dB over noise.
TEST(RadarSensitivity, in_clutter_is_what_boats_are_detected_at) {
  expect_within_3_db(sea(9.0, 8.0), {1, 2}, "clutter of shape 8");
  expect_within_3_db(sea(9.0, 1.0), {1, 2}, "clutter of shape 1");
}

// Hills from 3 to 4 km in the north-east quarter, and the whole south-west beyond 4 km: more than a twentieth of all.
TEST(RadarSensitivity, says_nothing_of_land_and_of_its_shadow_and_the_same_of_the_open_sea) {
  auto scene = sea(0.0, 1.5);
  const auto open = learned(scene);
  RangeAzimuthMask mask(1024, Metres(25.0), 400);
  for (std::uint32_t a = 0; a < 256; ++a) mask.fill(a, Metres(3000.0), Metres(4000.0));
  for (std::uint32_t a = 512; a < 768; ++a) mask.fill(a, Metres(4000.0), Metres(10'000.0));
  const auto masked = learned(scene, mask);
  const auto at = [&](const RadarSensitivity& s, double bearing_deg, double range_m) {
    const auto sector = static_cast<std::size_t>(bearing_deg / 360.0 * s.map.sectors);
    const auto band = static_cast<std::size_t>((Metres(range_m) - s.map.range_start) / s.map.band_size);
    return static_cast<double>(s.map.scan_m2[sector * s.map.bands + band]);
  };
  EXPECT_TRUE(std::isnan(at(masked, 45.0, 3700.0)));   // land
  EXPECT_TRUE(std::isnan(at(masked, 45.0, 6000.0)));   // behind it
  EXPECT_TRUE(std::isnan(at(masked, 225.0, 7000.0)));  // land
  for (const double bearing : {45.0, 225.0, 135.0, 315.0}) {
    EXPECT_NEAR(at(masked, bearing, 2000.0) / at(open, bearing, 2000.0), 1.0, 0.1) << bearing;
  }
  EXPECT_NEAR(at(masked, 315.0, 7000.0) / at(open, 315.0, 7000.0), 1.0, 0.1);
}

// Within a mile waves of 9 m/s of wind, beyond five nothing but noise.
TEST(RadarSensitivity, tells_what_was_learned_of_the_clutter) {
  const auto s = learned(sea(9.0, 1.0));
  ASSERT_EQ(s.clutter_db.size(), std::size_t{s.map.sectors} * s.map.bands);
  double near = 0.0;
  double far = 0.0;
  for (std::uint32_t sector = 0; sector < s.map.sectors; ++sector) {
    near += static_cast<double>(s.clutter_db[sector * s.map.bands + 1]) / s.map.sectors;
    far += static_cast<double>(s.clutter_db[(sector + 1) * s.map.bands - 2]) / s.map.sectors;
  }
  EXPECT_GT(near, 15.0);
  EXPECT_LT(far, 3.0);
  const auto json = to_json("north", s);
  EXPECT_NE(json.find(",\"clutter_db\":["), std::string::npos);
  EXPECT_NE(json.find(",\"clutter_shape\":["), std::string::npos);
  EXPECT_NE(json.find(",\"clutter_uncalibrated\":\"\""), std::string::npos);
}

// Of a radar whose power nobody wrote down, too.
TEST(RadarSensitivity, tells_of_the_clutter_without_what_the_radar_radiates) {
  const auto scene = sea(0.0, 1.5);
  auto section = section_of(scene.radars[0].settings);
  section.peak_power_w = 0.0;
  Line line(section);
  scenario::Simulation simulation(scene, start, 3);
  line.play(simulation, 2 * turn_s);
  EXPECT_NE(sensitivity_of(section, *line.stage).clutter_uncalibrated, "");  // being learned
  for (int t = 3; t <= learning; ++t) line.play(simulation, t * turn_s);
  const auto s = sensitivity_of(section, *line.stage);
  EXPECT_EQ(s.clutter_uncalibrated, "");
  EXPECT_EQ(s.uncalibrated, "peak_power_w is not configured");
  EXPECT_TRUE(std::isfinite(s.clutter_db[3]));
}

// Where waves answer behind low land, they are seen: it hides nothing.
TEST(RadarSensitivity, behind_land_that_hides_nothing_is_told) {
  RangeAzimuthMask mask(1024, Metres(25.0), 400);
  for (std::uint32_t a = 0; a < 256; ++a) mask.fill(a, Metres(700.0), Metres(900.0));
  const auto told = learned(sea(9.0, 8.0), mask);
  EXPECT_TRUE(std::isfinite(told.map.scan_m2[4 * told.map.bands + 3]));
}

}  // namespace
}  // namespace headland::station
