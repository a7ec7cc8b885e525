// SPDX-License-Identifier: Apache-2.0
#include "core/rules/rule.hpp"

#include <algorithm>

namespace headland::rules {

bool VesselFilter::admits(const Vessel& v) const {
  if ((classes & bit_of(v.kind)) == 0) return false;
  if (v.speed_mps < speed_min_kn * mps_per_knot) return false;
  if (speed_max_kn > 0.0 && v.speed_mps > speed_max_kn * mps_per_knot) return false;
  if (length_min_m > 0.0 && v.length_m < length_min_m) return false;
  if (length_max_m > 0.0 && (v.length_m <= 0.0 || v.length_m > length_max_m)) return false;
  if (source == SourceNeeded::ais && !v.has_ais) return false;
  if (source == SourceNeeded::radar && !v.has_radar) return false;
  if (mmsis.empty() && names.empty()) return true;
  if (std::ranges::find(mmsis, v.mmsi.value()) != mmsis.end()) return true;
  const auto& said = v.track->particulars;
  return said && said->name && std::ranges::find(names, *said->name) != names.end();
}

bool Rule::covers(ZoneId zone) const { return zones.empty() || std::binary_search(zones.begin(), zones.end(), zone); }

}  // namespace headland::rules
