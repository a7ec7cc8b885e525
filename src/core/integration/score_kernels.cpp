// SPDX-License-Identifier: Apache-2.0
// The vector form of score_kernels.hpp, compiled once for each kind of processor and chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/integration/score_kernels.cpp"
#include "core/integration/score_kernels.hpp"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace headland::integration {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
// Runs begin at odd places: wider registers would take each read from two cache lines.
using Scores = hn::CappedTag<std::uint8_t, 32>;

HWY_INLINE void advance_at(const ScoreRun& run, std::size_t k) {
  const Scores d;
  auto score = hn::Zero(d);
  for (const Origin& origin : run.origins) {
    score = hn::Max(score, hn::SaturatedSub(hn::LoadU(d, origin.scores + k), hn::Set(d, origin.cost)));
  }
  score = hn::SaturatedSub(hn::SaturatedAdd(score, hn::LoadU(d, run.gain + k)), hn::LoadU(d, run.loss + k));
  hn::StoreU(hn::Min(score, hn::Set(d, run.cap)), d, run.to + k);
  hn::StoreU(hn::Max(score, hn::LoadU(d, run.best + k)), d, run.best + k);
}

void advance(const ScoreRun& of) {
  const ScoreRun run = of;
  const std::size_t lanes = hn::Lanes(Scores());
  if (run.cells < lanes) return advance_scores_scalar(run);
  std::size_t k = 0;
  for (; k + lanes <= run.cells; k += lanes) advance_at(run, k);
  // What is left: the last vector once more, ending with the run. Origins are another turn's, so nothing is read that
  // was written.
  if (k < run.cells) advance_at(run, run.cells - lanes);
}

}  // namespace HWY_NAMESPACE
}  // namespace headland::integration
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace headland::integration {

HWY_EXPORT(advance);

void advance_scores(const ScoreRun& run) { HWY_DYNAMIC_DISPATCH(advance)(run); }

}  // namespace headland::integration
#endif
