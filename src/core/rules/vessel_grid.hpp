// SPDX-License-Identifier: Apache-2.0
// Which vessels are near one another: a grid of cubes about the earth, so that neither 180 degrees nor the poles are
// anything special. Built anew for each picture.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <type_traits>
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
    const double r = radius_m * 1.005 / earth_radius_m;
    const Cell low = cell_of({p.x - r, p.y - r, p.z - r});
    const Cell high = cell_of({p.x + r, p.y + r, p.z + r});
    for (std::int32_t x = low.x; x <= high.x; ++x) {
      for (std::int32_t y = low.y; y <= high.y; ++y) {
        for (std::int32_t z = low.z; z <= high.z; ++z) {
          for (const std::uint32_t i : in({x, y, z})) {
            if constexpr (std::is_same_v<decltype(take(i)), bool>) {
              if (!take(i)) return;
            } else {
              take(i);
            }
          }
        }
      }
    }
  }

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
  [[nodiscard]] static std::uint64_t hash_of(Cell c) {
    auto h = static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.x)) * 0x9E3779B97F4A7C15U;
    h ^= static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.y)) * 0xC2B2AE3D27D4EB4FU;
    h ^= static_cast<std::uint64_t>(static_cast<std::uint32_t>(c.z)) * 0x165667B19E3779F9U;
    return h ^ (h >> 29U);
  }
  [[nodiscard]] std::span<const std::uint32_t> in(Cell cell) const {
    if (buckets_.empty()) return {};
    for (std::size_t i = hash_of(cell) & mask_;; i = (i + 1) & mask_) {
      const Bucket& b = buckets_[i];
      if (b.count == 0) return {};
      if (b.cell == cell) return {order_.data() + b.begin, b.count};
    }
  }

  double cell_;
  std::size_t mask_ = 0;
  std::vector<Bucket> buckets_;
  std::vector<std::uint32_t> order_;  // places, cell by cell
};

}  // namespace headland::rules
