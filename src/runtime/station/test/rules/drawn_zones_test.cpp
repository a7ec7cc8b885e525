// SPDX-License-Identifier: Apache-2.0
// What operators draw: kept, journaled, in force without a restart, told over HTTP.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "io/web/test/raw_client.hpp"
#include "runtime/station/output/publisher.hpp"
#include "runtime/station/rules/alert_desk.hpp"
#include "runtime/station/rules/zone_file.hpp"
#include "runtime/station/test/rules/one_ship.hpp"

namespace headland::station {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Timestamp start = from_epoch_seconds(1'767'225'600.0);

rules::DrawnZone square(const std::string& name) {
  const auto p = [](double lat, double lon) { return GeoPosition::from_degrees(lat, lon); };
  rules::DrawnZone out;
  out.zone.name = name;
  out.zone.parts = {{p(9.9, 19.9), p(9.9, 20.1), p(10.1, 20.1), p(10.1, 19.9)}};
  out.watches = {{rules::ZoneTell::entry, 0.0}};
  return out;
}
rules::ZoneOrder save(rules::DrawnZone zone) { return {rules::ZoneAction::save, std::move(zone), "Anna", "exercise"}; }

Picture ship_within(int second) {
  return picture_of_one_ship(start + std::chrono::seconds(second), MetresPerSecond(0.0));
}

class DrawnOnADesk : public testing::Test {
 protected:
  DrawnOnADesk() : folder_(fs::temp_directory_path() / ("headland-drawn-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("[[rule]]\nname = \"cables\"\nkind = \"cable\"\n");
    open();
  }
  ~DrawnOnADesk() override { fs::remove_all(folder_); }
  void write(const std::string& text) { std::ofstream(folder_ / "rules.toml", std::ios::trunc) << text; }
  void open() {
    DeskConfig config{(folder_ / "rules.toml").string(), {}, nullptr};
    config.zone_folder = folder_.string();
    config.must_start = must_start_;
    auto opened = AlertDesk::open(std::move(config), health_);
    ASSERT_TRUE(opened) << opened.error().detail;
    desk_ = std::move(*opened);
    DeskHooks hooks;
    hooks.show = [this](const std::vector<AlertRecord>& alerts, bool) {
      for (const auto& a : alerts) raised_.push_back(a.rule + ": " + (a.zones.empty() ? "" : a.zones[0]));
    };
    hooks.record = [this](Timestamp, const std::string& json, bool by_operator) {
      if (by_operator) ordered_.push_back(json);
    };
    hooks.zones_drawn = [this](const rules::DrawnZones& drawn, const rules::RuleSet&) { shown_ = drawn.zones.size(); };
    desk_->begin(std::move(hooks), start);
  }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& d : desk_->drawn().zones) out.push_back(d.zone.name);
    return out;
  }

  // What health says of the zones; empty: nothing, or green.
  std::string trouble() const {
    for (const auto& c : health_.components()) {
      if (c.component == "zones" && c.state == health::State::red) return c.reason;
    }
    return {};
  }

  fs::path folder_;
  bool must_start_ = true;
  health::Health health_;
  std::unique_ptr<AlertDesk> desk_;
  std::vector<std::string> raised_, ordered_;
  std::size_t shown_ = 99;
};

TEST_F(DrawnOnADesk, is_watched_at_once_journaled_shown_and_there_after_a_restart) {
  desk_->look(ship_within(0), nullptr);
  EXPECT_THAT(raised_, IsEmpty());
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  EXPECT_EQ(shown_, 1U);
  desk_->look(ship_within(1), nullptr);
  EXPECT_THAT(raised_, ElementsAre("entry (drawn): Reef"));
  ASSERT_EQ(ordered_.size(), 1U);
  const auto note = nlohmann::json::parse(ordered_[0]);
  EXPECT_EQ(note["who"].get<std::string>() + note["why"].get<std::string>(), "Annaexercise");
  EXPECT_EQ(note["feature"]["properties"]["name"], "Reef");
  open();
  EXPECT_THAT(names(), ElementsAre("Reef"));
  EXPECT_EQ(shown_, 1U);
  EXPECT_EQ(desk_->drawn().zones[0].who, "Anna");
}

