// SPDX-License-Identifier: Apache-2.0
#include "codec/navico/spoke_frame.hpp"

#include <array>
#include <cstring>
#include <numbers>

#include "core/base/little_endian.hpp"

namespace headland::navico {
namespace {

constexpr std::size_t frame_head = 8;
constexpr std::size_t spoke_head = 24;
constexpr std::size_t spoke_size = 536;
constexpr double farthest_m = 500e3;
constexpr double radians_per_step = 2.0 * std::numbers::pi / 4096.0;

bool has_frame_head(Bytes b) { return b[0] == 0x01 && b[1] == 0 && b[2] == 0 && b[3] == 0; }

std::optional<FaultReason> check_frame(Bytes b) {
  if (b.size() < frame_head + spoke_size || (b.size() - frame_head) % spoke_size != 0) {
    return FaultReason::truncated_frame;
  }
  if (!has_frame_head(b)) return FaultReason::bad_frame_head;
  if ((b.size() - frame_head) / spoke_size != b[5]) return FaultReason::spoke_count;
  return std::nullopt;
}

void read_heading(std::uint16_t raw, Spoke& s) {
  if ((raw & 0xB000U) != 0) return;
  s.heading_kind = (raw & 0x4000U) != 0 ? HeadingKind::true_north : HeadingKind::magnetic;
  s.heading = raw & 0x0FFFU;
}

double extent_m(const std::uint8_t* p, Spoke& s) {
  if (s.family == Family::br24_or_3g) return (read_u32(p + 12) & 0xFFFFFFU) * 10.0 / std::numbers::sqrt2;
  s.large_range = read_u16(p + 6);
  s.small_range = read_u16(p + 12);
  if (s.large_range == 0x80) return s.small_range / 4.0;
  return s.large_range * (s.small_range / 512.0);
}

Expected<Spoke, FaultReason> read_spoke(const std::uint8_t* p) {
  if (p[0] != spoke_head || p[4] != 0x00 || p[5] != 0x44) return unexpected(FaultReason::bad_spoke_head);
  Spoke s;
  s.status = p[1];
  if (s.status == 0xC2) return unexpected(FaultReason::no_data);
  if (s.status != 0x02 && s.status != 0x12 && s.status != 0x82) return unexpected(FaultReason::unknown_status);
  s.family = p[6] == 0x0D && p[7] == 0x0E ? Family::br24_or_3g : Family::g4_or_halo;
  s.counter = read_u16(p + 2) & 0x0FFFU;
  s.angle = read_u16(p + 8);
  if (s.angle >= 4096) return unexpected(FaultReason::bad_angle);
  read_heading(read_u16(p + 10), s);
  s.extent_m = extent_m(p, s);
  if (s.extent_m <= 0.0 || s.extent_m > farthest_m) return unexpected(FaultReason::bad_extent);
  s.cells = Bytes(p + spoke_head, spoke_size - spoke_head);
  return s;
}

// For each byte of two cells: the amplitudes, low half first, and what they say with Doppler on.
struct CellPair {
  std::array<std::uint8_t, 2> amplitude;
  std::array<std::uint8_t, 2> doppler;
};
constexpr std::uint8_t doppler_of(unsigned value) {
  return static_cast<std::uint8_t>(value == 15   ? DopplerCell::approaching
                                   : value == 14 ? DopplerCell::receding
                                                 : DopplerCell::none);
}
constexpr auto cell_pairs = [] {
  std::array<CellPair, 256> table{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const unsigned low = byte & 15U;
    const unsigned high = byte >> 4U;
    table[byte].amplitude = {static_cast<std::uint8_t>(low * 17), static_cast<std::uint8_t>(high * 17)};
    table[byte].doppler = {doppler_of(low), doppler_of(high)};
  }
  return table;
}();

}  // namespace

BearingReference reference_of(const Spoke& s) {
  switch (s.heading_kind) {
    case HeadingKind::true_north:
      return BearingReference::true_north;
    case HeadingKind::magnetic:
      return BearingReference::magnetic_north;
    case HeadingKind::none:
      break;
  }
  return BearingReference::head_up;
}

void set_heading(Spoke& spoke, BearingReference reference, std::uint16_t heading) {
  spoke.heading = reference == BearingReference::head_up ? 0 : heading;
  switch (reference) {
    case BearingReference::true_north:
      spoke.heading_kind = HeadingKind::true_north;
      break;
    case BearingReference::magnetic_north:
      spoke.heading_kind = HeadingKind::magnetic;
      break;
    case BearingReference::head_up:
      spoke.heading_kind = HeadingKind::none;
      break;
  }
}

bool is_spoke_frame(Bytes b) {
  return b.size() >= frame_head + spoke_size && (b.size() - frame_head) % spoke_size == 0 && has_frame_head(b) &&
         b[frame_head] == spoke_head && b[frame_head + 4] == 0x00 && b[frame_head + 5] == 0x44;
}

SpokeFrameReader::SpokeFrameReader(Bytes datagram) : bytes_(datagram) {
  frame_fault_ = check_frame(bytes_);
  if (frame_fault_) return;
  position_ = frame_head;
  end_ = bytes_.size();
}

Expected<Spoke, Fault> SpokeFrameReader::next() {
  if (frame_fault_) {
    position_ = end_;
    return unexpected(Fault{*frame_fault_, 0});
  }
  const std::size_t start = position_;
  position_ += spoke_size;
  auto spoke = read_spoke(&bytes_[start]);
  if (!spoke) return unexpected(Fault{spoke.error(), start});
  return *spoke;
}

bool fits(const Spoke& spoke, DopplerState doppler, const SpokeBlock& block) {
  if (block.spokes.empty()) return true;
  return block.format == SampleFormat::u8 && block.bits == 4 && block.reference == reference_of(spoke) &&
         block.doppler.empty() == (doppler == DopplerState::off);
}

void append_spoke(const Spoke& spoke, DopplerState doppler, Timestamp time, SpokeBlock& block) {
  if (block.spokes.empty()) {
    block.format = SampleFormat::u8;
    block.bits = 4;
    block.reference = reference_of(spoke);
  }
  const std::size_t first = block.samples.size();
  block.samples.resize(first + cells_per_spoke);
  std::uint8_t* out = block.samples.data() + first;
  for (std::size_t i = 0; i < spoke.cells.size(); ++i) {
    std::memcpy(out + 2 * i, cell_pairs[spoke.cells[i]].amplitude.data(), 2);
  }
  if (doppler != DopplerState::off) {
    block.doppler.resize(first + cells_per_spoke);
    std::uint8_t* marks = block.doppler.data() + first;
    for (std::size_t i = 0; i < spoke.cells.size(); ++i) {
      std::memcpy(marks + 2 * i, cell_pairs[spoke.cells[i]].doppler.data(), 2);
    }
    if (doppler == DopplerState::approaching_only) {  // 14 is an ordinary echo then
      for (std::size_t i = 0; i < cells_per_spoke; ++i) {
        if (marks[i] == static_cast<std::uint8_t>(DopplerCell::receding)) marks[i] = 0;
      }
    }
  }
  SpokeInfo& info = block.spokes.emplace_back();
  info.time = time;
  info.bearing = Bearing(Radians((spoke.angle + spoke.heading) * radians_per_step));
  info.width = Angle(Radians(2.0 * std::numbers::pi / spokes_per_turn));
  info.range_start = Metres(0.0);
  info.cell_size = Metres(spoke.extent_m / static_cast<double>(cells_per_spoke));
  info.sequence = spoke.counter;
  info.cell_count = cells_per_spoke;
  info.first_sample = static_cast<std::uint32_t>(first);
}

}  // namespace headland::navico
