// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/integration/score_kernels.hpp"

namespace headland::integration {

void advance_scores_scalar(const ScoreRun& run) {
  for (std::uint32_t k = 0; k < run.cells; ++k) {
    int score = 0;
    for (const Origin& origin : run.origins) score = std::max(score, origin.scores[k] - origin.cost);
    score = std::max(std::min(score + run.gain[k], 255) - run.loss[k], 0);
    run.to[k] = static_cast<std::uint8_t>(std::min(score, int{run.cap}));
    run.best[k] = std::max(run.best[k], static_cast<std::uint8_t>(score));
  }
}

}  // namespace headland::integration
