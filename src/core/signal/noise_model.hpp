// SPDX-License-Identifier: Apache-2.0
// Distributions of the levels of noise and clutter, and of the means that are taken of them, by numerical integration.
//
// A cell's value (amplitude or power over its mean, or decibels over the mean of decibels) is kept as a table over
// u = -ln P(value exceeded): tails of any probability are as well resolved as the middle, and
// E[g(value)] = integral g(value(u)) exp(-u) du. Noise: power is exponential, u = power. K-distributed clutter of
// shape v: power is exponential about a texture that is gamma-distributed with shape v (Ward 1981; Ward, Tough,
// Watts, Sea Clutter, 2013).
#pragma once

#include <cstddef>
#include <vector>

#include "core/signal/config.hpp"

namespace headland::signal {

// Mean, variance, third central moment.
struct Moments {
  double mean = 0.0;
  double variance = 0.0;
  double third = 0.0;
};

// K-distributed clutter of mean power 1 as a mixture of exponential powers over its texture t, gamma-distributed with
// mean 1; shape 0: noise, t = 1.
class TextureMixture {
 public:
  explicit TextureMixture(double shape);
  // P(power > p), with a Swerling 1 vessel of so much mean power in the cell.
  [[nodiscard]] double above(double power, double vessel = 0.0) const;

 private:
  std::vector<double> textures_;
  std::vector<double> weights_;
};

class CellModel {
 public:
  // Entry i stands for u from least(i) to least(i + 1): `fine` entries below one step, each 1.41 times the one before
  // (weak cells weigh much in decibels), then steps, to u = 50.
  static constexpr double step = 0.04;
  static constexpr std::size_t fine = 40;
  static constexpr std::size_t size = fine + 1249;
  [[nodiscard]] static double least(std::size_t i);

  CellModel(LevelLaw law, double clutter_shape);

  [[nodiscard]] double value(std::size_t i) const { return values_[i]; }
  [[nodiscard]] double weight(std::size_t i) const { return weights_[i]; }  // probability of the entry
  [[nodiscard]] double value_at(double u) const;
  [[nodiscard]] double exponent_of(double value) const;  // u
  // Of min(value, cap), and of the value where those over `limit` count as the mean.
  [[nodiscard]] Moments capped(double cap) const;
  [[nodiscard]] Moments limited(double limit) const;
  [[nodiscard]] double mean() const { return mean_; }

 private:
  template <class F>
  [[nodiscard]] Moments moments(F of) const;

  std::vector<double> values_;
  std::vector<double> weights_;
  double mean_ = 1.0;  // 0 in decibels
};

// Cumulative distribution of something averaged, as a table with linear interpolation.
class Distribution {
 public:
  // Gamma distribution moved so that all three moments are met (Pearson type III).
  explicit Distribution(const Moments& moments);
  // Of the `rank`th smallest of `count` cells.
  Distribution(const CellModel& cells, std::size_t rank, std::size_t count);

  // Of a recursive mean that moves 2^-shift of the way to each new cell; a cell over `limit` counts as the mean.
  // The rare weak cell of logarithmic video moves it far: three moments are not enough.
  Distribution(const CellModel& cells, double limit, unsigned shift);

  [[nodiscard]] double below(double value) const;
  [[nodiscard]] Distribution greater_of_two() const;
  [[nodiscard]] Distribution smaller_of_two() const;

 private:
  void follow(const std::vector<double>& cells, const std::vector<double>& weights, double gain);

  double first_ = 0.0;
  double step_ = 1.0;
  std::vector<double> cumulative_;
};

// Moments of the mean of `count` cells; of a recursive mean that moves 2^-shift of the way to each new cell.
[[nodiscard]] Moments of_mean(const Moments& cell, double count);
[[nodiscard]] Moments of_recursive_mean(const Moments& cell, unsigned shift);

}  // namespace headland::signal
