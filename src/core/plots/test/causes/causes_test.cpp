// SPDX-License-Identifier: Apache-2.0
// Each cause by itself: plots drawn by hand, the cause found where it must be and nothing else.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/plots/causes/plot_explainer.hpp"
#include "core/plots/causes/second_trace.hpp"

namespace headland::plots {
namespace {

constexpr double degree = std::numbers::pi / 180.0;
constexpr double beam_deg = 1.0;
constexpr std::uint32_t sectors = 16;

struct Drawn {
  double range_m;
  double bearing_deg;
  double strength_db = 10.0;
  double width_deg = 1.0;
  double length_m = 20.0;
};

// Turns of plots, each dealt to its sector.
class Sea {
 public:
  explicit Sea(CauseConfig config = {}, bool has_strengths = true) : has_strengths_(has_strengths) {
    config.beam_width = Angle::from_degrees(beam_deg);
    explainer_.emplace(config);
  }
  // All plots of the turn as they were judged, in the order in which they were given.
  std::vector<Plot> turn(const std::vector<Drawn>& drawn) {
    std::vector<Plot> out(drawn.size());
    beacons.clear();
    for (std::uint32_t s = 0; s < sectors; ++s) {
      PlotSector sector;
      sector.turn = turn_;
      sector.sector = s;
      sector.sectors_per_turn = sectors;
      sector.from = Bearing::from_degrees(360.0 / sectors * s);
      sector.to = Bearing::from_degrees(360.0 / sectors * (s + 1));
      sector.range_max = Metres(30e3);
      std::vector<std::size_t> which;
      for (std::size_t i = 0; i < drawn.size(); ++i) {
        const double bearing = std::fmod(drawn[i].bearing_deg + 360.0, 360.0);
        if (static_cast<std::uint32_t>(bearing / (360.0 / sectors)) != s) continue;
        which.push_back(i);
        sector.plots.push_back(plot_of(drawn[i]));
      }
      explainer_->process(sector, has_strengths_);
      for (std::size_t k = 0; k < which.size(); ++k) out[which[k]] = sector.plots[k];
      beacons.insert(beacons.end(), sector.beacons.begin(), sector.beacons.end());
    }
    ++turn_;
    return out;
  }
  std::vector<BeaconSighting> beacons;  // of the last turn
  [[nodiscard]] const CauseCounters& counters() const { return explainer_->counters(); }

