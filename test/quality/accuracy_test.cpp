// SPDX-License-Identifier: Apache-2.0
// The accuracy of tracked targets that IMO MSC.192(79) (table of 5.25: 1 and 3 minutes, 95 %) and A.823(19)
// (annex: four encounters, 1 minute) demand, over seeded runs. Each figure is printed against its limit.
//
// Sensor errors are those of A.823(19). Own position is a satellite's, so errors of the log do not enter. The steady
// errors of gyro and roll (0.72 degrees) turn the whole picture: they are in the courses and cannot be
// taken out by a tracker. Beside each figure: that of a straight line through the target's plots (since its turn),
// which knows that they are its and that it goes straight. Where even that is over a limit, the plots do not
// allow it with these errors (A.823 scenario 2 after 1 minute: glint alone is too much); then the tracker has to
// come near the straight line.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "core/tracking/tracker.hpp"
#include "quality/auto_tracking.hpp"

namespace headland::quality {
namespace {

constexpr int runs = 300;
constexpr double near_straight = 1.25;  // times the straight line's error
constexpr double nm = metres_per_nautical_mile;
constexpr double pi = std::numbers::pi;

// Largest errors at 95 %; 0 = no limit is stated. Speeds: the greater of knots and share.
struct Limits {
  double relative_course_deg = 0.0;
  double relative_speed_kn = 0.0, relative_speed_share = 0.0;
  double cpa_nm = 0.0;
  double tcpa_min = 0.0;
  double true_course_deg = 0.0;
  double true_speed_kn = 0.0, true_speed_share = 0.0;
};
constexpr Limits trend{11.0, 1.5, 0.10, 1.0};                       // MSC.192(79): 1 minute
constexpr Limits steady{3.0, 0.8, 0.01, 0.3, 0.5, 5.0, 0.5, 0.01};  // MSC.192(79): 3 minutes
// Tracked range within 50 m or 1 %, bearing within 2 degrees: MSC.192(79).
constexpr double range_m = 50.0, range_share = 0.01, bearing_deg = 2.0;

// Own course and speed, target at range and bearing with a relative course and speed.
Encounter encounter(const char* name, double own_kn, double range_nm, double bearing_degrees, double course_degrees,
                    double speed_kn) {
  Encounter e;
  e.name = name;
  e.own.speed_mps = own_kn * mps_per_knot;
  e.target.start = (range_nm * nm) * towards(bearing_degrees * radians_per_degree);
  const Vec v = e.own.velocity(0.0) + (speed_kn * mps_per_knot) * towards(course_degrees * radians_per_degree);
  e.target.course_rad = v.course();
  e.target.speed_mps = v.norm();
  return e;
}
// A.823(19), annex 2.
Encounter scenario(int number) {
  switch (number) {
    case 1:
      return encounter("A.823 scenario 1", 10.0, 8.0, 0.0, 180.0, 20.0);
    case 2:
      return encounter("A.823 scenario 2", 10.0, 1.0, 0.0, 90.0, 10.0);
    case 3:
      return encounter("A.823 scenario 3", 5.0, 8.0, 45.0, 225.0, 20.0);
    default:
      return encounter("A.823 scenario 4", 25.0, 8.0, 45.0, 225.0, 20.0);
  }
}

// What is known at `t_s` of the target: the nearest track. None within 1000 m: nothing.
std::optional<Motion> tracked(const tracking::Tracker& tracker, const Encounter& e, double t_s) {
  std::optional<Motion> best;
  double nearest = 1000.0;
  for (const Track& t : tracker.tracks()) {
    const double dt = to_seconds(at(t_s) - t.time).value();
    const Vec v{t.state.velocity.east.value(), t.state.velocity.north.value()};
    const Vec p = Vec{t.state.position.east.value(), t.state.position.north.value()} + dt * v;
    const double distance = (p - e.target.at(t_s)).norm();
    if (distance < nearest) {
      nearest = distance;
      best = motion(p, v, e.own.at(t_s), e.own.velocity(t_s));
    }
  }
  return best;
}

// The motions that the runs knew at `t_s`, and the truth; a run without a track gives nothing.
struct Outcome {
  Motion truth;
  std::vector<std::optional<Motion>> known;
  std::vector<std::optional<Motion>> fitted;  // straight lines
};
Outcome simulate(const Encounter& e, double t_s) {
  const SensorErrors errors;
  tracking::TrackerConfig config;
  config.range_deviation_m = errors.range_deviation_m();
  config.bearing_deviation_deg = errors.bearing_deviation_deg();
  config.site_deviation_m = errors.own_place_m;
  Outcome out;
  out.truth = motion(e.target.at(t_s), e.target.velocity(t_s), e.own.at(t_s), e.own.velocity(t_s));
  for (int run = 0; run < runs; ++run) {
    Random random(1000 + static_cast<std::uint64_t>(run));
    tracking::Tracker tracker(config);
    TrackUpdates updates;
    const std::vector<PlotSector> sectors = observe(e, errors, t_s, random);
    for (const PlotSector& s : sectors) {
      updates.tracks.clear();
      tracker.process(s, updates);
    }
    out.known.push_back(tracked(tracker, e, t_s));
    out.fitted.emplace_back(straight_fit(e, sectors, t_s));
  }
  return out;
}

// The error that 95 % of the runs keep within; a run without a track errs without bound.
template <class Error>
double at_95_percent(const std::vector<std::optional<Motion>>& motions, Error error) {
  std::vector<double> errors;
  for (const auto& m : motions) errors.push_back(m ? std::abs(error(*m)) : std::numeric_limits<double>::infinity());
  std::sort(errors.begin(), errors.end());
  return errors[static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(errors.size()))) - 1];
}

