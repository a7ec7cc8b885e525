// SPDX-License-Identifier: Apache-2.0
#include "runtime/study/small_boat.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/scene_file.hpp"
#include "runtime/study/boats.hpp"

namespace headland::study {
namespace {

using ::testing::HasSubstr;

scenario::RadarSettings settings(const std::string& name) {
  const std::string path = std::string(HEADLAND_SOURCE_DIR) + "/data/radars/" + name;
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  const auto read = config::parse_radar_settings(text.str(), path);
  EXPECT_TRUE(read) << path;
  return *read;
}

TEST(FalseRate, BoundsAreThoseOfTablesOfThePoissonDistribution) {
  FalseRate none{{}, 0, 1.0};
  EXPECT_DOUBLE_EQ(none.lowest(), 0.0);
  EXPECT_NEAR(none.highest(), 3.69, 0.1);
  FalseRate ten{{}, 10, 2.0};
  EXPECT_DOUBLE_EQ(ten.rate(), 5.0);
  EXPECT_NEAR(ten.lowest(), 4.80 / 2.0, 0.05);
  EXPECT_NEAR(ten.highest(), 18.39 / 2.0, 0.05);
}

TEST(RangeOfShare, IsTheOutermostCrossing) {
  Curve c;
  const double shares[] = {1.0, 0.6, 0.9, 0.5, 0.1};
  for (int i = 0; i < 5; ++i) {
    Point p;
    p.range_m = 1000.0 * (i + 1);
    p.turns = 10;
    p.detected = static_cast<std::uint64_t>(10.0 * shares[i] + 0.5);
    p.boats = 10;
    c.points.push_back(p);
  }
  EXPECT_NEAR(range_of_share(c, 0, false, 0.8), 3250.0, 1.0);
  EXPECT_EQ(nearest_of_share(c, 0, false, 0.8), 3000.0);  // nearer, at 2 km, it was not
  EXPECT_EQ(range_of_share(c, 0, true, 0.8), 0.0);
  EXPECT_EQ(nearest_of_share(c, 0, true, 0.8), 0.0);
}

// MSC.192(79): a vessel of 10 m without reflector, 2.5 m2 at 2 m, at 3.4 miles: in 8 of 10 scans, false alarms 1e-4,
// antenna at 15 m, no clutter. The whole line with its default settings; the radar on its shorter range.
TEST(ReferenceRadar, SeesTheTenMetreBoatOfTheStandard) {
  Plan plan;
  plan.radars = {settings("reference-x-band-6ft.toml")};
  plan.radars[0].cells = 1024;
  EXPECT_GE(plan.radars[0].peak_power_w, 10'000.0);
  EXPECT_EQ(plan.radars[0].antenna_height_m, 15.0);
  plan.weathers = {{"calm", 0.0, 0.0}};
  plan.boats = {{"10 m", 2.5, 2.0, true}};
  plan.learning_turns = 20;
  plan.sets = 1;
  plan.ring_m = 3.4 * 1852.0;
  plan.to_and_fro = 0.0;
  const auto curves = run_small_boat(plan);
  ASSERT_EQ(curves.size(), 1U);
  ASSERT_EQ(curves[0].points.size(), 1U);
  const Point& p = curves[0].points[0];
  EXPECT_EQ(p.boats, 36U);
  EXPECT_GE(static_cast<double>(p.detected) / static_cast<double>(p.turns), 0.8);
  EXPECT_LT(curves[0].by_chance, 0.02);
  RecordProperty("detected_a_turn", std::to_string(static_cast<double>(p.detected) / static_cast<double>(p.turns)));
}

Plan small_plan() {
  Plan plan;
  plan.radars = {settings("small-test.toml")};
  plan.weathers = {{"sea state 2", 2.0, 0.0}};
  plan.boats = {{"1 m2", 1.0, 1.0}, {"100 m2", 100.0, 6.0}};
  plan.learning_turns = 20;
  plan.empty_turns = 10;
  plan.sets = 1;
  plan.integrated_sets = 1;
  return plan;
}

TEST(Study, GivesCurvesTablesAndPictures) {
  const Plan plan = small_plan();
  int begun = 0;
  int done = 0;
  Progress progress;
  progress.begins = [&](const std::string&) { ++begun; };
  progress.done = [&](const std::vector<Curve>& curves) { done += static_cast<int>(curves.size()); };
  const auto curves = run_small_boat(plan, progress);
  ASSERT_EQ(curves.size(), 2U);
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(done, 2);
  for (const auto& c : curves) {
    const std::size_t rings = c.points.size() / 2;
    ASSERT_EQ(rings, 10U);  // 10.24 km
    EXPECT_EQ(c.rates.size(), confirmation_count);
    // The strong boat is seen at two miles, the weak one is not at the edge.
    const Point& near = c.points[rings + 3];
    EXPECT_GT(near.detected, near.turns * 9 / 10);
    EXPECT_GT(near.confirmed_by_default, near.boats * 8 / 10);
    const Point& far = c.points[rings - 1];
    EXPECT_LT(far.detected, far.turns / 5);
    EXPECT_LE(near.confirmed, near.boats);
    EXPECT_LE(near.detected, near.turns);
  }
  EXPECT_NEAR(curves[0].rates[0].hours_of_100_nm2, 3.14159 * 5.529 * 5.529 / 100.0 * 20.0 / 3600.0, 0.001);
  EXPECT_THAT(to_csv(plan, curves),
              HasSubstr("\"Small test radar\",\"sea state 2\",2,0,track-before-detect,\"default\","));
  EXPECT_THAT(to_svg(plan, curves, "Small test radar"), HasSubstr("polyline"));
  EXPECT_THAT(to_table(plan, curves), HasSubstr("| Small test radar | sea state 2 | detections |"));
  EXPECT_THAT(to_json(plan, curves), HasSubstr("\"fitted\": "));
}

TEST(Study, IsTheSameEachTime) {
  Plan plan = small_plan();
  plan.integrated_sets = 0;
  plan.empty_turns = 4;
  EXPECT_EQ(to_json(plan, run_small_boat(plan)), to_json(plan, run_small_boat(plan)));
}

TEST(Boats, AreWhereTheyShouldBeWhenTheyShow) {
  const Plan plan = small_plan();
  const Sea sea = make_sea(plan, plan.radars[0], plan.weathers[0], Way::detections, 0);
  ASSERT_FALSE(sea.boats.empty());
  scenario::Fleet fleet(sea.scene, LocalFrame(sea.scene.radars[0].position), 1);
  const auto middle = static_cast<std::int64_t>((sea.boats_from_s + 30.0) / scenario::tick_s);
  while (fleet.tick() < middle) fleet.step();
  for (std::size_t b = 0; b < sea.boats.size(); ++b) {
    const double range = distance({}, fleet.at(b, 0.0).position).value();
    const double wanted = (static_cast<double>(sea.boats[b].ring) + 1.0) * plan.ring_m;
    EXPECT_NEAR(range, wanted, 0.3 * plan.ring_m + 15.0);
  }
}

}  // namespace
}  // namespace headland::study
