// SPDX-License-Identifier: Apache-2.0
// AIS transmitters of distress (ITU-R M.585: 970 search-and-rescue transmitters, 972 man overboard, 974 EPIRB), the
// status 14, and vessels not under command.
#include "core/rules/evaluators.hpp"

namespace headland::rules {

std::optional<Finding> evaluate(const DistressRule& kind, const Vessel& v) {
  const std::uint32_t series = v.mmsi.value() / 1'000'000;
  const bool is_transmitter = series == 970 || series == 972 || series == 974;
  // A transmitter on test says 15.
  const bool calls = v.status == 14 && (is_transmitter || v.has_ais);
  const bool helpless = kind.not_under_command && v.status == 2 && v.has_ais;
  if (!calls && !helpless) return std::nullopt;
  Finding f;
  f.evidence = DistressEvidence{v.mmsi.value(), !calls};
  f.needed_s = calls ? 0.0 : 60.0;
  f.level = calls ? 2 : 1;
  return f;
}

}  // namespace headland::rules
