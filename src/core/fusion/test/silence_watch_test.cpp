// SPDX-License-Identifier: Apache-2.0
// When a vessel that the radar sees and AIS does not tell of is called silent or dark, and when not.
#include "core/fusion/trust/silence_watch.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::fusion {
namespace {

constexpr double metres_per_degree = 111'195.0;
const Mmsi watched_mmsi(211'000'001);

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }
GeoPosition place(double north_m) { return GeoPosition::from_degrees(54.5 + north_m / metres_per_degree, 12.0); }

// A class A vessel that is heard when told so, among others that are heard all the time; one look a second.
class Watched {
 public:
  Watched() {
    track_.id = TrackId(1);
    track_.began = at(0.0);
    report_.mmsi = watched_mmsi;
    report_.kind = AisClass::class_a;
  }
  void hear(double s, double speed_mps, std::uint8_t status) {
    report_.speed = MetresPerSecond(speed_mps);
    report_.navigation_status = status;
    track_.mmsi = watched_mmsi;
    track_.report = &report_;
    track_.heard = at(s);
  }
  // What the radar makes of it.
  AisSilence see(double s, double north_m, double speed_mps) {
    VesselReport other;
    other.mmsi = Mmsi(211'000'002);
    other.kind = AisClass::class_a;
    other.received = at(s);
    other.position = place(2000.0);
    other.speed = MetresPerSecond(6.0);
    reception_.process(other, true);
    reception_.refresh(at(s));
    track_.position = place(north_m);
    track_.deviation_m = 10.0;
    track_.speed_mps = speed_mps;
    return watch_.judge(track_, at(s), reception_);
  }
  // Another AIS vessel passes it; until then it may be that one.
  void pass(double probability) { track_.candidate_probability = probability; }
  // Seconds after `from_s` when it is called dark or silent, < 0: not within an hour.
  template <class North>
  double called_after(double from_s, double speed_mps, const North& north_m) {
    for (double s = from_s; s < from_s + 3600.0; s += 1.0) {
      const AisHearing hearing = see(s, north_m(s - from_s), speed_mps).hearing;
      if (hearing == AisHearing::silent || hearing == AisHearing::dark) return s - from_s;
    }
    return -1.0;
  }

 private:
  SilenceWatch watch_;
  AisReception reception_;
  WatchedTrack track_;
  VesselReport report_;
};

TEST(SilenceWatch, a_vessel_under_way_is_silent_after_eight_intervals) {
  Watched v;
  v.hear(0.0, 6.0, 0);
  EXPECT_NEAR(v.called_after(0.0, 6.0, [](double s) { return 6.0 * s; }), 80.0, 2.0);
}

TEST(SilenceWatch, a_vessel_at_anchor_is_silent_after_eight_intervals_of_three_minutes) {
  Watched v;
  v.hear(0.0, 0.0, 1);
  EXPECT_NEAR(v.called_after(0.0, 0.1, [](double) { return 0.0; }), 1440.0, 2.0);
}

// The echo of one that passes runs into that of a vessel at anchor: the track goes to and fro, fast.
TEST(SilenceWatch, a_track_that_is_drawn_to_and_fro_does_not_make_a_vessel_at_anchor_silent) {
  Watched v;
  for (double report_s = 0.0; report_s < 1800.0; report_s += 180.0) {
    v.hear(report_s, 0.0, 1);
    for (double s = report_s; s < report_s + 180.0; s += 1.0) {
      const AisSilence said = v.see(s, 100.0 * std::sin(0.05 * s), 5.0);
      ASSERT_EQ(said.hearing, AisHearing::heard) << s << " s, missed " << said.missed_intervals;
    }
  }
}

// Reports come each three minutes: none of these is missed when it seems to go, at the end of such a time.
TEST(SilenceWatch, time_at_rest_counts_as_time_at_rest_once_it_goes) {
  Watched v;
  v.hear(0.0, 0.0, 1);
  for (double s = 0.0; s < 170.0; s += 1.0) v.see(s, 0.0, 0.1);
  for (double s = 170.0; s < 190.0; s += 1.0) v.see(s, 500.0, 6.0);
  const double missed = v.see(190.0, 500.0, 6.0).missed_intervals;
  EXPECT_GT(missed, 1.0);  // one of three minutes, nearly,
  EXPECT_LT(missed, 3.0);  // and what came due in twenty seconds
}

TEST(SilenceWatch, a_vessel_that_leaves_its_anchorage_without_a_word_is_silent_soon) {
  Watched v;
  v.hear(0.0, 0.0, 1);
  for (double s = 0.0; s < 100.0; s += 1.0) v.see(s, 0.0, 0.1);
  const double after = v.called_after(100.0, 6.0, [](double s) { return 6.0 * s; });
  EXPECT_GT(after, 80.0);
  EXPECT_LT(after, 80.0 + 360.0 / 6.0);  // and until it has come so far
}

TEST(SilenceWatch, a_vessel_without_ais_that_lay_still_is_dark_four_minutes_after_it_went) {
  Watched v;
  for (double s = 0.0; s < 600.0; s += 1.0) v.see(s, 0.0, 0.1);
  const double after = v.called_after(600.0, 6.0, [](double s) { return 6.0 * s; });
  EXPECT_GT(after, 120.0);
  EXPECT_LT(after, 240.0);
}

TEST(SilenceWatch, the_time_from_its_first_plot_to_its_track_counts) {
  Watched v;  // begun at 0 s
  EXPECT_NEAR(v.called_after(12.0, 6.0, [](double s) { return 6.0 * s; }), 240.0 - 12.0, 2.0);
  Watched late;
  EXPECT_NEAR(late.called_after(1000.0, 6.0, [](double s) { return 6.0 * s; }), 240.0 - 20.0, 2.0)
      << "what it did for a quarter of an hour nobody knows";
}

TEST(SilenceWatch, an_ais_vessel_that_passes_a_dark_one_delays_it_by_no_more_than_it_takes_to_pass) {
  const auto called = [](double undecided_s) {
    Watched v;
    double s = 0.0;
    for (; s < 170.0; s += 1.0) v.see(s, 6.0 * s, 6.0);
    v.pass(0.9);
    for (; s < 170.0 + undecided_s; s += 1.0) EXPECT_EQ(v.see(s, 6.0 * s, 6.0).hearing, AisHearing::none_heard);
    v.pass(0.0);
    return v.called_after(s, 6.0, [s](double after) { return 6.0 * (s + after); }) + s;
  };
  const double never = called(0.0);
  EXPECT_NEAR(called(12.0), never + 12.0, 2.0);
  // A vessel of class B owes a report every half a minute: whoever may be one for longer begins anew.
  EXPECT_NEAR(called(60.0), never + 170.0 + 60.0, 2.0);
}

TEST(SilenceWatch, whoever_may_be_an_ais_vessel_again_and_again_is_not_called_dark) {
  Watched v;
  for (double s = 0.0; s < 3600.0; s += 1.0) {
    v.pass(std::fmod(s, 30.0) < 20.0 ? 0.9 : 0.0);
    EXPECT_NE(v.see(s, 6.0 * s, 6.0).hearing, AisHearing::dark) << s;
  }
}

}  // namespace
}  // namespace headland::fusion
