// SPDX-License-Identifier: Apache-2.0
// What the strength of an echo over its threshold says for a vessel and against: ln p(strength | vessel) / p(strength |
// any plot), with how strong plots are here and now as they were counted, band of range by band of range.
//
// Vessels: Swerling 1, as likely to be over the threshold in 30, 50, 70 and 90 % of the turns: strength (a power ratio)
// g has the density L exp(-L (g - 1)), L = -ln(share), whatever the threshold; half of them are stronger, evenly in
// decibels. Any plot: counts of some 1500 plots, to begin with (100 plots' worth) taken for vessels. So little is said
// where little is known, nothing where plots are all like vessels, and waves that give strong echoes are told by having
// given them. That plots of vessels are among those counted makes it say less, not more. What is stronger is never less
// like a vessel: the ratio of a strength is that of any below it, or more.
#pragma once

#include <array>
#include <cstddef>

namespace headland::plots {

class StrengthSurvey {
 public:
  static constexpr std::size_t steps = 41;  // of half a decibel, the last from 20 dB on
  static constexpr double steps_per_db = 2.0;
  static constexpr std::size_t bands = 12;  // of range, each 1.41 times as far as the one before, from 500 m
  using Shares = std::array<double, steps>;

  StrengthSurvey();

  // Nats, from what was counted before; then it is counted.
  double take(double range_m, double strength_db);
  [[nodiscard]] static const Shares& vessel_shares();

 private:
  struct Band {
    Shares shares{};
    double plots = 0.0;
  };
  std::array<Band, bands> bands_{};
};

}  // namespace headland::plots
