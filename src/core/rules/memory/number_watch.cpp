// SPDX-License-Identifier: Apache-2.0
#include "core/rules/memory/number_watch.hpp"

#include <algorithm>

namespace headland::rules {
namespace {

constexpr std::uint32_t least_reports = 5;  // of the former number: one that was heard once is an error of the line
constexpr Duration overlap = std::chrono::seconds(30);

ShortText text_of(Mmsi mmsi) {
  ShortText out{};
  const std::string text = std::to_string(mmsi.value());
  std::copy_n(text.begin(), std::min(text.size(), out.size() - 1), out.begin());
  return out;
}

}  // namespace

// Two vessels that pass close may swap their numbers in the picture: both were heard before.
bool NumberWatch::has_changed(const Memory& before, const Memory& after) {
  return before.reports >= least_reports && after.first_seen + overlap >= before.report_time;
}

void NumberWatch::note(Mmsi before, Mmsi after, Timestamp now, IdentityWatch& watch) {
  watch.found = IdentityEvidence{IdentityEvidence::What::mmsi, text_of(before), text_of(after)};
  watch.found_at = now;
}

void NumberWatch::forget(Timestamp before) {
  std::erase_if(carried_, [&](const auto& entry) { return entry.second.last < before; });
}

}  // namespace headland::rules
