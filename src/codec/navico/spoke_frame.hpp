// SPDX-License-Identifier: Apache-2.0
// Spokes of Navico radars: BR24, 3G, 4G, HALO. Numbers little-endian.
//
// Frame, one UDP datagram of 17160 bytes (12 IP fragments):
//
//   0     01 00 00 00 00 NN 00 02     NN spokes (32)
//   8     spoke, 536 bytes, NN times
//
// Spoke head, 24 bytes, then 512 bytes = 1024 cells of 4 bits, low half of the byte first:
//
//           BR24, 3G                        4G, HALO
//    0      18                              the same                     length of the head
//    1      SS                              the same                     status 02, 12, 82 good; C2 no data
//    2      NN NN                           xN NN                        counter 0..4095, +1 a spoke
//    4      00 44 0D 0E                     00 44                        mark
//    6                                      LL LL                        large range
//    8      AA AA                           the same                     angle 0..4095 clockwise from the bow
//   10      HH HH                           the same                     heading, below
//   12      RR RR RR xx                     MM MM xx xx                  range; small range
//   16      (8 bytes not understood)
//
//   heading   xTxx hhhh hhhh hhhh with the bits x (15, 13, 12) 0: h x 360/4096 deg, T 1 true, 0 magnetic;
//             anything else (8000, 9234 seen): none
//   extent of the 1024 cells, metres:
//             BR24, 3G   R x 10 / sqrt(2)
//             4G, HALO   L = 80 hex: M / 4; otherwise L x M / 512 (a 4G then sends M = 8000 hex)
//
// Angles come in steps of 2: 2048 spokes a turn; BR24 and 3G leave some out. With Doppler on (HALO,
// report 08 C4) cell value 15 = approaching, 14 = going away; otherwise just strong echoes.
// The extent is not the range shown to the operator (it is 1.1 to 2 times that).
#pragma once

#include <cstdint>
#include <optional>

#include "codec/navico/fault.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/video/spoke.hpp"

namespace headland::navico {

inline constexpr std::size_t cells_per_spoke = 1024;
inline constexpr std::uint32_t spokes_per_turn = 2048;

enum class Family : std::uint8_t { br24_or_3g, g4_or_halo };
enum class HeadingKind : std::uint8_t { none, true_north, magnetic };

struct Spoke {
  Family family = Family::br24_or_3g;
  std::uint8_t status = 0;
  std::uint16_t counter = 0;  // low 12 bits
  std::uint16_t angle = 0;    // 360/4096 deg clockwise from the bow
  HeadingKind heading_kind = HeadingKind::none;
  std::uint16_t heading = 0;      // 360/4096 deg, where there is one
  std::uint16_t large_range = 0;  // 4G, HALO: as sent
  std::uint16_t small_range = 0;
  double extent_m = 0.0;  // from the antenna to the far edge of the last cell
  Bytes cells;            // 512 bytes
};

// What the heading of a spoke makes of its bearing, and the reverse: another heading for a spoke (0 where it is
// head-up).
BearingReference reference_of(const Spoke& spoke);
void set_heading(Spoke& spoke, BearingReference reference, std::uint16_t heading);

// Whether a datagram looks like a spoke frame, to find the groups that carry them.
bool is_spoke_frame(Bytes datagram);

// Walks the spokes of a frame. After a refused spoke the next is read; after a refused frame none.
class SpokeFrameReader {
 public:
  explicit SpokeFrameReader(Bytes datagram);
  [[nodiscard]] bool at_end() const { return position_ >= end_; }
  Expected<Spoke, Fault> next();

 private:
  Bytes bytes_;
  std::size_t position_ = 0;
  std::size_t end_ = 1;  // one refusal is always handed out for a bad frame
  std::optional<FaultReason> frame_fault_;
};

enum class DopplerState : std::uint8_t { off, on, approaching_only };

// Whether the spoke can join the block: 4-bit video, and the reference that its heading gives it.
bool fits(const Spoke& spoke, DopplerState doppler, const SpokeBlock& block);

// Appends a spoke to a block that it fits: cells spread to 8 bits, Doppler cells marked beside them
// when the state is on (their amplitude stays 14 or 15 of 15, as sent). Bearing = angle + heading, from
// true or magnetic north as the heading is, head-up without one. The first spoke sets format, resolution
// and reference. Does not touch sensor, site and gap.
void append_spoke(const Spoke& spoke, DopplerState doppler, Timestamp time, SpokeBlock& block);

// What the spoke counter says: spokes lost between two, modulo 4096.
constexpr std::uint32_t spokes_lost(std::uint16_t before, std::uint16_t now) {
  return (static_cast<std::uint32_t>(now) + 4096U - before - 1U) % 4096U;
}

}  // namespace headland::navico
