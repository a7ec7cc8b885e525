// SPDX-License-Identifier: Apache-2.0
// Any bytes as a checkpoint of the node: taken or refused, never a crash.
#include <cstddef>
#include <cstdint>
#include <span>

#include "runtime/station/picture/checkpoint.hpp"
#include "runtime/station/picture/picture_chain.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace station = headland::station;
  const std::span<const std::uint8_t> bytes(data, size);
  if (const auto checkpoint = station::decode_checkpoint(bytes)) (void)station::encode(*checkpoint);
  station::PictureChain chain(station::PictureChainConfig{});
  if (chain.restore(bytes)) {
    station::PictureOutput out;
    chain.process_tick(headland::from_epoch_seconds(1.7e9), out);
    (void)chain.snapshot();
  }
  return 0;
}
