// SPDX-License-Identifier: Apache-2.0
// AIS transmitters of distress (ITU-R M.585: 970 search-and-rescue transmitters, 972 man overboard, 974 EPIRB), the
// status 14, vessels not under command, and the search-and-rescue transponders that radars see; radars that jump.
#include <cmath>

#include "core/rules/evaluators.hpp"

namespace headland::rules {

Finding evaluate(const CallForHelp& call) {
  Finding f;
  f.evidence = CallEvidence{call.radar.value(),   call.dots,    call.turns, call.bearing_deg,
                            call.bearing_is_true, call.range_m, call.from,  call.to};
  f.level = 4;  // an emergency, whatever the rule's own priority
  return f;
}

std::optional<Finding> evaluate(const RadarJumpRule& kind, const RadarJumped& jump, Timestamp now) {
  if (std::abs(jump.bearing_deg) < kind.at_least_deg) return std::nullopt;
  Finding f;
  f.evidence = RadarJumpEvidence{jump.radar.value(), jump.bearing_deg, kind.at_least_deg};
  f.ago_s = to_seconds(now - jump.since).value();
  return f;
}

std::optional<Finding> evaluate(const DistressRule& kind, const Vessel& v) {
  const std::uint32_t series = v.mmsi.value() / 1'000'000;
  const bool is_transmitter = series == 970 || series == 972 || series == 974;
  Finding f;
  if (is_transmitter && v.status == 14) {  // one on test says 15
    f.evidence = DistressEvidence{v.mmsi.value(), DistressEvidence::What::transmitter};
    f.level = 4;  // an emergency, whatever the rule's own priority
    return f;
  }
  // A ship that says 14 or 2 may mean it, or may never have looked at what it is set to.
  if (!kind.by_status || !v.has_ais || (v.status != 2 && v.status != 14)) return std::nullopt;
  using What = DistressEvidence::What;
  f.evidence = DistressEvidence{v.mmsi.value(), v.status == 2 ? What::not_under_command : What::status_of_transmitter};
  f.needed_s = 60.0;
  return f;
}

}  // namespace headland::rules
