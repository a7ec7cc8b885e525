// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/filter/partial_enumerator.hpp"

namespace headland::tracking {
namespace {

constexpr auto left_out = static_cast<std::size_t>(-1);

}  // namespace

bool enumerate_some(Enumerator& enumerator, const AssociationProblem& problem, const SharingProblem& sharing,
                    const std::vector<bool>& kept, AssociationResult& result, SharingResult& shared) {
  std::vector<double> wanted(problem.plot_alone.size(), 1.0);  // by clutter and those that are left out, relative
  std::vector<std::size_t> plot_at(problem.plot_alone.size(), left_out);
  std::vector<std::size_t> track_at(problem.tracks, left_out);
  AssociationProblem part;
  for (std::size_t t = 0; t < problem.tracks; ++t) {
    if (kept[t]) track_at[t] = part.tracks++;
  }
  for (std::size_t k = 0; k < problem.pairs.size(); ++k) {
    if (!kept[problem.pairs[k].track]) wanted[problem.pairs[k].plot] += result.claim[k];
  }
  const auto plot_of = [&](std::size_t plot) {
    if (plot_at[plot] == left_out) {
      plot_at[plot] = part.plot_alone.size();
      part.plot_alone.push_back(problem.plot_alone[plot] * wanted[plot]);
    }
    return plot_at[plot];
  };
  std::vector<std::size_t> pair_of;
  for (std::size_t k = 0; k < problem.pairs.size(); ++k) {
    const AssociationProblem::Pair& pair = problem.pairs[k];
    if (!kept[pair.track]) continue;
    part.pairs.push_back({track_at[pair.track], plot_of(pair.plot), pair.weight});
    pair_of.push_back(k);
  }
  SharingProblem shares = sharing;
  for (ClosePair& pair : shares.pairs) {
    pair.a = track_at[pair.a];
    pair.b = track_at[pair.b];
  }
  for (SharedPlot& share : shares.shares) share.plot = plot_of(share.plot);
  AssociationResult found;
  if (!enumerator.solve(part, shares, found, shared)) return false;
  for (std::size_t k = 0; k < pair_of.size(); ++k) result.pair[pair_of[k]] = found.pair[k];
  for (std::size_t t = 0; t < problem.tracks; ++t) {
    if (kept[t]) result.track_none[t] = found.track_none[track_at[t]];
  }
  for (std::size_t p = 0; p < wanted.size(); ++p) {
    const double none = plot_at[p] == left_out ? 1.0 : found.plot_none[plot_at[p]];
    result.plot_none[p] = none / wanted[p];
  }
  return true;
}

}  // namespace headland::tracking
