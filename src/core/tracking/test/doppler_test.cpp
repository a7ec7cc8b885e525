// SPDX-License-Identifier: Apache-2.0
// Doppler: it sharpens the speed, never at the cost of consistency.
#include "core/tracking/filter/doppler.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/tracking/test/roles/roles.hpp"
#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

using Kind = RadialSight::Kind;

constexpr double threshold_mps = 1.03;

RadialSight sight(Kind kind, double aim, double speed = 0.0) {
  return {kind, aim, speed, kind == Kind::speed ? 0.5 : threshold_mps};
}

// The radial speed under a mark, by adding up over 20 deviations: the closed form has no other judge.
struct Moments {
  double probability = 0.0, mean = 0.0, variance = 0.0;
};
Moments by_summing(Kind kind, double mean, double deviation) {
  const auto below = [](double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); };
  const auto told = [&](double v) {  // as the header says it: half of fast ones, 0.03 wrong, soft by 0.4 m/s
    const double towards = 0.03 + 0.44 * below((-v - threshold_mps) / 0.4);
    const double away = 0.03 + 0.44 * below((v - threshold_mps) / 0.4);
    return kind == Kind::approaching ? towards : kind == Kind::receding ? away : 1.0 - towards - away;
  };
  Moments m;
  double second = 0.0;
  for (int k = -4000; k <= 4000; ++k) {
    const double z = k * 0.0025;
    const double v = mean + deviation * z;
    const double w = std::exp(-0.5 * z * z) * 0.0025 / std::sqrt(2.0 * std::numbers::pi) * told(v);
    m.probability += w;
    m.mean += w * v;
    second += w * v * v;
  }
  m.mean /= m.probability;
  m.variance = second / m.probability - m.mean * m.mean;
  return m;
}

TEST(DopplerTest, GivesTheMomentsThatSummingGives) {
  for (const Kind kind : {Kind::approaching, Kind::receding, Kind::slow}) {
    for (const double mean : {-6.0, -1.0, 0.0, 0.4, 3.0}) {
      for (const double deviation : {0.2, 1.0, 9.0}) {
        Gaussian g;
        g.velocity << 7.0, mean;  // seen along the north
        g.pp = 100.0 * Matrix2::Identity();
        g.vv << 1.0, 0.0, 0.0, deviation * deviation;
        const double probability = take_radial(sight(kind, 0.0), g);
        const Moments m = by_summing(kind, mean, deviation);
        EXPECT_NEAR(probability, m.probability, 1e-4);
        EXPECT_NEAR(g.velocity(1), m.mean, 1e-3 * (1.0 + deviation));
        EXPECT_NEAR(g.vv(1, 1), m.variance, 2e-3 * (0.1 + deviation * deviation));
        EXPECT_EQ(g.velocity(0), 7.0);  // what is not told of stays
        EXPECT_EQ(g.vv(0, 0), 1.0);
      }
    }
  }
}

TEST(DopplerTest, ProbabilitiesOfTheThreeMarksSumToOne) {
  Random random(1);
  for (int round = 0; round < 200; ++round) {
    const double aim = random.uniform(0.0, 6.28);
    const Gaussian g = random_gaussian(random);
    double sum = 0.0;
    for (const Kind kind : {Kind::approaching, Kind::receding, Kind::slow}) {
      Gaussian copy = g;
      sum += take_radial(sight(kind, aim), copy);
    }
    EXPECT_NEAR(sum, 1.0, 1e-6);
  }
}

TEST(DopplerTest, ARadialSpeedIsTheKalmanUpdateAndThePositionLearnsByIt) {
  Random random(2);
  for (int round = 0; round < 300; ++round) {
    const double aim = random.uniform(0.0, 6.28);
    const Vector2 u(std::sin(aim), std::cos(aim));
    const Gaussian g = random_gaussian(random);
    Gaussian told = g;
    (void)take_radial(sight(Kind::speed, aim, 3.0), told);
    const double s = u.dot(g.vv * u) + 0.25;
    const double nu = 3.0 - u.dot(g.velocity);
    expect_near(told, {g.position + g.pv * u * (nu / s), g.velocity + g.vv * u * (nu / s),
                       g.pp - g.pv * u * (g.pv * u).transpose() / s, g.pv - g.pv * u * (g.vv * u).transpose() / s,
                       g.vv - g.vv * u * (g.vv * u).transpose() / s});
    EXPECT_LT(told.vv.trace(), g.vv.trace());
    EXPECT_LE(told.pp.trace(), g.pp.trace());
  }
}

