// SPDX-License-Identifier: Apache-2.0
// Where a radar shall not look: land and blanked sectors, as a grid in bearing and range.
//
// Row a covers the bearings [a, a + 1) * 360 / azimuths degrees from the reference of the spokes, cell r
// the ranges [r, r + 1) * range_cell from the antenna; beyond the last cell nothing is masked. The
// resolution is the maker's choice; 1024 azimuths (0.35 deg: 43 m at 7 km) and 25 m suit a land mask
// whose coast is itself known to some 50 m. Memory: azimuths * range_cells / 8 bytes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland {

class RangeAzimuthMask {
 public:
  RangeAzimuthMask() = default;
  // azimuths 1 .. 8192, range_cells 1 .. 65536, range_cell > 0; values outside are brought inside.
  RangeAzimuthMask(std::uint32_t azimuths, Metres range_cell, std::uint32_t range_cells);

  [[nodiscard]] bool empty() const { return azimuths_ == 0; }
  [[nodiscard]] std::uint32_t azimuths() const { return azimuths_; }
  [[nodiscard]] Metres range_cell() const { return range_cell_; }
  [[nodiscard]] std::uint32_t range_cells() const { return range_cells_; }

  [[nodiscard]] bool is_masked(std::uint32_t azimuth, std::uint32_t cell) const {
    return (bits_[word_of(azimuth, cell)] >> (cell % 64) & 1U) != 0;
  }
  [[nodiscard]] bool is_masked(Bearing bearing, Metres range) const;
  // Row of the grid that holds a bearing.
  [[nodiscard]] std::uint32_t azimuth_of(Bearing bearing) const;

  // Masks (or clears) the cells of a row whose middles lie in [near, far].
  void fill(std::uint32_t azimuth, Metres near, Metres far, bool masked = true);
  [[nodiscard]] double masked_share() const;

  friend bool operator==(const RangeAzimuthMask&, const RangeAzimuthMask&) = default;

 private:
  [[nodiscard]] std::size_t word_of(std::uint32_t azimuth, std::uint32_t cell) const {
    return std::size_t{azimuth} * words_ + cell / 64;
  }
  std::uint32_t azimuths_ = 0;
  Metres range_cell_;
  std::uint32_t range_cells_ = 0;
  std::uint32_t words_ = 0;
  std::vector<std::uint64_t> bits_;
};

// A sector, clockwise from `from` to `to` (equal: all round), that is not looked at between two ranges.
struct BlankedSector {
  Bearing from;
  Bearing to;
  Metres range_min;
  Metres range_max;
};
void blank(RangeAzimuthMask& mask, const BlankedSector& sector);

// Masks what lies inside `rings` (closed polygons, first point not repeated, metres east and north of the
// antenna), taken together by the even-odd rule, so that a ring inside a ring is a hole. `buffer` widens the
// masked area by that many metres, a negative one narrows it (and so clears along the rings what was
// masked before: blank sectors afterwards). A cell counts by its middle.
void mask_polygons(RangeAzimuthMask& mask, std::span<const std::vector<EastNorth>> rings, Metres buffer);

// The same on a fresh grid.
[[nodiscard]] RangeAzimuthMask mask_from_polygons(std::span<const std::vector<EastNorth>> rings, Metres buffer,
                                                  std::uint32_t azimuths, Metres range_cell, std::uint32_t range_cells);

}  // namespace headland
