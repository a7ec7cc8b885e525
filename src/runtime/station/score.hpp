// SPDX-License-Identifier: Apache-2.0
// Self-scoring: a station's recordings tracked by radar, judged by the AIS that deserves it (core/score).
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/score/leave_ais_out.hpp"
#include "runtime/station/replay.hpp"

namespace headland::station {

struct ScoreReport {
  score::LeaveAisOutConfig config;
  score::LeaveAisOutResult result;
  std::map<SensorId, std::string> names;  // of the radars
  bool located = false;                   // where the radars stand was known at some time
};

// `next` sees everything, too. Where a running station's journal is followed, `on_report` gets what was found so far
// now and then, at the latest every `report_every_s` while something is added.
struct LiveScore {
  std::function<void(const ScoreReport&)> on_report;
  double report_every_s = 60.0;
};
[[nodiscard]] Expected<ScoreReport> score_leaving_ais_out(ReplayOptions options, PictureSink& next,
                                                          const LiveScore& live = {});

[[nodiscard]] std::string to_json(const ScoreReport& report);
// One HTML page that needs nothing else.
[[nodiscard]] std::string to_page(const ScoreReport& report);
// For people; what this cannot know is said.
[[nodiscard]] std::string to_text(const ScoreReport& report);

}  // namespace headland::station
