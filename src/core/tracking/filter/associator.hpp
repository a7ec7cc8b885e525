// SPDX-License-Identifier: Apache-2.0
// Associator: the probability that each plot of a cluster is each track's.
//
// Marginal association probabilities by loopy belief propagation (Williams and Lau, IEEE TAES 50(4),
// 2014, algorithm of fig. 3), exact where the graph of tracks and plots has no loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace headland::tracking {

// A cluster: tracks 0..n-1 and plots 0..m-1, and the pairs that may belong together.
struct AssociationProblem {
  struct Pair {
    std::size_t track;
    std::size_t plot;
    double weight;  // existence * detection * likelihood / (1 - existence * detection), per m^2
  };
  std::vector<Pair> pairs;
  std::vector<double> plot_alone;  // density of clutter and new vessels at each plot, per m^2, > 0
  std::size_t tracks = 0;
};

struct AssociationResult {
  std::vector<double> pair;        // probability of each pair
  std::vector<double> track_none;  // that the track has no plot
  std::vector<double> plot_none;   // that the plot is no track's of these
  std::uint32_t rounds = 0;
  bool settled = true;  // false: the last round was done before the probabilities came to rest
};

class Associator {
 public:
  void solve(const AssociationProblem& problem, AssociationResult& result);

 private:
  std::vector<double> to_plot_, to_track_, track_sum_, plot_sum_;
};

}  // namespace headland::tracking
