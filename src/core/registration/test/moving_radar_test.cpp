// SPDX-License-Identifier: Apache-2.0
// A radar on a vessel under way that turns, whose compass errs: all true bearings are off by the same.
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/registration/registrar.hpp"

namespace headland::registration {
namespace {

constexpr double turning_s = 2.5;
constexpr double degree = std::numbers::pi / 180.0;

struct Passer {
  double east_m, north_m, east_mps, north_mps;
  [[nodiscard]] EastNorth at(double s) const {
    return {Metres(east_m + east_mps * s), Metres(north_m + north_mps * s)};
  }
};

class OwnShipUnderWay {
 public:
  explicit OwnShipUnderWay(double heading_bias_deg) : bias_rad_(heading_bias_deg * degree) {
    for (int k = 0; k < 12; ++k) {
      const double course = random_.uniform(0.0, 2.0 * std::numbers::pi), speed_mps = random_.uniform(3.0, 9.0);
      passers_.push_back({random_.uniform(-7000.0, 7000.0), random_.uniform(-7000.0, 7000.0),
                          speed_mps * std::sin(course), speed_mps * std::cos(course)});
    }
  }
  BiasEstimate after(double seconds) {
    for (double t = 0.0; t < seconds; t += turning_s) turn(t);
    return registrar_.estimate(SensorId(1));
  }

 private:
  // 8 m/s round a circle of 2.5 km.
  static EastNorth own_place(double s) {
    const double angle = 8.0 / 2500.0 * s;
    return {Metres(2500.0 * (1.0 - std::cos(angle))), Metres(2500.0 * std::sin(angle))};
  }
  static Timestamp clock(double s) { return from_epoch_seconds(1'700'000'040.0 + s); }

  void turn(double t) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.turn = turn_++;
    sector.sectors_per_turn = 1;
    sector.reference = BearingReference::true_north;
    sector.began = clock(t);
    sector.ended = clock(t + turning_s);
    sector.range_max = Metres(20'000.0);
    // One place for the whole sector, as stations have it of a moving radar.
    const EastNorth site = own_place(t + 0.5 * turning_s);
    sector.site_east_m = site.east.value();
    sector.site_north_m = site.north.value();
    for (const Passer& v : passers_) {
      const double s = t + 0.5 * turning_s;
      const EastNorth seen = v.at(s) - site;
      Plot plot;
      plot.time = clock(s);
      plot.range = Metres(std::hypot(seen.east.value(), seen.north.value()) + 6.0 * random_.normal());
      plot.bearing =
          Bearing::of(seen.east.value(), seen.north.value()) + Angle(Radians(bias_rad_ + 0.004 * random_.normal()));
      plot.range_deviation = Metres(6.0);
      plot.bearing_deviation = Radians(0.004);
      sector.plots.push_back(plot);
    }
    registrar_.process(sector, Bias{});
    if (turn_ % 4 != 0) return;
    for (std::uint32_t k = 0; k < passers_.size(); ++k) {
      const Passer& v = passers_[k];
      VesselReport r;
      r.mmsi = Mmsi(244'000'001 + k);
      r.received = clock(t + turning_s);
      r.speed = MetresPerSecond(std::hypot(v.east_mps, v.north_mps));
      r.course = Bearing::of(v.east_mps, v.north_mps);
      registrar_.process(r, v.at(t + turning_s - 0.5), 0.0);
    }
  }

  double bias_rad_;
  Random random_{7};
  std::vector<Passer> passers_;
  Registrar registrar_{RegistrarConfig{}};
  std::uint32_t turn_ = 0;
};

TEST(MovingRadar, the_error_of_its_heading_is_found_while_it_turns) {
  for (const double bias_deg : {1.5, -6.0, 0.0}) {
    const BiasEstimate e = OwnShipUnderWay(bias_deg).after(900.0);
    EXPECT_GE(e.vessels, 8U) << bias_deg;
    EXPECT_NEAR(e.bias.bearing_rad / degree, bias_deg, 0.1) << bias_deg;
    EXPECT_LT(std::abs(e.bias.bearing_rad - bias_deg * degree), 3.0 * e.deviation.bearing_rad) << bias_deg;
    EXPECT_LT(e.deviation.bearing_rad / degree, 0.2) << bias_deg;
    EXPECT_LT(std::abs(e.bias.range_m), 10.0) << bias_deg;
  }
}

}  // namespace
}  // namespace headland::registration
