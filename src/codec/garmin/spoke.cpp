// SPDX-License-Identifier: Apache-2.0
#include "codec/garmin/spoke.hpp"

#include <numbers>

#include "core/base/little_endian.hpp"

namespace headland::garmin {
namespace {

constexpr std::uint32_t spoke_type = 0x0998;
constexpr std::size_t message_head = 8;
constexpr std::size_t spoke_head = 36;
constexpr double farthest_m = 500e3;

}  // namespace

bool is_spoke(Bytes b) {
  return b.size() >= spoke_head && read_u32(b.data()) == spoke_type && read_u32(&b[4]) == b.size() - message_head &&
         read_u16(&b[8]) == 1;
}

Expected<Spoke, Fault> read_spoke(Bytes b) {
  if (b.size() < message_head) return unexpected(Fault{FaultReason::truncated, b.size()});
  if (read_u32(b.data()) != spoke_type) return unexpected(Fault{FaultReason::wrong_type, 0});
  if (b.size() < spoke_head) return unexpected(Fault{FaultReason::truncated, b.size()});
  const std::size_t length = b.size() - message_head;
  if (read_u32(&b[4]) != length) return unexpected(Fault{FaultReason::lying_length, 4});
  if (read_u16(&b[10]) != length) return unexpected(Fault{FaultReason::lying_length, 10});
  Spoke spoke;
  spoke.angle = read_u16(&b[12]);
  if (spoke.angle >= steps_per_turn) return unexpected(Fault{FaultReason::bad_angle, 12});
  spoke.range_m = read_u32(&b[16]);
  const std::size_t cells = read_u16(&b[26]);
  if (cells == 0 || cells != b.size() - spoke_head) return unexpected(Fault{FaultReason::cell_count, 26});
  if (read_u32(&b[30]) != cells) return unexpected(Fault{FaultReason::cell_count, 30});
  const std::uint32_t last_m = read_u32(&b[20]);
  if (last_m == 0 || last_m > farthest_m) return unexpected(Fault{FaultReason::bad_extent, 20});
  spoke.cell_m = last_m / (static_cast<double>(cells) - 0.5);
  spoke.cells = b.subspan(spoke_head);
  return spoke;
}

bool fits(const SpokeBlock& block) {
  return block.spokes.empty() || (block.format == SampleFormat::u8 && block.bits == 8 && block.doppler.empty() &&
                                  block.reference == BearingReference::head_up);
}

void append_spoke(const Spoke& spoke, Timestamp time, SpokeBlock& block) {
  if (block.spokes.empty()) {
    block.format = SampleFormat::u8;
    block.bits = 8;
    block.reference = BearingReference::head_up;
  }
  SpokeInfo& info = block.spokes.emplace_back();
  info.time = time;
  info.bearing = Bearing(Radians(spoke.angle * (2.0 * std::numbers::pi / steps_per_turn)));
  info.width = Angle(Radians(2.0 * std::numbers::pi / spokes_per_turn));
  info.range_start = Metres(0.0);
  info.cell_size = Metres(spoke.cell_m);
  info.sequence = spoke.angle / steps_per_spoke;
  info.cell_count = static_cast<std::uint32_t>(spoke.cells.size());
  info.first_sample = static_cast<std::uint32_t>(block.samples.size());
  block.samples.insert(block.samples.end(), spoke.cells.begin(), spoke.cells.end());
}

}  // namespace headland::garmin