 private:
  [[nodiscard]] Plot plot_of(const Drawn& d) const {
    Plot p;
    p.time = from_epoch_seconds(1000.0 + 2.5 * (turn_ + d.bearing_deg / 360.0));
    p.range = Metres(d.range_m);
    p.bearing = Bearing::from_degrees(d.bearing_deg);
    p.range_deviation = Metres(5.0);
    p.bearing_deviation = Radians(0.1 * degree);
    p.range_extent = Metres(d.length_m);
    p.bearing_extent = Radians(d.width_deg * degree);
    p.strength = Decibels(d.strength_db);
    p.cell_count = 20;
    return p;
  }
  std::optional<PlotExplainer> explainer_;
  bool has_strengths_;
  std::uint32_t turn_ = 0;
};

// A ship that goes outward, and scattered false plots.
struct ShipAndWaves {
  Random random{7};
  std::vector<Drawn> waves(int count) {
    std::vector<Drawn> out;
    for (int i = 0; i < count; ++i) out.push_back({500.0 + 7500.0 * random.uniform(), 360.0 * random.uniform(), 4.0});
    return out;
  }
};

TEST(SideLobes, AWeakEchoAtTheRangeOfAMuchStrongerOneIsLikelyOne) {
  Sea sea;
  ShipAndWaves make;
  std::vector<Plot> last;
  for (int t = 0; t < 120; ++t) {
    auto drawn = make.waves(60);
    const double range = 2000.0 + 30.0 * t;
    drawn.push_back({range, 90.0, 60.0, 3.0});
    for (const double off : {-25.0, -15.0, -6.0, 7.0, 14.0, 22.0}) drawn.push_back({range + 3.0, 90.0 + off, 6.0});
    last = sea.turn(drawn);
  }
  for (std::size_t i = 61; i < last.size(); ++i) {
    EXPECT_EQ(last[i].cause, PlotCause::side_lobe) << i;
    EXPECT_GT(last[i].cause_odds, 3.0) << i;
  }
  EXPECT_EQ(last[60].cause_odds, 0.0) << "the ship itself";
}

TEST(SideLobes, ABoatBesideATankerIsNone) {
  Sea sea;
  ShipAndWaves make;
  for (int t = 0; t < 120; ++t) {
    auto drawn = make.waves(60);
    const double range = 2000.0 + 30.0 * t;
    drawn.push_back({range, 90.0, 60.0, 2.5});
    // As far as the tanker: too strong for a side lobe of 23 dB (46 out and back); in the tanker's lobes but farther.
    drawn.push_back({range + 2.0, 95.0, 25.0});
    drawn.push_back({range + 90.0, 95.0, 6.0});
    const auto plots = sea.turn(drawn);
    EXPECT_EQ(plots[61].cause_odds, 0.0) << t;
    EXPECT_EQ(plots[62].cause_odds, 0.0) << t;
  }
}

// What stands still counts once: an anchored boat at the range of an anchored ship does not teach itself away, even
// where levels say nothing.
TEST(SideLobes, WhatLiesAtAnchorBesideAShipStays) {
  Sea sea({}, false);
  ShipAndWaves make;
  for (int t = 0; t < 500; ++t) {
    auto drawn = make.waves(60);
    drawn.push_back({3000.0, 90.0, 8.0, 3.0});
    drawn.push_back({3002.0, 105.0, 8.0});
    EXPECT_LT(sea.turn(drawn)[61].cause_odds, 1.5) << t;
  }
}

TEST(SideLobes, WithoutStrengthsTheyAreLearnedByTheWidthOfTheMainEcho) {
  Sea sea({}, false);
  ShipAndWaves make;
  std::vector<Plot> last;
  for (int t = 0; t < 150; ++t) {
    auto drawn = make.waves(60);
    const double range = 2000.0 + 30.0 * t;
    drawn.push_back({range, 90.0, 8.0, 3.0});
    for (const double off : {-25.0, -15.0, 14.0, 22.0}) drawn.push_back({range + 3.0, 90.0 + off, 8.0});
    last = sea.turn(drawn);
  }
  for (std::size_t i = 61; i < last.size(); ++i) EXPECT_GT(last[i].cause_odds, 1.0) << i;
}

TEST(SideLobes, WhereThereAreNoneNothingIsDoubted) {
  Sea sea({}, false);
  ShipAndWaves make;
  double odds = 0.0;
  int plots = 0;
  for (int t = 0; t < 200; ++t) {
    auto drawn = make.waves(120);
    for (int k = 0; k < 6; ++k) drawn.push_back({1500.0 + 900.0 * k + 8.0 * t, 40.0 + 50.0 * k, 8.0, 3.0});
    for (const Plot& p : sea.turn(drawn)) {
      if (t < 100) continue;
      odds += p.cause_odds;
      ++plots;
    }
  }
  EXPECT_LT(odds / plots, 0.1);
}

TEST(SecondTrace, AnEchoThatJumpsWithTheIntervalIsOne) {
  CauseConfig config;
  config.pulse_intervals = {Seconds(300e-6), Seconds(310e-6)};  // 1499 m
  Sea sea(config);
  std::vector<Plot> plots;
  for (int t = 0; t < 8; ++t) {
    plots = sea.turn({{5000.0 + (t % 2) * 1499.0, 45.0}, {5000.0 - 20.0 * t, 200.0}});
    EXPECT_EQ(plots[1].cause_odds, 0.0) << t;
  }
  EXPECT_EQ(plots[0].cause, PlotCause::second_trace);
  EXPECT_GE(plots[0].cause_odds, 1e4);
}

TEST(SecondTrace, CannotBeKnownWithOneInterval) {
  CauseConfig config;
  config.pulse_intervals = {Seconds(300e-6)};
  EXPECT_FALSE(SecondTrace(config).is_known());
  Sea sea(config);
  for (int t = 0; t < 8; ++t) EXPECT_EQ(sea.turn({{5000.0 + (t % 2) * 1499.0, 45.0}})[0].cause_odds, 0.0);
}

TEST(SecondTrace, TwoBoatsAJumpApartAreTwoBoats) {
  CauseConfig config;
  config.pulse_intervals = {Seconds(300e-6), Seconds(310e-6)};
  Sea sea(config);
  for (int t = 0; t < 20; ++t) {
    for (const Plot& p : sea.turn({{5000.0 + 20.0 * t, 45.0}, {6499.0 + 20.0 * t, 45.0}})) {
      EXPECT_LE(p.cause_odds, 1.0) << t;
    }
  }
}

std::vector<Drawn> sart(double range_m, double bearing_deg, int dots) {
  std::vector<Drawn> out;
  for (int k = 0; k < dots; ++k) out.push_back({range_m + 1185.0 * k, bearing_deg, 12.0, 0.8, 40.0});
  return out;
}

TEST(Beacons, ASartIsRecognisedAndItsDotsAreNoVessels) {
  Sea sea;
  ShipAndWaves make;
  for (int t = 0; t < 3; ++t) {
    auto drawn = sart(4000.0, 77.0, 9);
    const auto waves = make.waves(100);
    drawn.insert(drawn.end(), waves.begin(), waves.end());
    const auto plots = sea.turn(drawn);
    ASSERT_EQ(sea.beacons.size(), 1U) << t;
    EXPECT_EQ(sea.beacons[0].kind, PlotCause::sart);
    EXPECT_EQ(sea.beacons[0].turns, static_cast<std::uint32_t>(t) + 1);
    EXPECT_NEAR(sea.beacons[0].range.value(), 4000.0, 1.0);
    EXPECT_NEAR(sea.beacons[0].bearing.degrees(), 77.0, 0.1);
    if (t == 0) continue;
    for (std::size_t i = 0; i < 9; ++i) {
      EXPECT_EQ(plots[i].cause, PlotCause::sart);
      EXPECT_GE(plots[i].cause_odds, 1e4);
    }
  }
  EXPECT_EQ(sea.counters().sart_sightings, 2U);
}

TEST(Beacons, ASartNearByDrawsArcsAndIsStillOne) {
  Sea sea;
  for (int t = 0; t < 2; ++t) {
    auto drawn = sart(900.0, 180.0, 12);
    for (auto& d : drawn) d.width_deg = 30.0;
    sea.turn(drawn);
  }
  ASSERT_FALSE(sea.beacons.empty());
  EXPECT_EQ(sea.beacons[0].kind, PlotCause::sart);
  EXPECT_EQ(sea.beacons[0].turns, 2U);
}

TEST(Beacons, FourDotsOrACrowdAreNoSart) {
  Sea sea;
  Random random(5);
  for (int t = 0; t < 40; ++t) {
    auto drawn = sart(4000.0, 77.0, 4);
    // A harbour: three hundred plots in a sector of 20 degrees.
    for (int i = 0; i < 300; ++i) {
      drawn.push_back({1000.0 + 8000.0 * random.uniform(), 200.0 + 20.0 * random.uniform(), 8.0});
    }
    sea.turn(drawn);
    for (const auto& b : sea.beacons) EXPECT_EQ(b.turns, 1U) << t;
  }
  EXPECT_EQ(sea.counters().sart_sightings, 0U);
}

TEST(Beacons, ARaconIsRecognisedAndItsBuoyStaysAnEcho) {
  Sea sea;
  std::vector<Plot> plots;
  // K: dash, dot, dash of 200 m units; dashes come in pieces.
  const std::vector<Drawn> racon = {{5000.0, 30.0, 20.0},
                                    {5350.0, 30.0, 20.0, 1.0, 340.0},
                                    {5650.0, 30.1, 20.0, 1.0, 260.0},
                                    {6080.0, 30.0, 20.0, 1.0, 200.0},
                                    {6680.0, 30.0, 20.0, 1.0, 600.0}};
  for (int t = 0; t < 3; ++t) plots = sea.turn(racon);
  ASSERT_EQ(sea.beacons.size(), 1U);
  EXPECT_EQ(sea.beacons[0].kind, PlotCause::racon);
  EXPECT_EQ(sea.beacons[0].marks, 3U);
  EXPECT_EQ(plots[0].cause_odds, 0.0);
  for (std::size_t i = 1; i < plots.size(); ++i) EXPECT_EQ(plots[i].cause, PlotCause::racon) << i;
}

TEST(Beacons, ConvoysAndQuaysAreNoRacon) {
  Sea sea;
  for (int t = 0; t < 10; ++t) {
    sea.turn({{3000.0, 10.0, 30.0, 1.5, 180.0},
              {3500.0, 10.0, 30.0, 1.5, 180.0},
              {4000.0, 10.0, 30.0, 1.5, 200.0},
              {2000.0, 90.0, 30.0, 4.0, 600.0},
              {2605.0, 90.2, 30.0, 4.0, 600.0}});
    EXPECT_TRUE(sea.beacons.empty()) << t;
  }
}

// What lies at the corner of two ships: A at 3000 m, B beside it.
TEST(Ghosts, AnEchoBehindAShipAsFarAsAnotherIsFromItIsLikelyOne) {
  Sea sea;
  ShipAndWaves make;
  std::vector<Plot> last;
  for (int t = 0; t < 100; ++t) {
    auto drawn = make.waves(60);
    const double a = 2500.0 + 20.0 * t;
    const double off = 8.0 * degree;
    const double b = 2700.0 + 15.0 * t;
    const double apart = std::sqrt(a * a + b * b - 2.0 * a * b * std::cos(off));
    drawn.push_back({a, 90.0, 50.0, 2.0});
    drawn.push_back({b, 98.0, 50.0, 2.0});
    drawn.push_back({a + apart, 90.0, 6.0});
    drawn.push_back({a + apart, 90.0 + 20.0, 6.0});  // elsewhere
    last = sea.turn(drawn);
  }
  EXPECT_EQ(last[62].cause, PlotCause::ghost);
  EXPECT_GT(last[62].cause_odds, 1.0);
  EXPECT_NE(last[63].cause, PlotCause::ghost);
}

TEST(Ghosts, AStrongShipBehindAnotherIsNone) {
  Sea sea;
  for (int t = 0; t < 50; ++t) {
    const auto plots = sea.turn({{2500.0, 90.0, 50.0, 2.0}, {2600.0, 98.0, 50.0, 2.0}, {2872.0, 90.0, 45.0, 1.9}});
    EXPECT_EQ(plots[2].cause_odds, 0.0);
  }
}

// Whatever comes: odds finite and not negative, plots and their order untouched, the same twice.
TEST(Explainer, HoldsForAnyPlots) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CauseConfig config;
    config.pulse_intervals = {Seconds(300e-6), Seconds(317e-6), Seconds(1e9)};
    PlotExplainer one(config);
    PlotExplainer two(config);
    Random random(seed);
    for (std::uint32_t t = 0; t < 10; ++t) {
      PlotSector sector;
      sector.turn = seed % 5 == 0 ? static_cast<std::uint32_t>(4e9 * random.uniform()) : t;
      const auto count = static_cast<int>(200.0 * random.uniform());
      for (int i = 0; i < count; ++i) {
        Plot p;
        p.range = Metres(20000.0 * random.uniform() - 100.0);
        p.bearing = Bearing(Radians(7.0 * random.uniform()));
        p.range_deviation = Metres(20.0 * random.uniform());
        p.range_extent = Metres(1000.0 * random.uniform() * random.uniform());
        p.bearing_extent = Radians(random.uniform() * random.uniform());
        p.strength = Decibels(i % 17 == 0 ? std::nan("") : 60.0 * random.uniform());
        sector.plots.push_back(p);
      }
      PlotSector again = sector;
      one.process(sector, seed % 2 == 0);
      two.process(again, seed % 2 == 0);
      ASSERT_EQ(sector.plots.size(), again.plots.size());
      for (std::size_t i = 0; i < sector.plots.size(); ++i) {
        EXPECT_TRUE(std::isfinite(sector.plots[i].cause_odds));
        EXPECT_GE(sector.plots[i].cause_odds, 0.0);
        EXPECT_EQ(sector.plots[i].cause_odds, again.plots[i].cause_odds);
        EXPECT_EQ(sector.plots[i].range, again.plots[i].range);
      }
    }
  }
}

}  // namespace
}  // namespace headland::plots
