// SPDX-License-Identifier: Apache-2.0
// Rules over a replay: every picture of every second is looked at, so the same recording gives the same alerts.
// Nothing is stored.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "runtime/station/output/publisher.hpp"
#include "runtime/station/replay.hpp"
#include "runtime/station/rules/rules_lane.hpp"

namespace headland::station {

class ReplayRules final : public PictureSink {
 public:
  // `rules_file`: where the configuration names none; empty: no rules then. Everything goes on to `next` first.
  // `zone_folder`: of the station that was recorded, with what was drawn on its page; empty: nothing was.
  // `page`: none, or where alerts are shown and orders come from; the rules have a thread of their own then.
  static Expected<std::unique_ptr<ReplayRules>> open(const config::RulesSection& section, const std::string& rules_file,
                                                     PictureSink& next, Publisher* page, health::Health& health,
                                                     const std::string& zone_folder = {});

  void on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) override;
  void on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) override {
    next_.on_video(video, chain);
  }
  // After the replay; ends the thread.
  void finish(ReplaySummary& out);

 private:
  explicit ReplayRules(PictureSink& next) : next_(next) {}
  void begin(Publisher* page, health::Health& health);

  PictureSink& next_;
  std::string file_;
  std::map<AlertId, AlertRecord> all_;  // of the desk's thread until finish()
  std::unique_ptr<AlertDesk> desk_;     // unless the lane has it
  std::unique_ptr<RulesLane> lane_;
  std::optional<Timestamp> last_;
  CallWatch calls_;  // unless the lane has them
};

}  // namespace headland::station
