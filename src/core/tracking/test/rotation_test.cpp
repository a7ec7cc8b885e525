// SPDX-License-Identifier: Apache-2.0
// Where a scene is turned or shifted, its tracks are, all of them and no others.
//
// With the plane turned or shifted under the radar all is the same to the rounding of coordinates. A scene that is
// turned about the radar is another one to it: the beam meets each vessel up to a turn later, where it has gone on by
// then, so that other plots of clutter lie in its gate; and the maps of the sea are kept in polar cells
// (sea/polar_cells.hpp) that do not turn along, so that clutter falls into them in other ways.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

// How far a track may be from where it is to be, in its own deviations (about 3 m near by to 30 m far out). Of 1500
// scenes like these (5275 tracks) all tracks were there, half within 0.01 deviations (0.07 m), 99 of 100 within 0.35
// (3 m), and the farthest at 1.23 (27 m). By whole cells of the maps that is no nearer, and nearer with vessels at
// rest: it is the times that count.
constexpr double most_deviations = 1.5;
constexpr double usual_deviations = 0.1;
constexpr double usual_share = 0.9;
// Three vessels, by whole cells of the maps.
constexpr double few_deviations = 0.05;

constexpr double rounding_m = 1e-6;
constexpr double rounding = 1e-9;  // of probabilities

Scene any_scene(std::uint64_t seed) {
  Random random(seed * 77 + 5);
  Scene scene;
  scene.seed = seed;
  scene.clutter = random.uniform(0.0, 60.0);
  scene.detection = 0.95;
  add_vessels(scene, 1 + static_cast<int>(random.below(6)));
  return scene;
}

std::vector<Track> believed_of(const Scene& scene) {
  Tracker tracker{TrackerConfig{}};
  run(tracker, scene, 0, 40);
  std::vector<Track> all = tracker.tracks();
  std::erase_if(all, [](const Track& t) { return t.stage == TrackStage::tentative; });
  return all;
}

EastNorth turned(EastNorth at, double by_deg) {
  const double c = std::cos(by_deg * radians_per_degree);
  const double s = std::sin(by_deg * radians_per_degree);
  return {c * at.east + s * at.north, c * at.north - s * at.east};
}

// How far `y` is from where `x` lies after it was turned. The beam is there some part of a turn later.
double apart(const Track& x, const Track& y, double by_deg) {
  const EastNorth at = turned(x.state.position, by_deg);
  const double dt = to_seconds(x.time - y.time).value();
  return std::hypot(y.state.position.east.value() + dt * y.state.velocity.east.value() - at.east.value(),
                    y.state.position.north.value() + dt * y.state.velocity.north.value() - at.north.value());
}

double deviation_m(const Track& t) { return std::sqrt(t.state.covariance[0] + t.state.covariance[5]); }

// Whether each track has one of its own after the turn, none over; how far apart they are, in deviations, is added to
// `found`.
void expect_turned(const std::vector<Track>& before, const std::vector<Track>& after, double by_deg, double most,
                   std::vector<double>& found) {
  EXPECT_EQ(before.size(), after.size());
  std::vector<Track> left = after;
  for (const Track& x : before) {
    const auto y = std::min_element(left.begin(), left.end(), [&](const Track& a, const Track& b) {
      return apart(x, a, by_deg) < apart(x, b, by_deg);
    });
    if (y == left.end()) break;
    found.push_back(apart(x, *y, by_deg) / std::max(deviation_m(x), deviation_m(*y)));
    EXPECT_LT(found.back(), most) << "nothing where track " << x.id.value() << " is to be";
    left.erase(y);
  }
}

TEST(TrackerRotation, ASceneTurnedByAnyAngleGivesTheSameTracksTurned) {
  std::vector<double> found;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Scene scene = any_scene(seed);
    Scene other = scene;
    other.rotate_deg = Random(seed).uniform(1.0, 359.0);
    SCOPED_TRACE("scene " + std::to_string(seed) + " by " + std::to_string(other.rotate_deg));
    expect_turned(believed_of(scene), believed_of(other), other.rotate_deg, most_deviations, found);
  }
  ASSERT_GT(found.size(), 300U);
  std::sort(found.begin(), found.end());
  EXPECT_LT(found[static_cast<std::size_t>(usual_share * static_cast<double>(found.size()))], usual_deviations);
}

// So that what is learned of the sea is the same: only the times differ.
TEST(TrackerRotation, ASceneTurnedByCellsGivesTheSameTracksTurned) {
  std::vector<double> found;
  for (const double clutter : {0.0, 30.0}) {
    for (int eighths = 1; eighths < 8; ++eighths) {
      Scene scene;
      scene.vessels = {{3000, 2000, 4, -5}, {1000, 4500, -6, 2}, {-2500, -600, 0, 0}};
      scene.clutter = clutter;
      scene.detection = 0.9;
      Scene other = scene;
      other.rotate_deg = 45.0 * eighths;
      SCOPED_TRACE(other.rotate_deg);
      const auto before = believed_of(scene);
      EXPECT_EQ(before.size(), 3U);
      expect_turned(before, believed_of(other), other.rotate_deg, few_deviations, found);
    }
  }
}

// The radar's own north turned in the plane, or the radar at another place: its plots are the same to the last bit.
void expect_carried_along(const Scene& scene, double by_deg, EastNorth site) {
  Tracker a{TrackerConfig{}};
  Tracker b{TrackerConfig{}};
  TrackUpdates out;
  for (std::uint32_t turn = 0; turn < 40; ++turn) {
    PlotSector s = make_turn(scene, turn);
    a.process(s, out);
    s.site_east_m = site.east.value();
    s.site_north_m = site.north.value();
    s.site_north = Angle::from_degrees(by_deg);
    b.process(s, out);
  }
  const auto ta = a.tracks();
  const auto tb = b.tracks();
  ASSERT_EQ(ta.size(), tb.size());
  for (std::size_t k = 0; k < ta.size(); ++k) {
    EXPECT_EQ(ta[k].id, tb[k].id);
    EXPECT_EQ(ta[k].stage, tb[k].stage);
    const EastNorth at = turned(ta[k].state.position, by_deg);
    EXPECT_NEAR((at.east + site.east).value(), tb[k].state.position.east.value(), rounding_m);
    EXPECT_NEAR((at.north + site.north).value(), tb[k].state.position.north.value(), rounding_m);
    EXPECT_NEAR(ta[k].existence, tb[k].existence, rounding);
    const auto& ca = ta[k].state.covariance;
    const auto& cb = tb[k].state.covariance;
    EXPECT_NEAR(ca[0] + ca[5], cb[0] + cb[5], rounding * (ca[0] + ca[5]));
  }
}

TEST(TrackerRotation, WhatIsTurnedInThePlaneIsTheSameToRounding) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    expect_carried_along(any_scene(seed), Random(seed).uniform(1.0, 359.0), {});
  }
}

TEST(TrackerRotation, WhatIsShiftedInThePlaneIsTheSameToRounding) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    expect_carried_along(any_scene(seed), 0.0, {Metres(4096.0), Metres(-20480.0)});
  }
}

}  // namespace
}  // namespace headland::tracking::test
