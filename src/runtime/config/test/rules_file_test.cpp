// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/rules/rules_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "runtime/config/rules/geojson.hpp"
#include "runtime/config/rules/rules_fields.hpp"

namespace headland::config {
namespace {

using ::testing::HasSubstr;

std::string path_of(const std::string& name) { return std::string(HEADLAND_SOURCE_DIR) + "/" + name; }
std::string problems_of(const std::string& toml) {
  const auto set = parse_rules(toml, "made-up.toml");
  return set ? std::string("none") : to_text(set.error());
}

TEST(RulesFile, TheDefaultSetIsReadAndNeedsNoZone) {
  const auto set = load_rules(path_of("data/rules/default.toml"));
  ASSERT_TRUE(set) << to_text(set.error());
  EXPECT_GE(set->rules.size(), 10U);
  EXPECT_TRUE(set->zones.empty());
}

TEST(RulesFile, AKeyThatTheKindHasItselfIsTheKinds) {
  // The length of the echo, not that which AIS says: who is dark says none.
  const auto set =
      parse_rules("[[rule]]\nname=\"a\"\nkind=\"dark_vessel\"\nlength_min_m=45\nspeed_min_kn=2\n", "x.toml");
  ASSERT_TRUE(set) << to_text(set.error());
  const auto& kind = std::get<rules::DarkVesselRule>(set->rules.at(0).kind);
  EXPECT_DOUBLE_EQ(kind.length_min_m, 45.0);
  EXPECT_DOUBLE_EQ(kind.speed_min_kn, 2.0);
  EXPECT_DOUBLE_EQ(set->rules[0].filter.length_min_m, 0.0);
  EXPECT_DOUBLE_EQ(set->rules[0].filter.speed_min_kn, 0.0);
}

TEST(RulesFile, TheStraitSetsAreRead) {
  for (const char* name : {"data/rules/strait.toml", "data/rules/naive.toml"}) {
    const auto set = load_rules(path_of(name));
    ASSERT_TRUE(set) << to_text(set.error());
    EXPECT_GE(set->zones.size(), 10U);
  }
}

TEST(RulesFile, TheRulesOfTheDemonstrationAreRead) {
  const auto set = load_rules(path_of("data/rules/demonstration.toml"));
  ASSERT_TRUE(set) << to_text(set.error());
  EXPECT_GE(set->zones.size(), 5U);
}

TEST(RulesFile, ObjectsOfAChartBecomeZonesOfTheirKinds) {
  const auto file =
      std::filesystem::temp_directory_path() / ("headland-enc-" + std::to_string(::getpid()) + ".geojson");
  std::ofstream(file) << R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"OBJL":148,"ORIENT":70.0},"geometry":{"type":"Polygon","coordinates":[[[-1,50],[0,50],[0,51],[-1,50]]]}},
    {"type":"Feature","properties":{"OBJL":148},"geometry":{"type":"Polygon","coordinates":[[[-1,50],[0,50],[0,51],[-1,50]]]}},
    {"type":"Feature","properties":{"OBJL":112,"OBJNAM":"Firing","ORIENT":null},"geometry":{"type":"Polygon","coordinates":[[[179,50],[-179,50],[-179,51],[179,50]]]}},
    {"type":"Feature","properties":{"OBJL":42,"DRVAL1":5.5},"geometry":{"type":"MultiPolygon","coordinates":[[[[-1,50],[0,50],[0,51],[-1,50]]]]}},
    {"type":"Feature","properties":{"OBJL":22},"geometry":{"type":"LineString","coordinates":[[-1,50],[0,50]]}},
    {"type":"Feature","properties":{"OBJL":94},"geometry":{"type":"LineString","coordinates":[[-1,50],[0,50]]}},
    {"type":"Feature","properties":{"OBJL":87,"OBJNAM":"Alpha"},"geometry":{"type":"Point","coordinates":[-1,50]}},
    {"type":"Feature","properties":{"OBJL":4},"geometry":{"type":"Polygon","coordinates":[[[-1,50],[0,50],[0,51],[-1,50]]]}},
    {"type":"Feature","properties":{"OBJL":75},"geometry":{"type":"Point","coordinates":[-1,50]}}]})";
  const auto set = parse_rules("[[zone]]\nname=\"ENC\"\nkind=\"chart\"\ngeojson=\"" + file.string() +
                                   "\"\n[[rule]]\nname=\"a\"\nkind=\"entry\"\nzones=[\"ENC RESARE\"]\n",
                               "x.toml");
  std::filesystem::remove(file);
  ASSERT_TRUE(set) << to_text(set.error());
  using rules::ZoneKind;
  std::vector<ZoneKind> kinds;
  for (const auto& zone : set->zones) kinds.push_back(zone.kind);
  // A lane whose direction the chart does not say is left out, and so is a light (75).
  EXPECT_THAT(kinds, ::testing::ElementsAre(ZoneKind::lane, ZoneKind::area, ZoneKind::depth, ZoneKind::cable,
                                            ZoneKind::cable, ZoneKind::point, ZoneKind::anchorage));
  EXPECT_DOUBLE_EQ(*set->zones[0].direction_deg, 70.0);
  EXPECT_EQ(set->zones[1].name, "ENC RESARE Firing 3");
  EXPECT_DOUBLE_EQ(set->zones[2].depth_m, 5.5);
  EXPECT_DOUBLE_EQ(set->zones[5].radius_m, 500.0);
  EXPECT_THAT(set->rules[0].zones, ::testing::ElementsAre(ZoneId(2)));
}

