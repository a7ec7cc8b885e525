// SPDX-License-Identifier: Apache-2.0
// Independent random streams from one seed: each use of chance has its own key (what, which, when),
// so that results do not depend on the order or step size in which the simulation is asked.
#pragma once

#include <cstdint>

namespace headland::scenario {

// splitmix64 finaliser: spreads every bit of a key over the whole word.
constexpr std::uint64_t mixed(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

enum class Stream : std::uint64_t { motion = 1, gps, ais, speckle, texture, noise, echo, terrain, land, rain };

constexpr std::uint64_t seed_of(std::uint64_t seed, Stream stream, std::uint64_t which = 0, std::uint64_t when = 0) {
  return mixed(mixed(mixed(mixed(seed) ^ static_cast<std::uint64_t>(stream)) ^ which) ^ when);
}

// A number in [0, 1) from a key.
constexpr double unit_of(std::uint64_t key) { return static_cast<double>(mixed(key) >> 11) * 0x1.0p-53; }

}  // namespace headland::scenario
