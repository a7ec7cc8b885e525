// SPDX-License-Identifier: Apache-2.0
// State that is too large for every checkpoint, in a file of its own beside the journal: packed (compressed, with
// checksum), replaced as a whole. What a session went on from is an entry of the journal, too (the same packed bytes),
// so that a replay begins there.
//
// "HLS1" | u32 version 1 | u64 plain bytes | u64 XXH64 of the stored bytes | u64 XXH64 of the 24 bytes before |
// stored bytes: a zstd frame.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.hpp"

namespace headland::journal {

// Of plain bytes, at most.
inline constexpr std::size_t max_state_bytes = std::size_t{192} << 20;

[[nodiscard]] std::vector<std::uint8_t> pack_state(std::span<const std::uint8_t> plain);
// An error says what is wrong with the bytes.
[[nodiscard]] Expected<std::vector<std::uint8_t>> unpack_state(std::span<const std::uint8_t> packed);

// After a crash there is the file of before or the new one, whole. Makes the folder.
[[nodiscard]] Expected<void> write_state_file(const std::filesystem::path& path, std::span<const std::uint8_t> packed);
// Nothing where there is no file.
[[nodiscard]] Expected<std::optional<std::vector<std::uint8_t>>> read_state_file(const std::filesystem::path& path);

}  // namespace headland::journal
