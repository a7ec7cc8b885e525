// SPDX-License-Identifier: Apache-2.0
// A vessel that somebody wants to hear of: the rule's filter has let only such ones through.
#include <algorithm>

#include "core/rules/evaluators.hpp"

namespace headland::rules {

std::optional<Finding> evaluate(const WatchListRule&, const Vessel& v) {
  if (v.mmsi.value() == 0 || (v.ais_lost && !v.has_radar)) return std::nullopt;
  WatchEvidence e;
  if (v.track->particulars && v.track->particulars->name) {
    const std::string& name = *v.track->particulars->name;
    std::copy_n(name.begin(), std::min(name.size(), e.entry.size() - 1), e.entry.begin());
  }
  Finding f;
  f.evidence = e;
  return f;
}

}  // namespace headland::rules
