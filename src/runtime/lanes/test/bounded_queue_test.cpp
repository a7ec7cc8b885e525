// SPDX-License-Identifier: Apache-2.0
#include "runtime/lanes/bounded_queue.hpp"

#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/health/health.hpp"
#include "runtime/lanes/lane.hpp"

namespace headland::lanes {
namespace {

TEST(BoundedQueue, can_refuse_what_is_new_while_what_waits_is_too_old) {
  BoundedQueue<int> queue("q", 100, WhenFull::drop_new);
  const auto push = [&](int time) {
    return queue.push_while_fresh(time, 40, [&](int oldest) { return time - oldest > 5; });
  };
  EXPECT_TRUE(push(10));
  EXPECT_TRUE(push(15));
  EXPECT_FALSE(push(15)) << "full";
  EXPECT_EQ(queue.pop(), 10);
  EXPECT_FALSE(push(21)) << "15 waits";
  EXPECT_EQ(queue.pop(), 15);
  EXPECT_TRUE(push(21));
  EXPECT_EQ(queue.stats().dropped, 2U);
}

TEST(BoundedQueue, drop_new_refuses_what_comes_when_full) {
  BoundedQueue<int> q("q", 2, WhenFull::drop_new);
  EXPECT_TRUE(q.push(1));
  EXPECT_TRUE(q.push(2));
  EXPECT_FALSE(q.push(3));
  EXPECT_EQ(q.pop(), 1);
  EXPECT_EQ(q.pop(), 2);
  EXPECT_EQ(q.stats().dropped, 1U);
  EXPECT_EQ(q.stats().high_water, 2U);
}

TEST(BoundedQueue, drop_oldest_keeps_the_newest) {
  BoundedQueue<int> q("q", 2, WhenFull::drop_oldest);
  for (int i = 1; i <= 5; ++i) EXPECT_TRUE(q.push(i));
  EXPECT_EQ(q.pop(), 4);
  EXPECT_EQ(q.pop(), 5);
  EXPECT_EQ(q.stats().dropped, 3U);
}

TEST(BoundedQueue, less_important_items_are_refused_first) {
  BoundedQueue<int> q("q", 10, WhenFull::wait);
  EXPECT_TRUE(q.push(1, 4, 0.5));
  EXPECT_FALSE(q.push(2, 4, 0.5));  // would fill more than half
  EXPECT_TRUE(q.push(3, 4));
  EXPECT_EQ(q.stats().depth, 8U);
  EXPECT_EQ(q.stats().dropped, 1U);
}

TEST(BoundedQueue, one_item_larger_than_the_queue_passes_alone) {
  BoundedQueue<int> q("q", 4, WhenFull::wait);
  EXPECT_TRUE(q.push(1, 100));
  EXPECT_EQ(q.pop(), 1);
  EXPECT_EQ(q.stats().depth, 0U);
}

TEST(BoundedQueue, a_waiting_producer_loses_nothing) {
  BoundedQueue<int> q("q", 3, WhenFull::wait);
  constexpr int per_producer = 2000;
  std::vector<int> got;
  {
    std::vector<std::jthread> producers;
    for (int p = 0; p < 3; ++p) {
      producers.emplace_back([&q] {
        for (int i = 0; i < per_producer; ++i) q.push(i);
      });
    }
    for (int i = 0; i < 3 * per_producer; ++i) got.push_back(*q.pop());
  }
  EXPECT_EQ(std::accumulate(got.begin(), got.end(), 0L), 3L * per_producer * (per_producer - 1) / 2);
  EXPECT_LE(q.stats().high_water, 3U);
  EXPECT_EQ(q.stats().dropped, 0U);
}

TEST(BoundedQueue, close_frees_everybody_and_drains) {
  BoundedQueue<int> q("q", 1, WhenFull::wait);
  q.push(7);
  std::jthread waiting([&q] { EXPECT_FALSE(q.push(8)); });
  while (q.stats().depth != 1) std::this_thread::yield();
  q.close();
  waiting.join();
  EXPECT_EQ(q.pop(), 7);
  EXPECT_EQ(q.pop(), std::nullopt);
}

TEST(BoundedQueue, is_drained_when_closed_and_what_waited_was_taken) {
  using namespace std::chrono_literals;
  BoundedQueue<int> q("q", 4, WhenFull::wait);
  EXPECT_FALSE(q.drained());
  EXPECT_EQ(q.pop_for(0ms), std::nullopt);  // the consumer looks in vain, and before it asks whether to end:
  q.push(1);
  q.close();
  EXPECT_FALSE(q.drained()) << "1 would be lost";
  EXPECT_EQ(q.pop_for(0ms), 1);
  EXPECT_TRUE(q.drained());
}

TEST(Lane, a_fault_is_reported_and_the_body_runs_again) {
  health::Health health;
  std::atomic<int> runs = 0;
  Lane lane("test", health, [&](const std::stop_token&) {
    if (++runs == 1) throw std::runtime_error("broken");
  });
  lane.join();
  EXPECT_EQ(runs, 2);
  ASSERT_EQ(health.components().size(), 1U);
  EXPECT_EQ(health.components()[0].state, health::State::yellow);
}

}  // namespace
}  // namespace headland::lanes
