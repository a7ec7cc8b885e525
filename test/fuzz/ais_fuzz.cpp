// SPDX-License-Identifier: Apache-2.0
// The bits of one message: first byte = fill bits, rest = letters. What decodes is encoded and decoded again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "codec/ais/decode.hpp"
#include "codec/ais/encode.hpp"
#include "codec/ais/link.hpp"

namespace headland {
namespace {

std::optional<ais::Payload> encoded(const AisMessage& message) {
  return std::visit([](const auto& m) { return std::optional<ais::Payload>(ais::encode(m)); }, message);
}

// A decoded value has been cleaned; from then on encoding and decoding must not change it. Spare bits and a
// communication state that was cut are filled in by the first encoding.
void must_stay(const AisMessage& message) {
  const auto first = encoded(message);
  if (!first) return;  // type 19 has an encoder of its own
  std::vector<AisMessage> once, twice;
  if (!ais::decode(*first, {}, once) || once.size() != 1) std::abort();
  const auto second = encoded(once[0]);
  if (!second || !ais::decode(*second, {}, twice) || once != twice) std::abort();
}

void must_stay(const AisLinkMessage& message) {
  const auto first = ais::encode(message);
  std::vector<AisLinkMessage> once, twice;
  if (!first || !ais::decode_link(*first, {}, once) || once.size() != 1) std::abort();
  const auto second = ais::encode(once[0]);
  if (!second || !ais::decode_link(*second, {}, twice) || once != twice) std::abort();
}

}  // namespace
}  // namespace headland

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  headland::ais::Payload payload;
  const std::string_view letters(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (!payload.append(letters, data[0] % 8)) return 0;
  std::vector<headland::AisMessage> out;
  const auto decoded = headland::ais::decode(payload, {}, out);
  if (!decoded && !out.empty()) std::abort();
  for (const auto& message : out) headland::must_stay(message);
  std::vector<headland::AisLinkMessage> links;
  const auto linked = headland::ais::decode_link(payload, {}, links);
  if (linked && linked->typed != !links.empty()) std::abort();
  if (decoded && linked && decoded->typed == linked->typed) std::abort();
  if (!linked && !links.empty()) std::abort();
  for (const auto& message : links) headland::must_stay(message);
  return 0;
}
