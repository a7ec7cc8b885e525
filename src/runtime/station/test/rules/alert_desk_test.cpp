// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/alert_desk.hpp"

#include <filesystem>
#include <fstream>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "runtime/station/output/alert_poster.hpp"
#include "runtime/station/rules/rules_lane.hpp"
#include "runtime/station/test/rules/one_ship.hpp"

namespace headland::station {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Steps = std::vector<std::string>;

const Timestamp start = from_epoch_seconds(1'767'225'600.0);
constexpr const char* fast = "[[rule]]\nname = \"fast\"\nkind = \"speed\"\nabove_kn = 5\n";

// Notes when it is written to; fails when told to.
class NotingStore final : public store::AlertStore {
 public:
  NotingStore(Steps& steps, const bool& is_full) : steps_(steps), is_full_(is_full) {}
  Expected<void> write(const std::vector<AlertRecord>& records, const std::vector<AlertEntry>& entries,
                       const std::vector<store::OutboxMessage>& messages) override {
    if (is_full_) return fail(ErrorCode::io, "disk full");
    steps_.push_back("store " + std::to_string(records.size()) + " " + std::to_string(entries.size()) + " " +
                     std::to_string(messages.size()));
    return {};
  }
  Expected<store::AlertStored> load(std::size_t) override { return store::AlertStored{{}, AlertId(6)}; }
  Expected<std::vector<AlertEntry>> entries_of(AlertId) override { return std::vector<AlertEntry>(); }
  Expected<std::vector<AlertEntry>> entries(Timestamp, Timestamp) override { return std::vector<AlertEntry>(); }
  Expected<std::vector<AlertRecord>> records(Timestamp, Timestamp) override { return std::vector<AlertRecord>(); }
  Expected<std::vector<store::OutboxMessage>> waiting(const std::string&, std::size_t) override {
    return std::vector<store::OutboxMessage>();
  }
  Expected<void> sent(std::int64_t) override { return {}; }
  [[nodiscard]] std::uint64_t waiting_count(const std::string&) override { return 0; }
  [[nodiscard]] std::uint64_t outbox_dropped() const override { return 0; }
  Expected<void> prune(Timestamp) override { return {}; }
  [[nodiscard]] std::vector<std::string> take_messages() override { return {}; }

 private:
  Steps& steps_;
  const bool& is_full_;
};

Picture picture(Duration at, double speed_mps = 9.0) {
  return picture_of_one_ship(start + at, MetresPerSecond(speed_mps));
}

class Desk : public testing::Test {
 protected:
  Desk() : file_(std::filesystem::temp_directory_path() / ("headland-desk-" + std::to_string(::getpid()) + ".toml")) {
    write(fast);
    auto opened = AlertDesk::open({file_.string(), {}, std::make_unique<NotingStore>(steps_, is_full_)}, health_);
    EXPECT_TRUE(opened);
    desk_ = std::move(*opened);
    DeskHooks hooks;
    hooks.show = [this](const std::vector<AlertRecord>& alerts, bool whole) {
      steps_.push_back(std::string(whole ? "show all " : "show ") + std::to_string(alerts.size()));
      for (const auto& a : alerts) last_ = a;
    };
    hooks.record = [this](Timestamp, const std::string& json, bool by_operator) {
      if (by_operator) ordered_.push_back(json);
    };
    hooks.answers = [this](const std::string& sentences) { answers_.push_back(sentences); };
    desk_->begin(std::move(hooks), start);
    steps_.clear();
  }
  ~Desk() override { std::filesystem::remove(file_); }
  void write(const std::string& text) { std::ofstream(file_, std::ios::trunc) << text; }
  void look_until_raised() {
    for (; second_ < 120 && last_.id == AlertId(); ++second_) look(second_);
    ASSERT_EQ(last_.id, AlertId(7)) << "no alert";
  }
  void look(int second, double speed_mps = 9.0) {
    desk_->look(picture(std::chrono::seconds(second), speed_mps), nullptr);
  }
  std::string reason_of(const std::string& component) const {
    for (const auto& c : health_.components()) {
      if (c.component == component && c.state != health::State::green) return c.reason;
    }
    return "";
  }

  std::filesystem::path file_;
  health::Health health_;
  Steps steps_, ordered_, raised_, answers_;
  bool is_full_ = false;
  int second_ = 0;
  AlertRecord last_;
  std::unique_ptr<AlertDesk> desk_;
};

TEST_F(Desk, an_alert_is_stored_before_it_is_shown_and_numbers_go_on) {
  look_until_raised();
  EXPECT_THAT(steps_, ElementsAre("store 1 1 0", "show 1"));
  EXPECT_EQ(last_.rule, "fast");
  EXPECT_EQ(desk_->status().by_rule.at("fast"), 1U);
}

TEST_F(Desk, where_the_disk_is_full_alerts_are_shown_all_the_same_said_so_and_stored_later) {
  is_full_ = true;
  look_until_raised();
  EXPECT_THAT(steps_, ElementsAre("show 1"));
  EXPECT_THAT(reason_of("alerts"), HasSubstr("disk full"));
  EXPECT_EQ(desk_->order({AlertId(7), AlertAction::acknowledge, "Anna", "", "", {}}), "");
  is_full_ = false;
  steps_.clear();
  look(second_ + 1);
  EXPECT_EQ(steps_.at(0), "store 1 2 0");
  EXPECT_EQ(reason_of("alerts"), "");
}

TEST_F(Desk, what_operators_order_is_stored_recorded_and_shown) {
  look_until_raised();
  steps_.clear();
  EXPECT_EQ(desk_->order({AlertId(7), AlertAction::acknowledge, "Anna", "called", "", {}}), "");
  EXPECT_THAT(steps_, ElementsAre("store 1 1 0", "show 1"));
  EXPECT_EQ(last_.by, "Anna");
  ASSERT_EQ(ordered_.size(), 1U);
  EXPECT_THAT(ordered_[0], HasSubstr("acknowledge"));
  EXPECT_THAT(desk_->order({AlertId(70), AlertAction::acknowledge, "Anna", "", "", {}}), HasSubstr("no such alert"));
  EXPECT_EQ(desk_->status().orders_refused, 1U);
}

TEST_F(Desk, a_bridge_acknowledges_by_sentence_and_is_told_what_cannot_be) {
  look_until_raised();
  const auto command = [this](const char* body) { desk_->command(*nmea::parse_alert_command(body), "bridge"); };
  command("INACN,,,10001,8,A,C");  // there is none
  ASSERT_EQ(answers_.size(), 1U);
  EXPECT_THAT(answers_[0], HasSubstr("ARC,"));
  EXPECT_EQ(last_.state, AlertState::active_unacknowledged);
  steps_.clear();
  command("INACN,,,10001,9,A,C");
  EXPECT_THAT(steps_, testing::IsEmpty()) << "an answer is no business of the store";
  command("INACN,,,192,7,A,C");  // another system's
  command("INACK,008");
  EXPECT_EQ(answers_.size(), 2U);
  command("INACN,,,10001,7,A,C");
  EXPECT_EQ(last_.state, AlertState::active_acknowledged);
  EXPECT_EQ(last_.by, "bridge");
  ASSERT_EQ(ordered_.size(), 1U);  // in the journal
  EXPECT_EQ(answers_.size(), 2U);  // told as every change is
  command("INACN,,,10001,7,A,C");  // once more: no refusal, but told again
  ASSERT_EQ(answers_.size(), 3U);
  EXPECT_THAT(answers_[2], HasSubstr("ALF,"));
  command("INACN,,,10001,7,S,C");  // what is acknowledged makes no noise
  ASSERT_EQ(answers_.size(), 4U);
  EXPECT_THAT(answers_[3], HasSubstr("ARC,"));
  command("INACN,,,10001,7,O,C");
  EXPECT_EQ(last_.state, AlertState::active_transferred);
  EXPECT_EQ(last_.handed_to, "bridge");
}

TEST_F(Desk, rules_with_mistakes_change_nothing_and_new_ones_keep_the_alert) {
  look_until_raised();
  write("[[rule]]\nname = \"fast\"\nkind = \"sinking\"\n");
  EXPECT_THAT(desk_->reload("Anna"), HasSubstr("there is no kind of rule 'sinking'"));
  EXPECT_THAT(reason_of("rules"), HasSubstr("of before stay"));
  EXPECT_EQ(desk_->rules().rules.size(), 1U);
  write(std::string(fast) + "[[rule]]\nname = \"faster\"\nkind = \"speed\"\nabove_kn = 90\n");
  EXPECT_EQ(desk_->reload("Anna"), "");
  EXPECT_EQ(reason_of("rules"), "");
  EXPECT_EQ(desk_->rules().rules.size(), 2U);
  EXPECT_EQ(ordered_.size(), 2U);  // both are in the journal
  for (int s = 130; s < 300; ++s) look(s);
  EXPECT_EQ(desk_->book().records().size(), 1U);
}

TEST_F(Desk, what_the_rules_remember_lasts_over_a_restart) {
  const std::string slow = "[[rule]]\nname = \"stopped\"\nkind = \"stopped\"\nfor_min = 2\n";
  write(slow);
  const std::string state = file_.string() + ".state";
  std::filesystem::remove(state);
  const auto open = [&] {
    DeskConfig config{file_.string(), {}, std::make_unique<NotingStore>(steps_, is_full_)};
    config.state_file = state;
    config.state_every = std::chrono::seconds(10);
    auto opened = AlertDesk::open(std::move(config), health_);
    EXPECT_TRUE(opened);
    desk_ = std::move(*opened);
    DeskHooks hooks;
    hooks.show = [this](const std::vector<AlertRecord>& alerts, bool) {
      for (const auto& a : alerts) raised_.push_back(a.rule);
    };
    desk_->begin(std::move(hooks), start);
  };
  open();
  for (int s = 0; s <= 95; ++s) look(s, 0.0);
  open();  // killed: nothing was said to the one before; its last state is of second 90
  for (int s = 100; s < 120; ++s) look(s, 0.0);
  EXPECT_THAT(raised_, testing::IsEmpty());
  look(120, 0.0);
  EXPECT_THAT(raised_, ElementsAre("stopped"));  // two minutes after second 0
  // Without the state it would have begun anew.
  std::filesystem::remove(state);
  open();
  raised_.clear();
  for (int s = 130; s < 240; ++s) look(s, 0.0);
  EXPECT_THAT(raised_, testing::IsEmpty());
  // A file that is damaged is no state, and no fault.
  std::ofstream(state, std::ios::binary) << "damaged";
  open();
  std::filesystem::remove(state);
}

TEST_F(Desk, a_lane_looks_at_pictures_and_answers_orders) {
  RulesLane lane(std::move(desk_), RulesPace::every_picture, health_);
  for (int s = 0; s < 120; ++s) {
    lane.take(std::make_shared<const Picture>(picture(std::chrono::seconds(s))),
              LocalFrame(GeoPosition::from_degrees(10, 20)));
  }
  std::promise<std::string> answer;
  ASSERT_TRUE(lane.order({AlertId(99), AlertAction::acknowledge, "Anna", "", "", {}},
                         [&answer](const std::string& fault) { answer.set_value(fault); }));
  EXPECT_THAT(answer.get_future().get(), HasSubstr("no such alert"));
  lane.stop();
  EXPECT_EQ(lane.desk().book().records().size(), 1U);
  EXPECT_EQ(lane.queue_stats()[0].dropped, 0U);
  EXPECT_FALSE(lane.reload("Anna", {}));
}

TEST(AlertMessages, each_output_gets_what_it_wants) {
  config::AlertOutputSection hook;
  hook.name = "hook";
  config::AlertOutputSection mail;
  mail.name = "mail";
  mail.kind = "email";
  mail.priority_min = "alarm";
  mail.changes = "all";
  rules::AlertUpdate update;
  AlertRecord warning;
  warning.id = AlertId(1);
  warning.priority = Priority::warning;
  warning.text = "FOSEN drifts";
  AlertRecord alarm = warning;
  alarm.id = AlertId(2);
  alarm.priority = Priority::alarm;
  update.changed = {{warning.id, warning}, {alarm.id, alarm}};
  update.entries = {{warning.id, start, "raised", "station", ""},
                    {alarm.id, start, "raised", "station", ""},
                    {alarm.id, start, "acknowledge", "Anna", "seen"}};
  std::vector<std::string> outputs;
  const auto messages = messages_of(update, {hook, mail}, "Cape");
  for (const auto& m : messages) outputs.push_back(m.output);
  EXPECT_THAT(outputs, ElementsAre("hook", "hook", "mail", "mail"));
  EXPECT_EQ(messages[0].subject, "warning: FOSEN drifts (raised)");
  EXPECT_THAT(messages[0].body, HasSubstr("\"station\":\"Cape\""));
  EXPECT_THAT(messages[3].body, HasSubstr("acknowledge by Anna"));
}

}  // namespace
}  // namespace headland::station
