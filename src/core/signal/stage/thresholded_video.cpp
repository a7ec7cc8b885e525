// SPDX-License-Identifier: Apache-2.0
// The signal stage on video that the radar has thresholded itself.
#include <algorithm>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

// Radars smooth what they threshold: noise comes as spots of some ten cells, and an echo of noise is what is asked
// about.
constexpr double cells_of_spot = 10.0;

// Four levels are too few to tell a rate by level: what is weak there is mostly the fringe of something.
constexpr std::uint8_t fewest_bits = 2;

}  // namespace

RateRule SignalStage::rate_rule() const {
  RateRule rule;
  rule.most = std::min(cells_of_spot * config_.false_alarm_probability, 0.2);
  rule.start = config_.thresholded_video_level;
  rule.lowest = config_.thresholded_lowest_level;
  rule.highest = config_.thresholded_highest_level;
  return rule;
}

void SignalStage::detect_thresholded(const HitSpoke& spoke, HitBlock& out) {
  const std::size_t at = std::size_t{spoke.row} * out.stride;
  const std::uint8_t* const levels = out.levels.data() + at;
  const auto fraction = static_cast<std::uint32_t>(spoke.position);
  const std::uint8_t fixed = std::max(config_.thresholded_video_level, config_.thresholded_lowest_level);
  strong_limits_.assign(out.stride / 64, fixed);
  if (config_.clutter_turns_log2 == 0 || bits_ <= fewest_bits) {
    compare_row(
        {levels, strong_limits_.data(), out.thresholds.data() + at, out.bits.data() + at / 64, spoke.cell_count});
    return;
  }
  if (!has_rates_) {
    rates_.configure(rate_rule(), geometry_.capacity, geometry_.cell_size.value(), spoke.width.radians(),
                     config_.beam_width.radians());
    has_rates_ = true;
  }
  rates_.observe(static_cast<std::uint64_t>(spoke.position >> 32), fraction, {levels, spoke.cell_count},
                 masked_row(fraction));
  const auto weak_limits = rates_.thresholds(fraction);
  std::ranges::transform(weak_limits, strong_limits_.begin(), [&](std::uint8_t t) { return std::max(t, fixed); });
  compare_row({levels, strong_limits_.data(), out.thresholds.data() + at, out.bits.data() + at / 64, spoke.cell_count});
  out.weak_bits.resize(out.bits.size());
  compare_row({levels, weak_limits.data(), nullptr, out.weak_bits.data() + at / 64, spoke.cell_count});
}

}  // namespace headland::signal
