// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/ais_transmitter.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace headland::scenario {
namespace {

using namespace std::chrono_literals;

const LocalFrame frame(GeoPosition::from_degrees(10.0, -150.0));
const Timestamp start = Timestamp(1'700'000'000s);

TEST(ReportingInterval, FollowsTheTablesOfTheRecommendation) {
  const auto a = AisEquipment::class_a;
  EXPECT_EQ(reporting_interval_s(a, 0.1, true, false), 180.0);
  EXPECT_EQ(reporting_interval_s(a, 4.0 * mps_per_knot, true, false), 10.0);
  EXPECT_EQ(reporting_interval_s(a, 13.9 * mps_per_knot, false, false), 10.0);
  EXPECT_NEAR(reporting_interval_s(a, 13.9 * mps_per_knot, false, true), 3.333, 0.001);
  EXPECT_EQ(reporting_interval_s(a, 20.0 * mps_per_knot, false, false), 6.0);
  EXPECT_EQ(reporting_interval_s(a, 20.0 * mps_per_knot, false, true), 2.0);
  EXPECT_EQ(reporting_interval_s(a, 25.0 * mps_per_knot, false, false), 2.0);
  EXPECT_EQ(reporting_interval_s(AisEquipment::class_b, 1.9 * mps_per_knot, false, false), 180.0);
  EXPECT_EQ(reporting_interval_s(AisEquipment::class_b, 2.1 * mps_per_knot, false, true), 30.0);
}

VesselState moving(double knots) {
  VesselState s;
  s.velocity.east = from_knots(knots);
  s.heading = Bearing::from_degrees(90.0);
  return s;
}

VesselSpec equipped(AisEquipment equipment) {
  auto spec = usual(VesselKind::cargo_ship);
  spec.ais = equipment;
  spec.mmsi = 298000001;
  spec.name = "A NAME";
  return spec;
}

// Everything sent in `seconds` by a vessel whose state is state_at(seconds since the start).
template <class F>
std::vector<AisTransmission> sent_in(AisTransmitter& tx, double seconds, F state_at) {
  std::vector<AisTransmission> out;
  for (double t = 0.0; t < seconds; t += tick_s) {
    const Timestamp now = start + to_duration(Seconds(t));
    tx.at_tick(state_at(t), now);
    while (tx.due() < now + 500ms) tx.transmit(state_at(t), frame, out);
  }
  return out;
}

std::vector<double> intervals(const std::vector<AisTransmission>& sent) {
  std::vector<double> result;
  std::optional<Timestamp> last;
  for (const auto& s : sent) {
    if (!std::holds_alternative<VesselReport>(s.message)) continue;
    if (last) result.push_back(to_seconds(s.time - *last).value());
    last = s.time;
  }
  return result;
}

TEST(AisTransmitter, KeepsTheIntervalOfItsSpeedWithinTheSlots) {
  for (const auto& [knots, nominal] : {std::pair(10.0, 10.0), std::pair(18.0, 6.0), std::pair(27.0, 2.0)}) {
    AisTransmitter tx(equipped(AisEquipment::class_a), 5, start);
    const auto gaps = intervals(sent_in(tx, 1200.0, [k = knots](double) { return moving(k); }));
    ASSERT_GT(gaps.size(), 100U);
    double sum = 0.0;
    for (const double g : gaps) {
      EXPECT_GE(g, 0.89 * nominal) << knots;
      EXPECT_LE(g, 1.11 * nominal) << knots;
      sum += g;
    }
    EXPECT_NEAR(sum / static_cast<double>(gaps.size()), nominal, 0.03 * nominal);
  }
}

TEST(AisTransmitter, ClassBSendsEveryHalfMinuteAndTypeEighteen) {
  AisTransmitter tx(equipped(AisEquipment::class_b), 5, start);
  const auto sent = sent_in(tx, 1500.0, [](double) { return moving(6.0); });
  for (const double g : intervals(sent)) EXPECT_NEAR(g, 30.0, 3.1);
  for (const auto& s : sent) {
    if (const auto* r = std::get_if<VesselReport>(&s.message)) {
      EXPECT_EQ(r->message_type, 18);
    } else {
      EXPECT_EQ(std::get<VesselParticulars>(s.message).message_type, 24);
    }
  }
}

TEST(AisTransmitter, ReportsMoreOftenWhileTheCourseChanges) {
  AisTransmitter tx(equipped(AisEquipment::class_a), 5, start);
  const auto turning = [](double t) {
    auto s = moving(12.0);
    s.heading = Bearing::from_degrees(90.0 + std::max(0.0, t - 300.0) * 0.6);
    return s;
  };
  const auto gaps = intervals(sent_in(tx, 600.0, turning));
  ASSERT_GT(gaps.size(), 60U);
  EXPECT_NEAR(gaps.front(), 10.0, 1.1);
  EXPECT_NEAR(gaps.back(), 10.0 / 3.0, 0.4);
}

TEST(AisTransmitter, SendsNameAndSizeEverySixMinutes) {
  AisTransmitter tx(equipped(AisEquipment::class_a), 5, start);
  const auto sent = sent_in(tx, 3600.0, [](double) { return moving(10.0); });
  int statics = 0;
  for (const auto& s : sent) {
    const auto* p = std::get_if<VesselParticulars>(&s.message);
    if (p == nullptr) continue;
    ++statics;
    EXPECT_EQ(p->name, "A NAME");
    EXPECT_EQ(*p->to_bow_m + *p->to_stern_m, 110);
  }
  EXPECT_GE(statics, 9);
  EXPECT_LE(statics, 11);
}

TEST(AisTransmitter, FallsSilentAndStaysSo) {
  auto spec = equipped(AisEquipment::class_a);
  spec.ais_silent_after_s = 120.0;
  AisTransmitter tx(spec, 5, start);
  const auto sent = sent_in(tx, 900.0, [](double) { return moving(10.0); });
  ASSERT_FALSE(sent.empty());
  EXPECT_LT(sent.back().time, start + 120s);
  AisTransmitter none(equipped(AisEquipment::none), 5, start);
  EXPECT_TRUE(sent_in(none, 900.0, [](double) { return moving(10.0); }).empty());
}

TEST(AisTransmitter, PositionIsRightWithinTheErrorOfItsReceiver) {
  AisTransmitter tx(equipped(AisEquipment::class_a), 7, start);
  VesselState state = moving(10.0);
  state.position = {Metres(5000.0), Metres(-3000.0)};
  double sum2 = 0.0;
  int count = 0;
  for (const auto& s : sent_in(tx, 7200.0, [&](double) { return state; })) {
    const auto* r = std::get_if<VesselReport>(&s.message);
    if (r == nullptr) continue;
    const double off = distance(frame.to_local(*r->position), state.position).value();
    sum2 += off * off;
    ++count;
    EXPECT_LT(off, 15.0);
    EXPECT_NEAR(r->speed->value(), state.velocity.speed().value(), 0.4);
    EXPECT_NEAR((*r->heading - Bearing::from_degrees(90.0)).degrees(), 0.0, 2.5);
  }
  EXPECT_NEAR(std::sqrt(sum2 / count), 2.5 * std::sqrt(2.0), 1.2);
}

}  // namespace
}  // namespace headland::scenario
