// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/associator.hpp"

#include <algorithm>
#include <cmath>

namespace headland::tracking {
namespace {
constexpr std::uint32_t most_rounds = 200;
constexpr double tolerance = 1e-7;
}  // namespace

void Associator::solve(const AssociationProblem& problem, AssociationResult& result) {
  const std::size_t n = problem.pairs.size();
  if (n == 0) {
    result.pair.clear();
    result.track_none.assign(problem.tracks, 1.0);
    result.plot_none.assign(problem.plot_alone.size(), 1.0);
    result.rounds = 1;
    result.settled = true;
    return;
  }
  // Messages are kept relative to plot_alone, so that all numbers stay near one.
  to_plot_.assign(n, 0.0);
  to_track_.assign(n, 1.0);
  result.rounds = 0;
  double change = 1.0;
  const auto weight = [&](std::size_t k) {
    return problem.pairs[k].weight / problem.plot_alone[problem.pairs[k].plot];
  };
  while (change > tolerance && result.rounds < most_rounds) {
    ++result.rounds;
    change = 0.0;
    track_sum_.assign(problem.tracks, 1.0);
    for (std::size_t k = 0; k < n; ++k) track_sum_[problem.pairs[k].track] += weight(k) * to_track_[k];
    plot_sum_.assign(problem.plot_alone.size(), 1.0);
    for (std::size_t k = 0; k < n; ++k) {
      const double own = weight(k) * to_track_[k];
      // The rest is summed afresh where the difference would lose its digits.
      double rest = track_sum_[problem.pairs[k].track] - own;
      if (rest < 1e-6 * own) {
        rest = 1.0;
        for (std::size_t j = 0; j < n; ++j) {
          if (j != k && problem.pairs[j].track == problem.pairs[k].track) rest += weight(j) * to_track_[j];
        }
      }
      to_plot_[k] = weight(k) / rest;
      plot_sum_[problem.pairs[k].plot] += to_plot_[k];
    }
    for (std::size_t k = 0; k < n; ++k) {
      double rest = plot_sum_[problem.pairs[k].plot] - to_plot_[k];
      if (rest < 1e-6 * to_plot_[k]) {
        rest = 1.0;
        for (std::size_t j = 0; j < n; ++j) {
          if (j != k && problem.pairs[j].plot == problem.pairs[k].plot) rest += to_plot_[j];
        }
      }
      const double next = 1.0 / rest;
      change = std::max(change, std::abs(next - to_track_[k]));
      to_track_[k] = next;
    }
  }
  result.settled = change <= tolerance;
  track_sum_.assign(problem.tracks, 1.0);
  for (std::size_t k = 0; k < n; ++k) track_sum_[problem.pairs[k].track] += weight(k) * to_track_[k];
  result.pair.resize(n);
  for (std::size_t k = 0; k < n; ++k) result.pair[k] = weight(k) * to_track_[k] / track_sum_[problem.pairs[k].track];
  result.track_none.resize(problem.tracks);
  for (std::size_t t = 0; t < problem.tracks; ++t) result.track_none[t] = 1.0 / track_sum_[t];
  result.plot_none.resize(problem.plot_alone.size());
  for (std::size_t p = 0; p < problem.plot_alone.size(); ++p) result.plot_none[p] = 1.0 / plot_sum_[p];
}

}  // namespace headland::tracking
