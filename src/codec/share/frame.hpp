// SPDX-License-Identifier: Apache-2.0
// Frames of the stream to the page: 16 bytes of header, then the content (docs/formats/stream.md).
// Written with sequence 0: the web server gives each client its own numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/time.hpp"

namespace headland::share {

enum class FrameType : std::uint8_t {
  hello = 1,
  track_snapshot = 2,
  track_delta = 3,
  attributes = 4,
  spokes = 5,
  alerts = 6,
  health = 7,
  playback = 8,
  plots = 9
};

using Frame = std::vector<std::uint8_t>;
inline constexpr std::size_t frame_header_bytes = 16;
inline constexpr std::uint8_t flag_deflated = 1;

// A frame with its header and no content yet. `time` is the data time the content holds for.
[[nodiscard]] Frame begin_frame(FrameType type, std::uint16_t source, Timestamp time);

// The same frame with its content as raw deflate (RFC 1951) of level 1 and the flag set, where that
// is smaller; otherwise as it was. Done once for all clients. Video shrinks to a tenth and less.
[[nodiscard]] Frame deflated(Frame frame);

}  // namespace headland::share
