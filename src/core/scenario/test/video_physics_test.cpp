// SPDX-License-Identifier: Apache-2.0
// The parts of the physics as they show in the video: propagation, shadows, rain, quantisation.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/coverage/propagation.hpp"
#include "core/scenario/physics/rain.hpp"
#include "core/scenario/simulation.hpp"
#include "core/scenario/test/open_sea.hpp"

namespace headland::scenario {
namespace {

using namespace std::chrono_literals;

// With the mirror that the sea is.
Scene mirroring_sea() {
  Scene scene = open_sea();
  scene.radars.back().settings.antenna_height_m = 15.0;
  scene.sea.multipath = true;
  return scene;
}

// A steady point in the middle of a spoke and a cell.
VesselSpec point(std::size_t spoke, std::size_t cell, double height_m, double rcs_m2) {
  auto v = usual(VesselKind::reflector);
  v.name = "POINT";
  v.height_m = height_m;
  v.rcs_m2 = rcs_m2;
  const double bearing = (static_cast<double>(spoke) + 0.5) * 2.0 * std::numbers::pi / 512.0;
  const double range = (static_cast<double>(cell) + 0.5) * 20.0;
  v.points = {geo(range * std::sin(bearing), range * std::cos(bearing))};
  return v;
}

// Mean power over noise of a cell of a spoke, over so many turns.
class Played {
 public:
  Played(const Scene& scene, int turns) : radar_(scene.radars[0].settings) {
    Simulation simulation(scene, start, 1);
    SimulationOutput out;
    simulation.advance(start + to_duration(Seconds(turns * 60.0 / radar_.rotation_rpm + 0.01)), out);
    for (const auto& block : out.video) samples_.insert(samples_.end(), block.samples.begin(), block.samples.end());
  }
  [[nodiscard]] double level(std::size_t spoke, std::size_t cell) const {
    double sum = 0.0;
    int n = 0;
    for (std::size_t at = spoke * 512 + cell; at < samples_.size(); at += 512 * 512, ++n) sum += samples_[at];
    return sum / n;
  }
  [[nodiscard]] double power(std::size_t spoke, std::size_t cell) const {
    double sum = 0.0;
    int n = 0;
    for (std::size_t at = spoke * 512 + cell; at < samples_.size(); at += 512 * 512, ++n) {
      const double db = radar_.video_min_db + samples_[at] * (radar_.video_max_db - radar_.video_min_db) / 255.0;
      sum += std::pow(10.0, 0.1 * db);
    }
    return sum / n;
  }
  [[nodiscard]] double mean_power(std::size_t spoke, std::size_t first, std::size_t last) const {
    double sum = 0.0;
    for (std::size_t k = first; k < last; ++k) sum += power(spoke, k);
    return sum / static_cast<double>(last - first);
  }
  [[nodiscard]] const std::vector<std::uint8_t>& samples() const { return samples_; }

