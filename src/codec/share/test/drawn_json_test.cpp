// SPDX-License-Identifier: Apache-2.0
// Zones that operators draw: there and back, and what a page may say of them.
#include "codec/share/zones/drawn_json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "codec/share/client_message.hpp"

namespace headland::share {
namespace {

using rules::ZoneKind;
using ::testing::HasSubstr;

const Timestamp noon = from_epoch_seconds(1'767'268'800.0);

rules::DrawnZones sample() {
  rules::DrawnZones set;
  const auto p = [](double lat, double lon) { return GeoPosition::from_degrees(lat, lon); };
  const auto add = [&](ZoneKind kind, const char* name, std::vector<GeoPosition> corners) -> rules::DrawnZone& {
    auto& d = set.zones.emplace_back();
    d.number = static_cast<std::uint32_t>(set.zones.size());
    d.version = d.number;
    d.who = "Anna";
    d.time = noon;
    d.zone.kind = kind;
    d.zone.name = name;
    d.zone.parts = {std::move(corners)};
    return d;
  };
  auto& area = add(ZoneKind::area, "Reef, \"old\"", {p(13.1, 179.95), p(13.1, -179.95), p(13.2, -179.9)});
  area.watches = {{rules::ZoneTell::entry, 0.0}, {rules::ZoneTell::dwell, 12.5}};
  area.priority = Priority::alarm;
  area.zone.validity = {noon, noon + std::chrono::hours(48), 0b101, 22.0, 4.5};
  area.zone.classes = rules::bit_of(rules::ShipClass::tanker) | rules::bit_of(rules::ShipClass::unknown);
  auto& lane = add(ZoneKind::lane, "Lane", {p(13.0, 121.0), p(13.1234567, 121.5)});
  lane.zone.width_m = 800.0;
  auto& edge = add(ZoneKind::lane, "Lane by its edge", {p(13.0, 121.0), p(13.1, 121.5), p(13.2, 121.5)});
  edge.zone.direction_deg = 87.5;
  auto& point = add(ZoneKind::point, "Platform", {p(-5.0, 20.0)});
  point.zone.radius_m = 1500.0;
  auto& shoal = add(ZoneKind::depth, "Shoal", {p(13.0, 121.0), p(13.1, 121.5), p(13.2, 121.5)});
  shoal.zone.depth_m = 3.5;
  set.version = 7;
  set.greatest = 9;
  set.who = "Bo";
  set.what = "changed";
  set.name = "Lane";
  set.why = "moved";
  set.time = noon;
  return set;
}

TEST(DrawnJson, ThereAndBackIsTheSame) {
  const auto back = parse_drawn_geojson(drawn_geojson(sample()));
  ASSERT_TRUE(back) << back.error().detail;
  EXPECT_EQ(drawn_geojson(*back), drawn_geojson(sample()));
  EXPECT_EQ(back->greatest, 9U);
  EXPECT_EQ(back->zones[0].zone.validity.months, 0b101);
  EXPECT_EQ(back->zones[0].watches, sample().zones[0].watches);
  EXPECT_EQ(back->zones[0].zone.classes, sample().zones[0].zone.classes);
  EXPECT_NEAR(back->zones[0].zone.parts[0][1].longitude_deg(), -179.95, 1e-7);
  EXPECT_EQ(back->zones[0].zone.parts[0].size(), 3U);
}

TEST(DrawnJson, ThePageIsToldWhoWatches) {
  const auto drawn = sample();
  rules::RuleSet set;
  for (const auto& d : drawn.zones) set.zones.push_back(d.zone);
  set.rules = rules::watch_rules(drawn, ZoneId(1), RuleId(1));
  rules::Rule lanes;
  lanes.name = "wrong way";
  lanes.kind = rules::LaneRule{};
  set.rules.push_back(lanes);
  const auto json = nlohmann::json::parse(drawn_for_page(drawn, set));
  const auto watchers = [&](std::size_t i) { return json["features"][i]["properties"]["watched_by"].dump(); };
  EXPECT_EQ(watchers(0), R"x(["entry (drawn, alarm)","stays over 12.5 min (drawn, alarm)"])x");
  EXPECT_EQ(watchers(1), R"(["wrong way"])");
  EXPECT_EQ(watchers(3), "[]");
  EXPECT_EQ(json["rules_of_kind"]["lane"].dump(), R"(["wrong way"])");
  EXPECT_EQ(json["can_tell"]["line"].size(), 3U);
}

constexpr const char* good = R"({"zone":{"do":"save","who":"Anna","why":"exercise","feature":{"type":"Feature",
  "geometry":{"type":"Polygon","coordinates":[[[121,13],[121.1,13],[121.1,13.1],[121,13]]]},
  "properties":{"name":"Reef","kind":"area","tell":[{"what":"entry"}],"priority":"alarm"}}}})";

TEST(ZoneOrder, IsReadWithWhoAndWhat) {
  const auto message = parse_client_message(good);
  ASSERT_TRUE(message);
  const auto& order = std::get<rules::ZoneOrder>(*message);
  EXPECT_EQ(order.who + " " + order.why + " " + order.zone.zone.name, "Anna exercise Reef");
  EXPECT_EQ(order.zone.number, 0U);
  EXPECT_EQ(order.zone.zone.parts[0].size(), 3U);
  const auto gone = parse_client_message(R"({"zone":{"do":"delete","id":3,"version":8,"why":"over"}})");
  ASSERT_TRUE(gone);
  EXPECT_EQ(std::get<rules::ZoneOrder>(*gone).zone.version, 8U);
}

TEST(ZoneOrder, SaysWhatIsWrong) {
  const auto why = [](std::string from, const std::string& to) {
    std::string text = good;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto message = parse_client_message(text);
    EXPECT_TRUE(message);
    const auto* bad = message ? std::get_if<BadZoneOrder>(&*message) : nullptr;
    return bad == nullptr ? std::string("none") : bad->why;
  };
  EXPECT_THAT(why("\"area\"", "\"swamp\""), HasSubstr("there is no kind of zone \"swamp\""));
  EXPECT_THAT(why("\"area\"", "\"line\""), HasSubstr("another geometry"));
  EXPECT_THAT(why("[121,13],[121.1,13],", "[121,93],"), HasSubstr("[longitude, latitude]"));
  EXPECT_THAT(why("\"entry\"", "\"sinking\""), HasSubstr("nothing to tell named \"sinking\""));
  EXPECT_THAT(why("\"alarm\"", "\"high\""), HasSubstr("priority"));
  EXPECT_THAT(why("\"save\"", "\"bury\""), HasSubstr("save or delete"));
  EXPECT_THAT(why("\"Reef\"", "7"), HasSubstr("name"));
  EXPECT_THAT(why("\"kind\"", "\"only\":[\"canoe\"],\"kind\""), HasSubstr("class of vessels \"canoe\""));
  EXPECT_THAT(why("\"kind\"", "\"months\":[13],\"kind\""), HasSubstr("1 to 12"));
  EXPECT_THAT(why("\"kind\"", "\"from_s\":1e12,\"kind\""), HasSubstr("from_s"));
  EXPECT_THAT(why("\"geometry\":{", "\"place\":{"), HasSubstr("no geometry"));
}

TEST(DrawnJson, ADamagedFileSaysWhere) {
  EXPECT_FALSE(parse_drawn_geojson("{"));
  auto text = drawn_geojson(sample());
  text.replace(text.find("\"lane\""), 6, "\"lame\"");
  EXPECT_THAT(parse_drawn_geojson(text).error().detail, HasSubstr("feature 2: there is no kind of zone \"lame\""));
}

}  // namespace
}  // namespace headland::share
