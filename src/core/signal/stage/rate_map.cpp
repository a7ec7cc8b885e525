// SPDX-License-Identifier: Apache-2.0
#include "core/signal/stage/rate_map.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <numeric>

namespace headland::signal {
namespace {

constexpr float memory_turns = 32.0F;
constexpr float learned_turns = 2.5F;     // compared, before a region is judged: three, one of them half gone
constexpr float relearned_turns = 2.0F;   // what is left to stand for after a change of settings
constexpr std::size_t left_out = 4;       // patches of 16
constexpr std::uint32_t oldest_look = 3;  // turns: what was seen before says nothing of now
constexpr double same_place_m = 10.0;
constexpr double cells_of_spot = 10.0;  // what has not been seen yet may be a spot of noise of so many

// Of the levels 0, 15, 31 .. 255 how many are below.
constexpr std::size_t step_of(std::uint8_t level) { return level == 0 ? 0 : level / 16U + 1U; }
constexpr std::uint8_t level_of(std::size_t step) { return static_cast<std::uint8_t>(step == 0 ? 0 : 16 * step - 1); }

}  // namespace

void RateMap::configure(const RateRule& rule, std::uint32_t cells, double cell_size_m, double spoke_width_rad,
                        double beam_rad) {
  rule_ = rule;
  rule_.highest = std::max(rule_.highest, rule_.lowest);
  rule_.start = std::clamp(rule_.start, rule_.lowest, rule_.highest);
  cells_ = cells;
  bands_ = cells / region_cells;
  const double width = std::max(spoke_width_rad, 1e-5);
  rows_ = static_cast<std::uint32_t>(std::clamp(std::round(2.0 * std::numbers::pi / width), 8.0, 8192.0));
  while (std::size_t{rows_} * cells > most_cells && rows_ > 8) rows_ /= 2;
  const double row_width = 2.0 * std::numbers::pi / rows_;
  beside_ = static_cast<std::uint32_t>(std::clamp(std::round(0.25 * beam_rad / row_width), 1.0, 4.0));
  about_ = static_cast<std::uint32_t>(std::clamp(std::round(same_place_m / std::max(cell_size_m, 1e-3)), 2.0, 8.0));
  last_.assign(std::size_t{rows_} * cells, 0);
  seen_turn_.assign(rows_, 0);
  waiting_.assign(beside_, {});
  next_waiting_ = 0;
  before_.assign(cells, 0);
  last_row_ = 0xFFFFFFFF;
  last_sector_ = patch_sectors;
  counts_.assign(std::size_t{patch_sectors} * bands_ * across, {});
  lit_.assign(counts_.size(), {});
  looked_at_.assign(counts_.size(), 0.0F);
  turns_.assign(patch_sectors, 0.0F);
  thresholds_.assign(std::size_t{sectors} * bands_, rule_.start);
  known_.assign(thresholds_.size(), 0);
}

void RateMap::relearn() {
  for (std::uint32_t s = 0; s < patch_sectors && !turns_.empty(); ++s) {
    if (turns_[s] <= relearned_turns) continue;
    const float left = relearned_turns / turns_[s];
    turns_[s] = relearned_turns;
    for (std::uint32_t p = 0; p < bands_ * across; ++p) {
      const std::size_t at = std::size_t{s} * bands_ * across + p;
      looked_at_[at] *= left;
      for (float& n : counts_[at]) n *= left;
      for (float& n : lit_[at]) n *= left;
    }
  }
}

void RateMap::observe(std::uint64_t turn, std::uint32_t fraction, std::span<const std::uint8_t> levels,
                      std::span<const std::uint64_t> masked) {
  if (bands_ == 0) return;
  const auto row = static_cast<std::uint32_t>(std::uint64_t{fraction} * rows_ >> 32);
  if (row == last_row_) return;
  last_row_ = row;
  const auto number = static_cast<std::uint32_t>(turn) + oldest_look + 1;
  const auto patch_sector = static_cast<std::uint32_t>(std::uint64_t{fraction} * patch_sectors >> 32);
  if (patch_sector != last_sector_) {
    if (last_sector_ < patch_sectors && last_sector_ / across != patch_sector / across) judge(last_sector_ / across);
    fade(patch_sector);
    last_sector_ = patch_sector;
  }
  const auto cells = levels.first(std::min<std::size_t>(levels.size(), cells_));
  if (look_back(row, number)) count(patch_sector, cells, masked);
  keep(row, number, cells);
}

bool RateMap::look_back(std::uint32_t row, std::uint32_t turn) {
  const auto known = [&](std::uint32_t r) { return seen_turn_[r] != 0 && turn - seen_turn_[r] <= oldest_look; };
  if (!known(row) || seen_turn_[row] == turn) return false;
  std::memcpy(before_.data(), &last_[std::size_t{row} * cells_], cells_);
  for (std::uint32_t d = 1; d <= beside_; ++d) {
    for (const std::uint32_t r : {(row + d) % rows_, (row + rows_ - d) % rows_}) {
      if (!known(r)) continue;
      const std::uint8_t* const other = &last_[std::size_t{r} * cells_];
      for (std::uint32_t k = 0; k < cells_; ++k) before_[k] = std::max(before_[k], other[k]);
    }
  }
  return true;
}

void RateMap::count(std::uint32_t patch_sector, std::span<const std::uint8_t> levels,
                    std::span<const std::uint64_t> masked) {
  Counts* const counts = &counts_[std::size_t{patch_sector} * bands_ * across];
  Counts* const lit = &lit_[std::size_t{patch_sector} * bands_ * across];
  float* const looked_at = &looked_at_[std::size_t{patch_sector} * bands_ * across];
  for (std::size_t p = 0; p < levels.size() / patch_cells; ++p) {
    const std::size_t from = p * patch_cells;
    if (!masked.empty() && (masked[from / 64] >> (from % 64) & 0xFFFF) != 0) continue;
    looked_at[p] += patch_cells;
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), &levels[from], patch_cells);
    if ((words[0] | words[1]) == 0) continue;
    for (std::size_t k = from; k < from + patch_cells; ++k) {
      const std::size_t was = step_of(before_[k]);
      const std::size_t is = step_of(levels[k]);
      if (is == 0) continue;
      lit[p][0] += 1.0F;
      lit[p][is] -= 1.0F;
      if (is <= was) continue;
      counts[p][was] += 1.0F;
      counts[p][is] -= 1.0F;
    }
  }
}

