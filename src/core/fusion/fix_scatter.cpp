// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/fix_scatter.hpp"

#include <algorithm>
#include <cmath>

namespace headland::fusion {
namespace {

constexpr std::array<double, 2> usual_m{8.0, 5.0};  // per axis; accurate ones say to be within 10 m (95 %)
constexpr double usual_looks = 50.0;                // that this is worth
constexpr double memory_looks = 3000.0;
constexpr double least_m = 2.0;  // hulls are no points
constexpr double most_m = 30.0;
constexpr double outlier = 16.0;  // times what is expected: a wrong pair, or a vessel that lies

}  // namespace

void FixScatter::look(bool accurate, double squared_m2, double explained_m2) {
  Kind& kind = kinds_[accurate ? 1 : 0];
  if (!std::isfinite(squared_m2) || !std::isfinite(explained_m2) || explained_m2 < 0.0) return;
  const double thought = 2.0 * std::pow(deviation_m(accurate), 2);  // both axes
  if (squared_m2 > outlier * (thought + explained_m2)) return;
  const double weight = std::pow(thought / (thought + explained_m2), 2);
  const double keep = 1.0 - weight / memory_looks;
  kind.looks = kind.looks * keep + weight;
  kind.variance_m2 = kind.variance_m2 * keep + weight * 0.5 * (squared_m2 - explained_m2);
}

double FixScatter::deviation_m(bool accurate) const {
  const std::size_t k = accurate ? 1 : 0;
  const double variance =
      (usual_looks * usual_m[k] * usual_m[k] + kinds_[k].variance_m2) / (usual_looks + kinds_[k].looks);
  return std::clamp(std::sqrt(std::max(variance, 0.0)), least_m, most_m);
}

}  // namespace headland::fusion
