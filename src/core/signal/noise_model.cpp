// SPDX-License-Identifier: Apache-2.0
#include "core/signal/noise_model.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::signal {
namespace {

constexpr std::size_t table_size = 1201;

double middle_of(std::size_t i) { return 0.5 * (CellModel::least(i) + CellModel::least(i + 1)); }

// Power at each entry's u, mean about 1.
std::vector<double> powers_of(double shape) {
  std::vector<double> powers(CellModel::size);
  for (std::size_t i = 0; i < powers.size(); ++i) powers[i] = middle_of(i);
  if (shape <= 0.0) return powers;
  const TextureMixture mixture(shape);
  const auto exponent = [&](double log_p) { return -std::log(std::max(mixture.above(std::exp(log_p)), 1e-300)); };
  std::size_t i = 0;
  double log_power = -40.0;
  double before = exponent(log_power);
  for (int k = 1; k <= 900 && i < powers.size(); ++k) {
    const double next_log = -40.0 + 0.06 * k;
    const double next = exponent(next_log);
    for (; i < powers.size() && middle_of(i) <= next; ++i) {
      const double part = (middle_of(i) - before) / std::max(next - before, 1e-12);
      powers[i] = std::exp(log_power + 0.06 * std::clamp(part, 0.0, 1.0));
    }
    log_power = next_log;
    before = next;
  }
  for (; i < powers.size(); ++i) powers[i] = std::exp(log_power);
  return powers;
}

}  // namespace

TextureMixture::TextureMixture(double shape) {
  if (shape <= 0.0) {
    textures_ = weights_ = {1.0};
    return;
  }
  constexpr int count = 400;
  double sum = 0.0;
  for (int i = 0; i < count; ++i) {
    // ln t evenly from where the gamma density has lost its weight to beyond its tail
    const double x = -25.0 / std::min(shape, 1.0) +
                     (i + 0.5) / count * (25.0 / std::min(shape, 1.0) + std::log((shape + 60.0) / shape));
    const double t = std::exp(x);
    textures_.push_back(t);
    weights_.push_back(std::exp(shape * (x + 1.0 - t)));
    sum += weights_.back();
  }
  for (double& w : weights_) w /= sum;
}

double TextureMixture::above(double power, double vessel) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < weights_.size(); ++i) {
    if (weights_[i] > 1e-16) sum += weights_[i] * std::exp(-power / (textures_[i] + vessel));
  }
  return sum;
}

double CellModel::least(std::size_t i) {
  if (i == 0) return 0.0;
  if (i >= fine) return step * static_cast<double>(i - fine + 1);
  return step * std::exp2(0.5 * (static_cast<double>(i) - static_cast<double>(fine)));
}

CellModel::CellModel(LevelLaw law, double clutter_shape) : values_(powers_of(clutter_shape)) {
  for (std::size_t i = 0; i < size; ++i) {
    weights_.push_back(std::exp(-least(i)) - (i + 1 < size ? std::exp(-least(i + 1)) : 0.0));
  }
  double mean = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    if (law == LevelLaw::linear) values_[i] = std::sqrt(values_[i]);
    if (law == LevelLaw::logarithmic) values_[i] = 10.0 * std::log10(values_[i]);
    mean += weights_[i] * values_[i];
  }
  mean_ = law == LevelLaw::logarithmic ? 0.0 : 1.0;
  if (clutter_shape <= 0.0) {  // exactly: E sqrt(u) = sqrt(pi) / 2, E ln u = -0.5772
    if (law == LevelLaw::linear) mean = 0.5 * std::sqrt(std::numbers::pi);
    if (law == LevelLaw::square) mean = 1.0;
    if (law == LevelLaw::logarithmic) mean = -10.0 * std::numbers::egamma / std::numbers::ln10;
  }
  for (double& v : values_) v = law == LevelLaw::logarithmic ? v - mean : v / mean;
}

double CellModel::value_at(double u) const {
  std::size_t i = 0;
  if (u >= 2.0 * step) i = std::min(static_cast<std::size_t>(u / step - 0.5) + fine - 1, size - 2);
  while (i + 2 < size && middle_of(i + 1) < u) ++i;
  const double part = (u - middle_of(i)) / (middle_of(i + 1) - middle_of(i));
  return std::lerp(values_[i], values_[i + 1], std::clamp(part, 0.0, 1.0));
}

double CellModel::exponent_of(double value) const {
  const auto above = std::ranges::upper_bound(values_, value);
  if (above == values_.begin())
    return values_.front() > 0.0 && value > 0.0 ? middle_of(0) * value / values_.front() : 0;
  if (above == values_.end()) return middle_of(size - 1);
  const auto i = static_cast<std::size_t>(above - values_.begin());
  return middle_of(i - 1) +
         (middle_of(i) - middle_of(i - 1)) * (value - values_[i - 1]) / std::max(values_[i] - values_[i - 1], 1e-12);
}

template <class F>
Moments CellModel::moments(F of) const {
  // The mean is known: only what is taken off is summed.
  Moments m{mean_, 0.0, 0.0};
  for (std::size_t i = 0; i < size; ++i) m.mean += weights_[i] * (of(values_[i]) - values_[i]);
  for (std::size_t i = 0; i < size; ++i) {
    const double away = of(values_[i]) - m.mean;
    m.variance += weights_[i] * away * away;
    m.third += weights_[i] * away * away * away;
  }
  return m;
}

