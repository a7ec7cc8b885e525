// SPDX-License-Identifier: Apache-2.0
// Rules tried on a history, by the verb and beside a running station.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/geo/tangent.hpp"
#include "io/store/history_store.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/health/health.hpp"
#include "runtime/station/trial/trial_desk.hpp"

namespace headland::station {
namespace {

const GeoPosition middle = GeoPosition::from_degrees(50.0, -1.0);
Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

constexpr const char* collision_rules = R"(
[[rule]]
name = "close"
kind = "cpa"
distance_nmi = 0.3
time_min = 6
)";

store::TrackRow row(std::uint32_t id, double s, double east_m, double north_m, double east_mps) {
  store::TrackRow r;
  r.id = SystemTrackId(id);
  r.point = {at(s), moved(tangent_at(middle), {Metres(east_m), Metres(north_m)}), MetresPerSecond(std::abs(east_mps)),
             Bearing::from_degrees(east_mps > 0.0 ? 90.0 : 270.0)};
  r.stage = TrackStage::confirmed;
  r.ais = true;
  r.existence = 1.0;
  r.mmsi = Mmsi(201'000'000 + id);
  r.ais_received = at(s);
  r.heading = r.point.course;
  r.navigation_status = 0;
  return r;
}

class RulesTrial : public ::testing::Test {
 protected:
  RulesTrial() { std::filesystem::create_directories(folder_); }
  ~RulesTrial() override { std::filesystem::remove_all(folder_); }

