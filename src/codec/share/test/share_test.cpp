// SPDX-License-Identifier: Apache-2.0
// Plots as bytes, client texts, HTTP bodies, texts for people.
#include <limits>

#include <rapidcheck.h>

#include "codec/share/bodies.hpp"
#include "codec/share/client_message.hpp"
#include "codec/share/plot_bytes.hpp"
#include "codec/share/radar_frames.hpp"
#include "codec/share/test/golden_support.hpp"
#include "codec/share/test/system_track.hpp"
#include "codec/share/texts.hpp"
#include "codec/share/track_frames.hpp"
#include "core/base/bytes.hpp"
#include "core/base/random.hpp"

namespace headland::share::test {
namespace {

PlotSector random_sector(std::uint64_t seed) {
  Random r(seed);
  PlotSector s;
  s.sensor = SensorId(static_cast<std::uint16_t>(r.bits()));
  s.turn = static_cast<std::uint32_t>(r.bits());
  s.sector = r.below(32);
  s.sectors_per_turn = 32;
  s.began = Timestamp(Duration(static_cast<std::int64_t>(r.bits() >> 2)));
  s.ended = s.began + Duration(r.below(1'000'000'000));
  s.reference = static_cast<BearingReference>(r.below(3));
  s.from = Bearing(Radians(r.uniform(0, 6.28)));
  s.to = Bearing(Radians(r.uniform(0, 6.28)));
  s.seen = r.uniform();
  s.range_min = Metres(r.uniform(0, 100));
  s.range_max = Metres(r.uniform(100, 50'000));
  s.site_east_m = r.normal() * 1e4;
  s.site_north_m = r.normal() * 1e4;
  s.site_north = Angle(Radians(r.normal() * 0.01));
  for (std::uint32_t i = r.below(20); i > 0; --i) {
    Plot p;
    p.time = s.began + Duration(r.below(1'000'000'000));
    p.range = Metres(r.uniform(0, 50'000));
    p.bearing = Bearing(Radians(r.uniform(0, 6.28)));
    p.range_deviation = Metres(r.uniform());
    p.bearing_deviation = Radians(r.uniform());
    p.range_extent = Metres(r.uniform(0, 500));
    p.bearing_extent = Radians(r.uniform());
    p.strength = Decibels(r.uniform(0, 60));
    p.cell_count = r.below(10'000);
    if (r.below(2) == 1) p.radial_speed = MetresPerSecond(r.normal());
    if (r.below(2) == 1) p.doppler = static_cast<DopplerCell>(r.below(3));
    if (r.below(2) == 1) p.origin = PlotOrigin::integration, p.evidence = r.normal();
    s.plots.push_back(p);
  }
  for (std::uint32_t i = r.below(3); i > 0; --i) {
    s.blanked.push_back({Bearing(Radians(r.uniform(0, 6.28))), Bearing(Radians(r.uniform(0, 6.28))),
                         Metres(r.uniform(0, 100)), Metres(r.uniform(100, 50'000))});
  }
  return s;
}

TEST(PlotBytes, come_back_bit_for_bit) {
  const bool held = rc::check("sectors round-trip", [](std::uint64_t seed) {
    std::vector<std::uint8_t> bytes;
    encode_plots(random_sector(seed), bytes);
    const auto back = decode_plots(bytes);
    RC_ASSERT(back.has_value());
    std::vector<std::uint8_t> again;
    encode_plots(*back, again);
    RC_ASSERT(again == bytes);
  });
  EXPECT_TRUE(held);
  const PlotSector sector = random_sector(7);
  std::vector<std::uint8_t> bytes;
  encode_plots(sector, bytes);
  const auto back = decode_plots(bytes);
  ASSERT_EQ(back->plots.size(), sector.plots.size());
  EXPECT_EQ(back->reference, sector.reference);
  EXPECT_EQ(back->from, sector.from);
  EXPECT_EQ(back->site_north, sector.site_north);
  EXPECT_EQ(back->plots[0].bearing, sector.plots[0].bearing);
  EXPECT_EQ(back->plots[0].radial_speed, sector.plots[0].radial_speed);
  EXPECT_EQ(back->plots[0].doppler, sector.plots[0].doppler);
  EXPECT_EQ(back->plots[0].shape.orientation, sector.plots[0].shape.orientation);
  EXPECT_EQ(back->plots[0].shape.width_at_range, sector.plots[0].shape.width_at_range);
}

TEST(PlotBytes, those_of_version_5_are_read_without_shape) {
  PlotSector sector;
  sector.plots.emplace_back().cause_odds = 3.0;
  std::vector<std::uint8_t> bytes;
  encode_plots(sector, bytes);
  bytes[0] = 5;
  bytes.erase(bytes.end() - 48, bytes.end() - 8);  // the shape
  const auto back = decode_plots(bytes);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->plots[0].cause_odds, 3.0);
  EXPECT_FALSE(back->plots[0].shape.is_known());
}

TEST(PlotBytes, every_cut_is_a_fault) {
  std::vector<std::uint8_t> bytes;
  encode_plots(random_sector(3), bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(decode_plots(std::span(bytes).first(size)).error(), PlotBytesFault::truncated) << size;
  }
  bytes.push_back(0);
  EXPECT_EQ(decode_plots(bytes).error(), PlotBytesFault::trailing);
  bytes[0] = 7;
  EXPECT_EQ(decode_plots(bytes).error(), PlotBytesFault::version);
}

TEST(PlotBytes, those_of_version_1_are_read_with_true_bearings_and_without_doppler) {
  PlotSector sector = random_sector(7);
  sector.plots.clear();
  sector.blanked.clear();
  std::vector<std::uint8_t> bytes;
  encode_plots(sector, bytes);
  bytes[0] = 1;
  bytes.erase(bytes.begin() + 3);  // the reference
  bytes.resize(bytes.size() - 8);  // and neither beacons nor blanked areas
  const auto back = decode_plots(bytes);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->reference, BearingReference::true_north);
  EXPECT_EQ(back->turn, sector.turn);
  EXPECT_EQ(back->site_north, sector.site_north);
}

TEST(PlotBytes, a_reference_mark_origin_or_cause_that_there_is_not_is_a_fault) {
  PlotSector sector;
  sector.plots.emplace_back();
  std::vector<std::uint8_t> bytes;
  encode_plots(sector, bytes);
  auto wrong = bytes;
  wrong[3] = 3;
  EXPECT_EQ(decode_plots(wrong).error(), PlotBytesFault::value);
  wrong = bytes;
  // From the end: 4 bytes of how many blanked areas, 4 of how many beacons, 40 of the shape, 8 of the cause's odds, the
  // cause, 8 of evidence, the origin, the mark.
  wrong[wrong.size() - 67] = 3;
  EXPECT_EQ(decode_plots(wrong).error(), PlotBytesFault::value);
  wrong = bytes;
  wrong[wrong.size() - 66] = 2;
  EXPECT_EQ(decode_plots(wrong).error(), PlotBytesFault::value);
  wrong = bytes;
  wrong[wrong.size() - 57] = plot_cause_count;
  EXPECT_EQ(decode_plots(wrong).error(), PlotBytesFault::value);
}

TEST(PlotBytes, a_lying_count_and_a_number_that_is_none_are_faults) {
  PlotSector sector;
  std::vector<std::uint8_t> bytes;
  encode_plots(sector, bytes);
  for (std::size_t i = bytes.size() - 4; i < bytes.size(); ++i) bytes[i] = 0xff;
  EXPECT_EQ(decode_plots(bytes).error(), PlotBytesFault::truncated);
  sector.seen = std::numeric_limits<double>::quiet_NaN();
  bytes.clear();
  encode_plots(sector, bytes);
  EXPECT_EQ(decode_plots(bytes).error(), PlotBytesFault::value);
}

TEST(ClientMessage, knows_what_the_page_says) {
  EXPECT_EQ(std::get<Ping>(*parse_client_message(R"({"ping":12.5})")).client_time_s, 12.5);
  EXPECT_TRUE(std::holds_alternative<WantSnapshot>(*parse_client_message(R"({"want":"snapshot"})")));
  EXPECT_EQ(std::get<SelectTrack>(*parse_client_message(R"({"select":17})")).id, SystemTrackId(17));
  EXPECT_FALSE(std::get<SelectTrack>(*parse_client_message(R"({"select":null})")).id);
  EXPECT_FALSE(std::get<ShowRadar>(*parse_client_message(R"({"radar":false})")).on);
  EXPECT_TRUE(std::get<ShowPlots>(*parse_client_message(R"({"plots":true})")).on);
  EXPECT_TRUE(std::get<SetPaused>(*parse_client_message(R"({"playback":{"paused":true}})")).paused);
}

TEST(ClientMessage, orders_about_tracks_come_back_from_their_text_to_the_last_bit) {
  const auto begin = std::get<TrackOrder>(*parse_client_message(
      R"({"track":{"do":"initiate","lat_deg":50.1,"lon_deg":-1.3,"deviation_m":33.3,"who":"Anna"}})"));
  EXPECT_EQ(begin.action, TrackAction::initiate);
  EXPECT_EQ(begin.place, GeoPosition::from_degrees(50.1, -1.3));
  EXPECT_EQ(begin.deviation, Metres(33.3));
  const auto text = order_text(begin);
  EXPECT_EQ(order_text(std::get<TrackOrder>(*parse_client_message(text))), text);
  const auto rename = std::get<TrackOrder>(*parse_client_message(R"({"track":{"do":"rename","id":7,"name":"Ærø"}})"));
  EXPECT_EQ(rename.track, SystemTrackId(7));
  EXPECT_EQ(rename.name, "Ærø");
  EXPECT_EQ(rename.who, "operator");
  EXPECT_EQ(std::get<TrackOrder>(*parse_client_message(R"({"track":{"do":"drop","id":7}})")).action, TrackAction::drop);
  EXPECT_EQ(done_text(TrackAction::drop, SystemTrackId(7)), R"({"done":{"do":"drop","id":7}})");
}

TEST(ClientMessage, orders_about_tracks_that_are_none_are_refused) {
  for (const char* order :
       {R"({"do":"drop"})", R"({"do":"drop","id":0})", R"({"do":"drop","id":-3})", R"({"do":"sink","id":7})",
        R"({"do":"drop","id":7,"why":"x"})", R"({"do":"initiate","lat_deg":50})", R"({"do":"initiate","id":7})",
        R"({"do":"initiate","lat_deg":91,"lon_deg":0})", R"({"do":"initiate","lat_deg":1,"lon_deg":0,"deviation_m":0})",
        R"({"do":"rename","id":7,"name":3})", R"({"do":"rename","id":7,"name":"a\u0007"})", R"("drop")"}) {
    EXPECT_FALSE(parse_client_message(std::string(R"({"track":)") + order + "}")) << order;
  }
}

TEST(ClientMessage, refuses_everything_else_with_a_reason) {
  for (const char* text : {"", "x", "[]", "{}", "12", R"({"ping":1,"want":"snapshot"})", "{\"ping\":", "\xff\xfe"}) {
    EXPECT_EQ(parse_client_message(text).error(), MessageFault::not_json) << text;
  }
  for (const char* text : {R"({"ping":"1"})", R"({"want":"all"})", R"({"select":-1})", R"({"select":4294967296})",
                           R"({"select":0})", R"({"radar":1})", R"({"playback":{}})", R"({"playback":{"paused":3}})"}) {
    EXPECT_EQ(parse_client_message(text).error(), MessageFault::wrong_value) << text;
  }
  EXPECT_EQ(parse_client_message(R"({"format":"disk"})").error(), MessageFault::unknown);
}

TEST(ClientMessage, answers_are_objects) {
  EXPECT_EQ(pong_text(1.5, 2.5), R"({"pong":1.5,"server_time_s":2.5})");
  EXPECT_EQ(error_text("no \"such\" thing"), R"({"error":"no \"such\" thing"})");
}

TEST(PlotMarks, lie_at_range_and_bearing_from_the_site) {
  const LocalFrame plane(GeoPosition::from_degrees(50.7, -1.3));
  PlotSector sector;
  sector.site_east_m = 1000;
  Plot p;
  p.range = Metres(500);
  p.bearing = Bearing::from_degrees(90);
  sector.plots.push_back(p);
  const auto marks = plot_marks(sector, plane);
  EXPECT_NEAR(plane.to_local(marks.at(0).position).east.value(), 1500, 1e-6);
  EXPECT_NEAR(plane.to_local(marks.at(0).position).north.value(), 0, 1e-6);
}

TEST(Bodies, picture_is_geojson_with_units_in_its_names) {
  const SystemTrack track = system_track();
  const auto json = nlohmann::json::parse(picture_geojson({golden_time(), {track}}, LocalFrame(track.position)));
  EXPECT_EQ(json["type"], "FeatureCollection");
  const auto& f = json["features"].at(0);
  EXPECT_EQ(f["geometry"]["type"], "Point");
  EXPECT_EQ(f["geometry"]["coordinates"], (nlohmann::json{-1.3, 50.7}));
  EXPECT_EQ(f["properties"]["speed_mps"], 3.0);
  EXPECT_EQ(f["properties"]["course_deg"], 90.0);
  EXPECT_EQ(f["properties"]["mmsi"], 235'000'001);
  EXPECT_EQ(f["properties"]["sources"], (nlohmann::json{"radar", "ais"}));
  EXPECT_EQ(nlohmann::json::parse(picture_geojson({}, LocalFrame({})))["features"].size(), 0U);
}

TEST(Bodies, a_name_that_is_not_text_does_no_harm) {
  SystemTrack track = system_track();
  track.particulars = VesselParticulars{};
  track.particulars->name = "B\xc3\xff\x80\x01\"";
  const std::string body = picture_geojson({golden_time(), {track}}, LocalFrame(track.position));
  EXPECT_FALSE(nlohmann::json::parse(body, nullptr, false).is_discarded());
}

TEST(Bodies, land_rings_are_closed) {
  const CoastPolygons land{
      {1, {GeoPosition::from_degrees(50, -1), GeoPosition::from_degrees(51, -1), GeoPosition::from_degrees(51, 0)}, {}},
      {2, {GeoPosition::from_degrees(50, -1)}, {}}};
  const auto json = nlohmann::json::parse(land_geojson(land));
  ASSERT_EQ(json["features"].size(), 1U);
  const auto& ring = json["features"][0]["geometry"]["coordinates"].at(0);
  ASSERT_EQ(ring.size(), 4U);
  EXPECT_EQ(ring[0], ring[3]);
  EXPECT_EQ(ring[1], (nlohmann::json{-1.0, 51.0}));
  EXPECT_EQ(json["features"][0]["properties"]["level"], 1);
}

CoastPolygon box_of(std::uint8_t level, double south, double west, double north, double east) {
  return {level,
          {GeoPosition::from_degrees(south, west), GeoPosition::from_degrees(south, east),
           GeoPosition::from_degrees(north, east), GeoPosition::from_degrees(north, west)},
          {}};
}

TEST(Bodies, lakes_are_holes_of_the_land_about_them_and_islands_in_them_are_land) {
  CoastPolygon half_lake = box_of(2, 50.8, 1.5, 50.9, 2.0);
  half_lake.cut = {false, true, false, false};  // goes on beyond 2 degrees, where the land is cut, too
  const CoastPolygons land{box_of(1, 50, 0, 51, 2),
                           box_of(1, 50, 2, 51, 3),
                           box_of(2, 50.2, 0.2, 50.6, 0.8),
                           box_of(3, 50.3, 0.3, 50.4, 0.4),
                           half_lake,
                           box_of(2, 60, 0, 61, 1)};
  const auto json = nlohmann::json::parse(land_geojson(land));
  ASSERT_EQ(json["features"].size(), 3U);
  EXPECT_EQ(json["features"][0]["geometry"]["coordinates"].size(), 3U);  // outline, two lakes
  EXPECT_EQ(json["features"][1]["geometry"]["coordinates"].size(), 1U);
  EXPECT_EQ(json["features"][2]["properties"]["level"], 3);
}

TEST(Bodies, coast_leaves_out_where_the_data_were_cut) {
  CoastPolygon cut_twice = box_of(1, 50, 0, 51, 2);
  cut_twice.cut = {false, true, false, true};  // coast in the south and the north
  CoastPolygon all_cut = box_of(1, 50, 0, 51, 2);
  all_cut.cut = {true, true, true, true};
  const auto lines = [](const CoastPolygons& p) {
    return nlohmann::json::parse(coast_geojson(p))["geometry"]["coordinates"];
  };
  EXPECT_EQ(lines({box_of(1, 50, 0, 51, 2)}), (nlohmann::json::parse("[[[0,50],[2,50],[2,51],[0,51],[0,50]]]")));
  const auto two = lines({cut_twice});
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0], nlohmann::json::parse("[[2,51],[0,51]]"));
  EXPECT_EQ(two[1], nlohmann::json::parse("[[0,50],[2,50]]"));
  EXPECT_TRUE(lines({all_cut}).empty());
  EXPECT_EQ(lines({all_cut, cut_twice, box_of(2, 50.2, 0.2, 50.6, 0.8)}).size(), 3U);
}

TEST(Bodies, history_and_events) {
  const TrackHistory track{
      SystemTrackId(3), Mmsi(1), "A", {{golden_time(), GeoPosition::from_degrees(1, 2), MetresPerSecond(4), {}}}};
  const auto json = nlohmann::json::parse(history_json(std::vector{track}));
  EXPECT_EQ(json["tracks"][0]["points"][0], (nlohmann::json{1'767'225'600.25, 2.0, 1.0, 4.0, nullptr}));
  EXPECT_EQ(json["tracks"][0]["name"], "A");
  const auto events = nlohmann::json::parse(events_json(std::vector<HistoryEvent>{{golden_time(), "k", "s", "t"}}));
  EXPECT_EQ(events["events"][0]["subject"], "s");
  EXPECT_EQ(nlohmann::json::parse(history_json({}))["tracks"].size(), 0U);
}

TEST(Texts, read_as_at_sea) {
  EXPECT_EQ(position_text(GeoPosition::from_degrees(-33.99999, 151.5)), "34°00.00'S 151°30.00'E");
  EXPECT_EQ(direction_text(Bearing::from_degrees(359.97)), "000.0°");
  EXPECT_EQ(direction_text(Bearing::from_degrees(45.46)), "045.5°");
  EXPECT_EQ(speed_text(from_knots(12)), "12.0 kn");
  EXPECT_EQ(ship_type_text(52), "tug");
  EXPECT_EQ(ship_type_text(84), "tanker");
  EXPECT_EQ(ship_type_text(0), "unknown");
  EXPECT_EQ(navigation_status_text(5), "moored");
  EXPECT_EQ(navigation_status_text(15), "not defined");
}

TEST(ByteReader, never_reads_past_the_end_and_stays_at_fault) {
  const std::uint8_t bytes[] = {1, 2, 3, 4, 5};
  ByteReader in(bytes);
  EXPECT_EQ(in.u32(), 0x04030201U);
  EXPECT_EQ(in.u16(), 0);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.u8(), 0);
  EXPECT_EQ(in.remaining(), 0U);
  ByteReader lying(bytes);
  EXPECT_EQ(lying.string(), "");
  EXPECT_FALSE(lying.ok());
  ByteReader counted(bytes);
  EXPECT_TRUE(counted.expects(5, 1));
  EXPECT_FALSE(counted.expects(std::size_t{1} << 60, 32));
}

}  // namespace
}  // namespace headland::share::test
