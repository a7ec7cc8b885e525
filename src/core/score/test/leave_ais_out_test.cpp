// SPDX-License-Identifier: Apache-2.0
#include "core/score/leave_ais_out.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::score {
namespace {

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }
constexpr double turn_s = 2.5;

struct Course {
  double east_m, north_m, ve_mps, vn_mps;
  [[nodiscard]] EastNorth at(double s) const { return {Metres(east_m + ve_mps * s), Metres(north_m + vn_mps * s)}; }
};

// One radar at the origin, whole turns; a vessel seen with a probability and followed by track 1.
class Scene {
 public:
  explicit Scene(double detection) : detection_(detection) {}
  LeaveAisOut score{LeaveAisOutConfig{}};
  Course vessel{4000.0, 3000.0, 5.0, -2.0};
  Course said = vessel;      // by AIS
  std::uint32_t number = 1;  // of its track
  double track_off_m = 0.0;
  TrackSize size;        // of its hull, by radar
  double clock_s = 0.0;  // beside the time

  void run(double from_s, double to_s) {
    for (double t = from_s; t < to_s; t += turn_s) turn(t);
  }

 private:
  [[nodiscard]] Timestamp clock(double s) const { return at(s + clock_s); }

  void turn(double t) {
    PlotSector s;
    s.sensor = SensorId(1);
    s.turn = turn_++;
    s.began = clock(t);
    s.ended = clock(t + turn_s);
    s.range_max = Metres(20'000.0);
    const EastNorth p = vessel.at(t + 1.0);
    if (random_.uniform() < detection_) {
      Plot plot;
      plot.time = clock(t + 1.0);
      plot.range = Metres(std::hypot(p.east.value(), p.north.value()) + 8.0 * random_.normal());
      plot.bearing = Bearing::of(p.east.value(), p.north.value());
      plot.bearing_deviation = Radians(0.004);
      s.plots.push_back(plot);
    }
    score.process(s);
    Track track;
    track.id = TrackId(number);
    track.time = track.last_plot = clock(t + 1.0);
    track.state.position = {p.east + Metres(track_off_m), p.north};
    track.state.velocity = {MetresPerSecond(vessel.ve_mps), MetresPerSecond(vessel.vn_mps)};
    track.stage = TrackStage::confirmed;
    track.size = size;
    score.process(track);
    if (turn_ % 4 != 0) return;
    VesselReport r;
    r.mmsi = Mmsi(244'000'001);
    r.received = clock(t + turn_s);
    r.speed = MetresPerSecond(std::hypot(said.ve_mps, said.vn_mps));
    r.course = Bearing::of(said.ve_mps, said.vn_mps);
    score.process(r, said.at(t + turn_s - 0.5), 0.0);
  }

  double detection_;
  Random random_{7};
  std::uint32_t turn_ = 0;
};

TEST(LeaveAisOut, observes_the_detection_there_is) {
  Scene scene(0.7);
  scene.run(0.0, 2000.0);
  const auto r = scene.score.result();
  EXPECT_EQ(r.vessels_judged, 1U);
  ASSERT_TRUE(r.radars.contains(SensorId(1)));
  Proportion all;
  for (const auto& [bin, d] : r.radars.at(SensorId(1)).by_range) all.hits += d.seen.hits, all.of += d.seen.of;
  EXPECT_GT(all.of, 600U);
  EXPECT_NEAR(all.share(), 0.7, 0.05);
  EXPECT_GT(r.covered.share(), 0.99);
  EXPECT_EQ(r.number_changes, 0U);
}

TEST(LeaveAisOut, judges_on_after_the_clock_was_set_back) {
  Scene scene(1.0);
  scene.run(0.0, 600.0);
  const double before = scene.score.result().judged_s;
  scene.clock_s = -500.0;
  scene.run(600.0, 800.0);
  const auto r = scene.score.result();
  EXPECT_GT(r.judged_s, before + 100.0);
  EXPECT_NEAR(r.duration_s, 800.0, 5.0);
  EXPECT_NEAR(r.position_m.rms(), 0.0, 0.5);
}

TEST(LeaveAisOut, states_the_error_of_tracks) {
  Scene scene(1.0);
  scene.track_off_m = 20.0;
  scene.run(0.0, 600.0);
  const auto r = scene.score.result();
  EXPECT_NEAR(r.position_m.rms(), 20.0, 0.5);
  EXPECT_NEAR(r.speed_mps.rms(), 0.0, 0.01);
}

// Nine vessels abreast, whose tracks err by 12 m to and fro; one of them sends its antenna at the bow of its 160 m,
// where it is amidships. That is no error of the radar.
TEST(LeaveAisOut, leaves_out_who_says_wrongly_where_the_antenna_is) {
  constexpr std::uint32_t vessels = 9;
  constexpr double speed_mps = 5.0;
  LeaveAisOut score{LeaveAisOutConfig{}};
  Random random(3);
  double squares = 0.0, counts = 0.0;
  for (std::uint32_t turn = 0; turn < 480; ++turn) {
    const double t = turn_s * turn;
    PlotSector s;
    s.sensor = SensorId(1);
    s.turn = turn;
    s.began = at(t);
    s.ended = at(t + turn_s);
    s.range_max = Metres(20'000.0);
    score.process(s);
    for (std::uint32_t v = 0; v < vessels; ++v) {
      const double off_m = 12.0 * random.normal();
      squares += off_m * off_m, counts += 1.0;
      const auto east = [&](double when) { return Metres(-4000.0 + speed_mps * when); };
      const Metres north(3000.0 + 600.0 * v);
      Track track;
      track.id = TrackId(v + 1);
      track.time = track.last_plot = at(t + 1.0);
      track.state.position = {east(t + 1.0) + Metres(off_m), north};
      track.state.velocity = {MetresPerSecond(speed_mps), MetresPerSecond(0.0)};
      track.stage = TrackStage::confirmed;
      score.process(track);
      if (turn % 4 != 0) continue;
      VesselReport r;
      r.mmsi = Mmsi(244'000'001 + v);
      r.received = at(t + turn_s);
      r.speed = MetresPerSecond(speed_mps);
      r.course = r.heading = Bearing(Radians(0.5 * std::numbers::pi));
      score.process(r, {east(t + turn_s - 0.5), north}, 0.0);
      VesselParticulars p;
      p.mmsi = r.mmsi;
      const bool wrong = v == 4;
      p.to_bow_m = wrong ? 10 : 80, p.to_stern_m = wrong ? 150 : 80;
      score.process(p);
    }
  }
  const auto r = score.result();
  EXPECT_EQ(r.vessels_judged, vessels);
  EXPECT_EQ(r.vessels_misplaced, 1U);
  EXPECT_NEAR(r.position_m.rms(), std::sqrt(squares / counts), 1.0);
}

TEST(LeaveAisOut, a_new_number_is_counted_once) {
  Scene scene(1.0);
  scene.run(0.0, 300.0);
  scene.number = 2;
  scene.run(300.0, 600.0);
  const auto r = scene.score.result();
  EXPECT_EQ(r.number_changes, 1U);
  EXPECT_EQ(r.tracks_confirmed, 2U);
  EXPECT_EQ(r.tracks_of_ais, 2U);
}

TEST(LeaveAisOut, a_vessel_whose_track_goes_elsewhere_is_believed_no_more) {
  Scene scene(1.0);
  scene.run(0.0, 300.0);
  const auto before = scene.score.result().position_m.count;
  scene.said.ve_mps = -8.0;
  scene.said.east_m += 13.0 * 300.0;  // from here on its AIS goes the other way
  scene.run(300.0, 600.0);
  const auto r = scene.score.result();
  EXPECT_EQ(r.vessels_distrusted, 1U);
  EXPECT_LE(r.position_m.count, before + 8);
}

TEST(LeaveAisOut, a_vessel_that_radar_never_confirms_is_in_no_figure) {
  Scene scene(1.0);
  scene.said.east_m += 3000.0;
  scene.run(0.0, 600.0);
  const auto r = scene.score.result();
  EXPECT_EQ(r.vessels_unconfirmed, 1U);
  EXPECT_GT(r.looks_unconfirmed, 100U);
  EXPECT_TRUE(r.radars.empty());
}

TEST(LeaveAisOut, remembers_no_more_after_hours_than_after_one) {
  Scene scene(0.7);
  scene.vessel = scene.said = {4000.0, 3000.0, 0.1, -0.1};
  scene.run(0.0, 3600.0);
  const std::size_t after_one = scene.score.size();
  const auto then = scene.score.result();
  scene.run(3600.0, 4.0 * 3600.0);
  EXPECT_LE(scene.score.size(), after_one + 10);
  EXPECT_GT(scene.score.result().judged_s, 3.5 * then.judged_s);
}

TEST(LeaveAisOut, forgets_vessels_that_left_but_not_what_they_gave) {
  Scene scene(0.7);
  scene.run(0.0, 1000.0);
  const auto then = scene.score.result();
  for (int turn = 0; turn < 2; ++turn) {  // AIS is silent, the radar turns
    PlotSector s;
    s.sensor = SensorId(1);
    s.turn = 100'000 + static_cast<std::uint32_t>(turn);
    s.began = at(10'000.0 + turn_s * turn);
    s.ended = s.began + std::chrono::milliseconds(2500);
    s.range_max = Metres(20'000.0);
    scene.score.process(s);
  }
  const auto now = scene.score.result();
  EXPECT_EQ(now.vessels_judged, then.vessels_judged);
  EXPECT_EQ(now.vessels_heard, then.vessels_heard);
  EXPECT_EQ(now.judged_s, then.judged_s);
  EXPECT_EQ(now.position_m.count, then.position_m.count);
  EXPECT_LT(scene.score.size(), 20U);
}

TEST(LeaveAisOut, compares_each_hull_once_with_what_the_vessel_says) {
  Scene scene(0.9);
  scene.size.known = true;
  scene.size.length = Metres(90.0);
  scene.size.length_deviation = Metres(10.0);
  scene.run(0.0, 300.0);
  EXPECT_EQ(scene.score.result().hulls.error_m.count, 0U) << "it has not said its length";
  VesselParticulars p;
  p.mmsi = Mmsi(244'000'001);
  p.to_bow_m = 100;
  p.to_stern_m = 15;
  scene.score.process(p);
  scene.run(300.0, 600.0);
  const auto far = scene.score.result().hulls;
  EXPECT_EQ(far.error_m.count, 1U);
  EXPECT_DOUBLE_EQ(far.mean_m(), -25.0);
  EXPECT_EQ(far.within.hits, 0U) << "25 m off is more than twice 10 m";
  scene.size.length_deviation = Metres(13.0);
  scene.run(600.0, 900.0);
  EXPECT_EQ(scene.score.result().hulls.within.hits, 1U);
}

}  // namespace
}  // namespace headland::score
