// SPDX-License-Identifier: Apache-2.0
#include "core/registration/joint_bias.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"

namespace headland::registration {
namespace {

constexpr std::size_t own = Witness::own;
constexpr std::size_t biases = JointLook::biases;
constexpr std::size_t of_time = 2;  // among them
constexpr std::size_t of_scale = 3;
// Of the biweight, round by round: wide first, so that a start far off still hears everybody.
constexpr std::array<double, 7> cuts{16.0, 10.0, 7.0, 5.0, 4.0, 4.0, 4.0};
constexpr double no_scale = 1e-9;
constexpr double most_leverage = 0.9;     // of one witness on a bias
constexpr double least_freedom = 3.0;     // so many degrees are assumed where there are fewer
constexpr double student_widening = 1.2;  // Student's 95 % limit is about 2 (1 + 1.2 / (freedom - 1))
constexpr double faded = 0.02;            // a witness of which less is left is forgotten

// In place: the lower triangle of the factor of a symmetric positive definite matrix. False: it is not.
bool factor(std::vector<double>& a, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j) {
    double d = a[j * n + j];
    for (std::size_t k = 0; k < j; ++k) d -= square(a[j * n + k]);
    if (!(d > 0.0)) return false;
    const double root = std::sqrt(d);
    a[j * n + j] = root;
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = sum / root;
    }
  }
  return true;
}

void substitute(const std::vector<double>& l, std::size_t n, double* x) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) x[i] -= l[i * n + k] * x[k];
    x[i] /= l[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) x[i] -= l[k * n + i] * x[k];
    x[i] /= l[i * n + i];
  }
}

std::array<double, biases> as_array(const Bias& b) { return {b.range_m, b.bearing_rad, b.time_s, b.range_scale}; }
Bias as_bias(const double* v) { return {v[0], v[1], v[2], v[3]}; }

// How uncertain a bias is by how much the witnesses disagree about it, whatever their own deviations claim: looks at
// one vessel err alike, so each witness counts once. `unit`: the column of the covariance of that bias. Of few
// witnesses the scatter itself is uncertain: leverage is taken out of their misfits, and what is left is widened as
// Student's distribution is wider than the normal one (clusters: White 1980; leverage: Bell and McCaffrey 2002).
double variance_shown(const auto& witnesses, const std::vector<double>& theta, const std::vector<double>& unit,
                      double assumed) {
  double variance = 0.0;
  double sum = 0.0;
  double squares = 0.0;
  for (const auto& w : witnesses) {
    if (w.weight == 0.0) continue;
    std::vector<double> u(w.n, 0.0);  // of this witness's biases
    std::vector<double> x(w.n);
    x[0] = 1.0;
    for (std::size_t s = 0; s < w.rows.size(); ++s) {
      for (std::size_t i = 0; i < biases; ++i) {
        x[1 + biases * s + i] = -theta[w.rows[s] + i];
        u[1 + biases * s + i] = unit[w.rows[s] + i];
      }
    }
    double pull = 0.0;  // on the bias
    double share = 0.0;
    for (std::size_t i = 1; i < w.n; ++i) {
      for (std::size_t j = 0; j < w.n; ++j) {
        pull += w.weight * u[i] * w.information[i * w.n + j] * x[j];
        share += w.weight * u[i] * w.information[i * w.n + j] * u[j];
      }
    }
    if (!(share > 0.0)) continue;
    variance += square(pull / (1.0 - std::min(share / assumed, most_leverage)));
    sum += share;
    squares += square(share);
  }
  if (sum <= 0.0) return 0.0;
  const double freedom = std::max(square(sum) / squares - 1.0, least_freedom);
  return variance * square(1.0 + student_widening / (freedom - 1.0));
}

}  // namespace

struct JointBias::Reduced {
  std::vector<SensorId> sensors;
  std::vector<std::size_t> rows;    // of each radar in the whole system
  std::size_t n = 0;                // 1 + 4 for each radar
  std::vector<double> information;  // n x n, the difference first
  std::vector<double> own_gain;     // own x n: what is its own, given difference and biases
  WitnessPrior prior;
  double looks = 0.0;
  double weight = 0.0;
  bool shared = false;
};

