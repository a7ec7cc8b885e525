// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/fields.hpp"

namespace headland::config {
namespace {

constexpr Field<DetectionZoneSection> detection_zone_fields[] = {
    {"name", &DetectionZoneSection::name, 0, 0, "Name of the zone; each once."},
    {"radar", &DetectionZoneSection::radar, 0, 0, "Name of the radar that it is for; empty = for every one."},
    {"points", &DetectionZoneSection::points, 0, 0,
     "Its corners in order around it, three or more, degrees, north and east positive. Only for radars that "
     "stand still and send true bearings. Without points the sector below is the zone."},
    {"bearing_from_deg", &DetectionZoneSection::bearing_from_deg, 0, 360,
     "Where the sector begins, clockwise, in the bearings of the video; both equal = all round."},
    {"bearing_to_deg", &DetectionZoneSection::bearing_to_deg, 0, 360, "Where it ends."},
    {"range_min_m", &DetectionZoneSection::range_min_m, 0, 200000, "Where it begins in range."},
    {"range_max_m", &DetectionZoneSection::range_max_m, 0, 200000, "Where it ends in range; 0 = nowhere."},
    {"false_alarm_probability", &DetectionZoneSection::false_alarm_probability, 0, 0.1,
     "Of a cell in it, 1e-9 or more; 0 = nothing is detected there, and that counts as not seen."},
};

}  // namespace

const Table<DetectionZoneSection>& detection_zone_table() {
  static constexpr Table<DetectionZoneSection> t{
      "detection_zone",
      "One `[[detection_zone]]` for each area in which a radar shall be more or less sensitive than its "
      "`false_alarm_probability` makes it elsewhere, or detect nothing. Where zones overlap the last one holds.",
      detection_zone_fields};
  return t;
}

}  // namespace headland::config
