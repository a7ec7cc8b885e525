// SPDX-License-Identifier: Apache-2.0
// A node whose clock is set back compares on, instead of waiting until time has caught up.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/registration/registrar.hpp"

namespace headland::registration {
namespace {

constexpr std::uint32_t vessels = 6;
constexpr double turn_s = 2.5;

// Vessels on straight courses about one radar that errs in nothing; the clock shows `clock_s` beside the time.
class Sea {
 public:
  Registrar registrar{RegistrarConfig{}};
  double clock_s = 0.0;
  std::uint32_t first_mmsi = 244'000'001;

  void run(double from_s, double to_s) {
    for (double t = from_s; t < to_s; t += turn_s) turn(t);
  }
  [[nodiscard]] double compared() const { return registrar.snapshot().radars.at(1).residuals; }

 private:
  [[nodiscard]] Timestamp at(double s) const { return from_epoch_seconds(1'700'000'040.0 + s + clock_s); }
  static EastNorth place(std::uint32_t k, double s) {
    const double bearing = 2.0 * std::numbers::pi * k / vessels;
    return {Metres(4000.0 * std::sin(bearing) + 4.0 * s), Metres(4000.0 * std::cos(bearing))};
  }

  void turn(double t) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.turn = turn_++;
    sector.sectors_per_turn = 1;
    sector.reference = BearingReference::true_north;
    sector.began = at(t);
    sector.ended = at(t + turn_s);
    sector.range_max = Metres(20'000.0);
    for (std::uint32_t k = 0; k < vessels; ++k) {
      const EastNorth middle = place(k, t + 0.5 * turn_s);
      const double bearing = Bearing::of(middle.east.value(), middle.north.value()).radians();
      const double s = t + turn_s * bearing / (2.0 * std::numbers::pi);
      const EastNorth seen = place(k, s);
      Plot plot;
      plot.time = at(s);
      plot.range = Metres(std::hypot(seen.east.value(), seen.north.value()));
      plot.bearing = Bearing::of(seen.east.value(), seen.north.value());
      plot.range_deviation = Metres(6.0);
      plot.bearing_deviation = Radians(0.004);
      sector.plots.push_back(plot);
    }
    registrar.process(sector, Bias{});
    if (turn_ % 4 != 0) return;
    for (std::uint32_t k = 0; k < vessels; ++k) {
      VesselReport r;
      r.mmsi = Mmsi(first_mmsi + k);
      r.received = at(t + turn_s);
      r.speed = MetresPerSecond(4.0);
      r.course = Bearing(Radians(0.5 * std::numbers::pi));
      registrar.process(r, place(k, t + turn_s - 0.5), 0.0);
    }
  }

  std::uint32_t turn_ = 0;
};

TEST(Registrar, compares_on_after_the_clock_was_set_back) {
  Sea sea;
  sea.run(0.0, 600.0);
  const double before = sea.compared();
  ASSERT_GT(before, 200.0);
  sea.clock_s = -600.0;
  sea.run(600.0, 700.0);
  EXPECT_GT(sea.compared(), before + 100.0);
}

TEST(Registrar, forgets_what_it_knew_of_vessels_that_left) {
  Sea sea;
  sea.run(0.0, 200.0);
  ASSERT_EQ(sea.registrar.snapshot().watches.at(1).vessels.size(), vessels);
  sea.first_mmsi = 245'000'001;  // others in their place
  sea.run(200.0, 1000.0);
  const auto known = sea.registrar.snapshot().watches.at(1).vessels;
  EXPECT_EQ(known.size(), vessels);
  EXPECT_TRUE(known.contains(245'000'001));
}

}  // namespace
}  // namespace headland::registration
