// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/picture/checkpoint.hpp"

#include "core/base/bytes.hpp"

namespace headland::station {
namespace {

constexpr std::uint8_t version = 1;

}  // namespace

std::vector<std::uint8_t> encode(const Checkpoint& checkpoint) {
  std::vector<std::uint8_t> out;
  ByteWriter writer(out);
  writer.u8(version);
  writer.boolean(checkpoint.begins_session);
  writer.string(checkpoint.configuration);
  writer.u32(static_cast<std::uint32_t>(checkpoint.state.size()));
  writer.bytes(checkpoint.state);
  return out;
}

std::optional<Checkpoint> decode_checkpoint(std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  if (reader.u8() != version) return std::nullopt;
  Checkpoint checkpoint;
  checkpoint.begins_session = reader.boolean();
  checkpoint.configuration = reader.string();
  const auto state = reader.bytes(reader.u32());
  checkpoint.state.assign(state.begin(), state.end());
  if (!reader.ok()) return std::nullopt;
  return checkpoint;
}

}  // namespace headland::station
