// SPDX-License-Identifier: Apache-2.0
// Two vessels that will come too near one another, both taken to the same instant and straight on from there.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double least_relative_mps = 0.5;
constexpr double slack = 1.4;  // of distance and time, once told
// The stern light shows to 22.5 degrees abaft the beam (COLREG rules 13 and 21).
constexpr double abaft_rad = 112.5 * radians_per_degree;
constexpr double head_on_rad = 165.0 * radians_per_degree;
constexpr double longest_age_s = 190.0;
constexpr Duration young = std::chrono::seconds(180);
// Nearer a track of radar alone may be the vessel's own wake, or a second track of it.
constexpr double own_echo_m = 300.0;

struct Pass {
  double range_m, distance_m, in_s;
};

std::optional<Pass> pass_of(EastNorth d, double ve, double vn) {
  const double v2 = ve * ve + vn * vn;
  if (v2 < least_relative_mps * least_relative_mps) return std::nullopt;
  const double e = d.east.value(), n = d.north.value();
  const double t = -(e * ve + n * vn) / v2;
  if (!(t > 0.0)) return std::nullopt;  // passed: they are clear
  const double x = e + ve * t, y = n + vn * t;
  return Pass{std::sqrt(e * e + n * n), std::sqrt(x * x + y * y), t};
}

double off_rad(double a, double b) { return std::abs(std::remainder(a - b, 2.0 * std::numbers::pi)); }

Encounter encounter_of(const Vessel& a, const Vessel& b, EastNorth d, double still_mps) {
  if (a.speed_mps < still_mps || b.speed_mps < still_mps || !a.course_rad || !b.course_rad) return Encounter::at_rest;
  const NormalVector w = b.velocity();
  const double course_of_b = Bearing::of(dot(w, a.plane.east), dot(w, a.plane.north)).radians();
  const double to_b = Bearing::of(d.east.value(), d.north.value()).radians();
  const double to_a = to_b + std::numbers::pi;
  if (off_rad(*a.course_rad, course_of_b) >= head_on_rad) return Encounter::head_on;
  // Whoever is faster and comes from abaft the other's beam overtakes.
  if (a.speed_mps > b.speed_mps && off_rad(to_a, course_of_b) > abaft_rad) return Encounter::overtaking;
  if (b.speed_mps > a.speed_mps && off_rad(to_b, *a.course_rad) > abaft_rad) return Encounter::overtaking;
  return Encounter::crossing;
}

bool is_passing(Encounter e) { return e == Encounter::head_on || e == Encounter::overtaking; }

bool is_small(const CpaRule& kind, const Vessel& v) {
  if (v.length_m > 0.0) return v.length_m < kind.small_length_m;
  return !v.track->report || v.track->report->kind != AisClass::class_a;
}

double limit_m(const CpaRule& kind, const Vessel& a, const Vessel& b, Encounter encounter) {
  const int small = (is_small(kind, a) ? 1 : 0) + (is_small(kind, b) ? 1 : 0);
  double nmi = small == 0 ? kind.distance_nmi : small == 1 ? kind.small_distance_nmi : kind.both_small_distance_nmi;
  if (encounter == Encounter::at_rest) nmi = std::min(nmi, kind.rest_distance_nmi);
  if (is_passing(encounter)) nmi = std::min(nmi, kind.passing_distance_nmi);
  return from_nautical_miles(nmi).value();
}

// Whoever lies still is an obstacle in the fairway only at anchor (1) or not under command (2): the rest lies at a
// berth, said or unsaid, and ships come close to berths.
bool is_part_of_the_shore(const Vessel& v, double still_mps) {
  return v.speed_mps < still_mps && v.status != 1 && v.status != 2;
}

bool is_left_out(const CpaRule& kind, const Vessel& a, const Vessel& b) {
  if (!a.motion_known || !b.motion_known || a.age_s > longest_age_s || b.age_s > longest_age_s) return true;
  const double still = kind.speed_min_kn * mps_per_knot;
  if (a.speed_mps < still && b.speed_mps < still) return true;
  if ((a.ais_lost && !a.has_radar) || (b.ais_lost && !b.has_radar)) return true;
  if (is_part_of_the_shore(a, still) || is_part_of_the_shore(b, still)) return true;
  const ShipClasses of_both = bit_of(a.kind) | bit_of(b.kind);
  return !kind.service && (of_both & service_classes) != 0;
}

}  // namespace

bool may_take_part(const CpaRule& kind, const Vessel& v) {
  if (!v.motion_known || v.age_s > longest_age_s || (v.ais_lost && !v.has_radar)) return false;
  // A young radar track may be a wake or a wave, and its motion is not settled yet.
  if (!v.has_ais && v.track->time - v.track->began < young) return false;
  return !is_part_of_the_shore(v, kind.speed_min_kn * mps_per_knot);
}

PairReach reach_of(const CpaRule& kind) {
  const double widest_nmi = std::max({kind.distance_nmi, kind.small_distance_nmi, kind.both_small_distance_nmi});
  return {slack * from_nautical_miles(widest_nmi).value(),
          slack * std::max(kind.time_min, kind.passing_time_min) * 60.0};
}

std::optional<Finding> evaluate(const CpaRule& kind, const Scene&, const Vessel& a, const Vessel& b) {
  if (is_left_out(kind, a, b)) return std::nullopt;
  const EastNorth d = a.plane.near(b.normal());
  const NormalVector w = b.velocity();  // in the axes of a: near a pole those of b point elsewhere
  const auto pass = pass_of(d, dot(w, a.plane.east) - a.east_mps, dot(w, a.plane.north) - a.north_mps);
  const PairReach reach = reach_of(kind);
  if (!pass || pass->in_s > reach.ahead_s || pass->distance_m > reach.distance_m) return std::nullopt;
  const Encounter encounter = encounter_of(a, b, d, kind.speed_min_kn * mps_per_knot);
  const double limit = limit_m(kind, a, b, encounter);
  const double limit_s = (is_passing(encounter) ? kind.passing_time_min : kind.time_min) * 60.0;
  if (pass->distance_m > slack * limit || pass->in_s > slack * limit_s) return std::nullopt;
  Finding f;
  const bool may_be_own_echo = (!a.has_ais || !b.has_ais) && pass->range_m < own_echo_m;
  f.is_met = pass->distance_m <= limit && pass->in_s <= limit_s && !may_be_own_echo;
  f.needed_s = kind.steady_s;
  const bool is_close = pass->distance_m <= from_nautical_miles(kind.alarm_distance_nmi).value() &&
                        pass->in_s <= kind.alarm_time_min * 60.0;
  f.level = is_close ? 2 : 1;
  f.evidence = ClosestApproachEvidence{encounter,     pass->distance_m,          limit, pass->in_s, limit_s,
                                       pass->range_m, std::max(a.age_s, b.age_s)};
  return f;
}

}  // namespace headland::rules
