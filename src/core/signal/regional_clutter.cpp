// SPDX-License-Identifier: Apache-2.0
// What the signal stage knows of the clutter, for others.
#include <algorithm>
#include <cmath>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

constexpr double noise_changed = 0.25;  // of proportional levels
constexpr double noise_changed_db = 2.0;

}  // namespace

// The lower quartile of a whole turn does not move with weather by so much in a turn, but with the gain at once.
void SignalStage::watch_noise() {
  const double now = counters_.noise_level;
  const double was = noise_was_;
  const double allowed =
      decibels_per_level_ > 0.0 ? noise_changed_db / decibels_per_level_ : std::max(noise_changed * was, 2.0);
  const bool known = turns_alike_ > 0;
  if (known && std::abs(now - was) > allowed) {
    ++counters_.video_changes;
    turns_alike_ = 0;
  }
  // Slow changes are followed.
  noise_was_ = counters_.noise_level;
  ++turns_alike_;
}

void SignalStage::note_settings_changed() {
  ++counters_.video_changes;
  turns_alike_ = 0;
}

RegionalClutter SignalStage::clutter() const {
  RegionalClutter out;
  const auto regions = shapes_.regions();
  out.sectors = ShapeMap::sectors;
  out.bands = shapes_.bands();
  out.range_start = geometry_.range_start;
  out.band_size = geometry_.cell_size * static_cast<double>(ShapeMap::region_cells);
  out.regions.resize(regions.size());
  std::vector<double> levels;
  for (const auto& region : regions) {
    if (region.known) levels.push_back(region.mean_level);
  }
  if (levels.empty()) return out;
  const auto quiet = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 20);
  std::nth_element(levels.begin(), quiet, levels.end());
  const double noise = std::max(*quiet, 0.5);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const double level = std::max(regions[i].mean_level, 0.5);
    double over = level / noise;
    if (decibels_per_level_ > 0.0) {
      over = std::pow(10.0, 0.1 * decibels_per_level_ * (level - noise));
    } else if (config_.law == LevelLaw::linear) {
      over *= over;
    }
    out.regions[i] = {regions[i].known, std::max(over, 1.0), regions[i].clutter_class};
  }
  return out;
}

}  // namespace headland::signal
