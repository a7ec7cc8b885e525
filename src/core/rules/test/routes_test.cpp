// SPDX-License-Identifier: Apache-2.0
// What is usual, and who departs from it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/routes/gamma_tail.hpp"
#include "core/rules/test/sea.hpp"

namespace headland::rules {
namespace {

using testing::at;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::middle;
using testing::one_rule;
using testing::place;
using testing::Ship;
using testing::watch;

// Values of Abramowitz and Stegun, tables 26.7 (chi-square: Q(nu / 2, x / 2)) and closed forms.
TEST(GammaTail, TheIncompleteGammaFunctionIsRight) {
  EXPECT_NEAR(gamma_q(1.0, 2.0), std::exp(-2.0), 1e-12);
  EXPECT_NEAR(gamma_q(3.0, 2.0), std::exp(-2.0) * (1.0 + 2.0 + 2.0), 1e-12);
  EXPECT_NEAR(gamma_q(3.0, 30.0), std::exp(-30.0) * (1.0 + 30.0 + 450.0), 1e-22);
  EXPECT_NEAR(gamma_q(0.5, 0.5), std::erfc(std::sqrt(0.5)), 1e-12);
  EXPECT_NEAR(gamma_q(0.5, 8.0), std::erfc(std::sqrt(8.0)), 1e-14);
  EXPECT_EQ(gamma_q(2.0, 0.0), 1.0);
  EXPECT_NEAR(gamma_q(100.0, 100.0), 0.4867, 1e-4);
}

TEST(GammaTail, TailsLieOnTheSideOfTheValue) {
  EXPECT_LT(gamma_tail(20.0, 10.0, 0.01), 1e-3);
  EXPECT_LT(gamma_tail(2.0, 10.0, 0.01), 1e-3);
  EXPECT_GT(gamma_tail(10.0, 10.0, 0.01), 0.4);
  EXPECT_EQ(gamma_tail(5.0, 0.0, 0.0), 1.0);
}

TEST(RouteCell, CellsCoverTheEarthAcross180DegreesAndAboutThePoles) {
  for (const auto& [lat, lon] :
       {std::pair(50.0, -1.0), {0.0, 179.9999}, {0.0, -179.9999}, {89.999, 10.0}, {-90.0, 0.0}, {90.0, 180.0}}) {
    const GeoPosition p = GeoPosition::from_degrees(lat, lon);
    const RouteCell c = route_cell_of(p);
    EXPECT_GE(c.column, 0);
    EXPECT_LT(c.column, route_columns(c.row));
    const EastNorth off = tangent_at(middle_of(c)).near(normal_of(p));
    EXPECT_LT(std::hypot(off.east.value(), off.north.value()), 900.0) << lat << " " << lon;
  }
  // Neighbours over 180 degrees know one another.
  RouteModel model;
  RouteVisit visit{
      route_cell_of(GeoPosition::from_degrees(0.0, 179.999)), at(0), RouteGroup::merchant, 5.0F, 0.0F, false};
  for (int i = 0; i < 50; ++i) model.learn(visit);
  visit.cell = route_cell_of(GeoPosition::from_degrees(0.0, -179.999));
  EXPECT_NEAR(model.opinion(visit).visits, 50.0, 1e-3);
}

// A lane to the east along the parallel of `middle`, as so many ships have gone it.
RouteModel lane(int ships) {
  RouteModel model;
  for (int k = 0; k < ships; ++k) {
    for (double east = -20'000.0; east <= 20'000.0; east += 700.0) {
      const RouteCell cell = route_cell_of(place(east, 0.0));
      model.learn(
          {cell, at(3600.0 * k), RouteGroup::merchant, 6.0F + 0.1F * static_cast<float>(k % 7), 1.5708F, false});
    }
  }
  return model;
}

TEST(RouteModel, KnowsDirectionSpeedAndPlace) {
  const RouteModel model = lane(200);
  RouteVisit v{route_cell_of(middle), at(0), RouteGroup::merchant, 6.3F, 1.5708F, false};
  RouteOpinion o = model.opinion(v);
  EXPECT_GT(o.direction_probability, 0.95);
  EXPECT_EQ(o.usual_course_deg, 90.0);
  EXPECT_GT(o.speed_tail, 0.1);
  v.course_rad = 4.7124F;
  EXPECT_LT(model.opinion(v).direction_probability, 0.01);
  v.speed_mps = 12.0F;
  EXPECT_LT(model.opinion(v).speed_tail, 1e-3);
  EXPECT_LT(o.still_probability, 0.01);
  v.cell = route_cell_of(place(0.0, 2500.0));
  o = model.opinion(v);
  EXPECT_EQ(o.visits, 0.0);
  EXPECT_GT(o.visits_wider, 500.0);
  // Of a class that was never counted it knows what all do, and how little it counted of that class.
  v = {route_cell_of(middle), at(0), RouteGroup::fishing, 6.3F, 4.7124F, false};
  o = model.opinion(v);
  EXPECT_EQ(o.visits, 0.0);
  EXPECT_LT(o.direction_probability, 0.05);
}

TEST(RouteModel, ComesBackFromItsEntriesAndTakesNoUnsoundOnes) {
  const RouteModel model = lane(20);
  RouteModel again;
  auto entries = model.entries();
  entries.push_back({~std::uint64_t{0}, {}});
  entries.push_back({entries[0].key + 1, {}});
  entries.back().counts.directions[0] = -1.0F;
  again.restore(entries);
  EXPECT_EQ(again.size(), model.size());
  const RouteVisit v{route_cell_of(middle), at(0), RouteGroup::merchant, 6.3F, 1.5708F, false};
  EXPECT_EQ(again.opinion(v).direction_probability, model.opinion(v).direction_probability);
  const auto drawn = again.drawn(10.0);
  ASSERT_FALSE(drawn.empty());
  EXPECT_NEAR(drawn[0].course_deg, 90.0, 0.1);
  EXPECT_GT(drawn[0].one_way, 0.99);
}

// Watches ships by a rule after the lane was learned.
std::vector<testing::Told> told_in_lane(const UnusualRule& rule, Ship ship, double until_s, int learned = 200) {
  RuleEngine engine(one_rule(rule));
  EngineSnapshot known = engine.snapshot();
  known.routes = lane(learned).entries();
  EXPECT_TRUE(engine.restore(known));
  std::vector<Ship> ships = {std::move(ship)};
  std::vector<testing::Told> told;
  std::vector<AlertChange> changes;
  for (double s = 0.0; s <= until_s; s += 1.0) {
    engine.process(testing::picture_of(ships, s), nullptr, changes);
    for (const AlertChange& c : changes) told.push_back({s, c.news, c.alert});
    changes.clear();
  }
  return told;
}

TEST(Unusual, AgainstTheTrafficIsToldAfterItsTime) {
  const auto told =
      told_in_lane({.what = "direction"}, {.mmsi = 1, .east_m = 5000, .course_deg = 270, .speed_kn = 12}, 200);
  EXPECT_THAT(testing::raised(told), ElementsAre(180.0));
  EXPECT_THAT(told[0].alert.text, HasSubstr("goes 270\u00b0 where of"));
  EXPECT_THAT(told[0].alert.text, HasSubstr("most about 090\u00b0"));
}

TEST(Unusual, WithTheTrafficIsNot) {
  EXPECT_THAT(told_in_lane({}, {.mmsi = 1, .east_m = -5000, .course_deg = 90, .speed_kn = 12.5}, 600), IsEmpty());
}

TEST(Unusual, OffTheRouteTooFastOrStoppedInItIsTold) {
  EXPECT_THAT(testing::raised(
                  told_in_lane({.what = "place"}, {.mmsi = 1, .north_m = 2500, .course_deg = 90, .speed_kn = 12}, 200)),
              ElementsAre(180.0));
  EXPECT_THAT(testing::raised(told_in_lane({.what = "speed"}, {.mmsi = 1, .course_deg = 90, .speed_kn = 24}, 200)),
              ElementsAre(180.0));
  const auto stopped = told_in_lane({.what = "stop"}, {.mmsi = 1}, 200);
  EXPECT_THAT(testing::raised(stopped), ElementsAre(180.0));
  EXPECT_THAT(stopped[0].alert.text, HasSubstr("lies still where of"));
  Ship moored{.mmsi = 1};
  moored.status = 5;
  EXPECT_THAT(told_in_lane({.what = "stop"}, moored, 200), IsEmpty());
}

TEST(Unusual, NothingIsSaidWhereTooFewWereCounted) {
  const Ship against{.mmsi = 1, .east_m = 5000, .course_deg = 270, .speed_kn = 12};
  const auto seen = [&](int learned) {
    return testing::raised(
        told_in_lane({.what = "direction", .rare_pct = 5.0, .visits_min = 100.0}, against, 200, learned));
  };
  // The three cells abreast hold about five visits of each ship that went the lane (it was counted every 700 m).
  EXPECT_THAT(seen(15), IsEmpty());
  EXPECT_THAT(seen(40), ElementsAre(180.0));
}

TEST(Unusual, NobodyIsHisOwnPrecedent) {
  RuleEngine engine(one_rule(UnusualRule{}));
  std::vector<Ship> ships = {{.mmsi = 1, .course_deg = 90, .speed_kn = 20}};
  std::vector<AlertChange> changes;
  for (double s = 0.0; s < 1700.0; s += 1.0) engine.process(testing::picture_of(ships, s), nullptr, changes);
  EXPECT_EQ(engine.routes().size(), 0U);
  for (double s = 1700.0; s < 2400.0; s += 1.0) engine.process(testing::picture_of(ships, s), nullptr, changes);
  EXPECT_GT(engine.routes().size(), 0U);
}

TEST(Unusual, WhatWasLearnedIsKeptWhenTimeGoesBack) {
  RuleEngine engine(one_rule(UnusualRule{}));
  EngineSnapshot known = engine.snapshot();
  known.routes = lane(5).entries();
  ASSERT_TRUE(engine.restore(known));
  std::vector<Ship> ships = {{.mmsi = 1}};
  std::vector<AlertChange> changes;
  engine.process(testing::picture_of(ships, 1000.0), nullptr, changes);
  engine.process(testing::picture_of(ships, 0.0), nullptr, changes);
  EXPECT_EQ(engine.counters().time_went_back, 1U);
  EXPECT_EQ(engine.routes().size(), known.routes.size());
}

}  // namespace
}  // namespace headland::rules