// Once a turn.
void RateMap::fade(std::uint32_t patch_sector) {
  constexpr float kept = 1.0F - 1.0F / memory_turns;
  turns_[patch_sector] = turns_[patch_sector] * kept + 1.0F;
  for (std::uint32_t p = 0; p < bands_ * across; ++p) {
    const std::size_t at = std::size_t{patch_sector} * bands_ * across + p;
    looked_at_[at] *= kept;
    for (float& n : counts_[at]) n *= kept;
    for (float& n : lit_[at]) n *= kept;
  }
}

void RateMap::keep(std::uint32_t row, std::uint32_t turn, std::span<const std::uint8_t> levels) {
  Look& look = waiting_[next_waiting_];
  next_waiting_ = (next_waiting_ + 1) % waiting_.size();
  if (!look.levels.empty()) store(look);
  look.row = row;
  look.turn = turn;
  look.levels.assign(cells_, 0);
  std::ranges::copy(levels, look.levels.begin());
}

// With each cell the greatest about it: cells before it, then behind it, each step over twice as many.
void RateMap::store(const Look& look) {
  std::uint8_t* const to = &last_[std::size_t{look.row} * cells_];
  std::memcpy(to, look.levels.data(), cells_);
  for (std::uint32_t reach = 0, step = 1; reach < about_; reach += step, step = std::min(2 * step, about_ - reach)) {
    for (std::uint32_t k = cells_; k-- > step;) to[k] = std::max(to[k], to[k - step]);
  }
  for (std::uint32_t reach = 0, step = 1; reach < about_; reach += step, step = std::min(2 * step, about_ - reach)) {
    for (std::uint32_t k = 0; k + step < cells_; ++k) to[k] = std::max(to[k], to[k + step]);
  }
  seen_turn_[look.row] = look.turn;
}

