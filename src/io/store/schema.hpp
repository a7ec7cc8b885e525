// SPDX-License-Identifier: Apache-2.0
// The tables, and how an older database is brought up to date. Inside of io/store only.
#pragma once

#include <cstdint>

#include "io/store/sqlite.hpp"

namespace headland::store {

inline constexpr std::int64_t schema_version = 4;  // in the file's user_version

enum class SchemaResult : std::uint8_t { ready, migrated, newer, damaged, failed };

// Makes the tables of a new file, or migrates an older one step by step, each step in one
// transaction with its version number.
[[nodiscard]] SchemaResult bring_up_to_date(Connection& connection);

}  // namespace headland::store
