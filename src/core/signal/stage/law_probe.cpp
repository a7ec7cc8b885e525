// SPDX-License-Identifier: Apache-2.0
#include "core/signal/stage/law_probe.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace headland::signal {
namespace {

constexpr std::size_t most_bands = 64;
constexpr std::size_t most_blocks = 512;  // of a band
constexpr std::size_t least_blocks = 48;
constexpr std::size_t least_bands = 3;
constexpr std::size_t least_cells = 40'000;  // of quiet blocks: the lean is then good to 0.007
constexpr double least_lean = 0.025;
constexpr double clipped = 250.0;       // a quartile there tells nothing,
constexpr double cut_off = 1.0;         // nor here
constexpr double least_step_db = 0.02;  // 5 dB in all of the levels
constexpr double most_step_db = 2.0;

// Of logarithmic noise of 1, 2, 4 and 8 looks: its lean, and decibels between its outer quartiles (of the gamma
// distribution, by simulation of 8e6 cells; one look in closed form).
constexpr std::array<double, 4> lean_of{0.1185, 0.0816, 0.0577, 0.0399};
constexpr std::array<double, 4> quartiles_db{6.829, 4.474, 3.042, 2.113};
// Half way to what two looks lean: single looks are the rule, and a per cent of the scatter is a tenth of a decibel of
// the thresholds.
constexpr double single_look = 0.1;

// Straight between two places.
double quartiles_apart_db(double lean) {
  if (lean >= single_look) return quartiles_db.front();
  for (std::size_t i = 1; i < lean_of.size(); ++i) {
    if (lean < lean_of[i]) continue;
    const double share = (lean - lean_of[i]) / (lean_of[i - 1] - lean_of[i]);
    return quartiles_db[i] + share * (quartiles_db[i - 1] - quartiles_db[i]);
  }
  return quartiles_db.back();
}

// Within a level its cells are taken as spread evenly.
double quantile(const std::array<std::uint32_t, 256>& count, double cells) {
  double below = 0.0;
  std::size_t level = 0;
  while (level < 255 && below + count[level] < cells) below += count[level++];
  const double inside = (cells - below) / std::max(1.0, static_cast<double>(count[level]));
  return static_cast<double>(level) + std::clamp(inside, 0.0, 1.0);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void LawProbe::add(std::span<const std::uint8_t> levels) {
  const std::size_t blocks = levels.size() / block_cells;
  if (blocks < 2) return;
  const std::size_t step = (blocks - 2) / most_bands + 1;
  const std::size_t bands = (blocks - 2) / step + 1;
  if (bands_.size() != bands) bands_.assign(bands, {});
  for (std::size_t b = 0; b < bands; ++b) {
    if (bands_[b].size() >= most_blocks) continue;
    const auto before = levels.subspan(b * step * block_cells, block_cells);
    Block block;
    block.before = static_cast<std::uint16_t>(std::accumulate(before.begin(), before.end(), 0));
    std::ranges::copy(levels.subspan((b * step + 1) * block_cells, block_cells), block.levels.begin());
    bands_[b].push_back(block);
  }
}

std::optional<MeasuredLaw> LawProbe::result() const {
  std::vector<double> leans;
  std::vector<double> widths;
  std::size_t cells = 0;
  for (auto blocks : bands_) {
    if (blocks.size() < least_blocks) continue;
    const std::size_t quiet = blocks.size() / 2;
    std::ranges::stable_sort(blocks, {}, &Block::before);
    std::array<std::uint32_t, 256> count{};
    for (std::size_t i = 0; i < quiet; ++i) {
      for (const std::uint8_t level : blocks[i].levels) ++count[level];
    }
    const auto all = static_cast<double>(quiet * block_cells);
    const double a = quantile(count, 0.25 * all);
    const double b = quantile(count, 0.5 * all);
    const double c = quantile(count, 0.75 * all);
    if (a < cut_off || c > clipped || c - a < 1.0) continue;
    cells += quiet * block_cells;
    leans.push_back((a + c - 2.0 * b) / (c - a));
    widths.push_back(c - a);
  }
  if (leans.size() < least_bands || cells < least_cells) return std::nullopt;
  const double lean = median(std::move(leans));
  if (lean > least_lean) return MeasuredLaw{};
  if (lean > -least_lean) return std::nullopt;
  const MeasuredLaw out{true, quartiles_apart_db(-lean) / median(std::move(widths))};
  if (out.decibels_per_level < least_step_db || out.decibels_per_level > most_step_db) return std::nullopt;
  return out;
}

}  // namespace headland::signal
