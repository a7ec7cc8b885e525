// SPDX-License-Identifier: Apache-2.0
#include "core/signal/shape_map.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numbers>

namespace headland::signal {
namespace {

constexpr float patch_memory = 64.0F;     // spokes
constexpr double fewest_probed = 4000.0;  // cells of a region, before it is judged
constexpr double spokes_a_turn = 512.0;   // looked at
constexpr std::size_t left_out = 4;       // patches of 16
constexpr double left_out_mean = 0.42;    // what the mean of the 12 least of 16 normal deviates lies below 0
constexpr double surely_spiky = 1.2;      // times the share of noise: four deviations of a settled region
constexpr float least_seen = 0.25F;       // of the looks at a patch: fewer, and it lies under a mask
constexpr double least_patches = 4.0;     // of a region's 16: fewer, and nothing is known of it
constexpr std::array ladder = {16.0, 10.0, 6.5, 4.3, 2.9, 1.9, 1.3, 0.85, 0.55, 0.35, 0.2};

// Of bytes, in two words.
std::uint32_t sum_of_16(const std::uint8_t* bytes) {
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), bytes, 16);
  constexpr std::uint64_t every_other = 0x00FF00FF00FF00FF;
  std::uint64_t lanes = 0;
  for (const std::uint64_t w : words) lanes += (w & every_other) + (w >> 8U & every_other);
  return static_cast<std::uint32_t>(lanes * 0x0001000100010001 >> 48U);
}

}  // namespace

std::array<double, clutter_classes> class_shapes(double configured) {
  static_assert(ladder.size() + 1 == clutter_classes);
  std::array<double, clutter_classes> shapes{configured};
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    shapes[i + 1] = configured > 0.0 ? std::min(ladder[i], configured) : ladder[i];
  }
  return shapes;
}

void ShapeMap::configure(const Config& config, const Factors& factors, std::uint32_t cells, double spoke_width_rad,
                         bool on) {
  on_ = on;
  ruled_ = 0;
  last_sector_ = sectors;
  since_sample_ = 0;
  bands_ = cells / region_cells;
  classes_.assign(std::size_t{sectors} * bands_, 0);
  raises_.assign(classes_.size(), 0);
  judged_.assign(classes_.size(), 0);
  if (!on) return;
  config_ = config;
  factors_ = factors;
  decibels_ = config.law == LevelLaw::logarithmic;
  probe_ = probe_of(config, factors);
  // Levels are rounded down, so that T + 1 stands for the threshold and half a level for the cell; in decibels
  // level + drop > T.
  const double drop = decibels_ ? std::round(probe_.drop / config.decibels_per_level) - 1.0 : 0.0;
  const double factor = decibels_ ? 0.0 : std::clamp(std::round(256.0 * probe_.drop), 1.0, 255.0);
  probe_drop_ = static_cast<std::uint8_t>(std::clamp(drop, 0.0, 255.0));
  probe_factor_ = static_cast<std::uint8_t>(factor);
  const double spokes = 2.0 * std::numbers::pi / std::max(spoke_width_rad, 1e-6);
  sampled_step_ = static_cast<std::uint32_t>(std::clamp(spokes / spokes_a_turn, 1.0, 8.0));
  shares_.assign(std::size_t{patch_sectors} * bands_ * across, 0.0F);
  means_.assign(shares_.size(), 0.0F);
  seen_.assign(shares_.size(), 0.0F);
  tops_.assign(shares_.size(), 0.0F);
  looks_.assign(patch_sectors, 0);
  sums_.assign(std::size_t{bands_} * across, 0);
}

void ShapeMap::restore(const Memory& memory, bool is_old) {
  const bool fits = memory.bands == bands_ && memory.looks.size() == looks_.size() &&
                    memory.shares.size() == shares_.size() && memory.means.size() == means_.size() &&
                    memory.seen.size() == seen_.size() && memory.tops.size() == tops_.size();
  if (!on_ || !fits) return;
  constexpr auto enough = static_cast<std::uint16_t>(fewest_probed / (region_cells * across) + 1.0);
  looks_ = memory.looks;
  if (is_old) {
    for (auto& n : looks_) n = std::min(n, enough);
  }
  shares_ = memory.shares;
  means_ = memory.means;
  seen_ = memory.seen;
  tops_ = memory.tops;
  for (std::uint32_t sector = 0; sector < sectors; ++sector) judge(sector);
}

