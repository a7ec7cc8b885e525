// SPDX-License-Identifier: Apache-2.0
// Our tracker on single-scan detections of a weak target among false alarms.
#pragma once

#include <cstdint>
#include <memory>

#include "core/tracking/tracker.hpp"

namespace headland::quality {

class TrackerTrial {
 public:
  // Finds the probability of false alarms at which false tracks come at the rate wanted.
  explicit TrackerTrial(int trials);

  [[nodiscard]] double false_alarms() const { return false_alarms_; }
  // Share of trials in which the target is confirmed within a minute, detected in a turn with this probability.
  [[nodiscard]] double found(double detection) const;

 private:
  int trials_;
  double false_alarms_ = 0.0;
  tracking::TrackerSnapshot settled_;  // after some minutes of false alarms alone
  double settled_s_ = 0.0;
};

}  // namespace headland::quality
