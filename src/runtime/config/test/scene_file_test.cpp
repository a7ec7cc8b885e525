// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/scene_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/terrain.hpp"
#include "core/scenario/vessel_motion.hpp"

namespace headland::config {
namespace {

using ::testing::HasSubstr;

std::string data_file(const std::string& name) { return std::string(HEADLAND_SOURCE_DIR) + "/data/" + name; }
std::string problems_of(const std::string& toml) {
  const auto scene = parse_scene(toml, data_file("scenes/made-up.toml"));
  return scene ? std::string("none") : to_text(scene.error());
}

const std::string radar = "[[radar]]\nname = \"r\"\nlatitude_deg = 1.0\nlongitude_deg = 2.0\n";

TEST(SceneFile, TheStraitHasAllThatTheDemonstrationPromises) {
  const auto scene = load_scene(data_file("scenes/strait.toml"));
  ASSERT_TRUE(scene) << to_text(scene.error());
  EXPECT_GE(scene->vessels.size(), 20U);
  EXPECT_EQ(scene->radars.size(), 1U);
  EXPECT_EQ(scene->radars[0].settings.azimuths, 2048);
  EXPECT_DOUBLE_EQ(scene->radars[0].settings.antenna_height_m, 60.0);
  EXPECT_THAT(scene->name, HasSubstr("SIMULATED"));
  int wooden = 0;
  int dark = 0;
  for (const auto& v : scene->vessels) {
    wooden += v.kind == scenario::VesselKind::fishing_boat ? 1 : 0;
    dark += v.ais == scenario::AisEquipment::none ? 1 : 0;
  }
  EXPECT_GE(wooden, 5);
  EXPECT_GE(dark, 8);
}

TEST(SceneFile, NoVesselOfTheStraitSailsOverLandInTwoHours) {
  const auto scene = load_scene(data_file("scenes/strait.toml"));
  ASSERT_TRUE(scene);
  const LocalFrame frame(scene->radars[0].position);
  std::vector<scenario::PlaneRing> rings;
  for (const auto& ring : scene->coast) {
    rings.emplace_back();
    for (const auto& p : ring) rings.back().push_back(frame.to_local(p));
  }
  ASSERT_TRUE(scenario::is_inside(rings, {})) << "the radar stands on land";
  scenario::Fleet fleet(*scene, frame, scene->seed);
  for (int second = 0; second < 7200; second += 5) {
    for (int i = 0; i < 10; ++i) fleet.step();
    for (std::size_t v = 0; v < fleet.size(); ++v) {
      ASSERT_FALSE(scenario::is_inside(rings, fleet.at(v, 0.0).position))
          << scene->vessels[v].name << " at " << second << " s";
    }
  }
}

TEST(SceneFile, TheCalmSceneAndAllRadarSettingsCanBeRead) {
  const auto calm = load_scene(data_file("scenes/calm.toml"));
  ASSERT_TRUE(calm) << to_text(calm.error());
  EXPECT_EQ(calm->vessels.size(), 4U);
  ASSERT_TRUE(calm->start);
  EXPECT_DOUBLE_EQ(epoch_seconds(*calm->start), 1772344800.0);
  const std::string scene_text =
      "[[radar]]\nlatitude_deg = 1\nlongitude_deg = 2\nsettings = \"../radars/navico-halo24.toml\"\n";
  const auto halo = parse_scene(scene_text, data_file("scenes/made-up.toml"));
  ASSERT_TRUE(halo) << to_text(halo.error());
  EXPECT_DOUBLE_EQ(halo->radars[0].settings.beam_deg, 4.9);
}

TEST(SceneFile, AKindBringsWhatIsUsualAndKeysOverride) {
  const auto scene = parse_scene(radar + R"(
[[vessel]]
name = "B"
kind = "fishing_boat"
at = [1.1, 2.1]
rcs_m2 = 1.5
)",
                                 "x.toml");
  ASSERT_TRUE(scene) << to_text(scene.error());
  const auto& v = scene->vessels.at(0);
  EXPECT_DOUBLE_EQ(v.rcs_m2, 1.5);
  EXPECT_DOUBLE_EQ(v.length_m, 9.0);
  EXPECT_EQ(v.behaviour, scenario::Behaviour::fishing);
  EXPECT_NEAR(v.points.at(0).latitude_deg(), 1.1, 1e-9);
}

TEST(SceneFile, MistakesAreToldWithTheirPlaceAndAllAtOnce) {
  const auto text = problems_of(radar + R"([[vessel]]
name = "A"
kind = "tankr"
mmsi = 1
route = [[1, 2], [1, 2.1]]
[[vessel]]
name = "A"
kind = "ferry"
lenght_m = 20
route = [[1, 2]]
[[wether]]
)");
  EXPECT_THAT(text, HasSubstr("made-up.toml:7:8: kind is 'tankr'"));
  EXPECT_THAT(text, HasSubstr("did you mean 'length_m'?"));
  EXPECT_THAT(text, HasSubstr("route must be a list of at least 2 points"));
  EXPECT_THAT(text, HasSubstr("has the name of another"));
  EXPECT_THAT(text, HasSubstr("needs an mmsi"));
  EXPECT_THAT(text, HasSubstr("no [wether]"));
}

TEST(SceneFile, WhatCannotBeSimulatedIsRefused) {
  EXPECT_THAT(problems_of("[scene]\nname = \"x\"\n"), HasSubstr("needs a [[radar]]"));
  EXPECT_THAT(problems_of("[[radar]]\nname = \"x\"\n"), HasSubstr("needs latitude_deg"));
  EXPECT_THAT(problems_of(radar + "settings = \"nowhere.toml\"\n"), HasSubstr("cannot read"));
  EXPECT_THAT(problems_of("[scene\n"), HasSubstr("made-up.toml:1"));
  EXPECT_THAT(problems_of("[scene]\nstart = \"yesterday\"\n" + radar), HasSubstr("start must be like"));
  EXPECT_THAT(problems_of(radar + "[[vessel]]\nname = \"B\"\nkind = \"barge\"\ntowed_by = \"T\"\n"),
              HasSubstr("there is no vessel 'T'"));
  EXPECT_THAT(problems_of(radar + "[[vessel]]\nname = \"B\"\nkind = \"buoy\"\nat = [1.0]\n"), HasSubstr("at must be"));
  EXPECT_FALSE(load_scene("/nowhere/scene.toml"));
}

TEST(SceneFile, RadarSettingsAreCheckedToo) {
  EXPECT_FALSE(parse_radar_settings("azimuths = 7\n", "r.toml"));
  EXPECT_FALSE(parse_radar_settings("video_min_db = 20\nvideo_max_db = 15\n", "r.toml"));
  const auto bad = parse_radar_settings("beam_dg = 1.0\n", "r.toml");
  ASSERT_FALSE(bad);
  EXPECT_THAT(to_text(bad.error()), HasSubstr("did you mean 'beam_deg'?"));
}

}  // namespace
}  // namespace headland::config
