// SPDX-License-Identifier: Apache-2.0
// A damaged database makes way for a new one. Inside of io/store only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

namespace headland::store {

// Renames the file and its companions to FILE.damaged-N; its new name, or nothing where it cannot be moved. No
// connection may be open.
inline std::optional<std::string> move_file_aside(const std::filesystem::path& file) {
  std::error_code error;
  for (int number = 1; number < 1000; ++number) {
    const std::string aside = file.string() + ".damaged-" + std::to_string(number);
    if (std::filesystem::exists(aside, error)) continue;
    std::filesystem::rename(file, aside, error);
    if (error) return std::nullopt;
    for (const char* companion : {"-wal", "-shm"}) {
      std::error_code ignored;  // mostly absent
      std::filesystem::rename(file.string() + companion, aside + companion, ignored);
    }
    return aside;
  }
  return std::nullopt;
}

}  // namespace headland::store
