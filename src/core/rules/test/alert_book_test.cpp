// SPDX-License-Identifier: Apache-2.0
#include "core/rules/alerts/alert_book.hpp"

#include <gtest/gtest.h>

namespace headland::rules {
namespace {

using namespace std::chrono_literals;
using enum AlertState;

const Timestamp start = from_epoch_seconds(1'767'225'600.0);

AlertChange change(AlertNews news, std::uint32_t number, Duration at, std::uint32_t mmsi = 257'000'001) {
  AlertChange c;
  c.news = news;
  c.alert.id = AlertId(number);
  c.alert.rule_name = "speed";
  c.alert.priority = Priority::warning;
  c.alert.since = c.alert.raised = start;
  c.alert.changed = start + at;
  c.alert.subjects = {{SystemTrackId(5), Mmsi(mmsi), "FOSEN"}};
  c.alert.evidence = SpeedEvidence{.speed_mps = 9.0, .limit_mps = 5.0, .is_above = true, .zone = ZoneId(1)};
  c.alert.text = "FOSEN goes 17.5 kn";
  return c;
}

class Book : public ::testing::Test {
 protected:
  Book() {
    zones.resize(1);
    zones[0].id = ZoneId(1);
    zones[0].name = "Harbour";
  }
  const AlertRecord& only() const { return book.records().begin()->second; }
  void take(const AlertChange& c) { book.take(c, zones, update); }
  auto order(AlertAction action, Duration at = 1min) {
    return book.order({AlertId(1), action, "Anna", "why", "VTS", 30min}, start + at, update);
  }
  std::vector<std::string> story() const {
    std::vector<std::string> out;
    for (const auto& e : update.entries) out.push_back(e.what);
    return out;
  }
  std::vector<Zone> zones;
  AlertBook book;
  AlertUpdate update;
};
using Story = std::vector<std::string>;

TEST_F(Book, what_the_engine_raises_is_an_alert_with_number_zone_and_entry) {
  take(change(AlertNews::raised, 12, 0s));
  ASSERT_EQ(book.records().size(), 1U);
  EXPECT_EQ(only().id, AlertId(1));
  EXPECT_EQ(only().state, active_unacknowledged);
  EXPECT_EQ(only().zones, (std::vector<std::string>{"Harbour"}));
  EXPECT_EQ(update.changed.at(AlertId(1)), only());
  EXPECT_EQ(story(), (Story{"raised"}));
  EXPECT_EQ(update.entries[0].why, "FOSEN goes 17.5 kn");
}

TEST_F(Book, an_acknowledged_alert_is_closed_when_it_is_over_and_opens_again_when_it_grows_worse) {
  take(change(AlertNews::raised, 12, 0s));
  ASSERT_TRUE(order(AlertAction::acknowledge));
  EXPECT_EQ(only().state, active_acknowledged);
  EXPECT_EQ(only().by, "Anna");
  take(change(AlertNews::worse, 12, 2min));
  EXPECT_EQ(only().state, active_unacknowledged);
  ASSERT_TRUE(order(AlertAction::acknowledge));
  take(change(AlertNews::rectified, 12, 3min));
  EXPECT_EQ(only().state, ended);
  EXPECT_EQ(only().rectified, start + 3min);
  take(change(AlertNews::resumed, 12, 4min));
  EXPECT_EQ(only().state, active_acknowledged);
  EXPECT_EQ(story(), (Story{"raised", "acknowledge", "worse", "acknowledge", "rectified", "resumed"}));
}

TEST_F(Book, orders_that_cannot_be_are_refused_and_change_nothing) {
  EXPECT_EQ(order(AlertAction::acknowledge).error(), OrderFault::unknown_alert);
  take(change(AlertNews::raised, 12, 0s));
  update.clear();
  EXPECT_EQ(order(AlertAction::rectify).error(), OrderFault::not_for_operators);
  EXPECT_EQ(order(AlertAction::take_back).error(), OrderFault::not_allowed);
  AlertOrder shelve{AlertId(1), AlertAction::shelve, "Anna", "", "", 30min};
  EXPECT_EQ(book.order(shelve, start, update).error(), OrderFault::no_reason);
  shelve.why = "tow";
  shelve.span = 25h;
  EXPECT_EQ(book.order(shelve, start, update).error(), OrderFault::no_end);
  EXPECT_EQ(book.order({AlertId(1), AlertAction::transfer, "Anna", "", "", 0s}, start, update).error(),
            OrderFault::no_receiver);
  EXPECT_TRUE(update.empty());
  EXPECT_EQ(only().state, active_unacknowledged);
}

TEST_F(Book, a_shelved_alert_comes_back_when_its_time_is_over) {
  take(change(AlertNews::raised, 12, 0s));
  ASSERT_TRUE(order(AlertAction::shelve));
  book.tick(start + 30min, update);
  EXPECT_EQ(only().state, shelved);
  book.tick(start + 31min, update);
  EXPECT_EQ(only().state, active_unacknowledged);
  EXPECT_FALSE(only().shelved_until);
}

TEST_F(Book, a_silenced_alert_is_loud_again_after_half_a_minute) {
  take(change(AlertNews::raised, 12, 0s));
  ASSERT_TRUE(order(AlertAction::silence, 1min));
  book.tick(start + 89s, update);
  EXPECT_EQ(only().state, active_silenced);
  book.tick(start + 90s, update);
  EXPECT_EQ(only().state, active_unacknowledged);
}

TEST_F(Book, after_a_restart_the_same_situation_is_the_same_alert) {
  take(change(AlertNews::raised, 12, 0s));
  ASSERT_TRUE(order(AlertAction::acknowledge));
  AlertBook next;
  next.restore({only()}, AlertId(40));
  next.begin_engine(start + 2min);
  AlertUpdate told;
  next.take(change(AlertNews::raised, 1, 3min), zones, told);
  ASSERT_EQ(next.records().size(), 1U);
  EXPECT_EQ(next.records().begin()->second.state, active_acknowledged);
  EXPECT_TRUE(told.entries.empty());  // nothing new
  next.take(change(AlertNews::raised, 2, 3min, 257'000'002), zones, told);
  EXPECT_EQ(next.records().rbegin()->first, AlertId(41));  // numbers go on, also of those that were forgotten
  next.tick(start + 30min, told);
  EXPECT_EQ(next.records().begin()->second.state, active_acknowledged);  // it was found again
}

TEST_F(Book, what_new_rules_do_not_find_again_is_over) {
  take(change(AlertNews::raised, 12, 0s));
  book.begin_engine(start + 1min);
  update.clear();
  book.tick(start + 15min, update);
  EXPECT_EQ(only().state, active_unacknowledged);
  book.tick(start + 16min, update);
  EXPECT_EQ(only().state, rectified_unacknowledged);
  EXPECT_EQ(story(), (Story{"not_found_again"}));
  take(change(AlertNews::raised, 1, 20min));  // found late
  EXPECT_EQ(book.records().size(), 1U);
  EXPECT_EQ(only().state, active_unacknowledged);
  EXPECT_EQ(story(), (Story{"not_found_again", "resumed"}));
}

TEST_F(Book, what_nobody_reads_is_closed_after_a_day_and_warnings_may_become_alarms) {
  AlertBookConfig config;
  config.escalate_after = 5min;
  book = AlertBook(config);
  take(change(AlertNews::raised, 12, 0s));
  book.tick(start + 5min, update);
  EXPECT_EQ(only().priority, Priority::alarm);
  take(change(AlertNews::rectified, 12, 6min));
  book.tick(start + 25h, update);
  EXPECT_EQ(only().state, ended);
  EXPECT_EQ(story(), (Story{"raised", "escalated", "rectified", "unread"}));
}

TEST_F(Book, memory_is_bounded_by_what_is_closed) {
  AlertBookConfig config;
  config.ended_most = 10;
  book = AlertBook(config);
  for (std::uint32_t i = 1; i <= 50; ++i) {
    take(change(AlertNews::raised, i, 0s, 257'000'000 + i));
    ASSERT_TRUE(book.order({AlertId(i), AlertAction::acknowledge, "Anna", "", "", 0s}, start, update));
    take(change(AlertNews::rectified, i, 1min, 257'000'000 + i));
  }
  EXPECT_EQ(book.records().size(), 10U);
  EXPECT_EQ(book.records().rbegin()->first, AlertId(50));
}

}  // namespace
}  // namespace headland::rules
