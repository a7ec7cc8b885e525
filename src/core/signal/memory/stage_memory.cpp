// SPDX-License-Identifier: Apache-2.0
// What a signal stage goes on from after a restart, and whether it may.
#include <cmath>
#include <numbers>
#include <utility>

#include "core/signal/signal_stage.hpp"

namespace headland::signal {
namespace {

constexpr double earth_radius_m = 6'371'000.0;
// The first time that the antenna passes north it has not turned a whole turn.
constexpr std::uint32_t turns_to_prove = 2;
// Part of it: bearings of few bits make it differ from spoke to spoke.
constexpr double same_width = 0.15;

// Good to a part in a thousand over the few kilometres that matter here.
double metres_between(GeoPosition a, GeoPosition b) {
  const double north = (a.latitude - b.latitude).value();
  const double east = std::remainder((a.longitude - b.longitude).value(), 2.0 * std::numbers::pi);
  return earth_radius_m * std::hypot(north, east * std::cos(a.latitude.value()));
}

}  // namespace

void SignalStage::follow_site(const SpokeBlock& in) {
  if (!in.site) return;
  if (map_site_ && metres_between(*map_site_, in.site->position) <= config_.clutter_valid_within.value()) return;
  if (map_site_ && config_.clutter_turns_log2 > 0) {
    map_.forget();
    standing_.forget();
    fixed_.clear();
    ++counters_.map_resets;
  }
  map_site_ = in.site->position;
}

std::optional<ClutterMemory> SignalStage::memory(Timestamp until) const {
  const bool has_map = config_.clutter_turns_log2 > 0 && geometry_.capacity > 0 && !counters_.thresholded;
  if (!has_map || !map_site_ || !is_settled()) return std::nullopt;
  ClutterMemory m;
  m.fingerprint = fingerprint(config_);
  m.time = until;
  m.site = *map_site_;
  m.range_start = geometry_.range_start;
  m.cell_size = geometry_.cell_size;
  m.reference = geometry_.reference;
  m.format = geometry_.format;
  m.capacity = geometry_.capacity;
  m.spoke_width = geometry_.spoke_width;
  m.decibels_per_level = decibels_per_level_;
  m.noise_level = counters_.noise_level;
  m.looks.assign(map_.looks().begin(), map_.looks().end());
  m.levels.assign(map_.all_levels().begin(), map_.all_levels().end());
  m.shapes = shapes_.memory();
  return m;
}

void SignalStage::resume(ClutterMemory memory, Timestamp now) {
  resumption_ = {MemoryFate::waiting, MemoryRefusal::none, to_seconds(now - memory.time)};
  if (memory.fingerprint != fingerprint(config_) || config_.clutter_turns_log2 == 0) {
    return forget_memory(MemoryRefusal::other_settings);
  }
  if (config_.measure_law && memory.format == SampleFormat::u8) {
    config_.law = memory.decibels_per_level > 0.0 ? LevelLaw::logarithmic : LevelLaw::linear;
    if (memory.decibels_per_level > 0.0) config_.decibels_per_level = memory.decibels_per_level;
    config_ = sanitized(config_);
  }
  memory_ = std::make_unique<ClutterMemory>(std::move(memory));
}

// Of a first spoke: the map has been set up for it, and is empty.
void SignalStage::take_up_memory() {
  auto memory = std::exchange(memory_, nullptr);
  if (!memory) return;
  const auto& m = *memory;
  const auto close = [](double a, double b, double by) { return std::abs(a - b) <= by; };
  const double cell = geometry_.cell_size.value();
  const double width = geometry_.spoke_width.radians();
  const bool fits = m.reference == geometry_.reference && m.format == geometry_.format &&
                    m.capacity == geometry_.capacity && close(m.cell_size.value(), cell, 1e-6 * cell) &&
                    close(m.range_start.value(), geometry_.range_start.value(), 0.01 * cell) &&
                    close(m.spoke_width.radians(), width, same_width * width) && !m.looks.empty() &&
                    m.levels.size() == m.looks.size() * m.capacity;
  if (!fits) {  // a station may begin in the middle of a spoke
    memory_ = std::move(memory);
    return;
  }
  if (!map_site_) return forget_memory(MemoryRefusal::unknown_place);
  if (metres_between(*map_site_, m.site) > config_.clutter_valid_within.value()) {
    return forget_memory(MemoryRefusal::other_place);
  }
  const std::uint16_t worth = looks_worth(resumption_.age, 1U << map_shift_);
  map_.restore(m.levels, m.looks, worth);
  const bool is_old = worth < (1U << map_shift_);
  shapes_.restore(m.shapes, is_old);
  if (!is_old) standing_.resume(m.looks, static_cast<std::uint16_t>(1U << map_shift_));
  if (is_old) {
    DetectRule alone = rule_;
    alone.local = local_alone_;
    fixed_.find(alone, map_, workspace_);
  }
  noise_was_ = m.noise_level;
  turns_alike_ = is_old ? 1 : settled_turns;
  unproven_turns_ = turns_to_prove;
  resumption_.fate = MemoryFate::resumed;
}

void SignalStage::give_up_memory(AntennaPosition position) {
  if (!waits_since_) waits_since_ = position;
  if (position - *waits_since_ > positions_per_turn / 8) forget_memory(MemoryRefusal::other_geometry);
}

void SignalStage::forget_memory(MemoryRefusal why) {
  if (resumption_.fate != MemoryFate::waiting && resumption_.fate != MemoryFate::resumed) return;
  memory_.reset();
  if (resumption_.fate == MemoryFate::resumed) {
    map_.forget();
    standing_.forget();
    shapes_.forget();
    fixed_.clear();
    turns_alike_ = 0;
    unproven_turns_ = 0;
  }
  resumption_.fate = MemoryFate::refused;
  resumption_.why = why;
}

bool SignalStage::is_proving_memory(bool noise_is_alike) {
  if (unproven_turns_ == 0) return false;
  if (--unproven_turns_ == 0 && !noise_is_alike) {
    ++counters_.video_changes;
    forget_memory(MemoryRefusal::noise_changed);
  }
  return true;
}

}  // namespace headland::signal
