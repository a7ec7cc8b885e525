// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/rd.hpp"

#include <numbers>

#include "codec/raymarine/packing.hpp"
#include "codec/raymarine/range_table.hpp"

namespace headland::raymarine {
namespace {

constexpr std::size_t frame_head = 32;
constexpr std::uint32_t frame_head_words = 28;
constexpr std::size_t spoke_head = 40;
constexpr std::size_t option_length = 8;
constexpr std::size_t data_head = 12;
constexpr std::size_t status_length = 245;
constexpr std::size_t range_count = 11;
constexpr std::uint32_t most_spokes = 64;  // in a frame; up to 6 seen
constexpr std::uint32_t last_spoke_bit = 0x80000000;

std::optional<Fault> check_frame(Bytes b) {
  if (b.size() < 4) return Fault{FaultReason::truncated, b.size()};
  if (read_u32(b.data()) != rd_frame_type) return Fault{FaultReason::wrong_type, 0};
  if (b.size() < frame_head) return Fault{FaultReason::truncated, b.size()};
  if (read_u32(&b[8]) != frame_head_words) return Fault{FaultReason::wrong_type, 8};
  const std::uint32_t spokes = read_u32(&b[12]);
  if (spokes == 0 || spokes > most_spokes) return Fault{FaultReason::no_spokes, 12};
  return std::nullopt;
}

}  // namespace

bool is_rd_frame(Bytes b) {
  return b.size() >= frame_head && read_u32(b.data()) == rd_frame_type && read_u32(&b[8]) == frame_head_words;
}
bool is_rd_status(Bytes b) { return b.size() == status_length && read_u32(b.data()) == rd_status_type; }

Expected<RdStatus, Fault> read_rd_status(Bytes b) {
  if (b.size() < 4) return unexpected(Fault{FaultReason::truncated, b.size()});
  if (read_u32(b.data()) != rd_status_type) return unexpected(Fault{FaultReason::wrong_type, 0});
  if (b.size() < status_length) return unexpected(Fault{FaultReason::truncated, b.size()});
  RdStatus s;
  s.state = b[180];
  s.range_number = b[193];
  if (s.range_number >= range_count) return unexpected(Fault{FaultReason::unknown_range, 193});
  s.range_m = range_from_thousandths(read_u32(&b[4 + 4 * std::size_t{s.range_number}]));
  if (s.range_m <= 0.0) return unexpected(Fault{FaultReason::unknown_range, 4});
  s.settings.gain_automatic = b[196] != 0;
  s.settings.gain_percent = b[200];
  s.settings.sea_mode = b[204];
  s.settings.sea_percent = b[208];
  s.settings.rain_mode = b[209] != 0 ? 1 : 0;
  s.settings.rain_percent = b[213];
  s.settings.interference_rejection = b[226];
  s.settings.target_expansion = b[230];
  s.settings.range_m = s.range_m;
  return s;
}

RdFrameReader::RdFrameReader(Bytes datagram) : bytes_(datagram) {
  frame_fault_ = check_frame(bytes_);
  if (!frame_fault_) left_ = read_u32(&bytes_[12]);
}

Expected<RdSpoke, Fault> RdFrameReader::stop(FaultReason reason, std::size_t offset) {
  left_ = 0;
  return unexpected(Fault{reason, offset});
}

Expected<RdSpoke, Fault> RdFrameReader::next() {
  if (frame_fault_) return stop(frame_fault_->reason, frame_fault_->offset);
  const std::size_t start = position_;
  if (bytes_.size() - start < spoke_head + data_head) return stop(FaultReason::truncated, bytes_.size());
  const std::uint8_t* const head = &bytes_[start];
  if (read_u32(head) != 1 || read_u32(head + 4) != spoke_head) return stop(FaultReason::bad_spoke_head, start);
  const std::uint32_t azimuth = read_u32(head + 8);
  std::size_t mark = start + spoke_head;
  if (read_u32(&bytes_[mark]) == 2) mark += option_length;
  if (bytes_.size() - mark < data_head) return stop(FaultReason::truncated, bytes_.size());
  if ((read_u32(&bytes_[mark]) & ~last_spoke_bit) != 3) return stop(FaultReason::bad_spoke_head, mark);
  const std::size_t total = read_u32(&bytes_[mark + 4]);
  const std::size_t length = read_u32(&bytes_[mark + 8]);
  if (total < data_head || total > bytes_.size() - mark) return stop(FaultReason::lying_length, mark + 4);
  if (length > total - data_head) return stop(FaultReason::lying_length, mark + 8);
  position_ = mark + total;
  --left_;
  if (azimuth >= rd_spokes_per_turn) return unexpected(Fault{FaultReason::bad_azimuth, start + 8});
  RdSpoke spoke;
  spoke.azimuth = static_cast<std::uint16_t>(azimuth);
  spoke.packed = bytes_.subspan(mark + data_head, length);
  const auto size = unpacked_size(spoke.packed);
  if (!size) return unexpected(Fault{FaultReason::bad_packing, mark + data_head + length});
  if (*size != rd_cells / 2) return unexpected(Fault{FaultReason::cell_count, mark + data_head});
  return spoke;
}

bool fits_rd(const SpokeBlock& block) {
  return block.spokes.empty() || (block.format == SampleFormat::u8 && block.bits == 4 && block.doppler.empty() &&
                                  block.reference == BearingReference::head_up);
}

void append_spoke(const RdSpoke& spoke, double range_m, Timestamp time, SpokeBlock& block) {
  if (block.spokes.empty()) {
    block.format = SampleFormat::u8;
    block.bits = 4;
    block.reference = BearingReference::head_up;
  }
  constexpr double step = 2.0 * std::numbers::pi / rd_spokes_per_turn;
  SpokeInfo& info = block.spokes.emplace_back();
  info.time = time;
  info.bearing = Bearing(Radians((spoke.azimuth - rd_spokes_per_turn / 2.0) * step));
  info.width = Angle(Radians(step));
  info.range_start = Metres(0.0);
  info.cell_size = Metres(range_m * rd_reach / static_cast<double>(rd_cells));
  info.sequence = spoke.azimuth;
  info.cell_count = rd_cells;
  info.first_sample = static_cast<std::uint32_t>(block.samples.size());
  for_each_run(spoke.packed, [&](std::uint8_t pair, std::size_t count) {
    constexpr unsigned spread = 17;  // 0 .. 15 to 0 .. 255
    for (std::size_t i = 0; i < count; ++i) {
      block.samples.push_back(static_cast<std::uint8_t>((pair & 15U) * spread));
      block.samples.push_back(static_cast<std::uint8_t>((pair >> 4U) * spread));
    }
  });
}

}  // namespace headland::raymarine
