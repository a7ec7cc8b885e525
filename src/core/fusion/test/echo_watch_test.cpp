// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/echo_watch.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "core/plots/blanked.hpp"

namespace headland::fusion {
namespace {

EastNorth place(double bearing_deg, double range_m) {
  const Bearing b = Bearing::from_degrees(bearing_deg);
  return {Metres(range_m * std::sin(b.radians())), Metres(range_m * std::cos(b.radians()))};
}

// Ten vessels that send AIS and are seen, some of them beyond the place at 90 degrees and 4 km of one that is not.
class Watched {
 public:
  explicit Watched(std::vector<BlankedSector> blanked) : blanked_(std::move(blanked)) {
    for (std::uint32_t i = 0; i < 10; ++i) {
      const EastNorth where = place(70.0 + 4.5 * i, 6000.0);
      AisPlace v;
      v.mmsi = Mmsi(235'000'000 + i);
      v.where = where;
      v.length_m = 60.0;
      seen_.push_back(v);
      Track t;
      t.stage = TrackStage::confirmed;
      t.state.position = where;
      t.sensors = {{SensorId(1), 1.0}};
      tracks_.push_back(t);
    }
  }

  // Turns of 3 s with the false one at `where` behind all others.
  std::optional<MissingEcho> turns(int count, const std::function<EastNorth(int)>& where) {
    AisPlace lie;
    lie.mmsi = Mmsi(244'000'001);
    lie.length_m = 60.0;
    lie.trusted = false;
    for (int turn = 0; turn < count; ++turn) {
      const Timestamp now = from_epoch_seconds(1'700'000'000.0 + 3.0 * turn);
      for (std::uint32_t k = 0; k < 32; ++k) {
        PlotSector s;
        s.sensor = SensorId(1);
        s.turn = static_cast<std::uint32_t>(turn);
        s.sector = k;
        s.sectors_per_turn = 32;
        s.from = Bearing::from_degrees(11.25 * k);
        s.to = Bearing::from_degrees(11.25 * (k + 1));
        s.began = s.ended = now;
        s.range_max = Metres(20'000.0);
        withhold(s, blanked_);
        watch_.process(s);
      }
      std::vector<const Track*> tracks;
      for (const Track& t : tracks_) tracks.push_back(&t);
      watch_.begin(tracks, now);
      std::vector<AisPlace> all = seen_;
      lie.where = where(turn);
      all.push_back(lie);
      watch_.judge(all, now, [this](Mmsi m) -> TrustLedger& { return ledgers_[m]; });
    }
    return watch_.missing(lie.mmsi);
  }
  [[nodiscard]] bool is_empty(EastNorth where) const {
    return watch_.is_empty(where, EastNorth{}, 500.0, from_epoch_seconds(1'700'000'900.0));
  }

 private:
  std::vector<BlankedSector> blanked_;
  std::vector<AisPlace> seen_;
  std::vector<Track> tracks_;
  std::map<Mmsi, TrustLedger> ledgers_;
  EchoWatch watch_;
};

TEST(EchoWatch, a_vessel_that_would_be_seen_is_missed) {
  Watched sea({});
  const auto missing = sea.turns(300, [](int) { return place(90, 4000); });
  ASSERT_TRUE(missing.has_value());
  EXPECT_TRUE(missing->judged);
  EXPECT_GT(missing->scans, 250U);
  EXPECT_TRUE(sea.is_empty(place(90, 4000)));
}

TEST(EchoWatch, nobody_is_missed_behind_a_mast) {
  Watched sea({{Bearing::from_degrees(85), Bearing::from_degrees(95), Metres(0.0), Metres(120'000.0)}});
  EXPECT_FALSE(sea.turns(300, [](int) { return place(90, 4000); }).has_value());
  EXPECT_FALSE(sea.is_empty(place(90, 4000)));
}

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }
constexpr double quarter_s = 0.625;  // of a turn

PlotSector quarter(SensorId sensor, int k) {
  PlotSector s;
  s.sensor = sensor;
  s.from = Bearing::from_degrees(90.0 * (k % 4));
  s.to = Bearing::from_degrees(90.0 * (k % 4 + 1));
  s.began = at(k * quarter_s);
  s.ended = at((k + 1) * quarter_s);
  s.range_max = Metres(20'000.0);
  s.seen = 1.0;
  return s;
}

// An AIS vessel without an echo.
AisPlace vessel_at(double bearing_deg) {
  const double b = bearing_deg * radians_per_degree;
  AisPlace v;
  v.mmsi = Mmsi(244'000'001);
  v.where = {Metres(5000.0 * std::sin(b)), Metres(5000.0 * std::cos(b))};
  v.speed_mps = 5.0;
  return v;
}

void look(EchoWatch& watch, const AisPlace& vessel, Timestamp now) {
  TrustLedger ledger;
  watch.begin({}, now);
  watch.judge(std::array{vessel}, now, [&](Mmsi) -> TrustLedger& { return ledger; });
}

TEST(EchoWatch, counts_a_turn_once_however_a_vessel_crosses_the_edge_of_a_direction) {
  EchoWatch watch;
  constexpr int turns = 10;
  for (int k = 0; k < 4 * turns; ++k) {
    watch.process(quarter(SensorId(1), k));
    // To and fro over 90 degrees, where the beam has passed one side and not the other.
    look(watch, vessel_at(k % 2 == 0 ? 89.9 : 90.1), at((k + 1) * quarter_s));
    look(watch, vessel_at(k % 2 == 0 ? 90.1 : 89.9), at((k + 1) * quarter_s));
  }
  ASSERT_TRUE(watch.missing(Mmsi(244'000'001)).has_value());
  EXPECT_LE(watch.missing(Mmsi(244'000'001))->scans, static_cast<std::uint32_t>(turns));
  EXPECT_GE(watch.missing(Mmsi(244'000'001))->scans, static_cast<std::uint32_t>(turns - 2));
}

TEST(EchoWatch, counts_the_turns_of_a_vessel_that_moves_through_all_directions) {
  EchoWatch watch;
  constexpr int turns = 100;
  for (int k = 0; k < 4 * turns; ++k) {
    watch.process(quarter(SensorId(1), k));
    look(watch, vessel_at(0.7 * k), at((k + 1) * quarter_s));
  }
  EXPECT_NEAR(watch.missing(Mmsi(244'000'001))->scans, turns, 5);
}

// Radar 1 sees nobody; radar 2 stands among ten vessels 6 km to the east, sees all of them and looks 3 km far. A false
// vessel lies at `where`.
std::optional<MissingEcho> beside_a_blind_radar(EastNorth where) {
  std::vector<Track> tracks;
  std::vector<AisPlace> vessels;
  for (std::uint32_t i = 0; i < 10; ++i) {
    Track t;
    t.stage = TrackStage::confirmed;
    t.state.position = place(70.0 + 4.5 * i, 6000.0);
    t.sensors = {{SensorId(2), 1.0}};
    tracks.push_back(t);
    AisPlace v;
    v.mmsi = Mmsi(235'000'000 + i);
    v.where = t.state.position;
    v.length_m = 60.0;
    vessels.push_back(v);
  }
  AisPlace lie;
  lie.mmsi = Mmsi(244'000'001);
  lie.where = where;
  lie.length_m = 60.0;
  lie.trusted = false;
  vessels.push_back(lie);
  std::vector<const Track*> shown;
  for (const Track& t : tracks) shown.push_back(&t);
  EchoWatch watch;
  std::map<Mmsi, TrustLedger> ledgers;
  for (int k = 0; k < 1600; ++k) {
    watch.process(quarter(SensorId(1), k));
    PlotSector second = quarter(SensorId(2), k);
    second.site_east_m = 6000.0;
    second.range_max = Metres(3000.0);
    watch.process(second);
    const Timestamp now = at((k + 1) * quarter_s);
    watch.begin(shown, now);
    watch.judge(vessels, now, [&](Mmsi m) -> TrustLedger& { return ledgers[m]; });
  }
  return watch.missing(lie.mmsi);
}

TEST(EchoWatch, what_another_radar_sees_says_nothing_of_this_one) {
  const auto missing = beside_a_blind_radar(place(90.0, 2000.0));  // of radar 2 out of reach
  ASSERT_TRUE(missing.has_value());
  EXPECT_FALSE(missing->judged);
  EXPECT_EQ(missing->vessels, 0U);
}

TEST(EchoWatch, who_is_missed_by_the_radar_that_would_see_it_is_missed_though_the_first_is_blind) {
  const auto missing = beside_a_blind_radar(place(76.75, 5800.0));
  ASSERT_TRUE(missing.has_value());
  EXPECT_TRUE(missing->judged);
  EXPECT_GE(missing->vessels, 6U);
}

TEST(EchoWatch, a_radar_that_is_switched_off_leaves_the_watch_to_the_next) {
  EchoWatch watch;
  for (int k = 0; k < 8; ++k) watch.process(quarter(SensorId(1), k));  // and no more
  for (int k = 0; k < 200; ++k) {
    watch.process(quarter(SensorId(2), k));
    look(watch, vessel_at(45.0), at((k + 1) * quarter_s));
  }
  ASSERT_TRUE(watch.missing(Mmsi(244'000'001)).has_value());
  EXPECT_GT(watch.missing(Mmsi(244'000'001))->scans, 30U);
}

}  // namespace
}  // namespace headland::fusion
