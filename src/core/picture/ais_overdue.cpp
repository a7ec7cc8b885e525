// SPDX-License-Identifier: Apache-2.0
#include "core/picture/ais_overdue.hpp"

namespace headland::picture {

using std::chrono::seconds;

Duration overdue_after(const VesselReport& report) {
  const double knots = report.speed ? to_knots(*report.speed) : 0.0;
  switch (report.kind) {
    case AisClass::sar_aircraft:
      return seconds(60);
    case AisClass::long_range:
      return seconds(1080);
    case AisClass::class_b:
      if (knots < 2.0) return seconds(1080);
      if (!report.class_b || report.class_b->carrier_sense || knots <= 14.0) return seconds(180);
      return knots <= 23.0 ? seconds(90) : seconds(30);
    case AisClass::class_a:
      break;
  }
  const auto status = report.navigation_status;
  const bool at_rest = status && (*status == 1 || *status == 5);
  if (at_rest && knots < 3.0) return seconds(1080);
  if (at_rest || knots <= 14.0) return seconds(60);
  return knots <= 23.0 ? seconds(36) : seconds(30);
}

}  // namespace headland::picture
