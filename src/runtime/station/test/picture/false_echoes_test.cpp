// SPDX-License-Identifier: Apache-2.0
// From the simulated sea through signal, plots and their explanation to tracks: false echoes are told, boats stay.
#include <cmath>
#include <map>
#include <numbers>

#include <gtest/gtest.h>

#include "core/geo/local_frame.hpp"
#include "core/plots/causes/plot_explainer.hpp"
#include "core/rules/rule_engine.hpp"
#include "core/tracking/tracker.hpp"
#include "runtime/station/rules/call_watch.hpp"
#include "support/simulated_line.hpp"

namespace headland {
namespace {

const GeoPosition here = GeoPosition::from_degrees(10.0, -150.0);
const LocalFrame frame(here);

scenario::Scene sea() {
  scenario::Scene scene;
  scene.radars.push_back({"radar", here, {}});
  auto& r = scene.radars.back().settings;
  r.azimuths = 1024;
  r.cells = 1024;
  r.cell_m = 12.0;
  r.beam_deg = 1.2;
  r.rotation_rpm = 30.0;
  r.sidelobe_db = -22.0;
  scene.sea.wind_mps = 3.0;
  scene.sea.multipath = false;
  return scene;
}

GeoPosition polar(double range_m, double bearing_deg) {
  const double b = bearing_deg * std::numbers::pi / 180.0;
  return frame.to_geo({Metres(range_m * std::sin(b)), Metres(range_m * std::cos(b))});
}

struct Result {
  std::vector<std::vector<Plot>> turns;  // plots of each turn
  std::vector<BeaconSighting> beacons;
  std::vector<AlertChange> alerts;               // of a rule for distress
  std::map<std::uint32_t, EastNorth> confirmed;  // tracks and where they are, at the end or when they were
  [[nodiscard]] int tracks_near(double range_m, double bearing_deg, double gate_m) const {
    const EastNorth at = frame.to_local(polar(range_m, bearing_deg));
    int n = 0;
    for (const auto& [id, p] : confirmed) {
      if (std::hypot((p.east - at.east).value(), (p.north - at.north).value()) < gate_m) ++n;
    }
    return n;
  }
};

rules::RuleSet distress() {
  rules::RuleSet set;
  set.rules.emplace_back().id = RuleId(1);
  set.rules[0].name = "distress";
  set.rules[0].kind = rules::DistressRule{};
  return set;
}

Result play(const scenario::Scene& scene, int turns, plots::CauseConfig causes = {}, bool explain = true) {
  const plots::Config config = test::plots_config_of(scene.radars[0].settings);
  test::SimulatedLine line(scene, 3, config);
  causes.beam_width = config.beam_width;
  plots::PlotExplainer explainer(causes);
  tracking::Tracker tracker({});
  TrackUpdates updates;
  station::CallWatch calls;
  rules::RuleEngine rules(distress());
  Result result;
  result.turns.resize(static_cast<std::size_t>(turns) + 2);
  std::vector<PlotSector> sectors;
  for (int t = 1; t <= turns; ++t) {
    line.turn(sectors);
    for (PlotSector& sector : sectors) {
      if (explain) explainer.process(sector, true);
      auto& plots = result.turns[sector.turn];
      plots.insert(plots.end(), sector.plots.begin(), sector.plots.end());
      result.beacons.insert(result.beacons.end(), sector.beacons.begin(), sector.beacons.end());
      tracker.process(sector, updates);
      calls.take(sector, frame);
    }
    sectors.clear();
    Picture picture;
    picture.time = line.now();
    rules.process(picture, nullptr, result.alerts, calls.calling(picture.time));
    for (const Track& track : updates.tracks) {
      if (track.stage == TrackStage::confirmed) result.confirmed[track.id.value()] = track.state.position;
    }
    updates = {};
  }
  return result;
}

double near_bearing(const Plot& p, double bearing_deg) {
  return std::abs((p.bearing - Bearing::from_degrees(bearing_deg)).degrees());
}

TEST(FalseEchoes, SideLobesOfATankerAreToldAndABoatBesideItStays) {
  auto scene = sea();
  scene.radars[0].settings.sidelobe_db = -18.0;
  auto tanker = scenario::usual(scenario::VesselKind::reflector);  // a point: a long hull's lobes hang together
  tanker.name = "TANKER";
  tanker.behaviour = scenario::Behaviour::route;
  tanker.height_m = 30.0;
  tanker.rcs_m2 = 60'000.0;
  tanker.points = {polar(2000.0, 60.0), polar(4500.0, 60.0)};
  tanker.loop = false;
  tanker.speed_mps = 9.0;
  scene.vessels = {tanker};
  auto boat = scenario::usual(scenario::VesselKind::pilot_boat);
  boat.name = "PILOT";
  boat.rcs_m2 = 60.0;
  // At the tanker's range all the time, fourteen degrees off.
  boat.points = {polar(2000.0, 74.0), polar(4500.0, 74.0)};
  boat.loop = false;
  boat.speed_mps = 9.0;
  scene.vessels.push_back(boat);
  const int turns = 150;
  plots::CauseConfig causes;
  causes.side_lobe_near = Decibels(18.0);  // the data sheet
  causes.side_lobe_far = Decibels(24.0);
  const auto with = play(scene, turns, causes);
  int lobes = 0;
  int told = 0;
  int boat_plots = 0;
  int boat_doubted = 0;
  for (int t = 60; t < turns; ++t) {
    const double range = 2000.0 + 9.0 * 2.0 * t;
    for (const Plot& p : with.turns[static_cast<std::size_t>(t)]) {
      if (std::abs(p.range.value() - range) > 150.0) continue;
      if (near_bearing(p, 74.0) < 0.7) {
        ++boat_plots;
        if (p.cause_odds > 1.0) ++boat_doubted;
      } else if (near_bearing(p, 60.0) > 5.5) {
        ++lobes;
        if (p.cause == PlotCause::side_lobe && p.cause_odds > 1.0) ++told;
      }
    }
  }
  EXPECT_GT(lobes, 15) << "the simulator draws side lobes";
  EXPECT_GT(told, lobes / 2) << lobes;
  EXPECT_GT(boat_plots, 60);
  EXPECT_LT(boat_doubted, boat_plots / 10) << boat_plots;
  EXPECT_GE(with.tracks_near(2000.0 + 18.0 * turns, 74.0, 150.0), 1);
}

TEST(FalseEchoes, ASartIsAnnouncedRaisesOneEmergencyAndMakesNoTracks) {
  auto scene = sea();
  scene.transponders.push_back({scenario::TransponderKind::sart, polar(3000.0, 200.0), 1.0});
  const auto result = play(scene, 30);
  std::uint32_t most = 0;
  for (const auto& b : result.beacons) {
    if (b.kind == PlotCause::sart) most = std::max(most, b.turns);
    EXPECT_NEAR(b.bearing.degrees(), 200.0, 1.0);
    EXPECT_LT(b.range.value(), 3000.0 + 1300.0);
  }
  EXPECT_GE(most, 20U);
  ASSERT_EQ(result.alerts.size(), 1U);
  const Alert& alert = result.alerts[0].alert;
  EXPECT_EQ(alert.priority, Priority::emergency);
  const auto& evidence = std::get<CallEvidence>(alert.evidence);
  const EastNorth lies = frame.to_local(polar(3000.0, 200.0));
  const auto off_m = [&](GeoPosition p) {
    const EastNorth at = frame.to_local(p);
    return std::hypot((at.east - lies.east).value(), (at.north - lies.north).value());
  };
  EXPECT_LT(off_m(evidence.from) + off_m(evidence.to), 1185.0 + 100.0) << "it lies between the two";
  EXPECT_LT(off_m(alert.position), 650.0);
  for (const auto& [id, p] : result.confirmed) {
    const double bearing = Bearing::of(p.east.value(), p.north.value()).degrees();
    EXPECT_GT(std::abs(bearing - 200.0), 3.0) << "a track of its dots";
  }
}

TEST(FalseEchoes, ARaconIsToldAndItsBuoyTracked) {
  auto scene = sea();
  auto buoy = scenario::usual(scenario::VesselKind::buoy);
  buoy.name = "BUOY";
  buoy.points = {polar(3000.0, 120.0)};
  scene.vessels = {buoy};
  scenario::Transponder racon{scenario::TransponderKind::racon, polar(3000.0, 120.0), 5.0, 1.0, "-.-", 250.0};
  racon.on_s = 20.0;
  racon.off_s = 20.0;
  scene.transponders.push_back(racon);
  const auto result = play(scene, 60);
  EXPECT_FALSE(result.beacons.empty());
  for (const auto& b : result.beacons) EXPECT_EQ(b.kind, PlotCause::racon);
  EXPECT_GE(result.tracks_near(3000.0, 120.0, 60.0), 1) << "the buoy";
  int others = 0;
  for (double r = 3200.0; r < 5500.0; r += 100.0) others += result.tracks_near(r, 120.0, 49.0);
  EXPECT_EQ(others, 0) << "tracks of its strokes";
}

TEST(FalseEchoes, TheSecondTraceIsToldWhereTheIntervalChangesWithTheTurn) {
  auto scene = sea();
  auto& radar = scene.radars[0].settings;
  radar.antenna_height_m = 300.0;
  radar.pulse_intervals_us = {110.0, 118.0};  // 16,489 and 17,688 m
  auto far = scenario::usual(scenario::VesselKind::container_ship);
  far.name = "FAR";
  far.fluctuation = scenario::Fluctuation::steady;
  far.points = {polar(22'000.0, 300.0), polar(23'000.0, 300.0)};
  auto near = scenario::usual(scenario::VesselKind::cargo_ship);
  near.name = "NEAR";
  near.points = {polar(5000.0, 100.0), polar(6000.0, 100.0)};
  scene.vessels = {far, near};
  plots::CauseConfig causes;
  causes.pulse_intervals = {Seconds(110e-6), Seconds(118e-6)};
  const auto result = play(scene, 30, causes);
  int told = 0;
  int seen = 0;
  for (std::size_t t = 10; t < 30; ++t) {
    for (const Plot& p : result.turns[t]) {
      if (near_bearing(p, 300.0) < 1.0) {
        ++seen;
        if (p.cause == PlotCause::second_trace && p.cause_odds > 100.0) ++told;
      }
      if (near_bearing(p, 100.0) < 1.0) {
        EXPECT_LT(p.cause_odds, 100.0) << "a ship taken for one";
      }
    }
  }
  EXPECT_GT(seen, 15);
  EXPECT_GT(told, seen / 2) << seen;
}

TEST(FalseEchoes, FromSpokeToSpokeTheSecondTraceFallsToTheRejectionOfInterference) {
  auto scene = sea();
  auto& radar = scene.radars[0].settings;
  radar.antenna_height_m = 300.0;
  radar.pulse_intervals_us = {110.0, 118.0, 114.0};
  radar.interval_by_turn = false;
  auto far = scenario::usual(scenario::VesselKind::container_ship);
  far.name = "FAR";
  far.points = {polar(22'000.0, 300.0), polar(23'000.0, 300.0)};
  scene.vessels = {far};
  const auto result = play(scene, 10);
  int seen = 0;
  for (const auto& turn : result.turns) {
    for (const Plot& p : turn) seen += near_bearing(p, 300.0) < 1.0 && p.strength.value() > 6.0 ? 1 : 0;
  }
  EXPECT_LE(seen, 2) << "of ten turns";
}

TEST(FalseEchoes, AGhostBetweenShipsIsToldAndTheShipsAreNot) {
  auto scene = sea();
  scene.sea.ship_ghosts = true;
  const auto ship = [](const char* name, double rcs, double bearing, double from, double to) {
    auto v = scenario::usual(scenario::VesselKind::cargo_ship);
    v.name = name;
    v.rcs_m2 = rcs;
    v.length_m = 60.0;
    v.points = {polar(from, bearing), polar(to, bearing)};
    v.loop = false;
    v.speed_mps = 8.0;
    return v;
  };
  // C is small, and behind A, but not where B puts a ghost of it.
  scene.vessels = {ship("A", 20'000.0, 40.0, 1500.0, 4500.0), ship("B", 20'000.0, 47.0, 1650.0, 4650.0),
                   ship("C", 100.0, 40.0, 2500.0, 5500.0)};
  const auto result = play(scene, 120);
  int ghosts = 0;
  int told = 0;
  int ships = 0;
  int ships_doubted = 0;
  for (std::size_t t = 60; t < 120; ++t) {
    const double a = 1500.0 + 16.0 * static_cast<double>(t);
    const double b = a + 150.0;
    const double apart = std::sqrt(a * a + b * b - 2.0 * a * b * std::cos(7.0 * std::numbers::pi / 180.0));
    for (const Plot& p : result.turns[t]) {
      const auto lies = [&](double range_m, double bearing_deg) {
        return std::abs(p.range.value() - range_m) < 60.0 && near_bearing(p, bearing_deg) < 1.0;
      };
      if (lies(a, 40.0) || lies(b, 47.0) || lies(a + 1000.0, 40.0)) {
        ++ships;
        if (p.cause_odds >= 1.0) ++ships_doubted;
      } else if (lies(a + apart, 40.0)) {
        ++ghosts;
        if (p.cause == PlotCause::ghost && p.cause_odds >= 1.0) ++told;
      }
    }
  }
  EXPECT_GT(ghosts, 15);
  EXPECT_GT(told, ghosts / 2) << ghosts;
  EXPECT_GT(ships, 120);
  EXPECT_LE(ships_doubted, ships / 50) << ships;
}

}  // namespace
}  // namespace headland
