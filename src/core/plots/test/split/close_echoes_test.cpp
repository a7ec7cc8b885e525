// SPDX-License-Identifier: Apache-2.0
// Boats side by side and one behind the other, boats alone and ships in simulated video, through the signal stage.
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"
#include "support/simulated_line.hpp"

namespace headland::plots {
namespace {

constexpr double pi = std::numbers::pi;
const GeoPosition here = GeoPosition::from_degrees(10.0, -150.0);
const LocalFrame frame(here);
constexpr double turn_s = 2.5;
constexpr int learning = 12;  // turns before anything is put to water
constexpr int before = 3;     // more, in which splits are not believed yet
constexpr int counted = 10;

struct Place {
  double range_m, bearing_rad;
};

scenario::Scene open_sea() {
  scenario::Scene scene;
  auto& radar = scene.radars.emplace_back();
  radar.position = here;
  radar.settings.beam_deg = 1.4;
  radar.settings.azimuths = 1024;
  radar.settings.cells = 512;
  radar.settings.video_max_db = 70.0;
  scene.sea.wind_mps = 0.0;
  scene.sea.multipath = false;
  return scene;
}

// 144 of them, a hundred cells and many beams apart.
std::vector<Place> places() {
  std::vector<Place> out;
  for (int b = 0; b < 24; ++b) {
    for (int r = 0; r < 6; ++r) out.push_back({900.0 + 720.0 * r + 3.7 * b, (b + 0.3) * 2.0 * pi / 24.0 + 0.0013 * r});
  }
  return out;
}

GeoPosition at(const Place& p, double ahead_m = 0.0, double heading_rad = 0.0) {
  return frame.to_geo({Metres(p.range_m * std::sin(p.bearing_rad) + ahead_m * std::sin(heading_rad)),
                       Metres(p.range_m * std::cos(p.bearing_rad) + ahead_m * std::cos(heading_rad))});
}

scenario::VesselSpec& add(scenario::Scene& scene, scenario::VesselKind kind, const Place& place, double snr_db) {
  auto& v = scene.vessels.emplace_back(scenario::usual(kind));
  v.name = "V" + std::to_string(scene.vessels.size());
  v.height_m = 5.0;
  v.shows_from_s = learning * turn_s;
  const auto constants = scenario::constants_of(scene.radars[0].settings);
  v.rcs_m2 = std::pow(10.0, snr_db / 10.0) / scenario::snr(constants, 1.0, place.range_m);
  v.points = {at(place)};
  return v;
}

void add_boat(scenario::Scene& scene, const Place& place, double snr_db) {
  auto& v = add(scene, scenario::VesselKind::buoy, place, snr_db);
  v.fluctuation = scenario::Fluctuation::swerling1;
  v.length_m = v.beam_m = 2.0;
}

// Across the line of sight.
void add_ship(scenario::Scene& scene, const Place& place, double snr_db, double length_m) {
  auto& v = add(scene, scenario::VesselKind::cargo_ship, place, snr_db);
  v.length_m = length_m;
  v.beam_m = length_m / 7.0;
  v.behaviour = scenario::Behaviour::route;
  v.speed_mps = 0.01;
  v.points.push_back(at(place, 5000.0, place.bearing_rad + 0.5 * pi));
}

// Of the looks at each place: shares with one plot about it, and with two or more.
struct Told {
  double one = 0.0;
  double two = 0.0;
  double more = 0.0;
  std::uint64_t split = 0;
};

Told play(const scenario::Scene& scene, bool split) {
  Config config = test::plots_config_of(scene.radars[0].settings);
  config.split_close = split;
  test::SimulatedLine line(scene, 4, config);
  std::vector<PlotSector> sectors;
  const int turns = learning + before + counted;
  for (int t = 1; t <= turns; ++t) line.turn(sectors);
  const auto about = places();
  std::vector<int> plots(about.size() * static_cast<std::size_t>(turns + 1));
  for (const PlotSector& sector : sectors) {
    for (const Plot& p : sector.plots) {
      for (std::size_t i = 0; i < about.size(); ++i) {
        const double off = std::remainder(p.bearing.radians() - about[i].bearing_rad, 2.0 * pi);
        if (std::abs(p.range.value() - about[i].range_m) < 200.0 && std::abs(off) < 0.1)
          ++plots[sector.turn * about.size() + i];
      }
    }
  }
  Told told;
  double looks = 0.0;
  for (std::size_t i = (learning + before) * about.size(); i < (learning + before + counted - 1) * about.size(); ++i) {
    looks += 1.0;
    told.one += plots[i] == 1 ? 1.0 : 0.0;
    told.two += plots[i] == 2 ? 1.0 : 0.0;
    told.more += plots[i] > 2 ? 1.0 : 0.0;
  }
  told.one /= looks;
  told.two /= looks;
  told.more /= looks;
  told.split = line.extractor().counters().split;
  return told;
}

Told pairs(double beams, double pulses, bool split) {
  auto scene = open_sea();
  const double pulse_m = scenario::constants_of(scene.radars[0].settings).resolution_m;
  const double beam_rad = scene.radars[0].settings.beam_deg * radians_per_degree;
  for (const Place& p : places()) {
    add_boat(scene, p, 32.0);
    add_boat(scene, {p.range_m + pulses * pulse_m, p.bearing_rad + beams * beam_rad}, 32.0);
  }
  return play(scene, split);
}

TEST(CloseEchoes, boats_a_beam_and_a_half_or_a_pulse_and_a_half_apart_are_told_as_two) {
  EXPECT_LT(pairs(1.5, 0.0, false).two, 0.1);
  EXPECT_GT(pairs(1.5, 0.0, true).two, 0.5);
  EXPECT_LT(pairs(0.0, 1.5, false).two, 0.2);
  const Told in_line = pairs(0.0, 1.5, true);
  EXPECT_GT(in_line.two, 0.35);
  EXPECT_LT(in_line.more, 0.06);
}

TEST(CloseEchoes, boats_that_beam_or_pulse_do_not_resolve_are_one) {
  EXPECT_LT(pairs(0.5, 0.0, true).two, 0.01);
  EXPECT_LT(pairs(0.0, 0.5, true).two, 0.02);
}

TEST(CloseEchoes, a_boat_alone_is_one_however_it_fluctuates) {
  for (const double snr_db : {22.0, 40.0}) {
    auto scene = open_sea();
    for (const Place& p : places()) add_boat(scene, p, snr_db);
    const Told told = play(scene, true);
    EXPECT_GT(told.one, 0.85) << snr_db;
    EXPECT_LT(told.two + told.more, 0.001) << snr_db;
    EXPECT_EQ(told.split, 0U) << snr_db;
  }
}

TEST(CloseEchoes, long_ships_fall_apart_no_oftener_than_before) {
  auto scene = open_sea();
  for (const Place& p : places()) add_ship(scene, p, 36.0, 200.0);
  const Told without = play(scene, false);
  const Told with = play(scene, true);
  EXPECT_LT(with.two + with.more, without.two + without.more + 0.02);
}

}  // namespace
}  // namespace headland::plots
