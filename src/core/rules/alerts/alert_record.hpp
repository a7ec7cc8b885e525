// SPDX-License-Identifier: Apache-2.0
// An alert as the station keeps it: stored, shown and sent. Without what only the engine needs, and with what
// operators did about it. Numbers go on over restarts and over new rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/rules/alert.hpp"

namespace headland {

struct AlertRecord {
  AlertId id;
  std::string rule;
  Priority priority = Priority::caution;
  AlertState state = AlertState::active_unacknowledged;
  Timestamp since;    // from when the situation holds
  Timestamp raised;   // when it was first told
  Timestamp changed;  // anything of it
  std::optional<Timestamp> rectified;
  std::vector<AlertSubject> subjects;
  GeoPosition position;
  std::vector<std::string> zones;  // names of those that the evidence speaks of
  std::vector<GeoPosition> way;    // places that the evidence joins, as of a jump
  int level = 1;
  std::string text;    // the sentence
  std::string by;      // who did last what operators do
  std::string reason;  // and why
  std::optional<Timestamp> shelved_until;
  std::string handed_to;
  friend bool operator==(const AlertRecord&, const AlertRecord&) = default;
};

// One line of the story of an alert.
struct AlertEntry {
  AlertId alert;
  Timestamp time;
  std::string what;  // raised, worse, rectified, resumed, not_found_again, unread, escalated; or name_of(AlertAction)
  std::string who;   // "station", or an operator
  std::string why;   // the reason that was given; of raised and worse: the sentence
  friend bool operator==(const AlertEntry&, const AlertEntry&) = default;
};

}  // namespace headland
