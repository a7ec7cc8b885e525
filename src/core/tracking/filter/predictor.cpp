// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/predictor.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

// Where the chain goes when it leaves a model. A manoeuvre never ends on the calm course at once: the lively model
// follows it for a minute or so and forgets what was before, so that the calm one, which forgets next to nothing, takes
// over a velocity of the new course only (a course of some age: semi-Markov).
constexpr std::array<std::array<double, motion_count>, motion_count> leave_to{{
    {0.0, 0.30, 0.35, 0.15, 0.15, 0.05},
    {0.75, 0.0, 0.10, 0.05, 0.05, 0.05},
    {0.0, 0.50, 0.0, 0.25, 0.25, 0.0},
    {0.0, 0.50, 0.40, 0.0, 0.10, 0.0},
    {0.0, 0.50, 0.40, 0.10, 0.0, 0.0},
    {0.0, 0.50, 0.50, 0.0, 0.0, 0.0},
}};
// Mean times in the models but the first, s.
constexpr std::array<double, motion_count> mean_stay_s{0.0, 60.0, 20.0, 20.0, 20.0, 1000.0};

// At anchor or adrift: the velocity comes back to nothing within this time, and is this much on each axis.
constexpr double stopped_time_s = 20.0;
constexpr double stopped_speed_mps = 0.3;

// Craft of some 30 knots and more change course every few minutes; beyond some 50 they are ferries, which do not.
constexpr double boat_turns_per_s = 0.0045;
constexpr double boat_speed_mps = 14.0;
constexpr double ferry_speed_mps = 26.0;

// The course of a steered ship swings: 0.7 of a degree, within a minute; its speed by far less. m^2/s^3 across the
// course and along it, for each m^2/s^2; what is faster than a boat is taken for as fast.
constexpr double steering_across = 2.5e-6;
constexpr double steering_along = 2.5e-7;

constexpr double drift_noise = 0.01;  // m^2/s^3, of a transient

// Rate of leaving a straight course, 1/s, that comes on top for a craft of this speed.
double boat_rate(double speed2) {
  const auto fourth = [](double x) { return x * x * x * x; };
  const double boat = fourth(speed2 / (boat_speed_mps * boat_speed_mps));
  const double ferry = fourth(speed2 / (ferry_speed_mps * ferry_speed_mps));
  return boat_turns_per_s * boat / ((1.0 + boat) * (1.0 + ferry));
}

// Second moments of a mixture about its mean.
class Spread {
 public:
  Spread(Two position, Two velocity) : position_(position), velocity_(velocity) {}
  void add(const Gaussian& part, double weight) {
    const Two dp = load_two(part.position.data()) - position_;
    const Two dv = load_two(part.velocity.data()) - velocity_;
    pp_.add(weight, part.pp, dp, dp);
    pv_.add(weight, part.pv, dp, dv);
    vv_.add(weight, part.vv, dv, dv);
  }
  void store(Gaussian& to) const {
    pp_.store(to.pp);
    pv_.store(to.pv);
    vv_.store(to.vv);
    to.pp(1, 0) = to.pp(0, 1);
    to.vv(1, 0) = to.vv(0, 1);
  }

 private:
  Two position_;
  Two velocity_;
  TwoColumns pp_, pv_, vv_;
};

// White acceleration of density `q` along one direction only, beside what move() adds.
void swing(Gaussian& g, double dt, double q, const Vector2& direction) {
  if (dt <= 0.0) return;
  const Matrix2 only = direction * direction.transpose();
  g.pp += (q * dt * dt * dt / 3.0) * only;
  g.pv += (q * dt * dt / 2.0) * only;
  g.vv += (q * dt) * only;
}

}  // namespace

Gaussian moments(const std::array<double, model_count>& weight, const std::array<Gaussian, model_count>& modes,
                 std::size_t motions) {
  double total = 0.0;
  for (std::size_t k = 0; k < motions; ++k) total += weight[k];
  const double inv = 1.0 / total;
  Two position{}, velocity{};
  for (std::size_t k = 0; k < motions; ++k) {
    const double share = inv * weight[k];
    position += share * load_two(modes[k].position.data());
    velocity += share * load_two(modes[k].velocity.data());
  }
  Gaussian out;
  store_two(position, out.position.data());
  store_two(velocity, out.velocity.data());
  Spread spread(position, velocity);
  for (std::size_t k = 0; k < motions; ++k) spread.add(modes[k], inv * weight[k]);
  spread.store(out);
  return out;
}

void move(Gaussian& g, double dt, double q, double turn_rate) {
  if (dt <= 0.0) return;
  const double q3 = q * dt * dt * dt / 3.0;
  const double q2 = q * dt * dt / 2.0;
  const double q1 = q * dt;
  if (turn_rate == 0.0) {
    g.position += dt * g.velocity;
    g.pp += dt * (g.pv + g.pv.transpose()) + dt * dt * g.vv;
    g.pv += dt * g.vv;
  } else {
    const double angle = turn_rate * dt;
    const double s = std::sin(angle);
    const double c = std::cos(angle);
    const double a = s / turn_rate;
    const double b = (1.0 - c) / turn_rate;
    Matrix2 drift;  // clockwise: east gains from north
    drift << a, b, -b, a;
    Matrix2 turn;
    turn << c, s, -s, c;
    g.position += drift * g.velocity;
    g.velocity = turn * g.velocity;
    const Matrix2 av = drift * g.vv;
    const Matrix2 pva = g.pv * drift.transpose();
    g.pp += pva + pva.transpose() + av * drift.transpose();
    g.pv = (g.pv + av) * turn.transpose();
    g.vv = turn * g.vv * turn.transpose();
  }
  g.pp(0, 0) += q3;
  g.pp(1, 1) += q3;
  g.pv(0, 0) += q2;
  g.pv(1, 1) += q2;
  g.vv(0, 0) += q1;
  g.vv(1, 1) += q1;
  symmetrise(g.pp);
  symmetrise(g.vv);
}