void JointBias::observe(const JointLook& look, const WitnessPrior& prior) {
  if (!std::isfinite(look.east_m) || !std::isfinite(look.north_m)) return;
  if (!witnesses_.contains(look.witness) && witnesses_.size() >= config_.most_witnesses) make_room();
  for (std::uint32_t p = 0; p < look.part_count; ++p) radars_.try_emplace(look.parts[p].sensor);
  registration::observe(witnesses_[look.witness], look, prior, config_.memory_s);
}

void JointBias::make_room() {
  const auto stalest = std::min_element(witnesses_.begin(), witnesses_.end(), [](const auto& a, const auto& b) {
    return a.second.last_ns < b.second.last_ns;
  });
  if (stalest != witnesses_.end()) witnesses_.erase(stalest);
}

JointBias::Reduced JointBias::reduce(const Witness& w, double fade) const {
  const std::size_t whole = w.size();
  const std::vector<double> said = said_by(w);
  const auto at = [&](std::size_t i, std::size_t j) { return fade * said[i * whole + j]; };
  Reduced r;
  r.prior = w.prior;
  r.looks = w.looks * fade;
  for (const std::uint16_t s : w.sensors) r.sensors.emplace_back(s);
  r.n = whole - own;
  std::vector<double> a(own * own);
  const std::array<double, own> deviation{w.prior.along_m, w.prior.across_m, w.prior.age_s};
  for (std::size_t i = 0; i < own; ++i) {
    for (std::size_t j = 0; j < own; ++j) a[i * own + j] = at(i, j);
    a[i * own + i] += 1.0 / square(deviation[i]);
  }
  factor(a, own);  // the priors make it positive definite
  r.own_gain.resize(own * r.n);
  r.information.resize(r.n * r.n);
  for (std::size_t j = 0; j < r.n; ++j) {
    std::array<double, own> x{};
    for (std::size_t i = 0; i < own; ++i) x[i] = at(i, own + j);
    substitute(a, own, x.data());
    for (std::size_t i = 0; i < own; ++i) r.own_gain[i * r.n + j] = x[i];
  }
  for (std::size_t i = 0; i < r.n; ++i) {
    for (std::size_t j = 0; j < r.n; ++j) {
      double v = at(own + i, own + j);
      for (std::size_t k = 0; k < own; ++k) v -= at(own + i, k) * r.own_gain[k * r.n + j];
      r.information[i * r.n + j] = v;
    }
  }
  return r;
}

void JointBias::solve(std::int64_t now_ns) {
  std::vector<Reduced> reduced;
  std::erase_if(witnesses_, [&](const auto& entry) {
    return std::exp(-static_cast<double>(now_ns - entry.second.last_ns) * 1e-9 / config_.memory_s) < faded;
  });
  std::map<SensorId, std::size_t> rows;
  for (const auto& [sensor, radar] : radars_) rows.emplace(sensor, biases * rows.size());
  for (const auto& [key, w] : witnesses_) {
    if (w.looks < config_.least_looks) continue;
    const double age_s = std::max(0.0, static_cast<double>(now_ns - w.last_ns) * 1e-9);
    Reduced r = reduce(w, std::exp(-age_s / config_.memory_s));
    for (const SensorId s : r.sensors) r.rows.push_back(rows.at(s));
    r.shared = key >= shared_witness;
    reduced.push_back(std::move(r));
  }
  fix(reduced, true);
  // A range scale that is not significant only blurs the range.
  bool scale = false;
  for (auto& [sensor, radar] : radars_) {
    const auto& e = radar.estimate;
    if (std::abs(e.bias.range_scale) > config_.scale_sigmas * e.deviation.range_scale) scale = true;
  }
  if (!scale) fix(reduced, false);
}

