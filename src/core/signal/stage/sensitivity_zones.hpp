// SPDX-License-Identifier: Apache-2.0
// Areas in which another false-alarm probability is asked for than elsewhere, or in which nothing is to be detected.
//
// Thresholds there are made for that probability of the stage's own means and map (whose censoring is reckoned with): a
// spoke that crosses an area goes through the detector once more for each such probability, with the map as it was
// found and left alone, and the cells of the area are taken from there. What is learned of the clutter does not depend
// on areas.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/signal/config.hpp"
#include "core/signal/row_kernels.hpp"
#include "core/signal/threshold.hpp"
#include "core/video/mask.hpp"

namespace headland::signal {

struct SensitivityZone {
  double false_alarm_probability = 0.0;  // of one cell [1e-9 .. 0.1]; 0: nothing is detected
  RangeAzimuthMask where;                // in the bearings of the spokes
};

class SensitivityZones {
 public:
  // The first most_zones of them. Where they overlap the last holds.
  static constexpr std::size_t most_zones = 16;

  void set(std::vector<SensitivityZone> zones);
  [[nodiscard]] bool empty() const { return zones_.empty(); }
  // The least that is asked for anywhere, `elsewhere` included.
  [[nodiscard]] double least_probability(double elsewhere) const;

  // By how much thresholds there lie over those elsewhere, as a factor of power; 0: nothing is detected.
  [[nodiscard]] double threshold_factor(std::uint32_t fraction, Metres range) const;

  // For spokes of this geometry. `config`: of the stage, with the law of its levels. Allocates.
  void configure(const Config& config, Metres range_start, Metres cell_size, std::uint32_t capacity);

  // The detector for the areas that a spoke crosses (`fraction` of a turn, 2^-32): before `row` goes through it with
  // `rule`, whose map is then as it was.
  void detect(std::uint32_t fraction, const DetectRule& rule, bool with_map, DetectRow row, RowWorkspace& workspace);

  struct Placed {
    std::uint32_t hits = 0;    // in areas with a probability of their own
    std::uint32_t masked = 0;  // taken away where nothing is to be detected
  };
  // Puts into a spoke what detect() found.
  Placed place(std::uint32_t fraction, std::span<std::uint8_t> thresholds, std::span<std::uint64_t> bits) const;
  // The same of video whose noise the radar has cut off. It knows no probabilities: areas that ask for less than
  // elsewhere lose what is weak there, those that ask for more change nothing.
  Placed place_thresholded(std::uint32_t fraction, std::span<std::uint64_t> bits, std::span<std::uint64_t> weak) const;

  // Calls f(thresholds, bits) with the rows that detect() made for this spoke.
  template <class F>
  void for_rows(std::uint32_t fraction, F f) {
    for (std::size_t z = 0; z < zones_.size(); ++z) {
      if (zones_[z].asked.false_alarm_probability > 0.0 && crosses(z, fraction))
        f(zones_[z].thresholds, zones_[z].bits);
    }
  }

 private:
  struct Run {  // cells [begin, end)
    std::uint32_t begin;
    std::uint32_t end;
  };
  struct Zone {
    SensitivityZone asked;
    ThresholdRules rules;
    double threshold_factor = 1.0;
    std::vector<std::vector<Run>> rows;  // of each azimuth of `where`
    AlignedVector<std::uint8_t> thresholds;
    AlignedVector<std::uint64_t> bits;
  };
  [[nodiscard]] const std::vector<Run>& runs(std::size_t zone, std::uint32_t fraction) const;
  [[nodiscard]] bool crosses(std::size_t zone, std::uint32_t fraction) const { return !runs(zone, fraction).empty(); }

  std::vector<Zone> zones_;
  double elsewhere_ = 0.0;
  AlignedVector<std::uint8_t> caps_;  // thrown away: the next spoke's means are those of the stage
};

}  // namespace headland::signal
