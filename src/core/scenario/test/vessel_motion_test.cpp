// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/vessel_motion.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::scenario {
namespace {

const GeoPosition origin = GeoPosition::from_degrees(10.0, -150.0);
const LocalFrame frame(origin);

VesselSpec on_route(VesselKind kind, std::vector<EastNorth> points) {
  auto spec = usual(kind);
  spec.name = "A";
  for (const auto p : points) spec.points.push_back(frame.to_geo(p));
  return spec;
}
EastNorth at(double east, double north) { return {Metres(east), Metres(north)}; }

// Ends of ticks: what happened in between is the mean of the velocities.
TEST(Motion, PositionIsTheIntegralOfVelocity) {
  for (const auto kind : {VesselKind::tanker, VesselKind::ferry, VesselKind::speedboat}) {
    VesselMotion motion(on_route(kind, {at(0, 0), at(4000, 0), at(4000, 3000)}), frame, {}, 1);
    double east = motion.state().position.east.value();
    double north = motion.state().position.north.value();
    for (int i = 0; i < 4000; ++i) {
      motion.step(nullptr);
      east += motion.state().velocity.east.value() * tick_s;
      north += motion.state().velocity.north.value() * tick_s;
    }
    EXPECT_NEAR(motion.state().position.east.value(), east, 1e-6);
    EXPECT_NEAR(motion.state().position.north.value(), north, 1e-6);
  }
}

TEST(Motion, ShipsTurnNoFasterThanTheyCanAndKeepTheirSpeed) {
  const auto spec = on_route(VesselKind::tanker, {at(0, 0), at(9000, 0), at(9000, 9000), at(0, 9000)});
  VesselMotion motion(spec, frame, {}, 1);
  double heading = motion.state().heading.radians();
  double fastest_turn = 0.0;
  for (int i = 0; i < 12'000; ++i) {
    motion.step(nullptr);
    const double turned = Angle(Radians(motion.state().heading.radians() - heading)).radians();
    fastest_turn = std::max(fastest_turn, std::abs(turned) / tick_s);
    heading = motion.state().heading.radians();
    EXPECT_NEAR(motion.state().velocity.speed().value(), spec.speed_mps, 0.1);
  }
  EXPECT_LT(fastest_turn, spec.speed_mps / (3.9 * spec.length_m));
  EXPECT_GT(fastest_turn, 0.003);
}

TEST(Motion, ARouteIsHeldWithinAShipsLengthOnItsLegs) {
  const auto spec = on_route(VesselKind::cargo_ship, {at(0, 0), at(10'000, 0), at(10'000, 2000), at(0, 2000)});
  VesselMotion motion(spec, frame, {}, 1);
  int on_leg = 0;
  for (int i = 0; i < 8000; ++i) {
    motion.step(nullptr);
    const double e = motion.state().position.east.value();
    const double n = motion.state().position.north.value();
    if (e < 2500 || e > 8500) continue;
    EXPECT_LT(std::min(std::abs(n), std::abs(n - 2000)), 110.0) << e << " " << n;
    ++on_leg;
  }
  EXPECT_GT(on_leg, 3000);
}

TEST(Motion, ARouteWithoutLoopEndsAtItsLastPoint) {
  auto spec = on_route(VesselKind::pilot_boat, {at(0, 0), at(2000, 0)});
  spec.loop = false;
  VesselMotion motion(spec, frame, {}, 1);
  for (int i = 0; i < 2000; ++i) motion.step(nullptr);
  EXPECT_LT(distance(motion.state().position, at(2000, 0)).value(), 200.0);
  EXPECT_NEAR(motion.state().velocity.speed().value(), 0.0, 1e-9);
}

TEST(Motion, AVesselStartsWhereItsSceneSays) {
  auto spec = on_route(VesselKind::ferry, {at(0, 0), at(4000, 0), at(4000, 4000), at(0, 4000)});
  spec.start_at = 0.375;
  const VesselMotion motion(spec, frame, {}, 1);
  EXPECT_LT(distance(motion.state().position, at(4000, 2000)).value(), 1.0);
  EXPECT_NEAR(motion.state().heading.degrees(), 0.0, 0.1);
}

TEST(Motion, AFishingBoatStopsAndGoesAndStaysOnItsGround) {
  auto spec = on_route(VesselKind::fishing_boat, {at(0, 0)});
  spec.radius_m = 800.0;
  Sea sea;
  sea.current_mps = 0.2;
  VesselMotion motion(spec, frame, sea, 4);
  int slow = 0;
  int fast = 0;
  for (int i = 0; i < 14'400; ++i) {
    motion.step(nullptr);
    const double v = motion.state().velocity.speed().value();
    slow += v < 0.6 ? 1 : 0;
    fast += v > 2.0 ? 1 : 0;
    EXPECT_LT(distance(motion.state().position, {}).value(), 1100.0);
  }
  EXPECT_GT(slow, 1500);
  EXPECT_GT(fast, 1500);
}

TEST(Motion, AnAnchoredShipSwingsAboutItsAnchor) {
  auto spec = on_route(VesselKind::tanker, {at(500, 500)});
  spec.behaviour = Behaviour::anchored;
  spec.radius_m = 150.0;
  Sea sea;
  sea.wind_from_deg = 90.0;
  VesselMotion motion(spec, frame, sea, 4);
  for (int i = 0; i < 7200; ++i) {
    const auto before = motion.state();
    motion.step(nullptr);
    EXPECT_NEAR(distance(motion.state().position, at(500, 500)).value(), 150.0, 1.0);
    EXPECT_TRUE(motion.state().at_anchor);
    const double moved = distance(motion.state().position, before.position).value();
    EXPECT_NEAR(moved, motion.state().velocity.speed().value() * tick_s, 0.02);
    EXPECT_LT(std::abs(Angle(Radians(motion.state().heading.radians() - 1.5708)).radians()), 0.6);
  }
}

TEST(Fleet, ABargeFollowsItsTugOnTheCable) {
  Scene scene;
  scene.vessels.push_back(usual(VesselKind::barge));
  scene.vessels.back().name = "BARGE";
  scene.vessels.back().towed_by = "A";
  scene.vessels.back().cable_m = 200.0;
  scene.vessels.push_back(on_route(VesselKind::tug, {at(0, 0), at(3000, 0), at(3000, 3000)}));
  Fleet fleet(scene, frame, 9);
  for (int i = 0; i < 6000; ++i) {
    fleet.step();
    EXPECT_LE(distance(fleet.at(0, 0.0).position, fleet.at(1, 0.0).position).value(), 200.01);
  }
  EXPECT_GT(fleet.at(0, 0.0).velocity.speed().value(), 1.0);
}

TEST(Fleet, BetweenTicksIsBetweenTicks) {
  Scene scene;
  scene.vessels.push_back(on_route(VesselKind::ferry, {at(0, 0), at(0, 9000)}));
  const Fleet fleet(scene, frame, 9);
  const double a = fleet.at(0, 0.0).position.north.value();
  const double b = fleet.at(0, 1.0).position.north.value();
  EXPECT_NEAR(fleet.at(0, 0.25).position.north.value(), a + 0.25 * (b - a), 1e-9);
  EXPECT_NEAR(b - a, scene.vessels[0].speed_mps * tick_s, 0.01);
}

}  // namespace
}  // namespace headland::scenario
