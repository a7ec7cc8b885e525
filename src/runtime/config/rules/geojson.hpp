// SPDX-License-Identifier: Apache-2.0
// Geometry of zones from GeoJSON (RFC 7946).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "core/geo/position.hpp"

namespace headland::config {

struct GeoFeature {
  enum class Shape : std::uint8_t { point, path, area } shape = Shape::point;
  std::string name;                             // its property "name"; empty: none
  std::vector<std::vector<GeoPosition>> parts;  // rings without the repeated last point
  // Of an ENC, as ogr2ogr writes them: number of the object class, and attributes of S-57.
  std::optional<int> object_class;        // OBJL
  std::optional<double> orientation_deg;  // ORIENT
  std::optional<double> depth_m;          // DRVAL1
};

// A feature collection, a feature or a bare geometry. The error says what is wrong and in which feature.
[[nodiscard]] Expected<std::vector<GeoFeature>> parse_geojson(std::string_view text);

}  // namespace headland::config