// Weighs a witness by how it fits `theta`, and adds what it says to the normal equations.
void JointBias::add(Reduced& w, double cut, const std::vector<double>& theta, std::vector<double>& a,
                    std::vector<double>& b) {
  const std::size_t n = theta.size();
  // (1, -theta) of this witness: its quadratic form is the misfit.
  std::vector<double> x(w.n);
  std::vector<std::size_t> to(w.n);
  x[0] = 1.0;
  for (std::size_t s = 0; s < w.rows.size(); ++s) {
    for (std::size_t i = 0; i < biases; ++i) {
      to[1 + biases * s + i] = w.rows[s] + i;
      x[1 + biases * s + i] = -theta[w.rows[s] + i];
    }
  }
  double misfit = 0.0;
  for (std::size_t i = 0; i < w.n; ++i) {
    for (std::size_t j = 0; j < w.n; ++j) misfit += x[i] * w.information[i * w.n + j] * x[j];
  }
  const std::array<double, own> deviation{w.prior.along_m, w.prior.across_m, w.prior.age_s};
  double off = 0.0;
  for (std::size_t k = 0; k < own; ++k) {
    double v = 0.0;
    for (std::size_t i = 0; i < w.n; ++i) v += w.own_gain[k * w.n + i] * x[i];
    off = std::max(off, std::abs(v) / deviation[k]);
  }
  const double scatter = std::max(1.0, misfit / (2.0 * w.looks));
  w.weight = off < cut ? square(1.0 - square(off / cut)) / scatter : 0.0;
  if (w.weight == 0.0) return;
  for (std::size_t i = 1; i < w.n; ++i) {
    b[to[i]] += w.weight * w.information[i * w.n];
    for (std::size_t j = 1; j < w.n; ++j) a[to[i] * n + to[j]] += w.weight * w.information[i * w.n + j];
  }
}

void JointBias::fix(std::vector<Reduced>& witnesses, bool with_scale) {
  const std::size_t n = biases * radars_.size();
  if (n == 0) return;
  std::vector<double> prior(n);
  std::vector<double> mean(n, 0.0);
  std::size_t row = 0;
  for (const auto& [sensor, radar] : radars_) {
    const auto deviation = prior_of(radar);
    const auto about = as_array(radar.prior);
    for (std::size_t i = 0; i < biases; ++i) {
      prior[row + i] = deviation[i];
      mean[row + i] = about[i];
    }
    if (!with_scale) prior[row + of_scale] = no_scale;
    row += biases;
  }
  std::vector<double> theta(n);
  row = 0;
  for (const auto& [sensor, radar] : radars_) {
    const auto now = as_array(radar.estimate.deviation.range_m > 0.0 ? radar.estimate.bias : radar.prior);
    for (std::size_t i = 0; i < biases; ++i) theta[row + i] = now[i];
    row += biases;
  }
  std::vector<double> a(n * n);
  for (const double cut : cuts) {
    std::fill(a.begin(), a.end(), 0.0);
    std::vector<double> b(n);
    for (std::size_t i = 0; i < n; ++i) {
      a[i * n + i] = 1.0 / square(prior[i]);
      b[i] = mean[i] / square(prior[i]);
    }
    for (Reduced& w : witnesses) add(w, cut, theta, a, b);
    if (!factor(a, n)) return;
    theta = b;
    substitute(a, n, theta.data());
  }
  read_out(witnesses, theta, a, with_scale);
}

