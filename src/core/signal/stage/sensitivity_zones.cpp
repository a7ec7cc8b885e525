// SPDX-License-Identifier: Apache-2.0
#include "core/signal/stage/sensitivity_zones.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace headland::signal {
namespace {

double sane(double probability) {
  if (!(probability > 0.0)) return 0.0;
  return std::isfinite(probability) ? std::clamp(probability, 1e-9, 0.1) : 0.1;
}

// One threshold over another, of power: with the map where there is one, which bears the rate.
double power_ratio(const Config& config, const Factors& high, const Factors& low) {
  const bool with_map = config.clutter_turns_log2 > 0;
  const double a = with_map ? high.map : high.alone;
  const double b = with_map ? low.map : low.alone;
  if (config.law == LevelLaw::logarithmic) return std::pow(10.0, 0.1 * (a - b));
  return config.law == LevelLaw::linear ? (a / b) * (a / b) : a / b;
}

// Bits [begin, end) of the word `word` of a row.
std::uint64_t bits_of_word(std::uint32_t word, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t from = std::max(begin, word * 64) - word * 64;
  const std::uint32_t to = std::min(end, word * 64 + 64) - word * 64;  // from < to
  const std::uint64_t below_to = to == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << to) - 1;
  return below_to & ~((std::uint64_t{1} << from) - 1);
}

// Clears the bits of cells [begin, end); returns how many there were.
std::uint32_t clear(std::span<std::uint64_t> bits, std::uint32_t begin, std::uint32_t end) {
  std::uint32_t cleared = 0;
  for (std::uint32_t w = begin / 64; w * 64 < end && w < bits.size(); ++w) {
    const std::uint64_t mask = bits_of_word(w, begin, end);
    cleared += static_cast<std::uint32_t>(std::popcount(bits[w] & mask));
    bits[w] &= ~mask;
  }
  return cleared;
}

}  // namespace

void SensitivityZones::set(std::vector<SensitivityZone> zones) {
  zones_.clear();
  for (SensitivityZone& zone : zones) {
    if (zone.where.empty() || zones_.size() == most_zones) continue;
    zone.false_alarm_probability = sane(zone.false_alarm_probability);
    zones_.emplace_back().asked = std::move(zone);
  }
}

double SensitivityZones::least_probability(double elsewhere) const {
  for (const Zone& zone : zones_) {
    if (zone.asked.false_alarm_probability > 0.0) elsewhere = std::min(elsewhere, zone.asked.false_alarm_probability);
  }
  return elsewhere;
}

double SensitivityZones::threshold_factor(std::uint32_t fraction, Metres range) const {
  double factor = 1.0;
  for (const Zone& zone : zones_) {
    const RangeAzimuthMask& where = zone.asked.where;
    const double at = range / where.range_cell();
    if (!(at >= 0.0) || at >= where.range_cells()) continue;
    const auto azimuth = static_cast<std::uint32_t>(std::uint64_t{fraction} * where.azimuths() >> 32);
    if (where.is_masked(azimuth, static_cast<std::uint32_t>(at))) factor = zone.threshold_factor;
  }
  return factor;
}