  // Two ships meet head-on twenty minutes after the beginning; a third adrift, broadside on, far off.
  void write_history() {
    store::StoreConfig config;
    config.file = folder_ / "history.sqlite";
    auto opened = store::open_sqlite_store(config);
    ASSERT_TRUE(opened) << opened.error().detail;
    store::StoreBatch batch;
    for (int s = 0; s < 1800; ++s) {
      const double moved_m = 7.0 * (s - 1200);
      batch.tracks.push_back(row(1, s, moved_m, 0.0, 7.0));
      batch.tracks.push_back(row(2, s, -moved_m, 50.0, -7.0));
      auto adrift = row(3, s, 1.0 * s, 20'000.0, 1.0);
      adrift.heading = Bearing::from_degrees(0.0);
      batch.tracks.push_back(adrift);
    }
    for (std::uint32_t id = 1; id <= 3; ++id) {
      VesselParticulars v;
      v.mmsi = Mmsi(201'000'000 + id);
      v.received = at(0);
      v.ship_type = 70;
      v.to_bow_m = 100;
      v.to_stern_m = 50;
      batch.particulars.push_back(v);
    }
    ASSERT_TRUE((*opened)->write(batch));
  }
  static rules::RuleSet rules_of(const std::string& toml) {
    auto set = config::parse_rules(toml, "test");
    EXPECT_TRUE(set);
    return set ? *set : rules::RuleSet{};
  }
  static nlohmann::json wait_for(TrialDesk& desk) {
    for (int i = 0; i < 6000; ++i) {
      auto state = nlohmann::json::parse(desk.state_json());
      if (state["state"] != "running") return state;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return {};
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("headland-trial-" + std::to_string(getpid()));
  health::Health health_;
};

TEST_F(RulesTrial, tells_what_rules_would_have_raised_on_a_history_and_what_others_would) {
  write_history();
  RulesTestOptions options;
  options.rules = rules_of(std::string(collision_rules) + "[[rule]]\nname = \"adrift\"\nkind = \"drift\"\n");
  options.beside = rules_of(collision_rules);
  options.files = {(folder_ / "history.sqlite").string()};
  const auto result = test_rules(options);
  ASSERT_TRUE(result) << result.error().detail;
  EXPECT_EQ(result->most_vessels, 3U);
  EXPECT_NEAR(result->duration_s, 1799.0, 1.0);
  ASSERT_EQ(result->alerts.size(), 2U);
  EXPECT_EQ(result->beside.size(), 1U);
  // Head-on: four minutes before they meet, once it has held for half a minute; ten minutes after the heading was first
  // far off the course.
  const auto close =
      std::ranges::find(result->alerts, std::string("close"), [](const ToldAlert& t) { return t.raised.rule_name; });
  ASSERT_NE(close, result->alerts.end());
  EXPECT_NEAR(to_seconds(close->raised.raised - at(0)).value(), 1200.0 - 240.0 + 30.0, 5.0) << close->raised.text;
  const auto news = only_in(result->alerts, result->beside);
  ASSERT_EQ(news.size(), 1U);
  EXPECT_EQ(news[0]->raised.rule_name, "adrift");
  EXPECT_NEAR(to_seconds(news[0]->raised.raised - at(0)).value(), 600.0, 15.0);
  EXPECT_TRUE(only_in(result->beside, result->alerts).empty());
}

// Two vessels of a log, of which one never says how it moves.
TEST_F(RulesTrial, says_of_how_many_vessels_no_motion_was_sent) {
  std::string text;
  for (const double s : {0.0, 10.0, 20.0}) {
    for (const std::uint32_t id : {1U, 2U}) {
      VesselReport report;
      report.mmsi = Mmsi(201'000'000 + id);
      report.message_type = 1;
      report.position = middle;
      if (id == 2 && s > 5.0) {
        report.speed = MetresPerSecond(5.0);
        report.course = Bearing::from_degrees(90.0);
      }
      const auto payload = ais::encode(report);
      ASSERT_TRUE(payload);
      nmea::write_vdm(*payload, {}, text);
    }
  }
  const std::string file = (folder_ / "log.nmea").string();
  std::ofstream(file) << text;
  RulesTestOptions options;
  options.rules = rules_of(collision_rules);
  options.files = {file};
  const auto result = test_rules(options);
  ASSERT_TRUE(result) << result.error().detail;
  EXPECT_EQ(result->vessels, 2U);
  EXPECT_EQ(result->without_motion, 1U);
  EXPECT_NE(to_text(*result, options).find("1 of 2 vessels sent no speed and course"), std::string::npos);
}

TEST_F(RulesTrial, looks_at_the_last_hours_of_a_history_alone_where_that_is_asked_for) {
  write_history();
  RulesTestOptions options;
  options.rules = rules_of(collision_rules);
  options.files = {(folder_ / "history.sqlite").string()};
  options.last_h = 1.0 / 12.0;  // they have passed by then
  const auto result = test_rules(options);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->alerts.empty());
  EXPECT_NEAR(result->duration_s, 300.0, 1.0);
  options.files.push_back("another.pcap");
  EXPECT_FALSE(test_rules(options));
}

TEST_F(RulesTrial, beside_a_station_says_mistakes_and_ends_with_what_changes) {
  write_history();
  TrialDesk desk(folder_ / "history.sqlite", (folder_ / "rules.toml").string(), health_);
  EXPECT_EQ(nlohmann::json::parse(desk.state_json())["state"], "none");
  const auto in_force = rules_of("[[rule]]\nname = \"adrift\"\nkind = \"drift\"\n");
  EXPECT_NE(
      desk.begin("[[rule]]\nname = \"x\"\nkind = \"nothing\"\n", {}, 24.0, in_force).find("there is no kind of rule"),
      std::string::npos);
  EXPECT_NE(desk.begin(collision_rules, {}, -1.0, in_force).find("hours"), std::string::npos);
  const std::string outside = "[[zone]]\nname = \"z\"\nkind = \"area\"\ngeojson = \"/dev/zero\"\n";
  EXPECT_NE(desk.begin(outside + collision_rules, {}, 24.0, in_force).find("beside the rules"), std::string::npos);
  ASSERT_EQ(desk.begin(collision_rules, {}, 24.0, in_force), "");
  const auto state = wait_for(desk);
  ASSERT_EQ(state["state"], "done") << state.dump();
  EXPECT_EQ(state["raised"], 1);
  EXPECT_EQ(state["in_force"], 1);
  ASSERT_EQ(state["only_tried"].size(), 1U);
  EXPECT_EQ(state["only_tried"][0]["rule"], "close");
  EXPECT_EQ(state["only_in_force"][0]["rule"], "adrift");
  EXPECT_EQ(state["rules"].size(), 2U);
}

TEST_F(RulesTrial, of_no_history_fails_with_the_reason_and_the_next_may_begin) {
  TrialDesk desk(folder_ / "history.sqlite", "", health_);
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(desk.begin(collision_rules, {}, 24.0, {}), "");
    const auto state = wait_for(desk);
    EXPECT_EQ(state["state"], "failed");
    EXPECT_NE(state["fault"].get<std::string>().find("history.sqlite"), std::string::npos);
  }
}

TEST_F(RulesTrial, is_stopped_when_the_station_stops) {
  write_history();
  TrialDesk desk(folder_ / "history.sqlite", "", health_);
  ASSERT_EQ(desk.begin(collision_rules, {}, 24.0, {}), "");
  desk.stop();
  const auto state = nlohmann::json::parse(desk.state_json())["state"];
  EXPECT_TRUE(state == "stopped" || state == "done") << state;
}

}  // namespace
}  // namespace headland::station
