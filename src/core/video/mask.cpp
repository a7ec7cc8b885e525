// SPDX-License-Identifier: Apache-2.0
#include "core/video/mask.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <optional>

namespace headland {
namespace {

struct Point {
  double east;
  double north;
};

struct Interval {
  double near;
  double far;
};

Point point(EastNorth p) { return {p.east.value(), p.north.value()}; }

// Points of the ray at direction (sin, cos) inside the disc of `radius` about `centre`.
std::optional<Interval> ray_in_disc(Point direction, Point centre, double radius) {
  const double along = direction.east * centre.east + direction.north * centre.north;
  const double across = direction.east * centre.north - direction.north * centre.east;
  const double inside = radius * radius - across * across;
  if (inside < 0.0) return std::nullopt;
  const double half = std::sqrt(inside);
  if (along + half < 0.0) return std::nullopt;
  return Interval{std::max(0.0, along - half), along + half};
}

// Points of the ray within `radius` of the segment a-b but beside it (the rectangle of the stadium).
std::optional<Interval> ray_in_rectangle(Point direction, Point a, Point b, double radius) {
  const Point edge{b.east - a.east, b.north - a.north};
  const double length = std::hypot(edge.east, edge.north);
  if (length == 0.0) return std::nullopt;
  const Point unit{edge.east / length, edge.north / length};
  double low = 0.0;
  double high = 1e12;
  // Two slabs: 0 <= along the edge <= length and -radius <= across <= radius.
  const auto clip = [&](double slope, double offset, double from, double to) {
    if (std::abs(slope) < 1e-15) return offset >= from && offset <= to;
    const double t0 = (from - offset) / slope;
    const double t1 = (to - offset) / slope;
    low = std::max(low, std::min(t0, t1));
    high = std::min(high, std::max(t0, t1));
    return low <= high;
  };
  const double along_slope = direction.east * unit.east + direction.north * unit.north;
  const double along_offset = -(a.east * unit.east + a.north * unit.north);
  const double across_slope = direction.east * unit.north - direction.north * unit.east;
  const double across_offset = -(a.east * unit.north - a.north * unit.east);
  if (!clip(along_slope, along_offset, 0.0, length)) return std::nullopt;
  if (!clip(across_slope, across_offset, -radius, radius)) return std::nullopt;
  return Interval{low, high};
}

std::optional<Interval> join(std::optional<Interval> a, std::optional<Interval> b) {
  if (!a) return b;
  if (!b) return a;
  return Interval{std::min(a->near, b->near), std::max(a->far, b->far)};
}

// Calls f(row, direction) for the rows from the bearing of a to that of b the short way, `margin`
// radians wider on both sides; for all rows where that is the whole turn.
template <class F>
void for_rows_between(const RangeAzimuthMask& mask, Point a, Point b, double margin, F f) {
  const double step = 2.0 * std::numbers::pi / mask.azimuths();
  const double start = std::atan2(a.east, a.north);
  const double turn = std::remainder(std::atan2(b.east, b.north) - start, 2.0 * std::numbers::pi);
  const double from = std::min(start, start + turn) - margin;
  const double to = std::max(start, start + turn) + margin;
  const auto rows = static_cast<std::int64_t>(mask.azimuths());
  auto first = static_cast<std::int64_t>(std::floor(from / step)) - 1;
  auto last = static_cast<std::int64_t>(std::floor(to / step)) + 1;
  if (last - first >= rows) {
    first = 0;
    last = rows - 1;
  }
  for (std::int64_t i = first; i <= last; ++i) {
    const auto row = static_cast<std::uint32_t>(((i % rows) + rows) % rows);
    const double bearing = (static_cast<double>(row) + 0.5) * step;
    f(row, Point{std::sin(bearing), std::cos(bearing)});
  }
}

// Where the middle line of each row crosses the rings, unsorted.
using Crossings = std::vector<std::vector<double>>;

void add_crossings(const RangeAzimuthMask& mask, Point a, Point b, Crossings& crossings) {
  for_rows_between(mask, a, b, 0.0, [&](std::uint32_t row, Point d) {
    // Sides by a half-open rule, so that a ray through a corner meets one of its two edges.
    const double side_a = d.east * a.north - d.north * a.east;
    const double side_b = d.east * b.north - d.north * b.east;
    if ((side_a >= 0.0) == (side_b >= 0.0)) return;
    const double share = side_a / (side_a - side_b);
    const double range =
        d.east * (a.east + share * (b.east - a.east)) + d.north * (a.north + share * (b.north - a.north));
    if (range >= 0.0) crossings[row].push_back(range);
  });
}

void fill_inside(RangeAzimuthMask& mask, Crossings& crossings) {
  for (std::uint32_t row = 0; row < mask.azimuths(); ++row) {
    auto& ranges = crossings[row];
    std::sort(ranges.begin(), ranges.end());
    // Far away is outside; an odd number of crossings means that the antenna stands inside.
    double near = 0.0;
    bool inside = ranges.size() % 2 == 1;
    for (const double range : ranges) {
      if (inside) mask.fill(row, Metres(near), Metres(range));
      near = range;
      inside = !inside;
    }
  }
}

void fill_along_edge(RangeAzimuthMask& mask, Point a, Point b, double radius, bool masked) {
  const double reach = std::min(std::hypot(a.east, a.north), std::hypot(b.east, b.north));
  // The nearest point of the edge may be nearer than its ends; half the edge is a safe bound.
  const double nearest = reach - 0.5 * std::hypot(b.east - a.east, b.north - a.north);
  const double margin = nearest > radius ? std::asin(radius / nearest) : std::numbers::pi;
  for_rows_between(mask, a, b, margin, [&](std::uint32_t row, Point d) {
    const auto ends = join(ray_in_disc(d, a, radius), ray_in_disc(d, b, radius));
    if (const auto covered = join(ends, ray_in_rectangle(d, a, b, radius))) {
      mask.fill(row, Metres(covered->near), Metres(covered->far), masked);
    }
  });
}

template <class F>
void for_edges(std::span<const std::vector<EastNorth>> rings, F f) {
  for (const auto& ring : rings) {
    if (ring.size() < 3) continue;
    for (std::size_t i = 0; i < ring.size(); ++i) f(point(ring[i]), point(ring[(i + 1) % ring.size()]));
  }
}

}  // namespace

RangeAzimuthMask::RangeAzimuthMask(std::uint32_t azimuths, Metres range_cell, std::uint32_t range_cells)
    : azimuths_(std::clamp(azimuths, 1U, 8192U)),
      range_cell_(range_cell.value() > 0.0 ? range_cell : Metres(1.0)),
      range_cells_(std::clamp(range_cells, 1U, 65536U)),
      words_((range_cells_ + 63) / 64),
      bits_(std::size_t{azimuths_} * words_) {}

std::uint32_t RangeAzimuthMask::azimuth_of(Bearing bearing) const {
  const double turns = bearing.radians() / (2.0 * std::numbers::pi);
  return std::min(static_cast<std::uint32_t>(turns * azimuths_), azimuths_ - 1);
}

bool RangeAzimuthMask::is_masked(Bearing bearing, Metres range) const {
  if (empty() || range.value() < 0.0) return false;
  const double cell = range / range_cell_;
  return cell < range_cells_ && is_masked(azimuth_of(bearing), static_cast<std::uint32_t>(cell));
}

void RangeAzimuthMask::fill(std::uint32_t azimuth, Metres near, Metres far, bool masked) {
  const double cells = range_cells_;
  const double first = std::clamp(std::ceil(near / range_cell_ - 0.5), 0.0, cells);
  const double end = std::clamp(std::floor(far / range_cell_ - 0.5) + 1.0, 0.0, cells);
  for (auto cell = static_cast<std::uint32_t>(first); cell < static_cast<std::uint32_t>(end);) {
    const std::uint32_t stop = std::min((cell / 64 + 1) * 64, static_cast<std::uint32_t>(end));
    const std::uint64_t ones = ~std::uint64_t{0} >> (64 - (stop - cell)) << (cell % 64);
    std::uint64_t& word = bits_[word_of(azimuth, cell)];
    word = masked ? word | ones : word & ~ones;
    cell = stop;
  }
}

double RangeAzimuthMask::masked_share() const {
  std::int64_t masked = 0;
  for (const std::uint64_t word : bits_) masked += std::popcount(word);
  return empty() ? 0.0 : static_cast<double>(masked) / (static_cast<double>(azimuths_) * range_cells_);
}

void blank(RangeAzimuthMask& mask, const BlankedSector& sector) {
  const double step = 2.0 * std::numbers::pi / mask.azimuths();
  const double width = sector.from == sector.to ? 2.0 * std::numbers::pi : clockwise_from(sector.from, sector.to);
  for (std::uint32_t row = 0; row < mask.azimuths(); ++row) {
    const Bearing middle(Radians((row + 0.5) * step));
    if (clockwise_from(sector.from, middle) < width) mask.fill(row, sector.range_min, sector.range_max);
  }
}

void mask_polygons(RangeAzimuthMask& mask, std::span<const std::vector<EastNorth>> rings, Metres buffer) {
  if (mask.empty()) return;
  Crossings crossings(mask.azimuths());
  for_edges(rings, [&](Point a, Point b) { add_crossings(mask, a, b, crossings); });
  fill_inside(mask, crossings);
  const double radius = std::abs(buffer.value());
  if (radius == 0.0) return;
  const double reach = mask.range_cell().value() * mask.range_cells() + radius;
  for_edges(rings, [&](Point a, Point b) {
    const double length = std::hypot(b.east - a.east, b.north - a.north);
    if (std::hypot(a.east, a.north) - length > reach) return;
    fill_along_edge(mask, a, b, radius, buffer.value() > 0.0);
  });
}

RangeAzimuthMask mask_from_polygons(std::span<const std::vector<EastNorth>> rings, Metres buffer,
                                    std::uint32_t azimuths, Metres range_cell, std::uint32_t range_cells) {
  RangeAzimuthMask mask(azimuths, range_cell, range_cells);
  mask_polygons(mask, rings, buffer);
  return mask;
}

}  // namespace headland
