// SPDX-License-Identifier: Apache-2.0
#include "core/plots/strength_survey.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headland::plots {
namespace {

constexpr double memory_plots = 1500.0;
constexpr double prior_plots = 100.0;
constexpr double least_share = 0.02;  // of vessels among any plots: no strength says more than the 3.9 nats of that
constexpr std::array detected = {0.3, 0.5, 0.7, 0.9};
constexpr double spread_evenly = 0.5;

std::size_t step_of(double strength_db) {
  const double step = std::isfinite(strength_db) ? strength_db * StrengthSurvey::steps_per_db : 0.0;
  return static_cast<std::size_t>(std::clamp(step, 0.0, static_cast<double>(StrengthSurvey::steps - 1)));
}

std::size_t band_of(double range_m) {
  const double octaves = std::isfinite(range_m) ? std::log2(std::max(range_m, 1.0) / 500.0) : 0.0;
  return static_cast<std::size_t>(std::clamp(2.0 * octaves, 0.0, static_cast<double>(StrengthSurvey::bands - 1)));
}

StrengthSurvey::Shares make_vessel_shares() {
  const auto above = [](double decibels) {
    double sum = 0.0;
    double all = 0.0;
    for (const double share : detected) {  // each as often as it is over the threshold
      sum += share * std::exp(std::log(share) * (std::pow(10.0, 0.1 * decibels) - 1.0));
      all += share;
    }
    return sum / all;
  };
  StrengthSurvey::Shares shares{};
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double from = static_cast<double>(i) / StrengthSurvey::steps_per_db;
    const double next = i + 1 < shares.size() ? above(from + 1.0 / StrengthSurvey::steps_per_db) : 0.0;
    shares[i] = (1.0 - spread_evenly) * (above(from) - next) + spread_evenly / StrengthSurvey::steps;
  }
  return shares;
}

}  // namespace

const StrengthSurvey::Shares& StrengthSurvey::vessel_shares() {
  static const Shares shares = make_vessel_shares();
  return shares;
}

StrengthSurvey::StrengthSurvey() {
  for (Band& band : bands_) band.shares = vessel_shares();
}

double StrengthSurvey::take(double range_m, double strength_db) {
  Band& band = bands_[band_of(range_m)];
  const Shares& vessels = vessel_shares();
  const std::size_t at = step_of(strength_db);
  double evidence = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i <= at; ++i) {
    const double any = (band.plots * band.shares[i] + prior_plots * vessels[i]) / (band.plots + prior_plots);
    evidence = std::max(evidence, std::log(vessels[i] / std::max(any, least_share * vessels[i])));
  }
  band.plots = std::min(band.plots + 1.0, memory_plots);
  const double gain = 1.0 / band.plots;
  for (double& share : band.shares) share *= 1.0 - gain;
  // A little to either side: counts are few.
  band.shares[at > 0 ? at - 1 : at] += 0.25 * gain;
  band.shares[at] += 0.5 * gain;
  band.shares[std::min(at + 1, steps - 1)] += 0.25 * gain;
  return evidence;
}

}  // namespace headland::plots
