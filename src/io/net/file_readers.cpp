// SPDX-License-Identifier: Apache-2.0
#include "io/net/file_readers.hpp"

namespace headland::net {

// Grows the piece to `size` bytes; false, and the end noted, when the file has no more.
bool AsterixFileReader::fill(std::size_t size) {
  const std::size_t old = bytes_.size();
  bytes_.resize(size);
  const auto got = source_.read(std::span(bytes_).subspan(old));
  if (got && *got == size - old) return true;
  ended_ = true;
  // Nothing at all where a piece would begin: the regular end.
  if (!got || old + *got > 0) counters_.cut_short = 1;
  return false;
}

std::optional<AsterixFileReader::Piece> AsterixFileReader::next() {
  if (ended_) return std::nullopt;
  const std::size_t head = final_ ? 8 : 3;
  const std::size_t tail = final_ ? 4 : 0;
  const std::size_t length_at = final_ ? 0 : 1;
  bytes_.clear();
  if (!fill(head)) return std::nullopt;
  const auto length = static_cast<std::size_t>((bytes_[length_at] << 8) | bytes_[length_at + 1]);
  if (length < head + tail + (final_ ? 0 : 1)) {
    ended_ = true;
    counters_.bad_length = 1;
    return std::nullopt;
  }
  if (!fill(length)) return std::nullopt;
  ++counters_.pieces;
  if (!final_) return Piece{std::nullopt, bytes_};
  const std::int64_t hundredths = (std::int64_t{bytes_[5]} << 16) | (std::int64_t{bytes_[6]} << 8) | bytes_[7];
  return Piece{std::chrono::milliseconds(10 * hundredths), std::span(bytes_).subspan(head, length - head - tail)};
}

std::size_t LineFileReader::read_chunk() {
  const auto got = source_.read(buffer_);
  if (!got) {
    counters_.cut_short = 1;
    return 0;
  }
  return *got;
}

}  // namespace headland::net