void ShapeMap::forget() {
  last_sector_ = sectors;
  std::ranges::fill(looks_, std::uint16_t{0});
  for (auto* values : {&shares_, &means_, &seen_, &tops_}) std::ranges::fill(*values, 0.0F);
  std::ranges::fill(classes_, std::uint8_t{0});
  std::ranges::fill(raises_, std::uint16_t{0});
  std::ranges::fill(judged_, std::uint8_t{0});
}

const SpikyClutter& ShapeMap::rule_of(std::size_t clutter_class) {
  for (; ruled_ <= clutter_class; ++ruled_) {
    SpikyClutter& rule = rules_[ruled_];
    if (ruled_ == 0) {
      rule = {probe_.share, decibels_ ? 0.0 : 1.0};
      continue;
    }
    rule = spiky_clutter(config_, factors_, probe_, class_shapes(config_.clutter_shape)[ruled_]);
    // Spikier is never more lenient, whatever the rounding of tables.
    rule.share = std::max(rule.share, rules_[ruled_ - 1].share);
    rule.raise = std::max(rule.raise, rules_[ruled_ - 1].raise);
  }
  return rules_[clutter_class];
}

void ShapeMap::observe(std::uint32_t fraction, std::span<const std::uint8_t> levels,
                       std::span<const std::uint8_t> thresholds, std::span<const std::uint64_t> masked) {
  if (++since_sample_ < sampled_step_) return;
  since_sample_ = 0;
  const auto at = static_cast<std::uint32_t>(std::uint64_t{fraction} * patch_sectors >> 32);
  looks_[at] = static_cast<std::uint16_t>(std::min(looks_[at] + 1, 60000));
  const float gain = std::max(1.0F / patch_memory, 1.0F / static_cast<float>(looks_[at]));
  // Thresholds change slowly: one look in four tells enough of them.
  const bool at_tops = looks_[at] % 4 == 1;
  const float top_gain = std::max(4.0F / patch_memory, 4.0F / static_cast<float>(looks_[at] + 3));
  float* const shares = shares_.data() + std::size_t{at} * bands_ * across;
  float* const means = means_.data() + std::size_t{at} * bands_ * across;
  float* const seen = seen_.data() + std::size_t{at} * bands_ * across;
  float* const tops = tops_.data() + std::size_t{at} * bands_ * across;
  probe_row({levels.data(), thresholds.data(), probe_factor_, probe_drop_, sums_.data(),
             static_cast<std::uint32_t>(levels.size())});
  const std::size_t patches = levels.size() / patch_cells;
  for (std::size_t p = 0; p < patches; ++p) {
    const std::size_t from = p * patch_cells;
    if (!masked.empty() && (masked[from / 64] >> (from % 64) & 0xFFFF) != 0) {
      seen[p] -= seen[p] * gain;
      continue;
    }
    seen[p] += (1.0F - seen[p]) * gain;
    if (at_tops) tops[p] += (static_cast<float>(sum_of_16(&thresholds[from])) / patch_cells - tops[p]) * top_gain;
    means[p] += (static_cast<float>(sums_[p] & 0xFFFF) / patch_cells - means[p]) * gain;
    shares[p] += (static_cast<float>(sums_[p] >> 16U) / patch_cells - shares[p]) * gain;
  }
  static_assert(patch_cells == 16);
  const std::uint32_t sector = at / across;
  if (sector != last_sector_ && last_sector_ < sectors) judge(last_sector_);
  last_sector_ = sector;
}

void ShapeMap::judge(std::uint32_t sector) {
  for (std::uint32_t band = 0; band < bands_; ++band) judge_region(sector, band);
}

