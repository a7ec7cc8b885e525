// SPDX-License-Identifier: Apache-2.0
// Self-scoring: a station's recordings tracked by radar, judged by the AIS that deserves it (core/score).
#pragma once

#include <string>

#include "core/score/leave_ais_out.hpp"
#include "runtime/station/replay.hpp"

namespace headland::station {

struct ScoreReport {
  score::LeaveAisOutConfig config;
  score::LeaveAisOutResult result;
  ReplaySummary replay;
};

// `next` sees everything, too.
[[nodiscard]] Expected<ScoreReport> score_leaving_ais_out(const ReplayOptions& options, PictureSink& next);

[[nodiscard]] std::string to_json(const ScoreReport& report);
// For people; what this cannot know is said.
[[nodiscard]] std::string to_text(const ScoreReport& report);

}  // namespace headland::station
