// SPDX-License-Identifier: Apache-2.0
#include "core/signal/signal_stage.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numbers>
#include <utility>

namespace headland::signal {
namespace {

constexpr std::uint32_t sampled_spoke = 8;    // every eighth spoke enters the statistics
constexpr std::uint32_t sampled_cell = 4;     // and every fourth cell of it
constexpr std::uint32_t first_judgement = 4;  // samples until the kind of video is judged again
constexpr double turns_of_another_range = 2.0;

bool finite_and(double value, double low, double high) { return std::isfinite(value) && value >= low && value <= high; }

}  // namespace

SignalStage::SignalStage(const Config& config) : config_(sanitized(config)) {}

void SignalStage::set_mask(RangeAzimuthMask mask) {
  mask_ = std::move(mask);
  spread_mask();
}

void SignalStage::process(const SpokeBlock& in, HitBlock& out) {
  prepare(&in, out, static_cast<std::uint32_t>(in.spokes.size()) + 1);
  if (in.gap_before) {
    ++counters_.gaps;
    release(nullptr, out);
    previous_.reset();
  }
  follow_site(in);
  for (const SpokeInfo& info : in.spokes) {
    // `info` is the successor that lets the spoke before it out; meanwhile the cells of the one after come nearer.
    const SpokeInfo* const next = &info == &in.spokes.back() ? nullptr : &info + 1;
    const bool reachable = next != nullptr && in.format == SampleFormat::u8 && next->first_sample < in.samples.size();
    next_cells_ = reachable ? in.samples.data() + next->first_sample : nullptr;
    take(in, info, out);
  }
  next_cells_ = nullptr;
  settle(previous_);
  settle(current_);
}

void SignalStage::finish(HitBlock& out) {
  prepare(nullptr, out, 1);
  release(nullptr, out);
  previous_.reset();
}

void SignalStage::prepare(const SpokeBlock* in, HitBlock& out, std::uint32_t rows) {
  std::uint32_t cells = geometry_.capacity;
  if (in != nullptr) {
    out.sensor = in->sensor;
    out.reference = in->reference;
    out.site = in->site;
    for (const SpokeInfo& info : in->spokes) cells = std::max(cells, std::min(info.cell_count, most_cells));
  }
  out.spokes.clear();
  out.stride = padded_cells(cells);
  // Never shrunk to nothing: resizing to the same size costs nothing, clearing would fill again.
  const std::size_t size = std::size_t{rows} * out.stride;
  out.levels.resize(size);
  out.thresholds.resize(size);
  out.bits.resize(size / 64);
  out.weak_bits.clear();
}

void SignalStage::take(const SpokeBlock& in, const SpokeInfo& info, HitBlock& out) {
  const std::size_t held = in.format == SampleFormat::u8 ? in.samples.size() : in.samples16.size();
  const bool sound = info.cell_count > 0 && info.cell_count <= most_cells && info.first_sample <= held &&
                     info.cell_count <= held - info.first_sample && finite_and(info.cell_size.value(), 1e-3, 1e5) &&
                     finite_and(info.range_start.value(), -1e5, 1e7) && finite_and(info.width.radians(), 1e-5, 1.0);
  if (!sound) {
    ++counters_.refused_spokes;
    return;
  }
  const auto position = clock_.advance(info.bearing, info.time);
  if (!position) {
    ++counters_.refused_bearings;
    counters_.anticlockwise = clock_.anticlockwise();
    return;
  }
  bits_ = in.bits;
  if (is_blanked(in, info)) {
    ++counters_.blanked_spokes;
    release(nullptr, out);
    previous_.reset();
    return;
  }
  if (!fits(in, info) || is_outgrown(info.cell_count)) {
    release(nullptr, out);
    reset(in, info);
  }
  if (memory_) give_up_memory(*position);
  Held next;
  next.slot = current_ ? (current_->slot + 1) % 3 : 0;
  next.spoke = {info.time, info.bearing, info.width, info.range_start, info.cell_size, *position, info.cell_count, 0};
  next.cells = place_cells(in, info, next.slot);
  next.spoke.has_doppler = copy_doppler(in, info, next.slot);
  release(&next, out);
  current_ = next;
}

bool SignalStage::fits(const SpokeBlock& in, const SpokeInfo& info) const {
  const auto close = [](Metres a, Metres b, double share) {
    return std::abs((a - b).value()) <= share * std::abs(a.value()) + 1e-9;
  };
  return geometry_.capacity >= info.cell_count && geometry_.reference == in.reference &&
         geometry_.format == in.format && close(geometry_.cell_size, info.cell_size, 1e-6) &&
         std::abs((geometry_.range_start - info.range_start).value()) <= 0.01 * info.cell_size.value();
}

bool SignalStage::is_outgrown(std::uint32_t cells) {
  short_turns_ = fills_map(cells) ? 0.0 : short_turns_ + geometry_.spoke_width.radians() / (2.0 * std::numbers::pi);
  return short_turns_ > turns_of_another_range;
}

void SignalStage::reset(const SpokeBlock& in, const SpokeInfo& info) {
  if (geometry_.capacity != 0) ++counters_.map_resets;
  short_turns_ = 0.0;
  geometry_ = {info.range_start, info.cell_size, in.reference, in.format, padded_cells(info.cell_count), info.width};
  fixed_.clear();
  row_length_ = geometry_.capacity + row_slack;
  ring_.assign(3 * row_length_, 0);
  doppler_ring_.clear();
  training_.assign(row_length_, 0);
  caps_.assign(row_length_, 255);
  workspace_.reserve(geometry_.capacity);
  previous_.reset();
  current_.reset();

  Config config = config_;
  if (in.format == SampleFormat::u16) {
    config.decibels_per_level = compand_16_bits();
    config.law = LevelLaw::logarithmic;
  }
  use_law(config);
  if (config_.clutter_turns_log2 > 0) {
    const double rows = std::round(2.0 * std::numbers::pi / info.width.radians());
    map_.configure(static_cast<std::uint32_t>(std::clamp(rows, 8.0, 8192.0)), spokes_of_map_row(info.width),
                   geometry_.capacity);
  }
  has_rates_ = false;
  statistics_.clear();
  samples_ = 0;
  turns_alike_ = 0;
  unproven_turns_ = 0;
  spokes_since_sample_ = 0;
  counters_.noise_level = 0;
  begin_probe();
  spread_mask();
  take_up_memory();
}

// Of the levels that the stage works on, with all that hangs on it.
void SignalStage::use_law(const Config& config) {
  decibels_per_level_ = config.law == LevelLaw::logarithmic ? config.decibels_per_level : 0.0;
  counters_.decibels_per_level = decibels_per_level_;
  set_rule(config, geometry_.spoke_width);
  shadow_.configure({decibels_per_level_, config.law == LevelLaw::square}, geometry_.capacity);
}

// Spokes that share a row of the map: those of a quarter of a beam, a power of two.
std::uint32_t SignalStage::spokes_of_map_row(Angle width) const {
  const double quarter = 0.25 * config_.beam_width.radians() / std::max(width.radians(), 1e-5);
  return std::bit_floor(static_cast<std::uint32_t>(std::clamp(quarter, 1.0, 64.0)));
}

void SignalStage::set_rule(const Config& config, Angle width) {
  const Factors factors = factors_of(config);
  const ThresholdRules rules = threshold_rules(config, factors);
  // An order statistic leaves no thresholds at cells that are no peaks: nothing to probe.
  shapes_.configure(config, factors, geometry_.capacity, width.radians(), config.averaging != Averaging::ordered);
  rule_.averaging = config.averaging;
  rule_.guard = config.guard_cells;
  rule_.training = config.training_cells;
  rule_.map = rules.map;
  rule_.edge = rules.edge;
  rule_.map_start = rules.map_start;
  standing_.configure(rules.standing, rule_, config.beam_width.radians());
  rule_.minimum = config.minimum_level;
  rule_.cap_drop = rules.cap_drop;
  rule_.map_shift = map_shift_ = std::max(config.clutter_turns_log2, 2U);
  rule_.map_echo_step = static_cast<std::uint16_t>(config.clutter_echo_step);
  local_alone_ = rules.alone;
  local_with_map_ = rules.local;
  interference_margin_ = config.interference_margin;
  spread_zones();
}

const std::uint8_t* SignalStage::place_cells(const SpokeBlock& in, const SpokeInfo& info, std::uint32_t slot) {
  if (in.format == SampleFormat::u8 && info.cell_count == geometry_.capacity) return in.cells(info).data();
  copy_cells(in, info, slot);
  return ring_row(slot);
}

void SignalStage::settle(std::optional<Held>& held) {
  if (!held) return;
  std::uint8_t* const row = ring_row(held->slot);
  if (held->cells == row) return;
  std::memcpy(row, held->cells, geometry_.capacity);
  held->cells = row;
}

void SignalStage::copy_cells(const SpokeBlock& in, const SpokeInfo& info, std::uint32_t slot) {
  std::uint8_t* const row = ring_row(slot);
  if (in.format == SampleFormat::u8) {
    std::memcpy(row, in.cells(info).data(), info.cell_count);
  } else {
    std::ranges::transform(in.cells16(info), row, [&](std::uint16_t amplitude) { return companded_[amplitude]; });
  }
  std::fill(row + info.cell_count, row + geometry_.capacity, std::uint8_t{0});
}

bool SignalStage::copy_doppler(const SpokeBlock& in, const SpokeInfo& info, std::uint32_t slot) {
  if (in.doppler.empty() || in.doppler.size() < std::size_t{info.first_sample} + info.cell_count) return false;
  doppler_ring_.resize(3 * row_length_);
  std::ranges::copy(in.doppler_of(info), doppler_ring_.data() + slot * row_length_);
  return true;
}

bool SignalStage::adjacent(const HitSpoke& a, const HitSpoke& b) const {
  const double step = std::abs(static_cast<double>(b.position - a.position)) / static_cast<double>(positions_per_turn);
  return step * 2.0 * std::numbers::pi <= 2.5 * b.width.radians();
}

void SignalStage::release(const Held* next, HitBlock& out) {
  if (!current_) return;
  HitSpoke spoke = current_->spoke;
  spoke.row = static_cast<std::uint32_t>(out.spokes.size());
  clean(next, spoke, out);
  observe(spoke, out);
  spoke.decibels_per_level = decibels_per_level_;
  spoke.is_square_law = decibels_per_level_ == 0.0 && config_.law == LevelLaw::square;
  detect(spoke, next, out);
  if (!zones_.empty()) place_zones(spoke, out);
  if (!mask_bits_.empty()) apply_mask(spoke, out);
  if (spoke.has_doppler) {
    out.doppler.resize(out.levels.size());
    std::copy_n(doppler_ring_.data() + current_->slot * row_length_, spoke.cell_count,
                out.doppler.data() + std::size_t{spoke.row} * out.stride);
  }
  for (const std::uint64_t word : out.bits_of(spoke)) counters_.hits += static_cast<std::uint64_t>(std::popcount(word));
  ++counters_.spokes;
  counters_.cells += spoke.cell_count;
  out.spokes.push_back(spoke);
  previous_ = current_;
  current_.reset();
}

void SignalStage::clean(const Held* next, HitSpoke& spoke, HitBlock& out) {
  const std::uint8_t* const cells = current_->cells;
  const std::uint8_t* before = nullptr;
  const std::uint8_t* after = nullptr;
  // Where a beam covers less than two spokes an echo may stand in one spoke only, too.
  const bool told_apart = spoke.width.radians() <= 0.5 * config_.beam_width.radians();
  if (config_.interference_margin > 0 && told_apart) {
    if (previous_ && adjacent(previous_->spoke, spoke)) before = previous_->cells;
    if (next != nullptr && adjacent(spoke, next->spoke)) after = next->cells;
    if (before == nullptr) before = after;
    if (after == nullptr) after = before;
  }
  if (before == nullptr) before = after = cells;
  const CleanRow row{before,
                     cells,
                     after,
                     caps_.data(),
                     out.levels.data() + std::size_t{spoke.row} * out.stride,
                     training_.data(),
                     spoke.cell_count,
                     interference_margin_};
  counters_.interference_cells += clean_row(row);
}

void SignalStage::detect(const HitSpoke& spoke, const Held* next, HitBlock& out) {
  const std::uint8_t* const levels = out.levels.data() + std::size_t{spoke.row} * out.stride;
  std::uint8_t* const thresholds = out.thresholds.data() + std::size_t{spoke.row} * out.stride;
  std::uint64_t* const bits = out.bits.data() + std::size_t{spoke.row} * (out.stride / 64);
  out.has_strengths = !counters_.thresholded;
  if (counters_.thresholded) return detect_thresholded(spoke, out);
  DetectRow row{levels, training_.data(), nullptr, MapUse::none, thresholds, caps_.data(), bits, spoke.cell_count};
  std::uint32_t map_row = 0;
  if (config_.clutter_turns_log2 > 0 && fills_map(spoke.cell_count)) {
    map_row = map_.row_of(static_cast<std::uint32_t>(spoke.position));
    row.map = map_.levels(map_row);
    const bool last = next == nullptr || map_.row_of(static_cast<std::uint32_t>(next->spoke.position)) != map_row;
    row.map_use = map_.visit(map_row, last);
    rule_.map_shift = map_.shift_of(map_row, map_shift_);
    // Each of the spokes that share a row fetches its part of the next.
    row.next_map_parts_log2 = map_.shared_log2();
    row.next_map = map_.levels((map_row + 1) % map_.rows()) +
                   (map_.share_of(static_cast<std::uint32_t>(spoke.position)) * map_.stride() >> map_.shared_log2());
  }
  const auto map = row.map == nullptr ? std::span<std::uint16_t>() : std::span(row.map, geometry_.capacity);
  if (previous_ && row.map_use == MapUse::learned && rule_.map_shift == map_shift_)
    shadow_.keep(map, static_cast<std::uint64_t>(spoke.position >> 32));
  if (row.map_use == MapUse::learned) fixed_.keep(map_row, map, map_shift_ - rule_.map_shift);
  row.next_cells = next_cells_;
  const bool knows_clutter = row.map_use == MapUse::learned || row.map_use == MapUse::known;
  rule_.local = knows_clutter ? local_with_map_ : local_alone_;
  const bool is_full = knows_clutter && rule_.map_shift == map_shift_;
  const bool settled = knows_clutter && rule_.map_shift + 1 >= map_shift_;  // the mean of half its looks at least
  if (is_full) standing_.level(map_, map_row, static_cast<std::uint64_t>(spoke.position >> 32));
  if (!zones_.empty()) zones_.detect(static_cast<std::uint32_t>(spoke.position), rule_, knows_clutter, row, workspace_);
  detect_row(rule_, row, workspace_);
  if (is_full) standing_.put_back(rule_, row);
  fixed_.ease(map, rule_.map_echo_step);
  shadow_.put_back(map);
  shadow_.note({levels, spoke.cell_count}, {thresholds, spoke.cell_count}, {bits, (spoke.cell_count + 63) / 64});
  if (!config_.censor) std::fill(caps_.begin(), caps_.end(), std::uint8_t{255});
  mind_shape(spoke, settled || config_.clutter_turns_log2 == 0, out);
}

void SignalStage::mind_shape(const HitSpoke& spoke, bool settled, HitBlock& out) {
  const auto fraction = static_cast<std::uint32_t>(spoke.position);
  const auto levels = out.levels_of(spoke);
  const std::size_t at = std::size_t{spoke.row} * out.stride;
  const auto thresholds = std::span(out.thresholds).subspan(at, spoke.cell_count);
  const auto bits = std::span(out.bits).subspan(at / 64, (spoke.cell_count + 63) / 64);
  if (!shapes_.is_on()) return;
  if (settled) shapes_.observe(fraction, levels, thresholds, masked_row(fraction));
  if (!config_.estimate_shape) return;
  counters_.spiky_hits += shapes_.raise(fraction, levels, thresholds, bits);
  zones_.for_rows(fraction, [&](auto& zone_thresholds, auto& zone_bits) {
    shapes_.raise(fraction, levels, std::span(zone_thresholds).first(spoke.cell_count),
                  std::span(zone_bits).first(bits.size()));
  });
}

void SignalStage::observe(const HitSpoke& spoke, const HitBlock& out) {
  const bool first = samples_ == 0;
  if (first || ++spokes_since_sample_ == sampled_spoke) {
    spokes_since_sample_ = 0;
    ++samples_;
    // Of video that seems to have no noise: spokes of zeros alone may be of a sector in which the radar is silent.
    const auto levels = out.levels_of(spoke);
    if (std::ranges::any_of(levels, [](std::uint8_t l) { return l != 0; })) statistics_.add(levels, sampled_cell);
    if (is_probing()) probe_.add(out.levels_of(spoke));
  }
  const AntennaPosition turn = spoke.position >> 32;
  const bool turn_is_whole = turn > judged_turn_ && samples_ > first_judgement;
  if (first || turn > judged_turn_ || (samples_ == first_judgement && spokes_since_sample_ == 0)) {
    judged_turn_ = turn;
    if (turn_is_whole && is_probing()) judge_law();
    judge_video();
    if (!first && turn_is_whole) watch_noise();
    if (!first) statistics_.clear();
  }
}

void SignalStage::judge_video() {
  const bool was = counters_.thresholded;
  counters_.saturated_share = statistics_.saturated_share();
  if (config_.video != VideoKind::automatic) {
    counters_.thresholded = config_.video == VideoKind::thresholded;
  } else if (bits_ <= 2) {
    counters_.thresholded = true;
  } else if (statistics_.cells() > 0) {
    const double zeros = statistics_.zero_share();
    counters_.thresholded = samples_ <= 1 ? zeros > 0.5 : zeros > (was ? 0.4 : 0.6);
  }
  counters_.thresholded_level = has_rates_ && counters_.thresholded ? rates_.mean_threshold() : 0.0;
  counters_.restless_share = has_rates_ && counters_.thresholded ? rates_.unbearable_share() : 0.0;
  if (counters_.thresholded) {
    counters_.noise_level = 0;
    interference_margin_ = config_.interference_margin;
    std::fill(caps_.begin(), caps_.end(), std::uint8_t{255});
    return;
  }
  if (statistics_.cells() == 0) return;
  const LevelLaw law = decibels_per_level_ == 0.0 ? config_.law : LevelLaw::logarithmic;
  counters_.noise_level = statistics_.noise_level(law, decibels_per_level_, config_.rounding);
  // Of a restart: what is remembered, until a whole turn was measured.
  const std::uint8_t noise = unproven_turns_ > 0 ? noise_was_ : counters_.noise_level;
  rule_.minimum = std::max(config_.minimum_level, std::min<std::uint8_t>(noise, 254));
  const double margin =
      law == LevelLaw::logarithmic ? noise_excess_ / decibels_per_level_ : noise_excess_ * static_cast<double>(noise);
  interference_margin_ = static_cast<std::uint8_t>(
      std::clamp(std::round(margin), static_cast<double>(config_.interference_margin), 255.0));
}

}  // namespace headland::signal
