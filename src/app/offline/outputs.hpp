// SPDX-License-Identifier: Apache-2.0
// What a verb writes to must not be what it reads from.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace headland::app {

// Before anything is opened for writing, which empties it: all inputs are there, and no output is one of them, under
// whatever name. False, and said: the exit code is then exit_failed. Empty names are none.
bool may_write(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs, std::ostream& err);

}  // namespace headland::app
