// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace headland::config {

struct RulePage {
  std::string kind;
  std::string markdown;
};
// A page for each kind of rule, in their order: what it sees, what it cannot, figures, its keys, an example.
[[nodiscard]] std::vector<RulePage> rules_pages();

// The keys of a kind as a table; empty where it has none.
[[nodiscard]] std::string keys_of_kind(std::size_t kind);
[[nodiscard]] std::string sentence_of_kind(std::size_t kind);

}  // namespace headland::config
