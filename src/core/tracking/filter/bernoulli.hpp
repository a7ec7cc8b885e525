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
#include "core/tracking/kind/classifier.hpp"
#include "core/tracking/kind/extent.hpp"
#include "core/tracking/story/story.hpp"
#include "core/tracking/track.hpp"

namespace headland::tracking {

// Straight and calm, straight and lively, agile, turns to starboard and to port, and stopped.
inline constexpr std::size_t motion_count = 6;
inline constexpr std::size_t stopped_model = 5;
// A track of one plot has three: of any speed, slow, and of a steady speed (life/speeds).
inline constexpr std::size_t first_motions = 3;
// and, while the track is young, something that drifts or runs and soon is gone (see transients.hpp).
inline constexpr std::size_t transient_model = 6;
inline constexpr std::size_t model_count = 7;

// Which pass of one sensor's beam was last dealt with. Directions are unrolled: turn * 2 pi + bearing.
struct Look {
  SensorId sensor;
  double last = 0.0;
  double detections = 0.0;  // fading sums over the looks while confirmed
  double looks = 0.0;
  double weight = 0.0;  // share of its plots in the track's position, 0 .. 1
  // How deep and wide its echo usually is, beam and pulse included; 0: not known.
  double deep_m = 0.0;
  double wide_rad = 0.0;
  Timestamp last_plot;        // of the radar, in this track
  bool in_last_turn = false;  // the beam's last passage gave it
};

// A transient that the plots of a young track may come from, if those before its first were clutter.
struct TransientStart {
  std::uint32_t look = 0;  // of its first plot, counted as `age_looks`
  double share = 0.0;      // of the track's transient
  double reach = 0.0;      // of the last plot's age, when it was weighed (TransientMap)
};
inline constexpr std::size_t most_starts = 4;

struct Bernoulli {
  std::uint64_t serial = 0;  // order of birth, internal
  TrackId id;                // given when first reported; 0 before
  Timestamp time;            // of the state
  Timestamp began;
  Timestamp last_plot;
  double existence = 0.0;
  double visibility = 1.0;  // probability that it is not hidden, if it exists
  double first_odds = 0.0;  // existence / (1 - existence) at birth
  bool alive = false;
  bool spread = false;  // false: one plot so far, only first_motions and the transient are used
  TrackStage stage = TrackStage::tentative;
  std::uint32_t scans_missed = 0;
  std::uint32_t plots_used = 0;
  std::uint32_t age_looks = 0;   // since the first plot
  std::uint32_t plot_looks = 0;  // the same, at the last plot
  // From the track's own first plot, or a later one; those of no share are not used.
  std::array<TransientStart, most_starts> starts{};
  double transient_goes_on = 0.5;  // share of transients of that age that give another plot
  double missed_so = 1.0;          // probability of the misses since the last plot, of a vessel as it was weighed
  SensorId first_radar;            // of the first plot: what it learns of transients is that radar's
  double told_odds = 0.0;          // what the map of transients was told of it,
  double told_weight = 0.0;        // and what it counts
  std::uint32_t told_age = 0;
  std::uint32_t told_cell = 0;
  std::array<double, model_count> weight{};
  std::array<Gaussian, model_count> modes{};
  double length_m = 0.0;
  double width_m = 0.0;
  double strength_db = 0.0;
  std::vector<Look> looks;  // sorted by sensor
  Story story;
  ExtentEstimator extent;
  History history;
  bool was_confirmed = false;  // ever
  double identity = 1.0;       // probability that it is the vessel that had its number first

  [[nodiscard]] std::size_t used_motions() const { return spread ? motion_count : first_motions; }
};

// Mean and covariance of the mixture of motions.
Gaussian moments(const std::array<double, model_count>& weight, const std::array<Gaussian, model_count>& modes,
                 std::size_t motions);

}  // namespace headland::tracking