TEST_F(DrawnOnADesk, every_version_is_kept_and_one_that_failed_is_not_in_force) {
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  EXPECT_EQ(desk_->order(save(square("Bank"))), "");
  rules::ZoneOrder gone{rules::ZoneAction::remove, desk_->drawn().zones[0], "Bo", "over"};
  EXPECT_EQ(desk_->order(gone), "");
  const auto versions = ZoneFile(folder_).versions();
  ASSERT_EQ(versions.size(), 3U);
  EXPECT_EQ(versions[0].what + " " + versions[0].name + " " + versions[0].why, "deleted Reef over");
  EXPECT_EQ(versions[1].zones.size(), 2U);
  // Where the folder of versions cannot be written nothing changes.
  fs::remove_all(folder_ / "zones");
  std::ofstream(folder_ / "zones") << "in the way";
  EXPECT_THAT(desk_->order(save(square("Shoal"))), HasSubstr("not in force"));
  EXPECT_THAT(names(), ElementsAre("Bank"));
  EXPECT_EQ(desk_->rules().zones.size(), 1U);
}

TEST_F(DrawnOnADesk, a_version_that_was_copied_back_goes_on_behind_the_newest) {
  for (const char* name : {"Reef", "Bank", "Shoal"}) EXPECT_EQ(desk_->order(save(square(name))), "");
  fs::copy_file(folder_ / "zones" / "1.geojson", folder_ / "zones.geojson", fs::copy_options::overwrite_existing);
  open();
  EXPECT_THAT(names(), ElementsAre("Reef"));
  EXPECT_EQ(desk_->order(save(square("Rock"))), "");
  EXPECT_EQ(desk_->drawn().version, 4U);
  EXPECT_EQ(desk_->drawn().zones.back().number, 4U);  // those of before are given to nobody else
  const auto versions = ZoneFile(folder_).versions();
  ASSERT_EQ(versions.size(), 4U);
  EXPECT_EQ(versions[1].name, "Shoal");
}

TEST_F(DrawnOnADesk, zones_of_a_file_need_numbers_of_their_own) {
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  std::stringstream text;
  text << std::ifstream(folder_ / "zones.geojson").rdbuf();
  for (const char* number : {"0", "4294967295"}) {
    std::string changed = text.str();
    const auto at = changed.find("\"id\": 1");
    ASSERT_NE(at, std::string::npos) << changed;
    changed.replace(at, 7, std::string("\"id\": ") + number);
    std::ofstream(folder_ / "zones.geojson", std::ios::trunc) << changed;
    const auto loaded = ZoneFile(folder_).load();
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().detail, HasSubstr("number of its own"));
  }
}

TEST_F(DrawnOnADesk, what_cannot_be_is_refused_and_leaves_no_trace) {
  auto bow = square("Bow");
  std::swap(bow.zone.parts[0][1], bow.zone.parts[0][2]);
  EXPECT_THAT(desk_->order(save(bow)), HasSubstr("crosses itself"));
  EXPECT_FALSE(fs::exists(folder_ / "zones.geojson"));
  EXPECT_THAT(ordered_, IsEmpty());
  EXPECT_EQ(desk_->status().orders_refused, 1U);
}

