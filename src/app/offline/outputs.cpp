// SPDX-License-Identifier: Apache-2.0
#include "app/offline/outputs.hpp"

#include <filesystem>
#include <ostream>

namespace headland::app {

bool may_write(const std::vector<std::string>& outputs, const std::vector<std::string>& inputs, std::ostream& err) {
  for (const std::string& input : inputs) {
    std::error_code fault;
    if (std::filesystem::exists(input, fault)) continue;
    return err << input << ": " << (fault ? fault.message() : "no such file or folder") << "; check the path\n", false;
  }
  for (const std::string& output : outputs) {
    if (output == "-") return err << "-: is no file; /dev/stdout writes to the screen\n", false;
    for (const std::string& input : inputs) {
      std::error_code not_there;
      if (output.empty() || !std::filesystem::equivalent(output, input, not_there)) continue;
      return err << output << ": is read from; give what is written another name\n", false;
    }
  }
  return true;
}

}  // namespace headland::app
