// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/simulation.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/scenario/test/open_sea.hpp"

namespace headland::scenario {
namespace {

using namespace std::chrono_literals;

// Turns of video as amplitudes in dB over noise, [turn][azimuth][cell].
std::vector<double> decibels(const SimulationOutput& out, const RadarSettings& radar) {
  std::vector<double> all;
  for (const auto& block : out.video) {
    for (const auto s : block.samples) {
      all.push_back(radar.video_min_db + s * (radar.video_max_db - radar.video_min_db) / 255.0);
    }
  }
  return all;
}
double power(double db) { return std::pow(10.0, db / 10.0); }

SimulationOutput played(const Scene& scene, double seconds, double step_s, std::uint64_t seed = 1) {
  Simulation simulation(scene, start, seed);
  SimulationOutput out;
  for (double t = step_s; t < seconds + step_s / 2.0; t += step_s)
    simulation.advance(start + to_duration(Seconds(t)), out);
  return out;
}

TEST(Video, NoiseHasTheStatisticsOfLogarithmicReceiverNoise) {
  auto scene = open_sea();
  scene.radars[0].settings.video_min_db = -40.0;  // nothing is cut off
  const auto db = decibels(played(scene, 4.1, 4.1), scene.radars[0].settings);
  ASSERT_GE(db.size(), 2U * 512U * 512U - 32U * 512U);
  double sum = 0.0;
  double sum2 = 0.0;
  double linear = 0.0;
  for (const double d : db) {
    sum += d;
    sum2 += d * d;
    linear += power(d);
  }
  const auto n = static_cast<double>(db.size());
  // 10 log10 of an exponential variate of mean 1: mean -2.507 dB, deviation 5.570 dB.
  EXPECT_NEAR(sum / n, -2.507, 0.05);
  EXPECT_NEAR(std::sqrt(sum2 / n - sum / n * sum / n), 5.570, 0.05);
  EXPECT_NEAR(linear / n, 1.0, 0.02);
}

TEST(Video, AnEchoHasTheStrengthOfTheRadarEquation) {
  auto scene = open_sea();
  auto target = usual(VesselKind::buoy);
  target.name = "TARGET";
  target.rcs_m2 = 10.0;
  target.height_m = 20.0;
  // In the middle of a spoke and of a cell, so that neither pattern nor pulse takes anything away.
  const double bearing = (100 + 0.5) * 2.0 * std::numbers::pi / 512.0;
  const double range = 200.5 * 20.0;
  target.points = {geo(range * std::sin(bearing), range * std::cos(bearing))};
  scene.vessels = {target};
  const auto& radar = scene.radars[0].settings;
  const double turns = 200;
  const auto db = decibels(played(scene, 2.0 * turns + 0.5, 25.0), radar);
  double sum = 0.0;
  int count = 0;
  for (std::size_t spoke = 100; (spoke + 1) * 512 <= db.size(); spoke += 512) {
    sum += power(db[spoke * 512 + 200]);
    ++count;
  }
  ASSERT_GE(count, 195);
  const double expected = snr(constants_of(radar), 10.0, range) + 1.0;  // and the noise
  // Swerling 1: the mean of n exponential variates is right to 1/sqrt(n) (7 %); four deviations.
  EXPECT_NEAR(sum / count / expected, 1.0, 0.28);
}

TEST(Video, AVesselBelowTheHorizonIsNotThere) {
  auto scene = open_sea();
  auto& radar = scene.radars[0].settings;
  radar.antenna_height_m = 4.0;
  radar.cell_m = 60.0;
  auto target = usual(VesselKind::fishing_boat);
  target.behaviour = Behaviour::fixed;
  target.name = "TARGET";
  target.rcs_m2 = 1e6;
  target.height_m = 1.0;
  target.points = {geo(0.0, horizon_m(4.0) + horizon_m(1.0) + 200.0)};
  scene.vessels = {target};
  const auto hidden = decibels(played(scene, 2.1, 2.1), radar);
  EXPECT_LT(*std::max_element(hidden.begin(), hidden.end()), 15.0);
  scene.vessels[0].points = {geo(0.0, horizon_m(4.0) + horizon_m(1.0) - 3000.0)};
  const auto seen = decibels(played(scene, 2.1, 2.1), radar);
  EXPECT_GT(*std::max_element(seen.begin(), seen.end()), 25.0);
}

TEST(Video, SeaClutterFadesWithRangeAndIsStrongestUpwind) {
  auto scene = open_sea();
  scene.sea.wind_mps = 9.0;
  scene.sea.wind_from_deg = 180.0;
  const auto db = decibels(played(scene, 20.1, 20.1), scene.radars[0].settings);
  const auto mean = [&](std::size_t azimuth, std::size_t cell) {
    double sum = 0.0;
    int n = 0;
    for (std::size_t row = 0; (row + 1) * 512 <= db.size(); ++row) {
      const std::size_t off = (row % 512 + 512 - azimuth) % 512;
      if (off > 32 && off < 480) continue;
      for (std::size_t k = cell; k < cell + 10; ++k, ++n) sum += power(db[row * 512 + k]);
    }
    return sum / n;
  };
  const double near = mean(256, 40);
  const double middle = mean(256, 120);
  EXPECT_GT(near, 5.0 * middle);
  EXPECT_GT(middle, 3.0 * mean(256, 360));
  EXPECT_LT(mean(256, 500), 1.6);  // noise alone is 1
  EXPECT_GT(near, 2.0 * mean(0, 40));
}

TEST(Video, AnotherRadarMakesLonelyDots) {
  auto scene = open_sea();
  scene.interference.push_back({.bearing_deg = 90.0, .prf_hz = 1800.0, .rotation_rpm = 28.0, .level_db = 95.0});
  const auto db = decibels(played(scene, 10.1, 10.1), scene.radars[0].settings);
  const auto strong = static_cast<double>(std::ranges::count_if(db, [](double d) { return d > 20.0; }));
  EXPECT_GT(strong, 5.0);
  EXPECT_LT(strong / static_cast<double>(db.size()), 0.002);
}

TEST(Video, ARainCellRaisesTheFloorWhereItIs) {
  auto scene = open_sea();
  scene.rain.push_back({geo(0.0, 5000.0), 800.0, 16.0, 0.0, 0.0});
  const auto db = decibels(played(scene, 2.1, 2.1), scene.radars[0].settings);
  double inside = 0.0;
  double outside = 0.0;
  for (std::size_t k = 240; k < 260; ++k) {
    inside += power(db[512 + k]) / 20.0;
    outside += power(db[256 * 512 + k]) / 20.0;
  }
  EXPECT_GT(inside, 5.0 * outside);
}

bool same(const SpokeBlock& a, const SpokeBlock& b) {
  if (a.samples != b.samples || a.spokes.size() != b.spokes.size()) return false;
  for (std::size_t i = 0; i < a.spokes.size(); ++i) {
    if (a.spokes[i].time != b.spokes[i].time || a.spokes[i].bearing != b.spokes[i].bearing) return false;
  }
  return true;
}

Scene busy_scene() {
  auto scene = open_sea();
  scene.sea.wind_mps = 6.0;
  scene.coast = {{geo(-5000, 3000), geo(5000, 3000), geo(5000, 8000), geo(-5000, 8000)}};
  scene.rain.push_back({geo(3000.0, -2000.0), 800.0, 16.0, 0.0, 5.0});
  scene.interference.push_back({});
  std::uint32_t mmsi = 298'000'000;
  for (const auto kind : {VesselKind::tanker, VesselKind::ferry, VesselKind::yacht, VesselKind::fishing_boat}) {
    auto v = usual(kind);
    v.name = "V" + std::to_string(++mmsi);
    v.mmsi = mmsi;
    v.points = {geo(-3000, -1000.0 * (mmsi % 10)), geo(3000, -1000.0 * (mmsi % 10)), geo(0, -6000)};
    scene.vessels.push_back(v);
  }
  return scene;
}

TEST(Simulation, IsTheSameHoweverLargeTheSteps) {
  const auto scene = busy_scene();
  const auto whole = played(scene, 12.0, 12.0);
  for (const double step : {0.013, 0.5, 1.7}) {
    auto parts = played(scene, 12.0, step);
    ASSERT_GE(whole.video.size(), parts.video.size());
    ASSERT_GE(parts.video.size() + 30, whole.video.size()) << step;  // the last step may end before 12 s
    for (std::size_t i = 0; i < parts.video.size(); ++i)
      ASSERT_TRUE(same(parts.video[i], whole.video[i])) << step << " " << i;
    for (std::size_t i = 0; i < std::min(parts.ais.size(), whole.ais.size()); ++i) {
      EXPECT_EQ(parts.ais[i].time, whole.ais[i].time);
      EXPECT_TRUE(parts.ais[i].message == whole.ais[i].message);
    }
    for (std::size_t i = 0; i < std::min(parts.truth.size(), whole.truth.size()); ++i) {
      EXPECT_EQ(parts.truth[i].state.position, whole.truth[i].state.position);
    }
  }
}

TEST(Simulation, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const auto scene = busy_scene();
  const auto a = played(scene, 3.0, 3.0, 5);
  const auto b = played(scene, 3.0, 3.0, 5);
  const auto c = played(scene, 3.0, 3.0, 6);
  ASSERT_EQ(a.video.size(), b.video.size());
  for (std::size_t i = 0; i < a.video.size(); ++i) EXPECT_TRUE(same(a.video[i], b.video[i]));
  EXPECT_FALSE(same(a.video[0], c.video[0]));
}

TEST(Simulation, TellsTheTimeAndBearingOfEverySpoke) {
  const auto out = played(open_sea(), 4.2, 0.7);
  const double period = 60.0 / 30.0 / 512.0;
  std::uint32_t n = 0;
  for (const auto& block : out.video) {
    EXPECT_EQ(block.sensor, SensorId(1));
    EXPECT_EQ(block.spokes.size(), 32U);
    ASSERT_TRUE(block.site);
    for (const auto& s : block.spokes) {
      EXPECT_EQ(s.sequence, n);
      EXPECT_NEAR(to_seconds(s.time - start).value(), (n + 0.5) * period, 1e-8);
      EXPECT_NEAR(s.bearing.degrees(), std::fmod((n + 0.5) * 360.0 / 512.0, 360.0), 1e-9);
      ++n;
    }
  }
  EXPECT_GE(n, 2U * 512U);
}

TEST(Simulation, TruthIsEachVesselOnceASecond) {
  const auto scene = busy_scene();
  const auto out = played(scene, 5.0, 5.0);
  ASSERT_EQ(out.truth.size(), 5U * scene.vessels.size());
  for (std::size_t i = 0; i < out.truth.size(); ++i) {
    EXPECT_EQ(out.truth[i].vessel, i % scene.vessels.size());
    EXPECT_EQ(out.truth[i].time, start + std::chrono::seconds(i / scene.vessels.size()));
  }
}

TEST(Simulation, TwoRadarsTurnByThemselves) {
  auto scene = open_sea();
  scene.radars.push_back({"second", geo(4000, 4000), scene.radars[0].settings});
  scene.radars[1].settings.rotation_rpm = 48.0;
  const auto out = played(scene, 2.0, 0.1);
  int first = 0;
  int second = 0;
  for (const auto& block : out.video) (block.sensor == SensorId(1) ? first : second) += 1;
  EXPECT_EQ(first, 16);
  EXPECT_EQ(second, 25);
}

}  // namespace
}  // namespace headland::scenario
