// SPDX-License-Identifier: Apache-2.0
// Raymarine RD: analogue radomes behind an E-series plotter. Spokes and states to the group that the beacon names
// (2566 is usual). Numbers little-endian.
//
// Frame of spokes:
//    0   03 00 01 00  xx xx xx xx     type
//    8   1C 00 00 00  NN NN NN NN     N spokes
//   24   01 00 00 00  xx xx xx xx
//   32   spokes, each:
//          0   01 00 00 00  28 00 00 00   mark, 40
//          8   AA AA AA AA                A azimuth, 0 .. 2047, 1024 is the bow
//         12   (28 bytes not understood)
//         40   02 00 00 00  xx xx xx xx   not always
//          .   03 00 00 00                mark; 03 00 00 80 before the last spoke
//          .   TT TT TT TT  LL LL LL LL   T bytes from this mark to the next spoke, L length of the packed cells
//          .   512 cells of 4 bits, low half of the byte first, packed (packing.hpp)
//
// Status, 245 bytes:
//    0   01 00 01 00
//    4   11 ranges, u32, 1/1000 nautical mile
//  180   state: 0 standby, 1 transmits, 2 warms up (184: seconds left), 3 off
//  193   range number
//  196   gain automatic; 200 gain (seen to rise in a recording of just that)
//  204   sea automatic: 0 by hand; 208 sea; 209 rain on; 213 rain; 226 interference rejection; 230 target expansion
//        (known from open implementations)
//
// A spoke does not tell its range: a status must have told it before.
#pragma once

#include <cstdint>
#include <optional>

#include "codec/raymarine/fault.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/video/settings.hpp"
#include "core/video/spoke.hpp"

namespace headland::raymarine {

inline constexpr std::uint32_t rd_status_type = 0x010001;
inline constexpr std::uint32_t rd_frame_type = 0x010003;
inline constexpr std::uint32_t rd_spokes_per_turn = 2048;
inline constexpr std::size_t rd_cells = 512;
// How far the 512 cells reach, in ranges. Known from one open implementation, and likely: the shortest strong
// echoes recorded are 2 to 3 cells at 0.75 and at 1.5 nmi, which with 4 is the 25 and 50 m of the pulses that
// such radomes send there, and with 1 would be shorter than any pulse. Not checked against a chart.
inline constexpr double rd_reach = 4.0;

struct RdSpoke {
  std::uint16_t azimuth = 0;  // 1024 is the bow
  Bytes packed;               // known to hold 256 bytes of two cells
};

struct RdStatus {
  std::uint8_t state = 0;
  std::uint8_t range_number = 0;
  double range_m = 0.0;
  VideoSettings settings;
};

// By the first words, and long enough for them.
bool is_rd_frame(Bytes datagram);
bool is_rd_status(Bytes datagram);

Expected<RdStatus, Fault> read_rd_status(Bytes datagram);

// Walks the spokes of a frame. After a spoke with bad cells the next is read; after a lying length none.
class RdFrameReader {
 public:
  explicit RdFrameReader(Bytes datagram);
  [[nodiscard]] bool at_end() const { return left_ == 0; }
  // Spokes not yet handed out, as the frame says.
  [[nodiscard]] std::uint32_t left() const { return left_; }
  Expected<RdSpoke, Fault> next();

 private:
  Expected<RdSpoke, Fault> stop(FaultReason reason, std::size_t offset);

  Bytes bytes_;
  std::size_t position_ = 32;
  std::uint32_t left_ = 1;  // one refusal is always handed out for a bad frame
  std::optional<Fault> frame_fault_;
};

// The range of the spokes. The status of a new range comes before them: behind each of the five changes recorded up to
// 17 spokes are of the old range, some of the new among them, and nothing in them tells which (their azimuths step
// back, repeat or leave some out there). So the range of twice as many, 1.6 % of a turn, is not known.
class RdRange {
 public:
  static constexpr std::uint32_t unsettled_spokes = 32;

  void note(const RdStatus& status) {
    if (range_m_ && *range_m_ != status.range_m) unsettled_ = unsettled_spokes;
    range_m_ = status.range_m;
  }
  // Whether the next spoke is one whose range is not known because it changes.
  [[nodiscard]] bool is_changing() const { return unsettled_ > 0; }
  // That spoke was left out.
  void pass() { --unsettled_; }
  // Nothing before the first status.
  [[nodiscard]] std::optional<double> range_m() const { return range_m_; }

 private:
  std::optional<double> range_m_;
  std::uint32_t unsettled_ = 0;
};

// Whether a spoke can join the block.
bool fits_rd(const SpokeBlock& block);
// Appends a spoke, bearing from the bow. Does not touch sensor, site and gap.
void append_spoke(const RdSpoke& spoke, double range_m, Timestamp time, SpokeBlock& block);

// Spokes that the azimuth leaves out between two; none after a step back or a repeated azimuth.
constexpr std::uint32_t azimuths_lost(std::uint16_t before, std::uint16_t now) {
  const std::uint32_t step = (now + rd_spokes_per_turn - before) % rd_spokes_per_turn;
  return step == 0 || step > rd_spokes_per_turn / 2 ? 0 : step - 1;
}

// How far back from `before` the azimuth `now` is: 0 for the same, nearly a turn for the one that follows. Recorded
// azimuths never are but where the range changes.
constexpr std::uint32_t azimuths_back(std::uint16_t before, std::uint16_t now) {
  return (before + rd_spokes_per_turn - now) % rd_spokes_per_turn;
}

}  // namespace headland::raymarine
