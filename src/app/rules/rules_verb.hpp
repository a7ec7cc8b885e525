// SPDX-License-Identifier: Apache-2.0
// `headland rules check`, `headland rules test`.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

struct RulesTestVerb {
  std::string rules;
  std::vector<std::string> on;
  std::string config;
  std::string origin;
  std::string json;
  std::string beside;
  double last_h = 0.0;
  std::string drawn;  // zones.geojson of a station; empty: none
};

// All return an exit code.
int rules_check(const RulesTestVerb& verb, std::ostream& out, std::ostream& err);
int rules_pages(const std::string& folder, std::ostream& err);
int rules_test(const RulesTestVerb& verb, std::ostream& out, std::ostream& err);

}  // namespace headland::app
