// SPDX-License-Identifier: Apache-2.0
// Radar video as values: blocks of spokes as they travel from the decoder to the signal stage.
//
// A spoke is one radial line of echo amplitudes. Cell k (0, 1, ...) covers the ranges
// range_start + k * cell_size to range_start + (k + 1) * cell_size from the antenna.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland {

// What bearing 0 of a spoke means. Video without any heading stays head-up and is labelled so.
enum class BearingReference : std::uint8_t { true_north, magnetic_north, head_up };

// Cells as the radar sends them: 1-, 2- and 4-bit video is spread to the full 8-bit scale, 32-bit
// video narrowed to 16. Amplitude scale is the radar's own (often logarithmic).
enum class SampleFormat : std::uint8_t { u8, u16 };

enum class DopplerCell : std::uint8_t { none = 0, approaching = 1, receding = 2 };

// Where the antenna was while the block was received.
struct Site {
  GeoPosition position;
  Metres antenna_height;
};

// Everything of one spoke but its cells; these lie in the block's sample buffer.
struct SpokeInfo {
  Timestamp time;              // when the middle of the beam passed `bearing`
  Bearing bearing;             // middle of the spoke, clockwise from the block's reference
  Angle width;                 // angle the spoke stands for (turn / spokes per turn)
  Metres range_start;          // near edge of the first cell
  Metres cell_size;            // > 0
  std::uint32_t sequence = 0;  // the radar's own counter, or ours where it has none
  std::uint32_t cell_count = 0;
  std::uint32_t first_sample = 0;  // index of the first cell in `samples` (and `doppler`)
};

enum class GapReason : std::uint8_t { lost_on_wire, shed_on_overload, not_transmitted };

// Spokes missing before a block: "not seen", which is not "empty sea".
struct Gap {
  std::uint32_t spokes = 0;  // how many, 0 = unknown
  GapReason reason = GapReason::lost_on_wire;
};

// What travels between threads: up to 32 spokes of one radar in order of time, one format.
struct SpokeBlock {
  SensorId sensor;
  BearingReference reference = BearingReference::true_north;
  SampleFormat format = SampleFormat::u8;
  std::uint8_t bits = 8;     // resolution before spreading (1, 2, 4, 8, 16)
  std::optional<Site> site;  // absent: not known (yet)
  std::optional<Gap> gap_before;
  std::vector<SpokeInfo> spokes;
  std::vector<std::uint8_t> samples;     // u8 cells; empty when format is u16
  std::vector<std::uint16_t> samples16;  // u16 cells; empty when format is u8
  std::vector<std::uint8_t> doppler;     // DopplerCell per cell, parallel to samples; may be empty

  [[nodiscard]] std::span<const std::uint8_t> cells(const SpokeInfo& s) const {
    return std::span(samples).subspan(s.first_sample, s.cell_count);
  }
  [[nodiscard]] std::span<const std::uint16_t> cells16(const SpokeInfo& s) const {
    return std::span(samples16).subspan(s.first_sample, s.cell_count);
  }
  [[nodiscard]] std::span<const std::uint8_t> doppler_of(const SpokeInfo& s) const {
    return doppler.empty() ? std::span<const std::uint8_t>{} : std::span(doppler).subspan(s.first_sample, s.cell_count);
  }
};

}  // namespace headland
