// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/drift_watch.hpp"

#include <algorithm>
#include <cmath>

namespace headland::fusion {
namespace {

constexpr double enough_looks = 4.0;  // until it is known what is usual
// Of a hull whose length was not sent: then the antenna may be at either end, too, and when the vessel turns round it
// comes to lie a whole length from where it was beside the echo.
constexpr double longest_usual_m = 200.0;
constexpr double least_usual_share = 0.3;  // the errors of AIS last for minutes: a mean of many looks holds them still
constexpr double slow_learning = 0.1;      // from looks that are off: an offset that stays is usual one day
constexpr double same_length_m = 1.0;

}  // namespace

double DriftWatch::least_m(double length_m) const {
  return config_.least_m + (length_m > 0.0 ? 0.25 * length_m : longest_usual_m);
}

void DriftWatch::learn(const DriftLook& look, double share, bool odd, State& s) const {
  if (odd) share *= slow_learning;
  s.looks = std::min(s.looks + share, config_.memory_looks);
  const double de = look.east_m - s.east_m;
  const double dn = look.north_m - s.north_m;
  const double weight = s.looks <= share ? 1.0 : std::min(1.0, share / std::max(s.looks, 1.0));
  const double squared = weight < 1.0 ? 0.5 * (de * de + dn * dn) : 0.0;
  s.east_m += weight * de;
  s.north_m += weight * dn;
  if (!odd) s.scatter_m2 += weight * (squared - s.scatter_m2);
}

void DriftWatch::look(const DriftLook& look, State& s) const {
  // Where the middle of the hull lies from the antenna is told with its length: another offset is usual from then on.
  if (std::abs(look.length_m - s.length_m) > same_length_m) s = State{.length_m = look.length_m};
  const double dt_s = s.fix == Timestamp{} ? config_.independent_s : to_seconds(look.fix - s.fix).value();
  if (dt_s <= 0.0) return;
  s.fix = look.fix;
  const double share = std::min(1.0, dt_s / config_.independent_s);
  if (s.looks < enough_looks) return learn(look, share, false, s);
  const double usual = std::max(1.0 / s.looks, least_usual_share);
  const double ee = look.ee_m2 * (1.0 + usual) + s.scatter_m2;
  const double nn = look.nn_m2 * (1.0 + usual) + s.scatter_m2;
  const double en = look.en_m2 * (1.0 + usual);
  const double e = look.east_m - s.east_m;
  const double n = look.north_m - s.north_m;
  const double det = ee * nn - en * en;
  if (!(det > 0.0)) return;
  const double squared = (e * e * nn - 2.0 * e * n * en + n * n * ee) / det;
  s.off_m = std::hypot(e, n);
  const double step = std::min(squared, config_.most) - config_.allowance;
  const bool tells = look.may_count && s.off_m > least_m(look.length_m);
  if (step < 0.0 || tells) s.sum = std::clamp(s.sum + share * step, 0.0, 2.0 * config_.alarm);
  learn(look, share, step > 0.0 || s.sum > 0.0, s);
}

}  // namespace headland::fusion
