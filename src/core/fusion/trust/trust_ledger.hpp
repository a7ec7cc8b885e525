// SPDX-License-Identifier: Apache-2.0
// The book that is kept of one AIS station: what was found against it, how often, and whether it holds.
//
// Each kind of evidence has a level of 0 to 1 that findings raise and their absence or time lowers. It becomes a
// reason above `begin_level` and stops being one below `end_level`, so that a single odd report accuses nobody and a
// reason does not flicker.
#pragma once

#include <vector>

#include "core/fusion/trust.hpp"

namespace headland::fusion {

// What was found, in the units of `kind`.
struct Finding {
  TrustEvidence kind;
  double value = 0.0;
  double limit = 0.0;
  double probability = 1.0;
};

class TrustLedger {
 public:
  struct Entry {
    TrustEvidence kind = TrustEvidence::radar_confirms;
    bool holds = false;
    std::uint32_t count = 0;
    double level = 0.0;
    double value = 0.0, limit = 0.0, probability = 1.0;
    Timestamp first, last;
    Timestamp lowered;  // the level holds for this instant
  };

  // `step`: by how much one finding raises the level; 1 makes it hold at once.
  void found(const Finding& finding, Timestamp when, double step);
  // Looked for and not found: lowers the level.
  void absent(TrustEvidence kind, Timestamp when, double step);
  // The clock was set back to `now`: what was found in what is the future now was found just now.
  void take_time_back(Timestamp now);
  [[nodiscard]] bool holds(TrustEvidence kind, Timestamp now) const;

  // The verdict as of `now`. While radar confirms the position, findings about the motion weigh half.
  [[nodiscard]] Trust verdict(Timestamp now) const;

  // In order of kind: for snapshots.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  void restore(std::vector<Entry> entries) { entries_ = std::move(entries); }

 private:
  Entry* find(TrustEvidence kind);
  std::vector<Entry> entries_;
};

}  // namespace headland::fusion
