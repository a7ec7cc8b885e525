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

// Which GeoJSON files rules may name: those beside them or below only, where a page sent the rules.
enum class GeoJsonFiles : std::uint8_t { anywhere, beside };

// The file that the rules of `rules_file` call `named`, looked for beside them.
[[nodiscard]] Expected<std::vector<GeoFeature>> load_geojson(const std::string& rules_file, const std::string& named,
                                                             GeoJsonFiles files);

}  // namespace headland::config