TEST_F(DrawnOnADesk, rules_of_the_file_may_name_it_and_then_it_stays) {
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  write(
      "[[zone]]\nname = \"Port\"\npoints = [[1.0, 2.0], [1.0, 3.0], [2.0, 3.0]]\n"
      "[[rule]]\nname = \"reef\"\nkind = \"dwell\"\nzones = [\"Reef\"]\nlongest_min = 1\n");
  EXPECT_EQ(desk_->reload("Anna"), "");
  auto other = desk_->drawn().zones[0];
  rules::ZoneOrder gone{rules::ZoneAction::remove, other, "Bo", "over"};
  EXPECT_THAT(desk_->order(gone), HasSubstr("named in the rules file by 'reef'"));
  other.zone.name = "Rock";
  EXPECT_THAT(desk_->order(save(other)), HasSubstr("named in the rules file by 'reef'"));
  other.zone.name = "Reef";
  other.watches.clear();
  EXPECT_EQ(desk_->order(save(other)), "");
  EXPECT_THAT(desk_->order(save(square("Port"))), HasSubstr("the rules file has a zone 'Port'"));
  // Numbers of the file's zones change, memory goes on: names are what counts.
  for (int s = 0; s < 70; ++s) desk_->look(ship_within(s), nullptr);
  EXPECT_THAT(raised_, ElementsAre("reef: Reef"));
}

TEST_F(DrawnOnADesk, a_rules_file_that_was_edited_comes_into_force_by_loading_alone) {
  write("[[rule]]\nname = \"broken");
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  EXPECT_EQ(desk_->rules().rules.at(0).name, "cables");
  write(
      "[[zone]]\nname = \"Reef\"\npoints = [[1.0, 2.0], [1.0, 3.0], [2.0, "
      "3.0]]\n[[rule]]\nname=\"a\"\nkind=\"cable\"\n");
  EXPECT_THAT(desk_->reload("Anna"), HasSubstr("zone 'Reef' is also drawn on the page"));
}

TEST_F(DrawnOnADesk, a_geojson_file_of_the_rules_that_was_edited_does_so_too) {
  const auto polygon = [](double east) {
    return fmt::format(R"({{"type":"Polygon","coordinates":[[[1,1],[{0},1],[{0},2],[1,1]]]}})", east);
  };
  const auto east_deg = [&] { return desk_->rules().zones.at(0).parts.at(0).at(1).longitude_deg(); };
  std::ofstream(folder_ / "port.geojson") << polygon(2.0);
  write(
      "[[zone]]\nname = \"Port\"\ngeojson = "
      "\"port.geojson\"\n[[rule]]\nname=\"a\"\nkind=\"entry\"\nzones=[\"Port\"]\n");
  EXPECT_EQ(desk_->reload("Anna"), "");
  std::ofstream(folder_ / "port.geojson", std::ios::trunc) << "half a fi";
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  EXPECT_NEAR(east_deg(), 2.0, 1e-9);
  std::ofstream(folder_ / "port.geojson", std::ios::trunc) << polygon(3.0);
  EXPECT_EQ(desk_->order(save(square("Bank"))), "");
  EXPECT_NEAR(east_deg(), 2.0, 1e-9);
  EXPECT_EQ(desk_->reload("Anna"), "");
  EXPECT_NEAR(east_deg(), 3.0, 1e-9);
}

TEST_F(DrawnOnADesk, a_damaged_file_is_never_taken_for_nothing_drawn) {
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  std::ofstream(folder_ / "zones.geojson", std::ios::trunc) << "{";
  const auto read = ZoneFile(folder_).load();
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::configuration);
  EXPECT_THAT(read.error().detail, HasSubstr("copy a version"));
  fs::copy_file(folder_ / "zones/1.geojson", folder_ / "zones.geojson", fs::copy_options::overwrite_existing);
  ASSERT_TRUE(ZoneFile(folder_).load());
}