Moments CellModel::capped(double cap) const {
  return moments([&](double v) { return std::min(v, cap); });
}

Moments CellModel::limited(double limit) const {
  return moments([&](double v) { return v > limit ? mean_ : v; });
}

Distribution::Distribution(const Moments& m) : cumulative_(table_size) {
  const double deviation = std::sqrt(m.variance);
  first_ = m.mean - 7.0 * deviation;
  step_ = 16.0 * deviation / (table_size - 1);
  const double skew = std::abs(m.third) / (m.variance * deviation);
  const double shape = std::min(4.0 / std::max(skew * skew, 1e-12), 1e6);
  // In deviations y from the mean, skewed to the right: z = shape + y sqrt(shape) is gamma-distributed.
  const double peak = std::max(shape - 1.0, 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < table_size; ++i) {
    const double y = (static_cast<double>(i) / (table_size - 1) * 16.0 - 7.0) * (m.third < 0.0 ? -1.0 : 1.0);
    const double z = shape + y * std::sqrt(shape);
    double density = 0.0;
    if (z > 0.0) density = std::exp((shape - 1.0) * std::log(z / std::max(peak, 1e-9)) - (z - peak));
    // The table holds the sum up to its point, of the halves beside the points.
    cumulative_[i] = sum + 0.5 * density;
    sum += density;
  }
  for (double& c : cumulative_) c /= sum;
}

Distribution::Distribution(const CellModel& cells, std::size_t rank, std::size_t count) : cumulative_(table_size) {
  first_ = cells.value(0);
  step_ = (cells.value_at(16.0) - first_) / (table_size - 1);
  for (std::size_t i = 0; i < table_size; ++i) {
    const double above = std::exp(-cells.exponent_of(first_ + step_ * static_cast<double>(i)));
    // P(at least `rank` of `count` cells are below).
    double ways = 1.0;
    double sum = 0.0;
    for (std::size_t j = 0; j <= count; ++j) {
      const auto below = static_cast<double>(j);
      const double left = static_cast<double>(count) - below;
      if (j >= rank) sum += ways * std::pow(1.0 - above, below) * std::pow(above, left);
      ways *= left / (below + 1.0);
    }
    cumulative_[i] = sum;
  }
}

Distribution::Distribution(const CellModel& cells, double limit, unsigned shift)
    : Distribution(of_recursive_mean(cells.limited(limit), shift)) {
  // The common entries in groups of five.
  std::vector<double> values;
  std::vector<double> weights;
  for (std::size_t i = 0; i + 5 <= CellModel::size;) {
    const std::size_t count = i < CellModel::fine ? 1 : 5;
    double sum = 0.0;
    double weight = 0.0;
    for (const std::size_t end = i + count; i < end; ++i) {
      sum += cells.weight(i) * (cells.value(i) > limit ? cells.mean() : cells.value(i));
      weight += cells.weight(i);
    }
    values.push_back(sum / weight);
    weights.push_back(weight);
    if (weight < 1e-9 && count > 1) break;
  }
  for (int turn = 0; turn < 20; ++turn) follow(values, weights, std::ldexp(1.0, -static_cast<int>(shift)));
}

// One more cell in the mean: the new value lies between the old and the cell's.
void Distribution::follow(const std::vector<double>& cells, const std::vector<double>& weights, double gain) {
  std::vector<double> next(table_size, 0.0);
  for (std::size_t i = 1; i < table_size; ++i) {
    const double mass = cumulative_[i] - cumulative_[i - 1];
    if (mass < 1e-13) continue;
    const double mean = first_ + step_ * (static_cast<double>(i) - 0.5);
    for (std::size_t k = 0; k < cells.size(); ++k) {
      // In intervals; shared by the two nearest.
      const double at = ((1.0 - gain) * mean + gain * cells[k] - first_) / step_ - 0.5;
      const double inside = std::clamp(at, 0.0, static_cast<double>(table_size - 3));
      const auto interval = static_cast<std::size_t>(inside);
      const double part = inside - static_cast<double>(interval);
      next[interval + 1] += mass * weights[k] * (1.0 - part);
      next[interval + 2] += mass * weights[k] * part;
    }
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < table_size; ++i) cumulative_[i] = sum += next[i];
  for (double& c : cumulative_) c /= sum;
}

double Distribution::below(double value) const {
  const double at = (value - first_) / step_;
  if (!(at > 0.0)) return 0.0;
  if (at >= static_cast<double>(table_size - 1)) return 1.0;
  const auto i = static_cast<std::size_t>(at);
  return std::lerp(cumulative_[i], cumulative_[i + 1], at - static_cast<double>(i));
}

Distribution Distribution::greater_of_two() const {
  Distribution both = *this;
  for (double& c : both.cumulative_) c *= c;
  return both;
}

Distribution Distribution::smaller_of_two() const {
  Distribution both = *this;
  for (double& c : both.cumulative_) c = 1.0 - (1.0 - c) * (1.0 - c);
  return both;
}

Moments of_mean(const Moments& cell, double count) {
  return {cell.mean, cell.variance / count, cell.third / (count * count)};
}

Moments of_recursive_mean(const Moments& cell, unsigned shift) {
  const double a = std::ldexp(1.0, -static_cast<int>(shift));
  const double b = 1.0 - a;
  return {cell.mean, cell.variance * a * a / (1.0 - b * b), cell.third * a * a * a / (1.0 - b * b * b)};
}

}  // namespace headland::signal
