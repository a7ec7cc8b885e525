// SPDX-License-Identifier: Apache-2.0
// Our tracker on single-scan detections of a weak target among false alarms, with or without their strength.
#pragma once

#include <cstdint>

#include "core/plots/strength_survey.hpp"
#include "core/tracking/tracker.hpp"

namespace headland::quality {

class TrackerTrial {
 public:
  // Finds the probability of false alarms at which false tracks come at the rate wanted. `shape` of the clutter, 0:
  // noise.
  TrackerTrial(int trials, double shape, bool with_strength);

  [[nodiscard]] double false_alarms() const { return false_alarms_; }
  // Share of trials in which the target is confirmed within a minute.
  [[nodiscard]] double found(double strength_db) const;

 private:
  [[nodiscard]] double threshold_at(double false_alarms) const;

  int trials_;
  double shape_;
  bool with_strength_;
  double false_alarms_ = 0.0;
  plots::StrengthSurvey settled_survey_;
  tracking::TrackerSnapshot settled_;  // after some minutes of false alarms alone
  double settled_s_ = 0.0;
};

}  // namespace headland::quality
