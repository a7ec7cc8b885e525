// SPDX-License-Identifier: Apache-2.0
#include "core/rules/zone/zone.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/geo/geodesic_path.hpp"

namespace headland::rules {
namespace {

constexpr std::array<std::string_view, zone_kind_count> kind_names = {
    "area", "line", "lane", "cable", "point", "depth", "port", "anchorage", "fishing_ground", "limit"};
constexpr double earth_radius_m = 6371008.8;
constexpr double sphere_error = 0.015;  // of a distance on it, of normals of the ellipsoid

NormalVector cross(const NormalVector& a, const NormalVector& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

// Angle from p to the great circle from a to b, on the sphere of the normals.
double angle_to_arc(const NormalVector& p, const NormalVector& a, const NormalVector& b) {
  const NormalVector pole = cross(a, b);
  const double size = std::sqrt(dot(pole, pole));
  const double nearest_end = std::acos(std::clamp(std::max(dot(p, a), dot(p, b)), -1.0, 1.0));
  if (size < 1e-12) return nearest_end;
  // Between the ends where p lies on the inner side of both planes through an end and the pole.
  const bool is_between = dot(cross(pole, a), p) > 0.0 && dot(cross(b, pole), p) > 0.0;
  return is_between ? std::asin(std::min(1.0, std::abs(dot(pole, p)) / size)) : nearest_end;
}

using Paths = std::vector<std::vector<GeoPosition>>;

double distance_on_sphere_m(const NormalVector& p, const Paths& paths) {
  double best = std::numbers::pi;
  for (const auto& path : paths) {
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
      best = std::min(best, angle_to_arc(p, normal_of(path[i]), normal_of(path[i + 1])));
    }
  }
  return best * earth_radius_m;
}

double exact_m(const NormalVector& p, const Paths& paths) {
  double best = std::numeric_limits<double>::infinity();
  for (const auto& path : paths) best = std::min(best, distance_to_path(position_of(p), path).value());
  return best;
}

double cross(double ax, double ay, double bx, double by) { return ax * by - ay * bx; }

}  // namespace

std::string_view name_of(ZoneKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::optional<ZoneKind> zone_kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kind_names.size(); ++i) {
    if (kind_names[i] == name) return static_cast<ZoneKind>(i);
  }
  return std::nullopt;
}

bool Validity::holds(Timestamp t) const {
  if (is_always()) return true;
  if (from && t < *from) return false;
  if (until && t >= *until) return false;
  const auto day = std::chrono::floor<std::chrono::days>(t);
  if (months != 0xFFF) {
    const unsigned month = static_cast<unsigned>(std::chrono::year_month_day(day).month());
    if ((months >> (month - 1U) & 1U) == 0) return false;
  }
  const double hour = to_seconds(t - day).value() / 3600.0;
  if (from_hour_utc <= until_hour_utc) return hour >= from_hour_utc && hour < until_hour_utc;
  return hour >= from_hour_utc || hour < until_hour_utc;
}

bool Zone::is_area() const { return kind != ZoneKind::line && kind != ZoneKind::cable; }

ZoneShape::ZoneShape(Zone zone) : zone_(std::move(zone)) {
  NormalVector sum{0.0, 0.0, 0.0};
  for (const auto& part : zone_.parts) {
    for (const GeoPosition p : part) {
      const NormalVector n = normal_of(p);
      sum.x += n.x, sum.y += n.y, sum.z += n.z;
    }
  }
  plane_ = tangent_at(position_of(sum));
  cap_.up = plane_.up;
  const bool is_path = !zone_.is_area() || zone_.width_m > 0.0 || zone_.kind == ZoneKind::limit;
  for (const auto& part : zone_.parts) {
    for (const GeoPosition p : part) {
      const double angle = std::acos(std::clamp(dot(plane_.up, normal_of(p)), -1.0, 1.0));
      cap_.radius_rad = std::max(cap_.radius_rad, angle);
    }
    for (std::size_t i = 0; i + (is_path ? 1 : 0) < part.size() && part.size() > 1; ++i) {
      edges_.push_back({flat(normal_of(part[i])), flat(normal_of(part[(i + 1) % part.size()]))});
    }
    if (part.size() == 1) edges_.push_back({flat(normal_of(part[0])), flat(normal_of(part[0]))});
  }
  cap_.radius_rad += (zone_.width_m + zone_.radius_m + zone_.limit_m) / earth_radius_m * 1.01;
  cap_.cos_radius = std::cos(std::min(cap_.radius_rad, std::numbers::pi));
}

