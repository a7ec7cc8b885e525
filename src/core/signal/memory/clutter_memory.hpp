// SPDX-License-Identifier: Apache-2.0
// What a radar's signal stage has learned of its clutter, as a value and as bytes: so that a restart goes on from it
// and does not learn sea, land and fixed objects anew.
//
// Bytes (little-endian, version 2): u8 version | u64 fingerprint of the stage's settings | string name | i64 time, ns |
// settings of the radar (a presence byte each) | f64 latitude, longitude (rad) | f64 range start, cell size (m) |
// u8 bearing reference | u8 sample format | u32 cells of a row | f64 spoke width (rad) | f64 decibels a level | u8
// noise level | u32 rows | u16 looks of each row | high bytes of all levels, row by row, then their low bytes (the low
// ones are noise, the high ones compress) | u32 bands of 64 cells | u16 looks of 128 sectors | f32 shares, means, parts
// seen, thresholds of 128 x 4 bands patches.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"
#include "core/signal/config.hpp"
#include "core/signal/shape_map.hpp"
#include "core/video/settings.hpp"
#include "core/video/spoke.hpp"

namespace headland::signal {

struct ClutterMemory {
  // What it belongs to.
  std::string name;               // of the radar; the stage does not look at it
  VideoSettings settings;         // of the radar, as far as it tells them; nor at these
  std::uint64_t fingerprint = 0;  // of Config, see fingerprint()
  Timestamp time;                 // until when it was learned
  GeoPosition site;
  Metres range_start;
  Metres cell_size;
  BearingReference reference = BearingReference::true_north;
  SampleFormat format = SampleFormat::u8;
  std::uint32_t capacity = 0;  // cells of a row of the map, padded
  Angle spoke_width;
  double decibels_per_level = 0.0;  // of its levels; 0: proportional
  std::uint8_t noise_level = 0;
  // The map: rows of `capacity`, as ClutterMap has them (1/256 levels; even cells first), and how often each was seen.
  std::vector<std::uint16_t> looks;
  std::vector<std::uint16_t> levels;
  ShapeMap::Memory shapes;

  friend bool operator==(const ClutterMemory&, const ClutterMemory&) = default;
};

// Of all values: with others, levels and statistics mean something else.
[[nodiscard]] std::uint64_t fingerprint(const Config& config);

enum class MemoryFault : std::uint8_t { version, truncated, out_of_range, trailing_bytes };
[[nodiscard]] std::string_view to_text(MemoryFault fault);

[[nodiscard]] std::vector<std::uint8_t> encode(const ClutterMemory& memory);
[[nodiscard]] Expected<ClutterMemory, MemoryFault> decode_clutter_memory(std::span<const std::uint8_t> bytes);

// What became of the memory that a stage was given.
enum class MemoryFate : std::uint8_t { none, waiting, resumed, refused };
enum class MemoryRefusal : std::uint8_t {
  none,
  damaged,         // bytes that cannot be read
  other_radar,     // of another name
  other_settings,  // of the stage, in the configuration
  other_geometry,  // range, cells, spokes, bearing reference or format
  other_place,     // of the antenna
  unknown_place,   // nobody tells where the antenna is now
  noise_changed,   // gain, or what else makes up the noise
  radar_settings,  // as the radar tells them
};
[[nodiscard]] std::string_view to_text(MemoryRefusal refusal);

struct Resumption {
  MemoryFate fate = MemoryFate::none;
  MemoryRefusal why = MemoryRefusal::none;
  Seconds age;  // of the memory when it was taken up
};

// For how many looks a row of the map still counts after a pause: the sea changes, and after an hour what was learned
// of it is worth a few looks, so that the new is learned fast. `full`: the memory of the map, in turns.
[[nodiscard]] std::uint16_t looks_worth(Seconds pause, std::uint32_t full);

}  // namespace headland::signal
