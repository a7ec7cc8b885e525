// SPDX-License-Identifier: Apache-2.0
// A segment file as it lies on disk: finding them in a folder, and the index of one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "io/journal/chunk.hpp"

namespace headland::journal {

// A file descriptor that closes itself.
class File {
 public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  File(File&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { close(); }

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  void close();
  [[nodiscard]] std::uint64_t size() const;
  // As many of the wanted bytes as there are.
  [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> out) const;

 private:
  int fd_ = -1;
};

struct SegmentName {
  std::filesystem::path path;
  std::uint32_t number = 0;
  std::uint64_t bytes = 0;
};
// `journal-YYYYMMDDThhmmssZ-NNNN.hlj`; the time is that of the first entry.
[[nodiscard]] std::string segment_file_name(Timestamp first, std::uint32_t number);
// All segments of a folder by rising number; other files are passed over.
[[nodiscard]] Expected<std::vector<SegmentName>> list_segments(const std::filesystem::path& directory);

struct ChunkPlace {
  std::uint64_t offset = 0;  // of the chunk header in the file
  ChunkHeader header;
};

// The chunk headers of one file. Damage between two good chunks is passed over and measured; what
// lies behind the last good header is the tail: torn, or still being written.
class Segment {
 public:
  [[nodiscard]] static Expected<Segment> open(const std::filesystem::path& path);

  // Looks at what was added to the file since. Cheap when nothing was.
  void refresh();
  [[nodiscard]] const std::vector<ChunkPlace>& chunks() const { return chunks_; }
  [[nodiscard]] std::uint64_t end() const { return end_; }  // behind the last whole chunk
  [[nodiscard]] std::uint64_t tail_bytes() const { return seen_size_ - end_; }
  [[nodiscard]] std::uint64_t damaged_bytes() const { return damaged_bytes_; }
  [[nodiscard]] bool has_header() const { return has_header_; }
  [[nodiscard]] const SegmentHeader& header() const { return header_; }
  // Unpacked entries of chunk `index`; false when its bytes are damaged.
  [[nodiscard]] bool read_chunk(std::size_t index, std::vector<std::uint8_t>& plain);

 private:
  [[nodiscard]] bool chunk_at(std::uint64_t offset, ChunkPlace& out) const;
  [[nodiscard]] std::uint64_t find_chunk_after(std::uint64_t offset) const;

  File file_;
  SegmentHeader header_;
  bool has_header_ = false;
  std::vector<ChunkPlace> chunks_;
  std::vector<std::uint8_t> stored_;
  std::uint64_t seen_size_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t damaged_bytes_ = 0;
};

// "cannot …: No space left on device", from errno.
[[nodiscard]] Error system_error(const std::string& what, const std::filesystem::path& path);

}  // namespace headland::journal
