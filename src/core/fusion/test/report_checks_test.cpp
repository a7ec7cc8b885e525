// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/report_checks.hpp"

#include <gtest/gtest.h>

#include "core/fusion/trust/ais_timing.hpp"

namespace headland::fusion {
namespace {

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

// A vessel of 8 m/s on a straight course; tests change what it says.
VesselReport report(double s, double late_s = 0.0) {
  VesselReport r;
  r.mmsi = Mmsi(219'000'001);
  r.message_type = 1;
  r.received = at(s + late_s);
  r.utc_second =
      static_cast<std::uint8_t>(std::chrono::floor<std::chrono::seconds>(at(s)).time_since_epoch().count() % 60);
  r.fix_timing = FixTiming::at_second;
  r.position = GeoPosition::from_degrees(55.0 + 8.0 * s / 111'195.0, 11.0);
  r.speed = MetresPerSecond(8.0);
  r.course = r.heading = Bearing::from_degrees(0.0);
  return r;
}

struct Judge {
  ReportChecks checks;
  TrustLedger ledger;
  void take(const VesselReport& r) { checks.process(r, true, ledger); }
  [[nodiscard]] bool says(TrustEvidence kind, double s) const { return ledger.holds(kind, at(s)); }
  [[nodiscard]] double score(double s) const { return ledger.verdict(at(s)).score; }
};

TEST(ReportChecksTest, HasNothingAgainstAnHonestVesselHoweverLateItsReportsCome) {
  Judge j;
  for (int i = 0; i < 200; ++i) j.take(report(10.0 * i, i % 7 == 3 ? 12.0 : 0.3));
  EXPECT_TRUE(j.ledger.entries().empty());
  EXPECT_EQ(j.score(2000), 1.0);
}

TEST(ReportChecksTest, TakesTheSameReportByAnotherStationForWhatItIs) {
  Judge j;
  for (int i = 0; i < 60; ++i) {
    j.take(report(10.0 * i, 0.3));
    j.take(report(10.0 * i, 1.4));
    if (i > 0) j.take(report(10.0 * (i - 1), 10.2));  // one that went round
  }
  EXPECT_EQ(j.score(600), 1.0);
}

TEST(ReportChecksTest, OneOddPositionAccusesNobody) {
  Judge j;
  for (int i = 0; i < 30; ++i) {
    VesselReport r = report(10.0 * i);
    if (i == 15) r.position = GeoPosition::from_degrees(55.3, 11.2);
    j.take(r);
    EXPECT_EQ(j.score(10.0 * i), 1.0) << i;
  }
}

TEST(ReportChecksTest, AJumpCountsWhenTheNextReportStandsByIt) {
  Judge j;
  for (int i = 0; i < 20; ++i) {
    VesselReport r = report(10.0 * i);
    if (i >= 10) r.position->longitude = r.position->longitude + from_degrees(0.1);  // 6.4 km
    j.take(r);
    EXPECT_EQ(j.says(TrustEvidence::impossible_jump, 10.0 * i), i >= 11) << i;
  }
  const Trust trust = j.ledger.verdict(at(200));
  ASSERT_EQ(trust.reasons.size(), 1U);
  EXPECT_NEAR(trust.reasons[0].value, 6380.0, 50.0);
  EXPECT_LT(trust.reasons[0].limit, 500.0);
  EXPECT_NEAR(trust.score, 0.6, 1e-9);
  EXPECT_EQ(j.score(200 + 3600), 1.0);  // forgiven
}

TEST(ReportChecksTest, TwoStreamsUnderOneNumberAreTwoPlaces) {
  Judge j;
  double found_s = -1.0;
  for (int i = 0; i < 40; ++i) {
    j.take(report(10.0 * i));
    VesselReport other = report(10.0 * i + 4.0);
    other.position = GeoPosition::from_degrees(54.5, 12.0);
    j.take(other);
    if (found_s < 0.0 && j.says(TrustEvidence::two_places, 10.0 * i + 4.0)) found_s = 10.0 * i + 4.0;
  }
  EXPECT_GT(found_s, 0.0);
  EXPECT_LE(found_s, 40.0);
  EXPECT_LT(j.score(400), 0.4);
}

TEST(ReportChecksTest, APositionThatStandsWhileTheSpeedGoesOnIsFrozen) {
  Judge j;
  for (int i = 0; i < 20; ++i) {
    VesselReport r = report(10.0 * i);
    r.position = GeoPosition::from_degrees(55.0, 11.0);
    j.take(r);
  }
  EXPECT_TRUE(j.says(TrustEvidence::frozen_position, 190));
  EXPECT_FALSE(j.says(TrustEvidence::speed_against_motion, 190));
}

TEST(ReportChecksTest, CirclesAreFoundInOneTurnAndAHalfAndRaceTracksAreNone) {
  const auto run = [](double turning_share) {
    Judge j;
    double a = 0.0;
    double north = 0.0;
    double east = 0.0;
    for (int i = 0; i < 100; ++i) {
      VesselReport r = report(10.0 * i);
      r.position = GeoPosition::from_degrees(55.0 + north / 111'195.0, 11.0 + east / 63'780.0);
      r.course = r.heading = Bearing(Radians(a));
      j.take(r);
      north += 80.0 * std::cos(a);
      east += 80.0 * std::sin(a);
      if (i % 20 < 20 * turning_share) a += 0.3;
    }
    return j.says(TrustEvidence::circles, 1000);
  };
  EXPECT_TRUE(run(1.0));
  EXPECT_FALSE(run(0.5));
}

TEST(ReportChecksTest, TimesThatDoNotPassProveNothing) {
  ReportChecks checks;
  TrustLedger ledger;
  for (int i = 0; i < 50; ++i) {
    VesselReport r = report(10.0 * i);
    r.received = at(0);  // a file without times
    checks.process(r, false, ledger);
  }
  EXPECT_TRUE(ledger.entries().empty());
}

TEST(ReportChecksTest, AnotherNameOrSizeIsSaidWithTheFigure) {
  Judge j;
  VesselParticulars p;
  p.mmsi = Mmsi(219'000'001);
  p.received = at(0);
  p.name = "FREJA";
  p.to_bow_m = 80;
  p.to_stern_m = 20;
  j.checks.process(p, j.ledger);
  p.received = at(360);
  p.to_bow_m = 90;  // the antenna moved, the hull grew within what is rounding
  p.to_stern_m = 12;
  j.checks.process(p, j.ledger);
  EXPECT_EQ(j.score(360), 1.0);
  p.received = at(720);
  p.name = "HEIMDAL";
  p.to_bow_m = 180;
  j.checks.process(p, j.ledger);
  const Trust trust = j.ledger.verdict(at(720));
  ASSERT_EQ(trust.reasons.size(), 2U);
  EXPECT_EQ(trust.reasons[0].kind, TrustEvidence::identity_change);
  EXPECT_EQ(trust.reasons[1].kind, TrustEvidence::dimensions_change);
  EXPECT_EQ(trust.reasons[1].value, 90.0);
}

TEST(TrustLedgerTest, AReasonDoesNotFlicker) {
  TrustLedger ledger;
  bool held = false;
  int changes = 0;
  for (int i = 0; i < 200; ++i) {
    if (i % 2 == 0) {
      ledger.found({TrustEvidence::frozen_position, 1.0, 10.0}, at(i), 0.3);
    } else {
      ledger.absent(TrustEvidence::frozen_position, at(i), 0.2);
    }
    const bool holds = ledger.holds(TrustEvidence::frozen_position, at(i));
    if (holds != held) ++changes;
    held = holds;
  }
  EXPECT_EQ(changes, 1);
}

TEST(TrustLedgerTest, RadarThatSeesTheVesselHalvesWhatIsSaidOfItsMotionOnly) {
  TrustLedger ledger;
  ledger.found({TrustEvidence::circles, 700.0, 540.0}, at(0), 1.0);
  ledger.found({TrustEvidence::two_places, 9000.0, 300.0}, at(0), 1.0);
  EXPECT_NEAR(ledger.verdict(at(0)).score, 0.4 * 0.3, 1e-9);
  ledger.found({TrustEvidence::radar_confirms, 60.0, 30.0}, at(0), 1.0);
  EXPECT_NEAR(ledger.verdict(at(0)).score, 0.7 * 0.3, 1e-9);
}

TEST(AisTimingTest, SlotsTellTheReceiversClockAndTheAgeOfAFix) {
  // Time-out 2: the sub-message is the slot.
  EXPECT_EQ(slot_number(1, (2U << 14U) | 1125U), 1125U);
  EXPECT_FALSE(slot_number(1, (3U << 14U) | 1125U).has_value());
  EXPECT_FALSE(slot_number(3, (2U << 14U) | 1125U).has_value());  // ITDMA
  AisTiming timing;
  for (int i = 0; i < 40; ++i) {
    const double sent = 60.0 * (1'700'000'000 / 60) + 10.0 * i + 1.2;  // of a fix 1.2 s before
    const double second = std::fmod(sent, 60.0);
    VesselReport r = report(0);
    r.utc_second = static_cast<std::uint8_t>(std::floor(second - 1.2 + 0.01));
    r.communication_state = (4U << 14U) | static_cast<std::uint32_t>(std::lround(second * 37.5));
    r.received = from_epoch_seconds(sent + 17.0);  // the clock is 17 s ahead
    timing.process(r);
  }
  ASSERT_TRUE(timing.receiver_clock().has_value());
  EXPECT_NEAR(timing.receiver_clock()->mean_s(), 17.0, 0.05);
  ASSERT_TRUE(timing.latency_of(Mmsi(219'000'001)).has_value());
  EXPECT_NEAR(timing.latency_of(Mmsi(219'000'001))->mean_s, 1.2, 0.05);
}

}  // namespace
}  // namespace headland::fusion
