// SPDX-License-Identifier: Apache-2.0
// An alert in one sentence: who, what, with which figures, against which limits.
#pragma once

#include <string>

#include "core/rules/rule.hpp"

namespace headland::rules {

// "STENA ROUTE (219012345)", "MMSI 219012345", "track 17".
[[nodiscard]] std::string name_of(const AlertSubject& subject);
[[nodiscard]] std::string sentence(const Alert& alert, const RuleSet& set);

}  // namespace headland::rules