TEST(RulesFile, LimitsHaveClaimantsRingsAndNeighbours) {
  const std::string seas =
      "[[zone]]\nname=\"A\"\nkind=\"limit\"\nlimit_nmi=24\nbeyond_nmi=12\nclaimant=\"Aland\"\nneighbours=[\"B\"]\n"
      "points=[[50,-1],[50,0]]\n[[zone]]\nname=\"B\"\nkind=\"limit\"\nlimit_nmi=12\npoints=[[51,-1],[51,0],[51,1]]\n";
  const std::string rule = "[[rule]]\nname=\"a\"\nkind=\"stopped\"\nzones=[\"A\"]\n";
  const auto set = parse_rules(seas + rule, "x.toml");
  ASSERT_TRUE(set) << to_text(set.error());
  EXPECT_EQ(set->zones[0].claimant, "Aland");
  EXPECT_DOUBLE_EQ(set->zones[0].beyond_m, 12 * 1852.0);
  ASSERT_EQ(set->zones[0].neighbours.size(), 1U);
  EXPECT_EQ(set->zones[0].neighbours[0].size(), 3U);
  EXPECT_TRUE(set->zones[1].neighbours.empty());
  EXPECT_THAT(
      problems_of("[[zone]]\nname=\"A\"\nkind=\"limit\"\nlimit_nmi=12\nneighbours=[\"C\"]\npoints=[[50,-1],[50,0]]\n" +
                  rule),
      HasSubstr("there is no zone 'C'"));
}

TEST(RulesFile, AllMistakesAreSaidAtOnceWithTheirPlaces) {
  const std::string said = problems_of(
      "[[zone]]\nname = \"x\"\nkind = \"areas\"\npoints = [[1, 2], [3]]\n"
      "[[rule]]\nname = \"a\"\nkind = \"cpaa\"\n"
      "[[rule]]\nname = \"b\"\nkind = \"cpa\"\ndistance_nm = 3\nzones = [\"y\"]\nonly = [\"tankers\"]\n"
      "[[ruel]]\n");
  EXPECT_THAT(said, HasSubstr("made-up.toml:3:8: kind is 'areas', but must be one of"));
  EXPECT_THAT(said, HasSubstr("a point is [latitude, longitude]"));
  EXPECT_THAT(said, HasSubstr("there is no kind of rule 'cpaa'; did you mean 'cpa'?"));
  EXPECT_THAT(said, HasSubstr("made-up.toml:11:1: cpa has no 'distance_nm'; did you mean 'distance_nmi'?"));
  EXPECT_THAT(said, HasSubstr("there is no zone 'y'"));
  EXPECT_THAT(said, HasSubstr("there is no class of vessels 'tankers'; did you mean 'tanker'?"));
  EXPECT_THAT(said, HasSubstr("there is no [ruel] in a rules file; did you mean 'rule'?"));
}

