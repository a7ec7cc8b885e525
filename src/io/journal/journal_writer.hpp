// SPDX-License-Identifier: Apache-2.0
// Writes a journal: entries gather in a chunk, which is compressed and written to the system when
// it is full or 250 ms old, and forced to the disk once a second. After kill -9 what was written to
// the system is there; after loss of power, what was forced. The tail that a crash tore is cut off
// when the journal is opened again.
//
// Not thread-safe: one thread owns it. append() copies the payload and mostly does nothing more.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "io/journal/segment.hpp"

namespace headland::journal {

struct WriterConfig {
  std::filesystem::path directory;                        // made when absent
  std::size_t chunk_bytes = std::size_t{256} << 10;       // before compression
  std::chrono::milliseconds write_after{250};             // age at which a chunk is written to the system
  std::chrono::milliseconds sync_after{1000};             // and forced to the disk
  std::uint64_t segment_bytes = std::uint64_t{64} << 20;  // a new file from this size on
  std::uint64_t total_bytes = std::uint64_t{8} << 30;     // oldest files go when all are larger
  Duration max_age = Duration::zero();                    // and those wholly older than this (data time); 0: never
};

// What was found in the folder on opening.
struct Recovery {
  std::uint32_t segments = 0;
  std::uint64_t bytes = 0;
  std::uint64_t last_sequence = 0;  // 0: the journal is new
  std::optional<Timestamp> last_time;
  std::uint64_t torn_bytes = 0;     // cut off the end of the last segment
  std::uint64_t damaged_bytes = 0;  // within it; left there, readers pass over them
  std::string message;              // one sentence for the log, empty when all was whole
};

struct WriterCounters {
  std::uint64_t entries = 0;
  std::uint64_t payload_bytes = 0;
  std::uint64_t chunks = 0;
  std::uint64_t file_bytes = 0;  // written by this writer
  std::uint64_t syncs = 0;
  std::uint64_t lost_entries = 0;  // could not be written; a gap entry tells when writing works again
  std::uint64_t write_errors = 0;
  std::uint64_t deleted_segments = 0;
  std::uint64_t deleted_bytes = 0;
  std::uint64_t total_bytes = 0;  // of the journal now
};

class JournalWriter {
 public:
  using Clock = std::chrono::steady_clock;

  // Locks the folder: a second writer gets an error.
  [[nodiscard]] static Expected<JournalWriter> open(WriterConfig config);
  JournalWriter(JournalWriter&&) noexcept = default;
  JournalWriter& operator=(JournalWriter&&) = delete;
  ~JournalWriter();  // writes what is left; errors are lost here, so call sync() before

  // The entry's sequence number. An error means that a chunk (perhaps with this entry) was lost;
  // the next calls try again, and the loss becomes a gap entry.
  Expected<std::uint64_t> append(EntryKind kind, std::uint16_t stream, Timestamp time,
                                 std::span<const std::uint8_t> payload);
  Expected<std::uint64_t> append(EntryKind kind, std::uint16_t stream, Timestamp time, std::string_view text);

  // To be called often, at least every 100 ms, with a steady clock.
  Expected<void> flush_if_due(Clock::time_point now);
  Expected<void> flush();  // the open chunk to the system: survives the end of this process
  Expected<void> sync();   // and to the disk: survives loss of power

  [[nodiscard]] const Recovery& recovery() const { return recovery_; }
  [[nodiscard]] const WriterCounters& counters() const { return counters_; }
  [[nodiscard]] std::uint64_t next_sequence() const { return next_sequence_; }
  // Segments deleted since the last call, for the log.
  [[nodiscard]] std::vector<std::filesystem::path> take_deleted();

 private:
  explicit JournalWriter(WriterConfig config) : config_(std::move(config)) {}
  Expected<void> recover();
  Expected<void> begin_segment();
  Expected<void> write_chunk(std::span<const std::uint8_t> bytes);
  void note_loss(const ChunkHeader& chunk);
  void note_gap_first(Timestamp time);
  void delete_old();

  struct Old {
    SegmentName name;
    std::optional<Timestamp> latest;  // unknown until asked for
  };

  WriterConfig config_;
  File lock_;
  File file_;  // the segment being written; closed: the next chunk begins one
  std::filesystem::path path_;
  std::uint32_t number_ = 0;      // of the newest segment
  std::uint64_t file_bytes_ = 0;  // whole chunks in `file_`
  std::vector<Old> old_;          // finished segments, oldest first
  ChunkBuilder chunk_;
  std::uint64_t next_sequence_ = 1;
  Timestamp latest_;                  // newest data time written
  GapNote lost_;                      // entries == 0: nothing
  std::uint64_t chunk_own_gaps_ = 0;  // gap entries of ours in the open chunk
  std::uint64_t chunk_payload_ = 0;
  std::optional<Clock::time_point> chunk_seen_;      // first flush_if_due() after the chunk was begun
  std::optional<Clock::time_point> unsynced_since_;  // first flush_if_due() after unsynced bytes
  bool unsynced_ = false;
  Recovery recovery_;
  WriterCounters counters_;
  std::vector<std::filesystem::path> deleted_;
};

}  // namespace headland::journal
