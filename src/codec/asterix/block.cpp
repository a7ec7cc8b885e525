// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/block.hpp"

namespace headland::asterix {

Expected<Block, Fault> BlockReader::next() {
  const std::size_t start = position_;
  const std::size_t left = bytes_.size() - start;
  position_ = bytes_.size();
  // Behind a good block the same bytes are called a trailer: some recorders add one to each datagram.
  const auto refuse = [start](FaultReason reason) {
    return unexpected(Fault{start == 0 ? reason : FaultReason::trailing_bytes, start});
  };
  if (left < 3) return refuse(FaultReason::truncated_block);
  const std::size_t length = read_u16(&bytes_[start + 1]);
  if (length < 4) return refuse(FaultReason::bad_block_length);
  if (length > left) return refuse(FaultReason::truncated_block);
  position_ = start + length;
  return Block{bytes_[start], bytes_.subspan(start + 3, length - 3), start};
}

}  // namespace headland::asterix
