// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/sea/shadow_loss.hpp"

#include <algorithm>
#include <cmath>

namespace headland::tracking {
namespace {

constexpr double long_hull_m = 50.0;
constexpr double prior_looks = 10.0;    // of nothing lost: some vessels must have passed before it counts
constexpr double memory_looks = 500.0;  // a station's shadows change with its antenna only
constexpr double least_lost = 0.1;      // less is chance
constexpr double most_lost = 0.95;

std::size_t kind_of(double hull_m) { return hull_m >= long_hull_m ? 1 : 0; }

}  // namespace

double ShadowLoss::behind(double hull_m) const {
  const std::size_t k = kind_of(hull_m);
  const double lost = n_.lost[k] / (n_.looks[k] + prior_looks);
  return lost < least_lost ? 0.0 : std::min(lost, most_lost);
}

void ShadowLoss::look(double hull_m, double covered, double found, double expected) {
  const std::size_t k = kind_of(hull_m);
  const double keep = 1.0 - covered / memory_looks;
  n_.lost[k] = n_.lost[k] * keep + covered * (expected - found);
  n_.looks[k] = n_.looks[k] * keep + covered * covered * expected;
}

double covered_share(double off, double half_beam, double half_hull) {
  const double apart = std::abs(off);
  if (half_beam <= 0.0) return apart <= half_hull ? 1.0 : 0.0;
  const double common = std::min(half_hull, apart + half_beam) - std::max(-half_hull, apart - half_beam);
  return std::clamp(0.5 * common / half_beam, 0.0, 1.0);
}

}  // namespace headland::tracking
