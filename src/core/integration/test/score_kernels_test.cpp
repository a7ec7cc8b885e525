// SPDX-License-Identifier: Apache-2.0
#include "core/integration/score_kernels.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.hpp"

namespace headland::integration {
namespace {

struct Buffers {
  explicit Buffers(Random& random) {
    for (auto& row : from) row = bytes(random, 255);
    gain = bytes(random, 60);
    loss = bytes(random, 12);
    best = bytes(random, 90);
  }
  static std::vector<std::uint8_t> bytes(Random& random, std::uint32_t most) {
    std::vector<std::uint8_t> row(400);
    for (auto& b : row) b = random.below(3) == 0 ? 0 : static_cast<std::uint8_t>(random.below(most + 1));
    return row;
  }
  std::array<std::vector<std::uint8_t>, 9> from;
  std::vector<std::uint8_t> gain, loss, best;
};

TEST(ScoreKernels, vector_and_plain_forms_agree_in_every_cell) {
  Random random(3);
  for (std::uint32_t cells : {1U, 7U, 31U, 32U, 33U, 63U, 64U, 100U, 257U, 300U}) {
    for (std::uint32_t shift = 0; shift < 40; shift += 3) {
      const Buffers b(random);
      std::array<Origin, 9> origins{};
      const std::size_t count = 1 + random.below(9);
      for (std::size_t i = 0; i < count; ++i) {
        origins[i] = {b.from[i].data() + shift, static_cast<std::uint8_t>(random.below(20))};
      }
      std::vector<std::uint8_t> to(400, 7);
      std::vector<std::uint8_t> to_plain = to;
      std::vector<std::uint8_t> best = b.best;
      std::vector<std::uint8_t> best_plain = best;
      const auto cap = static_cast<std::uint8_t>(100 + random.below(156));
      ScoreRun run{std::span(origins).first(count), b.gain.data(), b.loss.data(), cap, to.data(), best.data(), cells};
      advance_scores(run);
      run.to = to_plain.data();
      run.best = best_plain.data();
      advance_scores_scalar(run);
      ASSERT_EQ(to, to_plain) << cells << " cells, shift " << shift;
      ASSERT_EQ(best, best_plain) << cells << " cells, shift " << shift;
    }
  }
}

TEST(ScoreKernels, a_path_begins_anew_where_all_that_leads_there_is_worse_than_nothing) {
  const std::array<std::uint8_t, 4> from = {10, 3, 0, 200};
  const std::array<std::uint8_t, 4> gain = {0, 5, 5, 100};
  const std::array<std::uint8_t, 4> loss = {8, 0, 0, 0};
  std::array<std::uint8_t, 4> to{};
  std::array<std::uint8_t, 4> best = {0, 0, 9, 0};
  const std::array<Origin, 1> origins = {{{from.data(), 4}}};
  advance_scores({origins, gain.data(), loss.data(), 150, to.data(), best.data(), 4});
  EXPECT_EQ(to, (std::array<std::uint8_t, 4>{0, 5, 5, 150}));
  EXPECT_EQ(best, (std::array<std::uint8_t, 4>{0, 5, 9, 255}));
}

}  // namespace
}  // namespace headland::integration
