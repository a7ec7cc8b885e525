// SPDX-License-Identifier: Apache-2.0
#include "core/signal/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/signal/noise_model.hpp"
#include "core/signal/row_kernels.hpp"

namespace headland::signal {
namespace {

// Root of a falling function by bisection.
template <class F>
double solve(F falling, double wanted, double low, double high) {
  for (int i = 0; i < 48; ++i) {
    const double middle = 0.5 * (low + high);
    (falling(middle) > wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

// A mean and the threshold over it.
struct Part {
  const Distribution* mean;
  double factor;
};

class Problem {
 public:
  explicit Problem(const Config& config, LearnedWith learned = {})
      : config_(config),
        decibels_(config.law == LevelLaw::logarithmic),
        cells_(config.law, config.clutter_shape),
        learned_with_(learned.probability.value_or(config.false_alarm_probability)) {}
  // Clutter of another shape, where caps and limits are those of thresholds with these factors.
  Problem(const Config& config, double shape, const Factors& factors)
      : config_(config),
        decibels_(config.law == LevelLaw::logarithmic),
        cells_(config.law, shape),
        learned_with_(config.false_alarm_probability),
        given_(factors) {}

  [[nodiscard]] const CellModel& cells() const { return cells_; }
  [[nodiscard]] double without_error() const { return cells_.value_at(-std::log(config_.false_alarm_probability)); }

  // F_T at a value. Thresholds are whole levels, so that they lie anywhere within half a level of what they should be:
  // in decibels that is known here, and two places stand for all of them (Gauss); a proportional level is less.
  [[nodiscard]] double threshold_below(double value, std::initializer_list<Part> parts) const {
    const auto product = [&](double at) {
      double all = 1.0;
      for (const Part& part : parts) all *= part.mean->below(decibels_ ? at - part.factor : at / part.factor);
      return all;
    };
    if (!decibels_) return product(value);
    const double away = config_.decibels_per_level / std::sqrt(12.0);
    return 0.5 * (product(value - away) + product(value + away));
  }
  [[nodiscard]] double false_alarms(std::initializer_list<Part> parts) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < CellModel::size; ++i) {
      sum += cells_.weight(i) * threshold_below(cells_.value(i), parts);
    }
    return sum;
  }
  template <class F>
  [[nodiscard]] double root(F of, double probability) const {
    return decibels_ ? solve(of, probability, -20.0, 80.0) : solve(of, probability, 0.3, 250.0);
  }

  // Of the cells that enter means.
  [[nodiscard]] Moments censored() const {
    // Thresholds lie a little over those without error; caps are half of them.
    double cap = 0.53 * limit_without_error();
    if (given_) {
      // What the threshold is depends on the mean of what the cap leaves.
      for (int i = 0; i < 6; ++i) {
        const double mean = cells_.capped(cap).mean;
        cap = decibels_ ? mean + given_->local - 0.5 * given_->without_error : 0.5 * given_->local * mean;
      }
    }
    if (!config_.censor || config_.averaging == Averaging::ordered) return cells_.capped(1e9);
    // and vary with their means: by one deviation either way.
    const double error = std::sqrt(cells_.capped(cap).variance / (2.0 * config_.training_cells));
    const Moments low = cells_.capped(decibels_ ? cap - error : cap * (1.0 - error));
    const Moments high = cells_.capped(decibels_ ? cap + error : cap * (1.0 + error));
    return {0.5 * (low.mean + high.mean), 0.5 * (low.variance + high.variance), 0.5 * (low.third + high.third)};
  }
  [[nodiscard]] Distribution local() const {
    const double cells = config_.training_cells;
    switch (config_.averaging) {
      case Averaging::greatest_of:
        return Distribution(of_mean(censored(), cells)).greater_of_two();
      case Averaging::smallest_of:
        return Distribution(of_mean(censored(), cells)).smaller_of_two();
      case Averaging::ordered:
        return {cells_, rank_of(config_.training_cells), std::size_t{2} * config_.training_cells};
      case Averaging::cell:
      case Averaging::automatic:
        break;
    }
    return Distribution(of_mean(censored(), 2.0 * cells));
  }
  [[nodiscard]] Distribution map() const { return {cells_, map_limit(), config_.clutter_turns_log2}; }
  [[nodiscard]] double map_deviation() const {
    return std::sqrt(of_recursive_mean(cells_.limited(map_limit()), config_.clutter_turns_log2).variance);
  }
  // P(a cell > thresholds of the factors given, times or plus `more`).
  [[nodiscard]] double over_given(const Distribution& local, const Distribution& map, double more) const {
    const auto moved = [&](double factor) { return decibels_ ? factor + more : factor * more; };
    if (config_.clutter_turns_log2 == 0) return false_alarms({{&local, moved(given_->alone)}});
    return false_alarms({{&local, moved(given_->local)}, {&map, moved(given_->map)}});
  }

 private:
  // The threshold under which means and map are learned.
  [[nodiscard]] double limit_without_error() const { return cells_.value_at(-std::log(learned_with_)); }
  // Over which a cell is an echo for the map: what the greater of two windows allows.
  [[nodiscard]] double map_limit() const {
    if (!given_) return 1.05 * limit_without_error();
    const Moments cell = censored();
    const double more = 0.56 * std::sqrt(cell.variance / config_.training_cells);  // mean of the greater of two
    return decibels_ ? cell.mean + more + given_->local : given_->local * (cell.mean + more);
  }

  const Config& config_;
  bool decibels_;
  CellModel cells_;
  double learned_with_;
  std::optional<Factors> given_;
};

Scale scale_of(const Config& config, double factor) {
  Scale scale;
  if (config.law == LevelLaw::logarithmic) {
    scale.bias =
        static_cast<std::uint16_t>(std::clamp(std::round(256.0 * factor / config.decibels_per_level), 0.0, 65535.0));
    return scale;
  }
  scale.factor = static_cast<std::uint16_t>(std::clamp(std::round(factor * 256.0), 1.0, 65535.0));
  if (config.rounding == Rounding::down) {
    scale.bias = static_cast<std::uint16_t>(std::clamp(std::round(128.0 - 128.0 / factor), 0.0, 128.0));
  }
  return scale;
}

std::uint16_t to_16_bits(double value) {
  return static_cast<std::uint16_t>(std::clamp(std::round(value), 0.0, 65535.0));
}

// Windows of noise differ by more in about one cell of two thousand.
constexpr double edge_deviations = 3.5;

EdgeRule edge_rule(const Config& config, const Factors& factors, LearnedWith learned) {
  const double cells = config.training_cells;
  const Problem problem(config, learned);
  const double deviation = std::sqrt(2.0 * problem.censored().variance / cells);
  EdgeRule rule;
  if (config.law == LevelLaw::logarithmic) {
    rule.excess = to_16_bits(edge_deviations * deviation * cells / config.decibels_per_level);
    rule.addition = to_16_bits((factors.one_window - factors.alone) * 2.0 * cells / config.decibels_per_level);
  } else {
    rule.ratio = to_16_bits(65536.0 * (std::exp(edge_deviations * deviation) - 1.0));
    rule.gain = to_16_bits(65536.0 * (factors.one_window / factors.alone - 1.0));
  }
  return rule;
}

// Of a cell over the second largest of eight others: about one of ten thousand in noise.
constexpr double standing_deviations = 3.0;

Raise standing(const Config& config, LearnedWith learned) {
  const double over = standing_deviations * Problem(config, learned).map_deviation();
  if (config.law == LevelLaw::logarithmic) return {0, to_16_bits(256.0 * over / config.decibels_per_level)};
  return {to_16_bits(65536.0 * over), 0};
}

Raise map_start(const Config& config, LearnedWith learned) {
  const double censored = Problem(config, learned).censored().mean;
  if (config.law == LevelLaw::logarithmic) return {0, to_16_bits(-256.0 * censored / config.decibels_per_level)};
  return {to_16_bits(65536.0 * (1.0 / censored - 1.0)), 0};
}

// Marcum's Q function of order 1, P(power > u) of noise and a steady echo of power s over it, as a Poisson mixture.
double marcum_q(double s, double u) {
  double poisson = std::exp(-s);
  double term = std::exp(-u);
  double gamma = term;  // sum of exp(-u) u^j / j! for j <= n
  double sum = poisson * gamma;
  for (int n = 1; n < 2000; ++n) {
    poisson *= s / n;
    term *= u / n;
    gamma += term;
    sum += poisson * gamma;
    if (n > s && poisson < 1e-15) break;
  }
  return std::min(sum, 1.0);
}

double detection_over(Fluctuation fluctuation, double snr, double u) {
  return fluctuation == Fluctuation::slow ? std::exp(-u / (1.0 + snr)) : marcum_q(snr, u);
}

std::uint32_t power_of_two_at_most(std::uint32_t value) {
  std::uint32_t power = 4;
  while (power * 2 <= value && power < 32) power *= 2;
  return power;
}

template <class T>
T finite_between(T value, T low, T high, T otherwise) {
  return std::isfinite(value) ? std::clamp(value, low, high) : otherwise;
}

}  // namespace

Factors factors_of(const Config& config, LearnedWith learned) {
  const Problem problem(config, learned);
  const double probability = config.false_alarm_probability;
  const Distribution local = problem.local();
  const Distribution one_window(of_mean(problem.censored(), config.training_cells));
  Factors f;
  f.without_error = problem.without_error();
  f.alone = problem.root([&](double x) { return problem.false_alarms({{&local, x}}); }, probability);
  f.one_window = problem.root([&](double x) { return problem.false_alarms({{&one_window, x}}); }, probability);
  f.local = f.map = f.alone;
  if (config.clutter_turns_log2 == 0) return f;
  const Distribution map = problem.map();
  f.map = problem.root([&](double x) { return problem.false_alarms({{&map, x}}); }, map_share * probability);
  f.local = problem.root([&](double x) { return problem.false_alarms({{&local, x}, {&map, f.map}}); }, probability);
  return f;
}

ThresholdRules threshold_rules(const Config& config, const Factors& factors, LearnedWith learned) {
  ThresholdRules rules;
  rules.alone = scale_of(config, factors.alone);
  rules.local = scale_of(config, factors.local);
  rules.map = scale_of(config, factors.map);
  rules.map_start = map_start(config, learned);
  if (config.clutter_turns_log2 > 0) rules.standing = standing(config, learned);
  if (config.averaging == Averaging::automatic) rules.edge = edge_rule(config, factors, learned);
  if (config.law == LevelLaw::logarithmic) {
    const double drop = 0.5 * factors.without_error / config.decibels_per_level;
    rules.cap_drop = static_cast<std::uint8_t>(std::clamp(std::round(drop), 1.0, 255.0));
  }
  return rules;
}

Probe probe_of(const Config& config, const Factors& factors) {
  constexpr double probed = 1e-2;
  const double wanted = std::clamp(probed, 4.0 * config.false_alarm_probability, 0.3);
  const CellModel cells(config.law, config.clutter_shape);
  const double lower = cells.value_at(-std::log(wanted));
  Probe probe;
  if (config.law == LevelLaw::logarithmic) {
    // A whole number of levels.
    const double step = config.decibels_per_level;
    probe.drop = std::max(std::round((factors.without_error - lower) / step), 1.0) * step;
  } else {
    probe.drop = lower / factors.without_error;
  }
  probe.share = spiky_clutter(config, factors, probe, config.clutter_shape).share;
  return probe;
}

SpikyClutter spiky_clutter(const Config& config, const Factors& factors, const Probe& probe, double shape) {
  const Problem problem(config, shape, factors);
  const Distribution local = problem.local();
  const Distribution map = config.clutter_turns_log2 > 0 ? problem.map() : local;
  const bool decibels = config.law == LevelLaw::logarithmic;
  SpikyClutter spiky;
  spiky.share = problem.over_given(local, map, decibels ? -probe.drop : probe.drop);
  spiky.raise = solve([&](double more) { return problem.over_given(local, map, more); }, config.false_alarm_probability,
                      decibels ? 0.0 : 1.0, decibels ? 40.0 : 12.0);
  return spiky;
}

double needed_strength(const Config& config, double shape, double detection) {
  const TextureMixture clutter(shape);
  const TextureMixture assumed(config.estimate_shape ? shape : config.clutter_shape);
  const double threshold = solve([&](double x) { return assumed.above(x); }, config.false_alarm_probability, 0.0, 1e5);
  const double certain = solve([&](double vessel) { return -clutter.above(threshold, vessel); }, -detection, 0.0, 1e7);
  const double loss_db = std::max(0.5 + 0.2 * (-std::log10(config.false_alarm_probability) - 4.0), 0.1);
  return certain * std::pow(10.0, 0.1 * loss_db);
}

double rare_excess(const Config& config, double share) {
  return CellModel(config.law, config.clutter_shape).value_at(-std::log(config.false_alarm_probability * share));
}

double detection_probability(const Config& config, Fluctuation fluctuation, double snr_db) {
  Config noise = config;
  noise.clutter_shape = 0.0;
  const Problem problem(noise);
  const Factors f = factors_of(noise);
  const Distribution local = problem.local();
  const bool with_map = noise.clutter_turns_log2 > 0;
  const Distribution map = with_map ? problem.map() : local;
  const double snr = std::pow(10.0, snr_db / 10.0);
  double sum = 0.0;
  double before = 0.0;
  for (std::size_t i = 0; i < CellModel::size; ++i) {
    const double value = problem.cells().value(i);
    const double below = with_map ? problem.threshold_below(value, {{&local, f.local}, {&map, f.map}})
                                  : problem.threshold_below(value, {{&local, f.alone}});
    // Behind noise u is the power over its mean.
    if (below > before) sum += (below - before) * detection_over(fluctuation, snr, CellModel::least(i));
    before = below;
  }
  return sum;
}

double cfar_loss_db(const Config& config, Fluctuation fluctuation, double detection) {
  const auto needed = [&](auto of) { return solve([&](double db) { return -of(db); }, -detection, 0.0, 40.0); };
  const double known = -std::log(config.false_alarm_probability);
  return needed([&](double db) { return detection_probability(config, fluctuation, db); }) -
         needed([&](double db) { return detection_over(fluctuation, std::pow(10.0, db / 10.0), known); });
}

Config sanitized(Config config) {
  config.decibels_per_level = finite_between(config.decibels_per_level, 0.001, 5.0, 0.5);
  config.guard_cells = std::min(config.guard_cells, 32U);
  config.training_cells = power_of_two_at_most(config.training_cells);
  config.false_alarm_probability = finite_between(config.false_alarm_probability, 1e-9, 0.1, 1e-4);
  config.minimum_level = std::min<std::uint8_t>(config.minimum_level, 254);
  config.thresholded_video_level = std::min<std::uint8_t>(config.thresholded_video_level, 254);
  config.thresholded_lowest_level = std::min<std::uint8_t>(config.thresholded_lowest_level, 254);
  config.thresholded_highest_level = std::min<std::uint8_t>(config.thresholded_highest_level, 254);
  const double beam = finite_between(config.beam_width.degrees(), 0.1, 10.0, 2.0);
  config.beam_width = Angle::from_degrees(beam);
  if (config.clutter_turns_log2 > 0) config.clutter_turns_log2 = std::clamp(config.clutter_turns_log2, 2U, 8U);
  config.clutter_shape = finite_between(config.clutter_shape, 0.0, 100.0, 0.0);
  if (config.clutter_shape > 0.0) config.clutter_shape = std::max(config.clutter_shape, 0.1);
  config.clutter_echo_step = std::min(config.clutter_echo_step, 255U);
  config.clutter_valid_within = Metres(finite_between(config.clutter_valid_within.value(), 1.0, 1e6, 50.0));
  return config;
}

}  // namespace headland::signal
