// SPDX-License-Identifier: Apache-2.0
// The log, on standard error. Never called from core or codec.
#pragma once

#include <string_view>

namespace headland::log {

void info(std::string_view text);
void warn(std::string_view text);
void error(std::string_view text);
// Nothing below warnings from now on (for command-line verbs whose output is data).
void quiet();

}  // namespace headland::log
