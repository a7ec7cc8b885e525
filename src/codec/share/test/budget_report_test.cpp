// SPDX-License-Identifier: Apache-2.0
#include "codec/share/alerts/budget_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace headland::share::test {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;
const Timestamp midnight = from_epoch_seconds(1'767'225'600.0);

std::vector<rules::WatchBudget> two_watches() {
  rules::WatchBudget first{midnight, midnight + 4h, {}};
  first.budget.hours = 4.0;
  first.budget.raised = 32;
  first.budget.most_in_10_min = 12;
  first.budget.flood_min = 10;
  rules::RuleBudget rule;
  rule.rule = "collision";
  rule.raised = 32;
  rule.acknowledged = 8;
  rule.hasty = 5;
  rule.advice = "move it";
  first.budget.rules = {rule};
  first.budget.operators = {{"Anna", 8, 1, 0, 5, 42.0}};
  first.budget.chattering = {{AlertId(7), "collision", "NORD 100 % too near", 4, 0.0}};
  first.budget.standing = {{AlertId(3), "stopped", "SUND lies stopped", 0, 30.0}};
  return {first, {midnight + 4h, midnight + 8h, {}}};
}

TEST(BudgetReport, tells_watch_by_watch_what_is_to_be_done) {
  const std::string text = watches_text(two_watches());
  for (const char* part : {"Watch 2026-01-01 00:00:00 UTC to 2026-01-01 04:00:00 UTC",
                           "32 alerts, 8.0 an hour; 8.0 an hour and operator (MORE than 6)", "10 min of flood",
                           "by Anna: 8 acknowledged (42 s after they were raised, 5 of them within 3 s), 1 shelved",
                           "comes and goes: alert 7 (collision), told 4 times: NORD 100 % too near",
                           "stands for 30 h: alert 3 (stopped): SUND lies stopped", "to do: collision: move it",
                           "to 2026-01-01 08:00:00 UTC\n  no alerts\n"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(BudgetReport, says_the_same_to_programs) {
  const auto json = nlohmann::json::parse(watches_json(two_watches()));
  ASSERT_EQ(json.at("watches").size(), 2U);
  const auto& first = json.at("watches")[0];
  EXPECT_EQ(first.at("to_s").get<double>() - first.at("from_s").get<double>(), 14'400.0);
  EXPECT_EQ(first.at("an_hour_and_operator"), 8.0);
  EXPECT_EQ(first.at("standing"), 1);
  EXPECT_EQ(first.at("rules")[0].at("hasty"), 5);
  EXPECT_EQ(first.at("operators")[0].at("who"), "Anna");
  EXPECT_EQ(first.at("chattering")[0].at("times"), 4);
  EXPECT_EQ(first.at("standing_alerts")[0].at("hours"), 30.0);
}

}  // namespace
}  // namespace headland::share::test
