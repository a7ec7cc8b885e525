// SPDX-License-Identifier: Apache-2.0
// The vector form must give every cell that the plain loop gives: on every kind of processor that this one
// can play, for every width and length.
#include "core/signal/row_kernels.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include "core/base/random.hpp"
#include "core/signal/stage/standing_echoes.hpp"

namespace headland::signal {
namespace {

using Cells = AlignedVector<std::uint8_t>;

struct Rows {
  explicit Rows(std::uint32_t n)
      : size(padded_cells(n) + row_slack),
        previous(size),
        current(size),
        next(size),
        caps(size, 255),
        levels(size),
        training(size),
        thresholds(size),
        map(size),
        bits(padded_cells(n) / 64) {}
  std::size_t size;
  Cells previous, current, next, caps, levels, training, thresholds;
  AlignedVector<std::uint16_t> map;
  AlignedVector<std::uint64_t> bits;
};

enum class Scene { noise, saturated, edges, empty, binary };

std::uint8_t level_of(Scene scene, Random& random, std::uint32_t k) {
  switch (scene) {
    case Scene::noise:
      return static_cast<std::uint8_t>(random.below(60) + (random.below(50) == 0 ? 190 : 0));
    case Scene::saturated:
      return random.below(3) == 0 ? 254 : 255;
    case Scene::edges:
      return static_cast<std::uint8_t>((k / 37) % 2 == 0 ? random.below(10) : 200 + random.below(56));
    case Scene::empty:
      return 0;
    case Scene::binary:
      return random.below(4) == 0 ? 255 : 0;
  }
  return 0;
}

void fill(Rows& rows, Scene scene, std::uint32_t n, Random& random) {
  for (std::uint32_t k = 0; k < n; ++k) {
    rows.previous[k] = level_of(scene, random, k);
    rows.current[k] = level_of(scene, random, k);
    rows.next[k] = level_of(scene, random, k);
    rows.caps[k] = static_cast<std::uint8_t>(random.below(256));
    rows.map[k / 2] = static_cast<std::uint16_t>(random.below(65536));
    rows.map[padded_cells(n) / 2 + k / 2] = static_cast<std::uint16_t>(random.below(65536));
  }
}

CleanRow clean_of(Rows& r, std::uint32_t n, std::uint8_t margin) {
  return {
      r.previous.data(), r.current.data(), r.next.data(), r.caps.data(), r.levels.data(), r.training.data(), n, margin};
}
DetectRow detect_of(Rows& r, std::uint32_t n, MapUse use) {
  return {r.levels.data(),
          r.training.data(),
          use == MapUse::none ? nullptr : r.map.data(),
          use,
          r.thresholds.data(),
          r.caps.data(),
          r.bits.data(),
          n};
}

void expect_same_cells(const Rows& a, const Rows& b, std::uint32_t n, const std::string& what) {
  for (std::uint32_t k = 0; k < n; ++k) {
    ASSERT_EQ(a.levels[k], b.levels[k]) << what << " cell " << k;
    ASSERT_EQ(a.training[k], b.training[k]) << what << " cell " << k;
    ASSERT_EQ(a.thresholds[k], b.thresholds[k]) << what << " cell " << k;
    ASSERT_EQ(a.caps[k], b.caps[k]) << what << " cell " << k;
    const std::size_t m = (k % 2) * padded_cells(n) / 2 + k / 2;
    ASSERT_EQ(a.map[m], b.map[m]) << what << " cell " << k;
  }
  ASSERT_EQ(a.bits, b.bits) << what;
}

void compare_twins(const DetectRule& rule, Scene scene, MapUse use, std::uint32_t n, Random& random) {
  Rows vector(n);
  fill(vector, scene, n, random);
  Rows scalar = vector;
  const auto margin = static_cast<std::uint8_t>(random.below(256));
  ASSERT_EQ(clean_row(clean_of(vector, n, margin)), clean_row_scalar(clean_of(scalar, n, margin)));
  RowWorkspace workspace;
  workspace.reserve(n);
  detect_row(rule, detect_of(vector, n, use), workspace);
  detect_row_scalar(rule, detect_of(scalar, n, use));
  expect_same_cells(vector, scalar, n,
                    "scene " + std::to_string(static_cast<int>(scene)) + " map " +
                        std::to_string(static_cast<int>(use)) + " n " + std::to_string(n) + " T " +
                        std::to_string(rule.training) + " G " + std::to_string(rule.guard) + " averaging " +
                        std::to_string(static_cast<int>(rule.averaging)));
}

Scale random_scale(Random& random) {
  Scale scale;
  scale.factor = static_cast<std::uint16_t>(random.below(8) == 0 ? random.below(65536) : 256 + random.below(1200));
  scale.bias = static_cast<std::uint16_t>(random.below(4) == 0 ? random.below(65536) : random.below(128));
  return scale;
}

DetectRule random_rule(Random& random) {
  DetectRule rule;
  rule.averaging = static_cast<Averaging>(random.below(5));
  rule.guard = random.below(33);
  rule.training = 4U << random.below(4);
  rule.local = random_scale(random);
  rule.map = random_scale(random);
  rule.edge = {static_cast<std::uint16_t>(random.below(65536)), static_cast<std::uint16_t>(random.below(300)),
               static_cast<std::uint16_t>(random.below(65536)), static_cast<std::uint16_t>(random.below(300))};
  rule.map_start = {static_cast<std::uint16_t>(random.below(65536)), static_cast<std::uint16_t>(random.below(2000))};
  rule.cap_drop = static_cast<std::uint8_t>(random.below(2) * random.below(256));
  rule.minimum = static_cast<std::uint8_t>(random.below(255));
  rule.map_shift = 2 + random.below(7);
  rule.map_echo_step = static_cast<std::uint16_t>(random.below(256));
  return rule;
}

class RowKernels : public testing::TestWithParam<std::int64_t> {
 protected:
  void SetUp() override {
    hwy::SetSupportedTargetsForTest(GetParam());
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
  void TearDown() override {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

TEST_P(RowKernels, give_the_cells_of_the_plain_loop_for_any_rule_and_length) {
  Random random(11);
  for (int i = 0; i < 1000; ++i) {
    const auto scene = static_cast<Scene>(random.below(5));
    const auto use = static_cast<MapUse>(random.below(4));
    const std::uint32_t n = 1 + (i % 3 == 0 ? random.below(40) : random.below(900));
    compare_twins(random_rule(random), scene, use, n, random);
    if (HasFatalFailure()) return;
  }
}

TEST_P(RowKernels, give_the_cells_of_the_plain_loop_about_the_length_of_the_window) {
  Random random(12);
  for (std::uint32_t training = 4; training <= 32; training *= 2) {
    for (const std::uint32_t guard : {0U, 1U, 2U, 3U, 32U}) {
      DetectRule rule = random_rule(random);
      rule.training = training;
      rule.guard = guard;
      const std::uint32_t window = fewest_cells(rule);
      for (std::uint32_t n = window - 2; n <= window + 3; ++n) {
        compare_twins(rule, Scene::noise, MapUse::learned, n, random);
        if (HasFatalFailure()) return;
      }
    }
  }
}

// Sums and the cells that need them are made in pieces of 2048 cells.
TEST_P(RowKernels, give_the_cells_of_the_plain_loop_in_rows_of_several_pieces) {
  Random random(15);
  for (std::uint32_t training = 4; training <= 32; training *= 2) {
    for (const std::uint32_t guard : {0U, 4U, 32U}) {
      DetectRule rule = random_rule(random);
      rule.training = training;
      rule.guard = guard;
      for (const std::uint32_t n : {2047U, 2048U, 2049U, 2112U, 2176U, 4096U, 4225U, 6000U}) {
        compare_twins(rule, Scene::noise, MapUse::learned, n, random);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_P(RowKernels, compare_as_the_plain_loop_does) {
  Random random(13);
  for (std::uint32_t n = 1; n < 400; n += 7) {
    Rows vector(n);
    fill(vector, Scene::noise, n, random);
    Rows scalar = vector;
    std::vector<std::uint8_t> limits(padded_cells(n) / 64);
    for (auto& limit : limits) limit = static_cast<std::uint8_t>(random.below(256));
    compare_row({vector.current.data(), limits.data(), vector.thresholds.data(), vector.bits.data(), n});
    compare_row_scalar({scalar.current.data(), limits.data(), scalar.thresholds.data(), scalar.bits.data(), n});
    ASSERT_EQ(vector.bits, scalar.bits);
    for (std::uint32_t k = 0; k < n; ++k) ASSERT_EQ(vector.thresholds[k], scalar.thresholds[k]);
  }
}

TEST_P(RowKernels, probe_as_the_plain_loop_does) {
  Random random(14);
  for (std::uint32_t i = 0; i < 600; ++i) {
    const std::uint32_t n = 1 + random.below(700);
    Rows rows(n);
    fill(rows, static_cast<Scene>(random.below(5)), n, random);
    for (auto& threshold : rows.thresholds) threshold = static_cast<std::uint8_t>(random.below(256));
    const auto factor = static_cast<std::uint8_t>(random.below(2) * random.below(256));
    const auto drop = static_cast<std::uint8_t>(random.below(i % 2 == 0 ? 256 : 20));
    std::vector<std::uint32_t> vector(padded_cells(n) / probed_cells);
    std::vector<std::uint32_t> scalar(vector.size());
    probe_row({rows.current.data(), rows.thresholds.data(), factor, drop, vector.data(), n});
    probe_row_scalar({rows.current.data(), rows.thresholds.data(), factor, drop, scalar.data(), n});
    for (std::uint32_t group = 0; group < n / probed_cells; ++group) {
      ASSERT_EQ(vector[group], scalar[group]) << "n " << n << " group " << group;
    }
  }
}

TEST_P(RowKernels, find_what_stands_in_a_map_as_the_plain_loop_does) {
  Random random(15);
  std::size_t found = 0;
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::uint32_t half = 32 * (1 + random.below(12));
    const std::uint32_t away = 1 + random.below(24);
    const std::uint32_t range = i % 3 == 0 ? 65536 : 3000;
    const std::uint32_t least = i % 2 == 0 ? 0 : 65536 - range;
    std::vector<std::uint16_t> map(std::size_t{2} * half), before(map.size()), after(map.size());
    for (auto* const row : {&map, &before, &after}) {
      std::ranges::generate(*row, [&] { return static_cast<std::uint16_t>(least + random.below(range)); });
    }
    const Raise over{static_cast<std::uint16_t>(random.below(1000)), static_cast<std::uint16_t>(random.below(300))};
    const StandingRow row{map.data(), before.data(), after.data(), half, away, over};
    std::vector<StandingCell> vector, scalar;
    find_standing(row, vector);
    find_standing_scalar(row, scalar);
    ASSERT_EQ(vector, scalar) << half << " " << away;
    found += scalar.size();
  }
  EXPECT_GT(found, 300U);
}

std::vector<std::int64_t> targets() {
  std::vector<std::int64_t> all;
  for (auto left = hwy::SupportedTargets() & HWY_TARGETS; left != 0; left &= left - 1) {
    all.push_back(left & -left);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Targets, RowKernels, testing::ValuesIn(targets()),
                         [](const auto& target) { return std::string(hwy::TargetName(target.param)); });

TEST(RowKernelsScalar, hits_are_cells_over_factor_times_the_mean_of_their_neighbours) {
  Rows rows(200);
  for (std::uint32_t k = 0; k < 200; ++k) rows.levels[k] = rows.training[k] = 20;
  rows.levels[100] = 61;
  rows.levels[140] = 60;
  DetectRule rule;
  rule.local.factor = 3 * 256;
  detect_row_scalar(rule, detect_of(rows, 200, MapUse::none));
  for (std::uint32_t k = 0; k < 200; ++k) EXPECT_EQ((rows.bits[k / 64] >> (k % 64) & 1) != 0, k == 100) << k;
  EXPECT_EQ(rows.thresholds[100], 60);
}

TEST(RowKernelsScalar, one_spoke_alone_is_interference_and_takes_the_level_beside_it) {
  Rows rows(8);
  rows.current[3] = 200;
  rows.previous[3] = 10;
  rows.next[3] = 30;
  rows.current[5] = 200;
  rows.previous[5] = 180;
  EXPECT_EQ(clean_row_scalar(clean_of(rows, 8, 64)), 1U);
  EXPECT_EQ(rows.levels[3], 30);
  EXPECT_EQ(rows.levels[5], 200);
}

}  // namespace
}  // namespace headland::signal
