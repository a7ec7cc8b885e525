// SPDX-License-Identifier: Apache-2.0
// Random numbers that are the same everywhere for the same seed (the standard leaves the
// distributions open). Generator: xoshiro256++ (Blackman, Vigna 2021), seeded by splitmix64.
#pragma once

#include <array>
#include <cstdint>

namespace headland {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t bits();                     // 64 uniform bits
  double uniform();                         // [0, 1)
  double uniform(double low, double high);  // [low, high)
  double normal();                          // mean 0, deviation 1 (polar method, Marsaglia 1964)
  double exponential();                     // mean 1
  double gamma(double shape);               // scale 1, shape > 0 (Marsaglia, Tsang 2000)
  std::uint32_t poisson(double mean);       // mean >= 0; normal approximation above 64
  std::uint32_t below(std::uint32_t n);     // 0 .. n-1, n >= 1

 private:
  std::array<std::uint64_t, 4> state_;
  double spare_normal_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace headland
