// SPDX-License-Identifier: Apache-2.0
#include "codec/share/frame.hpp"

#include <span>

#include <zlib.h>

#include "core/base/bytes.hpp"

namespace headland::share {

Frame begin_frame(FrameType type, std::uint16_t source, Timestamp time) {
  Frame frame;
  ByteWriter out(frame);
  out.u8(static_cast<std::uint8_t>(type));
  out.u8(0);
  out.u16(source);
  out.u32(0);
  out.f64(epoch_seconds(time));
  return frame;
}

Frame deflated(Frame frame) {
  if (frame.size() <= frame_header_bytes || (frame[1] & flag_deflated) != 0) return frame;
  const auto content = std::span(frame).subspan(frame_header_bytes);
  z_stream z{};
  if (deflateInit2(&z, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return frame;
  Frame packed(frame_header_bytes + deflateBound(&z, static_cast<uLong>(content.size())));
  z.next_in = content.data();
  z.avail_in = static_cast<uInt>(content.size());
  z.next_out = packed.data() + frame_header_bytes;
  z.avail_out = static_cast<uInt>(packed.size() - frame_header_bytes);
  const int result = ::deflate(&z, Z_FINISH);
  packed.resize(frame_header_bytes + z.total_out);
  deflateEnd(&z);
  if (result != Z_STREAM_END || packed.size() >= frame.size()) return frame;
  for (std::size_t i = 0; i < frame_header_bytes; ++i) packed[i] = frame[i];
  packed[1] |= flag_deflated;
  return packed;
}

}  // namespace headland::share
