// SPDX-License-Identifier: Apache-2.0
// A possible vessel as the tracker keeps it: a Bernoulli component of a Poisson multi-Bernoulli
// filter (Garcia-Fernandez et al., arXiv 1703.04264), its kinematics an interacting multiple model.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/tracking/filter/matrix.hpp"
#include "core/tracking/track.hpp"

namespace headland::tracking {

// Straight and calm, straight and lively, agile, and turns to starboard and to port.
inline constexpr std::size_t model_count = 5;

// Which pass of one sensor's beam was last dealt with. Directions are unrolled: turn * 2 pi + bearing.
struct Look {
  SensorId sensor;
  double last = 0.0;
  double detections = 0.0;  // fading sums over the looks while confirmed
  double looks = 0.0;
};

struct Bernoulli {
  std::uint64_t serial = 0;  // order of birth, internal
  TrackId id;                // given when first reported; 0 before
  Timestamp time;            // of the state
  Timestamp began;
  Timestamp last_plot;
  double existence = 0.0;
  double first_odds = 0.0;  // existence / (1 - existence) at birth
  bool alive = false;
  bool spread = false;  // false: one plot so far, only modes[0] is used
  TrackStage stage = TrackStage::tentative;
  std::uint32_t scans_missed = 0;
  std::uint32_t plots_used = 0;
  std::array<double, model_count> weight{};
  std::array<Gaussian, model_count> modes{};
  double length_m = 0.0;
  double width_m = 0.0;
  double strength_db = 0.0;
  std::vector<Look> looks;  // sorted by sensor

  [[nodiscard]] std::size_t used_models() const { return spread ? model_count : 1; }
};

// The mixture's mean and covariance.
Gaussian moments(const std::array<double, model_count>& weight, const std::array<Gaussian, model_count>& modes,
                 std::size_t used);

}  // namespace headland::tracking