void ShapeMap::judge_region(std::uint32_t sector, std::uint32_t band) {
  std::array<float, std::size_t{across} * across> shares{};
  double cells = 0.0;
  for (std::uint32_t a = 0; a < across; ++a) {
    const std::uint32_t row = sector * across + a;
    const float* const from = shares_.data() + (std::size_t{row} * bands_ + band) * across;
    std::copy_n(from, across, shares.begin() + std::size_t{a} * across);
    // An exponential mean is worth nearly twice its time constant.
    cells += std::min<double>(looks_[row], 2.0 * patch_memory) * region_cells;
  }
  const std::size_t region = std::size_t{sector} * bands_ + band;
  classes_[region] = 0;
  raises_[region] = 0;
  judged_[region] = cells >= fewest_probed ? 1 : 0;
  if (cells < fewest_probed) return;
  std::ranges::sort(shares);
  double sum = 0.0;
  for (std::size_t i = 0; i < shares.size() - left_out; ++i) sum += static_cast<double>(shares[i]);
  double share = sum / static_cast<double>(shares.size() - left_out);
  share += left_out_mean * std::sqrt(share / (cells / static_cast<double>(shares.size())));
  if (share <= surely_spiky * probe_.share) return;
  std::size_t c = 1;
  while (c + 1 < clutter_classes && rule_of(c).share < share) ++c;
  const SpikyClutter& low = rule_of(c - 1);
  const SpikyClutter& high = rule_of(c);
  const double part = high.share > low.share
                          ? std::clamp(std::log(share / low.share) / std::log(high.share / low.share), 0.0, 1.0)
                          : 1.0;
  const double raise = std::lerp(low.raise, high.raise, part);
  const double steps = decibels_ ? raise / config_.decibels_per_level : raise - 1.0;
  raises_[region] = static_cast<std::uint16_t>(std::clamp(std::round(256.0 * steps), 0.0, 65535.0));
  classes_[region] = static_cast<std::uint8_t>(part > 0.5 ? c : c - 1);
}

std::uint32_t ShapeMap::raise(std::uint32_t fraction, std::span<const std::uint8_t> levels,
                              std::span<std::uint8_t> thresholds, std::span<std::uint64_t> bits) const {
  if (ruled_ == 0) return 0;
  const std::uint32_t sector = static_cast<std::uint32_t>(std::uint64_t{fraction} * sectors >> 32);
  const std::uint16_t* const raises = raises_.data() + std::size_t{sector} * bands_;
  std::uint32_t taken = 0;
  for (std::size_t w = 0; w < bits.size(); ++w) {
    if (bits[w] == 0 || raises[w] == 0) continue;
    for (std::uint64_t left = bits[w]; left != 0; left &= left - 1) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
      const std::size_t k = w * 64 + bit;
      std::uint32_t raised = 0;
      if (decibels_) {
        // A part of a level in as many of four cells.
        raised = thresholds[k] + ((raises[w] + 64U * (bit & 3U) + 32U) >> 8U);
      } else {
        raised = (((thresholds[k] + 1U) * (256U + raises[w]) + 128U) >> 8U) - 1U;
      }
      thresholds[k] = static_cast<std::uint8_t>(std::min(raised, 255U));
      if (levels[k] > thresholds[k]) continue;
      bits[w] &= ~(std::uint64_t{1} << bit);
      ++taken;
    }
  }
  return taken;
}

std::span<const std::uint8_t> ShapeMap::classes(std::uint32_t fraction) const {
  const std::size_t sector = std::uint64_t{fraction} * sectors >> 32;
  return std::span(classes_).subspan(sector * bands_, bands_);
}

ShapeMap::Region ShapeMap::region(std::uint32_t sector, std::uint32_t band) const {
  const std::size_t at = std::size_t{sector} * bands_ + band;
  // Of what was looked at: a patch under a mask has no mean.
  double sum = 0.0;
  double top = 0.0;
  double seen = 0.0;
  for (std::uint32_t a = 0; a < across; ++a) {
    const std::size_t from = (std::size_t{sector * across + a} * bands_ + band) * across;
    for (std::size_t p = from; p < from + across; ++p) {
      if (seen_[p] < least_seen) continue;
      sum += static_cast<double>(means_[p]);
      top += static_cast<double>(tops_[p]);
      seen += 1.0;
    }
  }
  const bool known = judged_[at] != 0 && seen >= least_patches;
  if (!known) return {};
  const double raise = config_.estimate_shape ? raises_[at] / 256.0 : 0.0;
  const double threshold = decibels_ ? top / seen + raise : top / seen * (1.0 + raise);
  return {known, sum / seen, threshold, classes_[at]};
}

std::vector<ShapeMap::Region> ShapeMap::regions() const {
  std::vector<Region> out(classes_.size());
  if (!on_) return out;
  for (std::uint32_t sector = 0; sector < sectors; ++sector) {
    for (std::uint32_t band = 0; band < bands_; ++band) out[std::size_t{sector} * bands_ + band] = region(sector, band);
  }
  return out;
}

double ShapeMap::spiky_share() const {
  const auto seen = std::ranges::count(judged_, 1);
  const auto spiky = std::ranges::count_if(classes_, [](std::uint8_t c) { return c > 0; });
  return seen > 0 ? static_cast<double>(spiky) / static_cast<double>(seen) : 0.0;
}

}  // namespace headland::signal
