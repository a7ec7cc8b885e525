// SPDX-License-Identifier: Apache-2.0
// What objects of an electronic chart (IHO S-57, appendix A) mean to rules.
#pragma once

#include <span>
#include <string_view>

#include "core/rules/zone/zone.hpp"
#include "runtime/config/rules/geojson.hpp"

namespace headland::config {

struct ChartObject {
  int number;  // OBJL
  std::string_view acronym;
  rules::ZoneKind kind;
};
// Those that become zones, by number.
[[nodiscard]] std::span<const ChartObject> chart_objects();

// Kind, direction, depth and radius of the zone as the object says them. False: of no meaning for rules, or of another
// shape than such zones have (a lane without its direction).
[[nodiscard]] bool take_chart_object(GeoFeature& feature, rules::Zone& zone);

}  // namespace headland::config
