// SPDX-License-Identifier: Apache-2.0
// How the tracker's memory is written into checkpoints.
#pragma once

#include "core/tracking/tracker_snapshot.hpp"
#include "runtime/station/picture/state_archive.hpp"

namespace headland::tracking {

template <class A>
void describe(A& a, LookSnapshot& v) {
  a(v.sensor, v.last, v.detections, v.looks, v.weight, v.deep_m, v.wide_rad, v.last_plot_ns, v.in_last_turn);
}
template <class A>
void describe(A& a, ModeSnapshot& v) {
  a(v.weight, v.values);
}
template <class A>
void describe(A& a, FactSnapshot& v) {
  a(v.kind, v.reason, v.first_ns, v.last_ns, v.count, v.other, v.value, v.east_m, v.north_m);
}
template <class A>
void describe(A& a, StorySnapshot& v) {
  a(v.id, v.facts, v.left_out, v.missing);
}
template <class A>
void describe(A& a, BernoulliSnapshot& v) {
  a(v.serial, v.id, v.time_ns, v.began_ns, v.last_plot_ns, v.existence, v.first_odds, v.spread, v.stage, v.scans_missed,
    v.plots_used, v.age_looks, v.plot_looks, v.start_looks, v.start_shares, v.start_reaches, v.transient_goes_on,
    v.missed_so, v.first_radar, v.told_odds, v.told_weight, v.told_age, v.told_cell, v.visibility, v.length_m,
    v.width_m, v.strength_db, v.modes, v.looks, v.was_confirmed, v.identity, v.story, v.extent, v.history);
}
template <class A>
void describe(A& a, SegmentSnapshot& v) {
  a(v.from, v.to, v.began_ns, v.ended_ns, v.seen, v.range_min_m, v.range_max_m, v.site_east_m, v.site_north_m, v.north,
    v.at_once, v.blanked);
}
template <class A>
void describe(A& a, PlotSnapshot& v) {
  a(v.direction, v.range_m, v.bearing, v.time_ns, v.place, v.clutter, v.birth_share, v.transient_share,
    v.transient_reach, v.strength_db, v.range_extent_m, v.cross_extent_m, v.cells, v.radial_kind, v.radial_aim,
    v.radial_speed_mps, v.radial_bound_mps);
}
template <class A>
void describe(A& a, SensorSnapshot& v) {
  // By binding, so that a member that is not named here does not compile.
  auto& [sensor, seconds_per_turn, segments, waiting, clutter_counts, clutter_turns, detections, looks, cell_detections,
         cell_looks, newcomers, transient_counts, transient_plots, transient_evidence, learned, set_back] = v;
  a(sensor, seconds_per_turn, segments, waiting, clutter_counts, clutter_turns, detections, looks, cell_detections,
    cell_looks, newcomers, transient_counts, transient_plots, transient_evidence, learned, set_back);
}
template <class A>
void describe(A& a, TwinSnapshot& v) {
  a(v.older, v.younger, v.looks, v.both, v.last_ns);
}
template <class A>
void describe(A& a, TrackerSnapshot& v) {
  a(v.version, v.now_ns, v.next_serial, v.next_id, v.tracks, v.sensors, v.told, v.lost, v.counters, v.twins);
}

}  // namespace headland::tracking
