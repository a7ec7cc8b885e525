// SPDX-License-Identifier: Apache-2.0
// An alert: one situation that deserves attention, with what it rests on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"
#include "core/rules/alert_state.hpp"
#include "core/rules/evidence.hpp"

namespace headland {

using AlertId = StrongId<struct AlertTag>;  // 0 = none
using RuleId = StrongId<struct RuleTag>;    // counted from 1 in order of the rules file; 0 = none

// Of IMO MSC.302(87), 6.1; the most urgent is the greatest.
enum class Priority : std::uint8_t { caution, warning, alarm, emergency };
[[nodiscard]] std::string_view name_of(Priority priority);

// A vessel an alert is about.
struct AlertSubject {
  SystemTrackId track;
  Mmsi mmsi;         // 0: not known
  std::string name;  // empty: not known
  friend bool operator==(const AlertSubject&, const AlertSubject&) = default;
};

struct Alert {
  AlertId id;
  RuleId rule;
  std::string rule_name;
  Priority priority = Priority::caution;
  AlertState state = AlertState::active_unacknowledged;
  Timestamp since;   // from when the situation holds
  Timestamp raised;  // when it was first told
  Timestamp changed;
  std::optional<Timestamp> rectified;  // the situation is over
  std::vector<AlertSubject> subjects;  // first the one that it is mainly about
  GeoPosition position;
  Evidence evidence;
  std::vector<ZoneId> claims;  // limits with a claimant that the first subject is within
  int level = 1;               // grows when it gets worse
  std::string text;            // one sentence: who, what, figures and limits
};

// What the engine tells: a new alert, one that grew worse, one whose situation is over, and one whose situation came
// back soon after (no new alert).
enum class AlertNews : std::uint8_t { raised, worse, rectified, resumed };
struct AlertChange {
  AlertNews news = AlertNews::raised;
  Alert alert;
};

}  // namespace headland
