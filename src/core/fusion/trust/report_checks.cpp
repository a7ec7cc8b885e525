// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/report_checks.hpp"

#include <algorithm>
#include <numbers>
#include <utility>

#include "core/base/angle.hpp"
#include "core/base/constants.hpp"
#include "core/fusion/ais_motion.hpp"

namespace headland::fusion {
namespace {

constexpr double earth_m = 6'371'000.0;
constexpr double fastest_mps = 45.0;        // over minutes; the fastest ferries run at 30
constexpr double unknown_speed_mps = 25.0;  // of a vessel that sends no speed
constexpr double fix_error_m = 150.0;       // a fix without DGPS, antenna and rounding, generously
constexpr double slack_by_second_s = 2.0;   // of the time between two fixes
constexpr double slack_by_reception_s = 15.0;
constexpr double long_range_error_m = 2'000.0;  // type 27 sends tenths of a minute
constexpr double long_range_slack_s = 600.0;
constexpr double two_places_within_s = 1800.0;  // the streams alternate
constexpr std::uint32_t two_places_switches = 3;
constexpr double path_every_s = 50.0;
constexpr double path_memory_s = 1200.0;
constexpr double window_s = 45.0;
constexpr double longest_step_s = 60.0;
constexpr double circle_least_turn_deg = 540.0;
constexpr double circle_least_speed_mps = 2.5;
constexpr double circle_least_leg_m = 25.0;

double wrapped(double a) { return std::remainder(a, 2.0 * std::numbers::pi); }

// East and north of `b` from `a`, m; for near points.
std::array<double, 2> step_of(const ReportChecks::Fix& a, const ReportChecks::Fix& b) {
  const double dlon = wrapped(b.longitude_rad - a.longitude_rad);
  return {dlon * std::cos(0.5 * (a.latitude_rad + b.latitude_rad)) * earth_m,
          (b.latitude_rad - a.latitude_rad) * earth_m};
}

ReportChecks::Fix fix_of(const VesselReport& r) {
  ReportChecks::Fix f;
  f.received = r.received;
  if (r.utc_second) f.second = *r.utc_second;
  f.latitude_rad = r.position->latitude.value();
  f.longitude_rad = r.position->longitude.value();
  if (r.speed && !r.speed_at_least) f.speed_mps = r.speed->value();
  if (r.course) f.course_rad = r.course->radians();
  if (r.heading) f.heading_rad = r.heading->radians();
  return f;
}

// Limits over which the speed sent is no vessel's of that kind (M.1371-5 table 53).
double fastest_of(std::int16_t ship_type) {
  if (ship_type >= 20 && ship_type <= 29) return 103.0;  // wing in ground
  if (ship_type >= 70 && ship_type <= 89) return 18.0;   // cargo, tanker: 35 kn
  return 36.0;                                           // 70 kn: fast ferries and boats run at 50 and more
}

}  // namespace

double metres_between(GeoPosition a, GeoPosition b) {
  const double h = square(std::sin(0.5 * (b.latitude - a.latitude).value())) +
                   std::cos(a.latitude.value()) * std::cos(b.latitude.value()) *
                       square(std::sin(0.5 * (b.longitude - a.longitude).value()));
  return 2.0 * earth_m * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

ReportChecks::Step ReportChecks::step(const Fix& from, const Fix& to, bool long_range) const {
  Step s;
  s.dt_s = to_seconds(to.received - from.received).value();
  s.slack_s = slack_by_reception_s;
  if (from.second >= 0 && to.second >= 0) {
    const double seconds = to.second - from.second;
    const double put_right = 60.0 * std::round((s.dt_s - seconds) / 60.0) + seconds;
    if (std::abs(put_right - s.dt_s) < 25.0) {
      s.dt_s = put_right;
      s.slack_s = slack_by_second_s;
    }
  }
  if (long_range) s.slack_s = long_range_slack_s;
  s.distance_m = metres_between(from.position(), to.position());
  const double dt = std::abs(s.dt_s);
  const double time = dt + s.slack_s;
  const bool sent = !std::isnan(from.speed_mps) && !std::isnan(to.speed_mps);
  const double speed = sent ? 1.3 * std::max({from.speed_mps, to.speed_mps, 1.0}) : unknown_speed_mps;
  // What the speeds at both ends leave, with what may have been between them.
  s.limit_m = std::min(speed * time + 0.25 * dt * dt, fastest_mps * time) + fix_error_m +
              (long_range ? long_range_error_m : 0.0);
  return s;
}

void ReportChecks::process(const VesselReport& report, bool times_pass, TrustLedger& ledger) {
  if (report.own_ship) return;
  const Timestamp now = report.received;
  // A receiver that does not work has no position to send: it is told of all the same.
  switch (report.fix_timing) {
    case FixTiming::manual:
      ledger.found({TrustEvidence::fix_failure, 61.0, 60.0}, now, 0.4);
      break;
    case FixTiming::estimated:
      ledger.found({TrustEvidence::fix_failure, 62.0, 60.0}, now, 0.4);
      break;
    case FixTiming::inoperative:
      ledger.found({TrustEvidence::fix_failure, 63.0, 60.0}, now, 0.4);
      break;
    case FixTiming::at_second:
    case FixTiming::not_available:
      ledger.absent(TrustEvidence::fix_failure, now, 0.3);
  }
  if (!report.position || report.kind == AisClass::sar_aircraft) return;  // aircraft fly where they will
  const bool long_range = report.kind == AisClass::long_range;
  if (!long_range) judge_speed(report, ledger);
  if (!times_pass) return;
  const Fix fix = fix_of(report);
  if (s_.streams[s_.current].last.received - now > clock_set_back) forget_way();
  const Stream& current = s_.streams[s_.current];
  const Fix before = current.last;
  const bool known = current.reports > 0;
  if (known && fix.second == before.second && fix.latitude_rad == before.latitude_rad &&
      fix.longitude_rad == before.longitude_rad && to_seconds(now - before.received).value() < 20.0) {
    return;  // the same report by another way
  }
  if (known && !step(before, fix, long_range).possible() && is_on_path(fix)) return;  // heard late, by a longer way
  const bool goes_on = place(fix, long_range, ledger);
  if (!known || !goes_on || long_range) {
    s_.window = Window{};
    s_.circle = Circle{};
    return;
  }
  note_path(fix);
  const Step taken = step(before, fix, long_range);
  if (taken.dt_s > 0.0) follow(before, fix, taken, ledger);
}

// The clock was set back: how far it went since the last report cannot be told. Who it is stays.
void ReportChecks::forget_way() {
  s_.streams = {};
  s_.path = {};
  s_.path_next = s_.current = 0;
  s_.switches = 0;
  s_.switched = {};
  s_.jump_open = false;
  s_.window = Window{};
  s_.circle = Circle{};
}

void ReportChecks::note_path(const Fix& fix) {
  const PathPoint& last = s_.path[(s_.path_next + s_.path.size() - 1) % s_.path.size()];
  if (last.when != Timestamp{} && to_seconds(fix.received - last.when).value() < path_every_s) return;
  s_.path[s_.path_next] = {fix.received, fix.latitude_rad, fix.longitude_rad};
  s_.path_next = static_cast<std::uint8_t>((s_.path_next + 1) % s_.path.size());
}

// Networks deliver some reports minutes late: they lie where the vessel was, between two points of its path.
bool ReportChecks::is_on_path(const Fix& fix) const {
  for (std::size_t i = 0; i < s_.path.size(); ++i) {
    const PathPoint& a = s_.path[i];
    const PathPoint& b = s_.path[(i + 1) % s_.path.size()];
    if (a.when == Timestamp{} || to_seconds(fix.received - a.when).value() > path_memory_s) continue;
    const GeoPosition from{Radians(a.latitude_rad), Radians(a.longitude_rad)};
    const GeoPosition to{Radians(b.latitude_rad), Radians(b.longitude_rad)};
    const double start = metres_between(from, fix.position());
    if (start < fix_error_m) return true;
    if (b.when <= a.when) continue;  // the newest
    if (start + metres_between(fix.position(), to) < 1.1 * metres_between(from, to) + fix_error_m) return true;
  }
  return false;
}

// Gives the fix to the stream that it follows from. False where it is not the one of the report before.
bool ReportChecks::place(const Fix& fix, bool long_range, TrustLedger& ledger) {
  const Timestamp now = fix.received;
  Stream& current = s_.streams[s_.current];
  if (current.reports == 0) {
    current = {fix, 1};
    return true;
  }
  const Step on = step(current.last, fix, long_range);
  if (on.possible()) {
    if (s_.jump_open && current.reports >= 1) {
      ledger.found({TrustEvidence::impossible_jump, s_.jump_m, s_.jump_limit_m}, now, 0.5);
      s_.jump_open = false;
    }
    if (to_seconds(now - s_.switched).value() > two_places_within_s) s_.switches = 0;
    if (on.dt_s > 0.0) current.last = fix;  // an older one came by a longer way
    ++current.reports;
    return true;
  }
  std::size_t other = s_.streams.size();
  for (std::size_t i = 0; i < s_.streams.size(); ++i) {
    if (i == s_.current || s_.streams[i].reports == 0) continue;
    if (step(s_.streams[i].last, fix, long_range).possible()) {
      other = i;
      break;
    }
  }
  s_.switches = to_seconds(now - s_.switched).value() > two_places_within_s ? 1 : s_.switches + 1;
  s_.switched = now;
  s_.switch_m = on.distance_m;
  if (other == s_.streams.size()) {
    other = 0;
    for (std::size_t i = 0; i < s_.streams.size(); ++i) {
      if (i == s_.current) continue;
      if (other == s_.current || s_.streams[i].last.received < s_.streams[other].last.received) other = i;
    }
    s_.streams[other] = {fix, 1};
    s_.jump_open = true;
    s_.jump_m = on.distance_m;
    s_.jump_limit_m = on.limit_m;
    ledger.found({TrustEvidence::impossible_jump, on.distance_m, on.limit_m}, now, 0.3);
  } else {
    s_.streams[other].last = fix;
    ++s_.streams[other].reports;
    s_.jump_open = false;
    const bool both = s_.streams[other].reports >= 2 && s_.streams[s_.current].reports >= 2;
    if (both && s_.switches >= two_places_switches) {
      ledger.found({TrustEvidence::two_places, on.distance_m, on.limit_m}, now, 0.4);
    }
  }
  s_.current = static_cast<std::uint8_t>(other);
  return false;
}

void ReportChecks::judge_speed(const VesselReport& report, TrustLedger& ledger) const {
  if (!report.speed) return;
  const double limit = fastest_of(s_.ship_type);
  if (report.speed->value() > limit) {
    ledger.found({TrustEvidence::impossible_speed, report.speed->value(), limit}, report.received, 0.3);
  } else {
    ledger.absent(TrustEvidence::impossible_speed, report.received, 0.1);
  }
}

void ReportChecks::follow(const Fix& before, const Fix& fix, const Step& taken, TrustLedger& ledger) {
  turn(fix, ledger);
  Window& w = s_.window;
  if (w.reports == 0) {
    w.first = before;
    w.reports = 1;
  }
  ++w.reports;
  const auto [east, north] = step_of(before, fix);
  w.path_m += std::hypot(east, north);
  const bool sent = !std::isnan(before.speed_mps) && !std::isnan(fix.speed_mps) && !std::isnan(before.course_rad) &&
                    !std::isnan(fix.course_rad);
  w.motion_sent = w.motion_sent && sent;
  if (sent) {
    w.expected_path_m += 0.5 * (before.speed_mps + fix.speed_mps) * taken.dt_s;
    w.expected_east_m +=
        0.5 * taken.dt_s * (before.speed_mps * std::sin(before.course_rad) + fix.speed_mps * std::sin(fix.course_rad));
    w.expected_north_m +=
        0.5 * taken.dt_s * (before.speed_mps * std::cos(before.course_rad) + fix.speed_mps * std::cos(fix.course_rad));
  }
  if (sent && !std::isnan(fix.heading_rad) && fix.speed_mps > 3.0) {
    const double off = std::abs(wrapped(fix.heading_rad - fix.course_rad));
    if (off > 0.5 * std::numbers::pi) ++w.against;
    w.heading_off_rad = off;
  }
  const double length = step(w.first, fix, false).dt_s;
  if (taken.dt_s > longest_step_s) {  // what happened between is anybody's guess
    s_.window = Window{};
    return;
  }
  if (length >= window_s && w.reports >= 3) judge_window(fix, taken.slack_s, ledger);
}

void ReportChecks::judge_window(const Fix& fix, double slack_s, TrustLedger& ledger) {
  const Window w = std::exchange(s_.window, Window{});
  if (!w.motion_sent) return;
  const Timestamp now = fix.received;
  const double length = step(w.first, fix, false).dt_s;
  const auto [east, north] = step_of(w.first, fix);
  const double least_path = 0.15 * w.expected_path_m;
  const bool frozen = w.expected_path_m >= std::max(90.0, 2.0 * length) && w.path_m < least_path;
  if (frozen) {
    ledger.found({TrustEvidence::frozen_position, w.path_m, least_path}, now, 0.4);
  } else {
    ledger.absent(TrustEvidence::frozen_position, now, 0.4);
  }
  // How far the positions may differ from the motion: the time between them is not known exactly, speed and course
  // are smoothed by receivers over some seconds.
  const double speed = w.expected_path_m / length;
  const double limit = std::max({3.0, 0.35 * speed, 2.0 * speed * slack_s / length});
  const double off = std::hypot(east - w.expected_east_m, north - w.expected_north_m) / length;
  if (off > limit && !frozen) {
    ledger.found({TrustEvidence::speed_against_motion, off, limit}, now, 0.4);
  } else {
    ledger.absent(TrustEvidence::speed_against_motion, now, 0.3);
  }
  // Ferries that sail either way send one heading: about 180 degrees is their habit.
  const bool ferry = s_.ship_type >= 60 && s_.ship_type <= 69 && w.heading_off_rad > 150.0 * radians_per_degree;
  if (w.against + 1 >= w.reports && w.against >= 2 && !ferry) {
    ledger.found({TrustEvidence::heading_against_course, w.heading_off_rad / radians_per_degree, 90.0}, now, 0.2);
  } else {
    ledger.absent(TrustEvidence::heading_against_course, now, 0.3);
  }
}

// Legs between positions that lie a little apart; while each turns as fast as those before and is as swift, the turn
// is summed.
void ReportChecks::turn(const Fix& fix, TrustLedger& ledger) {
  Circle& c = s_.circle;
  if (c.legs == 0 && std::isnan(c.course_rad) && c.at.received == Timestamp{}) {
    c.at = fix;
    return;
  }
  const auto [east, north] = step_of(c.at, fix);
  const double leg = std::hypot(east, north);
  const double dt = step(c.at, fix, false).dt_s;
  if (dt > 90.0) {
    c = Circle{};
    c.at = fix;
    return;
  }
  if (leg < circle_least_leg_m || dt <= 0.0) return;
  const double course = std::atan2(east, north);
  const double speed = leg / dt;
  const double turned = std::isnan(c.course_rad) ? 0.0 : wrapped(course - c.course_rad);
  const double rate = turned / dt;
  const double rate_allowed = 0.4 * std::abs(c.rate_rad_s) + 0.3 * radians_per_degree;
  const bool like_before = c.legs > 0 && speed >= circle_least_speed_mps &&
                           std::abs(speed - c.speed_mps) < 0.25 * c.speed_mps &&
                           std::abs(rate - c.rate_rad_s) < rate_allowed && rate * c.rate_rad_s > 0.0;
  if (like_before) {
    c.turned_rad += turned;
    ++c.legs;
    const double share = 1.0 / std::min<double>(c.legs, 8.0);
    c.rate_rad_s += share * (rate - c.rate_rad_s);
    c.speed_mps += share * (speed - c.speed_mps);
  } else {
    c.turned_rad = turned;
    c.rate_rad_s = rate;
    c.speed_mps = speed;
    c.legs = 1;
  }
  c.course_rad = course;
  c.at = fix;
  const double degrees = std::abs(c.turned_rad) / radians_per_degree;
  if (degrees >= circle_least_turn_deg) {
    ledger.found({TrustEvidence::circles, degrees, circle_least_turn_deg}, fix.received, 1.0);
  }
}

void ReportChecks::process(const VesselParticulars& p, TrustLedger& ledger) {
  if (p.own_ship) return;
  const Timestamp now = p.received;
  const auto news = [](const auto& sent, auto& known, const auto& nothing) {
    if (!sent || *sent == nothing) return false;
    const bool changed = known != nothing && *sent != known;
    known = *sent;
    return changed;
  };
  bool changed = news(p.name, s_.name, std::string());
  changed = news(p.callsign, s_.callsign, std::string()) || changed;
  changed = news(p.imo, s_.imo, 0U) || changed;
  if (changed) {
    ++s_.identity_changes;
    ledger.found({TrustEvidence::identity_change, static_cast<double>(s_.identity_changes), 0.0}, now, 1.0);
  }
  if (p.ship_type) s_.ship_type = *p.ship_type;
  double off = 0.0;
  double limit = 0.0;
  const auto compare = [&](std::optional<std::uint16_t> a, std::optional<std::uint16_t> b, double& known) {
    if (!a || !b || *a + *b == 0) return;
    const double sent = *a + *b;
    const double allowed = std::max(5.0, 0.15 * known);  // rounding, and sizes set anew by a pedant
    if (known > 0.0 && std::abs(sent - known) > allowed && std::abs(sent - known) > off) {
      off = std::abs(sent - known);
      limit = allowed;
    }
    known = sent;
  };
  compare(p.to_bow_m, p.to_stern_m, s_.length_m);
  compare(p.to_port_m, p.to_starboard_m, s_.beam_m);
  if (off > 0.0) ledger.found({TrustEvidence::dimensions_change, off, limit}, now, 1.0);
}

}  // namespace headland::fusion
