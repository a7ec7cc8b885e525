// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/kind/smear.hpp"

#include <algorithm>
#include <cmath>

namespace headland::tracking {
namespace {

// Of plots whose vessel is as good as a point. Where a radar sees fewer of these, lengths come out short.
constexpr double small_share = 0.2;
constexpr double step = 0.02;  // relative: some hundred plots to learn
constexpr double strength_step_db = 0.1;
constexpr double least_share = 0.05;  // of the most
constexpr double least_range_m = 100.0;
constexpr double usual_db = 10.0;
constexpr double least_db = 3.0;  // weaker ones are no narrower: one spoke, one cell, and waves and noise at the edges
// Where a Gaussian beam is 1.25 beams out: there an antenna whose illumination falls off as a cosine has its first
// null.
constexpr double most_db = 37.5;

double width_at(double strength_db) { return std::sqrt(std::clamp(strength_db, least_db, most_db)); }
double length_at(double strength_db) { return 1.0 - std::pow(10.0, -0.05 * std::max(strength_db, least_db)); }

// Up by the share that ought to lie below, down by what is above it: at rest where just that share lies below.
void follow(double value, double most, double& quantile) {
  quantile *= std::exp(step * (value < quantile ? small_share - 1.0 : small_share));
  quantile = std::clamp(quantile, least_share * most, most);
}

}  // namespace

Smear::Smear(double along_m, double across_rad)
    : most_along_m_(along_m), most_across_rad_(across_rad), along_m_(along_m), across_rad_(across_rad) {}

void Smear::learn(double range_m, double along_m, double across_m, double strength_db) {
  strength_db_ += strength_db < strength_db_ ? -strength_step_db : strength_step_db;
  if (!(along_m > 0.0) || !(across_m > 0.0) || range_m < least_range_m) return;
  follow(along_m * length_at(usual_db) / length_at(strength_db), most_along_m_, along_m_);
  follow(across_m / range_m * width_at(usual_db) / width_at(strength_db), most_across_rad_, across_rad_);
}

double Smear::along_m(double strength_db) const { return along_m_ * length_at(strength_db) / length_at(usual_db); }

double Smear::across_rad(double strength_db) const { return across_rad_ * width_at(strength_db) / width_at(usual_db); }

void Smear::restore(double along_m, double across_rad, double strength_db) {
  strength_db_ = strength_db;
  along_m_ = along_m;
  across_rad_ = across_rad;
}

}  // namespace headland::tracking