struct Quantity95 {
  const char* name;
  const char* unit;
  double limit;
};
template <class Error>
void judge(const Outcome& o, const Quantity95& q, Error error) {
  const double ours = at_95_percent(o.known, error);
  const double straight = at_95_percent(o.fitted, error);
  const bool possible = straight <= q.limit;
  std::printf("    %-16s %8.3f  limit %6.2f %-4s %-5s straight line %7.3f%s\n", q.name, ours, q.limit, q.unit,
              ours <= q.limit ? "" : "OVER", straight, possible ? "" : " (OVER)");
  EXPECT_LE(ours, possible ? q.limit : near_straight * straight) << q.name << " in " << q.unit << " at 95 %";
}
void judge_angle(const Outcome& o, const Quantity95& q, double Motion::* angle_rad) {
  judge(o, q,
        [&](const Motion& m) { return std::remainder(m.*angle_rad - o.truth.*angle_rad, 2.0 * pi) * 180.0 / pi; });
}
void judge_value(const Outcome& o, const Quantity95& q, double Motion::* value) {
  judge(o, q, [&](const Motion& m) { return m.*value - o.truth.*value; });
}

void check(const Outcome& o, const Limits& l) {
  const double relative_kn = std::max(l.relative_speed_kn, l.relative_speed_share * o.truth.relative_speed_kn);
  judge_angle(o, {"relative course", "deg", l.relative_course_deg}, &Motion::relative_course_rad);
  judge_value(o, {"relative speed", "kn", relative_kn}, &Motion::relative_speed_kn);
  const bool approaching = o.truth.tcpa_min > 0.5;  // else CPA has passed, and no limit is stated
  if (l.cpa_nm > 0.0 && approaching) judge_value(o, {"CPA", "NM", l.cpa_nm}, &Motion::cpa_nm);
  if (l.tcpa_min > 0.0 && approaching) judge_value(o, {"TCPA", "min", l.tcpa_min}, &Motion::tcpa_min);
  if (l.true_course_deg > 0.0) {
    const double true_kn = std::max(l.true_speed_kn, l.true_speed_share * o.truth.true_speed_kn);
    judge_angle(o, {"true course", "deg", l.true_course_deg}, &Motion::true_course_rad);
    judge_value(o, {"true speed", "kn", true_kn}, &Motion::true_speed_kn);
  }
}

