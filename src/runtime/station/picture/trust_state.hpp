// SPDX-License-Identifier: Apache-2.0
// How what is held for and against AIS stations is written into checkpoints.
#pragma once

#include "core/fusion/trust/ais_trust.hpp"
#include "runtime/station/picture/state_archive.hpp"

namespace headland::fusion {

template <class A>
void describe(A& a, TrustLedger::Entry& v) {
  a(v.kind, v.holds, v.count, v.level, v.value, v.limit, v.probability, v.first, v.last, v.lowered);
}
template <class A>
void describe(A& a, ReportChecks::Fix& v) {
  a(v.received, v.second, v.latitude_rad, v.longitude_rad, v.speed_mps, v.course_rad, v.heading_rad);
}
template <class A>
void describe(A& a, ReportChecks::Stream& v) {
  a(v.last, v.reports);
}
template <class A>
void describe(A& a, ReportChecks::Window& v) {
  a(v.first, v.reports, v.against, v.expected_east_m, v.expected_north_m, v.expected_path_m, v.path_m,
    v.heading_off_rad, v.motion_sent);
}
template <class A>
void describe(A& a, ReportChecks::Circle& v) {
  a(v.at, v.course_rad, v.turned_rad, v.rate_rad_s, v.speed_mps, v.legs);
}
template <class A>
void describe(A& a, ReportChecks::PathPoint& v) {
  a(v.when, v.latitude_rad, v.longitude_rad);
}
template <class A>
void describe(A& a, ReportChecks::State& v) {
  a(v.streams, v.path, v.path_next, v.current, v.switches, v.switched, v.switch_m, v.jump_open, v.jump_m,
    v.jump_limit_m, v.window, v.circle, v.name, v.callsign, v.imo, v.identity_changes, v.length_m, v.beam_m,
    v.ship_type);
}
template <class A>
void describe(A& a, AisTrust::StationSnapshot& v) {
  a(v.checks, v.entries);
}
template <class A>
void describe(A& a, AisTiming::Clock& v) {
  a(v.cosine, v.sine, v.reports);
}
template <class A>
void describe(A& a, AisTiming::Vessel& v) {
  a(v.mean_s, v.variance_s2, v.reports);
}
template <class A>
void describe(A& a, AisTiming::Snapshot& v) {
  a(v.by_slot, v.by_second, v.vessels);
}
template <class A>
void describe(A& a, AisReception::Station& v) {
  a(v.last, v.interval_s, v.latitude_rad, v.longitude_rad, v.reports, v.actual_s, v.trusted);
}
template <class A>
void describe(A& a, AisReception::Snapshot& v) {
  a(v.stations, v.site, v.last, v.last_other, v.last_mmsi, v.mean_interval_s, v.hole);
}
template <class A>
void describe(A& a, SilenceWatch::Watch& v) {
  a(v.counted, v.heard, v.covered_asked, v.heard_at, v.counted_s, v.rest_s, v.undecided_s, v.speed_mps, v.speed_s,
    v.mmsi, v.covered, v.judged);
}
template <class A>
void describe(A& a, DriftWatch::State& v) {
  a(v.fix, v.looks, v.east_m, v.north_m, v.scatter_m2, v.sum, v.off_m, v.length_m);
}
template <class A>
void describe(A& a, SizeWatch::State& v) {
  a(v.sent_m, v.echo_m, v.echo_deviation_m, v.looks, v.fitted_m);
}
template <class A>
void describe(A& a, RadarErrors& v) {
  a(v.range_m, v.bearing_rad);
}
template <class A>
void describe(A& a, RadarWitness::Station& v) {
  a(v.track, v.bonded, v.weighed, v.parted, v.told, v.looks, v.range_m, v.across_m, v.site_range_m, v.site, v.length_m,
    v.ve_mps, v.vn_mps, v.errors, v.size, v.drift);
}
template <class A>
void describe(A& a, AisTrust::Snapshot& v) {
  a(v.stations, v.timing, v.reception, v.silence, v.witness);
}

}  // namespace headland::fusion
