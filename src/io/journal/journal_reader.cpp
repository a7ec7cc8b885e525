// SPDX-License-Identifier: Apache-2.0
#include "io/journal/journal_reader.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace headland::journal {

Expected<JournalReader> JournalReader::open(const std::filesystem::path& path) {
  JournalReader reader;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    auto names = list_segments(path);
    if (!names) return unexpected(std::move(names.error()));
    reader.directory_ = path;
    reader.names_ = std::move(*names);
    return reader;
  }
  auto only = Segment::open(path);
  if (!only) return unexpected(std::move(only.error()));
  if (!only->has_header() && only->chunks().empty()) {
    return fail(ErrorCode::bad_input, path.string() + " is not a Headland journal (no HLJ1 header)");
  }
  reader.names_.push_back({path, only->header().number, 0});
  reader.open_ = std::move(*only);
  return reader;
}

Segment* JournalReader::segment(std::size_t index) {
  if (open_ && open_index_ == index) return &*open_;
  auto opened = Segment::open(names_[index].path);
  if (!opened) {
    open_.reset();
    return nullptr;
  }
  open_ = std::move(*opened);
  open_index_ = index;
  return &*open_;
}

void JournalReader::go_to(std::size_t segment_index, std::size_t chunk) {
  segment_index_ = segment_index;
  chunk_index_ = chunk;
  plain_.clear();
  offset_ = 0;
  last_sequence_ = 0;
  not_before_.reset();
}

void JournalReader::rewind() { go_to(0, 0); }

// Leaves a segment for the one behind it, if there is one.
bool JournalReader::advance_segment() {
  if (segment_index_ + 1 >= names_.size()) {
    if (directory_.empty()) return false;
    // A growing journal: segments may have been added behind the last we know (or deleted before).
    auto names = list_segments(directory_);
    if (!names) return false;
    const std::uint32_t last = names_.empty() ? 0 : names_.back().number;
    const bool first_listing = names_.empty();
    for (SegmentName& name : *names) {
      if (first_listing || name.number > last) names_.push_back(std::move(name));
    }
    if (first_listing && !names_.empty()) return true;
    if (segment_index_ + 1 >= names_.size()) return false;
    // The old one may have grown between our last look and the birth of its successor.
    if (Segment* current = segment(segment_index_)) {
      current->refresh();
      if (chunk_index_ < current->chunks().size()) return true;
    }
  }
  if (Segment* current = segment(segment_index_)) {
    counters_.damaged_bytes += current->damaged_bytes();
    counters_.torn_bytes += current->tail_bytes();
  } else {
    ++counters_.unreadable_segments;
  }
  ++segment_index_;
  chunk_index_ = 0;
  return true;
}

bool JournalReader::load_next_chunk() {
  while (true) {
    Segment* current = segment_index_ < names_.size() ? segment(segment_index_) : nullptr;
    if (current != nullptr && chunk_index_ >= current->chunks().size()) current->refresh();
    if (current == nullptr || chunk_index_ >= current->chunks().size()) {
      if (!advance_segment()) return false;
      continue;
    }
    offset_ = 0;
    if (current->read_chunk(chunk_index_++, plain_)) return true;
    plain_.clear();
    ++counters_.damaged_chunks;
  }
}

std::optional<JournalEntry> JournalReader::next() {
  while (true) {
    const auto entry = next_entry(plain_, offset_);
    if (!entry) {
      if (offset_ < plain_.size()) ++counters_.damaged_chunks;  // checksum right, contents wrong: not by our writer
      plain_.clear();
      if (!load_next_chunk()) return std::nullopt;
      continue;
    }
    if (not_before_ && entry->time < *not_before_) continue;
    not_before_.reset();
    if (last_sequence_ != 0 && entry->sequence > last_sequence_ + 1) {
      counters_.missing_sequences += entry->sequence - last_sequence_ - 1;
    }
    last_sequence_ = entry->sequence;
    ++counters_.entries;
    return entry;
  }
}

