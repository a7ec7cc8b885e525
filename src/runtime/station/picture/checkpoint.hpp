// SPDX-License-Identifier: Apache-2.0
// What a checkpoint entry of the journal holds: configuration in force and state of the node.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headland::station {

struct Checkpoint {
  bool begins_session = false;      // written at the start: the state that all after it goes on from
  std::string configuration;        // TOML
  std::vector<std::uint8_t> state;  // PictureChain::snapshot(); empty: a fresh start
};

[[nodiscard]] std::vector<std::uint8_t> encode(const Checkpoint& checkpoint);
[[nodiscard]] std::optional<Checkpoint> decode_checkpoint(std::span<const std::uint8_t> bytes);

}  // namespace headland::station
