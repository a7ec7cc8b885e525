// SPDX-License-Identifier: Apache-2.0
// Joining two estimates of one vessel of which nobody knows how much they share.
//
// Covariance intersection (Julier and Uhlmann, ACC 1997): P^-1 = w A^-1 + (1 - w) B^-1, x = P (w A^-1 a + (1 - w) B^-1
// b). If a and b are each no surer than they should be, the result is not, whatever their correlation: an estimate
// joined with itself stays what it is. w makes the determinant of the position's covariance smallest.
#pragma once

#include "core/base/time.hpp"
#include "core/tracking/track.hpp"

namespace headland::fusion {

// Moved on (or back) by `seconds` with constant velocity; the covariance grows by white acceleration of the density
// `acceleration_m2ps3` (m^2/s^3 per axis), in either direction.
[[nodiscard]] KinematicState moved(const KinematicState& state, double seconds, double acceleration_m2ps3);

struct Intersection {
  KinematicState state;
  double weight = 1.0;  // of the first, 0 .. 1
};
// Covariances must be positive definite; if one is not, the other estimate is the result.
[[nodiscard]] Intersection intersect(const KinematicState& a, const KinematicState& b);

// Squared distance of two estimates that share nothing, in deviations: position and velocity, 4 degrees of freedom.
// `position_slack_m` is added to both axes for what systems measure differently.
[[nodiscard]] double squared_distance(const KinematicState& a, const KinematicState& b, double position_slack_m);

}  // namespace headland::fusion
