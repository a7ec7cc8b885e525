// SPDX-License-Identifier: Apache-2.0
// Data blocks: the outer layer of every ASTERIX category (EUROCONTROL-SPEC-0149, part 1, 3.0).
//
//   byte     0         1..2            3 ..
//         +-------+-------------+----------------------------+
//         |  CAT  |     LEN     |  record, record, ...       |   LEN counts all, these 3 bytes too
//         +-------+-------------+----------------------------+
//
// A datagram or file holds blocks one after another.
#pragma once

#include <cstddef>
#include <cstdint>

#include "codec/asterix/bytes.hpp"
#include "codec/asterix/fault.hpp"
#include "core/base/expected.hpp"

namespace headland::asterix {

struct Block {
  std::uint8_t category = 0;
  Bytes records;           // without the 3 bytes of the head; at least one byte
  std::size_t offset = 0;  // of the head, in the bytes handed to the reader
};

// Walks the blocks of a datagram. After a fault there is nothing more to read: without a length
// that holds there is no next block.
class BlockReader {
 public:
  explicit BlockReader(Bytes bytes) : bytes_(bytes) {}
  [[nodiscard]] bool at_end() const { return position_ >= bytes_.size(); }
  Expected<Block, Fault> next();

 private:
  Bytes bytes_;
  std::size_t position_ = 0;
};

// Time of day as categories send it, 1/128 s since midnight UTC.
inline constexpr std::uint32_t time_of_day_units = 24U * 3600U * 128U;

}  // namespace headland::asterix