void SensitivityZones::configure(const Config& config, Metres range_start, Metres cell_size, std::uint32_t capacity) {
  elsewhere_ = config.false_alarm_probability;
  if (!zones_.empty()) caps_.assign(capacity + row_slack, 255);
  for (Zone& zone : zones_) {
    const RangeAzimuthMask& where = zone.asked.where;
    zone.rows.assign(where.azimuths(), {});
    for (std::uint32_t a = 0; a < where.azimuths(); ++a) {
      bool inside = false;
      for (std::uint32_t k = 0; k < capacity; ++k) {
        const double middle = (range_start + (k + 0.5) * cell_size) / where.range_cell();
        const bool in_grid = middle >= 0.0 && middle < where.range_cells();
        const bool now = in_grid && where.is_masked(a, static_cast<std::uint32_t>(middle));
        if (now && !inside) zone.rows[a].push_back({k, capacity});
        if (!now && inside) zone.rows[a].back().end = k;
        inside = now;
      }
    }
    zone.threshold_factor = 0.0;
    if (zone.asked.false_alarm_probability == 0.0) continue;
    Config own = config;
    own.false_alarm_probability = zone.asked.false_alarm_probability;
    const LearnedWith learned{config.false_alarm_probability};
    const Factors factors = factors_of(own, learned);
    zone.rules = threshold_rules(own, factors, learned);
    zone.threshold_factor = power_ratio(config, factors, factors_of(config));
    zone.thresholds.assign(capacity + row_slack, 255);
    zone.bits.assign((capacity + row_slack) / 64, 0);
  }
}

const std::vector<SensitivityZones::Run>& SensitivityZones::runs(std::size_t zone, std::uint32_t fraction) const {
  const auto& rows = zones_[zone].rows;  // there from the first spoke on
  return rows[std::uint64_t{fraction} * rows.size() >> 32];
}

void SensitivityZones::detect(std::uint32_t fraction, const DetectRule& rule, bool with_map, DetectRow row,
                              RowWorkspace& workspace) {
  row.map_use = with_map ? MapUse::known : MapUse::none;
  if (!with_map) row.map = nullptr;
  row.next_map = nullptr;
  row.next_cells = nullptr;
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    Zone& zone = zones_[z];
    if (zone.asked.false_alarm_probability == 0.0 || !crosses(z, fraction)) continue;
    DetectRule own = rule;
    own.local = with_map ? zone.rules.local : zone.rules.alone;
    own.map = zone.rules.map;
    own.edge = zone.rules.edge;
    own.map_start = zone.rules.map_start;
    row.thresholds = zone.thresholds.data();
    row.bits = zone.bits.data();
    row.caps = caps_.data();
    detect_row(own, row, workspace);
  }
}

SensitivityZones::Placed SensitivityZones::place(std::uint32_t fraction, std::span<std::uint8_t> thresholds,
                                                 std::span<std::uint64_t> bits) const {
  Placed placed;
  const auto cells = static_cast<std::uint32_t>(thresholds.size());
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    const Zone& zone = zones_[z];
    const bool silent = zone.asked.false_alarm_probability == 0.0;
    for (const Run& run : runs(z, fraction)) {
      const std::uint32_t end = std::min(run.end, cells);
      if (run.begin >= end) continue;
      const std::uint32_t were = clear(bits, run.begin, end);
      if (silent) {
        placed.masked += were;
        continue;
      }
      std::copy(zone.thresholds.begin() + run.begin, zone.thresholds.begin() + end, thresholds.begin() + run.begin);
      for (std::uint32_t w = run.begin / 64; w * 64 < end; ++w) {
        const std::uint64_t own = zone.bits[w] & bits_of_word(w, run.begin, end);
        bits[w] |= own;
        placed.hits += static_cast<std::uint32_t>(std::popcount(own));
      }
    }
  }
  return placed;
}

SensitivityZones::Placed SensitivityZones::place_thresholded(std::uint32_t fraction, std::span<std::uint64_t> bits,
                                                             std::span<std::uint64_t> weak) const {
  Placed placed;
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    const double asked = zones_[z].asked.false_alarm_probability;
    for (const Run& run : runs(z, fraction)) {
      if (asked == 0.0) placed.masked += clear(bits, run.begin, run.end);
      if (asked >= elsewhere_) continue;
      // Hits are weak cells, too: only those stay.
      for (std::uint32_t w = run.begin / 64; w * 64 < run.end && w < weak.size(); ++w) {
        weak[w] &= bits[w] | ~bits_of_word(w, run.begin, run.end);
      }
    }
  }
  return placed;
}

}  // namespace headland::signal
