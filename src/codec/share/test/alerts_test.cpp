// SPDX-License-Identifier: Apache-2.0
// Alerts to the page and what operators do about them.
#include "codec/share/alerts/alert_frames.hpp"
#include "codec/share/client_message.hpp"
#include "codec/share/test/golden_support.hpp"

namespace headland::share::test {
namespace {

AlertRecord acknowledged() {
  AlertRecord a;
  a.id = AlertId(7);
  a.rule = "collision";
  a.priority = Priority::warning;
  a.state = AlertState::active_acknowledged;
  a.since = from_epoch_seconds(1'767'225'590.25);
  a.raised = from_epoch_seconds(1'767'225'595.25);
  a.changed = golden_time();
  a.subjects = {{SystemTrackId(17), Mmsi(257'123'456), "SKAGEN"}, {SystemTrackId(21), Mmsi(), ""}};
  a.position = GeoPosition::from_degrees(63.44, 10.53);
  a.zones = {"Fairway"};
  a.text = "SKAGEN (257123456) and track 21 cross and will pass at 80 m in 3.5 min";
  a.by = "Anna";
  a.reason = "called on 16";
  return a;
}

AlertRecord shelved() {
  AlertRecord a = acknowledged();
  a.id = AlertId(8);
  a.rule = "false position";
  a.priority = Priority::caution;
  a.state = AlertState::shelved;
  a.rectified = from_epoch_seconds(1'767'225'599.25);
  a.subjects.clear();
  a.zones.clear();
  a.way = {GeoPosition::from_degrees(63.4, 10.5), GeoPosition::from_degrees(63.5, 10.6)};
  a.level = 2;
  a.text = "jump";
  a.reason = "known";
  a.shelved_until = from_epoch_seconds(1'767'227'400.25);
  a.handed_to = "VTS";
  return a;
}

TEST(Golden, alerts) {
  const AlertRecord alerts[] = {acknowledged(), shelved()};
  const auto ours = json_of(alerts_frame(alerts, true, golden_time()));
  EXPECT_EQ(ours, json_of(golden("alerts")));
}

TEST(Alerts, a_name_that_is_not_utf_8_is_sent_all_the_same) {
  AlertRecord a = acknowledged();
  a.subjects[0].name = "\xff\xfe";
  EXPECT_EQ(json_of(alerts_frame({&a, 1}, false, golden_time()))["alerts"].size(), 1U);
}

TEST(Alerts, an_order_is_read_with_who_why_and_how_long) {
  const auto message =
      parse_client_message(R"({"alert":{"id":7,"do":"shelve","who":"Anna","why":"tow at work","minutes":30}})");
  ASSERT_TRUE(message);
  const auto& order = std::get<rules::AlertOrder>(*message);
  EXPECT_EQ(order.alert, AlertId(7));
  EXPECT_EQ(order.action, AlertAction::shelve);
  EXPECT_EQ(order.who, "Anna");
  EXPECT_EQ(order.why, "tow at work");
  EXPECT_EQ(order.span, std::chrono::minutes(30));
}

TEST(Alerts, whoever_says_no_name_is_the_operator) {
  const auto message = parse_client_message(R"({"alert":{"id":7,"do":"acknowledge","who":""}})");
  EXPECT_EQ(std::get<rules::AlertOrder>(*message).who, "operator");
  EXPECT_EQ(std::get<ReloadRules>(*parse_client_message(R"({"rules":{"do":"reload"}})")).who, "operator");
}

TEST(Alerts, orders_that_make_no_sense_are_refused) {
  for (const char* text :
       {R"({"alert":7})", R"({"alert":{"id":0,"do":"acknowledge"}})", R"({"alert":{"id":7}})",
        R"({"alert":{"id":7,"do":"sink it"}})", R"({"alert":{"id":7,"do":3}})", R"({"alert":{"id":-7,"do":"shelve"}})",
        R"({"alert":{"id":7,"do":"shelve","minutes":-1}})", R"({"alert":{"id":7,"do":"shelve","minutes":"9"}})",
        R"({"alert":{"id":7,"do":"acknowledge","who":5}})", R"({"alert":{"id":7,"do":"acknowledge","why":"a\u0007"}})",
        R"({"alert":{"id":7,"do":"acknowledge","extra":1}})", R"({"rules":"reload"})", R"({"rules":{"do":4}})"}) {
    EXPECT_EQ(parse_client_message(text).error(), MessageFault::wrong_value) << text;
  }
  const std::string long_name(most_text_bytes + 1, 'x');
  EXPECT_FALSE(parse_client_message(R"({"alert":{"id":7,"do":"acknowledge","who":")" + long_name + R"("}})"));
}

TEST(Alerts, a_zone_over_180_degrees_stays_whole) {
  rules::Zone zone;
  zone.name = "Strait";
  zone.parts = {
      {GeoPosition::from_degrees(1, 179), GeoPosition::from_degrees(1, -179), GeoPosition::from_degrees(2, -179)}};
  const auto json = nlohmann::json::parse(zones_geojson({&zone, 1}));
  const auto& ring = json["features"][0]["geometry"]["coordinates"][0];
  ASSERT_EQ(ring.size(), 4U);  // closed
  EXPECT_NEAR(ring[1][0].get<double>(), 181.0, 1e-6);
  EXPECT_EQ(ring[0], ring[3]);
  EXPECT_EQ(json["features"][0]["properties"]["name"], "Strait");
}

}  // namespace
}  // namespace headland::share::test
