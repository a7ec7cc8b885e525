// SPDX-License-Identifier: Apache-2.0
// The bytes of a journal segment (format HLJ1, docs/formats/journal.md): a segment header, then
// chunks. Each chunk stands alone: header with checksum, zstd-compressed entries with checksum.
// Nothing here touches a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "io/journal/entry.hpp"

namespace headland::journal {

inline constexpr std::size_t segment_header_bytes = 32;
inline constexpr std::size_t chunk_header_bytes = 72;
inline constexpr std::size_t entry_header_bytes = 24;
inline constexpr std::array<std::uint8_t, 4> segment_magic{'H', 'L', 'J', '1'};
inline constexpr std::array<std::uint8_t, 4> chunk_magic{'H', 'L', 'J', 'C'};
inline constexpr std::size_t max_chunk_bytes = max_payload_bytes + (std::size_t{1} << 20);

struct SegmentHeader {
  std::uint32_t number = 0;  // NNNN of the file name
  std::uint64_t first_sequence = 0;
};
[[nodiscard]] std::vector<std::uint8_t> encode(const SegmentHeader& header);
// Nothing unless magic, version and checksum are right.
[[nodiscard]] std::optional<SegmentHeader> decode_segment_header(std::span<const std::uint8_t> bytes);

struct ChunkHeader {
  std::uint32_t stored_bytes = 0;  // behind the header
  std::uint32_t plain_bytes = 0;   // after decompression
  std::uint32_t entries = 0;
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  Timestamp earliest;  // of its entries; data time need not grow
  Timestamp latest;
  std::uint32_t kinds = 0;  // bit k: holds an entry of kind k
  std::uint64_t payload_hash = 0;
};
// Nothing unless magic, checksum and sizes are right (sizes within limits).
[[nodiscard]] std::optional<ChunkHeader> decode_chunk_header(std::span<const std::uint8_t> bytes);

// Collects entries of one chunk.
class ChunkBuilder {
 public:
  void add(const JournalEntry& entry);
  [[nodiscard]] bool empty() const { return header_.entries == 0; }
  [[nodiscard]] std::size_t plain_bytes() const { return plain_.size(); }
  [[nodiscard]] const ChunkHeader& header() const { return header_; }
  // Header and compressed entries, ready to be written. The builder is empty afterwards.
  [[nodiscard]] std::span<const std::uint8_t> finish();
  void clear();

 private:
  ChunkHeader header_;
  std::vector<std::uint8_t> plain_;
  std::vector<std::uint8_t> out_;
};

// Entries of a chunk into `plain`; false when checksum or compression is wrong.
[[nodiscard]] bool unpack_chunk(const ChunkHeader& header, std::span<const std::uint8_t> stored,
                                std::vector<std::uint8_t>& plain);
// The entry at `offset` of unpacked bytes, moving `offset` behind it; nothing at the end or when damaged.
[[nodiscard]] std::optional<JournalEntry> next_entry(std::span<const std::uint8_t> plain, std::size_t& offset);

}  // namespace headland::journal
