// SPDX-License-Identifier: Apache-2.0
#include "core/integration/evidence.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/digamma.hpp"

namespace headland::integration {
namespace {

constexpr double euler = 0.57721566490153286;
// Strengths over the mean of the background at the limit of what can be found, in noise, and how much more it takes in
// clutter of shape 1; how often a vessel shows at all. A stronger vessel is found with these, too.
constexpr std::array strengths_db = {4.0, 6.5};
constexpr double more_in_clutter_db = 3.0;
constexpr double visible = 0.95;
// One echo alone never says more: it may be of something that no model of the background holds, and a path is of many.
constexpr double most_nats = 7.5;
constexpr int texture_steps = 160;

double gamma_density(double shape, double x) {  // mean 1
  if (x <= 0.0) return 0.0;
  return std::exp(shape * std::log(shape * x) - shape * x - std::lgamma(shape)) / x;
}

// Integral over the texture, in steps of its logarithm: f(t) of textures t with mean 1.
template <class F>
double over_texture(double shape, F f) {
  const double low = std::log(1e-4) - 4.0 / shape;
  const double high = std::log(1.0 + 30.0 / std::min(shape, 1.0));
  const double step = (high - low) / texture_steps;
  double sum = 0.0;
  double weights = 0.0;
  for (int i = 0; i < texture_steps; ++i) {
    const double t = std::exp(low + (i + 0.5) * step);
    const double weight = gamma_density(shape, t) * t;
    sum += weight * f(t);
    weights += weight;
  }
  return sum / weights;
}

}  // namespace

double density(const Background& b, double power) {
  if (b.shape <= 0.0) return gamma_density(b.looks, power);
  return over_texture(b.shape, [&](double t) { return std::exp(-power / t) / t; });
}

double density_with_vessel(const Background& b, double power, double vessel) {
  if (b.shape > 0.0) {
    return over_texture(b.shape, [&](double t) { return std::exp(-power / (t + vessel)) / (t + vessel); });
  }
  if (b.looks == 1.0) return std::exp(-power / (1.0 + vessel)) / (1.0 + vessel);
  // Exponential power of the vessel and gamma-distributed noise, added.
  constexpr int steps = 200;
  double sum = 0.0;
  for (int i = 0; i < steps; ++i) {
    const double noise = power * (i + 0.5) / steps;
    sum += gamma_density(b.looks, noise) * std::exp(-(power - noise) / vessel) / vessel;
  }
  return sum * power / steps;
}

double log_spread_of(const Background& b) {
  if (b.shape <= 0.0) return std::log(b.looks) - digamma(b.looks);
  return euler + std::log(b.shape) - digamma(b.shape);
}

Background background_of(double log_spread) {
  const bool clutter = log_spread > euler + 0.005;  // a shape of 100
  double low = clutter ? 0.1 : 1.0;
  double high = 100.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = std::sqrt(low * high);
    const Background b = clutter ? Background{1.0, middle} : Background{middle, 0.0};
    (log_spread_of(b) > log_spread ? low : high) = middle;
  }
  return clutter ? Background{1.0, low} : Background{low, 0.0};
}

std::uint8_t EvidenceTable::index_of(double power) {
  if (!(power > 0.0)) return 0;
  const double step = (10.0 * std::log10(power) - first_db) * steps_per_db;
  return static_cast<std::uint8_t>(std::clamp(step, 0.0, static_cast<double>(size - 1)));
}

EvidenceTable::EvidenceTable(const Background& background) {
  const double spiky = std::clamp(log_spread_of(background) / euler - 1.0, 0.0, 1.5);
  for (std::size_t i = 0; i < size; ++i) {
    const double power = std::pow(10.0, 0.1 * (first_db + (static_cast<double>(i) + 0.5) / steps_per_db));
    const double without = density(background, power);
    double with = 0.0;
    for (const double db : strengths_db)
      with += density_with_vessel(background, power, std::pow(10.0, 0.1 * (db + spiky * more_in_clutter_db)));
    with /= static_cast<double>(strengths_db.size());
    const double ratio = without > 1e-300 ? (1.0 - visible) + visible * with / without : 1e30;
    const auto steps =
        static_cast<int>(std::lround(steps_per_nat * std::min(std::log(std::max(ratio, 1e-12)), most_nats)));
    gains_[i] = static_cast<std::uint8_t>(std::max(steps, 0));
    losses_[i] = static_cast<std::uint8_t>(std::max(-steps, 0));
  }
}

}  // namespace headland::integration
