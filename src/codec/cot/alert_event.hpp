// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/rules/alerts/alert_record.hpp"

namespace headland::cot {

// One event, without line ends. `station`: the name of ours; with the alert's number the event's uid, so that what
// comes later about an alert takes the place of what came before. An alert that is over is stale at once.
[[nodiscard]] std::string alert_event(const AlertRecord& alert, const std::string& station);

}  // namespace headland::cot
