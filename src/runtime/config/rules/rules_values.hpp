// SPDX-License-Identifier: Apache-2.0
// Values of a rules file that are more than a number or a text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/rules/rule.hpp"
#include "runtime/config/rules/rules_fields.hpp"

namespace headland::config {

// 2026-03-01T06:00:00Z, from 1970 to 2200.
[[nodiscard]] std::optional<Timestamp> parse_instant(const std::string& text);

// What a row says of any rule, whatever its kind.
void fill(const RuleRow& row, rules::Rule& rule);

// What a zone or a rule of a file lacks, to go on after its name.
[[nodiscard]] std::vector<std::string> faults_of(const rules::Zone& zone);
[[nodiscard]] std::vector<std::string> faults_of(const rules::Rule& rule);

// The kind of this number, with its defaults; false: there is none.
template <std::size_t I = 0>
bool make_kind(std::size_t index, rules::RuleKind& out) {
  if constexpr (I < std::variant_size_v<rules::RuleKind>) {
    if (index == I) return out.emplace<I>(), true;
    return make_kind<I + 1>(index, out);
  } else {
    return false;
  }
}

}  // namespace headland::config
