// SPDX-License-Identifier: Apache-2.0
#include "codec/furuno/frame.hpp"

#include <algorithm>
#include <numbers>

#include "core/base/little_endian.hpp"
#include "core/base/units.hpp"

namespace headland::furuno {
namespace {

constexpr std::size_t frame_head = 16;
constexpr std::size_t spoke_head = 4;
// By range number, nautical miles; 0: there is none.
constexpr std::array<double, 22> ranges_nmi{0.125, 0.25, 0.5, 0.75, 1,  1.5, 2,  3,   4,  6,  8,
                                            12,    16,   24,  32,   48, 72,  96, 120, 36, 64, 1.0 / 16};

bool has_frame_start(Bytes b) {
  return b[0] == 0x02 && b[2] == 0x00 && b[3] == 0x01 && b[4] == 0 && b[5] == 0 && b[6] == 0 && b[7] == 0;
}
bool has_own_length(Bytes b) {
  const std::size_t n = b[8] + 256U * (b[9] & 1U);
  return b.size() == 4 * n + 12 || b.size() == 4 * n + 8;
}

}  // namespace

bool is_frame(Bytes b) { return b.size() >= frame_head + spoke_head && has_frame_start(b) && has_own_length(b); }

Expected<FrameHead, Fault> read_frame_head(Bytes b) {
  if (b.size() < frame_head) return unexpected(Fault{FaultReason::truncated_frame, b.size()});
  if (!has_frame_start(b)) return unexpected(Fault{FaultReason::bad_frame_head, 0});
  if (!has_own_length(b)) return unexpected(Fault{FaultReason::lying_length, 8});
  FrameHead head;
  head.sequence = b[1];
  head.spokes = b[9] >> 1;
  if (head.spokes == 0) return unexpected(Fault{FaultReason::no_spokes, 9});
  head.cells = static_cast<std::uint16_t>(b[10] + 256U * (b[11] & 7U));
  if (head.cells == 0) return unexpected(Fault{FaultReason::no_cells, 10});
  head.coding = b[11] >> 3 & 3;
  if (head.coding == 0) return unexpected(Fault{FaultReason::unknown_coding, 11});
  const std::size_t range = b[12] & 0x3FU;
  if (range >= ranges_nmi.size()) return unexpected(Fault{FaultReason::unknown_range, 12});
  head.range_m = ranges_nmi[range] * metres_per_nautical_mile;
  head.range_cells = static_cast<std::uint16_t>(b[14] + 256U * (b[15] & 7U));
  if (head.range_cells == 0) return unexpected(Fault{FaultReason::no_cells, 14});
  head.range_b = (b[15] & 0x40U) != 0;
  return head;
}

// In place: copying from the spoke before is leaving the cells as they are. Returns how many cells there are.
std::size_t SpokeReader::unpack() {
  const std::uint8_t repeat_mask = head_.coding == 3 ? 3 : 1;
  const unsigned shift = head_.coding == 3 ? 2 : 1;
  const std::size_t longest = head_.coding == 3 ? 64 : 128;
  auto& cells = memory_.cells;
  auto& known = memory_.known;
  std::size_t k = 0;
  while (position_ < bytes_.size() && k < head_.cells) {
    const std::uint8_t byte = bytes_[position_++];
    if ((byte & repeat_mask) == 0) {
      cells[k] = byte;
      known[k++] = true;
      continue;
    }
    const std::size_t said = byte >> shift;
    const std::size_t count = std::min<std::size_t>(said == 0 ? longest : said, head_.cells - k);
    const bool last_again = head_.coding == 1 || (head_.coding == 3 && (byte & 1) != 0);
    if (last_again) {
      const auto at = static_cast<std::ptrdiff_t>(k);
      std::fill_n(cells.begin() + at, count, k > 0 ? cells[k - 1] : std::uint8_t{0});
      std::fill_n(known.begin() + at, count, k == 0 || known[k - 1]);
    }
    k += count;
  }
  return k;
}

Expected<Spoke, Fault> SpokeReader::next() {
  if (bytes_.size() - position_ < spoke_head) {
    left_ = 0;
    return unexpected(Fault{FaultReason::missing_spoke, position_});
  }
  --left_;
  constexpr unsigned angle_bits = steps_per_turn - 1;
  Spoke spoke;
  spoke.angle = read_u16(&bytes_[position_]) & angle_bits;
  spoke.heading = read_u16(&bytes_[position_ + 2]) & angle_bits;
  position_ += spoke_head;
  const std::size_t count = unpack();
  const auto end = static_cast<std::ptrdiff_t>(count);
  std::fill(memory_.cells.begin() + end, memory_.cells.end(), std::uint8_t{0});
  std::fill(memory_.known.begin() + end, memory_.known.end(), false);
  const auto unknown = std::find(memory_.known.begin(), memory_.known.begin() + end, false);
  spoke.cells = Bytes(memory_.cells).first(static_cast<std::size_t>(unknown - memory_.known.begin()));
  position_ = std::min((position_ + 3) / 4 * 4, bytes_.size());
  return spoke;
}

namespace {

BearingReference reference_of(const Direction& direction) {
  return direction.heading ? BearingReference::true_north : BearingReference::head_up;
}

}  // namespace

bool fits(const Direction& direction, const SpokeBlock& block) {
  return block.spokes.empty() || (block.format == SampleFormat::u8 && block.bits == 8 && block.doppler.empty() &&
                                  block.reference == reference_of(direction));
}

void append_spoke(const FrameHead& head, const Spoke& spoke, const Direction& direction, Timestamp time,
                  SpokeBlock& block) {
  if (block.spokes.empty()) {
    block.format = SampleFormat::u8;
    block.bits = 8;
    block.reference = reference_of(direction);
  }
  SpokeInfo& info = block.spokes.emplace_back();
  info.time = time;
  const std::uint32_t steps = spoke.angle + std::uint32_t{direction.heading.value_or(0)};
  info.bearing = Bearing(Radians(steps * (2.0 * std::numbers::pi / steps_per_turn)));
  info.width = direction.width;
  info.range_start = Metres(0.0);
  info.cell_size = Metres(head.cell_m());
  info.sequence = head.sequence;
  info.cell_count = static_cast<std::uint32_t>(spoke.cells.size());
  info.first_sample = static_cast<std::uint32_t>(block.samples.size());
  block.samples.insert(block.samples.end(), spoke.cells.begin(), spoke.cells.end());
}

}  // namespace headland::furuno
