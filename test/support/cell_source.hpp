// SPDX-License-Identifier: Apache-2.0
// Levels of independent cells drawn from any law, fast enough for a thousand million of them: the law is a table of
// how probable each of the 256 levels is.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "core/base/random.hpp"
#include "core/video/spoke.hpp"

namespace headland::test {

class CellSource {
 public:
  // `exceeded` = probability that the amplitude, in levels, is at least so much. Levels are rounded down.
  template <class F>
  explicit CellSource(F exceeded) {
    for (std::uint32_t n = 1; n < 256; ++n) at_least_[n] = static_cast<std::uint64_t>(0x1p32 * exceeded(double(n)));
    at_least_[0] = std::uint64_t{1} << 32;
    for (std::uint64_t b = 0; b < start_.size(); ++b) {
      std::uint8_t level = 0;
      while (level < 255 && (b << 20 | 0xFFFFF) < at_least_[level + 1U]) ++level;
      start_[b] = level;
    }
  }
  std::uint8_t draw(std::uint32_t u) const {
    std::uint8_t level = start_[u >> 20];
    while (level < 255 && u < at_least_[level + 1U]) ++level;
    return level;
  }
  void fill(Random& random, std::uint8_t* to, std::size_t count) const {
    for (std::size_t k = 0; k + 1 < count; k += 2) {
      const std::uint64_t bits = random.bits();
      to[k] = draw(static_cast<std::uint32_t>(bits >> 32));
      to[k + 1] = draw(static_cast<std::uint32_t>(bits));
    }
    if (count % 2 != 0) to[count - 1] = draw(static_cast<std::uint32_t>(random.bits() >> 32));
  }

  // Thermal noise of a mean level: amplitude, power; in decibels a level where the mean power lies.
  static CellSource linear_noise(double mean) {
    return CellSource([=](double a) { return std::exp(-std::numbers::pi / 4.0 * a * a / (mean * mean)); });
  }
  static CellSource square_noise(double mean) {
    return CellSource([=](double p) { return std::exp(-p / mean); });
  }
  static CellSource logarithmic_noise(double decibels_per_level, double level_of_mean_power) {
    return CellSource(
        [=](double n) { return std::exp(-std::pow(10.0, (n - level_of_mean_power) * decibels_per_level / 10.0)); });
  }
  // K-distributed amplitude, P(> a) = 2 / Gamma(v) (c a / 2)^v K_v(c a) (Ward, Tough, Watts 2013).
  static CellSource k_clutter(double shape, double mean) {
    const double c = std::sqrt(std::numbers::pi) * std::tgamma(shape + 0.5) / std::tgamma(shape) / mean;
    return CellSource([=](double a) {
      return 2.0 / std::tgamma(shape) * std::pow(0.5 * c * a, shape) * std::cyl_bessel_k(shape, c * a);
    });
  }
  static CellSource logarithmic_k_clutter(double shape, double decibels_per_level, double level_of_mean_power) {
    const double c = 2.0 * std::sqrt(shape);
    return CellSource([=](double n) {
      const double a = c * std::pow(10.0, (n - level_of_mean_power) * decibels_per_level / 20.0);
      return 2.0 / std::tgamma(shape) * std::pow(0.5 * a, shape) * std::cyl_bessel_k(shape, a);
    });
  }

 private:
  std::array<std::uint64_t, 256> at_least_{};
  std::array<std::uint8_t, 4096> start_{};
};

// Turns of an antenna whose cells a function fills: fill(spoke, row of cells).
struct CellTurns {
  std::uint32_t spokes = 512;
  std::uint32_t cells = 1024;
  std::int64_t turn = 0;
  SpokeBlock block;

  template <class F>
  const SpokeBlock& next(F fill) {
    block.sensor = SensorId(1);
    block.spokes.clear();
    block.samples.resize(std::size_t{spokes} * cells);
    for (std::uint32_t s = 0; s < spokes; ++s) {
      SpokeInfo info;
      const double turns = (s + 0.5) / spokes;
      info.time = from_epoch_seconds(1000.0 + 2.5 * (static_cast<double>(turn) + turns));
      info.bearing = Bearing::from_degrees(360.0 * turns);
      info.width = Angle::from_degrees(360.0 / spokes);
      info.cell_size = Metres(10.0);
      info.cell_count = cells;
      info.first_sample = s * cells;
      block.spokes.push_back(info);
      fill(s, block.samples.data() + std::size_t{s} * cells);
    }
    ++turn;
    return block;
  }
};

}  // namespace headland::test
