// SPDX-License-Identifier: Apache-2.0
// A million updates of tracks by whatever plots: no covariance may lose its positiveness.
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"
#include "core/tracking/filter/updater.hpp"

namespace headland::tracking {
namespace {

constexpr std::uint64_t update_count = 1'000'000;  // of tracks: each is of three to seven models
constexpr int updates_of_a_track = 100;
// Who may be anywhere within so much is no track any more. A plot good to a centimetre of one that may be anywhere
// within 100 km loses the sixteen digits of a double: of a million such two were negative.
constexpr double widest_m = 10'000.0;
constexpr std::size_t most_plots = 4;

bool positive(const Gaussian& g) {
  // Block by block: the position's, and what is left of the velocity's when the position is known.
  if (!(g.pp(0, 0) > 0.0) || !(determinant(g.pp) > 0.0)) return false;
  const Matrix2 left = g.vv - g.pv.transpose() * inverse(g.pp) * g.pv;
  return left(0, 0) > 0.0 && determinant(left) > 0.0;
}

bool all_positive(const Bernoulli& track) {
  for (std::size_t m = 0; m < track.used_motions(); ++m) {
    if (!positive(track.modes[m])) return false;
  }
  return track.weight[transient_model] <= 0.0 || positive(track.modes[transient_model]);
}

// How often each kind of update was made.
struct Kinds {
  std::uint64_t all = 0, missed = 0, by_one = 0, by_several = 0, late = 0, shared = 0, radial = 0, first = 0,
                transient = 0;
};

Bernoulli new_track(Random& random) {
  Bernoulli track;
  track.weight[0] = 0.7;
  track.weight[1] = 0.2;
  track.weight[2] = 0.1;
  for (auto& g : track.modes) {
    g.pp = std::exp(random.uniform(-4.0, 17.0)) * Matrix2::Identity();
    g.vv = 81.0 * Matrix2::Identity();
  }
  if (random.uniform() < 0.5) {  // it may be no vessel
    track.weight = {0.3, 0.1, 0.1};
    track.weight[transient_model] = 0.5;
    track.modes[transient_model].vv = Matrix2::Identity();
  }
  return track;
}

RadialSight any_sight(Random& random, double aim) {
  using Kind = RadialSight::Kind;
  constexpr std::array<Kind, 4> kinds{Kind::approaching, Kind::receding, Kind::slow, Kind::speed};
  RadialSight sight;
  sight.kind = kinds[random.below(kinds.size())];
  sight.aim = aim;
  sight.speed_mps = random.uniform(-30.0, 30.0);
  sight.bound_mps = std::exp(random.uniform(-3.0, 2.0));
  return sight;
}

// Good to centimetres or to kilometres, as near to the track as it is in doubt; some of before the track's time, as a
// late sector's are, some with a Doppler, some half another track's.
PlacedPlot any_plot(Random& random, const Prediction& p, bool late) {
  PlacedPlot plot;
  const double angle = random.uniform(0.0, 6.28);
  const Vector2 along(std::sin(angle), std::cos(angle));
  const Vector2 across(along(1), -along(0));
  const double r2 = std::exp(random.uniform(-9.0, 14.0));
  const double c2 = std::exp(random.uniform(-9.0, 14.0));
  plot.noise = r2 * along * along.transpose() + c2 * across * across.transpose();
  if (late) plot.time = Timestamp{} - to_duration(Seconds(random.uniform(0.0, 5.0)));
  const double back_s = to_seconds(plot.time - Timestamp{}).value();
  plot.position = p.mean.position + back_s * p.mean.velocity +
                  std::sqrt(p.mean.pp.trace()) * Vector2(random.normal(), random.normal());
  if (random.uniform() < 0.2) {  // as of two vessels: twice the plot, less where the other is
    plot.shared = true;
    plot.position = 2.0 * plot.position - p.mean.position;
    plot.noise = 4.0 * plot.noise + std::exp(random.uniform(-2.0, 9.0)) * Matrix2::Identity();
  }
  if (random.uniform() < 0.1) plot.radial = any_sight(random, angle);
  return plot;
}

struct Plots {
  std::array<PlacedPlot, most_plots> placed;
  std::array<Candidate, most_plots> candidates;
  std::vector<WeightedCandidate> weighted;
  double none = 1.0;
};

void look(Random& random, const Prediction& p, Plots& plots) {
  plots.weighted.clear();
  const bool late = random.uniform() < 0.3;
  double sum = plots.none = random.uniform() < 0.3 ? 1e-9 : random.uniform();  // sure, or in doubt
  for (std::size_t n = random.below(most_plots); n > 0; --n) {
    PlacedPlot& plot = plots.placed[n] = any_plot(random, p, late);
    if (!gate(p, Timestamp{}, plot, 6.0, plots.candidates[n])) continue;
    plots.weighted.push_back({&plots.candidates[n], &plot, random.uniform()});
    sum += plots.weighted.back().probability;
  }
  plots.none /= sum;
  for (WeightedCandidate& w : plots.weighted) w.probability /= sum;
}

void count(const Prediction& p, const Plots& plots, Kinds& kinds) {
  ++kinds.all;
  const std::size_t n = plots.weighted.size();
  ++(n == 0 ? kinds.missed : n == 1 ? kinds.by_one : kinds.by_several);
  const auto any = [&](auto what) {
    for (const WeightedCandidate& w : plots.weighted) {
      if (what(*w.plot)) return 1U;
    }
    return 0U;
  };
  kinds.late += any([](const PlacedPlot& plot) { return plot.time < Timestamp{}; });
  kinds.shared += any([](const PlacedPlot& plot) { return plot.shared; });
  kinds.radial += any([](const PlacedPlot& plot) { return plot.radial.is_told(); });
  if (p.motions == first_motions) ++kinds.first;
  if (p.weight[transient_model] > 0.0) ++kinds.transient;
}

TEST(Covariances, StayPositiveDefiniteInAMillionRandomUpdates) {
  Random random(1);
  const Predictor predictor{TrackerConfig{}};
  Prediction p;
  Plots plots;
  Bernoulli track;
  Kinds kinds;
  for (int left = 0; kinds.all < update_count; --left) {
    if (left <= 0 || p.mean.pp.trace() > widest_m * widest_m) {
      left = updates_of_a_track;
      track = new_track(random);
    }
    predictor.predict(track, std::exp(random.uniform(-4.0, 4.0)), p);
    p.transient_goes_on = random.uniform(0.01, 1.0);
    look(random, p, plots);
    update(p, plots.weighted, plots.none, track);
    count(p, plots, kinds);
    ASSERT_TRUE(all_positive(track)) << "after update " << kinds.all;
  }
  // Each kind was among them.
  EXPECT_EQ(kinds.all, update_count);
  EXPECT_EQ(kinds.missed + kinds.by_one + kinds.by_several, update_count);
  for (const std::uint64_t n : {kinds.missed, kinds.by_one, kinds.by_several, kinds.late, kinds.shared, kinds.radial}) {
    EXPECT_GT(n, update_count / 20) << "of " << kinds.missed << " " << kinds.by_one << " " << kinds.by_several << " "
                                    << kinds.late << " " << kinds.shared << " " << kinds.radial;
  }
  EXPECT_GT(kinds.first, 10'000U);
  EXPECT_GT(kinds.transient, 10'000U);
}

}  // namespace
}  // namespace headland::tracking
