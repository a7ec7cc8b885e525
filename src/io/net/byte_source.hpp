// SPDX-License-Identifier: Apache-2.0
// A file read as a stream; gzip (of any number of members) is unpacked on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/expected.hpp"

namespace headland::net {

class ByteSource {
 public:
  // Plain or gzip, told apart by content.
  static Expected<ByteSource> open(const std::string& path);
  // The bytes must outlive the source. Not unpacked.
  static ByteSource from_memory(std::span<const std::uint8_t> bytes);

  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  // Fills `out` as far as there are bytes; fewer only at the end, 0 behind it. An error tells a broken
  // gzip stream or disk; what was read before it has been handed out.
  Expected<std::size_t> read(std::span<std::uint8_t> out);
  [[nodiscard]] bool is_gzip() const;
  // Share of the file on disk that was read, 0..1.
  [[nodiscard]] double progress() const;
  [[nodiscard]] const std::string& name() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace headland::net
