// SPDX-License-Identifier: Apache-2.0
#include "core/rules/vessel_grid.hpp"

#include <algorithm>
#include <bit>

namespace headland::rules {

void VesselGrid::build(const std::vector<NormalVector>& places) {
  keyed_.clear();
  for (std::uint32_t i = 0; i < places.size(); ++i) keyed_.emplace_back(order_of(cell_of(places[i])), i);
  std::sort(keyed_.begin(), keyed_.end());
  order_.clear();
  buckets_.assign(std::bit_ceil(keyed_.size() * 2 + 2), Bucket{});
  mask_ = buckets_.size() - 1;
  for (std::size_t first = 0; first < keyed_.size();) {
    std::size_t last = first;
    while (last < keyed_.size() && keyed_[last].first == keyed_[first].first) order_.push_back(keyed_[last++].second);
    const Cell cell = cell_of(places[keyed_[first].second]);
    std::size_t i = hash_of(cell) & mask_;
    while (buckets_[i].count != 0) i = (i + 1) & mask_;
    buckets_[i] = {cell, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first)};
    first = last;
  }
}

}  // namespace headland::rules
