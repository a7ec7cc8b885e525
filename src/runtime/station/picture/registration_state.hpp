// SPDX-License-Identifier: Apache-2.0
// How what is known of each radar's errors is written into checkpoints.
#pragma once

#include "core/registration/radar_registration.hpp"
#include "core/registration/registrar.hpp"
#include "runtime/station/picture/state_archive.hpp"

namespace headland {

template <class A>
void describe(A& a, EdgeStitcher::Snapshot& v) {
  a(v.begun, v.raw_to_rad, v.offset_rad, v.to);
}

}  // namespace headland

namespace headland::registration {

template <class A>
void describe(A& a, BearingStabilizer::Echo& v) {
  a(v.east_m, v.north_m, v.plots, v.last_turn, v.bin);
}
template <class A>
void describe(A& a, BearingStabilizer::Snapshot& v) {
  a(v.belief, v.echoes, v.last_ns, v.turn, v.begun);
}
template <class A>
void describe(A& a, Bias& v) {
  a(v.range_m, v.bearing_rad, v.time_s, v.range_scale);
}
template <class A>
void describe(A& a, BiasEstimate& v) {
  a(v.bias, v.deviation, v.vessels, v.refused, v.shared, v.shared_time_s, v.residual_before_m, v.residual_after_m);
}
template <class A>
void describe(A& a, RadarRegistration::Held& v) {
  a(v.in_force, v.small_since_ns, v.deviation);
}
template <class A>
void describe(A& a, RadarRegistration::Snapshot& v) {
  a(v.stabilizer, v.estimate, v.applied, v.applied_ns, v.has_reference, v.reference_time_s, v.reference_deviation_s,
    v.first_ns, v.mounting, v.held, v.edges);
}
template <class A>
void describe(A& a, RotationSearch::Vessel& v) {
  a(v.hits, v.looks, v.moving, v.last_ns);
}
template <class A>
void describe(A& a, JumpWatch::Vessel& v) {
  a(v.mean_rad, v.variance, v.looks, v.last_ns);
}
template <class A>
void describe(A& a, JumpWatch::Side& v) {
  a(v.sum, v.since_ns, v.share, v.off_rad);
}
template <class A>
void describe(A& a, JumpWatch::Snapshot& v) {
  a(v.vessels, v.up, v.down);
}
template <class A>
void describe(A& a, WitnessPrior& v) {
  a(v.along_m, v.across_m, v.age_s, v.wander_m);
}
template <class A>
void describe(A& a, Witness& v) {
  a(v.sensors, v.information, v.spell, v.spell_ns, v.prior, v.looks, v.last_ns);
}
template <class A>
void describe(A& a, JointBias::Radar& v) {
  a(v.prior, v.prior_deviation, v.estimate);
}
template <class A>
void describe(A& a, JointBias::Snapshot& v) {
  a(v.witnesses, v.radars);
}
template <class A>
void describe(A& a, DriftingBias::Drift& v) {
  a(v.square, v.last_ns);
}
template <class A>
void describe(A& a, DriftingBias::Snapshot& v) {
  a(v.whole, v.recent, v.drifts, v.common_time_s);
}
template <class A>
void describe(A& a, AisFix& v) {
  a(v.time_ns, v.east_m, v.north_m, v.ve_mps, v.vn_mps, v.heading_rad, v.has_velocity, v.has_heading);
}
template <class A>
void describe(A& a, FixClock::Snapshot& v) {
  a(v.lag_s, v.reports);
}
template <class A>
void describe(A& a, Registrar::TurnPlot& v) {
  a(v.time_ns, v.range_m, v.bearing_rad, v.range_deviation_m, v.bearing_deviation_rad, v.site_east_m, v.site_north_m,
    v.steadied_rad);
}
template <class A>
void describe(A& a, Registrar::Turn& v) {
  a(v.number, v.began_ns, v.ended_ns, v.first_rad, v.range_max_m, v.site_east_m, v.site_north_m, v.taken_off, v.plots);
}
template <class A>
void describe(A& a, Registrar::Radar& v) {
  a(v.turns, v.open, v.has_open, v.ready, v.sharpened, v.first_ns, v.searched_ns, v.doubt_rad, v.residuals, v.before_m,
    v.after_m, v.jump_since_ns, v.jump_told_ns, v.jump_from_rad, v.jump_by_rad);
}
template <class A>
void describe(A& a, Registrar::Vessel& v) {
  a(v.fixes, v.length_m, v.beam_m, v.ahead_m, v.starboard_m, v.by_second, v.heard_ns, v.expected, v.matched);
}
template <class A>
void describe(A& a, Registrar::Snapshot& v) {
  a(v.radars, v.searches, v.watches, v.vessels, v.joint, v.clock, v.solved_ns);
}

}  // namespace headland::registration