 private:
  RadarSettings radar_;
  std::vector<std::uint8_t> samples_;
};

TEST(VideoPropagation, AnEchoRisesAndSinksWithTheLobes) {
  auto scene = mirroring_sea();
  const auto constants = constants_of(scene.radars[0].settings);
  const coverage::PropagationPath path(constants.wavelength_m, 15.0, 4.0, 0.0);
  for (const std::size_t cell : {60U, 100U, 125U, 160U, 300U, 420U}) {
    scene.vessels = {point(100, cell, 4.0, 30.0)};
    const double range = (static_cast<double>(cell) + 0.5) * 20.0;
    const double expected = snr(constants, 30.0, range) * std::pow(path.factor(range), 4.0) *
                                vertical_gain(scene.radars[0].settings, std::atan2(15.0, range)) +
                            1.0;
    EXPECT_NEAR(10.0 * std::log10(Played(scene, 20).power(100, cell) / expected), 0.0, 1.0) << cell;
  }
}

// What fluctuates from turn to turn does so between two passages of the beam, not at north.
TEST(VideoVessels, NorthDoesNotCutAnEchoInTwo) {
  auto scene = mirroring_sea();
  scene.sea.multipath = false;
  auto boat = point(0, 150, 2.0, 1e5);
  boat.fluctuation = Fluctuation::swerling1;
  boat.points = {geo(0.0, 150.5 * 20.0)};
  scene.vessels = {boat};
  const Played played(scene, 12);
  const auto& samples = played.samples();
  const auto level = [&](std::size_t spoke) { return static_cast<int>(samples[spoke * 512 + 150]); };
  int least = 255;
  int most = 0;
  for (std::size_t turn = 1; turn < 12; ++turn) {
    EXPECT_NEAR(level(turn * 512 - 1), level(turn * 512), 1) << turn;
    least = std::min(least, level(turn * 512));
    most = std::max(most, level(turn * 512));
  }
  EXPECT_GT(most - least, 10);
}

TEST(VideoShadow, AShipHidesABoatBehindItAndTheSeaToo) {
  auto scene = mirroring_sea();
  scene.sea.multipath = false;
  scene.sea.wind_mps = 12.0;
  scene.sea.wind_from_deg = 70.0;
  auto boat = point(100, 150, 2.0, 1e5);
  auto free_boat = point(300, 150, 2.0, 1e5);
  free_boat.name = "FREE";
  auto ship = usual(VesselKind::tanker);
  ship.name = "SHIP";
  ship.behaviour = Behaviour::fixed;
  ship.ais = AisEquipment::none;
  ship.points = point(100, 100, 1.0, 1.0).points;
  ship.length_m = 300.0, ship.beam_m = 300.0;  // whatever its heading
  scene.vessels = {boat, free_boat, ship};
  const Played played(scene, 10);
  EXPECT_GT(played.power(300, 150), 1e4);
  EXPECT_LT(played.power(100, 150), 10.0);
  scene.vessels = {ship};
  const Played sea(scene, 40);
  const double behind = sea.mean_power(100, 125, 145);
  const double beside = sea.mean_power(80, 125, 145);
  EXPECT_LT(behind, 1.5);  // noise is 1
  EXPECT_GT(beside, 3.0);
}

TEST(VideoRain, WeakensWhatLiesBehindIt) {
  auto scene = mirroring_sea();
  scene.sea.multipath = false;
  scene.vessels = {point(100, 400, 20.0, 3e4)};
  const double dry = Played(scene, 4).power(100, 400);
  RainCell rain;
  rain.centre = here;
  rain.radius_m = 50'000.0;
  rain.rate_mm_h = 16.0;
  rain.speed_mps = 0.0;
  scene.rain = {rain};
  const double wet = Played(scene, 4).power(100, 400);
  const double expected = 2.0 * 8.01 * rain_attenuation_db_km(9.41, 16.0);
  EXPECT_NEAR(10.0 * std::log10(dry / wet), expected, 0.8);
  EXPECT_GT(expected, 4.0);
}

TEST(VideoRain, ItsEchoIsThatOfTheRadarEquation) {
  auto scene = mirroring_sea();
  RainCell rain;
  rain.centre = here;
  rain.radius_m = 50'000.0;
  rain.rate_mm_h = 4.0;
  rain.speed_mps = 0.0;
  scene.rain = {rain};
  const auto& radar = scene.radars[0].settings;
  const auto c = constants_of(radar);
  const double range = 150.5 * 20.0;
  // Beam by half the upright beam by pulse, two-way Gaussian patterns.
  const double volume = range * range * 1.5 * 22.0 * 0.5 / 2.0 * 1.064 * 1.064 * radians_per_degree *
                        radians_per_degree * speed_of_light_mps * radar.pulse_ns * 0.5e-9;
  const double left = std::pow(10.0, -0.2 * 3.01 * rain_attenuation_db_km(radar.frequency_ghz, 4.0));
  const double expected = snr(c, rain_reflectivity(c.wavelength_m, 4.0) * volume, range) * left + 1.0;
  const Played played(scene, 20);
  double sum = 0.0;
  for (std::size_t spoke = 0; spoke < 512; spoke += 4) sum += played.power(spoke, 150) / 128.0;
  EXPECT_NEAR(10.0 * std::log10(sum / expected), 0.0, 0.5);
}

TEST(VideoRain, DriftsAndChangesItsPlace) {
  auto scene = mirroring_sea();
  scene.rain.push_back({geo(0.0, 3000.0), 500.0, 30.0, 0.0, 100.0});  // 100 m/s north: 6 km in a minute
  Simulation simulation(scene, start, 1);
  SimulationOutput out;
  simulation.advance(start + 2100ms, out);
  out.clear();
  simulation.advance(start + 40s, out);
  // After 30 s it lies about 6 km out: cell 300, and no more at 150.
  double old_place = 0.0;
  double new_place = 0.0;
  for (const auto& block : out.video) {
    for (const auto& spoke : block.spokes) {
      if (spoke.sequence % 512 > 4 || spoke.time < start + 29s || spoke.time > start + 31s) continue;
      for (std::size_t k = 140; k < 160; ++k) old_place += block.samples[spoke.first_sample + k];
      for (std::size_t k = 290; k < 310; ++k) new_place += block.samples[spoke.first_sample + k];
    }
  }
  EXPECT_GT(new_place, 1.5 * old_place);
}

TEST(VideoLevels, OfLinearVideoAreInProportionToTheAmplitude) {
  auto scene = mirroring_sea();
  auto& radar = scene.radars[0].settings;
  radar.video_linear = true;
  radar.video_noise_level = 20.0;
  scene.sea.multipath = false;
  const auto constants = constants_of(radar);
  const double range = 300.5 * 20.0;
  const double rcs = 100.0 / snr(constants, 1.0, range);  // 20 dB over noise
  scene.vessels = {point(100, 300, 20.0, rcs)};
  const Played played(scene, 60);
  // Noise: mean 20, deviation 20 sqrt(4 / pi - 1) = 10.45; levels are rounded down, half a step on the mean.
  double sum = 0.0;
  double sum2 = 0.0;
  double n = 0.0;
  for (std::size_t i = 0; i < 512 * 512; i += 3, ++n) {
    if (i / 512 > 60 && i / 512 < 140) continue;
    const double v = played.samples()[i] + 0.5;
    sum += v, sum2 += v * v;
  }
  n -= 512.0 * 79.0 / 3.0;
  EXPECT_NEAR(sum / n, 20.0, 0.3);
  EXPECT_NEAR(std::sqrt(sum2 / n - sum / n * sum / n), 10.45, 0.3);
  EXPECT_NEAR(played.level(100, 300) + 0.5, 20.0 * 2.0 / std::sqrt(std::numbers::pi) * 10.0, 8.0);
}

}  // namespace
}  // namespace headland::scenario
