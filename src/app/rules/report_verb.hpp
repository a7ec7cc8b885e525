// SPDX-License-Identifier: Apache-2.0
// `headland rules report`: what alerts cost, watch by watch.
#pragma once

#include <iosfwd>
#include <string>

namespace headland::app {

struct RulesReportVerb {
  std::string folder;  // of a station's data, or the database itself
  std::string rules;   // for advice with limits; may be empty
  std::string json;
  int hours = 4;       // of a watch
  double last_h = 24;  // up to the last change of an alert
};

// An exit code.
int rules_report(const RulesReportVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