TEST(DopplerTest, CovariancesStayPositiveInTenThousandRandomUpdates) {
  Random random(3);
  for (int round = 0; round < 10000; ++round) {
    Gaussian g = random_gaussian(random);
    const auto kind = static_cast<Kind>(1 + random.below(4));
    (void)take_radial(sight(kind, random.uniform(0.0, 6.28), random.uniform(-30.0, 30.0)), g);
    expect_positive(g);
  }
}

TEST(DopplerTest, KnowsNoDirection) {
  Random random(4);
  for (const Kind kind : {Kind::approaching, Kind::receding, Kind::slow, Kind::speed}) {
    Gaussian a = random_gaussian(random);
    Gaussian b = rotated(a);
    (void)take_radial(sight(kind, 0.3, -2.0), a);
    (void)take_radial(sight(kind, 0.3 + std::numbers::pi / 2.0, -2.0), b);
    expect_near(rotated(a), b);
  }
}

// Marks of a radar as the model takes it to be, and speeds with their deviation.
enum class Told { nothing, marks, speeds };

void tell(PlotSector& sector, const Scene& scene, Told told, Random& random) {
  for (Plot& p : sector.plots) {
    // The vessel nearest to the plot: scenes here have no clutter.
    const double t = to_seconds(p.time - start_of_day).value();
    const double east = p.range.value() * std::sin(p.bearing.radians());
    const double north = p.range.value() * std::cos(p.bearing.radians());
    const Vessel* nearest = nullptr;
    double least = 1e18;
    for (const Vessel& v : scene.vessels) {
      const double off = std::hypot(v.east_m + v.ve_mps * t - east, v.north_m + v.vn_mps * t - north);
      if (off < least) nearest = &v, least = off;
    }
    const double radial = (nearest->ve_mps * east + nearest->vn_mps * north) / std::hypot(east, north);
    if (told == Told::speeds) p.radial_speed = MetresPerSecond(radial + 0.5 * random.normal());
    if (told != Told::marks) continue;
    const double sensed = radial + 0.4 * random.normal();
    p.doppler = DopplerCell::none;
    const double chance = random.uniform();
    if (chance < 0.03) {
      p.doppler = DopplerCell::approaching;
    } else if (chance < 0.06) {
      p.doppler = DopplerCell::receding;
    } else if (std::abs(sensed) > threshold_mps && chance < 0.50) {
      p.doppler = sensed < 0.0 ? DopplerCell::approaching : DopplerCell::receding;
    }
  }
}

struct Judged {
  double radial_rms_mps = 0.0;  // error of the speed along the line of sight
  double speed_rms_mps = 0.0;
  double nees = 0.0;  // of the velocity: 2 when consistent
  std::size_t tracks = 0;
  std::size_t within = 0;  // of the 95 % bound
};

