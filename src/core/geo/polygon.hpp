// SPDX-License-Identifier: Apache-2.0
// Polygons on the ground: is a position on land, and how far is the coast.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/geo/position.hpp"

namespace headland {

// A closed ring (the last point joins the first, which is not repeated). Levels as in GSHHG:
// 1 land in the sea, 2 lake on land, 3 island in a lake, 4 pond on that. Rings may share edges
// along which the data were cut; `cut` tells for each point whether the edge from it to the next
// is such a cut, which is no coast.
struct CoastPolygon {
  std::uint8_t level = 1;
  std::vector<GeoPosition> ring;
  std::vector<bool> cut;  // as long as `ring`, or empty: none is
};
using CoastPolygons = std::vector<CoastPolygon>;

// Whether a position lies inside a ring (even-odd, straight edges in latitude and longitude; no ring
// may cross the 180th meridian). On an edge: either.
[[nodiscard]] bool is_inside(const std::vector<GeoPosition>& ring, GeoPosition position);

// Answers quickly for many positions: edges sorted into cells of about a kilometre.
class CoastIndex {
 public:
  CoastIndex() = default;  // no land anywhere
  explicit CoastIndex(const CoastPolygons& polygons);

  // Land and islands in lakes, not sea and lakes. Outside the polygons' box: false.
  [[nodiscard]] bool is_land(GeoPosition position) const;

  // To the nearest edge that is coast, up to `limit`; nothing when there is none so near. On a
  // plane scaled at the middle latitude: wrong by less than 1 % up to 50 km and 75 degrees.
  [[nodiscard]] std::optional<Metres> distance_to_coast(GeoPosition position, Metres limit) const;

 private:
  struct Edge {
    double lon0, lat0, lon1, lat1;  // degrees
    bool coast;
  };
  using Lists = std::vector<std::vector<std::uint32_t>>;
  [[nodiscard]] int row_of(double lat) const;
  [[nodiscard]] int column_of(double lon) const;
  void measure(const CoastPolygons& polygons);
  void sort_in(std::uint32_t index);
  void search_cell(int row, int column, double lat, double lon, double& best_m) const;

  double south_ = 0.0, west_ = 0.0;  // degrees
  double row_deg_ = 1.0, column_deg_ = 1.0;
  int rows_ = 0, columns_ = 0;
  std::vector<Edge> edges_;
  Lists row_edges_;   // edges that touch a row: what a ray along it may cross
  Lists cell_edges_;  // coast edges whose box touches a cell
};

}  // namespace headland
