// SPDX-License-Identifier: Apache-2.0
#include "core/geo/polygon.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace headland {
namespace {

constexpr double cell_deg = 0.01;  // about 1.1 km of latitude
constexpr int max_cells_a_side = 1024;
constexpr double least_metres_per_degree = 110'574.0;  // of latitude, at the equator

// Length of a degree of latitude and of longitude on WGS 84, to 0.01 m (series of Snyder, "Map
// projections: a working manual", USGS 1395, 1987, as usually given).
double metres_per_degree_of_latitude(double latitude_rad) {
  return 111'132.92 - 559.82 * std::cos(2 * latitude_rad) + 1.175 * std::cos(4 * latitude_rad);
}
double metres_per_degree_of_longitude(double latitude_rad) {
  return 111'412.84 * std::cos(latitude_rad) - 93.5 * std::cos(3 * latitude_rad) + 0.118 * std::cos(5 * latitude_rad);
}

// Whether a ray from (lon, lat) to the east crosses the edge. Half-open in latitude, so that a
// vertex counts once.
bool crosses(double lon0, double lat0, double lon1, double lat1, double lon, double lat) {
  if ((lat0 > lat) == (lat1 > lat)) return false;
  return lon < lon0 + (lat - lat0) / (lat1 - lat0) * (lon1 - lon0);
}

}  // namespace

bool is_inside(const std::vector<GeoPosition>& ring, GeoPosition position) {
  const double lat = position.latitude.value();
  const double lon = position.longitude.value();
  bool inside = false;
  for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
    if (crosses(ring[before].longitude.value(), ring[before].latitude.value(), ring[i].longitude.value(),
                ring[i].latitude.value(), lon, lat)) {
      inside = !inside;
    }
  }
  return inside;
}

CoastIndex::CoastIndex(const CoastPolygons& polygons) {
  measure(polygons);
  if (rows_ == 0) return;
  row_edges_.resize(static_cast<std::size_t>(rows_));
  cell_edges_.resize(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_));
  for (const CoastPolygon& polygon : polygons) {
    const auto& ring = polygon.ring;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const GeoPosition& a = ring[i];
      const GeoPosition& b = ring[(i + 1) % ring.size()];
      const bool cut = !polygon.cut.empty() && polygon.cut[i];
      edges_.push_back({a.longitude_deg(), a.latitude_deg(), b.longitude_deg(), b.latitude_deg(), !cut});
      sort_in(static_cast<std::uint32_t>(edges_.size() - 1));
    }
  }
}

// The box of all rings, and the cells it is divided into.
void CoastIndex::measure(const CoastPolygons& polygons) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  south_ = west_ = infinite;
  double north = -infinite;
  double east = -infinite;
  for (const CoastPolygon& polygon : polygons) {
    for (const GeoPosition p : polygon.ring) {
      south_ = std::min(south_, p.latitude_deg());
      north = std::max(north, p.latitude_deg());
      west_ = std::min(west_, p.longitude_deg());
      east = std::max(east, p.longitude_deg());
    }
  }
  if (!(south_ <= north)) return;
  const auto cells = [](double span) {
    return std::clamp(static_cast<int>(std::ceil(span / cell_deg)), 1, max_cells_a_side);
  };
  rows_ = cells(north - south_);
  columns_ = cells(east - west_);
  // A little more than the span, so that its far end still lies in the last cell.
  row_deg_ = std::max(north - south_, 1e-9) * (1 + 1e-9) / rows_;
  column_deg_ = std::max(east - west_, 1e-9) * (1 + 1e-9) / columns_;
}

int CoastIndex::row_of(double lat) const {
  return static_cast<int>(std::clamp(std::floor((lat - south_) / row_deg_), -1.0, static_cast<double>(rows_)));
}
int CoastIndex::column_of(double lon) const {
  return static_cast<int>(std::clamp(std::floor((lon - west_) / column_deg_), -1.0, static_cast<double>(columns_)));
}

