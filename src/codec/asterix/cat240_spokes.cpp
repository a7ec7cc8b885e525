// SPDX-License-Identifier: Apache-2.0
#include "codec/asterix/cat240_spokes.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/units.hpp"

namespace headland::asterix {
namespace {

constexpr std::uint32_t most_joined_cells = 100'000;  // radars have some ten thousand
constexpr double radians_per_step = 2.0 * std::numbers::pi / 65536.0;

SampleFormat format_of(const Cat240Video& v) { return v.bits <= 8 ? SampleFormat::u8 : SampleFormat::u16; }
// 32-bit cells are kept as 16.
std::uint8_t kept_bits(const Cat240Video& v) { return std::min<std::uint8_t>(v.bits, 16); }

double cell_size_m(const Cat240Video& v) {
  return static_cast<double>(v.cell_duration_fs) * 1e-15 * speed_of_light_mps / 2.0;
}

// Signed steps from start to end azimuth, the short way.
std::int16_t azimuth_span(const Cat240Video& v) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(v.end_azimuth - v.start_azimuth));
}
Bearing bearing_of(const Cat240Video& v) {
  return Bearing(Radians((v.start_azimuth + azimuth_span(v) / 2.0) * radians_per_step));
}
Angle width_of(const Cat240Video& v) { return Angle(Radians(std::abs(azimuth_span(v)) * radians_per_step)); }

// For each byte its cells of `Bits` bits, spread to 8 bits, first cell first.
template <unsigned Bits>
constexpr auto make_spread_table() {
  constexpr unsigned cells = 8 / Bits;
  constexpr unsigned top = (1U << Bits) - 1;
  std::array<std::array<std::uint8_t, cells>, 256> table{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    for (unsigned k = 0; k < cells; ++k) {
      table[byte][k] = static_cast<std::uint8_t>(((byte >> (8 - Bits * (k + 1))) & top) * (255 / top));
    }
  }
  return table;
}

template <unsigned Bits>
void spread(Bytes packed, std::uint8_t* out, std::size_t count) {
  static constexpr auto table = make_spread_table<Bits>();
  constexpr std::size_t cells = 8 / Bits;
  const std::size_t whole = count / cells;
  for (std::size_t i = 0; i < whole; ++i) std::memcpy(out + i * cells, table[packed[i]].data(), cells);
  if (const std::size_t rest = count % cells; rest != 0) {
    std::memcpy(out + whole * cells, table[packed[whole]].data(), rest);
  }
}

void append_u8(const Cat240Video& v, std::vector<std::uint8_t>& samples) {
  if (v.bits == 8) {
    samples.insert(samples.end(), v.cells.begin(), v.cells.end());
    return;
  }
  const std::size_t old = samples.size();
  samples.resize(old + v.cell_count);
  std::uint8_t* out = samples.data() + old;
  switch (v.bits) {
    case 1:
      spread<1>(v.cells, out, v.cell_count);
      break;
    case 2:
      spread<2>(v.cells, out, v.cell_count);
      break;
    default:
      spread<4>(v.cells, out, v.cell_count);
      break;
  }
}

std::uint32_t append_u16(const Cat240Video& v, std::vector<std::uint16_t>& samples) {
  const std::size_t old = samples.size();
  samples.resize(old + v.cell_count);
  std::uint16_t* out = samples.data() + old;
  const std::uint8_t* in = v.cells.data();
  if (v.bits == 16) {
    for (std::size_t i = 0; i < v.cell_count; ++i) out[i] = read_u16(in + 2 * i);
    return 0;
  }
  std::uint32_t lossy = 0;
  for (std::size_t i = 0; i < v.cell_count; ++i) {
    out[i] = read_u16(in + 4 * i);
    lossy += read_u16(in + 4 * i + 2) != 0 ? 1U : 0U;
  }
  return lossy;
}

std::uint32_t sample_count(const SpokeBlock& block) {
  return static_cast<std::uint32_t>(block.format == SampleFormat::u8 ? block.samples.size() : block.samples16.size());
}

}  // namespace

bool fits(const Cat240Video& video, const SpokeBlock& block) {
  return block.spokes.empty() || (block.format == format_of(video) && block.bits == kept_bits(video));
}

