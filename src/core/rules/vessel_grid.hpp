// SPDX-License-Identifier: Apache-2.0
// Which vessels are near one another: a grid of cubes about the earth, so that neither 180 degrees nor the poles are
// anything special. Built anew for each picture.
#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/geo/tangent.hpp"

namespace headland::rules {

class VesselGrid {
 public:
  explicit VesselGrid(double cell_m = 6000.0) : cell_(cell_m / earth_radius_m) {}
  void build(const std::vector<NormalVector>& places);

  // Calls `take(index)` for every vessel in the cells that a ball of `radius_m` about `p` touches: all that are so
  // near, and some that are not. The order is that of the cells, the same for the same vessels.
  template <class Take>
  void near(const NormalVector& p, double radius_m, Take take) const {
    near_runs(p, radius_m, false, [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t k = begin; k < end; ++k) {
        if constexpr (std::is_same_v<decltype(take(order_[k])), bool>) {
          if (!take(order_[k])) return false;
        } else {
          take(order_[k]);
        }
      }
      return true;
    });
  }

  // The same as runs [begin, end) of `order()`, for those who keep their things in that order; ends at false.
  // `onward`: only from the cell of `p` on, which is half of them: enough for those who want each pair once.
  template <class Take>
  void near_runs(const NormalVector& p, double radius_m, bool onward, Take take) const {
    const double r = radius_m * 1.005 / earth_radius_m;
    const Cell low = cell_of({p.x - r, p.y - r, p.z - r});
    const Cell high = cell_of({p.x + r, p.y + r, p.z + r});
    const Cell own = onward ? cell_of(p) : low;
    for (std::int32_t x = own.x; x <= high.x; ++x) {
      for (std::int32_t y = x == own.x ? own.y : low.y; y <= high.y; ++y) {
        for (std::int32_t z = x == own.x && y == own.y ? own.z : low.z; z <= high.z; ++z) {
          if (!touches_sphere({x, y, z})) continue;
          const Bucket* b = in({x, y, z});
          if (b != nullptr && !take(b->begin, b->begin + b->count)) return;
        }
      }
    }
  }
  [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }  // places, cell by cell

 private:
  static constexpr double earth_radius_m = 6371008.8;
  struct Cell {
    std::int32_t x, y, z;
    friend auto operator<=>(const Cell&, const Cell&) = default;
  };
  struct Bucket {
    Cell cell{};
    std::uint32_t begin = 0;
    std::uint32_t count = 0;  // 0: free
  };
  [[nodiscard]] Cell cell_of(const NormalVector& p) const {
    return {static_cast<std::int32_t>(std::floor(p.x / cell_)), static_cast<std::int32_t>(std::floor(p.y / cell_)),
            static_cast<std::int32_t>(std::floor(p.z / cell_))};
  }
  // As one number that has the order of the cells: no more than a million of them to each side of the middle.
  [[nodiscard]] static std::uint64_t order_of(Cell c) {
    const auto part = [](std::int32_t v) { return static_cast<std::uint64_t>(v + (1 << 20)) & 0x1FFFFFU; };
    return part(c.x) << 42U | part(c.y) << 21U | part(c.z);
  }
  [[nodiscard]] static std::uint64_t hash_of(Cell c) {
    auto h = static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.x)) * 0x9E3779B97F4A7C15U;
    h ^= static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.y)) * 0xC2B2AE3D27D4EB4FU;
    h ^= static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.z)) * 0x165667B19E3779F9U;
    return h ^ (h >> 29U);
  }
  // All places lie on the unit sphere: most cells about one hold none of it, which is quicker said than looked up.
  [[nodiscard]] bool touches_sphere(Cell c) const {
    const double x = (c.x + 0.5) * cell_, y = (c.y + 0.5) * cell_, z = (c.z + 0.5) * cell_;
    return std::abs(x * x + y * y + z * z - 1.0) <= 2.0 * cell_;  // half a diagonal, and more: sqrt(3) and the square
  }
  [[nodiscard]] const Bucket* in(Cell cell) const {
    if (buckets_.empty()) return nullptr;
    for (std::size_t i = hash_of(cell) & mask_;; i = (i + 1) & mask_) {
      const Bucket& b = buckets_[i];
      if (b.count == 0) return nullptr;
      if (b.cell == cell) return &b;
    }
  }

  double cell_;
  std::size_t mask_ = 0;
  std::vector<Bucket> buckets_;
  std::vector<std::uint32_t> order_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed_;  // of build()
};

}  // namespace headland::rules
