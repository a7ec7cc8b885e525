// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/nearest.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace headland::config {
namespace {

// Levenshtein distance.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  std::size_t best_distance = word.size() / 2 + 2;
  for (const auto candidate : known) {
    const auto d = edit_distance(word, candidate);
    if (d < best_distance) best = candidate, best_distance = d;
  }
  if (best.empty()) return {};
  return fmt::format("; did you mean '{}'?", best);
}

}  // namespace headland::config