void CoastIndex::sort_in(std::uint32_t index) {
  const Edge& e = edges_[index];
  const auto [south, north] = std::minmax(e.lat0, e.lat1);
  const auto [west, east] = std::minmax(e.lon0, e.lon1);
  for (int row = row_of(south); row <= row_of(north); ++row) {
    row_edges_[static_cast<std::size_t>(row)].push_back(index);
    if (!e.coast) continue;
    for (int column = column_of(west); column <= column_of(east); ++column) {
      cell_edges_[static_cast<std::size_t>(row * columns_ + column)].push_back(index);
    }
  }
}

// Rings of rising level lie within one another, so an odd number of them around a position is land.
bool CoastIndex::is_land(GeoPosition position) const {
  const double lat = position.latitude_deg();
  const double lon = position.longitude_deg();
  const int row = rows_ == 0 ? -1 : row_of(lat);
  if (row < 0 || row >= rows_ || lon < west_) return false;
  bool inside = false;
  for (const std::uint32_t index : row_edges_[static_cast<std::size_t>(row)]) {
    const Edge& e = edges_[index];
    if (crosses(e.lon0, e.lat0, e.lon1, e.lat1, lon, lat)) inside = !inside;
  }
  return inside;
}

void CoastIndex::search_cell(int row, int column, double lat, double lon, double& best_m) const {
  if (row < 0 || row >= rows_ || column < 0 || column >= columns_) return;
  for (const std::uint32_t index : cell_edges_[static_cast<std::size_t>(row * columns_ + column)]) {
    const Edge& e = edges_[index];
    const double middle = ((e.lat0 + e.lat1) / 2 + lat) / 2 * radians_per_degree;
    const double x_m = metres_per_degree_of_longitude(middle);
    const double y_m = metres_per_degree_of_latitude(middle);
    const double ax = (e.lon0 - lon) * x_m;
    const double ay = (e.lat0 - lat) * y_m;
    const double dx = (e.lon1 - e.lon0) * x_m;
    const double dy = (e.lat1 - e.lat0) * y_m;
    const double length2 = dx * dx + dy * dy;
    const double along = length2 > 0 ? std::clamp(-(ax * dx + ay * dy) / length2, 0.0, 1.0) : 0.0;
    best_m = std::min(best_m, std::hypot(ax + along * dx, ay + along * dy));
  }
}

std::optional<Metres> CoastIndex::distance_to_coast(GeoPosition position, Metres limit) const {
  if (rows_ == 0) return std::nullopt;
  const double lat = position.latitude_deg();
  const double lon = position.longitude_deg();
  // Not clamped: a position outside the box searches into it.
  const int row = static_cast<int>(std::floor((lat - south_) / row_deg_));
  const int column = static_cast<int>(std::floor((lon - west_) / column_deg_));
  // The narrow side of a cell bounds what ring r can hold: nothing nearer than (r - 1) of it... and
  // cells nearest a pole are narrowest.
  const double pole_most = std::min(std::abs(lat) + limit.value() / least_metres_per_degree, 89.9) * radians_per_degree;
  const double cell_m =
      std::min(row_deg_ * least_metres_per_degree, column_deg_ * metres_per_degree_of_longitude(pole_most));
  double best_m = limit.value();
  bool found = false;
  for (int ring = 0; (ring - 1) * cell_m <= best_m && ring <= rows_ + columns_ + max_cells_a_side; ++ring) {
    double nearest = std::nextafter(best_m, std::numeric_limits<double>::infinity());
    const double start = nearest;
    for (int r = row - ring; r <= row + ring; ++r) {
      const bool whole_row = r == row - ring || r == row + ring;
      const int step = whole_row ? 1 : std::max(2 * ring, 1);
      for (int c = column - ring; c <= column + ring; c += step) search_cell(r, c, lat, lon, nearest);
    }
    if (nearest < start) {
      best_m = nearest;
      found = true;
    }
  }
  if (!found) return std::nullopt;
  return Metres(best_m);
}

}  // namespace headland
