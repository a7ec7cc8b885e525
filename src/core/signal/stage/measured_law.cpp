// SPDX-License-Identifier: Apache-2.0
// Where nobody told how levels follow the echo: measured in the first turns, and again when the video changed.
#include <algorithm>
#include <cmath>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

constexpr std::uint32_t most_turns = 40;  // until it is given up: what is not plain by then does not become so
constexpr double same_share = 0.15;       // of decibels a level, by which two measurements may differ

}  // namespace

void SignalStage::begin_probe() {
  probe_.clear();
  probed_turns_ = config_.measure_law && geometry_.format == SampleFormat::u8 && bits_ > 4 ? 0 : most_turns;
}

bool SignalStage::is_probing() const { return probed_turns_ < most_turns && !counters_.thresholded; }

void SignalStage::judge_law() {
  ++probed_turns_;
  const auto law = probe_.result();
  if (!law) return;
  probed_turns_ = most_turns;
  probe_.clear();
  counters_.law_is_measured = true;
  const bool same = law->is_logarithmic
                        ? std::abs(law->decibels_per_level / std::max(decibels_per_level_, 1e-6) - 1.0) < same_share
                        : decibels_per_level_ == 0.0;
  if (!same) take_law(*law);
}

// Means of levels, and so map and noise, mean something else now.
void SignalStage::take_law(const MeasuredLaw& law) {
  config_.law = law.is_logarithmic ? LevelLaw::logarithmic : LevelLaw::linear;
  if (law.is_logarithmic) config_.decibels_per_level = law.decibels_per_level;
  use_law(config_);
  // A memory that was taken up and not proven yet is of other levels.
  if (unproven_turns_ > 0) forget_memory(MemoryRefusal::noise_changed);
  if (config_.clutter_turns_log2 > 0) map_.forget();
  fixed_.clear();
  std::fill(caps_.begin(), caps_.end(), std::uint8_t{255});
  turns_alike_ = 0;
  quiet_level_ = 0.0;
}

}  // namespace headland::signal
