// SPDX-License-Identifier: Apache-2.0
// The rule engine's snapshot as bytes, for the disk.
#pragma once

#include <optional>
#include <span>

#include "core/rules/memory/engine_snapshot.hpp"

namespace headland::station {

[[nodiscard]] std::vector<std::uint8_t> to_bytes(rules::EngineSnapshot snapshot);
// None: damaged, or of another version.
[[nodiscard]] std::optional<rules::EngineSnapshot> engine_snapshot_from(std::span<const std::uint8_t> bytes);

}  // namespace headland::station
