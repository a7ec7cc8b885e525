// SPDX-License-Identifier: Apache-2.0
#include "core/rules/routes/route_model.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"
#include "core/rules/routes/gamma_tail.hpp"

namespace headland::rules {
namespace {

constexpr double cell_deg = 0.01;
constexpr std::int32_t rows = 18'000;
constexpr double prior_weight = 4.0;    // visits that the wider knowledge counts for
constexpr double uniform_weight = 2.0;  // and "any direction alike"
constexpr double beside_weight = 0.3;   // of the eight cells about one
constexpr double most_of_one = 4000.0;  // visits; then all are halved, so that what is new still counts
constexpr double least_speed_mps = 0.05;

// Hours of the day by quarters (UTC); 4: all.
constexpr unsigned all_hours = 4;
unsigned hours_of(Timestamp t) {
  const auto into = t - std::chrono::floor<std::chrono::days>(t);
  return static_cast<unsigned>(into / std::chrono::hours(6));
}

std::uint64_t key_of(RouteCell c, RouteGroup group, unsigned hours) {
  return (static_cast<std::uint64_t>(c.row) << 24U) | (static_cast<std::uint64_t>(c.column) << 6U) |
         (static_cast<std::uint64_t>(group) << 3U) | hours;
}
RouteCell cell_of(std::uint64_t key) {
  return {static_cast<std::int32_t>(key >> 24U), static_cast<std::int32_t>(key >> 6U & 0x3FFFFU)};
}
RouteGroup group_of(std::uint64_t key) { return static_cast<RouteGroup>(key >> 3U & 7U); }
unsigned hours_of(std::uint64_t key) { return static_cast<unsigned>(key & 7U); }

RouteCell beside(RouteCell c, std::int32_t up, std::int32_t right) {
  RouteCell out{c.row + up, 0};
  if (out.row < 0 || out.row >= rows) return {-1, 0};
  // Rows have their own numbers of columns: the one above lies at the same share of the circle.
  const std::int32_t own = route_columns(c.row), there = route_columns(out.row);
  const auto column = static_cast<std::int32_t>((static_cast<double>(c.column) + 0.5) * there / own) + right;
  out.column = ((column % there) + there) % there;
  return out;
}

void add_to(RouteCounts& sum, const RouteCounts& c, double weight) {
  const auto w = static_cast<float>(weight);
  for (std::size_t i = 0; i < sum.directions.size(); ++i) sum.directions[i] += w * c.directions[i];
  sum.speeds += w * c.speeds;
  sum.speed_sum += w * c.speed_sum;
  sum.log_speed_sum += w * c.log_speed_sum;
}

std::array<double, route_directions + 1> leaning(const RouteCounts& c,
                                                 const std::array<double, route_directions + 1>& on, double weight) {
  std::array<double, route_directions + 1> out{};
  const double n = c.visits();
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = (static_cast<double>(c.directions[i]) + weight * on[i]) / (n + weight);
  }
  return out;
}

}  // namespace

std::int32_t route_columns(std::int32_t row) {
  const double latitude = (static_cast<double>(row) + 0.5) * cell_deg - 90.0;
  return std::max(1,
                  static_cast<std::int32_t>(std::lround(360.0 / cell_deg * std::cos(latitude * radians_per_degree))));
}

RouteCell route_cell_of(GeoPosition p) {
  RouteCell c;
  c.row = std::clamp(static_cast<std::int32_t>((p.latitude_deg() + 90.0) / cell_deg), 0, rows - 1);
  const std::int32_t columns = route_columns(c.row);
  const double share = std::fmod(p.longitude.value() / full_turn + 1.5, 1.0);
  c.column = std::min(static_cast<std::int32_t>(share * columns), columns - 1);
  return c;
}

GeoPosition middle_of(RouteCell c) {
  return GeoPosition::from_degrees((c.row + 0.5) * cell_deg - 90.0,
                                   (c.column + 0.5) * 360.0 / route_columns(c.row) - 180.0);
}

RouteGroup route_group_of(ShipClass c) {
  switch (c) {
    case ShipClass::cargo:
    case ShipClass::tanker:
      return RouteGroup::merchant;
    case ShipClass::passenger:
    case ShipClass::high_speed:
      return RouteGroup::ferry;
    case ShipClass::fishing:
      return RouteGroup::fishing;
    case ShipClass::sailing:
    case ShipClass::pleasure:
      return RouteGroup::small;
    case ShipClass::unknown:
    case ShipClass::other:
      return RouteGroup::unknown;
    default:
      return RouteGroup::service;
  }
}

double RouteCounts::visits() const {
  double n = 0.0;
  for (const float d : directions) n += static_cast<double>(d);
  return n;
}

void RouteModel::add(std::uint64_t key, const RouteVisit& v) {
  auto at = counts_.find(key);
  if (at == counts_.end()) {
    if (counts_.size() >= most_counts) {
      ++refused_;
      return;
    }
    at = counts_.emplace(key, RouteCounts{}).first;
  }
  RouteCounts& c = at->second;
  if (v.is_still) {
    c.directions[route_still] += 1.0F;
  } else {
    const double along = std::fmod(static_cast<double>(v.course_rad) / full_turn * route_directions + route_directions,
                                   static_cast<double>(route_directions));
    const auto low = static_cast<std::size_t>(along) % route_directions;
    const double share = along - std::floor(along);
    c.directions[low] += static_cast<float>(1.0 - share);
    c.directions[(low + 1) % route_directions] += static_cast<float>(share);
    const float speed = std::max(v.speed_mps, static_cast<float>(least_speed_mps));
    c.speeds += 1.0F;
    c.speed_sum += speed;
    c.log_speed_sum += std::log(speed);
  }
  if (c.visits() <= most_of_one) return;
  for (float& d : c.directions) d *= 0.5F;
  c.speeds *= 0.5F, c.speed_sum *= 0.5F, c.log_speed_sum *= 0.5F;
}

