// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/sea/sent_size.hpp"

#include <algorithm>
#include <cmath>

namespace headland::scenario {
namespace {

constexpr double sends_none = 0.05;
constexpr double no_antenna = 0.014;
constexpr double rounded = 0.1;
constexpr double rounded_to_m = 10.0;
constexpr double roughly = 0.1;
constexpr double roughly_deviation = 0.08;
constexpr double roughly_most = 0.2;
constexpr double longest_m = 400.0;

std::uint16_t metres(double m) { return static_cast<std::uint16_t>(std::max(1L, std::lround(m))); }

SentSize sized(double length_m, double beam_m, double ahead_share, double starboard_share) {
  return {metres((0.5 - ahead_share) * length_m), metres((0.5 + ahead_share) * length_m),
          metres((0.5 + starboard_share) * beam_m), metres((0.5 - starboard_share) * beam_m)};
}

SentSize like(const SeaVessel& v, double length_m, double beam_m) {
  return sized(length_m, beam_m, v.ahead_m / v.length_m, v.starboard_m / v.beam_m);
}

}  // namespace

SentSize size_in_good_faith(const SeaVessel& vessel, Random& random) {
  const double lot = random.uniform();
  const double off = std::clamp(roughly_deviation * random.normal(), -roughly_most, roughly_most);
  if (lot < sends_none) return {};
  const SentSize right = like(vessel, vessel.length_m, vessel.beam_m);
  if (lot < sends_none + no_antenna) {  // the whole of it astern and to starboard of the antenna, as M.1371 has it
    return {0, metres(vessel.length_m), 0, metres(vessel.beam_m)};
  }
  if (lot < sends_none + no_antenna + rounded) {
    const double length_m = std::max(rounded_to_m, std::round(vessel.length_m / rounded_to_m) * rounded_to_m);
    return like(vessel, length_m, vessel.beam_m);
  }
  if (lot < sends_none + no_antenna + rounded + roughly) {
    return like(vessel, vessel.length_m * (1.0 + off), vessel.beam_m);
  }
  return right;
}

SentSize size_badly_described(const SeaVessel& vessel, Random& random) {
  const double factor = random.uniform(2.5, 4.0);
  const bool shorter = random.uniform() < 0.5;
  const double length_m = std::min(longest_m, shorter ? vessel.length_m / factor : vessel.length_m * factor);
  return like(vessel, length_m, vessel.beam_m * length_m / vessel.length_m);
}

SentSize size_of_another(double length_m, double beam_m) {
  constexpr double ahead = -0.3;
  return sized(length_m, beam_m, ahead, 0.0);
}

}  // namespace headland::scenario