// Ornstein-Uhlenbeck process of the velocity (Bar-Shalom, Li, Kirubarajan 2001, 8.2.3, with no drift).
void settle(Gaussian& g, double dt) {
  if (dt <= 0.0) return;
  const double keep = std::exp(-dt / stopped_time_s);
  const double reach = stopped_time_s * (1.0 - keep);
  constexpr double variance = stopped_speed_mps * stopped_speed_mps;
  g.position += reach * g.velocity;
  g.velocity *= keep;
  g.pp += reach * (g.pv + g.pv.transpose()) + reach * reach * g.vv;
  g.pv = keep * (g.pv + reach * g.vv);
  g.vv *= keep * keep;
  const double drift = 2.0 * dt - stopped_time_s * (3.0 - 4.0 * keep + keep * keep);  // over the time
  g.pp += (variance * stopped_time_s * drift) * Matrix2::Identity();
  g.pv += (variance * stopped_time_s * (1.0 - keep) * (1.0 - keep)) * Matrix2::Identity();
  g.vv += (variance * (1.0 - keep * keep)) * Matrix2::Identity();
  symmetrise(g.pp);
  symmetrise(g.vv);
}

Predictor::Predictor(const TrackerConfig& config)
    : models_{{{config.calm_noise_m2_s3, 0.0},
               {config.lively_noise_m2_s3, 0.0},
               {config.agile_noise_m2_s3, 0.0},
               {config.turn_noise_m2_s3, config.turn_rate_deg_s * std::numbers::pi / 180.0},
               {config.turn_noise_m2_s3, -config.turn_rate_deg_s * std::numbers::pi / 180.0}}},
      calm_stay_s_(config.model_stay_s) {}

void Predictor::mix(const Bernoulli& track, double dt, Prediction& out) const {
  std::array<double, motion_count> stay{};
  for (std::size_t i = 0; i < motion_count; ++i) {
    const double rate =
        i == 0 ? 1.0 / calm_stay_s_ + boat_rate(track.modes[0].velocity.squaredNorm()) : 1.0 / mean_stay_s[i];
    const bool as_before = i > 1 && mean_stay_s[i] == mean_stay_s[i - 1];
    stay[i] = as_before ? stay[i - 1] : std::exp(-std::max(dt, 0.0) * rate);
  }
  for (std::size_t j = 0; j < motion_count; ++j) {
    std::array<double, motion_count> w{};
    double total = 0.0;
    for (std::size_t i = 0; i < motion_count; ++i) {
      if (i != j && leave_to[i][j] == 0.0) continue;
      w[i] = track.weight[i] * (i == j ? stay[i] : (1.0 - stay[i]) * leave_to[i][j]);
      total += w[i];
    }
    out.weight[j] = total;
    Gaussian& mixed = out.modes[j];
    if (total <= 0.0) {
      mixed = track.modes[j];
      continue;
    }
    Two position{}, velocity{};
    for (std::size_t i = 0; i < motion_count; ++i) {
      if (w[i] == 0.0) continue;
      w[i] /= total;
      position += w[i] * load_two(track.modes[i].position.data());
      velocity += w[i] * load_two(track.modes[i].velocity.data());
    }
    store_two(position, mixed.position.data());
    store_two(velocity, mixed.velocity.data());
    Spread spread(position, velocity);
    for (std::size_t i = 0; i < motion_count; ++i) {
      if (w[i] > 1e-6) spread.add(track.modes[i], w[i]);
    }
    spread.store(mixed);
  }
}

void Predictor::predict(const Bernoulli& track, double dt, Prediction& out) const {
  out.motions = track.used_motions();
  out.transient_goes_on = 1.0;
  out.weight[transient_model] = track.weight[transient_model];
  if (track.weight[transient_model] > 0.0) {
    out.modes[transient_model] = track.modes[transient_model];
    move(out.modes[transient_model], dt, drift_noise, 0.0);
  }
  if (!track.spread) {
    std::fill_n(out.weight.begin(), motion_count, 0.0);
    for (std::size_t k = 0; k < first_motions; ++k) {
      out.weight[k] = track.weight[k];
      // Of a snapshot of before there were three, the third is nothing.
      out.modes[k] = track.weight[k] > 0.0 ? track.modes[k] : track.modes[0];
      move(out.modes[k], dt, k == 1 ? models_[1].noise : models_[2].noise, 0.0);
    }
    out.mean = moments(out.weight, out.modes, out.motions);
    return;
  }
  mix(track, dt, out);
  const Vector2 course = out.modes[0].velocity;
  const double speed2 = course.squaredNorm();
  const double steered = std::min(speed2, boat_speed_mps * boat_speed_mps);
  for (std::size_t k = 0; k < stopped_model; ++k) {
    move(out.modes[k], dt, models_[k].noise + (k == 0 ? steering_along * steered : 0.0), models_[k].turn_rate);
  }
  if (speed2 > 0.0) {
    const Vector2 across = Vector2(course(1), -course(0)) / std::sqrt(speed2);
    swing(out.modes[0], dt, (steering_across - steering_along) * steered, across);
  }
  settle(out.modes[stopped_model], dt);
  out.mean = moments(out.weight, out.modes, out.motions);
}

}  // namespace headland::tracking