TEST(RulesFile, RulesThatCannotWorkAreMistakes) {
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"entry\"\n"), HasSubstr("needs its zones"));
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"watch_list\"\n"), HasSubstr("needs mmsi"));
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"speed\"\n"), HasSubstr("needs above_kn or below_kn"));
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"distress\"\nunless=[\"s\"]\n"
                          "[[rule]]\nname=\"b\"\nkind=\"distress\"\n"
                          "[[rule]]\nname=\"s\"\nkind=\"sequence\"\nfirst=\"a\"\nthen=\"b\"\nwithin_min=30\n"),
              HasSubstr("'s' is a sequence"));
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"distress\"\nunless=[\"a\"]\n"),
              HasSubstr("there is no other rule 'a'"));
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"sequence\"\nfirst=\"b\"\nthen=\"a\"\n"),
              HasSubstr("there is no other rule 'b'"));
  EXPECT_THAT(problems_of("[[rule]]\nname=\"a\"\nkind=\"cpa\"\n[[rule]]\nname=\"a\"\nkind=\"cpa\"\n"),
              HasSubstr("has the name of another"));
  EXPECT_THAT(problems_of(""), HasSubstr("there is no [[rule]] in it"));
}

TEST(RulesFile, ZonesMustHaveTheShapeOfTheirKind) {
  const auto zone = [](const std::string& body) {
    return problems_of("[[zone]]\nname=\"z\"\n" + body + "[[rule]]\nname=\"a\"\nkind=\"cpa\"\n");
  };
  EXPECT_THAT(zone("points=[[1,2],[2,3]]\n"), HasSubstr("needs at least 3 points"));
  EXPECT_THAT(zone("kind=\"point\"\npoints=[[1,2]]\n"), HasSubstr("needs its radius_m"));
  EXPECT_THAT(zone("kind=\"lane\"\npoints=[[1,2],[2,3],[3,4]]\n"), HasSubstr("needs its direction_deg"));
  EXPECT_THAT(zone("geojson=\"nowhere.geojson\"\n"), HasSubstr("cannot read nowhere.geojson"));
  EXPECT_EQ(zone("kind=\"cable\"\npoints=[[1,2],[2,3]]\n"), "none");
}

TEST(RulesFile, ReadsZonesFiltersAndTimes) {
  const auto set = parse_rules(
      "[[zone]]\nname=\"z\"\npoints=[[1,2],[2,3],[3,1]]\nmonths=[4,5]\nhours_utc=[22,6]\nfrom=\"2026-03-01T06:00:"
      "00Z\"\n"
      "[[rule]]\nname=\"a\"\nkind=\"speed\"\nabove_kn=12\nzones=[\"z\"]\nnot=[\"fishing\"]\nlength_min_m=50\n"
      "priority=\"alarm\"\n",
      "made-up.toml");
  ASSERT_TRUE(set) << to_text(set.error());
  EXPECT_EQ(set->zones[0].validity.months, 0b11000);
  EXPECT_EQ(set->zones[0].validity.from_hour_utc, 22.0);
  ASSERT_TRUE(set->zones[0].validity.from);
  const auto& rule = set->rules[0];
  EXPECT_EQ(std::get<rules::SpeedRule>(rule.kind).above_kn, 12.0);
  EXPECT_EQ(rule.zones, std::vector<ZoneId>{ZoneId(1)});
  EXPECT_EQ(rule.filter.classes & rules::bit_of(rules::ShipClass::fishing), 0U);
  EXPECT_EQ(rule.priority, Priority::alarm);
}

TEST(GeoJson, ReadsPolygonsLinesAndPointsAndTurnsLongitudesRound) {
  const auto features = parse_geojson(
      R"({"type":"FeatureCollection","features":[
          {"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Polygon",
            "coordinates":[[[179,2],[181,2],[181,4],[179,2]]]}},
          {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
          {"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1,2]}}]})");
  ASSERT_TRUE(features);
  ASSERT_EQ(features->size(), 3U);
  EXPECT_EQ((*features)[0].name, "a");
  EXPECT_EQ((*features)[0].parts[0].size(), 3U);
  EXPECT_NEAR((*features)[0].parts[0][1].longitude_deg(), -179.0, 1e-9);
  EXPECT_FALSE(parse_geojson(R"({"type":"Polygon","coordinates":[[[1,2],[3,4]]]})"));
  EXPECT_FALSE(parse_geojson("[]"));
  EXPECT_FALSE(parse_geojson("{"));
}

TEST(RulesReference, IsThePageInDocs) {
  std::ifstream in(path_of("docs/operate/rules.md"));
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), rules_reference_markdown())
      << "renew it: build/release/src/app/headland rules reference > docs/operate/rules.md";
}

}  // namespace
}  // namespace headland::config
