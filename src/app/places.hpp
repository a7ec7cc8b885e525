// SPDX-License-Identifier: Apache-2.0
// Where the page and the scenes lie: in the source tree when run from the build, else beside the
// installed program (PREFIX/share/headland).
#pragma once

#include <string>

namespace headland::app {

[[nodiscard]] std::string page_directory();
[[nodiscard]] std::string data_file(const std::string& relative);  // e.g. "scenes/strait.toml"

}  // namespace headland::app
