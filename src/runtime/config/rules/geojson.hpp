// SPDX-License-Identifier: Apache-2.0
// Geometry of zones from GeoJSON (RFC 7946).
#pragma once

#include <cstdint>
#include <map>
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

// The GeoJSON files that rules name, each as it was when it was first asked for: what is in force stays as it was
// loaded, whatever becomes of the files.
class GeoJsonFiles {
 public:
  // Beside the rules or below them only, where a page sent the rules.
  enum class Allowed : std::uint8_t { anywhere, beside };
  explicit GeoJsonFiles(Allowed allowed = Allowed::anywhere) : allowed_(allowed) {}

  // The file that the rules of `rules_file` call `named`, looked for beside them.
  [[nodiscard]] Expected<std::vector<GeoFeature>> load(const std::string& rules_file, const std::string& named);

 private:
  Allowed allowed_;
  std::map<std::string, std::vector<GeoFeature>> loaded_;  // by path
};

}  // namespace headland::config