void RouteModel::learn(const RouteVisit& v) {
  add(key_of(v.cell, v.group, hours_of(v.time)), v);
  add(key_of(v.cell, v.group, all_hours), v);
  add(key_of(v.cell, RouteGroup::all, all_hours), v);
}

RouteCounts RouteModel::about(RouteCell cell, std::int32_t n, RouteGroup group, unsigned hours, double weight) const {
  RouteCounts sum;
  for (std::int32_t up = -n; up <= n; ++up) {
    for (std::int32_t right = -n; right <= n; ++right) {
      const RouteCell c = beside(cell, up, right);
      if (c.row < 0) continue;
      const auto at = counts_.find(key_of(c, group, hours));
      if (at != counts_.end()) add_to(sum, at->second, up == 0 && right == 0 ? 1.0 : weight);
    }
  }
  return sum;
}

RouteOpinion RouteModel::opinion(const RouteVisit& v) const {
  RouteOpinion out;
  const RouteCounts near = about(v.cell, 1, v.group, all_hours, 1.0);
  out.visits = near.visits();
  out.visits_wider = about(v.cell, 3, v.group, all_hours, 1.0).visits() - out.visits;

  std::array<double, route_directions + 1> p{};
  p.fill(1.0 / static_cast<double>(p.size()));
  p = leaning(about(v.cell, 1, RouteGroup::all, all_hours, beside_weight), p, uniform_weight);
  p = leaning(about(v.cell, 1, v.group, all_hours, beside_weight), p, prior_weight);
  p = leaning(about(v.cell, 1, v.group, hours_of(v.time), beside_weight), p, prior_weight);
  out.still_probability = p[route_still];
  const auto commonest = std::max_element(p.begin(), p.begin() + route_directions);
  out.usual_course_deg = static_cast<double>(commonest - p.begin()) * 360.0 / route_directions;
  if (!v.is_still) {
    const auto own =
        static_cast<std::size_t>(std::lround(static_cast<double>(v.course_rad) / full_turn * route_directions));
    const double moving = std::max(1.0 - out.still_probability, 1e-9);
    out.direction_probability = (p[own % route_directions] + p[(own + 1) % route_directions] +
                                 p[(own + route_directions - 1) % route_directions]) /
                                moving;
  }
  out.speeds = static_cast<double>(near.speeds);
  if (near.speeds > 0.0F) out.mean_speed_mps = static_cast<double>(near.speed_sum / near.speeds);
  if (near.speeds >= 2.0F && !v.is_still) {
    const double log_gap = std::log(out.mean_speed_mps) - static_cast<double>(near.log_speed_sum / near.speeds);
    out.speed_tail = gamma_tail(static_cast<double>(v.speed_mps), out.mean_speed_mps, log_gap);
  }
  return out;
}

std::vector<RouteModel::Entry> RouteModel::entries() const {
  std::vector<Entry> out;
  out.reserve(counts_.size());
  for (const auto& [key, counts] : counts_) out.push_back({key, counts});
  std::ranges::sort(out, {}, &Entry::key);
  return out;
}

void RouteModel::restore(const std::vector<Entry>& entries) {
  counts_.clear();
  refused_ = 0;
  for (const Entry& e : entries) {
    const RouteCell c = cell_of(e.key);
    bool is_sound = c.row >= 0 && c.row < rows && c.column < route_columns(c.row) &&
                    group_of(e.key) <= RouteGroup::all && hours_of(e.key) <= all_hours &&
                    std::isfinite(e.counts.log_speed_sum);
    for (const float d : e.counts.directions) is_sound = is_sound && d >= 0.0F && std::isfinite(d);
    is_sound = is_sound && e.counts.speeds >= 0.0F && e.counts.speed_sum >= 0.0F && std::isfinite(e.counts.speeds) &&
               std::isfinite(e.counts.speed_sum);
    if (is_sound && counts_.size() < most_counts) counts_.emplace(e.key, e.counts);
  }
}

std::vector<RouteModel::Drawn> RouteModel::drawn(double least_visits) const {
  std::vector<Drawn> out;
  for (const Entry& e : entries()) {
    if (group_of(e.key) != RouteGroup::all || e.counts.visits() < least_visits) continue;
    Drawn d{cell_of(e.key), e.counts.visits(), 0.0, 0.0, 0.0};
    double east = 0.0, north = 0.0, moving = 0.0;
    for (std::size_t i = 0; i < route_directions; ++i) {
      const double n = static_cast<double>(e.counts.directions[i]),
                   a = full_turn * static_cast<double>(i) / route_directions;
      east += n * std::sin(a), north += n * std::cos(a), moving += n;
    }
    if (moving > 0.0) {
      d.course_deg = Bearing::of(east, north).degrees();
      d.one_way = std::hypot(east, north) / moving;
    }
    if (e.counts.speeds > 0.0F) d.mean_speed_mps = static_cast<double>(e.counts.speed_sum / e.counts.speeds);
    out.push_back(d);
  }
  return out;
}

}  // namespace headland::rules
