// SPDX-License-Identifier: Apache-2.0
// How what is known of each radar's errors is written into checkpoints.
#pragma once

#include "core/registration/radar_registration.hpp"
#include "runtime/station/picture/state_archive.hpp"

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
  a(v.range_m, v.bearing_rad);
}
template <class A>
void describe(A& a, BiasEstimator::Vessel& v) {
  a(v.range_error_m, v.bearing_error_rad, v.inverse_range, v.speed_mps, v.looks, v.last_ns);
}
template <class A>
void describe(A& a, BiasEstimator::Snapshot& v) {
  a(v.mmsi, v.vessels, v.applied, v.applied_ns);
}
template <class A>
void describe(A& a, RadarRegistration::Snapshot& v) {
  a(v.stabilizer, v.bias, v.mounting, v.site_east_m, v.site_north_m, v.end, v.corrected_end);
}

}  // namespace headland::registration
