// SPDX-License-Identifier: Apache-2.0
// Enumerator: the joint hypotheses of a small cluster one by one, where tracks share plots.
//
// Two things that belief propagation cannot do. Of hypotheses that give the same plots to the same tracks in
// another order only the best is kept, so that neighbours do not run together (JPDA*: Blom and Bloem 2000). And two
// vessels within beam and pulse of one another may give one plot between them (Svensson, Ulmke, Hammarstrand 2012:
// a probability of being unresolved that falls with their distance).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/tracking/filter/associator.hpp"

namespace headland::tracking {

// Two tracks of the cluster that may be one plot.
struct ClosePair {
  std::size_t a = 0;
  std::size_t b = 0;            // > a
  double unresolved = 0.0;      // probability that they are, before the plots
  std::size_t first_share = 0;  // its plots: [first_share, last_share) of `shares`
  std::size_t last_share = 0;
  double near = 0.0;  // that two points there are unresolved, relative to two at one place
};

struct SharedPlot {
  std::size_t plot = 0;
  double weight = 0.0;  // like AssociationProblem::Pair::weight, of both tracks together; per m^2
};

struct SharingProblem {
  std::vector<ClosePair> pairs;
  std::vector<SharedPlot> shares;
};

struct SharingResult {
  std::vector<double> share;       // probability of each shared plot
  std::vector<double> unresolved;  // of each close pair, given the plots
};

class Enumerator {
 public:
  static constexpr std::size_t most_tracks = 8;
  static constexpr std::size_t most_plots = 32;
  static constexpr std::size_t most_hypotheses = 4000;

  // False where the cluster is too large: nothing is said then.
  bool solve(const AssociationProblem& problem, const SharingProblem& sharing, AssociationResult& result,
             SharingResult& shared);

 private:
  struct Hypothesis {
    std::uint32_t tracks = 0;  // that have a plot
    std::uint32_t plots = 0;   // that are a track's
    double weight = 0.0;
    std::array<std::int16_t, most_tracks> choice{};  // index of a pair, none, or a shared plot (see .cpp)
  };
  bool expand(const AssociationProblem& problem, const SharingProblem& sharing, std::size_t track, Hypothesis& at);
  void finish(const SharingProblem& sharing, const Hypothesis& at);
  void keep_best();
  void sum(const AssociationProblem& problem, const SharingProblem& sharing, AssociationResult& result,
           SharingResult& shared) const;

  std::vector<Hypothesis> hypotheses_;
  std::vector<std::size_t> first_pair_;  // of each track
};

}  // namespace headland::tracking
