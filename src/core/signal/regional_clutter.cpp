// SPDX-License-Identifier: Apache-2.0
// What the signal stage knows of the clutter, for others.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/digamma.hpp"
#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

constexpr double clutter_answers = 1.4;  // times receiver noise
constexpr double noise_changed = 0.25;   // of proportional levels
constexpr double noise_changed_db = 2.0;
constexpr double log_mean_db = 2.507;  // the mean of decibels of noise lies so far below its mean power

// By how much the mean power of K-distributed clutter lies higher than the mean of its levels tells, beyond what it
// does in noise: the texture is gamma-distributed, of mean 1.
double texture_bias(double shape, LevelLaw law, bool decibels) {
  if (decibels) return shape * std::exp(-digamma(shape));
  if (law == LevelLaw::square) return 1.0;
  const double root = std::tgamma(shape + 0.5) / std::tgamma(shape);
  return shape / (root * root);
}

}  // namespace

// The lower quartile of a whole turn does not move with weather by so much in a turn, but with the gain at once.
void SignalStage::watch_noise() {
  const double now = counters_.noise_level;
  const double was = noise_was_;
  const double allowed =
      decibels_per_level_ > 0.0 ? noise_changed_db / decibels_per_level_ : std::max(noise_changed * was, 2.0);
  const bool known = turns_alike_ > 0;
  if (is_proving_memory(std::abs(now - was) <= allowed)) return;
  if (known && std::abs(now - was) > allowed) {
    ++counters_.video_changes;
    turns_alike_ = 0;
    begin_probe();
  }
  // Slow changes are followed.
  noise_was_ = counters_.noise_level;
  ++turns_alike_;
  note_quiet();
}

void SignalStage::note_quiet() {
  if (turns_alike_ < settled_turns) {
    quiet_level_ = 0.0;
    return;
  }
  auto regions = shapes_.regions();
  std::erase_if(regions, [](const ShapeMap::Region& r) { return !r.known; });
  if (regions.empty()) return;
  const auto quiet = regions.begin() + static_cast<std::ptrdiff_t>(regions.size() / 20);
  std::ranges::nth_element(regions, quiet, {}, &ShapeMap::Region::mean_level);
  quiet_level_ = quiet_level_ > 0.0 ? std::min(quiet_level_, quiet->mean_level) : quiet->mean_level;
}

void SignalStage::note_settings_changed() {
  ++counters_.video_changes;
  turns_alike_ = 0;
  begin_probe();
  if (has_rates_) rates_.relearn();
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
  const double noise = std::max(quiet_level_ > 0.0 ? std::min(*quiet, quiet_level_) : *quiet, 0.5);
  const bool decibels = decibels_per_level_ > 0.0;
  const auto shapes = class_shapes(config_.clutter_shape);
  // A level is what was rounded down, a hit is from the next whole level on.
  const auto power = [&](double level) {
    if (decibels) return std::pow(10.0, 0.1 * decibels_per_level_ * (level - noise));
    const double ratio = (level + 0.5) / (noise + 0.5);
    return config_.law == LevelLaw::linear ? ratio * ratio : ratio;
  };
  // Of noise, mean power over the power that its mean level stands for.
  const double of_noise = decibels                          ? std::pow(10.0, 0.1 * log_mean_db)
                          : config_.law == LevelLaw::linear ? 4.0 / std::numbers::pi
                                                            : 1.0;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const auto& region = regions[i];
    if (!region.known) continue;
    double over = std::max(power(std::max(region.mean_level, 0.5)), 1.0);
    const std::uint8_t c = region.clutter_class;
    // The first class is what is configured, but what answers hardly more than noise is noise.
    if (shapes[c] > 0.0 && (c > 0 || over > clutter_answers)) over *= texture_bias(shapes[c], config_.law, decibels);
    out.regions[i] = {true, over, power(region.mean_threshold + 0.5) / of_noise, c, false};
  }
  add_zones(out);
  return out;
}

// What is measured are thresholds without zones (so that what is learned does not depend on them).
void SignalStage::add_zones(RegionalClutter& clutter) const {
  if (zones_.empty()) return;
  constexpr std::uint32_t bearings = 8;  // looked at in a region, and ranges
  constexpr std::uint32_t ranges = 16;
  std::vector<double> factors;
  for (std::size_t i = 0; i < clutter.regions.size(); ++i) {
    factors.clear();
    for (std::uint32_t b = 0; b < bearings; ++b) {
      const double turn = (static_cast<double>(i / clutter.bands) + (b + 0.5) / bearings) / clutter.sectors;
      const auto fraction = static_cast<std::uint32_t>(turn * 4294967296.0);
      for (std::uint32_t r = 0; r < ranges; ++r) {
        const double bands = static_cast<double>(i % clutter.bands) + (r + 0.5) / ranges;
        factors.push_back(zones_.threshold_factor(fraction, clutter.range_start + bands * clutter.band_size));
      }
    }
    std::ranges::sort(factors);
    double most = 1.0;
    std::size_t count = 0;
    for (std::size_t from = 0; from < factors.size();) {
      const auto end = std::ranges::upper_bound(factors, factors[from]);
      const auto alike = static_cast<std::size_t>(end - factors.begin()) - from;
      if (alike > count) most = factors[from];
      count = std::max(count, alike);
      from += alike;
    }
    clutter.regions[i].silent = most == 0.0;
    if (most > 0.0) clutter.regions[i].threshold *= most;
  }
}

}  // namespace headland::signal