void check_place(const Outcome& o) {
  judge_value(o, {"range", "m", std::max(range_m, range_share * o.truth.range_m)}, &Motion::range_m);
  judge_angle(o, {"bearing", "deg", bearing_deg}, &Motion::bearing_rad);
}

void heading(const Encounter& e, const char* which) { std::printf("  %s, %s\n", e.name, which); }

class AccuracyOfFourEncounters : public testing::TestWithParam<int> {};

TEST_P(AccuracyOfFourEncounters, AfterOneMinuteIsWithinA823) {
  constexpr Limits limits[] = {
      {11.0, 2.8, 0.0, 1.6}, {7.0, 0.6, 0.0, 0.0}, {14.0, 2.2, 0.0, 1.8}, {15.0, 1.5, 0.0, 2.0}};
  const Encounter e = scenario(GetParam());
  heading(e, "1 minute, A.823(19)");
  check(simulate(e, 60.0), limits[GetParam() - 1]);
}

TEST_P(AccuracyOfFourEncounters, AfterOneMinuteIsWithinMsc192) {
  const Encounter e = scenario(GetParam());
  heading(e, "1 minute, MSC.192(79)");
  check(simulate(e, 60.0), trend);
}

TEST_P(AccuracyOfFourEncounters, AfterThreeMinutesIsWithinMsc192) {
  const Encounter e = scenario(GetParam());
  heading(e, "3 minutes, MSC.192(79)");
  const Outcome o = simulate(e, 180.0);
  check(o, steady);
  check_place(o);
}

INSTANTIATE_TEST_SUITE_P(A823, AccuracyOfFourEncounters, testing::Range(1, 5));

TEST(AccuracyOfFastTargets, AtHundredKnotsRelativeIsWithinMsc192AfterOneAndThreeMinutes) {
  const Encounter e = encounter("100 kn relative", 30.0, 12.0, 10.0, 185.0, 100.0);
  heading(e, "1 minute, MSC.192(79)");
  check(simulate(e, 60.0), trend);
  heading(e, "3 minutes, MSC.192(79)");
  check(simulate(e, 180.0), steady);
}

TEST(AccuracyOfFastTargets, AtHundredAndFortyKnotsRelativeIsWithinMsc192AfterThreeMinutes) {
  const Encounter e = encounter("140 kn relative", 70.0, 12.0, 10.0, 185.0, 140.0);
  heading(e, "3 minutes, MSC.192(79)");
  check(simulate(e, 180.0), steady);
}

TEST(AccuracyAfterManoeuvre, OfTheTargetIsTrendAgainWithinOneMinuteAndSteadyWithinThree) {
  Encounter e = scenario(1);
  e.name = "A.823 scenario 1, target turns 45 degrees";
  e.target.turn_at_s = 180.0;
  e.target.turn_by_rad = 45.0 * radians_per_degree;
  e.target.turn_rate_rad_s = 1.0 * radians_per_degree;
  heading(e, "1 minute after, MSC.192(79)");
  check(simulate(e, 225.0 + 60.0), trend);
  heading(e, "3 minutes after, MSC.192(79)");
  check(simulate(e, 225.0 + 180.0), steady);
}

TEST(AccuracyAfterManoeuvre, OfOwnShipIsTrendAgainWithinOneMinuteAndSteadyWithinThree) {
  Encounter e = scenario(3);
  e.name = "A.823 scenario 3, own ship turns 45 degrees";
  e.own.turn_at_s = 180.0;
  e.own.turn_by_rad = 45.0 * radians_per_degree;
  e.own.turn_rate_rad_s = 2.0 * radians_per_degree;
  heading(e, "1 minute after, MSC.192(79)");
  check(simulate(e, 202.5 + 60.0), trend);
  heading(e, "3 minutes after, MSC.192(79)");
  check(simulate(e, 202.5 + 180.0), steady);
}

}  // namespace
}  // namespace headland::quality
