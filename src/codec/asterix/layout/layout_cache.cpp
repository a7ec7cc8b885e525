// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/layout/layout_cache.hpp"

namespace headland::asterix {

Expected<const RecordLayout*, Fault> LayoutCache::add(std::uint8_t category, Bytes bytes, Set& set) {
  if (const auto laid_out = lay_out(category, bytes, *next_); !laid_out) return unexpected(laid_out.error());
  if (next_->length > longest_kept) return next_.get();
  if (kept_ == most_kept) {
    for (Set& s : sets_) s.clear();
    kept_ = 0;
  }
  if (set.size() < most_in_set) {
    set.push_back({{}, 0, std::make_unique<RecordLayout>()});
    ++kept_;
  }
  Entry& entry = set.back();
  std::swap(entry.layout, next_);
  entry.second = entry.layout->checks.size() > 1 ? entry.layout->checks[1] : RecordLayout::Check{};
  entry.length = entry.layout->length;
  const RecordLayout* const added = entry.layout.get();
  std::swap(entry, set[(set.size() - 1) / 2]);
  return added;
}

}  // namespace headland::asterix
