// SPDX-License-Identifier: Apache-2.0
// The newest turn of a radar's video as a file that other programs read: one row for each azimuth from north (where the
// bearings are known; else from the bow or magnetic north) clockwise, one byte for each cell outward.
//
// Portable graymap (PGM, P5), width = cells, height = azimuths, with comment lines "# name value" before the size:
// radar, time_s (of the last spoke), range_start_m, cell_m. Bearings are those of the plots.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "runtime/station/picture/picture_chain.hpp"
#include "runtime/station/radar/video_grid.hpp"

namespace headland::station {

class VideoPicture {
 public:
  void take(const VideoBatch& batch, const PictureChain& chain);
  // Of the first radar into `path`, of others into the same with "-2", "-3" before its end.
  [[nodiscard]] Expected<void> write(const std::string& path) const;

 private:
  struct Turn {
    std::string radar;
    std::uint16_t azimuths = 0;
    std::uint16_t cells = 0;
    Metres range_start;
    Metres cell_size;
    Timestamp time;
    std::vector<std::uint8_t> rows;
  };
  std::map<SensorId, Turn> turns_;
};

}  // namespace headland::station