ZoneShape::Point ZoneShape::flat(const NormalVector& p) const {
  const EastNorth en = plane_.straight(p);
  return {en.east.value(), en.north.value()};
}

bool ZoneShape::may_reach(const NormalVector& p, double reach_m) const {
  const double c = dot(cap_.up, p);
  if (c >= cap_.cos_radius) return true;
  // A chord is no longer than its arc: whatever is within the arc is within this chord. Never less than asked for.
  const double reach = cap_.radius_rad + reach_m / earth_radius_m * 1.01;
  return reach_m > 0.0 && c > 0.5 && 2.0 - 2.0 * c <= reach * reach;
}

const ZoneShape::Edge* ZoneShape::nearest_edge(Point at, double& best_m) const {
  const Edge* best = nullptr;
  best_m = std::numeric_limits<double>::infinity();
  for (const Edge& e : edges_) {
    const double dx = e.b.x - e.a.x, dy = e.b.y - e.a.y;
    const double length2 = dx * dx + dy * dy;
    const double t = length2 > 0.0 ? std::clamp(((at.x - e.a.x) * dx + (at.y - e.a.y) * dy) / length2, 0.0, 1.0) : 0.0;
    const double x = at.x - e.a.x - t * dx, y = at.y - e.a.y - t * dy;
    const double d2 = x * x + y * y;
    if (d2 < best_m) best_m = d2, best = &e;
  }
  best_m = std::sqrt(best_m);
  return best;
}

double ZoneShape::exact_distance_m(const NormalVector& p) const { return exact_m(p, zone_.parts); }

// On the sphere first; where that is too near a limit to say, on the ellipsoid.
bool ZoneShape::is_within_limit(const NormalVector& p) const {
  const double about = distance_on_sphere_m(p, zone_.parts);
  const auto is_within = [&](double limit_m) {
    if (about < limit_m * (1.0 - sphere_error)) return true;
    return about < limit_m * (1.0 + sphere_error) && exact_distance_m(p) <= limit_m;
  };
  if (!is_within(zone_.limit_m) || (zone_.beyond_m > 0.0 && is_within(zone_.beyond_m))) return false;
  return zone_.neighbours.empty() || is_on_own_side(p);
}

bool ZoneShape::is_on_own_side(const NormalVector& p) const {
  const double own = distance_on_sphere_m(p, zone_.parts), other = distance_on_sphere_m(p, zone_.neighbours);
  if (own * (1.0 + sphere_error) < other * (1.0 - sphere_error)) return true;
  if (own * (1.0 - sphere_error) > other * (1.0 + sphere_error)) return false;
  return exact_distance_m(p) <= exact_m(p, zone_.neighbours);
}

bool ZoneShape::contains(const NormalVector& p) const {
  if (!may_reach(p, 0.0) || !plane_.is_ahead(p)) return false;
  if (zone_.kind == ZoneKind::limit) return is_within_limit(p);
  const Point at = flat(p);
  double d = 0.0;
  if (zone_.kind == ZoneKind::point || zone_.width_m > 0.0) {
    (void)nearest_edge(at, d);
    return d <= (zone_.kind == ZoneKind::point ? zone_.radius_m : 0.5 * zone_.width_m);
  }
  if (!zone_.is_area()) return false;
  bool inside = false;
  for (const Edge& e : edges_) {
    if ((e.a.y > at.y) == (e.b.y > at.y)) continue;
    if (at.x < e.a.x + (at.y - e.a.y) / (e.b.y - e.a.y) * (e.b.x - e.a.x)) inside = !inside;
  }
  return inside;
}

