// SPDX-License-Identifier: Apache-2.0
// How spiky the clutter is, region by region, and how much thresholds must rise for it.
//
// A cell over the probe (threshold.hpp: so much below its threshold that one in a hundred cells of noise is) counts;
// what share of the cells does tells the shape of the clutter under the very means that thresholds are made with, so
// that texture wider than their windows, noise beside the clutter and a map that has not settled are in it. Shares are
// kept in patches of 16 cells by 1/128 turn, fading over 64 spokes; a region is 4 by 4 patches, of which the four
// with the most are left out: vessels, which fill a patch or two, and a bit of coast do not make a sea spiky. For
// what that takes from clutter itself the mean of the rest is corrected (order statistics of 16 normal deviates).
//
// Thresholds of a region rise (never fall) to those of its shape; hits below are none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/signal/row_kernels.hpp"
#include "core/signal/threshold.hpp"

namespace headland::signal {

// Kinds of clutter by shape.
inline constexpr std::size_t clutter_classes = 12;

// Of each class; 0: as configured.
[[nodiscard]] std::array<double, clutter_classes> class_shapes(double configured);

class ShapeMap {
 public:
  static constexpr std::uint32_t sectors = 32;
  static constexpr std::uint32_t region_cells = 64;
  static constexpr std::uint32_t patch_sectors = 128;
  static constexpr std::size_t patches_of(std::uint32_t bands) {
    return std::size_t{patch_sectors} * bands * (region_cells / probed_cells);
  }

  // What was learned, for after a restart.
  struct Memory {
    std::uint32_t bands = 0;
    std::vector<std::uint16_t> looks;              // of patch_sectors
    std::vector<float> shares, means, seen, tops;  // of patches
    friend bool operator==(const Memory&, const Memory&) = default;
  };

  // Nothing is known yet. `cells`: of the longest spoke, padded. Off: no region is ever spiky.
  void configure(const Config& config, const Factors& factors, std::uint32_t cells, double spoke_width_rad, bool on);
  [[nodiscard]] bool is_on() const { return on_; }
  [[nodiscard]] Memory memory() const { return {bands_, looks_, shares_, means_, seen_, tops_}; }
  // Of the same number of bands, or nothing is taken; old: as if it had been looked at just often enough.
  void restore(const Memory& memory, bool is_old);
  void forget();

  // Of a spoke in which no cell is over its raised threshold yet; `fraction`: of the turn, in 2^-32. Masked cells
  // (bits, may be empty) do not count.
  void observe(std::uint32_t fraction, std::span<const std::uint8_t> levels, std::span<const std::uint8_t> thresholds,
               std::span<const std::uint64_t> masked);
  // Raises the thresholds of the spoke's hits. Returns how many are none then.
  std::uint32_t raise(std::uint32_t fraction, std::span<const std::uint8_t> levels, std::span<std::uint8_t> thresholds,
                      std::span<std::uint64_t> bits) const;

  // Classes of the regions about a bearing, one each 64 cells.
  [[nodiscard]] std::span<const std::uint8_t> classes(std::uint32_t fraction) const;
  [[nodiscard]] std::uint32_t bands() const { return bands_; }
  // What is known of each region, rows of bands, in levels.
  struct Region {
    bool known = false;           // enough of it was looked at, and lies under no mask
    double mean_level = 0.0;      // echoes count as their thresholds
    double mean_threshold = 0.0;  // levels, as raised: a hit is what is over it
    std::uint8_t clutter_class = 0;
  };
  [[nodiscard]] std::vector<Region> regions() const;
  // Regions that are spikier than configured, of all that have been seen enough of.
  [[nodiscard]] double spiky_share() const;

 private:
  static constexpr std::uint32_t patch_cells = probed_cells;
  static constexpr std::uint32_t across = 4;  // patches of a region, each way

  const SpikyClutter& rule_of(std::size_t clutter_class);
  void judge(std::uint32_t sector);
  void judge_region(std::uint32_t sector, std::uint32_t band);
  [[nodiscard]] Region region(std::uint32_t sector, std::uint32_t band) const;

  bool on_ = false;
  bool decibels_ = false;
  Config config_;
  Factors factors_;
  Probe probe_;
  std::uint8_t probe_factor_ = 0;   // in 1/256; 0: logarithmic
  std::uint8_t probe_drop_ = 0;     // levels, one less than that of the probe
  std::uint32_t sampled_step_ = 1;  // every so many spokes are looked at
  std::uint32_t since_sample_ = 0;
  std::size_t ruled_ = 0;  // so many classes have rules: made only when something is as spiky
  std::array<SpikyClutter, clutter_classes> rules_{};
  std::uint32_t bands_ = 0;
  std::uint32_t last_sector_ = sectors;
  std::vector<std::uint32_t> sums_;    // of the groups of the spoke in hand
  std::vector<float> means_;           // mean levels of patches
  std::vector<float> tops_;            // mean thresholds of patches
  std::vector<float> seen_;            // part of the looks in which a patch was under no mask
  std::vector<float> shares_;          // patches: rows of patch_sectors
  std::vector<std::uint16_t> looks_;   // spokes seen of a patch sector
  std::vector<std::uint8_t> classes_;  // regions
  std::vector<std::uint16_t> raises_;  // 1/256 (factor over 1, or levels)
  std::vector<std::uint8_t> judged_;
};

}  // namespace headland::signal
