// SPDX-License-Identifier: Apache-2.0
// From a false-alarm probability to the numbers that turn means of levels into a threshold.
//
// A cell of noise or clutter exceeds the threshold T, itself random because it comes from means of few cells, with
// probability P = integral p(t) F_T(t) dt: p density of a cell, F_T distribution of the threshold. The threshold is
// the greater of several independent ones, so that F_T is the product of theirs. Every factor is the root of P = the
// probability asked for. Distributions of amplitude, power and decibels: noise_model.hpp.
//
// With a clutter map the map bears the rate: its factor alone would give map_share times the probability (so much is
// it at most where the local mean knows too little, as at the edge of clutter), and the local factor brings both
// together down to it.
//
// Levels rounded down lie half a level below the amplitude, and a cell is a hit only from a whole level on; with means
// m + (1 - 1/factor)/2 in the place of m both cancel, on the average over thresholds between two levels. That holds
// where a level is a small step: from a mean noise of least_noise_level levels on.
#pragma once

#include <cstdint>
#include <optional>

#include "core/signal/config.hpp"

namespace headland::signal {

// threshold = floor(min(mean + bias, 65535) * factor / 65536), mean in 1/256 levels.
struct Scale {
  std::uint16_t bias = 0;      // 1/256 levels
  std::uint16_t factor = 256;  // in 1/256
  friend bool operator==(const Scale&, const Scale&) = default;
};

// In sums of T cells (one window): an edge lies between the windows where
//   high > low + floor(low * ratio / 65536) + excess;
// then the sum of both is 2 high + floor(2 high * gain / 65536) + addition, 2 T * 255 at most: one window alone has
// half the cells, so its mean is less sure and its factor larger.
struct EdgeRule {
  std::uint16_t ratio = 0;
  std::uint16_t excess = 0;
  std::uint16_t gain = 0;
  std::uint16_t addition = 0;
};

// By how much a mean rises: to mean + floor(mean * gain / 65536) + addition.
struct Raise {
  std::uint16_t gain = 0;
  std::uint16_t addition = 0;
};

inline constexpr double map_share = 1.6;
inline constexpr double least_noise_level = 8.0;

// Thresholds over means, as numbers: factors for proportional video, decibels over the mean for logarithmic.
struct Factors {
  double alone = 0.0;        // of the local mean where there is no map
  double local = 0.0;        // of the local mean beside a map
  double map = 0.0;          // of the map
  double one_window = 0.0;   // of one of the two windows
  double without_error = 0;  // of a mean without error: what thresholds would be with no CFAR at all
};
// Means and map leave out what is over thresholds: those of this probability, where these are not the ones in question
// (a zone of another sensitivity takes the means of its stage); none: those of the configuration.
struct LearnedWith {
  std::optional<double> probability;
};
[[nodiscard]] Factors factors_of(const Config& config, LearnedWith learned = {});

struct ThresholdRules {
  Scale alone;
  Scale local;
  Scale map;
  EdgeRule edge;
  Raise map_start;            // a map begins with means of censored cells, which are too low
  Raise standing;             // over places about it a cell of a settled map stands out
  std::uint8_t cap_drop = 0;  // levels, of logarithmic video; 0: caps are half the threshold
};
[[nodiscard]] ThresholdRules threshold_rules(const Config& config, const Factors& factors, LearnedWith learned = {});

// How often noise, or clutter as configured, is over the probe: the threshold less a factor or so many decibels. What
// is spikier is over it more often, which tells its shape (ShapeMap).
struct Probe {
  double drop = 1.0;   // factor (below 1), or decibels
  double share = 0.0;  // of cells over it
};
// Clutter of another shape under thresholds made with `factors`: how many of its cells are over the probe, and by
// what factor or how many decibels all thresholds must rise to give the rate asked for.
struct SpikyClutter {
  double share = 0.0;
  double raise = 1.0;
};
[[nodiscard]] Probe probe_of(const Config& config, const Factors& factors);
[[nodiscard]] SpikyClutter spiky_clutter(const Config& config, const Factors& factors, const Probe& probe,
                                         double shape);

// How strong a Swerling 1 echo must be over the mean power of clutter of a shape (0: noise) to be a hit with a
// probability, as a power ratio. Thresholds are those of the configuration, raised for the shape where it says so; what
// their uncertainty costs is 0.5 dB at 1e-4 and 0.2 dB more for each power of ten (README).
[[nodiscard]] double needed_strength(const Config& config, double shape, double detection);

// How far over the mean a cell must lie to have less than `share` of the probability asked for: a factor or decibels.
[[nodiscard]] double rare_excess(const Config& config, double share);

// Echoes in noise. Swerling 0 does not fluctuate, Swerling 1 does from turn to turn.
enum class Fluctuation : std::uint8_t { none, slow };

// Probability that an echo of so much power over the mean power of the noise (per cell, in decibels) is a hit, with or
// without a map: P(detection | T) over the distribution of the threshold T; for a T without error Marcum's Q function
// (Marcum 1960) and exp(-T / (1 + S)) (Swerling 1954).
[[nodiscard]] double detection_probability(const Config& config, Fluctuation fluctuation, double snr_db);
// How many decibels more an echo needs for `detection` than with noise of known level.
[[nodiscard]] double cfar_loss_db(const Config& config, Fluctuation fluctuation, double detection);

}  // namespace headland::signal
