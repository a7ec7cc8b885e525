// SPDX-License-Identifier: Apache-2.0
#include "core/plots/echo_labeller.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::plots {
namespace {

// A picture of hits and its groups by flood filling, the slow and obvious way. Cells touch when they lie one
// apart in range and one or, where the spoke between holds no touching cell of the first, two apart in bearing.
struct Picture {
  std::uint32_t rows;
  std::uint32_t cells;
  std::vector<std::uint8_t> level;  // 0 = no hit

  [[nodiscard]] HitBlock block() const {
    HitBlock out;
    out.stride = padded_cells(cells);
    out.levels.assign(std::size_t{rows} * out.stride, 0);
    out.thresholds.assign(std::size_t{rows} * out.stride, 0);
    out.bits.assign(std::size_t{rows} * out.stride / 64, 0);
    for (std::uint32_t r = 0; r < rows; ++r) {
      HitSpoke spoke;
      spoke.position = AntennaPosition{r + 1} << 16;
      spoke.cell_count = cells;
      spoke.row = r;
      out.spokes.push_back(spoke);
      for (std::uint32_t k = 0; k < cells; ++k) {
        const std::uint8_t value = level[std::size_t{r} * cells + k];
        out.levels[std::size_t{r} * out.stride + k] = value;
        if (value > 0) out.bits[std::size_t{r} * (out.stride / 64) + k / 64] |= std::uint64_t{1} << (k % 64);
      }
    }
    return out;
  }
};

struct Run {
  std::uint32_t row, begin, end;
};

std::vector<Run> runs_of(const Picture& p) {
  std::vector<Run> runs;
  for (std::uint32_t r = 0; r < p.rows; ++r) {
    for (std::uint32_t k = 0; k < p.cells;) {
      if (p.level[std::size_t{r} * p.cells + k] == 0) {
        ++k;
        continue;
      }
      const std::uint32_t begin = k;
      while (k < p.cells && p.level[std::size_t{r} * p.cells + k] > 0) ++k;
      runs.push_back({r, begin, k});
    }
  }
  return runs;
}

// Sorted (cells, weight) of every group.
using Groups = std::vector<std::pair<std::uint32_t, std::uint64_t>>;

Groups flood(const Picture& p) {
  const auto runs = runs_of(p);
  std::vector<std::size_t> group(runs.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  const auto unite = [&](std::size_t a, std::size_t b) {
    const std::size_t from = group[b];
    const std::size_t to = group[a];
    for (std::size_t& g : group) {
      if (g == from) g = to;
    }
  };
  const auto touch = [](const Run& a, const Run& b) { return a.begin <= b.end && b.begin <= a.end; };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    bool followed = false;
    for (std::size_t j = 0; j < runs.size(); ++j) {
      if (runs[j].row == runs[i].row + 1 && touch(runs[i], runs[j])) {
        unite(i, j);
        followed = true;
      }
    }
    for (std::size_t j = 0; j < runs.size() && !followed; ++j) {
      if (runs[j].row == runs[i].row + 2 && touch(runs[i], runs[j])) unite(i, j);
    }
  }
  std::vector<std::pair<std::uint32_t, std::uint64_t>> sums(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (std::uint32_t k = runs[i].begin; k < runs[i].end; ++k) {
      ++sums[group[i]].first;
      sums[group[i]].second += p.level[std::size_t{runs[i].row} * p.cells + k];
    }
  }
  std::erase_if(sums, [](const auto& s) { return s.first == 0; });
  std::sort(sums.begin(), sums.end());
  return sums;
}

TEST(EchoLabeller, finds_the_groups_that_flood_filling_finds) {
  Random random(6);
  for (int trial = 0; trial < 60; ++trial) {
    Picture picture{30, 1 + random.below(200), {}};
    picture.level.resize(std::size_t{picture.rows} * picture.cells);
    const double share = random.uniform(0.01, 0.6);
    for (auto& level : picture.level) {
      level = random.uniform() < share ? static_cast<std::uint8_t>(1 + random.below(255)) : 0;
    }
    const HitBlock block = picture.block();
    EchoLabeller labeller;
    std::vector<Echo> done;
    for (const HitSpoke& spoke : block.spokes) labeller.add(spoke, block, {}, done);
    labeller.finish(done);
    Groups found;
    for (const Echo& echo : done) found.emplace_back(echo.cells, echo.weight);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, flood(picture)) << "trial " << trial;
  }
}

