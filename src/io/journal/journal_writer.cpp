// SPDX-License-Identifier: Apache-2.0
#include "io/journal/journal_writer.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace headland::journal {
namespace {

bool write_all(int fd, std::span<const std::uint8_t> bytes, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::pwrite(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

// A new file is on the disk only when its folder is, too.
void sync_directory(const std::filesystem::path& directory) {
  const File folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) ::fsync(folder.fd());
}

}  // namespace

Expected<JournalWriter> JournalWriter::open(WriterConfig config) {
  JournalWriter writer(std::move(config));
  std::error_code error;
  std::filesystem::create_directories(writer.config_.directory, error);
  if (error) {
    return fail(ErrorCode::io, "cannot make " + writer.config_.directory.string() + ": " + error.message());
  }
  const auto lock_path = writer.config_.directory / "journal.lock";
  writer.lock_ = File(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!writer.lock_.is_open()) return unexpected(system_error("open", lock_path));
  if (::flock(writer.lock_.fd(), LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::io, "another process writes the journal in " + writer.config_.directory.string());
  }
  if (auto recovered = writer.recover(); !recovered) return unexpected(std::move(recovered.error()));
  return writer;
}

JournalWriter::~JournalWriter() {
  if (lock_.is_open()) (void)sync();
}

// Finds where the journal ends and cuts off what a crash tore.
Expected<void> JournalWriter::recover() {
  auto names = list_segments(config_.directory);
  if (!names) return unexpected(std::move(names.error()));
  recovery_.segments = static_cast<std::uint32_t>(names->size());
  for (const SegmentName& name : *names) recovery_.bytes += name.bytes;
  counters_.total_bytes = recovery_.bytes;
  if (!names->empty()) number_ = names->back().number;
  // The last segment may hold nothing whole (killed while its first chunk was written).
  for (std::size_t index = names->size(); index-- > 0 && recovery_.last_sequence == 0;) {
    const SegmentName& name = (*names)[index];
    auto segment = Segment::open(name.path);
    if (!segment) continue;
    std::vector<std::uint8_t> plain;
    std::size_t whole = segment->chunks().size();
    while (whole > 0 && !segment->read_chunk(whole - 1, plain)) --whole;
    const bool last_is_bad = whole < segment->chunks().size();
    const std::uint64_t end = last_is_bad ? segment->chunks()[whole].offset : segment->end();
    recovery_.damaged_bytes += segment->damaged_bytes();
    recovery_.torn_bytes += name.bytes > end ? name.bytes - end : 0;
    if (name.bytes > end) {
      if (::truncate(name.path.c_str(), static_cast<off_t>(end)) != 0)
        return unexpected(system_error("cut", name.path));
      counters_.total_bytes -= name.bytes - end;
    }
    if (whole == 0) continue;
    const ChunkHeader& last = segment->chunks()[whole - 1].header;
    recovery_.last_sequence = last.last_sequence;
    recovery_.last_time = last.latest;
    latest_ = last.latest;
    next_sequence_ = last.last_sequence + 1;
    if (index + 1 == names->size() && end < config_.segment_bytes) {
      file_ = File(::open(name.path.c_str(), O_RDWR | O_CLOEXEC));
      if (!file_.is_open()) return unexpected(system_error("open", name.path));
      path_ = name.path;
      file_bytes_ = end;
    }
  }
  for (SegmentName& name : *names) {
    if (name.path != path_) old_.push_back({std::move(name), std::nullopt});
  }
  if (recovery_.torn_bytes > 0) {
    recovery_.message = "the journal ended in " + std::to_string(recovery_.torn_bytes) +
                        " torn bytes, cut off; it is whole up to entry " + std::to_string(recovery_.last_sequence);
  }
  if (recovery_.damaged_bytes > 0) {
    recovery_.message += (recovery_.message.empty() ? "" : "; ") + std::to_string(recovery_.damaged_bytes) +
                         " damaged bytes within its last segment are passed over";
  }
  delete_old();
  return {};
}

Expected<std::uint64_t> JournalWriter::append(EntryKind kind, std::uint16_t stream, Timestamp time,
                                              std::string_view text) {
  return append(kind, stream, time, std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Expected<std::uint64_t> JournalWriter::append(EntryKind kind, std::uint16_t stream, Timestamp time,
                                              std::span<const std::uint8_t> payload) {
  if (payload.size() > max_payload_bytes) {
    ++counters_.lost_entries;
    return fail(ErrorCode::unsupported, "a journal entry of " + std::to_string(payload.size()) +
                                            " bytes is over the limit of " + std::to_string(max_payload_bytes));
  }
  if (!chunk_.empty() && chunk_.plain_bytes() + payload.size() > config_.chunk_bytes) {
    if (auto flushed = flush(); !flushed) return unexpected(std::move(flushed.error()));
  }
  if (chunk_.empty() && lost_.entries > 0) note_gap_first(time);
  const std::uint64_t sequence = next_sequence_++;
  chunk_.add({sequence, time, stream, kind, payload});
  chunk_payload_ += payload.size();
  ++counters_.entries;
  counters_.payload_bytes += payload.size();
  if (chunk_.plain_bytes() >= config_.chunk_bytes) {
    if (auto flushed = flush(); !flushed) return unexpected(std::move(flushed.error()));
  }
  return sequence;
}

// After a loss the first entry of the next chunk says what is missing.
void JournalWriter::note_gap_first(Timestamp time) {
  const auto note = encode(lost_);
  chunk_.add({next_sequence_++, time, 0, EntryKind::gap, note});
  chunk_own_gaps_ = 1;
}

// A chunk could not be written: its entries are lost, and remembered as a number.
void JournalWriter::note_loss(const ChunkHeader& chunk) {
  const std::uint64_t entries = chunk.entries - chunk_own_gaps_;
  if (lost_.entries == 0) lost_.first_sequence = chunk.first_sequence;
  lost_.entries += entries;
  lost_.bytes += chunk_payload_;
  counters_.lost_entries += entries;
  ++counters_.write_errors;
}

Expected<void> JournalWriter::flush() {
  if (chunk_.empty()) return {};
  const ChunkHeader chunk = chunk_.header();
  Expected<void> result{};
  if (!file_.is_open()) result = begin_segment();
  if (result) result = write_chunk(chunk_.finish());
  if (result) {
    lost_ = {};
    latest_ = std::max(latest_, chunk.latest);
  } else {
    note_loss(chunk);
    chunk_.clear();
  }
  chunk_own_gaps_ = 0;
  chunk_payload_ = 0;
  chunk_seen_.reset();
  if (result && file_bytes_ >= config_.segment_bytes) {
    result = sync();
    old_.push_back({{path_, number_, file_bytes_}, latest_});
    file_.close();
    path_.clear();
    delete_old();
  }
  return result;
}

Expected<void> JournalWriter::begin_segment() {
  path_ = config_.directory / segment_file_name(chunk_.header().earliest, number_ + 1);
  File file(::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!file.is_open()) return unexpected(system_error("make", path_));
  const auto header = encode(SegmentHeader{number_ + 1, chunk_.header().first_sequence});
  if (!write_all(file.fd(), header, 0)) {
    const Error error = system_error("write", path_);
    ::unlink(path_.c_str());
    return unexpected(error);
  }
  file_ = std::move(file);
  ++number_;
  file_bytes_ = header.size();
  counters_.file_bytes += header.size();
  counters_.total_bytes += header.size();
  sync_directory(config_.directory);
  return {};
}

Expected<void> JournalWriter::write_chunk(std::span<const std::uint8_t> bytes) {
  if (!write_all(file_.fd(), bytes, file_bytes_)) {
    const Error error = system_error("write", path_);
    // Take back the half that was written, so that the file ends in a whole chunk.
    if (::ftruncate(file_.fd(), static_cast<off_t>(file_bytes_)) != 0) {
      old_.push_back({{path_, number_, file_bytes_}, latest_});
      file_.close();
    }
    return unexpected(error);
  }
  file_bytes_ += bytes.size();
  ++counters_.chunks;
  counters_.file_bytes += bytes.size();
  counters_.total_bytes += bytes.size();
  unsynced_ = true;
  return {};
}

Expected<void> JournalWriter::sync() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (!unsynced_ || !file_.is_open()) return {};
  unsynced_ = false;
  unsynced_since_.reset();
  ++counters_.syncs;
  if (::fdatasync(file_.fd()) != 0) {
    ++counters_.write_errors;
    return unexpected(system_error("force to disk", path_));
  }
  return {};
}

Expected<void> JournalWriter::flush_if_due(Clock::time_point now) {
  if (!chunk_.empty()) {
    if (!chunk_seen_) chunk_seen_ = now;
    if (now - *chunk_seen_ >= config_.write_after) {
      if (auto flushed = flush(); !flushed) return flushed;
    }
  }
  if (unsynced_) {
    if (!unsynced_since_) unsynced_since_ = now;
    if (now - *unsynced_since_ >= config_.sync_after) return sync();
  }
  return {};
}

std::vector<std::filesystem::path> JournalWriter::take_deleted() { return std::exchange(deleted_, {}); }

// Keeps the journal within its bounds; the segment being written always stays.
void JournalWriter::delete_old() {
  while (!old_.empty()) {
    Old& oldest = old_.front();
    bool too_old = false;
    if (config_.max_age > Duration::zero() && counters_.total_bytes <= config_.total_bytes) {
      if (!oldest.latest) {
        const auto segment = Segment::open(oldest.name.path);
        oldest.latest = segment && !segment->chunks().empty() ? segment->chunks().back().header.latest : Timestamp();
      }
      too_old = latest_ - *oldest.latest > config_.max_age;
    }
    if (counters_.total_bytes <= config_.total_bytes && !too_old) return;
    if (::unlink(oldest.name.path.c_str()) != 0 && errno != ENOENT) return;
    ++counters_.deleted_segments;
    counters_.deleted_bytes += oldest.name.bytes;
    counters_.total_bytes -= std::min(counters_.total_bytes, oldest.name.bytes);
    deleted_.push_back(oldest.name.path);
    old_.erase(old_.begin());
  }
}

}  // namespace headland::journal
