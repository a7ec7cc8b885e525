// SPDX-License-Identifier: Apache-2.0
// A head-up radar on a ship that turns.
#include <cmath>
#include <numbers>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {
namespace {

constexpr double full = 2.0 * std::numbers::pi;
constexpr double turn_s = 2.5;
constexpr std::uint32_t parts = 32;
constexpr double vessel_range_m = 4000.0;
constexpr double vessel_bearing_deg = 60.0;

const Timestamp start = from_epoch_seconds(1'700'000'000.0);
Timestamp at(double s) { return start + to_duration(Seconds(s)); }

std::vector<std::uint8_t> sentence(const std::string& body) {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  const auto text = fmt::format("${}*{:02X}\r\n", body, sum);
  return {text.begin(), text.end()};
}

struct TurningShip {
  double rate_deg_s = 0.0;

  [[nodiscard]] double heading_deg(double s) const { return 170.0 + rate_deg_s * s; }

  // The sector between two edges of the video; the vessel is in it where the beam meets it there.
  [[nodiscard]] PlotSector sector(std::uint32_t n) const {
    PlotSector s;
    s.sensor = SensorId(1);
    s.reference = BearingReference::head_up;
    s.turn = n / parts;
    s.sector = n % parts;
    s.sectors_per_turn = parts;
    const double began = turn_s * n / parts;
    const double ended = turn_s * (n + 1) / parts;
    s.began = at(began);
    s.ended = at(ended);
    s.from = Bearing(Radians(full * s.sector / parts));
    s.to = Bearing(Radians(full * ((s.sector + 1) % parts) / parts));
    s.range_max = Metres(10'000.0);
    const auto off = [&](double t) {  // of the vessel from the beam, clockwise
      return std::remainder((vessel_bearing_deg - heading_deg(t)) * std::numbers::pi / 180.0 - full * t / turn_s, full);
    };
    if (off(began) < 0.0 || off(ended) >= 0.0 || off(began) > 1.0) return s;
    const double share = off(began) / (off(began) - off(ended));
    const double met = began + share * (ended - began);
    Plot p;
    p.time = at(met);
    p.range = Metres(vessel_range_m);
    p.bearing = Bearing(Radians(full * met / turn_s));
    p.range_deviation = Metres(8.0);
    p.bearing_deviation = from_degrees(0.3);
    p.strength = Decibels(20.0);
    p.cell_count = 12;
    s.plots.push_back(p);
    return s;
  }
};

TEST(TurningShip, a_vessel_has_one_track_and_the_beam_no_gaps_however_fast_own_ship_turns) {
  for (const double rate_deg_s : {-20.0, -5.0, 0.0, 5.0, 20.0}) {
    const TurningShip ship{rate_deg_s};
    PictureChain chain(PictureChainConfig{});
    PictureOutput out;
    std::set<std::uint32_t> ids;
    std::size_t plots = 0;
    double told = 0.0;
    for (std::uint32_t n = 0; n < 80 * parts; ++n) {
      for (; told <= turn_s * (n + 1) / parts; told += 0.1) {
        chain.process(1000, at(told), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), out);
        chain.process(
            1000, at(told),
            sentence(fmt::format("HEHDT,{:.3f},T", std::remainder(ship.heading_deg(told) - 180.0, 360.0) + 180.0)),
            out);
      }
      out.clear();
      chain.process(ship.sector(n), out);
      for (const PlotSector& s : out.sectors) {
        for (const Plot& p : s.plots) {
          ++plots;
          EXPECT_NEAR(p.bearing.degrees(), vessel_bearing_deg, 0.05) << rate_deg_s;
        }
      }
      for (const Track& t : out.tracks) {
        ids.insert(t.id.value());
        if (n > 20 * parts) {
          EXPECT_EQ(t.stage, TrackStage::confirmed) << rate_deg_s;
        }
      }
    }
    EXPECT_EQ(ids.size(), 1U) << rate_deg_s;
    EXPECT_GT(plots, 60U);
    EXPECT_EQ(chain.tracker_counters().gaps, 0U) << rate_deg_s;
    EXPECT_EQ(chain.tracker_counters().sectors_late, 0U);
    EXPECT_EQ(chain.tracker_counters().tracks_begun, 1U) << rate_deg_s;
    ASSERT_EQ(chain.tracks().size(), 1U) << rate_deg_s;
    const Track track = chain.tracks().front();
    EXPECT_EQ(track.plots_used, plots) << rate_deg_s;
    EXPECT_LT(track.state.velocity.speed().value(), 0.3);
  }
}

}  // namespace
}  // namespace headland::station
