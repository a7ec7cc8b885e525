// SPDX-License-Identifier: Apache-2.0
// The rule engine's snapshot as bytes, for the disk.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/base/expected.hpp"
#include "core/rules/memory/engine_snapshot.hpp"

namespace headland::station {

[[nodiscard]] std::vector<std::uint8_t> to_bytes(rules::EngineSnapshot snapshot);
// None: damaged, or of another version.
[[nodiscard]] std::optional<rules::EngineSnapshot> engine_snapshot_from(std::span<const std::uint8_t> bytes);

// What the desk needs beside its alerts, in a file of its own: written whole under another name, then renamed, so that
// a crash leaves the one or the other.
struct DeskState {
  rules::EngineSnapshot engine;
  std::map<AlertId, AlertId> of_engine;  // its numbers of alerts to ours
};
[[nodiscard]] Expected<void> save_desk_state(const std::string& file, const DeskState& state);
// None: there is none, or it is damaged, or of another version.
[[nodiscard]] std::optional<DeskState> load_desk_state(const std::string& file);

}  // namespace headland::station
