// SPDX-License-Identifier: Apache-2.0
// Places with a meaning: areas, lines, lanes, cables, points, depths, ports, anchorages, fishing grounds.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/geo/tangent.hpp"
#include "core/rules/evidence.hpp"
#include "core/rules/ship_class.hpp"

namespace headland::rules {

enum class ZoneKind : std::uint8_t {
  area,
  line,
  lane,
  cable,
  point,
  depth,
  port,
  anchorage,
  fishing_ground,
  limit  // all that is within a distance of a baseline: territorial sea, contiguous zone, EEZ
};
inline constexpr std::size_t zone_kind_count = 10;
[[nodiscard]] std::string_view name_of(ZoneKind kind);
[[nodiscard]] std::optional<ZoneKind> zone_kind_named(std::string_view name);

// When a zone means something. Every bound that is given must hold.
struct Validity {
  std::optional<Timestamp> from, until;
  std::uint16_t months = 0xFFF;                       // bit 0 = January
  double from_hour_utc = 0.0, until_hour_utc = 24.0;  // from > until: over midnight
  [[nodiscard]] bool holds(Timestamp t) const;
  [[nodiscard]] bool is_always() const {
    return !from && !until && months == 0xFFF && from_hour_utc <= 0.0 && until_hour_utc >= 24.0;
  }
};

struct Zone {
  ZoneId id;
  std::string name;
  ZoneKind kind = ZoneKind::area;
  // Areas: rings, even-odd (holes are further rings). Lines, cables, limits, lanes with a width: paths. Points: one
  // point.
  std::vector<std::vector<GeoPosition>> parts;
  double width_m = 0.0;                 // of a lane that is given by its middle line
  double radius_m = 0.0;                // of a point
  std::optional<double> direction_deg;  // of a lane that is given by its edge
  double depth_m = 0.0;                 // of a depth area: the least
  double limit_m = 0.0;                 // of a limit: geodesic distance from the baseline
  double beyond_m = 0.0;                // and no nearer to it than this
  // Of a limit: baselines of neighbours; it ends at the median lines, where they are as near (UNCLOS 15).
  std::vector<std::vector<GeoPosition>> neighbours;
  std::string claimant;  // whose claim it is; claims may overlap, and nothing here says which holds
  Validity validity;
  ShipClasses classes = all_classes;   // for whom it holds
  [[nodiscard]] bool is_area() const;  // one can be inside
};

// A zone made ready for many questions. Edges are great circles; it may lie across 180 degrees or about a pole, and
// reach as far as 5000 km from its middle.
class ZoneShape {
 public:
  explicit ZoneShape(Zone zone);

  [[nodiscard]] const Zone& zone() const { return zone_; }
  [[nodiscard]] const TangentPlane& middle() const { return plane_; }
  [[nodiscard]] double radius_rad() const { return cap_.radius_rad; }

  // Quick: false where the zone is farther than `reach_m` for certain.
  [[nodiscard]] bool may_reach(const NormalVector& p, double reach_m) const;
  [[nodiscard]] bool contains(const NormalVector& p) const;
  // To the nearest edge of an area, or to a line, cable or point.
  [[nodiscard]] double distance_m(const NormalVector& p) const;
  // The way from a to b crosses the line: true = from its left to its right, seen along it.
  [[nodiscard]] std::optional<bool> crossing(const NormalVector& a, const NormalVector& b) const;
  // Distance along the straight way from p by (east, north) at which it comes in, and nothing where it does not.
  [[nodiscard]] std::optional<double> enters_after_m(const NormalVector& p, EastNorth way) const;
  // Of a lane: where its traffic goes, degrees true at p.
  [[nodiscard]] double direction_deg(const NormalVector& p) const;
  // Of a lane: the edge nearest to p is neither where it begins nor where it ends.
  [[nodiscard]] bool is_at_side(const NormalVector& p) const;

 private:
  struct Point {
    double x, y;
  };
  struct Edge {
    Point a, b;
  };
  [[nodiscard]] Point flat(const NormalVector& p) const;
  [[nodiscard]] const Edge* nearest_edge(Point at, double& best_m) const;
  [[nodiscard]] bool is_within_limit(const NormalVector& p) const;
  [[nodiscard]] bool is_on_own_side(const NormalVector& p) const;
  [[nodiscard]] double exact_distance_m(const NormalVector& p) const;

  struct Cap {  // that holds the zone; what is asked most, side by side
    NormalVector up;
    double radius_rad = 0.0;
    double cos_radius = 1.0;
  };
  Cap cap_;
  Zone zone_;
  TangentPlane plane_;
  std::vector<Edge> edges_;
};

// Which zones are near: cells of a quarter of a degree.
class ZoneIndex {
 public:
  ZoneIndex() = default;
  explicit ZoneIndex(const std::vector<ZoneShape>& shapes);
  static constexpr double near_m = 10'000.0;
  // Indices of the shapes that may contain `position` or be within `near_m` of it, ascending.
  [[nodiscard]] std::span<const std::uint32_t> near(GeoPosition position) const;
  // Those of a kind alone.
  [[nodiscard]] std::span<const std::uint32_t> near(GeoPosition position, ZoneKind kind) const;

 private:
  struct Cell {
    std::vector<std::uint32_t> all;
    std::vector<std::uint32_t> by_kind;                              // the same, kind by kind
    std::array<std::uint32_t, zone_kind_count + 1> first_of_kind{};  // in by_kind
  };
  void add(std::vector<std::uint32_t> list, const std::vector<ZoneShape>& shapes);
  [[nodiscard]] const Cell* cell_at(GeoPosition position) const;

  std::vector<std::uint32_t> offsets_;  // of cells_, by cell; empty: no zones
  std::vector<Cell> cells_;             // 0: the zones that are everywhere
};

}  // namespace headland::rules