// Young tracks of a radar with long pulses, where the speed is what is least known: from the second turn to the fifth.
Judged judge(Told told, std::uint64_t seeds) {
  Judged out;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Scene scene;
    scene.seed = seed;
    scene.detection = 0.95;
    scene.range_deviation_m = 20.0;
    Random random(seed * 77);
    for (int k = 0; k < 12; ++k) {
      const double bearing = 0.5 * k + 0.2;
      const double range = random.uniform(1500.0, 7000.0);
      scene.vessels.push_back({range * std::sin(bearing), range * std::cos(bearing), 7.0 * random.normal() / 1.2,
                               7.0 * random.normal() / 1.2});
    }
    Tracker tracker{TrackerConfig{}};
    TrackUpdates updates;
    for (std::uint32_t turn = 0; turn < 5; ++turn) {
      PlotSector sector = make_turn(scene, turn);
      tell(sector, scene, told, random);
      for (const PlotSector& s : split(sector, 16)) tracker.process(s, updates);
      if (turn < 1) continue;
      for (const Track& t : tracker.tracks()) {
        const double at_s = to_seconds(t.time - start_of_day).value();
        for (const Vessel& v : scene.vessels) {
          const double off = std::hypot(v.east_m + v.ve_mps * at_s - t.state.position.east.value(),
                                        v.north_m + v.vn_mps * at_s - t.state.position.north.value());
          if (off > 150.0) continue;
          const Vector2 error(t.state.velocity.east.value() - v.ve_mps, t.state.velocity.north.value() - v.vn_mps);
          Matrix2 cov;
          const auto& c = t.state.covariance;
          cov << c[10], c[11], c[14], c[15];
          const double nees = quadratic(inverse(cov), error);
          out.speed_rms_mps += error.squaredNorm();
          const Vector2 place(t.state.position.east.value(), t.state.position.north.value());
          const double radial = error.dot(place) / place.norm();
          out.radial_rms_mps += radial * radial;
          out.nees += nees;
          out.within += nees < 5.99 ? 1U : 0U;
          ++out.tracks;
          break;
        }
      }
    }
  }
  out.radial_rms_mps = std::sqrt(out.radial_rms_mps / static_cast<double>(out.tracks));
  out.speed_rms_mps = std::sqrt(out.speed_rms_mps / static_cast<double>(out.tracks));
  out.nees /= static_cast<double>(out.tracks);
  return out;
}

TEST(DopplerTest, SharpensTheSpeedOfYoungTracksAndKeepsThemConsistent) {
  const Judged nothing = judge(Told::nothing, 20);
  const Judged marks = judge(Told::marks, 20);
  const Judged speeds = judge(Told::speeds, 20);
  const auto say = [](const char* what, const Judged& j) {
    std::printf(
        "%s: %.2f m/s rms along the line of sight, %.2f in all, NEES of velocity %.2f, %.1f %% within 95 %%, %zu "
        "states\n",
        what, j.radial_rms_mps, j.speed_rms_mps, j.nees,
        100.0 * static_cast<double>(j.within) / static_cast<double>(j.tracks), j.tracks);
  };
  say("no Doppler", nothing);
  say("marks", marks);
  say("radial speeds", speeds);
  EXPECT_GT(nothing.tracks, 400U);
  EXPECT_GE(marks.tracks, nothing.tracks * 98 / 100);
  EXPECT_LT(marks.radial_rms_mps, 0.97 * nothing.radial_rms_mps);
  EXPECT_LT(speeds.radial_rms_mps, 0.5 * nothing.radial_rms_mps);
  EXPECT_LT(marks.speed_rms_mps, nothing.speed_rms_mps);
  EXPECT_LT(speeds.speed_rms_mps, nothing.speed_rms_mps);
  // Consistent: the 95 % bound holds 95 % and the mean is 2 at most, but for what chance does to so many states, which
  // are five or six a vessel and not independent.
  for (const Judged& j : {marks, speeds}) {
    EXPECT_GT(static_cast<double>(j.within) / static_cast<double>(j.tracks), 0.93);
    EXPECT_LT(j.nees, 2.3);
  }
}

TEST(DopplerTest, IsNotUsedWhereTheConfigurationSaysSo) {
  TrackerConfig config;
  config.doppler_threshold_mps = 0.0;
  Plot plot;
  plot.doppler = DopplerCell::approaching;
  EXPECT_FALSE(sight_of(plot, 0.0, config).is_told());
  plot.radial_speed = MetresPerSecond(std::nan(""));
  EXPECT_FALSE(sight_of(plot, 0.0, config).is_told());
  plot.radial_speed = MetresPerSecond(3.0);
  EXPECT_EQ(sight_of(plot, 0.0, config).kind, Kind::speed);
}

}  // namespace
}  // namespace headland::tracking::test
