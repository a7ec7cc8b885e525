// SPDX-License-Identifier: Apache-2.0
// False echoes as they show in the video: the second trace, transponders, ghosts between ships.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/scenario/simulation.hpp"
#include "core/scenario/test/open_sea.hpp"
#include "core/scenario/video/transponders.hpp"

namespace headland::scenario {
namespace {

// Power over noise of one turn, in spokes and cells.
class Turns {
 public:
  Turns(const Scene& scene, int turns) : radar_(scene.radars[0].settings) {
    Simulation simulation(scene, start, 1);
    SimulationOutput out;
    simulation.advance(start + to_duration(Seconds(turns * 60.0 / radar_.rotation_rpm + 0.01)), out);
    for (const auto& block : out.video) samples_.insert(samples_.end(), block.samples.begin(), block.samples.end());
  }
  [[nodiscard]] double db(std::size_t turn, std::size_t spoke, double range_m) const {
    const auto cells = static_cast<std::size_t>(radar_.cells);
    const auto azimuths = static_cast<std::size_t>(radar_.azimuths);
    const auto cell = static_cast<std::size_t>(range_m / radar_.cell_m);
    const auto level = samples_[(turn * azimuths + spoke) * cells + cell];
    return radar_.video_min_db + level * (radar_.video_max_db - radar_.video_min_db) / 255.0;
  }

 private:
  RadarSettings radar_;
  std::vector<std::uint8_t> samples_;
};

GeoPosition polar(double range_m, std::size_t spoke) {
  const double bearing = (static_cast<double>(spoke) + 0.5) * 2.0 * std::numbers::pi / 512.0;
  return geo(range_m * std::sin(bearing), range_m * std::cos(bearing));
}

VesselSpec ship_at(double range_m, std::size_t spoke, double rcs_m2, double length_m) {
  auto v = usual(VesselKind::reflector);
  v.name = "SHIP" + std::to_string(spoke);
  v.height_m = 30.0;
  v.rcs_m2 = rcs_m2;
  v.length_m = length_m;
  v.points = {polar(range_m, spoke)};
  return v;
}

TEST(SecondTraceVideo, AnEchoFromBeyondShowsNearerByTheInterval) {
  Scene scene = open_sea();
  auto& radar = scene.radars[0].settings;
  radar.antenna_height_m = 300.0;
  radar.pulse_intervals_us = {100.0, 120.0};  // 14,990 and 17,988 m
  scene.vessels = {ship_at(21'000.0, 100, 20'000.0, 1.0)};
  const Turns turns(scene, 2);
  const double far = snr(constants_of(radar), 20'000.0, 21'000.0);
  EXPECT_NEAR(turns.db(0, 100, 21'000.0 - 14'990.0), 10.0 * std::log10(far), 3.5);
  EXPECT_NEAR(turns.db(1, 100, 21'000.0 - 17'988.0), 10.0 * std::log10(far), 3.5);
  EXPECT_LT(turns.db(1, 100, 21'000.0 - 14'990.0), 13.0);
  radar.pulse_intervals_us = {};
  EXPECT_LT(Turns(scene, 1).db(0, 100, 21'000.0 - 14'990.0), 13.0) << "off by default";
}

TEST(TransponderVideo, ASartDrawsTwelveDots) {
  Scene scene = open_sea();
  auto& radar = scene.radars[0].settings;
  radar.cells = 2048;
  radar.cell_m = 10.0;
  scene.transponders.push_back({TransponderKind::sart, polar(3000.0, 200), 1.0});
  const Turns turns(scene, 1);
  // The nearest dot is within one spacing behind it.
  double first = 0.0;
  for (double r = 3000.0; r < 3000.0 + 1250.0 && first == 0.0; r += 10.0) {
    if (turns.db(0, 200, r) > 20.0) first = r;
  }
  ASSERT_GT(first, 0.0);
  for (int k = 0; k < 12; ++k) {
    const double at = first + k * 7.9e-6 * 299792458.0 / 2.0;
    const double strongest = std::max(turns.db(0, 200, at), turns.db(0, 200, at + 10.0));
    EXPECT_GT(strongest, 20.0) << k;
    EXPECT_LT(turns.db(0, 200, at + 600.0), 13.0) << k;
  }
  EXPECT_LT(turns.db(0, 330, first), 13.0) << "far off its bearing";
}

TEST(TransponderVideo, ARaconDrawsItsCodeWhileItAnswers) {
  Scene scene = open_sea();
  auto& radar = scene.radars[0].settings;
  radar.cell_m = 10.0;
  Transponder racon{TransponderKind::racon, polar(1000.0, 50), 5.0, 1.0, "-.", 200.0};
  racon.on_s = 2.0;  // one turn of two
  racon.off_s = 2.0;
  scene.transponders.push_back(racon);
  const Turns turns(scene, 2);
  EXPECT_GT(turns.db(0, 50, 1075.0 + 300.0), 25.0);
  EXPECT_LT(turns.db(0, 50, 1075.0 + 700.0), 13.0) << "the gap";
  EXPECT_GT(turns.db(0, 50, 1075.0 + 900.0), 25.0);
  EXPECT_LT(turns.db(0, 50, 1075.0 + 1100.0), 13.0);
  EXPECT_LT(turns.db(1, 50, 1075.0 + 300.0), 13.0) << "silent";
}

TEST(GhostVideo, StandsBehindOneShipAsFarAsTheOtherIsFromIt) {
  Scene scene = open_sea();
  scene.radars[0].settings.cell_m = 10.0;
  scene.vessels = {ship_at(2000.0, 100, 20'000.0, 41.0), ship_at(2300.0, 108, 20'000.0, 41.0)};
  const double angle = 8.0 * 2.0 * std::numbers::pi / 512.0;
  const double apart = std::sqrt(2000.0 * 2000.0 + 2300.0 * 2300.0 - 2.0 * 2000.0 * 2300.0 * std::cos(angle));
  EXPECT_LT(Turns(scene, 1).db(0, 100, 2000.0 + apart), 20.0) << "off by default";
  scene.sea.ship_ghosts = true;
  const Turns turns(scene, 8);
  double sum = 0.0;
  for (std::size_t t = 0; t < 8; ++t) sum += turns.db(t, 100, 2000.0 + apart) / 8.0;
  EXPECT_GT(sum, 25.0);
}

}  // namespace
}  // namespace headland::scenario
