// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>

#include "codec/asterix/cat240.hpp"

namespace headland::asterix {
namespace {

constexpr std::uint8_t more = 0x01;  // FX: another octet of the field specification follows

// The item for `bytes` of video: the smallest part size that holds it. Code: bit in octet 2.
struct VideoItem {
  std::uint8_t bit;
  std::size_t part;
  std::size_t most;
};
constexpr VideoItem low{0x40, 4, 1020};
constexpr VideoItem medium{0x20, 64, 16320};
constexpr VideoItem high{0x10, 256, 65024};

constexpr VideoItem item_for(std::size_t bytes) {
  return bytes <= low.most ? low : bytes <= medium.most ? medium : high;
}

void put_time(const std::optional<std::uint32_t>& time, std::vector<std::uint8_t>& out) {
  if (time) put(out, *time % time_of_day_units, 3);
}

// Writes the length of the block that began at `start`.
void close_block(std::vector<std::uint8_t>& out, std::size_t start) {
  const std::size_t length = out.size() - start;
  out[start + 1] = static_cast<std::uint8_t>(length >> 8);
  out[start + 2] = static_cast<std::uint8_t>(length);
}

}  // namespace

bool encode_video(const Cat240Video& video, CellDurationItem item, std::vector<std::uint8_t>& out) {
  const std::size_t used = (std::size_t{video.cell_count} * video.bits + 7) / 8;
  const std::uint64_t unit = item == CellDurationItem::nano ? 1'000'000U : 1U;
  const std::uint64_t duration = (video.cell_duration_fs + unit / 2) / unit;
  if (!std::has_single_bit(video.bits) || video.bits > 32 || video.cells.size() < used || used > high.most ||
      video.cell_count > 0xFFFFFFU || duration == 0 || duration > 0xFFFFFFFFU) {
    return false;
  }
  const VideoItem block = item_for(used);
  const std::size_t parts = std::max<std::size_t>(1, (used + block.part - 1) / block.part);
  const std::size_t start = out.size();
  out.reserve(start + 48 + parts * block.part);
  put(out, 240, 1);
  put(out, 0, 2);
  const unsigned duration_bit = item == CellDurationItem::nano ? 0x08U : 0x04U;
  put(out, 0x80U | 0x40U | 0x20U | duration_bit | 0x02U | more, 1);   // 010 000 020 040/041 048
  put(out, 0x80U | block.bit | (video.time_of_day ? 0x08U : 0U), 1);  // 049 050/051/052 140
  put(out, video.sac, 1);
  put(out, video.sic, 1);
  put(out, 2, 1);
  put(out, video.sequence, 4);
  put(out, video.start_azimuth, 2);
  put(out, video.end_azimuth, 2);
  put(out, video.start_cell, 4);
  put(out, duration, 4);
  put(out, 0, 1);
  put(out, static_cast<std::uint64_t>(std::countr_zero(video.bits)) + 1, 1);
  put(out, used, 2);
  put(out, video.cell_count, 3);
  put(out, parts, 1);
  const Bytes cells = video.cells.first(used);
  out.insert(out.end(), cells.begin(), cells.end());
  out.resize(out.size() + parts * block.part - used, 0);
  put_time(video.time_of_day, out);
  close_block(out, start);
  return true;
}

void encode_summary(const Cat240Summary& summary, std::vector<std::uint8_t>& out) {
  const std::size_t start = out.size();
  const Bytes text = summary.text.first(std::min<std::size_t>(summary.text.size(), 255));
  put(out, 240, 1);
  put(out, 0, 2);
  put(out, 0x80U | 0x40U | 0x10U | (summary.time_of_day ? more : 0U), 1);  // 010 000 030
  if (summary.time_of_day) put(out, 0x08U, 1);                             // 140
  put(out, summary.sac, 1);
  put(out, summary.sic, 1);
  put(out, 1, 1);
  put(out, text.size(), 1);
  out.insert(out.end(), text.begin(), text.end());
  put_time(summary.time_of_day, out);
  close_block(out, start);
}

}  // namespace headland::asterix
