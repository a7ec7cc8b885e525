// SPDX-License-Identifier: Apache-2.0
// Spokes of Garmin xHD radars, one a UDP datagram to 239.254.2.0:50102. Numbers little-endian.
//
//    0   TT TT TT TT  LL LL LL LL     T message type 0998 hex; L length of what follows (datagram - 8)
//    8   01 00 ll ll  AA AA xx xx     l length again; A angle, 1/32 deg clockwise from the bow, 0 .. 11519
//   16   RR RR RR RR  EE EE EE EE     R range the operator set, m; E range of the middle of the last cell, m
//   24   xx xx NN NN  08 01 xx xx     N number of cells
//   30         nn nn nn nn  xx xx     n number of cells again
//   36   cells, 8 bits each, N of them
//
// Angles come in steps of 8: 1440 spokes a turn. There is no heading and no counter: lost spokes show as a
// larger step of the angle. Of 44 126 steps recorded none is another than 8.
// The size of a cell is E / (N - 1/2): 6.00 m for E = 4167, N = 695, which is what report 09A0 says (6000 mm).
#pragma once

#include <cstdint>

#include "codec/garmin/fault.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/video/spoke.hpp"

namespace headland::garmin {

inline constexpr std::uint32_t steps_per_turn = 11520;  // of the angle
inline constexpr std::uint32_t spokes_per_turn = 1440;
inline constexpr std::uint32_t steps_per_spoke = steps_per_turn / spokes_per_turn;

struct Spoke {
  std::uint16_t angle = 0;    // 1/32 deg clockwise from the bow
  std::uint32_t range_m = 0;  // set by the operator; the cells reach farther
  double cell_m = 0.0;
  Bytes cells;
};

// Whether a datagram says that it is a spoke: a first look, to find the radar.
bool is_spoke(Bytes datagram);
Expected<Spoke, Fault> read_spoke(Bytes datagram);

// Whether the spoke can join the block.
bool fits(const SpokeBlock& block);
// Appends a spoke, bearing from the bow. Does not touch sensor, site and gap.
void append_spoke(const Spoke& spoke, Timestamp time, SpokeBlock& block);

// Spokes that the angle leaves out between two; none after a step back or a repeated angle.
constexpr std::uint32_t spokes_lost(std::uint16_t before, std::uint16_t now) {
  const std::uint32_t step = (now + steps_per_turn - before) % steps_per_turn;
  if (step == 0 || step > steps_per_turn / 2) return 0;
  return (step + steps_per_spoke / 2) / steps_per_spoke - (step < steps_per_spoke / 2 ? 0 : 1);
}

// How far back from `before` the angle `now` is, in whole spokes: 0 for the same, nearly a turn for the one that
// follows.
constexpr std::uint32_t spokes_back(std::uint16_t before, std::uint16_t now) {
  return (before + steps_per_turn - now) % steps_per_turn / steps_per_spoke;
}

}  // namespace headland::garmin
