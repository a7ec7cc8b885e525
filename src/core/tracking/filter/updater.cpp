// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/updater.hpp"

#include <algorithm>

#include "core/tracking/filter/correct.hpp"

namespace headland::tracking {
namespace {

constexpr double least_share = 1e-5;   // of a component that is worth its arithmetic
constexpr double least_weight = 1e-6;  // of a model, so that it can come back

// Shares with which the models begin once a track has a second plot.
constexpr std::array<double, motion_count> first_weight{0.80, 0.05, 0.07, 0.04, 0.04, 0.0};

// Of what is slow: stopped.
constexpr double stopped_share = 0.05;

constexpr double least_transient = 1e-4;  // below, it is no transient

struct Joint {
  Two position{};
  Two velocity{};
  TwoColumns pp, pv, vv;
  double weight = 0.0;
  void add(const Gaussian& g, double w) {
    const Two p = load_two(g.position.data());
    const Two v = load_two(g.velocity.data());
    position += w * p;
    velocity += w * v;
    pp.add(w, g.pp, p, p);
    pv.add(w, g.pv, p, v);
    vv.add(w, g.vv, v, v);
    weight += w;
  }
  [[nodiscard]] Gaussian get() const {
    Gaussian g;
    const double inv = 1.0 / weight;
    store_two(inv * position, g.position.data());
    store_two(inv * velocity, g.velocity.data());
    pp.store(g.pp);
    pv.store(g.pv);
    vv.store(g.vv);
    g.pp = inv * g.pp - g.position * g.position.transpose();
    g.pv = inv * g.pv - g.position * g.velocity.transpose();
    g.vv = inv * g.vv - g.velocity * g.velocity.transpose();
    symmetrise(g.pp);
    symmetrise(g.vv);
    return g;
  }
};

// One model. Sums are taken about its prediction, so that squares of far positions do not cancel.
double update_model(const Prediction& prediction, std::size_t m, const std::vector<WeightedCandidate>& plots,
                    double none, Gaussian& out) {
  const Gaussian& prior = prediction.modes[m];
  if (plots.empty() && none == 1.0) {
    out = prior;
    return none;
  }
  Gaussian centred = prior;
  centred.position.setZero();
  centred.velocity.setZero();
  Joint joint;
  double total = none;
  if (none > least_share) joint.add(centred, none);
  for (const WeightedCandidate& c : plots) {
    const double w = c.probability * c.candidate->by_model[m] / c.candidate->likelihood;
    total += w;
    if (w < least_share) continue;
    Gaussian g = correct(centred, c.candidate->residual_of_position - prior.position, c.plot->noise);
    if (c.plot->radial.is_told()) {
      g.velocity += prior.velocity;  // what is told is of the velocity itself
      (void)take_radial(c.plot->radial, g);
      g.velocity -= prior.velocity;
    }
    joint.add(g, w);
  }
  if (joint.weight <= 0.0) {
    out = prior;
    return total;
  }
  out = joint.get();
  out.position += prior.position;
  out.velocity += prior.velocity;
  return total;
}

// A velocity is known now: the models part. What is slow is stopped or goes on calmly, and what is steady calmly.
void spread(Bernoulli& track) {
  const double under_way = track.weight[0] + track.weight[2];
  const double slow = track.weight[1];
  const Gaussian any = track.modes[0];
  Joint calm;
  const auto centred = [&](Gaussian g) {
    g.position -= any.position;
    g.velocity -= any.velocity;
    return g;
  };
  calm.add(centred(any), track.weight[0] * first_weight[0] + 1e-12);
  calm.add(centred(track.modes[2]), track.weight[2] * first_weight[0]);
  calm.add(centred(track.modes[1]), slow * (1.0 - stopped_share));
  track.modes[stopped_model] = track.modes[1];
  for (std::size_t m = 0; m < stopped_model; ++m) {
    track.modes[m] = any;
    track.weight[m] = under_way * first_weight[m];
  }
  track.modes[0] = calm.get();
  track.modes[0].position += any.position;
  track.modes[0].velocity += any.velocity;
  track.weight[0] += slow * (1.0 - stopped_share);
  track.weight[stopped_model] = slow * stopped_share;
  track.spread = true;
}

}  // namespace

void update(const Prediction& prediction, const std::vector<WeightedCandidate>& plots, double none, Bernoulli& track) {
  double total = 0.0;
  for (std::size_t m = 0; m < prediction.motions; ++m) {
    track.weight[m] = prediction.weight[m] * update_model(prediction, m, plots, none, track.modes[m]);
    total += track.weight[m];
  }
  double& transient = track.weight[transient_model];
  if (prediction.weight[transient_model] > 0.0) {
    transient = prediction.weight[transient_model] *
                update_model(prediction, transient_model, plots, none, track.modes[transient_model]);
    if (transient < least_transient * total) transient = 0.0;
  }
  const double least = least_weight * total;
  for (std::size_t m = 0; m < prediction.motions; ++m) {
    if (prediction.weight[m] > 0.0) track.weight[m] = std::max(track.weight[m], least);
  }
  total += transient;
  for (std::size_t m = 0; m < prediction.motions; ++m) track.weight[m] /= total;
  transient /= total;
  if (prediction.motions == first_motions && none < 0.5) spread(track);
}

}  // namespace headland::tracking
