// SPDX-License-Identifier: Apache-2.0
// How vessels move: along routes with limits on speed, acceleration and rate of turn; fishing by fits
// and starts; swinging at anchor; behind a tug. Integrated in fixed ticks, so that nothing depends on
// how often the simulation is asked.
#pragma once

#include <vector>

#include "core/base/random.hpp"
#include "core/geo/local_frame.hpp"
#include "core/scenario/scene.hpp"

namespace headland::scenario {

inline constexpr double tick_s = 0.5;

struct VesselState {
  EastNorth position;          // middle of the vessel, in the plane about the first radar
  EastNorthVelocity velocity;  // over ground
  Bearing heading;             // of the bow, in the plane
  double turn_rate_rps = 0.0;  // rad/s, clockwise positive
  bool at_anchor = false;
};

// Between two ticks: positions linear, heading the short way round. `fraction` in [0, 1].
[[nodiscard]] VesselState between(const VesselState& a, const VesselState& b, double fraction);

class VesselMotion {
 public:
  VesselMotion(const VesselSpec& spec, const LocalFrame& frame, const Sea& sea, std::uint64_t seed);

  // One tick further. `tug` is the state of the towing vessel at the new tick (behaviour `towed`).
  void step(const VesselState* tug);
  [[nodiscard]] const VesselState& state() const { return state_; }

 private:
  void place_on_route();
  void step_route();
  void step_fishing();
  void step_anchored();
  void step_towed(const VesselState& tug);
  void step_drifting();
  // Turns and accelerates within the limits of the vessel, then moves.
  void steer(double wanted_heading_rad, double wanted_speed_mps);
  void aim_for_fishing_spot();

  VesselSpec spec_;
  std::vector<EastNorth> points_;
  EastNorthVelocity current_;
  EastNorthVelocity drift_;  // wind and current on a vessel without engine
  Random random_;
  VesselState state_;
  double heading_rad_ = 0.0;
  double turn_rps_ = 0.0;
  double speed_mps_ = 0.0;  // through the water, forwards
  double turn_max_rps_ = 0.0;
  double accel_mps2_ = 0.0;
  std::size_t next_ = 0;     // route: the point it steers for
  double time_s_ = 0.0;      // since the start
  double phase_s_ = 0.0;     // fishing: when the present phase ends; anchored: phase of the swing
  double upwind_rad_ = 0.0;  // anchored: where the bow points on the mean
  bool fishing_ = false;     // fishing: drifting with the gear out
  EastNorth spot_;           // fishing: where it steers for
  bool finished_ = false;    // route without loop: arrived
};

// All vessels of a scene, at two neighbouring ticks.
class Fleet {
 public:
  Fleet(const Scene& scene, const LocalFrame& frame, std::uint64_t seed);

  void step();  // the later tick becomes the earlier one
  [[nodiscard]] std::size_t size() const { return motions_.size(); }
  // At tick() + fraction * tick_s after the start.
  [[nodiscard]] VesselState at(std::size_t vessel, double fraction) const {
    return between(before_[vessel], after_[vessel], fraction);
  }
  [[nodiscard]] std::int64_t tick() const { return tick_; }

 private:
  void advance_all();

  std::vector<VesselMotion> motions_;
  std::vector<std::size_t> tug_of_;    // index of the towing vessel, own index = none
  std::vector<std::size_t> in_order_;  // tugs before what they tow
  std::vector<VesselState> before_;
  std::vector<VesselState> after_;
  std::int64_t tick_ = 0;
};

}  // namespace headland::scenario
