// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/fragments.hpp"

#include <algorithm>
#include <chrono>

namespace headland::ip {

void FragmentReassembler::drop_old(Timestamp time) {
  std::erase_if(assemblies_, [&](const Assembly& a) {
    const bool old = std::chrono::abs(time - a.began) > max_age;
    if (old && !a.voided) ++counts_.incomplete;
    return old;
  });
}

FragmentReassembler::Assembly& FragmentReassembler::find_or_begin(const Ipv4Packet& f, Timestamp time) {
  const auto same = std::ranges::find_if(assemblies_, [&](const Assembly& a) {
    return a.identification == f.identification && a.source == f.source && a.destination == f.destination &&
           a.protocol == f.protocol;
  });
  if (same != assemblies_.end()) return *same;
  if (assemblies_.size() >= max_packets) {
    const auto oldest = std::ranges::min_element(assemblies_, {}, &Assembly::began);
    if (!oldest->voided) ++counts_.crowded_out;
    assemblies_.erase(oldest);
  }
  Assembly& a = assemblies_.emplace_back();
  a.source = f.source;
  a.destination = f.destination;
  a.identification = f.identification;
  a.protocol = f.protocol;
  a.began = time;
  return a;
}

FragmentReassembler::Placed FragmentReassembler::place(Assembly& a, const Ipv4Packet& f) {
  const auto begin = f.fragment_offset;
  const auto end = begin + static_cast<std::uint32_t>(f.payload.size());
  const bool last = !f.more_fragments;
  // Every fragment but the last holds a multiple of 8 bytes; an empty one says nothing.
  if (begin == end || end > max_length || (!last && f.payload.size() % 8 != 0)) return Placed::impossible;
  if (a.length && (end > *a.length || (last && end != *a.length))) return Placed::impossible;
  if (last && !a.ranges.empty() && a.ranges.back().end > end) return Placed::impossible;
  const auto after = std::ranges::lower_bound(a.ranges, begin, {}, &Range::begin);
  if (after != a.ranges.end() && after->begin == begin && after->end == end) {
    const bool same = std::equal(f.payload.begin(), f.payload.end(), a.bytes.begin() + begin);
    return same ? Placed::repeated : Placed::impossible;
  }
  if (after != a.ranges.end() && after->begin < end) return Placed::impossible;
  if (after != a.ranges.begin() && std::prev(after)->end > begin) return Placed::impossible;
  a.ranges.insert(after, Range{begin, end});
  if (a.bytes.size() < end) a.bytes.resize(end);
  std::ranges::copy(f.payload, a.bytes.begin() + begin);
  a.received += end - begin;
  if (last) a.length = end;
  return Placed::added;
}

std::optional<std::span<const std::uint8_t>> FragmentReassembler::add(const Ipv4Packet& fragment, Timestamp time) {
  drop_old(time);
  Assembly& a = find_or_begin(fragment, time);
  if (a.voided) return std::nullopt;  // remembered until it is old, so that its rest is not taken for a new packet
  if (place(a, fragment) == Placed::impossible) {
    ++counts_.overlapping;
    a.voided = true;
    a.bytes = {};
    a.ranges = {};
    return std::nullopt;
  }
  if (!a.length || a.received != *a.length) return std::nullopt;
  complete_ = std::move(a.bytes);
  assemblies_.erase(assemblies_.begin() + (&a - assemblies_.data()));
  return std::span<const std::uint8_t>(complete_);
}

void FragmentReassembler::finish() {
  for (const Assembly& a : assemblies_) counts_.incomplete += a.voided ? 0U : 1U;
  assemblies_.clear();
}

}  // namespace headland::ip