void RateMap::judge(std::uint32_t sector) {
  for (std::uint32_t band = 0; band < bands_; ++band) judge_region(sector, band);
}

// Of patches, the mean without those that have most.
double RateMap::share_over(const std::vector<Counts>& of, std::uint32_t sector, std::uint32_t band,
                           std::size_t step) const {
  std::array<float, std::size_t{across} * across> shares{};
  std::size_t seen = 0;
  for (std::uint32_t a = 0; a < across; ++a) {
    for (std::uint32_t p = 0; p < across; ++p) {
      const std::size_t at = (std::size_t{sector * across + a} * bands_ + band) * across + p;
      if (looked_at_[at] < learned_turns * patch_cells) continue;
      float over = 0.0F;
      for (std::size_t j = 0; j <= step; ++j) over += of[at][j];
      shares[seen++] = over / looked_at_[at];
    }
  }
  if (seen <= 2 * left_out) return -1.0;
  std::sort(shares.begin(), shares.begin() + static_cast<std::ptrdiff_t>(seen));
  double sum = 0.0;
  for (std::size_t i = 0; i < seen - left_out; ++i) sum += static_cast<double>(shares[i]);
  return sum / static_cast<double>(seen - left_out);
}

void RateMap::judge_region(std::uint32_t sector, std::uint32_t band) {
  const std::size_t region = std::size_t{sector} * bands_ + band;
  float turns = 0.0F;
  for (std::uint32_t a = 0; a < across; ++a) turns = std::max(turns, turns_[sector * across + a]);
  if (turns < learned_turns + 1.0F || share_over(counts_, sector, band, 0) < 0.0) return;
  // The lowest step from which on it is as seldom as asked, and that from which on it surely is.
  const auto share = [&](std::size_t step) { return share_over(counts_, sector, band, step); };
  std::size_t needed = steps - 1;
  while (needed > 0 && share(needed - 1) <= rule_.most) --needed;
  double cells = 0.0;
  for (std::uint32_t a = 0; a < across; ++a) {
    const auto from = looked_at_.begin() + (std::ptrdiff_t{sector * across + a} * bands_ + band) * across;
    cells = std::accumulate(from, from + across, cells);
  }
  std::size_t sure = needed;
  while (sure + 1 < steps && share(sure) + cells_of_spot / cells > rule_.most) ++sure;
  std::uint8_t up = level_of(needed);
  known_[region] = up > rule_.highest ? 2 : 1;
  // Where more stands than comes and goes it is land, a harbour, an anchorage that flickers: no sea to be quiet about.
  const std::size_t at_start = step_of(rule_.start);
  if (up > rule_.start && share_over(lit_, sector, band, at_start) > 2.0 * share(at_start)) up = rule_.start;
  const std::uint8_t down = std::max(level_of(sure), up);
  thresholds_[region] = std::clamp(std::clamp(thresholds_[region], up, down), rule_.lowest, rule_.highest);
}

std::span<const std::uint8_t> RateMap::thresholds(std::uint32_t fraction) const {
  const std::size_t sector = std::uint64_t{fraction} * sectors >> 32;
  return std::span(thresholds_).subspan(sector * bands_, bands_);
}

double RateMap::unbearable_share() const {
  const auto known = std::ranges::count_if(known_, [](std::uint8_t k) { return k > 0; });
  return known > 0 ? static_cast<double>(std::ranges::count(known_, 2)) / static_cast<double>(known) : 0.0;
}

double RateMap::mean_threshold() const {
  double sum = 0.0;
  for (const std::uint8_t t : thresholds_) sum += t;
  return thresholds_.empty() ? 0.0 : sum / static_cast<double>(thresholds_.size());
}

}  // namespace headland::signal
