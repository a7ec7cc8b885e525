// SPDX-License-Identifier: Apache-2.0
// An alert as a station keeps it, with all that outputs tell of one. For tests only.
#pragma once

#include "core/rules/alerts/alert_record.hpp"

namespace headland::rules::testing {

// Raised at the beginning of 2026, changed 65.25 s later.
inline AlertRecord some_alert() {
  AlertRecord a;
  a.id = AlertId(1042);
  a.rule = "collision in the strait";
  a.priority = Priority::warning;
  a.raised = from_epoch_seconds(1'767'225'600.0);
  a.changed = from_epoch_seconds(1'767'225'665.25);
  a.subjects = {{SystemTrackId(3), Mmsi(257'000'001), "NORD"}};
  a.position = GeoPosition::from_degrees(-36.5, 179.999999);
  a.text = "NORD, course 046\xC2\xB0: will pass at 80 m.";
  return a;
}

}  // namespace headland::rules::testing
