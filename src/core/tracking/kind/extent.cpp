// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/kind/extent.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::tracking {
namespace {

constexpr double memory_looks = 200.0;
constexpr double enough_looks = 5.0;
constexpr double independent_share = 0.25;  // echoes of neighbouring looks are alike
constexpr double smear_doubt = 0.3;         // deviation of the smear, of itself
constexpr double least_deviation_m = 5.0;   // of one extent
constexpr double proportion_doubt = 0.2;    // of the proportion itself
constexpr double drift_deviation = 0.1;     // radians between heading and course

// Where in the sums: of the fit by course, and of the means.
enum At : std::size_t { looks, ll, lw, ww, yl, yw, yy, ul_along, uw_along, ul_across, uw_across };
enum Mean : std::size_t { count = 11, along, across, along2, across2, smear_along, smear_across };

// Width over length. Of 95 vessels with AIS dimensions off Denmark (2013-11-12): 0.33 below 20 m, 0.27 below 50 m,
// 0.15 above, each within a fifth.
double proportion(double length_m) { return std::clamp(0.36 - 0.003 * length_m, 0.15, 0.34); }

double axis_deviation(double smear_m) { return std::max(smear_doubt * smear_m, least_deviation_m); }

}  // namespace

void ExtentEstimator::add(const EchoLook& look) {
  if (!(look.along_m > 0.0) || !(look.across_m > 0.0)) return;
  const double keep = 1.0 - 1.0 / memory_looks;
  for (double& s : sums_) s *= keep;
  const double deep = look.along_m - look.smear_along_m;
  const double wide = look.across_m - look.smear_across_m;
  sums_[count] += 1.0;
  sums_[along] += deep;
  sums_[across] += wide;
  sums_[along2] += deep * deep;
  sums_[across2] += wide * wide;
  sums_[smear_along] += look.smear_along_m;
  sums_[smear_across] += look.smear_across_m;
  if (!look.course_known) return;
  const double c = std::abs(std::cos(look.aspect));
  const double s = std::abs(std::sin(look.aspect));
  sums_[looks] += 1.0;
  const auto weigh = [&](double l, double w, double value, double smear_m, std::size_t ul, std::size_t uw) {
    const double deviation = axis_deviation(smear_m);
    const double weight = 1.0 / (deviation * deviation);
    sums_[ll] += weight * l * l;
    sums_[lw] += weight * l * w;
    sums_[ww] += weight * w * w;
    sums_[yl] += weight * l * value;
    sums_[yw] += weight * w * value;
    sums_[yy] += weight * value * value;
    sums_[ul] += weight * l * smear_m;
    sums_[uw] += weight * w * smear_m;
  };
  weigh(c, s, deep, look.smear_along_m, ul_along, uw_along);
  weigh(s, c, wide, look.smear_across_m, ul_across, uw_across);
}

void ExtentEstimator::take(const ExtentEstimator& other) {
  for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k] += other.sums_[k];
}

TrackSize ExtentEstimator::by_course() const {
  TrackSize out;
  // The usual proportion as one more measurement, W - proportion L = 0, as exact as it is for a vessel of that length;
  // two rounds, for the length is not known before.
  double l = std::max(sums_[yl] / std::max(sums_[ll], 1e-12), 1.0);
  double w = 0.0;
  double vl = 0.0;
  double vlw = 0.0;
  double vw = 0.0;
  for (int round = 0; round < 2; ++round) {
    const double q = proportion(l);
    const double doubt = proportion_doubt * q * std::max(l, 5.0);
    // Worth one independent look, whatever their number.
    const double weight = 1.0 / (doubt * doubt * independent_share);
    const double a = sums_[ll] + weight * q * q;
    const double b = sums_[lw] - weight * q;
    const double d = sums_[ww] + weight;
    const double det = a * d - b * b;
    if (!(det > 0.0)) return out;
    vl = d / det;
    vlw = -b / det;
    vw = a / det;
    l = vl * sums_[yl] + vlw * sums_[yw];
    w = vlw * sums_[yl] + vw * sums_[yw];
  }
  const double residual = sums_[yy] - 2.0 * (l * sums_[yl] + w * sums_[yw]) + l * l * sums_[ll] +
                          2.0 * l * w * sums_[lw] + w * w * sums_[ww];
  const double scatter = std::max(residual / (2.0 * sums_[looks]), 0.1) / independent_share;
  const auto systematic = [&](double v1, double v2) {
    const double by_along = smear_doubt * (v1 * sums_[ul_along] + v2 * sums_[uw_along]);
    const double by_across = smear_doubt * (v1 * sums_[ul_across] + v2 * sums_[uw_across]);
    return by_along * by_along + by_across * by_across;
  };
  out.length = Metres(l);
  out.width = Metres(w);
  out.length_deviation = Metres(std::sqrt(scatter * vl + systematic(vl, vlw)));
  out.width_deviation = Metres(std::sqrt(scatter * vw + systematic(vlw, vw)));
  return out;
}

TrackSize ExtentEstimator::by_means() const {
  TrackSize out;
  const double n = sums_[count];
  const double deep = std::max(sums_[along] / n, 0.0);
  const double wide = std::max(sums_[across] / n, 0.0);
  // With W = k L: (deep + wide) / (1 + k) = L (c + s), (deep - wide) / (1 - k) = L (c - s).
  double l = std::max(deep, wide);
  double k = 0.0;
  double p = 0.0;
  double q = 0.0;
  for (int round = 0; round < 3; ++round) {
    k = proportion(l);
    p = (deep + wide) / (1.0 + k);
    q = (deep - wide) / (1.0 - k);
    l = std::sqrt(0.5 * (p * p + q * q));
  }
  const auto variance = [&](std::size_t sum, std::size_t sum2, std::size_t smear) {
    const double mean = sums_[sum] / n;
    const double own = std::max(sums_[sum2] / n - mean * mean, 0.0) / std::max(independent_share * n, 1.0);
    const double doubt = smear_doubt * sums_[smear] / n;
    return own + doubt * doubt;
  };
  const double va = variance(along, along2, smear_along);
  const double vc = variance(across, across2, smear_across);
  // dL by the two extents; where there is nothing to see, as if by the nearer.
  const double scale = std::max(l, 1.0);
  const double by_along = 0.5 * (p / (1.0 + k) + q / (1.0 - k)) / scale;
  const double by_across = 0.5 * (p / (1.0 + k) - q / (1.0 - k)) / scale;
  const double least = l > 1.0 ? 0.0 : std::min(va, vc);
  out.length = Metres(l);
  out.length_deviation = Metres(std::sqrt(by_along * by_along * va + by_across * by_across * vc + least));
  out.width = Metres(k * l);
  out.width_deviation = Metres(std::hypot(proportion_doubt * k * l, k * out.length_deviation.value()));
  return out;
}

TrackSize ExtentEstimator::size(double course, double course_deviation) const {
  TrackSize out;
  if (sums_[count] < enough_looks) return out;
  const bool moved = sums_[looks] >= enough_looks;
  out = moved ? by_course() : by_means();
  out.known = true;
  out.length = Metres(std::max(out.length.value(), 0.0));
  out.width = Metres(std::clamp(out.width.value(), 0.0, out.length.value()));
  if (moved) {
    double along_hull = std::fmod(course, std::numbers::pi);
    if (along_hull < 0.0) along_hull += std::numbers::pi;
    out.orientation = Angle(Radians(along_hull));
    out.orientation_deviation = Radians(std::hypot(course_deviation, drift_deviation));
  }
  return out;
}

}  // namespace headland::tracking
