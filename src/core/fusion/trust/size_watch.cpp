// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/size_watch.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/constants.hpp"

namespace headland::fusion {
namespace {

constexpr double soft_m = 10.0;      // added before the logarithm: shorter vessels all look alike
constexpr double usual_slope = 1.0;  // before anything is learned,
constexpr double slope_doubt = 0.5;  // and how far from it radars are
constexpr double least_apart = 0.2;  // between lengths whose slope means something
constexpr double tail_share = 0.03;  // of vessels that are described roughly or whose echo is not whole
constexpr double tail_factor = 1.5;  // wider
constexpr double shortest_m = 6.0, longest_m = 350.0;
constexpr int lengths = 24;  // tried between both
constexpr double most_log = 50.0;
constexpr double median_chi2 = 0.4549;    // of one degree of freedom
constexpr double least_own_share = 0.25;  // who has few looks errs by more than what all have in common

double soft_log(double m) { return std::log(std::max(m, 0.0) + soft_m); }
double own_variance(const SizeWatch::State& s) {
  return square(s.echo_deviation_m / (std::max(s.echo_m, 0.0) + soft_m));
}

double median(std::vector<double>& v) {
  const auto at = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
  std::nth_element(v.begin(), at, v.end());
  return *at;
}

// What share of the echoes' own variances shows in how far vessels lie off the line, beside a relative scatter. All
// estimates of one radar are wrong alike by what is not known of its beam, and that the line has taken off.
double own_share_of(const std::vector<double>& off, const std::vector<double>& own, double scatter) {
  const auto too_small = [&](double share) {
    std::vector<double> squares;
    squares.reserve(off.size());
    for (std::size_t k = 0; k < off.size(); ++k) squares.push_back(square(off[k]) / (square(scatter) + share * own[k]));
    return median(squares) > median_chi2;
  };
  if (!too_small(least_own_share)) return least_own_share;
  double low = least_own_share;
  double high = 1.0;
  for (int halving = 0; halving < 20; ++halving) {
    const double middle = 0.5 * (low + high);
    (too_small(middle) ? low : high) = middle;
  }
  return high;
}

double normal(double off, double variance) {
  return std::exp(-0.5 * off * off / variance) / std::sqrt(2.0 * std::numbers::pi * variance);
}

}  // namespace

void SizeWatch::look(double sent_m, double echo_m, double deviation_m, double share, State& state) {
  // Another size sent is another claim, but the echo is known.
  state.sent_m = sent_m;
  state.echo_m = echo_m;
  state.echo_deviation_m = deviation_m;
  state.looks += share;
}

bool SizeWatch::is_known(const State& state) const {
  return state.sent_m > 0.0 && state.echo_deviation_m > 0.0 && state.looks >= config_.least_looks;
}

void SizeWatch::learn(const std::vector<State>& stations) {
  line_ = Line{};
  std::vector<State> known;
  for (const State& s : stations) {
    if (is_known(s)) known.push_back(s);
  }
  line_.vessels = static_cast<std::uint32_t>(known.size());
  if (known.size() < config_.vessels) return;
  const std::size_t n = std::min(known.size(), taught);
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> own;
  for (std::size_t k = 0; k < n; ++k) {
    const State& s = known[k * known.size() / n];
    x.push_back(soft_log(s.sent_m));
    y.push_back(soft_log(s.echo_m));
    own.push_back(own_variance(s));
  }
  std::vector<double> slopes;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      const double dx = x[b] - x[a];
      if (std::abs(dx) >= least_apart) slopes.push_back((y[b] - y[a]) / dx);
    }
  }
  std::vector<double> middle = x;
  line_.middle_sent = median(middle);
  const double own_usual = median(own);
  // Twice: the scatter says how much the slope is worth, and the slope what scatter is left.
  double slope = slopes.empty() ? usual_slope : std::max(0.0, median(slopes));
  const double found = slope;
  for (int round = 0; round < 2; ++round) {
    std::vector<double> off;
    off.reserve(n);
    for (std::size_t k = 0; k < n; ++k) off.push_back(y[k] - slope * (x[k] - line_.middle_sent));
    line_.middle_echo = median(off);
    std::vector<double> spread;
    spread.reserve(n);
    for (double& o : off) spread.push_back(std::abs(o -= line_.middle_echo));
    const double all = std::max(square(1.4826 * median(spread)), square(config_.rough));
    line_.scatter = std::sqrt(std::max(all - own_usual, square(config_.rough)));
    line_.own_share = own_share_of(off, own, line_.scatter);
    double sxx = 0.0;
    for (const double v : x) sxx += square(v - line_.middle_sent);
    const double prior = slopes.empty() ? 0.0 : 1.0 / square(slope_doubt);
    const double told = slopes.empty() ? 0.0 : sxx / all;
    slope = slopes.empty() ? usual_slope : (told * found + prior * usual_slope) / (told + prior);
    line_.slope_deviation = slopes.empty() ? slope_doubt : 1.0 / std::sqrt(told + prior);
  }
  line_.slope = slope;
}

double SizeWatch::expected(double sent_log) const {
  return line_.middle_echo + line_.slope * (sent_log - line_.middle_sent);
}

// Relative, of an echo; `own`: of the echo's own estimate.
double SizeWatch::variance(double sent_log, double own) const {
  const double of_line =
      square(line_.slope_deviation * (sent_log - line_.middle_sent)) + square(line_.scatter) / line_.vessels;
  return square(line_.scatter) + of_line + line_.own_share * own;
}

// Densities are those of the echo in metres: its estimate errs by as many metres whatever the hull is.
double SizeWatch::log_ratio(const State& state) const {
  if (line_.vessels < config_.vessels || !is_known(state)) return 0.0;
  const double echo_m = std::max(state.echo_m, 0.0) + soft_m;
  double any = 0.0;
  for (int k = 0; k < lengths; ++k) {
    const double share = (k + 0.5) / lengths;
    const double x = soft_log(shortest_m * std::pow(longest_m / shortest_m, share));
    const double usual_m = std::exp(expected(x));
    const double relative = variance(x, square(state.echo_deviation_m / usual_m));
    any += normal(echo_m - usual_m, relative * square(usual_m)) / lengths;
  }
  const double sent = soft_log(state.sent_m);
  const double usual_m = std::exp(expected(sent));
  const double off = echo_m - usual_m;
  const double v = variance(sent, square(state.echo_deviation_m / usual_m)) * square(usual_m);
  const double fits = (1.0 - tail_share) * normal(off, v) + tail_share * normal(off, square(tail_factor) * v);
  if (!(any > 0.0)) return 0.0;
  return std::clamp(std::log(any) - std::log(std::max(fits, 1e-300)), -most_log, most_log);
}

bool SizeWatch::misfits(const State& state) const {
  return state.fitted_m != state.sent_m && log_ratio(state) > -std::log(config_.false_alarm);
}

void SizeWatch::note_fit(State& state) const {
  if (log_ratio(state) < 0.0) state.fitted_m = state.sent_m;
}

}  // namespace headland::fusion
