// SPDX-License-Identifier: Apache-2.0
#include "core/rules/vessel_grid.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace headland::rules {

void VesselGrid::build(const std::vector<NormalVector>& places) {
  std::vector<std::pair<Cell, std::uint32_t>> keyed;
  keyed.reserve(places.size());
  for (std::uint32_t i = 0; i < places.size(); ++i) keyed.emplace_back(cell_of(places[i]), i);
  std::sort(keyed.begin(), keyed.end());
  order_.clear();
  buckets_.assign(std::bit_ceil(keyed.size() * 2 + 2), Bucket{});
  mask_ = buckets_.size() - 1;
  for (std::size_t first = 0; first < keyed.size();) {
    std::size_t last = first;
    while (last < keyed.size() && keyed[last].first == keyed[first].first) order_.push_back(keyed[last++].second);
    std::size_t i = hash_of(keyed[first].first) & mask_;
    while (buckets_[i].count != 0) i = (i + 1) & mask_;
    buckets_[i] = {keyed[first].first, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last - first)};
    first = last;
  }
}

}  // namespace headland::rules
