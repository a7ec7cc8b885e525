// SPDX-License-Identifier: Apache-2.0
// Reads a journal: one segment file, or a folder of them in order. Tolerant: a damaged chunk is
// counted and passed over, and the rest is read. May read what another process is still writing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/expected.hpp"
#include "io/journal/segment.hpp"

namespace headland::journal {

struct ReaderCounters {
  std::uint64_t entries = 0;            // handed out
  std::uint64_t damaged_chunks = 0;     // header good, contents not
  std::uint64_t damaged_bytes = 0;      // between good chunks: nothing to be made of them
  std::uint64_t torn_bytes = 0;         // behind the last whole chunk of segments read to their end
  std::uint64_t missing_sequences = 0;  // numbers jumped over between two entries handed out
  std::uint64_t unreadable_segments = 0;
};

class JournalReader {
 public:
  // A file must begin with the journal magic; a folder may be empty.
  [[nodiscard]] static Expected<JournalReader> open(const std::filesystem::path& path);

  // The next entry; nothing at the end. At the end of a growing journal a later call goes on.
  // The payload is valid until the next call of any member.
  [[nodiscard]] std::optional<JournalEntry> next();

  // So that next() gives the first entry of the first chunk that reaches `time`, then only entries
  // not earlier than it until time has been reached once. Reads chunk headers only: one per segment
  // and those of one segment.
  void seek(Timestamp time);
  void rewind();

  // So that next() gives the newest entry of this kind (of this stream, where given). False, and
  // rewound, when there is none. Looks from the end: cost grows with what lies behind that entry.
  [[nodiscard]] bool seek_last(EntryKind kind, std::optional<std::uint16_t> stream = std::nullopt);

  [[nodiscard]] std::optional<Timestamp> first_time();
  [[nodiscard]] std::optional<Timestamp> last_time();
  [[nodiscard]] ReaderCounters counters() const;
  [[nodiscard]] std::size_t segment_count() const { return names_.size(); }

 private:
  [[nodiscard]] Segment* segment(std::size_t index);
  [[nodiscard]] bool load_next_chunk();
  [[nodiscard]] bool advance_segment();
  [[nodiscard]] bool last_in_chunk(Segment& from, std::size_t chunk, EntryKind kind,
                                   std::optional<std::uint16_t> stream);
  void go_to(std::size_t segment_index, std::size_t chunk);

  std::filesystem::path directory_;  // empty: a single file
  std::vector<SegmentName> names_;
  std::optional<Segment> open_;  // the segment `open_index_`
  std::size_t open_index_ = 0;
  std::size_t segment_index_ = 0;
  std::size_t chunk_index_ = 0;
  std::vector<std::uint8_t> plain_;
  std::size_t offset_ = 0;
  std::uint64_t last_sequence_ = 0;  // 0: nothing handed out since the last jump
  std::optional<Timestamp> not_before_;
  ReaderCounters counters_;
};

// A reader that stands at the newest checkpoint, so that next() gives it and then what followed;
// nothing where there is no checkpoint. For a restart.
[[nodiscard]] Expected<std::optional<JournalReader>> find_last_checkpoint(
    const std::filesystem::path& path, std::optional<std::uint16_t> stream = std::nullopt);

}  // namespace headland::journal
