// SPDX-License-Identifier: Apache-2.0
// What alerts cost those who watch, for programs and for people.
#pragma once

#include <span>
#include <string>

#include "core/rules/alerts/alert_budget.hpp"

namespace headland::share {

[[nodiscard]] std::string budget_json(const rules::AlertBudget& budget);
// {"watches":[…]}: each as budget_json() with from_s and to_s, the newest last.
[[nodiscard]] std::string watches_json(std::span<const rules::WatchBudget> watches);
// A page of plain text, watch by watch.
[[nodiscard]] std::string watches_text(std::span<const rules::WatchBudget> watches);

}  // namespace headland::share
