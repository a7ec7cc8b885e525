// SPDX-License-Identifier: Apache-2.0
// What somebody may have meant who mistyped a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headland::config {

// "; did you mean 'port'?", or nothing where no known name is near (Levenshtein distance).
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace headland::config
