// SPDX-License-Identifier: Apache-2.0
#include "io/maps/shore_bin.hpp"

#include <algorithm>
#include <cmath>

namespace headland::maps {
namespace {

constexpr double side_units = 65'535.0;

// A point of the bin's edge as a number: 0 at the south-west corner, counter-clockwise, 1 a side.
double along_edge(std::uint8_t side, std::pair<std::uint16_t, std::uint16_t> point) {
  const double x = point.first / side_units;
  const double y = point.second / side_units;
  switch (side) {
    case 0:
      return x;
    case 1:
      return 1.0 + y;
    case 2:
      return 3.0 - x;
    default:
      return 4.0 - y;
  }
}

class RingBuilder {
 public:
  explicit RingBuilder(const ShoreBin& bin, std::uint8_t level) : bin_(bin) { polygon_.level = level; }

  void add(double x, double y, bool cut) {
    polygon_.ring.push_back(
        GeoPosition::from_degrees(bin_.south_deg + y * bin_.size_deg, bin_.west_deg + x * bin_.size_deg));
    polygon_.cut.push_back(cut);
  }
  // The shoreline of a segment; from its last point on leads the bin's edge, or the line closes.
  void add(const ShoreSegment& segment, bool closes) {
    for (std::size_t i = 0; i < segment.points.size(); ++i) {
      const bool last = i + 1 == segment.points.size();
      if (last && closes && i > 0 && segment.points[i] == segment.points[0]) break;
      add(segment.points[i].first / side_units, segment.points[i].second / side_units, last && !closes);
    }
  }
  // The corners passed on the way along the edge.
  void add_corners(double from, double distance, bool counter_clockwise) {
    static constexpr double corners[4][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int k = 1; k <= 4; ++k) {
      const double corner = counter_clockwise ? std::floor(from) + k : std::ceil(from) - k;
      if (std::abs(corner - from) >= distance) return;
      const auto& c = corners[(static_cast<int>(corner) + 8) % 4];
      add(c[0], c[1], true);
    }
  }
  void finish(CoastPolygons& out) {
    if (polygon_.ring.size() >= 3) out.push_back(std::move(polygon_));
  }

 private:
  const ShoreBin& bin_;
  CoastPolygon polygon_;
};

// The open segments of one level, joined along the edge.
class Joiner {
 public:
  Joiner(const ShoreBin& bin, std::uint8_t level) : bin_(bin), level_(level), counter_clockwise_(level % 2 == 1) {
    for (const ShoreSegment& s : bin.segments) {
      if (s.level == level && s.entry < side_closed && s.exit < side_closed && s.points.size() >= 2)
        open_.push_back(&s);
    }
    used_.resize(open_.size());
  }
  [[nodiscard]] bool empty() const { return open_.empty(); }

  void join(CoastPolygons& out) {
    for (std::size_t start = 0; start < open_.size(); ++start) {
      if (used_[start]) continue;
      RingBuilder ring(bin_, level_);
      std::size_t current = start;
      do {
        used_[current] = true;
        ring.add(*open_[current], false);
        const auto [next, distance] = next_entry(current, start);
        ring.add_corners(along_edge(open_[current]->exit, open_[current]->points.back()), distance, counter_clockwise_);
        current = next;
      } while (current != start);
      ring.finish(out);
    }
  }

 private:
  // The nearest entry along the edge that is still free, or that of the ring's first segment.
  [[nodiscard]] std::pair<std::size_t, double> next_entry(std::size_t from, std::size_t start) const {
    const double exit = along_edge(open_[from]->exit, open_[from]->points.back());
    std::pair<std::size_t, double> best{start, 5.0};
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (used_[i] && i != start) continue;
      const double entry = along_edge(open_[i]->entry, open_[i]->points.front());
      double distance = std::fmod(counter_clockwise_ ? entry - exit : exit - entry, 4.0);
      if (distance < 0) distance += 4.0;
      if (distance < best.second) best = {i, distance};
    }
    return best;
  }

  const ShoreBin& bin_;
  std::uint8_t level_;
  bool counter_clockwise_;
  std::vector<const ShoreSegment*> open_;
  std::vector<bool> used_;
};

}  // namespace

void assemble(const ShoreBin& bin, CoastPolygons& out) {
  const std::uint8_t shallowest = *std::ranges::min_element(bin.corner_levels);
  for (std::uint8_t level = 1; level <= 4; ++level) {
    Joiner joiner(bin, level);
    if (!joiner.empty()) {
      joiner.join(out);
    } else if (shallowest >= level) {
      RingBuilder ring(bin, level);
      for (const auto& [x, y] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) ring.add(x, y, true);
      ring.finish(out);
    }
    for (const ShoreSegment& segment : bin.segments) {
      if (segment.level != level || segment.entry != side_closed) continue;
      RingBuilder ring(bin, level);
      ring.add(segment, true);
      ring.finish(out);
    }
  }
}

}  // namespace headland::maps
