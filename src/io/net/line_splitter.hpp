// SPDX-License-Identifier: Apache-2.0
// Bytes that come in pieces, as lines. A line ends with LF, CR or both; empty lines are left out. A
// line longer than the bound is dropped whole and counted: memory stays bounded whatever comes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace headland::net {

class LineSplitter {
 public:
  explicit LineSplitter(std::size_t max_length = 4096) : max_length_(max_length) {}

  // Calls on_line(std::string_view) for each line that ends in `bytes`; the view holds for the call.
  template <class OnLine>
  void feed(std::span<const std::uint8_t> bytes, OnLine&& on_line) {
    for (const std::uint8_t byte : bytes) {
      const char c = static_cast<char>(byte);
      if (c == '\n' || c == '\r') {
        finish(on_line);
      } else if (line_.size() < max_length_) {
        line_.push_back(c);
      } else {
        dropping_ = true;
      }
    }
  }
  // The input is over (or a datagram is): what has no end yet is a line, too.
  template <class OnLine>
  void finish(OnLine&& on_line) {
    if (dropping_) {
      ++overlong_;
    } else if (!line_.empty()) {
      on_line(std::string_view(line_));
    }
    line_.clear();
    dropping_ = false;
  }
  // Forgets a line that was begun: the stream was broken.
  void reset() {
    line_.clear();
    dropping_ = false;
  }
  [[nodiscard]] std::uint64_t overlong() const { return overlong_; }

 private:
  std::size_t max_length_;
  std::string line_;
  bool dropping_ = false;
  std::uint64_t overlong_ = 0;
};

}  // namespace headland::net