// A station on a lonely headland must see, whatever became of one file of it.
TEST_F(DrawnOnADesk, a_damaged_file_does_not_keep_the_station_from_starting) {
  for (const char* name : {"Reef", "Bank"}) EXPECT_EQ(desk_->order(save(square(name))), "");
  std::ofstream(folder_ / "zones.geojson", std::ios::trunc) << "{";
  open();
  EXPECT_THAT(names(), ElementsAre("Reef", "Bank"));
  EXPECT_THAT(trouble(), HasSubstr("version 2 is in force"));
  // The newest version that can be read.
  std::ofstream(folder_ / "zones" / "2.geojson", std::ios::trunc) << "{";
  open();
  EXPECT_THAT(names(), ElementsAre("Reef"));
  EXPECT_THAT(trouble(), HasSubstr("version 1 is in force"));
  // Drawing goes on behind all versions that there were, and mends it.
  EXPECT_EQ(desk_->order(save(square("Rock"))), "");
  EXPECT_EQ(desk_->drawn().version, 3U);
  EXPECT_EQ(desk_->drawn().zones.back().number, 3U);  // that of the lost Bank is given to nobody else
  EXPECT_EQ(trouble(), "");
  EXPECT_TRUE(fs::exists(folder_ / "zones.geojson.damaged"));
  open();
  EXPECT_THAT(names(), ElementsAre("Reef", "Rock"));
}

TEST_F(DrawnOnADesk, nor_does_a_rule_that_names_a_zone_which_is_lost_with_it) {
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  write("[[rule]]\nname = \"reef\"\nkind = \"entry\"\nzones = [\"Reef\"]\n");
  open();
  const std::size_t rules = desk_->rules().rules.size();
  std::ofstream(folder_ / "zones.geojson", std::ios::trunc) << "{";
  fs::remove_all(folder_ / "zones");
  open();
  EXPECT_THAT(trouble(), HasSubstr("no zone 'Reef'"));
  EXPECT_TRUE(desk_->rules().rules.empty());
  EXPECT_THAT(desk_->order(save(square("Bank"))), HasSubstr("no zone 'Reef'"));
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  EXPECT_EQ(desk_->rules().rules.size(), rules);
  EXPECT_EQ(trouble(), "");
  std::ofstream(folder_ / "zones.geojson", std::ios::trunc) << "{";
  fs::remove_all(folder_ / "zones");
  // What is read for a replay is not another thing without a word.
  DeskConfig config{(folder_ / "rules.toml").string(), {}, nullptr};
  config.zone_folder = folder_.string();
  EXPECT_FALSE(AlertDesk::open(std::move(config), health_));
}

TEST_F(DrawnOnADesk, with_no_version_left_a_damaged_file_is_told_in_red) {
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  std::ofstream(folder_ / "zones.geojson", std::ios::trunc) << "{";
  fs::remove_all(folder_ / "zones");
  open();
  EXPECT_THAT(names(), IsEmpty());
  EXPECT_THAT(trouble(), HasSubstr("no zone that was drawn is in force"));
}

TEST_F(DrawnOnADesk, pages_read_what_is_drawn_and_its_versions) {
  PublisherConfig config;
  config.web.port = 0;
  health::Metrics metrics;
  Publisher publisher(config, health_, metrics);
  publisher.set_drawn_folder(folder_);
  const auto port = publisher.start();
  ASSERT_TRUE(port);
  const auto get = [&](const std::string& path) {
    web::test::RawClient client(*port);
    return client.get(path);
  };
  const auto status = [&](const std::string& path) { return get(path).substr(9, 3); };
  const auto json = [&](const std::string& path) {
    const auto answer = get(path);
    return nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  };
  EXPECT_EQ(status("/api/v1/zones"), "204");
  EXPECT_EQ(desk_->order(save(square("Reef"))), "");
  publisher.show_drawn(desk_->drawn(), desk_->rules());
  const auto drawn = json("/api/v1/zones");
  EXPECT_EQ(drawn["features"][0]["properties"]["watched_by"].dump(), "[\"entry (drawn)\"]");
  const auto versions = json("/api/v1/zones/versions");
  EXPECT_EQ(versions["versions"][0]["who"], "Anna");
  EXPECT_EQ(status("/api/v1/zones/versions?version=1"), "200");
  EXPECT_EQ(status("/api/v1/zones/versions?version=2"), "404");
  EXPECT_EQ(status("/api/v1/zones/versions?version=..%2Fzones"), "400");
}

}  // namespace
}  // namespace headland::station
