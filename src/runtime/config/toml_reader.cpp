// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/toml_reader.hpp"

namespace headland::config {
bool TomlReader::is_choice(std::string_view choices, std::string_view value) {
  while (true) {
    const auto bar = choices.find('|');
    if (choices.substr(0, bar) == value) return true;
    if (bar == std::string_view::npos) return false;
    choices.remove_prefix(bar + 1);
  }
}

}  // namespace headland::config
