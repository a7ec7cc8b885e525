// SPDX-License-Identifier: Apache-2.0
// Spokes of Furuno DRS radars, some in each UDP datagram to port 10024: to group 239.255.0.2 (DRS4D-NXT) or
// broadcast 172.31.255.255 (DRS4W). Numbers little-endian.
//
//    0   02 QQ 00 01  00 00 00 00     Q sequence number, +1 a frame
//    8   NN sn CC cc                  N + 256 (n): the datagram has 4 N + 12 bytes, or 4 N + 8
//                                     s, bits 1-7: number of spokes
//                                     C + 256 (c, bits 0-2): cells of a spoke; bits 3-4: coding 1, 2, 3
//   12   rr xx SS es                  r, bits 0-5: range number, below
//                                     S + 256 (s, bits 0-2): so many cells cover the range, the rest lie beyond
//                                     e, bit 6: 0 range A, 1 range B
//   16   spokes
//
// Spoke:
//    0   AA AA HH HH                  low 13 bits, 8192 a turn: A angle clockwise from the bow, H heading (0: none)
//    4   coded cells, to the next multiple of 4 bytes
//
// Coding 3, by the low two bits of a byte: 00 the byte is a cell (so all values are multiples of 4); x1 the last
// cell again, 10 the cells of the spoke before at these places, both as often as the upper six bits say (0: 64).
// Codings 1 and 2: bit 0 clear, the byte is a cell; set, as often as the upper seven bits say (0: 128) the last cell
// (1) or the cells of the spoke before (2). "The last cell" is that one wherever it came from: only so do recorded
// frames never repeat a value that copying would have given, too.
// "The spoke before" runs on from frame to frame. Radars make little use of it: of 20 173 frames recorded of three
// types all but the very first of one recording begin with a spoke that copies nothing, so that a lost frame spoils
// none.
//
//   number  21   0   1   2   3  4   5  6  7  8  9 10 11 12 13 14 19 15 20 16 17  18
//   range 1/16 1/8 1/4 1/2 3/4  1 1.5  2  3  4  6  8 12 16 24 32 36 48 64 72 96 120 nautical miles
//
// Of a radar set to kilometres the same numbers mean kilometres, and nothing in the frame tells.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "codec/furuno/fault.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/video/spoke.hpp"

namespace headland::furuno {

inline constexpr std::uint32_t steps_per_turn = 8192;  // of angle and heading
inline constexpr std::size_t most_cells = 2047;

struct FrameHead {
  std::uint8_t sequence = 0;
  std::uint8_t spokes = 0;
  std::uint8_t coding = 0;  // 1, 2 or 3
  bool range_b = false;     // of a radar that shows two ranges, the second
  std::uint16_t cells = 0;  // of each spoke
  std::uint16_t range_cells = 0;
  double range_m = 0.0;  // covered by range_cells
  [[nodiscard]] double cell_m() const { return range_m / range_cells; }
};

// Whether a datagram looks like a frame of spokes.
bool is_frame(Bytes datagram);
Expected<FrameHead, Fault> read_frame_head(Bytes datagram);

// Cells of the last spoke, kept by the caller from frame to frame: one for each radar and range. Made anew behind a
// lost frame: what was in it is not known then.
struct Memory {
  std::array<std::uint8_t, most_cells> cells{};
  std::array<bool, most_cells> known{};  // they came with a spoke that was read
};

struct Spoke {
  std::uint16_t angle = 0;    // 8192 a turn, clockwise from the bow
  std::uint16_t heading = 0;  // likewise, from north; 0 also where there is none
  // In the memory: good until the next is read. Fewer than the head says where the frame ended early or the next are
  // copied from a spoke that was not read (none: the first is): what lies beyond was not seen.
  Bytes cells;
};

// Walks the spokes of a frame whose head was read. Nothing follows a refused spoke.
class SpokeReader {
 public:
  SpokeReader(Bytes datagram, const FrameHead& head, Memory& memory)
      : bytes_(datagram), head_(head), memory_(memory), left_(head.spokes) {}
  [[nodiscard]] bool at_end() const { return left_ == 0; }
  Expected<Spoke, Fault> next();

 private:
  std::size_t unpack();

  Bytes bytes_;
  FrameHead head_;
  Memory& memory_;
  std::size_t position_ = 16;
  std::uint32_t left_;
};

// Frames lost between two sequence numbers, modulo 256.
constexpr std::uint32_t frames_lost(std::uint8_t before, std::uint8_t now) {
  return static_cast<std::uint8_t>(now - before - 1U);
}

// Where the spoke stands in a turn, and what its zero is: with heading from true north, else from the bow.
struct Direction {
  std::optional<std::uint16_t> heading;
  Angle width;  // angle the spoke stands for: its step from its neighbours
};
bool fits(const Direction& direction, const SpokeBlock& block);
void append_spoke(const FrameHead& head, const Spoke& spoke, const Direction& direction, Timestamp time,
                  SpokeBlock& block);

}  // namespace headland::furuno
