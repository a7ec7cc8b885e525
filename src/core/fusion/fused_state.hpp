// SPDX-License-Identifier: Apache-2.0
// A vessel's position and velocity from radar and from what it says of itself, each as far as it deserves.
//
// The two are independent: the radar track holds no AIS, and AIS is taken anew each time, never fed back, so that
// nothing counts twice. Position by the sum of inverse covariances, velocity by axis. AIS errors grow with its age and
// the scatter of its latency (along its motion), and with lack of trust; the radar's include what its registration may
// still be off. AIS has no share where it is not trusted or the two disagree by more than both allow.
#pragma once

#include "core/fusion/ais_motion.hpp"
#include "core/tracking/track.hpp"

namespace headland::fusion {

struct FusedState {
  EastNorth position;
  EastNorthVelocity velocity;
  double var_ee_m2 = 0.0, var_nn_m2 = 0.0, cov_en_m2 = 0.0;
  double ais_position_weight = 0.0;  // share of AIS, 0 .. 1
  double ais_velocity_weight = 0.0;
};

// How good the word of a station is.
struct AisQuality {
  double trust = 1.0;
  double fix_deviation_m = 20.0;     // per axis, antenna to hull centre included
  double latency_deviation_s = 0.5;  // of the instant its positions held
  double oldest_s = 60.0;            // older positions have no share
};

// At the track's time; `site`: of the radar; `errors`: what it may still measure amiss.
[[nodiscard]] FusedState fuse(const Track& track, EastNorth site, const AisMotion& motion, const AisQuality& quality,
                              const RadarErrors& errors = {});

}  // namespace headland::fusion