TEST(EchoLabeller, sums_do_not_depend_on_the_order_of_joining) {
  // A comb: many teeth joined by the last row, and its mirror image.
  Picture comb{12, 100, std::vector<std::uint8_t>(1200)};
  for (std::uint32_t r = 0; r < 12; ++r) {
    for (std::uint32_t k = 0; k < 100; ++k) {
      comb.level[r * 100 + k] = (k % 3 == 0 || r == 11) ? static_cast<std::uint8_t>(1 + (r * 37 + k * 11) % 255) : 0;
    }
  }
  const HitBlock block = comb.block();
  EchoLabeller labeller;
  std::vector<Echo> done;
  for (const HitSpoke& spoke : block.spokes) labeller.add(spoke, block, {}, done);
  labeller.finish(done);
  ASSERT_EQ(done.size(), 1U);
  std::uint64_t weight = 0;
  std::uint64_t weighted_cell = 0;
  std::int64_t weighted_row = 0;
  for (std::uint32_t r = 0; r < 12; ++r) {
    for (std::uint32_t k = 0; k < 100; ++k) {
      const std::uint8_t w = comb.level[r * 100 + k];
      weight += w;
      weighted_cell += std::uint64_t{w} * k;
      // Rows are 2^16 apart, sums count in 2^8; the run of the last row counts 64 times.
      weighted_row += std::int64_t{w} * r * 256 * (r == 11 ? 64 : 1);
    }
  }
  EXPECT_EQ(done[0].weight, weight);
  EXPECT_EQ(done[0].weighted_cell, weighted_cell);
  EXPECT_EQ(done[0].weighted_position, weighted_row);
}

TEST(EchoLabeller, counts_single_runs_that_are_too_short_and_gives_out_all_other_echoes) {
  Random random(7);
  Picture picture{200, 300, std::vector<std::uint8_t>(200 * 300)};
  for (auto& level : picture.level)
    level = random.below(12) == 0 ? static_cast<std::uint8_t>(1 + random.below(255)) : 0;
  const HitBlock block = picture.block();
  const auto found_with = [&](std::uint32_t least, std::uint64_t& counted) {
    EchoLabeller labeller;
    EchoLimits limits;
    limits.least_lone_cells = least;
    std::vector<Echo> done;
    for (const HitSpoke& spoke : block.spokes) labeller.add(spoke, block, limits, done);
    const std::size_t before_the_end = done.size();
    labeller.finish(done);
    done.resize(before_the_end);  // what ends with the picture is given out in any case
    counted = labeller.lone_noise();
    Groups groups;
    for (const Echo& echo : done) groups.emplace_back(echo.cells, echo.weight);
    std::sort(groups.begin(), groups.end());
    return groups;
  };
  std::uint64_t none = 0;
  std::uint64_t short_ones = 0;
  const Groups all = found_with(0, none);
  Groups long_enough = found_with(3, short_ones);
  EXPECT_EQ(none, 0U);
  EXPECT_GT(short_ones, 100U);
  EXPECT_EQ(long_enough.size() + short_ones, all.size());
  // All that is missing has one or two cells.
  Groups missing;
  std::set_difference(all.begin(), all.end(), long_enough.begin(), long_enough.end(), std::back_inserter(missing));
  EXPECT_EQ(missing.size(), short_ones);
  for (const auto& [cells, weight] : missing) EXPECT_LT(cells, 3U) << weight;
}

TEST(EchoLabeller, needs_no_more_memory_the_longer_it_runs) {
  Random random(9);
  EchoLabeller labeller;
  std::vector<Echo> done;
  std::size_t early = 0;
  for (int round = 0; round < 40; ++round) {
    Picture picture{50, 300, std::vector<std::uint8_t>(50 * 300)};
    for (auto& level : picture.level) level = random.below(20) == 0 ? 100 : 0;
    const HitBlock block = picture.block();
    for (const HitSpoke& spoke : block.spokes) labeller.add(spoke, block, {}, done);
    done.clear();
    if (round == 9) early = labeller.slots();
  }
  EXPECT_LE(labeller.slots(), early + early / 4);
  EXPECT_LT(labeller.slots(), 300U);
}

}  // namespace
}  // namespace headland::plots
