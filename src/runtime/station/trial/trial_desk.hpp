// SPDX-License-Identifier: Apache-2.0
// Rules tried on the station's own history while it runs, asked for on the page: one trial at a time, on a thread of
// the lowest priority, beside the rules in force.
#pragma once

#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/rules/rule.hpp"
#include "core/rules/zone/drawn_zones.hpp"
#include "runtime/lanes/lane.hpp"
#include "runtime/station/trial/rules_trial.hpp"

namespace headland::station {

class TrialDesk {
 public:
  // `history`: the database; `rules_file`: the one in force, beside which GeoJSON files of a trial are looked for.
  TrialDesk(std::filesystem::path history, std::string rules_file, health::Health& health)
      : history_(std::move(history)), rules_file_(std::move(rules_file)), health_(health) {}
  ~TrialDesk() { stop(); }
  TrialDesk(const TrialDesk&) = delete;
  TrialDesk& operator=(const TrialDesk&) = delete;

  // Of the thread that answers the page, as the rest. `drawn` on the page: the rules tried may name them, and what they
  // tell is told in both. What is wrong: mistakes of the rules with line and column, or
  // that one trial goes on already; empty: it has begun.
  [[nodiscard]] std::string begin(std::string_view toml, const rules::DrawnZones& drawn, double last_h,
                                  const std::optional<rules::RuleSet>& in_force);
  void cancel() { cancelled_ = true; }
  void stop();

  // {"state": "none" | "running" | "done" | "failed" | "stopped", "done": share, "fault", "last_h", and of one that is
  // done "from_s", "to_s", "vessels", "elapsed_s", "rules": [{"rule", "raised", "in_force"}], "only_tried" and
  // "only_in_force": [{"time_s", "rule", "mmsi", "track", "priority", "text"}], "not_judged": [text]}
  [[nodiscard]] std::string state_json() const;

 private:
  void run(RulesTestOptions options);

  std::filesystem::path history_;
  std::string rules_file_;
  health::Health& health_;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> running_ = false;
  mutable std::mutex mutex_;
  std::string state_ = "none";  // and the next, with the mutex held
  double done_ = 0.0;
  double last_h_ = 0.0;
  std::string fault_;
  std::string result_;  // its fields, as JSON
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
