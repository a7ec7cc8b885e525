// SPDX-License-Identifier: Apache-2.0
// What the signal stage does with areas of another sensitivity.
#include <utility>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

// Noise must not be taken for interference more often than this share of the false alarms.
constexpr double noise_share = 0.02;

}  // namespace

void SignalStage::set_zones(std::vector<SensitivityZone> zones) {
  zones_.set(std::move(zones));
  if (geometry_.capacity != 0) spread_zones();
}

void SignalStage::spread_zones() {
  Config config = config_;
  if (decibels_per_level_ > 0.0) {
    config.law = LevelLaw::logarithmic;
    config.decibels_per_level = decibels_per_level_;
  }
  zones_.configure(config, geometry_.range_start, geometry_.cell_size, geometry_.capacity);
  config.false_alarm_probability = zones_.least_probability(config.false_alarm_probability);
  noise_excess_ = rare_excess(config, noise_share);
}

void SignalStage::place_zones(const HitSpoke& spoke, HitBlock& out) {
  const auto fraction = static_cast<std::uint32_t>(spoke.position);
  const std::size_t at = std::size_t{spoke.row} * out.stride;
  const std::size_t words = (spoke.cell_count + 63) / 64;
  const auto bits = std::span(out.bits).subspan(at / 64, words);
  SensitivityZones::Placed placed;
  if (counters_.thresholded) {
    const auto weak =
        out.weak_bits.empty() ? std::span<std::uint64_t>() : std::span(out.weak_bits).subspan(at / 64, words);
    placed = zones_.place_thresholded(fraction, bits, weak);
  } else {
    placed = zones_.place(fraction, std::span(out.thresholds).subspan(at, spoke.cell_count), bits);
  }
  counters_.masked_hits += placed.masked;
  counters_.zone_hits += placed.hits;
}

}  // namespace headland::signal
