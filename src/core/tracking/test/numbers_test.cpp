// SPDX-License-Identifier: Apache-2.0
// No number is used twice: what is said of each in more than an hour, of vessels that vanish for seconds and for a
// quarter of an hour and come back, a restart between.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/tracking/test/scene.hpp"

namespace headland::tracking::test {
namespace {

constexpr std::uint32_t last_turn = 1600;    // 4000 s; a lost vessel is remembered for 180
constexpr std::uint32_t restart_turn = 850;  // while some are hidden
constexpr double border_m = 6000.0;
// How long vessels are hidden in turn, in turns of 2.5 s: while their tracks coast, while they are remembered, longer.
constexpr std::array<std::uint32_t, 8> hidden_turns{10, 22, 28, 36, 60, 70, 90, 360};
constexpr std::uint32_t seen_turns = 40;

// Goes straight on, back from a border; seen for a while, hidden for a while.
struct Passer {
  Vessel now;  // where it is, not where it was at time 0
  std::uint32_t next = 0;
  std::size_t hidden = 0;
  bool seen = true;

  void step(std::uint32_t turn, double dt) {
    now.east_m += dt * now.ve_mps;
    now.north_m += dt * now.vn_mps;
    if (std::abs(now.east_m) > border_m && now.east_m * now.ve_mps > 0.0) now.ve_mps = -now.ve_mps;
    if (std::abs(now.north_m) > border_m && now.north_m * now.vn_mps > 0.0) now.vn_mps = -now.vn_mps;
    if (turn < next) return;
    seen = !seen;
    next = turn + (seen ? seen_turns : hidden_turns[hidden++ % hidden_turns.size()]);
  }
};

class Passers {
 public:
  explicit Passers(std::uint64_t seed) {
    Random random(seed);
    for (std::size_t k = 0; k < hidden_turns.size(); ++k) {
      Passer p{{random.uniform(-border_m, border_m), random.uniform(-border_m, border_m), random.uniform(-6.0, 6.0),
                random.uniform(-6.0, 6.0)}};
      p.next = seen_turns + static_cast<std::uint32_t>(k);
      p.hidden = k;
      all_.push_back(p);
    }
  }
  // Those that are seen in this turn, as the scene has them: where they were at time 0.
  void step(std::uint32_t turn, Scene& scene) {
    scene.vessels.clear();
    const double t = scene.turn_s * turn;
    for (Passer& p : all_) {
      p.step(turn, scene.turn_s);
      const Vessel& v = p.now;
      if (p.seen) scene.vessels.push_back({v.east_m - t * v.ve_mps, v.north_m - t * v.vn_mps, v.ve_mps, v.vn_mps});
    }
  }
  // The vessel that is nearest to a track just now.
  [[nodiscard]] std::size_t at(const Track& track) const {
    const auto apart = [&](const Passer& p) {
      return std::hypot(track.state.position.east.value() - p.now.east_m,
                        track.state.position.north.value() - p.now.north_m);
    };
    const auto nearest = std::min_element(all_.begin(), all_.end(),
                                          [&](const Passer& a, const Passer& b) { return apart(a) < apart(b); });
    return static_cast<std::size_t>(nearest - all_.begin());
  }

 private:
  std::vector<Passer> all_;
};

// What was said of each number, and what may be said of it then.
class NumberBook {
 public:
  std::size_t known = 0, returned = 0, to_another = 0;

  void check(const Tracker& tracker, const std::vector<Track>& rows, const Passers& vessels) {
    for (const Track& t : rows) row(tracker, t, vessels.at(t));
    std::set<TrackId> alive;
    for (const Track& t : tracker.tracks()) {
      EXPECT_TRUE(alive.insert(t.id).second) << "two tracks at once have the number " << t.id.value();
      const auto said = said_.find(t.id);
      EXPECT_TRUE(said == said_.end() || said->second.last.stage != TrackStage::ended)
          << t.id.value() << " was told to have ended, and is there";
    }
  }

 private:
  struct Said {
    Track last;
    std::size_t vessel = 0;
  };

  void row(const Tracker& tracker, const Track& t, std::size_t vessel) {
    const auto before = said_.find(t.id);
    if (before == said_.end()) {
      EXPECT_GT(t.id.value(), highest_) << "a new track has an old number";
      EXPECT_EQ(t.identity, 1.0) << t.id.value();
      highest_ = std::max(highest_, t.id.value());
      ++known;
    } else {
      const Track& old = before->second.last;
      EXPECT_FALSE(old.stage == TrackStage::ended && t.stage == TrackStage::ended) << t.id.value() << " ended twice";
      // Its old track has ended, or coasts on no more.
      if (old.stage == TrackStage::ended || t.identity < old.identity) {
        came_back(tracker, old, t);
        if (before->second.vessel != vessel) ++to_another;
      }
    }
    said_[t.id] = {t, t.stage == TrackStage::ended && before != said_.end() ? before->second.vessel : vessel};
  }

  // Only to a track that says so: it was recognised as what was seen last then.
  void came_back(const Tracker& tracker, const Track& old, const Track& t) {
    ++returned;
    EXPECT_LT(t.identity, old.identity) << t.id.value();
    EXPECT_EQ(t.began, old.began) << t.id.value();
    const auto story = tracker.story(t.id);
    ASSERT_TRUE(story.has_value()) << t.id.value();
    const auto& facts = story->facts();
    const auto fact =
        std::find_if(facts.rbegin(), facts.rend(), [](const Fact& f) { return f.kind == FactKind::returned; });
    ASSERT_NE(fact, facts.rend()) << t.id.value() << " came back and does not say so";
    EXPECT_EQ(fact->first, old.last_plot) << t.id.value();
    EXPECT_LE(to_seconds(fact->last - fact->first).value(), TrackerConfig{}.return_max_s) << t.id.value();
    EXPECT_GE(fact->value, TrackerConfig{}.return_probability) << t.id.value();
  }

  std::map<TrackId, Said> said_;
  std::uint32_t highest_ = 0;
};

TEST(TrackNumbers, AreGivenOnceAndBackOnlyToWhatIsRecognised) {
  std::size_t known = 0, returned = 0, to_another = 0;
  for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL}) {
    SCOPED_TRACE(seed);
    Passers vessels(seed);
    Scene scene;
    scene.seed = seed;
    scene.clutter = 20.0;
    scene.detection = 0.9;
    Tracker tracker{TrackerConfig{}};
    NumberBook numbers;
    for (std::uint32_t turn = 0; turn < last_turn; ++turn) {
      vessels.step(turn, scene);
      numbers.check(tracker, run(tracker, scene, turn, turn + 1), vessels);
      if (turn != restart_turn) continue;
      Tracker restarted{TrackerConfig{}};
      restarted.restore(tracker.snapshot());
      tracker = std::move(restarted);
    }
    EXPECT_EQ(numbers.returned, tracker.counters().tracks_recognised);
    known += numbers.known;
    returned += numbers.returned;
    to_another += numbers.to_another;
  }
  // Both happened: vessels that were given their numbers back, and vessels for which it was too late.
  EXPECT_GT(returned, 100U);
  EXPECT_GT(known, 8U * 3U + returned);
  // It may err once in ten times (return_probability); of 650 in twelve such seas none went to another vessel.
  EXPECT_LE(to_another, returned / 50);
}

}  // namespace
}  // namespace headland::tracking::test
