// SPDX-License-Identifier: Apache-2.0
// What a datagram of Garmin, Furuno or Raymarine is, told by its bytes, and who decodes it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station {

struct Recognised {
  std::string_view protocol;  // as in the configuration; empty: understood, but nothing for a decoder
  // Spokes, or a state without which spokes cannot be placed. Else it is of use to a radar that is known.
  bool shows_radar = false;
};
[[nodiscard]] std::optional<Recognised> recognise(std::span<const std::uint8_t> datagram);

// The sentences in a datagram of a Furuno network, empty where there are none.
[[nodiscard]] std::span<const std::uint8_t> wrapped_sentences(std::span<const std::uint8_t> datagram);

// Null for a protocol that is none of these makers'.
[[nodiscard]] std::unique_ptr<RadarDecoder> make_maker_decoder(const RadarDecoderConfig& config);

}  // namespace headland::station