void JournalReader::seek(Timestamp time) {
  // The last segment that begins no later than `time`; its first chunk tells.
  std::size_t begin = 0;
  std::size_t end = names_.size();
  while (end - begin > 1) {
    const std::size_t middle = begin + (end - begin) / 2;
    const Segment* candidate = segment(middle);
    const bool later =
        candidate == nullptr || candidate->chunks().empty() || candidate->chunks()[0].header.earliest > time;
    (later ? end : begin) = middle;
  }
  for (std::size_t index = begin; index < names_.size(); ++index) {
    const Segment* candidate = segment(index);
    if (candidate == nullptr) continue;
    const auto& chunks = candidate->chunks();
    const auto found = std::ranges::find_if(chunks, [time](const ChunkPlace& c) { return c.header.latest >= time; });
    if (found == chunks.end()) continue;
    go_to(index, static_cast<std::size_t>(found - chunks.begin()));
    not_before_ = time;
    return;
  }
  // Beyond the end: stand behind the last entry.
  const Segment* last = names_.empty() ? nullptr : segment(names_.size() - 1);
  go_to(names_.empty() ? 0 : names_.size() - 1, last == nullptr ? 0 : last->chunks().size());
}

bool JournalReader::last_in_chunk(Segment& from, std::size_t chunk, EntryKind kind,
                                  std::optional<std::uint16_t> stream) {
  if (!from.read_chunk(chunk, plain_)) {
    plain_.clear();
    ++counters_.damaged_chunks;
    return false;
  }
  std::optional<std::size_t> found;
  std::size_t offset = 0;
  for (std::size_t before = 0; const auto entry = next_entry(plain_, offset); before = offset) {
    if (entry->kind == kind && (!stream || entry->stream == *stream)) found = before;
  }
  if (found) offset_ = *found;
  return found.has_value();
}

bool JournalReader::seek_last(EntryKind kind, std::optional<std::uint16_t> stream) {
  for (std::size_t index = names_.size(); index-- > 0;) {
    Segment* candidate = segment(index);
    if (candidate == nullptr) continue;
    candidate->refresh();
    for (std::size_t chunk = candidate->chunks().size(); chunk-- > 0;) {
      if ((candidate->chunks()[chunk].header.kinds >> static_cast<unsigned>(kind) & 1U) == 0) continue;
      go_to(index, chunk + 1);
      if (last_in_chunk(*candidate, chunk, kind, stream)) return true;
    }
  }
  rewind();
  return false;
}

ReaderCounters JournalReader::counters() const {
  ReaderCounters all = counters_;
  if (open_ && open_index_ == segment_index_ && chunk_index_ >= open_->chunks().size()) {
    all.damaged_bytes += open_->damaged_bytes();
    all.torn_bytes += open_->tail_bytes();
  }
  return all;
}

std::optional<Timestamp> JournalReader::first_time() {
  for (std::size_t index = 0; index < names_.size(); ++index) {
    const Segment* candidate = segment(index);
    if (candidate != nullptr && !candidate->chunks().empty()) return candidate->chunks().front().header.earliest;
  }
  return std::nullopt;
}

std::optional<Timestamp> JournalReader::last_time() {
  for (std::size_t index = names_.size(); index-- > 0;) {
    const Segment* candidate = segment(index);
    if (candidate != nullptr && !candidate->chunks().empty()) return candidate->chunks().back().header.latest;
  }
  return std::nullopt;
}

Expected<std::optional<JournalReader>> find_last_checkpoint(const std::filesystem::path& path,
                                                            std::optional<std::uint16_t> stream) {
  auto reader = JournalReader::open(path);
  if (!reader) return unexpected(std::move(reader.error()));
  if (!reader->seek_last(EntryKind::checkpoint, stream)) return std::optional<JournalReader>{};
  return std::optional<JournalReader>(std::move(*reader));
}

}  // namespace headland::journal
