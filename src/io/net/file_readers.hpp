// SPDX-License-Identifier: Apache-2.0
// Files that are no captures: ASTERIX blocks, FINAL records, lines of text. Plain or gzip. Memory is
// bounded by the longest block (64 KiB) or line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "io/net/byte_source.hpp"
#include "io/net/line_splitter.hpp"

namespace headland::net {

struct FileCounters {
  std::uint64_t pieces = 0;      // blocks, records or lines handed out
  std::uint64_t overlong = 0;    // lines dropped for their length
  std::uint64_t bad_length = 0;  // 1: a block or record has an impossible length; the rest is not read
  std::uint64_t cut_short = 0;   // 1: the file ends in the middle, or is damaged there
};

// ASTERIX data blocks one after another, without times of their own.
class AsterixFileReader {
 public:
  // `final_records`: the FINAL format (length u16, 3 bytes, time of day in 10 ms u24, blocks, A5A5A5A5).
  AsterixFileReader(ByteSource source, bool final_records) : source_(std::move(source)), final_(final_records) {}

  struct Piece {
    std::optional<Duration> time_of_day;   // FINAL only
    std::span<const std::uint8_t> blocks;  // one block, or what one FINAL record holds; valid until the next call
  };
  std::optional<Piece> next();
  [[nodiscard]] const FileCounters& counters() const { return counters_; }
  [[nodiscard]] double progress() const { return source_.progress(); }

 private:
  bool fill(std::size_t size);

  ByteSource source_;
  bool final_;
  bool ended_ = false;
  std::vector<std::uint8_t> bytes_;
  FileCounters counters_;
};

// Lines of a text file.
class LineFileReader {
 public:
  explicit LineFileReader(ByteSource source, std::size_t max_length = 4096)
      : source_(std::move(source)), lines_(max_length), buffer_(chunk) {}

  // Calls on_line(std::string_view) for every line of the next piece of the file; false at the end.
  template <class OnLine>
  bool read_some(OnLine&& on_line) {
    const auto counted = [&](std::string_view line) {
      ++counters_.pieces;
      on_line(line);
    };
    const std::size_t size = read_chunk();
    lines_.feed(std::span(buffer_).first(size), counted);
    if (size == 0) lines_.finish(counted);
    counters_.overlong = lines_.overlong();
    return size > 0;
  }
  [[nodiscard]] const FileCounters& counters() const { return counters_; }
  [[nodiscard]] double progress() const { return source_.progress(); }

 private:
  static constexpr std::size_t chunk = 64U * 1024U;
  std::size_t read_chunk();

  ByteSource source_;
  LineSplitter lines_;
  std::vector<std::uint8_t> buffer_;
  FileCounters counters_;
};

}  // namespace headland::net
