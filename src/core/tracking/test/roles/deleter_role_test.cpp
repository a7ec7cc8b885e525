// SPDX-License-Identifier: Apache-2.0
// What must hold when a track is judged, at each stage it may be in.
#include <string>

#include "core/tracking/life/deleter.hpp"
#include "core/tracking/test/roles/roles.hpp"

namespace headland::tracking::test {
namespace {

struct DeleterVariant {
  const char* name;
  TrackStage stage;
};

class DeleterRole : public testing::TestWithParam<DeleterVariant> {
 protected:
  Bernoulli track(double existence) const {
    Bernoulli t;
    t.alive = true;
    t.stage = GetParam().stage;
    t.existence = existence;
    t.first_odds = 0.02;
    t.plots_used = 2;
    t.starts[0] = {0, 1.0, 1.0};
    t.weight[0] = 1.0;
    return t;
  }
  [[nodiscard]] bool is_tentative() const { return GetParam().stage == TrackStage::tentative; }
  TrackerConfig config_;
  Deleter deleter_{config_};
};

TEST_P(DeleterRole, EndsWhatIsHardlyThereAndLeavesWhatIsBelieved) {
  // Below this it ends, from there on it does not; one threshold a stage, whichever way it is come to.
  const double odds = config_.tentative_drop_factor * 0.02;
  const double limit = is_tentative() ? odds / (1.0 + odds) : config_.drop_existence;
  for (const bool detected : {false, true}) {
    Bernoulli below = track(0.98 * limit);
    deleter_.judge(below, detected, 0.9, {});
    EXPECT_EQ(below.stage, TrackStage::ended);
    Bernoulli above = track(1.02 * limit);
    deleter_.judge(above, detected, 0.9, {});
    EXPECT_NE(above.stage, TrackStage::ended);
  }
}

TEST_P(DeleterRole, NeverEndsAVesselThatIsCertain) {
  Random random(1);
  for (int round = 0; round < 1000; ++round) {
    Bernoulli t = track(random.uniform(config_.confirm_existence, 1.0));
    t.plots_used = 1 + random.below(10);
    deleter_.judge(t, true, random.uniform(0.1, 0.98), {});
    EXPECT_NE(t.stage, TrackStage::ended);
    const bool enough = t.plots_used >= config_.confirm_plots;
    EXPECT_EQ(t.stage, is_tentative() && !enough ? TrackStage::tentative : TrackStage::confirmed);
  }
}

TEST_P(DeleterRole, IsNoMoreWillingToKeepATrackThatExistsLess) {
  Random random(2);
  for (int round = 0; round < 1000; ++round) {
    const double a = random.uniform();
    const double b = random.uniform();
    Bernoulli less = track(std::min(a, b));
    Bernoulli more = track(std::max(a, b));
    less.plots_used = more.plots_used = 5;
    deleter_.judge(less, round % 2 == 0, 0.9, {});
    deleter_.judge(more, round % 2 == 0, 0.9, {});
    if (more.stage == TrackStage::ended) {
      EXPECT_EQ(less.stage, TrackStage::ended);
    }
    if (less.stage == TrackStage::confirmed) {
      EXPECT_EQ(more.stage, TrackStage::confirmed);
    }
  }
}

TEST_P(DeleterRole, TakesWhatIsProbablyATransientForNoVessel) {
  Bernoulli t = track(0.9999);
  t.plots_used = 5;
  t.weight[0] = 0.5;
  t.weight[transient_model] = 0.5;
  deleter_.judge(t, true, 0.9, {});
  if (is_tentative()) {
    EXPECT_EQ(t.stage, TrackStage::tentative) << "believed at even odds of being a sea spike";
  } else {
    EXPECT_EQ(t.stage, TrackStage::confirmed);  // 0.5: more than drop_existence
  }
}

TEST_P(DeleterRole, DoesNotBringBackWhatItEnded) {
  Bernoulli t = track(1e-6);
  deleter_.judge(t, false, 0.9, {});
  ASSERT_EQ(t.stage, TrackStage::ended);
  deleter_.judge(t, false, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::ended);
}

TEST_P(DeleterRole, EndsWhatWasNotSeenForLongAndATentativeTrackSooner) {
  Bernoulli t = track(0.9);
  t.last_plot = from_epoch_seconds(1'700'000'000.0);
  const double limit_s = is_tentative() ? 0.5 * config_.max_coast_s : config_.max_coast_s;
  EXPECT_FALSE(deleter_.is_stale(t, t.last_plot + to_duration(Seconds(limit_s - 0.1))));
  EXPECT_TRUE(deleter_.is_stale(t, t.last_plot + to_duration(Seconds(limit_s + 0.1))));
}

TEST_P(DeleterRole, SaysWhetherTheLastLookSawIt) {
  if (is_tentative()) {
    Bernoulli t = track(0.5);
    t.scans_missed = 2;
    deleter_.judge(t, false, 0.9, {});
    EXPECT_EQ(t.stage, TrackStage::tentative);
    ++t.scans_missed;  // three in a row are enough
    deleter_.judge(t, false, 0.9, {});
    EXPECT_EQ(t.stage, TrackStage::ended);
    return;
  }
  Bernoulli t = track(0.8);
  deleter_.judge(t, false, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::coasting);
  deleter_.judge(t, true, 0.9, {});
  EXPECT_EQ(t.stage, TrackStage::confirmed);
}

INSTANTIATE_TEST_SUITE_P(All, DeleterRole,
                         testing::Values(DeleterVariant{"tentative", TrackStage::tentative},
                                         DeleterVariant{"confirmed", TrackStage::confirmed},
                                         DeleterVariant{"coasting", TrackStage::coasting}),
                         [](const auto& variant) { return std::string(variant.param.name); });

}  // namespace
}  // namespace headland::tracking::test
