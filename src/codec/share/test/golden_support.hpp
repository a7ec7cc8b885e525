// SPDX-License-Identifier: Apache-2.0
// Reads test/golden/stream/*.hex and takes frames apart.
#pragma once

#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "codec/share/frame.hpp"

namespace headland::share::test {

// Hexadecimal bytes; '#' begins a comment.
inline Frame golden(const std::string& name) {
  std::ifstream in(std::string(HEADLAND_SOURCE_DIR) + "/test/golden/stream/" + name + ".hex");
  EXPECT_TRUE(in) << "no golden file " << name;
  Frame bytes;
  for (std::string line; std::getline(in, line);) {
    std::string digits;
    for (const char c : line.substr(0, line.find('#'))) {
      if (std::isxdigit(static_cast<unsigned char>(c))) digits += c;
    }
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
      bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
    }
  }
  return bytes;
}

// The encoder leaves the sequence 0; a golden frame has one.
inline Frame numbered(Frame frame, std::uint32_t sequence) {
  for (std::size_t i = 0; i < 4; ++i) frame[4 + i] = static_cast<std::uint8_t>(sequence >> (8 * i));
  return frame;
}

inline nlohmann::json json_of(const Frame& frame) {
  return nlohmann::json::parse(frame.begin() + frame_header_bytes, frame.end());
}

inline Frame inflated(const Frame& frame) {
  Frame out(frame.begin(), frame.begin() + frame_header_bytes);
  out[1] = 0;
  out.resize(std::size_t{1} << 22);
  z_stream z{};
  EXPECT_EQ(inflateInit2(&z, -MAX_WBITS), Z_OK);
  z.next_in = const_cast<Bytef*>(frame.data() + frame_header_bytes);
  z.avail_in = static_cast<uInt>(frame.size() - frame_header_bytes);
  z.next_out = out.data() + frame_header_bytes;
  z.avail_out = static_cast<uInt>(out.size() - frame_header_bytes);
  EXPECT_EQ(::inflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(frame_header_bytes + z.total_out);
  inflateEnd(&z);
  return out;
}

inline Timestamp golden_time() { return from_epoch_seconds(1'767'225'600.25); }

}  // namespace headland::share::test
