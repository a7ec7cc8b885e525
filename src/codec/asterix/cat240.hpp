// SPDX-License-Identifier: Apache-2.0
// ASTERIX category 240, radar video, edition 1.3 (EUROCONTROL-SPEC-0149-240, 2015-05-13).
//
// Field specification, first to last bit (FX: another octet follows):
//
//   octet 1   010     000     020     030     040     041     048    FX
//   octet 2   049     050     051     052     140     RE      SP     FX
//
//   010 SAC SIC              source, 1 + 1 byte
//   000 TTTTTTTT             1 video summary, 2 video message
//   020 N x 32               message counter; a hole means lost messages
//   030 R text[R]            summary text (summary only)
//   040 A16 B16 S32 D32      start and end azimuth (360/65536 deg, clockwise), first cell number, cell
//                            duration in ns
//   041 A16 B16 S32 D32      the same, duration in fs
//   048 C0000000 RRRRRRRR    C compressed; R 1..6 = 1, 2, 4, 8, 16, 32 bits a cell
//   049 V16 N24              octets that hold video, cells
//   050/051/052 R x 4/64/256 cells, first in the highest bits, padded to whole blocks
//   140 T24                  time of day, 1/128 s
//
// Range of the near edge of cell k (0, 1, ...): duration x (S + k) x c / 2.
// Azimuths count from north as the radar was set up; the standard does not say which north.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "codec/asterix/block.hpp"
#include "codec/asterix/bytes.hpp"
#include "codec/asterix/fault.hpp"
#include "core/base/expected.hpp"

namespace headland::asterix {

struct Cat240Video {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::uint32_t sequence = 0;
  std::uint16_t start_azimuth = 0;           // 360/65536 deg
  std::uint16_t end_azimuth = 0;             // equal to the start: width not stated
  std::uint32_t start_cell = 0;              // range of the first cell, in cells
  std::uint64_t cell_duration_fs = 0;        // > 0; two-way time of one cell
  std::uint8_t bits = 8;                     // 1, 2, 4, 8, 16 or 32 a cell
  std::uint32_t cell_count = 0;              // cells that are valid
  Bytes cells;                               // packed, first cell in the highest bits; ceil(count * bits / 8) bytes
  std::optional<std::uint32_t> time_of_day;  // 1/128 s since midnight UTC
};

struct Cat240Summary {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  Bytes text;
  std::optional<std::uint32_t> time_of_day;
};

using Cat240Record = std::variant<Cat240Video, Cat240Summary>;

// Records of one block of category 240, each a view into the bytes of the block. After a fault of
// structure the rest of the block is given up (its borders are lost); after a fault of meaning
// (compression, resolution, ...) the next record is read.
class Cat240Reader {
 public:
  explicit Cat240Reader(const Block& block) : bytes_(block.records), base_(block.offset + 3) {}
  [[nodiscard]] bool at_end() const { return position_ >= bytes_.size(); }
  Expected<Cat240Record, Fault> next();

 private:
  Bytes bytes_;
  std::size_t base_ = 0;
  std::size_t position_ = 0;
};

enum class CellDurationItem : std::uint8_t { nano, femto };

// Appends one data block with one record to `out`. `video.cells` is as the reader gives it (packed,
// see pack_cells). A duration that is no whole number of ns is rounded for `nano`. False, and `out`
// unchanged, where the standard has no room: over 65024 bytes of video, a duration over 32 bits, bits
// not 1..32 as listed, or fewer bytes than cells.
bool encode_video(const Cat240Video& video, CellDurationItem item, std::vector<std::uint8_t>& out);

// Text over 255 characters is cut.
void encode_summary(const Cat240Summary& summary, std::vector<std::uint8_t>& out);

}  // namespace headland::asterix
