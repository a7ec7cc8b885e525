// SPDX-License-Identifier: Apache-2.0
#include "app/places.hpp"

#include <filesystem>

namespace headland::app {
namespace {

// The installed program lies in PREFIX/bin.
std::filesystem::path share_directory() {
  std::error_code fault;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", fault);
  return fault ? std::filesystem::path() : program.parent_path().parent_path() / "share" / "headland";
}

std::string first_there(const std::filesystem::path& installed, const std::filesystem::path& in_tree) {
  std::error_code fault;
  if (std::filesystem::exists(installed, fault)) return installed.string();
  return in_tree.string();
}

}  // namespace

std::string page_directory() { return first_there(share_directory() / "web", HEADLAND_WEB_DIST); }
std::string data_file(const std::string& relative) {
  return first_there(share_directory() / "data" / relative, std::filesystem::path(HEADLAND_DATA_DIR) / relative);
}

}  // namespace headland::app
