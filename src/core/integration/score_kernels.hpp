// SPDX-License-Identifier: Apache-2.0
// One step of dynamic programming for a run of cells of one velocity. Scores are logarithms of likelihood ratios in
// quarters (EvidenceTable), 0 where a path begins. A vector form and its plain twin, equal cell for cell.
#pragma once

#include <cstdint>
#include <span>

namespace headland::integration {

// Where a path can have come from: the score of cell k lies at scores[k]; a change of course or place costs `cost`.
struct Origin {
  const std::uint8_t* scores;
  std::uint8_t cost;
};

// For k in 0 .. cells - 1, all saturating:
//   score   = max(max over origins of (scores[k] - cost), 0) + gain[k] - loss[k]
//   to[k]   = min(score, cap)
//   best[k] = max(best[k], score): of paths that reached the cap, those that show in this turn stand out
struct ScoreRun {
  std::span<const Origin> origins;
  const std::uint8_t* gain;
  const std::uint8_t* loss;
  std::uint8_t cap;
  std::uint8_t* to;
  std::uint8_t* best;
  std::uint32_t cells;
};

void advance_scores(const ScoreRun& run);
void advance_scores_scalar(const ScoreRun& run);

}  // namespace headland::integration
