// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/enumerator.hpp"

#include <algorithm>

namespace headland::tracking {
namespace {

constexpr std::int16_t no_plot = -1;
// A shared plot k is written first_shared - k.
constexpr std::int16_t first_shared = -2;

constexpr std::uint32_t bit(std::size_t k) { return std::uint32_t{1} << k; }

}  // namespace

bool Enumerator::solve(const AssociationProblem& problem, const SharingProblem& sharing, AssociationResult& result,
                       SharingResult& shared) {
  if (problem.tracks > most_tracks || problem.plot_alone.size() > most_plots || sharing.shares.size() > 1000) {
    return false;
  }
  first_pair_.assign(problem.tracks + 1, problem.pairs.size());
  for (std::size_t k = problem.pairs.size(); k-- > 0;) first_pair_[problem.pairs[k].track] = k;
  for (std::size_t t = problem.tracks; t-- > 0;) first_pair_[t] = std::min(first_pair_[t], first_pair_[t + 1]);
  hypotheses_.clear();
  Hypothesis empty;
  empty.weight = 1.0;
  empty.choice.fill(no_plot);
  if (!expand(problem, sharing, 0, empty)) return false;
  keep_best();
  result.pair.assign(problem.pairs.size(), 0.0);
  result.track_none.assign(problem.tracks, 0.0);
  result.plot_none.assign(problem.plot_alone.size(), 1.0);
  result.rounds = 1;
  shared.share.assign(sharing.shares.size(), 0.0);
  shared.unresolved.assign(sharing.pairs.size(), 0.0);
  sum(problem, sharing, result, shared);
  for (std::size_t p = 0; p < sharing.pairs.size(); ++p) {
    const ClosePair& pair = sharing.pairs[p];
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) shared.unresolved[p] += shared.share[k];
  }
  return true;
}

bool Enumerator::expand(const AssociationProblem& problem, const SharingProblem& sharing, std::size_t track,
                        Hypothesis& at) {
  if (track == problem.tracks) {
    if (hypotheses_.size() >= most_hypotheses) return false;
    finish(sharing, at);
    return true;
  }
  if ((at.tracks & bit(track)) != 0) return expand(problem, sharing, track + 1, at);  // shares a plot already
  if (!expand(problem, sharing, track + 1, at)) return false;
  Hypothesis next = at;
  const auto take = [&](std::size_t plot, std::uint32_t tracks, double weight) {
    next.tracks = at.tracks | tracks;
    next.plots = at.plots | bit(plot);
    next.weight = at.weight * weight / problem.plot_alone[plot];
    return expand(problem, sharing, track + 1, next);
  };
  for (std::size_t k = first_pair_[track]; k < first_pair_[track + 1]; ++k) {
    const std::size_t plot = problem.pairs[k].plot;
    if ((at.plots & bit(plot)) != 0) continue;
    next.choice[track] = static_cast<std::int16_t>(k);
    if (!take(plot, bit(track), problem.pairs[k].weight)) return false;
  }
  next = at;
  for (const ClosePair& pair : sharing.pairs) {
    if (pair.a != track || (at.tracks & bit(pair.b)) != 0) continue;
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) {
      const std::size_t plot = sharing.shares[k].plot;
      if ((at.plots & bit(plot)) != 0) continue;
      next.choice[pair.a] = next.choice[pair.b] = static_cast<std::int16_t>(first_shared - static_cast<int>(k));
      if (!take(plot, bit(pair.a) | bit(pair.b), sharing.shares[k].weight)) return false;
    }
    next = at;
  }
  return true;
}

// Two plots of a close pair, or one of either alone, say that it was resolved.
void Enumerator::finish(const SharingProblem& sharing, const Hypothesis& at) {
  hypotheses_.push_back(at);
  double& weight = hypotheses_.back().weight;
  for (const ClosePair& pair : sharing.pairs) {
    if (at.choice[pair.a] >= 0 || at.choice[pair.b] >= 0) weight *= 1.0 - pair.unresolved;
  }
}

void Enumerator::keep_best() {
  std::stable_sort(hypotheses_.begin(), hypotheses_.end(), [](const Hypothesis& x, const Hypothesis& y) {
    if (x.tracks != y.tracks) return x.tracks < y.tracks;
    if (x.plots != y.plots) return x.plots < y.plots;
    return x.weight > y.weight;
  });
  const auto last = std::unique(hypotheses_.begin(), hypotheses_.end(), [](const Hypothesis& x, const Hypothesis& y) {
    return x.tracks == y.tracks && x.plots == y.plots;
  });
  hypotheses_.erase(last, hypotheses_.end());
}

void Enumerator::sum(const AssociationProblem& problem, const SharingProblem& sharing, AssociationResult& result,
                     SharingResult& shared) const {
  double total = 0.0;
  for (const Hypothesis& h : hypotheses_) total += h.weight;
  for (const Hypothesis& h : hypotheses_) {
    const double w = h.weight / total;
    std::uint32_t counted = 0;  // plots
    for (std::size_t t = 0; t < problem.tracks; ++t) {
      const std::int16_t c = h.choice[t];
      if (c == no_plot) {
        result.track_none[t] += w;
      } else if (c >= 0) {
        result.pair[static_cast<std::size_t>(c)] += w;
        result.plot_none[problem.pairs[static_cast<std::size_t>(c)].plot] -= w;
      } else if (const auto k = static_cast<std::size_t>(first_shared - c); (counted & bit(t)) == 0) {
        shared.share[k] += w;
        result.plot_none[sharing.shares[k].plot] -= w;
        for (std::size_t other = t + 1; other < problem.tracks; ++other) {
          if (h.choice[other] == c) counted |= bit(other);
        }
      }
    }
  }
}

}  // namespace headland::tracking
