// SPDX-License-Identifier: Apache-2.0
// What the power of one cell says for a vessel in it and against: ln p(power | vessel) / p(power | background).
//
// Power is that of the cell over the local mean. Background: noise averaged over some looks (gamma distribution), or
// K-distributed clutter (one look; gamma-distributed texture of the given shape: Ward, Tough, Watts, Sea Clutter,
// 2013). A vessel fluctuates from turn to turn (Swerling 1, 1954) and adds its power to the background; its strength is
// not known: the density is the mean over strengths at the limit of what can be found (now and then it does not show).
#pragma once

#include <array>
#include <cstdint>

namespace headland::integration {

struct Background {
  double looks = 1.0;  // independent samples of noise that a cell's power is the mean of [0.5 .. 100]
  double shape = 0.0;  // of K-distributed clutter, 0 = none; its looks are one [0, 0.1 .. 100]
  friend bool operator==(const Background&, const Background&) = default;
};

// The background whose powers have this value of ln E[power] - E[ln power] (> 0): a measure of spikiness that a
// few strong echoes hardly move. 0.577 (Euler's constant) is noise of one look; below, noise of more; above, clutter.
[[nodiscard]] Background background_of(double log_spread);
[[nodiscard]] double log_spread_of(const Background& background);

// Natural logarithm of the ratio, in quarters, for powers in steps of a quarter of a decibel.
class EvidenceTable {
 public:
  static constexpr double steps_per_nat = 4.0;
  static constexpr double first_db = -24.0;
  static constexpr double steps_per_db = 4.0;
  static constexpr std::size_t size = 256;  // to 39.75 dB

  EvidenceTable() = default;
  explicit EvidenceTable(const Background& background);

  [[nodiscard]] static std::uint8_t index_of(double power);  // over the local mean
  // Of the step: gain - loss, one of which is 0.
  [[nodiscard]] std::uint8_t gain(std::uint8_t index) const { return gains_[index]; }
  [[nodiscard]] std::uint8_t loss(std::uint8_t index) const { return losses_[index]; }

 private:
  std::array<std::uint8_t, size> gains_{};
  std::array<std::uint8_t, size> losses_{};
};

// Probability density of the power of a background cell of mean 1, and of one with a vessel of mean power `vessel`.
[[nodiscard]] double density(const Background& background, double power);
[[nodiscard]] double density_with_vessel(const Background& background, double power, double vessel);

}  // namespace headland::integration
