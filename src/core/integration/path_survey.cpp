// SPDX-License-Identifier: Apache-2.0
#include "core/integration/path_survey.hpp"

#include <algorithm>

namespace headland::integration {
namespace {

constexpr double forgets = 31.0 / 32.0;  // each turn
// Of independent noise and clutter of shape 1 and 0.5 (weak_targets prints it), and so many peaks of it to begin with.
constexpr double usual_excess = 5.5;
constexpr double believed = 40.0;
constexpr double most_excess = 40.0;  // of one peak
constexpr double most_stretch = 4.0;

}  // namespace

PathSurvey::PathSurvey(std::uint32_t rows, std::uint32_t cells)
    : rows_(std::max(rows, 1U)), bands_((cells + band_cells - 1) / band_cells) {
  regions_.assign(std::size_t{sectors} * bands_, {});
}

std::size_t PathSurvey::region_of(std::uint32_t row, std::uint32_t cell) const {
  return std::size_t{row} * sectors / rows_ * bands_ + cell / band_cells;
}

void PathSurvey::note(std::uint32_t row, std::uint32_t cell, std::uint8_t score) {
  Region& region = regions_[region_of(row, cell)];
  ++region.count;
  region.sum += std::min<double>(score - level, most_excess);
}

void PathSurvey::end_turn() {
  for (Region& region : regions_) region.count *= forgets, region.sum *= forgets;
}

double PathSurvey::stretch(std::uint32_t row, std::uint32_t cell) const {
  const Region& region = regions_[region_of(row, cell)];
  const double mean = (region.sum + believed * usual_excess) / (region.count + believed);
  return std::clamp(mean / usual_excess, 1.0, most_stretch);
}

double PathSurvey::mean_excess() const {
  Region all;
  for (const Region& region : regions_) all.count += region.count, all.sum += region.sum;
  return all.count > 0.0 ? all.sum / all.count : 0.0;
}

}  // namespace headland::integration
