// SPDX-License-Identifier: Apache-2.0
#include "io/store/alert_store.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace headland::store {
namespace {

using namespace std::chrono_literals;
const Timestamp start = from_epoch_seconds(1'767'225'600.0);

AlertRecord full(std::uint32_t number) {
  AlertRecord r;
  r.id = AlertId(number);
  r.rule = "cable";
  r.priority = Priority::alarm;
  r.state = AlertState::shelved;
  r.since = start;
  r.raised = start + 1s;
  r.changed = start + 2s;
  r.rectified = start + 3s;
  r.subjects = {{SystemTrackId(5), Mmsi(257'000'001), "A  B"}, {SystemTrackId(6), Mmsi(), ""}};
  r.position = GeoPosition::from_degrees(63.5, -10.25);
  r.zones = {"North cable", "It's"};
  r.way = {GeoPosition::from_degrees(1.5, 2.5)};
  r.level = 3;
  r.text = "A B lies on the cable";
  r.by = "Anna";
  r.reason = "known";
  r.shelved_until = start + 1h;
  r.handed_to = "VTS";
  return r;
}

class Alerts : public ::testing::Test {
 protected:
  Alerts() {
    folder = std::filesystem::temp_directory_path() / ("headland-alerts-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    config.file = folder / "alerts.sqlite";
    open();
  }
  ~Alerts() override {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  void open() {
    store.reset();
    auto opened = open_alert_store(config);
    ASSERT_TRUE(opened) << opened.error().detail;
    store = std::move(*opened);
  }
  std::filesystem::path folder;
  AlertStoreConfig config;
  std::unique_ptr<AlertStore> store;
};

TEST_F(Alerts, come_back_as_they_were_after_the_store_was_closed) {
  ASSERT_TRUE(store->write({full(7)}, {{AlertId(7), start, "raised", "station", "text"}}, {}));
  open();
  const auto stored = store->load(10);
  ASSERT_TRUE(stored);
  ASSERT_EQ(stored->records.size(), 1U);
  const AlertRecord& r = stored->records[0];
  EXPECT_NEAR(r.position.latitude_deg(), 63.5, 1e-7);
  AlertRecord expected = full(7);
  ASSERT_EQ(r.way.size(), 1U);
  EXPECT_NEAR(r.way[0].longitude_deg(), 2.5, 1e-7);
  expected.position = r.position;  // kept to 1e-7 degrees
  expected.way = r.way;
  EXPECT_EQ(r, expected);
  EXPECT_EQ(stored->greatest, AlertId(7));
  const auto entries = store->entries_of(AlertId(7));
  ASSERT_TRUE(entries);
  EXPECT_EQ(*entries, (std::vector<AlertEntry>{{AlertId(7), start, "raised", "station", "text"}}));
  EXPECT_TRUE(store->entries(start + 1s, start + 2s)->empty());
  EXPECT_EQ(store->entries(start, start)->size(), 1U);
  EXPECT_EQ(store->records(start, start)->size(), 1U);
  // Nothing was done about it then, but it stood: since it was raised until it was over.
  EXPECT_TRUE(store->records(start + 500ms, start + 900ms)->empty());
  EXPECT_EQ(store->records(start + 2s, start + 2s)->size(), 1U);
}

TEST_F(Alerts, read_only_finds_what_is_there_and_makes_nothing) {
  ASSERT_TRUE(store->write({full(7)}, {{AlertId(7), start, "raised", "station", "text"}}, {}));
  AlertStoreConfig reading = config;
  reading.read_only = true;
  auto reader = open_alert_store(reading);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->records(start, start)->size(), 1U);
  EXPECT_FALSE((*reader)->write({full(8)}, {}, {}));
  reading.file = folder / "absent.sqlite";
  EXPECT_FALSE(open_alert_store(reading));
  EXPECT_FALSE(std::filesystem::exists(reading.file));
  std::ofstream(reading.file) << "no database";
  EXPECT_FALSE(open_alert_store(reading));
}

TEST_F(Alerts, closed_ones_are_given_back_up_to_a_number_and_their_numbers_stay_taken_when_pruned) {
  for (std::uint32_t i = 1; i <= 5; ++i) {
    AlertRecord r = full(i);
    r.state = AlertState::ended;
    r.changed = start + i * 1s;
    ASSERT_TRUE(store->write({r}, {{r.id, r.changed, "raised", "station", ""}}, {}));
  }
  const auto two = store->load(2);
  ASSERT_EQ(two->records.size(), 2U);
  EXPECT_EQ(two->records[0].id, AlertId(5));
  ASSERT_TRUE(store->prune(start + config.keep + 1h));
  const auto none = store->load(10);
  EXPECT_TRUE(none->records.empty());
  EXPECT_EQ(none->greatest, AlertId(5));
}

TEST_F(Alerts, messages_wait_until_they_are_sent_and_the_oldest_go_when_there_are_too_many) {
  config.outbox_most = 3;
  open();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(store->write({}, {}, {{0, "mail", "s", std::to_string(i)}}));
  EXPECT_EQ(store->outbox_dropped(), 1U);
  open();
  auto waiting = store->waiting("mail", 10);
  ASSERT_EQ(waiting->size(), 3U);
  EXPECT_EQ(waiting->front().body, "1");
  ASSERT_TRUE(store->sent(waiting->front().number));
  EXPECT_EQ(store->waiting_count("mail"), 2U);
  EXPECT_EQ(store->waiting_count("other"), 0U);
}

TEST_F(Alerts, a_damaged_file_is_moved_aside_and_a_new_one_begun) {
  store.reset();
  std::ofstream(config.file, std::ios::binary) << std::string(5000, 'x');
  open();
  EXPECT_TRUE(std::filesystem::exists(config.file.string() + ".damaged-1"));
  EXPECT_EQ(store->take_messages().size(), 1U);
  EXPECT_TRUE(store->write({full(1)}, {}, {}));
}

}  // namespace
}  // namespace headland::store