bool continues(const Cat240Video& video, const SpokeBlock& block) {
  if (block.spokes.empty() || !fits(video, block) || video.start_cell == 0) return false;
  const SpokeInfo& last = block.spokes.back();
  if (last.cell_count + video.cell_count > most_joined_cells) return false;
  const Metres cell(cell_size_m(video));
  const double next_cell = last.range_start / cell + last.cell_count;
  // Where no width is stated the spoke may have been given one since.
  const bool same_width = video.start_azimuth == video.end_azimuth || last.width == width_of(video);
  return last.bearing == bearing_of(video) && last.cell_size == cell && same_width &&
         std::abs(next_cell - static_cast<double>(video.start_cell)) < 0.01;
}

Appended append_spoke(const Cat240Video& video, Timestamp time, SpokeBlock& block) {
  const bool joined = continues(video, block);
  if (block.spokes.empty()) {
    block.format = format_of(video);
    block.bits = kept_bits(video);
  }
  const std::uint32_t first = sample_count(block);
  Appended result;
  if (block.format == SampleFormat::u8) {
    append_u8(video, block.samples);
  } else {
    result.lossy_cells = append_u16(video, block.samples16);
  }
  if (!block.doppler.empty()) block.doppler.resize(sample_count(block), 0);
  if (joined) {
    block.spokes.back().cell_count += video.cell_count;
    block.spokes.back().sequence = video.sequence;
    return result;
  }
  const Metres cell(cell_size_m(video));
  SpokeInfo& spoke = block.spokes.emplace_back();
  spoke.time = time;
  spoke.bearing = bearing_of(video);
  spoke.width = width_of(video);
  spoke.range_start = cell * static_cast<double>(video.start_cell);
  spoke.cell_size = cell;
  spoke.sequence = video.sequence;
  spoke.cell_count = video.cell_count;
  spoke.first_sample = first;
  return result;
}

Timestamp resolve_time_of_day(std::uint32_t time_of_day, Timestamp near) {
  using std::chrono::hours;
  // 1/128 s = 7 812 500 ns exactly.
  const Duration since_midnight = Duration(7'812'500) * static_cast<std::int64_t>(time_of_day);
  const Timestamp same_day = std::chrono::floor<std::chrono::days>(near) + since_midnight;
  if (same_day - near > hours(12)) return same_day - hours(24);
  if (near - same_day > hours(12)) return same_day + hours(24);
  return same_day;
}

std::uint32_t time_of_day_of(Timestamp t) {
  const Duration since_midnight = t - std::chrono::floor<std::chrono::days>(t);
  return static_cast<std::uint32_t>(since_midnight.count() / 7'812'500);
}

void pack_cells(std::span<const std::uint8_t> cells, std::uint8_t bits, std::vector<std::uint8_t>& out) {
  if (bits == 8) {
    out.insert(out.end(), cells.begin(), cells.end());
    return;
  }
  const unsigned per_byte = 8U / bits;
  for (std::size_t i = 0; i < cells.size(); i += per_byte) {
    unsigned byte = 0;
    for (unsigned k = 0; k < per_byte; ++k) {
      const unsigned cell = i + k < cells.size() ? cells[i + k] : 0U;
      byte = (byte << bits) | (cell >> (8U - bits));
    }
    out.push_back(static_cast<std::uint8_t>(byte));
  }
}

void pack_cells(std::span<const std::uint16_t> cells, std::uint8_t bits, std::vector<std::uint8_t>& out) {
  for (const std::uint16_t cell : cells) {
    put(out, cell, 2);
    if (bits == 32) put(out, 0, 2);
  }
}

SequenceCheck::Result SequenceCheck::check(std::uint32_t sequence) {
  if (!last_) {
    last_ = sequence;
    return {Step::first, 0};
  }
  const std::uint32_t ahead = sequence - *last_;
  const std::uint32_t back = *last_ - sequence;
  if (back <= 64 && ++repeated_in_a_row_ < 8) return {Step::repeated, 0};
  last_ = sequence;
  if (back <= 64) return {Step::restarted, 0};
  repeated_in_a_row_ = 0;
  if (ahead == 1) return {Step::next, 0};
  if (ahead <= 65535) return {Step::lost, ahead - 1};
  return {Step::restarted, 0};
}

}  // namespace headland::asterix
