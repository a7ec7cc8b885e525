// SPDX-License-Identifier: Apache-2.0
// headland config check|show FILE
#pragma once

#include <iosfwd>
#include <string>

namespace headland::app {

int config_check(const std::string& file, std::ostream& out, std::ostream& err);
int config_show(const std::string& file, std::ostream& out, std::ostream& err);

}  // namespace headland::app
