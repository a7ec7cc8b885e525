// SPDX-License-Identifier: Apache-2.0
// Who may tell what radars measure amiss, and which radar's time the others are compared with.
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {
namespace {

constexpr double turn_s = 2.5;
const GeoPosition site = GeoPosition::from_degrees(50.0, -1.0);
const LocalFrame frame(site);
Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

// One vessel under way proves nothing unless that is asked for: any bias of one vessel is taken off.
PictureChainConfig easily_convinced(std::initializer_list<SensorId> sensors) {
  PictureChainConfig config;
  for (const SensorId sensor : sensors) {
    config.fixed_sites[sensor] = site;
    config.registration[sensor].significant_sigmas = 0.01;
    config.registration[sensor].least_vessels = 1;
  }
  config.registrar.search_s = 5.0;
  return config;
}

EastNorth vessel_at(double s) { return {Metres(5000.0), Metres(-600.0 + 5.0 * s)}; }

// A whole turn of a radar that shows the vessel 80 m too far and a degree turned.
void see(PictureChain& chain, SensorId sensor, std::uint32_t number, PictureOutput& out) {
  const double s = turn_s * number;
  const EastNorth where = vessel_at(s + 0.25 * turn_s);
  PlotSector sector;
  sector.sensor = sensor;
  sector.reference = BearingReference::true_north;
  sector.turn = number;
  sector.began = at(s);
  sector.ended = at(s + turn_s);
  sector.range_max = Metres(20'000.0);
  Plot p;
  p.time = at(s + 0.25 * turn_s);
  p.range = Metres(std::hypot(where.east.value(), where.north.value()) + 80.0);
  p.bearing = Bearing::of(where.east.value(), where.north.value()) + Angle::from_degrees(1.0);
  p.range_deviation = Metres(8.0);
  p.bearing_deviation = from_degrees(0.3);
  p.strength = Decibels(20.0);
  p.cell_count = 12;
  sector.plots.push_back(p);
  chain.process(sector, out);
}

void say(PictureChain& chain, double s, EastNorth where, PictureOutput& out) {
  VesselReport report;
  report.mmsi = Mmsi(244'660'000);
  report.message_type = 1;
  report.position = frame.to_geo(where);
  report.speed = MetresPerSecond(5.0);
  report.course = Bearing();
  std::string text;
  nmea::write_vdm(*ais::encode(report), {}, text);
  chain.process(1000, at(s), {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, out);
}

// Ninety seconds of AIS, from two places in turn if so told, then five minutes of radar and AIS that agree.
void run(PictureChain& chain, std::initializer_list<SensorId> sensors, bool two_places) {
  PictureOutput out;
  for (int k = 0; k < 18; ++k) {
    const double s = -90.0 + 5.0 * k;
    const EastNorth away{Metres(-9000.0), Metres(0.0)};
    say(chain, s, two_places && k % 2 == 0 ? away : vessel_at(s), out);
    chain.process_tick(at(s + 0.1), out);
  }
  for (std::uint32_t i = 0; i < 120; ++i) {
    const double s = turn_s * (i + 1);
    for (const SensorId sensor : sensors) see(chain, sensor, i, out);
    say(chain, s + 0.1, vessel_at(s - 0.4), out);
    chain.process_tick(at(s + 0.2), out);
  }
}

TEST(Witnesses, whose_own_reports_contradict_it_tells_nothing_of_radars) {
  for (const bool two_places : {false, true}) {
    PictureChain chain(easily_convinced({SensorId(1)}));
    run(chain, {SensorId(1)}, two_places);
    EXPECT_EQ(chain.trust().may_witness(Mmsi(244'660'000), at(300.0)), !two_places);
    EXPECT_EQ(chain.registration().at(SensorId(1)).estimate().vessels, two_places ? 0U : 1U);
  }
}

TEST(Witnesses, a_radar_that_is_not_registered_is_no_reference_of_time) {
  auto config = easily_convinced({SensorId(1), SensorId(2)});
  config.registration[SensorId(1)].unbias = false;
  PictureChain chain(config);
  run(chain, {SensorId(1), SensorId(2)}, false);
  const auto& second = chain.registration().at(SensorId(2));
  ASSERT_EQ(second.estimate().vessels, 1U);
  EXPECT_NE(second.estimate().bias.time_s, 0.0);
  EXPECT_NE(second.taken_off().range_m, 0.0);  // it is registered,
  EXPECT_EQ(second.taken_off().time_s, 0.0);   // and differs from no other that is
}

}  // namespace
}  // namespace headland::station
