// SPDX-License-Identifier: Apache-2.0
// Pulses of other radars in simulated video, through the signal stage to plots: which of them are told from boats.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"
#include "core/plots/causes/plot_explainer.hpp"
#include "support/simulated_line.hpp"

namespace headland::plots {
namespace {

constexpr double pi = std::numbers::pi;
const GeoPosition here = GeoPosition::from_degrees(10.0, -150.0);
const LocalFrame frame(here);
constexpr double turn_s = 2.5;
constexpr int turns = 70;
constexpr int learning = 40;  // how many narrow plots come again is counted

struct Place {
  double range_m, bearing_rad;
};

std::vector<Place> boats() {
  std::vector<Place> out;
  for (int i = 0; i < 60; ++i) out.push_back({1500.0 + 130.0 * (i * 7 % 60), (i + 0.4) * 2.0 * pi / 60.0});
  return out;
}

bool on_a_boat(const Plot& plot) {
  static const std::vector<Place> places = boats();
  return std::ranges::any_of(places, [&](const Place& p) {
    const double off = std::remainder(plot.bearing.radians() - p.bearing_rad, 2.0 * pi);
    return std::abs(plot.range.value() - p.range_m) < 40.0 && std::abs(off) < 0.02;
  });
}

// Boats of 20 dB over noise that fluctuate from turn to turn, and so many radars about us of which four intervals are
// one of ours but for what makes their pulses lie `drift_m` farther from spoke to spoke.
scenario::Scene harbour(int radars, double drift_m, double jitter_us) {
  scenario::Scene scene;
  auto& radar = scene.radars.emplace_back();
  radar.position = here;
  radar.settings.beam_deg = 1.4;
  radar.settings.azimuths = 1024;
  radar.settings.cells = 1024;
  radar.settings.video_max_db = 70.0;
  scene.sea.wind_mps = 0.0;
  scene.sea.multipath = false;
  const auto constants = scenario::constants_of(radar.settings);
  for (const Place& p : boats()) {
    auto& v = scene.vessels.emplace_back(scenario::usual(scenario::VesselKind::buoy));
    v.name = "B" + std::to_string(scene.vessels.size());
    v.fluctuation = scenario::Fluctuation::swerling1;
    v.length_m = v.beam_m = 2.0;
    v.height_m = 5.0;
    v.rcs_m2 = 100.0 / scenario::snr(constants, 1.0, p.range_m);
    v.points = {
        frame.to_geo({Metres(p.range_m * std::sin(p.bearing_rad)), Metres(p.range_m * std::cos(p.bearing_rad))})};
  }
  const double spoke_s = turn_s / static_cast<double>(radar.settings.azimuths);
  const double interval_s = (spoke_s + drift_m / (0.5 * speed_of_light_mps)) / 4.0;
  for (int i = 0; i < radars; ++i) {
    scene.interference.push_back({.bearing_deg = 70.0 + 19.0 * i,
                                  .prf_hz = 1.0 / interval_s,
                                  .rotation_rpm = 27.0 + 0.37 * i,
                                  .level_db = 80.0,
                                  .jitter_us = jitter_us});
  }
  return scene;
}

struct Told {
  double foreign = 0.0;          // plots that lie on no boat
  double foreign_doubted = 0.0;  // of these, likelier interference than not
  double of_boats = 0.0;
  double of_boats_doubted = 0.0;
};

Told play(const scenario::Scene& scene, int seed) {
  const Config config = test::plots_config_of(scene.radars[0].settings);
  test::SimulatedLine line(scene, static_cast<std::uint64_t>(seed), config);
  CauseConfig causes;
  causes.beam_width = config.beam_width;
  causes.pulse_length = config.pulse_length;
  causes.interference = true;
  PlotExplainer explainer(causes);
  std::vector<PlotSector> sectors;
  Told told;
  for (int t = 1; t <= turns; ++t) {
    line.turn(sectors);
    for (PlotSector& sector : sectors) {
      explainer.process(sector, line.has_strengths());
      if (t <= learning) continue;
      for (const Plot& plot : sector.plots) {
        const double doubted = plot.cause == PlotCause::interference && plot.cause_odds >= 1.0 ? 1.0 : 0.0;
        const bool boat = on_a_boat(plot);
        (boat ? told.of_boats : told.foreign) += 1.0;
        (boat ? told.of_boats_doubted : told.foreign_doubted) += doubted;
      }
    }
    sectors.clear();
  }
  return told;
}

// Their pulses draw slanting lines, at any one range narrower than our beam.
TEST(ForeignPulsesInVideo, of_many_radars_of_nearly_our_rhythm_are_told_and_boats_are_not_taken_for_them) {
  for (const double drift_m : {15.0, 25.0}) {
    const Told told = play(harbour(16, drift_m, 0.0), 5);
    EXPECT_GT(told.foreign, 50.0) << drift_m;
    EXPECT_GT(told.foreign_doubted, 0.6 * told.foreign) << drift_m;
    EXPECT_GT(told.of_boats, 700.0) << drift_m;
    EXPECT_LT(told.of_boats_doubted, 0.015 * told.of_boats) << drift_m;
  }
}

// What it cannot: pulses that keep step paint what our beam paints of a boat, and one radar gives too few to learn
// from.
TEST(ForeignPulsesInVideo, that_keep_step_or_are_few_are_not_told) {
  const Told in_step = play(harbour(16, 2.0, 0.0), 5);
  EXPECT_GT(in_step.foreign, 50.0);
  EXPECT_LT(in_step.foreign_doubted, 0.1 * in_step.foreign);
  EXPECT_LT(play(harbour(1, 15.0, 0.0), 5).foreign, 20.0);
}

// Where intervals wobble by more than a pulse, dots of neighbouring spokes lie together by chance.
TEST(ForeignPulsesInVideo, of_wobbling_intervals_are_told_in_part) {
  const Told told = play(harbour(16, 15.0, 1.0), 5);
  EXPECT_GT(told.foreign, 50.0);
  EXPECT_GT(told.foreign_doubted, 0.4 * told.foreign);
  EXPECT_LT(told.of_boats_doubted, 0.015 * told.of_boats);
}

}  // namespace
}  // namespace headland::plots