void JointBias::read_out(const std::vector<Reduced>& witnesses, const std::vector<double>& theta,
                         const std::vector<double>& a, bool with_scale) {
  const std::size_t n = theta.size();
  std::size_t row = 0;
  for (auto& [sensor, radar] : radars_) {
    std::array<double, biases> deviation{};
    for (std::size_t i = 0; i < biases; ++i) {
      std::vector<double> unit(n, 0.0);
      unit[row + i] = 1.0;
      substitute(a, n, unit.data());
      const double assumed = std::max(0.0, unit[row + i]);
      deviation[i] = std::sqrt(std::max(assumed, variance_shown(witnesses, theta, unit, assumed)));
    }
    auto& e = radar.estimate;
    if (!with_scale) deviation[of_scale] = e.deviation.range_scale;  // as the fit with a free scale found just before
    e = {as_bias(&theta[row]), as_bias(deviation.data())};
    for (const Reduced& w : witnesses) {
      if (std::find(w.sensors.begin(), w.sensors.end(), sensor) == w.sensors.end()) continue;
      if (w.weight == 0.0) {
        ++e.refused;
      } else {
        ++(w.shared ? e.shared : e.vessels);
      }
    }
    row += biases;
  }
  read_out_times(witnesses, theta, a);
}

void JointBias::read_out_times(const std::vector<Reduced>& witnesses, const std::vector<double>& theta,
                               const std::vector<double>& a) {
  const std::size_t n = theta.size();
  between_s_.clear();
  std::size_t first = of_time;
  for (auto i = radars_.begin(); i != radars_.end(); ++i, first += biases) {
    std::size_t second = first + biases;
    for (auto j = std::next(i); j != radars_.end(); ++j, second += biases) {
      std::vector<double> unit(n, 0.0);
      unit[first] = 1.0;
      unit[second] = -1.0;
      substitute(a, n, unit.data());
      const double assumed = std::max(0.0, unit[first] - unit[second]);
      between_s_[{i->first, j->first}] = std::sqrt(std::max(assumed, variance_shown(witnesses, theta, unit, assumed)));
    }
  }
}

double JointBias::time_deviation_between(SensorId a, SensorId b) const {
  const auto known = between_s_.find(std::minmax(a, b));
  return known == between_s_.end() ? 0.0 : known->second;
}

std::array<double, biases> JointBias::prior_of(const Radar& radar) const {
  const auto own_deviation = as_array(radar.prior_deviation);
  std::array<double, biases> out{config_.prior_range_m, config_.prior_bearing_deg * radians_per_degree,
                                 config_.prior_time_s, config_.prior_range_scale};
  for (std::size_t i = 0; i < biases; ++i) {
    if (own_deviation[i] > 0.0) out[i] = own_deviation[i];
  }
  return out;
}

BiasEstimate JointBias::estimate(SensorId sensor) const {
  const auto known = radars_.find(sensor);
  if (known != radars_.end() && known->second.estimate.deviation.range_m > 0.0) return known->second.estimate;
  const Radar radar = known != radars_.end() ? known->second : Radar{};
  BiasEstimate e;
  e.bias = radar.prior;
  e.deviation = as_bias(prior_of(radar).data());
  return e;
}

void JointBias::restart(SensorId sensor, const Bias& mean, const Bias& deviation) {
  std::erase_if(witnesses_, [&](const auto& entry) {
    const auto& s = entry.second.sensors;
    return std::find(s.begin(), s.end(), sensor.value()) != s.end();
  });
  radars_[sensor] = {mean, deviation, {}};
}

std::vector<SensorId> JointBias::sensors() const {
  std::vector<SensorId> out;
  for (const auto& [sensor, radar] : radars_) out.push_back(sensor);
  return out;
}

JointBias::Snapshot JointBias::snapshot() const {
  Snapshot s;
  s.witnesses = witnesses_;
  for (const auto& [sensor, radar] : radars_) s.radars[sensor.value()] = radar;
  return s;
}

void JointBias::restore(const Snapshot& snapshot) {
  witnesses_ = snapshot.witnesses;
  // A matrix that does not fit its radars is none of ours.
  std::erase_if(witnesses_, [](const auto& entry) { return !is_whole(entry.second); });
  radars_.clear();
  for (const auto& [sensor, radar] : snapshot.radars) radars_[SensorId(sensor)] = radar;
  for (const auto& [key, w] : witnesses_) {
    for (const std::uint16_t s : w.sensors) radars_.try_emplace(SensorId(s));
  }
}

}  // namespace headland::registration
