// SPDX-License-Identifier: Apache-2.0
// Recordings that are not part of the project: tests on them skip, visibly, where they are absent.
#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace headland::test {

inline std::filesystem::path shared_data(const std::string& relative) {
  return std::filesystem::path(HEADLAND_SHARED_DATA) / relative;
}

}  // namespace headland::test

// At the start of a test: skips it with a message unless the recording is there.
#define HEADLAND_NEEDS_RECORDING(relative)                               \
  if (!std::filesystem::exists(::headland::test::shared_data(relative))) \
  GTEST_SKIP() << "recording not here: " << ::headland::test::shared_data(relative).string()
