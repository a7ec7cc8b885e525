// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/video_grid.hpp"

#include <algorithm>

#include "core/base/constants.hpp"

namespace headland::station {
namespace {

std::uint8_t to_byte(std::uint8_t v) { return v; }
std::uint8_t to_byte(std::uint16_t v) { return static_cast<std::uint8_t>(v >> 8); }

template <class Cell>
void join_cells(std::span<const Cell> cells, std::uint32_t joined, std::vector<std::uint8_t>& row) {
  for (std::size_t out = 0, in = 0; out < row.size(); ++out, in += joined) {
    const auto part = cells.subspan(in, std::min<std::size_t>(joined, cells.size() - in));
    row[out] = to_byte(*std::ranges::max_element(part));
  }
}

}  // namespace

VideoGrid::Scale VideoGrid::scale_of(const SpokeInfo& spoke) const {
  Scale scale;
  const double width = std::abs(spoke.width.radians());
  scale.azimuths = config_.azimuths_max;
  // The coarsest grid that still holds every spoke; a spoke without width gets the finest.
  while (scale.azimuths > 256 && width > 0.0 && full_turn / width <= scale.azimuths / 2.0) {
    scale.azimuths = static_cast<std::uint16_t>(scale.azimuths / 2);
  }
  scale.cells_in = spoke.cell_count;
  scale.joined = (spoke.cell_count + config_.cells_max - 1) / config_.cells_max;
  scale.range_start = spoke.range_start;
  scale.cell_size = spoke.cell_size * static_cast<double>(scale.joined);
  return scale;
}

void VideoGrid::process(const SpokeBlock& block, std::vector<VideoBatch>& out) {
  batch_.sensor = block.sensor;
  for (const auto& spoke : block.spokes) {
    if (spoke.cell_count > 0) add(block, spoke, out);
  }
}

void VideoGrid::add(const SpokeBlock& block, const SpokeInfo& spoke, std::vector<VideoBatch>& out) {
  const Scale scale = scale_of(spoke);
  if (scale != scale_ || batch_.spokes >= scale_.azimuths / 8 ||
      (batch_.spokes > 0 && spoke.time - batch_began_ >= to_duration(config_.batch)) || spoke.time < batch_began_) {
    flush(out);
  }
  scale_ = scale;
  reduce(block, spoke);
  batch_.reference = block.reference;
  ++batch_.spokes_in;

  // Row k of the grid covers [k, k + 1) steps: every row whose middle lies in the spoke; one at least.
  const double step = full_turn / scale.azimuths;
  const double middle = spoke.bearing.radians();
  // A hair wider, so that rounding leaves no hole between neighbours.
  const double half = std::max(std::abs(spoke.width.radians()), step) / 2.0 + step * 1e-6;
  const auto n = static_cast<std::int64_t>(scale.azimuths);
  const auto first = static_cast<std::int64_t>(std::ceil((middle - half) / step - 0.5));
  const auto end = std::max(first + 1, static_cast<std::int64_t>(std::ceil((middle + half) / step - 0.5)));
  for (std::int64_t k = first; k < end; ++k) {
    const auto index = static_cast<std::uint32_t>(((k % n) + n) % n);
    const std::uint32_t next = (batch_.first_azimuth + batch_.spokes) % scale.azimuths;
    const std::uint32_t last = (next + scale.azimuths - 1) % scale.azimuths;
    if (batch_.spokes > 0 && index == last) {  // several spokes on one azimuth: the largest of each cell
      const auto row = std::span(batch_.amplitudes).last(row_.size());
      std::ranges::transform(row, row_, row.begin(), [](auto a, auto b) { return std::max(a, b); });
      continue;
    }
    if (batch_.spokes > 0 && index != next) flush(out);
    append(index, spoke);
  }
}

void VideoGrid::reduce(const SpokeBlock& block, const SpokeInfo& spoke) {
  row_.resize((spoke.cell_count + scale_.joined - 1) / scale_.joined);
  if (block.format == SampleFormat::u8) {
    join_cells(block.cells(spoke), scale_.joined, row_);
  } else {
    join_cells(block.cells16(spoke), scale_.joined, row_);
  }
}

void VideoGrid::append(std::uint32_t index, const SpokeInfo& spoke) {
  if (batch_.spokes == 0) {
    batch_began_ = spoke.time;
    batch_.first_azimuth = static_cast<std::uint16_t>(index);
    batch_.azimuths_per_turn = scale_.azimuths;
    batch_.cells = static_cast<std::uint16_t>(row_.size());
    batch_.range_start = scale_.range_start;
    batch_.cell_size = scale_.cell_size;
  }
  batch_.time = spoke.time;
  ++batch_.spokes;
  batch_.amplitudes.insert(batch_.amplitudes.end(), row_.begin(), row_.end());
}

void VideoGrid::flush(std::vector<VideoBatch>& out) {
  if (batch_.spokes == 0) return;
  const SensorId sensor = batch_.sensor;
  out.push_back(std::move(batch_));
  batch_ = VideoBatch{};
  batch_.sensor = sensor;
}

}  // namespace headland::station
