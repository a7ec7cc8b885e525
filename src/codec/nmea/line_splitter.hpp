// SPDX-License-Identifier: Apache-2.0
// Whole lines out of a stream of bytes (TCP, serial), which cuts anywhere.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace headland::nmea {

// Holds the unfinished line only, and not more than `longest` bytes of it.
class LineSplitter {
 public:
  static constexpr std::size_t longest = 4096;

  // Calls `use(std::span<const std::uint8_t>)` with whole lines, several at once where they lie so, line ends
  // included. The span holds until `use` returns.
  template <class Use>
  void feed(std::span<const std::uint8_t> bytes, Use&& use) {
    const auto last_end = std::find(bytes.rbegin(), bytes.rend(), std::uint8_t{'\n'});
    const auto whole = static_cast<std::size_t>(bytes.rend() - last_end);  // up to and with the last line end
    if (whole > 0) {
      std::size_t first = 0;
      if (!rest_.empty() || skipping_) {
        first = static_cast<std::size_t>(std::find(bytes.begin(), bytes.end(), std::uint8_t{'\n'}) - bytes.begin()) + 1;
        hold(bytes.first(first));
        if (!skipping_) use(std::span<const std::uint8_t>(rest_));
        rest_.clear();
        skipping_ = false;
      }
      if (first < whole) use(bytes.subspan(first, whole - first));
    }
    hold(bytes.subspan(whole));
  }

  // Lines that were left out because they did not end within `longest` bytes.
  [[nodiscard]] std::uint64_t overlong() const { return overlong_; }

 private:
  void hold(std::span<const std::uint8_t> bytes) {
    if (skipping_) return;
    if (rest_.size() + bytes.size() > longest) {
      rest_.clear();
      skipping_ = true;
      ++overlong_;
      return;
    }
    rest_.insert(rest_.end(), bytes.begin(), bytes.end());
  }

  std::vector<std::uint8_t> rest_;
  bool skipping_ = false;
  std::uint64_t overlong_ = 0;
};

}  // namespace headland::nmea