double ZoneShape::distance_m(const NormalVector& p) const {
  if (!plane_.is_ahead(p)) return std::numeric_limits<double>::infinity();
  if (zone_.kind == ZoneKind::limit) return std::abs(exact_distance_m(p) - zone_.limit_m);
  double d = 0.0;
  (void)nearest_edge(flat(p), d);
  if (zone_.kind == ZoneKind::point) return std::abs(d - zone_.radius_m);
  if (zone_.width_m > 0.0) return std::abs(d - 0.5 * zone_.width_m);
  return d;
}

std::optional<bool> ZoneShape::crossing(const NormalVector& a, const NormalVector& b) const {
  if (!plane_.is_ahead(a) || !plane_.is_ahead(b)) return std::nullopt;
  const Point p = flat(a), q = flat(b);
  std::optional<bool> found;
  for (const Edge& e : edges_) {
    const double lx = e.b.x - e.a.x, ly = e.b.y - e.a.y;
    const double before = cross(lx, ly, p.x - e.a.x, p.y - e.a.y);
    const double after = cross(lx, ly, q.x - e.a.x, q.y - e.a.y);
    if ((before > 0.0) == (after > 0.0)) continue;
    const double wx = q.x - p.x, wy = q.y - p.y;
    const double first = cross(wx, wy, e.a.x - p.x, e.a.y - p.y);
    const double second = cross(wx, wy, e.b.x - p.x, e.b.y - p.y);
    if ((first > 0.0) == (second > 0.0)) continue;
    // There and back again within one step is no crossing.
    found = found ? std::nullopt : std::optional(before > 0.0);
  }
  return found;
}

std::optional<double> ZoneShape::enters_after_m(const NormalVector& p, EastNorth way) const {
  if (contains(p)) return 0.0;
  if (!plane_.is_ahead(p)) return std::nullopt;
  const TangentPlane here = tangent_at(position_of(p));
  const double length = std::hypot(way.east.value(), way.north.value());
  if (!(length > 0.0)) return std::nullopt;
  const Point from = flat(p);
  const Point to = flat(normal_of(moved(here, way)));
  const double wx = to.x - from.x, wy = to.y - from.y;
  double best = std::numeric_limits<double>::infinity();
  for (const Edge& e : edges_) {
    const double lx = e.b.x - e.a.x, ly = e.b.y - e.a.y;
    const double turn = cross(wx, wy, lx, ly);
    if (turn == 0.0) continue;
    const double t = cross(e.a.x - from.x, e.a.y - from.y, lx, ly) / turn;
    const double u = cross(e.a.x - from.x, e.a.y - from.y, wx, wy) / turn;
    if (t >= 0.0 && t <= 1.0 && u >= 0.0 && u <= 1.0) best = std::min(best, t);
  }
  if (!(best <= 1.0)) return std::nullopt;
  return best * length;
}

double ZoneShape::direction_deg(const NormalVector& p) const {
  if (zone_.direction_deg) return *zone_.direction_deg;
  double d = 0.0;
  const Edge* e = nearest_edge(flat(p), d);
  if (e == nullptr) return 0.0;
  return Bearing::of(e->b.x - e->a.x, e->b.y - e->a.y).degrees();
}

bool ZoneShape::is_at_side(const NormalVector& p) const {
  const Point at = flat(p);
  double d = 0.0;
  const Edge* e = nearest_edge(at, d);
  if (e == nullptr) return false;
  if (zone_.width_m > 0.0) {  // beside the middle line, not at its ends
    const Edge& first = edges_.front();
    const Edge& last = edges_.back();
    const double begin = (at.x - first.a.x) * (first.b.x - first.a.x) + (at.y - first.a.y) * (first.b.y - first.a.y);
    const double end = (at.x - last.b.x) * (last.b.x - last.a.x) + (at.y - last.b.y) * (last.b.y - last.a.y);
    return begin > 0.0 && end < 0.0;
  }
  const Bearing along = Bearing::from_degrees(direction_deg(p));
  const Bearing edge = Bearing::of(e->b.x - e->a.x, e->b.y - e->a.y);
  const double angle = std::abs((edge - along).degrees());
  return angle < 45.0 || angle > 135.0;
}

}  // namespace headland::rules
