// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/station_config.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headland::config {
namespace {

using testing::HasSubstr;

std::string problems_of(std::string_view text) {
  const auto result = parse_station(text, "x.toml");
  return result ? "" : to_text(result.error());
}

TEST(StationConfig, the_smallest_file_is_enough) {
  const auto config = parse_station("[[radar]]\nlisten = \"udp://239.1.2.3:4000\"\n", "x.toml");
  ASSERT_TRUE(config);
  ASSERT_EQ(config->radars.size(), 1U);
  EXPECT_EQ(config->radars[0].protocol, "asterix-240");
  EXPECT_FALSE(config->radars[0].has_position());
}

TEST(StationConfig, a_mistyped_key_is_told_with_place_and_nearest_name) {
  EXPECT_THAT(problems_of("[web]\nporte = 8080\n"),
              HasSubstr("x.toml:2:1: [web] has no 'porte'; did you mean 'port'?"));
  EXPECT_THAT(problems_of("[wab]\nport = 8080\n"), HasSubstr("did you mean 'web'?"));
}

TEST(StationConfig, every_problem_is_found_at_once) {
  const std::string text = problems_of(
      "[web]\nport = 99999\n[journal]\nvideo = 3\n[[radar]]\nprotocol = \"morse\"\nlatitude_deg = \"north\"\n");
  EXPECT_THAT(text, HasSubstr("x.toml:2:8: port must be a whole number from 0 to 65535"));
  EXPECT_THAT(text, HasSubstr("video must be true or false"));
  EXPECT_THAT(text, HasSubstr("protocol is 'morse', but must be one of: asterix-240, navico"));
  EXPECT_THAT(text, HasSubstr("latitude_deg must be a number"));
}

TEST(StationConfig, addresses_are_checked_where_they_stand) {
  EXPECT_THAT(problems_of("[[radar]]\nlisten = \"239.1.2.3:4000\"\n"), HasSubstr("x.toml:2:10: listen: "));
  EXPECT_THAT(problems_of("[[radar]]\nlisten = \"tcp://a:4000\"\n"), HasSubstr("only udp://"));
  EXPECT_THAT(problems_of("[[nmea]]\nlisten = \"udp://0.0.0.0\"\n"), HasSubstr("no host and port"));
  EXPECT_THAT(problems_of("[cat062]\nsend = \"nowhere\"\n"), HasSubstr("x.toml:2:8: send: "));
  EXPECT_EQ(problems_of("[[nmea]]\nlisten = \"tcp://ais.local:10110\"\n[cat062]\nsend = \"\"\n"), "");
}

TEST(StationConfig, outputs_of_alerts_say_what_they_lack) {
  const auto text =
      problems_of("[[alert_output]]\nkind = \"fax\"\nurl = \"http://a/\"\n[[alert_output]]\nkind = \"email\"\n");
  EXPECT_THAT(text, HasSubstr("kind is 'fax', but must be one of: webhook, email, mqtt"));
  EXPECT_THAT(text, HasSubstr("two alert outputs are named 'output'"));
  EXPECT_THAT(text, HasSubstr("give url"));
  EXPECT_THAT(text, HasSubstr("email needs from and to"));
}

TEST(StationConfig, areas_without_initiation_say_what_is_wrong_with_them) {
  const auto area = [](const std::string& points) { return "[[no_initiation]]\npoints = " + points + "\n"; };
  EXPECT_EQ(problems_of(area("[[50, -1], [50.1, -1], [50.1, -0.9]]")), "");
  EXPECT_THAT(problems_of(area("[[50, -1], [50.1, -1]]")), HasSubstr("no_initiation 'area': give points"));
  EXPECT_THAT(problems_of("[[no_initiation]]\nname = \"a\"\n"), HasSubstr("no_initiation 'a': give points"));
  EXPECT_THAT(problems_of(area("[50, -1, 51, -1]")),
              HasSubstr("x.toml:2:11: points must be [latitude, longitude] each"));
  EXPECT_THAT(problems_of(area("[[50, -1], [121, 13], [50, 1]]")), HasSubstr("x.toml:2:21: points must be"));
  EXPECT_THAT(problems_of(area("[[50, -1], [51, 0], [51, -1], [50, 0]]")), HasSubstr("its sides cross one another"));
  const auto good = area("[[50, -1], [50.1, -1], [50.1, -0.9]]");
  EXPECT_THAT(problems_of(good + good), HasSubstr("two no_initiation areas are named 'area'"));
  // What is shown of it is read again as the same.
  const auto config = parse_station(good, "x.toml");
  const auto again = parse_station(to_toml(*config), "y.toml");
  ASSERT_TRUE(again);
  ASSERT_EQ(again->no_initiation.size(), 1U);
  EXPECT_EQ(to_toml(*again), to_toml(*config));
  EXPECT_EQ(again->no_initiation[0].points[2].longitude_deg, -0.9);
}

TEST(StationConfig, detection_zones_go_to_their_radars_in_order_and_say_what_is_wrong_with_them) {
  const std::string radars =
      "[[radar]]\nname = \"a\"\nlatitude_deg = 50\nlongitude_deg = -1\n"
      "[[radar]]\nname = \"b\"\nlisten = \"udp://0.0.0.0:8601\"\n";
  const auto zone = [&](const std::string& keys) { return radars + "[[detection_zone]]\n" + keys + "\n"; };
  EXPECT_EQ(problems_of(zone("range_max_m = 500")), "");
  EXPECT_THAT(problems_of(zone("")), HasSubstr("detection_zone 'zone': give points, or bearings and ranges"));
  EXPECT_THAT(problems_of(zone("range_max_m = 500\nrange_min_m = 500")), HasSubstr("must be more than range_min_m"));
  EXPECT_THAT(problems_of(zone("range_max_m = 500\nradar = \"c\"")), HasSubstr("there is no radar 'c'"));
  EXPECT_THAT(problems_of(zone("range_max_m = 500\nfalse_alarm_probability = 1e-12")), HasSubstr("1e-9"));
  const std::string points = "points = [[50, -1], [50.1, -1], [50.1, -0.9]]\n";
  EXPECT_EQ(problems_of(zone(points + "radar = \"a\"")), "");
  EXPECT_THAT(problems_of(zone(points)), HasSubstr("which 'b' has not"));
  EXPECT_THAT(problems_of(zone(points + "radar = \"a\"\nrange_max_m = 9")), HasSubstr("one of the two"));
  EXPECT_THAT(problems_of(zone("points = [[50, -1], [51, 0], [51, -1], [50, 0]]\nradar = \"a\"")),
              HasSubstr("its sides cross one another"));
  const auto text = zone("name = \"1\"\nrange_max_m = 500") +
                    "[[detection_zone]]\nname = \"2\"\nradar = \"b\"\nbearing_to_deg = 90\n" +
                    "false_alarm_probability = 1e-6\n";
  const auto config = parse_station(text, "x.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->radars[0].zones.size(), 1U);
  ASSERT_EQ(config->radars[1].zones.size(), 2U);
  EXPECT_EQ(config->radars[1].zones[1].false_alarm_probability, 1e-6);
  // As the journal keeps it for a replay.
  const auto again = parse_station(to_toml(*config), "y.toml");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->radars[1].zones.size(), 2U);
  EXPECT_EQ(to_toml(*again), to_toml(*config));
}

TEST(StationConfig, the_pulse_is_as_long_as_told_or_as_the_pulse_is_where_that_is_simple) {
  RadarSection radar;
  EXPECT_EQ(radar.pulse_length_m(), 15.0);
  radar.pulse_ns = 600.0;
  EXPECT_NEAR(radar.pulse_length_m(), 90.0, 0.1);
  radar.pulse_ns = 10'000.0;  // compressed
  EXPECT_EQ(radar.pulse_length_m(), 15.0);
  radar.range_resolution_m = 6.0;
  EXPECT_EQ(radar.pulse_length_m(), 6.0);
}

TEST(StationConfig, mistakes_across_fields_are_told_beside_those_of_single_ones) {
  const auto text = problems_of("[web]\nprot = 1\n[[radar]]\nlatitude_deg = 1.0\n");
  EXPECT_THAT(text, HasSubstr("did you mean 'port'?"));
  EXPECT_THAT(text, HasSubstr("give both or neither"));
}

TEST(StationConfig, a_navico_radar_without_an_address_is_found_by_its_beacon) {
  const auto config = parse_station("[[radar]]\nprotocol = \"navico\"\n", "x.toml");
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->radars[0].is_found_by_beacon());
  EXPECT_FALSE(parse_station("[[radar]]\n", "x.toml")->radars[0].is_found_by_beacon());
  // Two of them need something to be told apart by.
  const std::string two = "[[radar]]\nname=\"a\"\nprotocol=\"navico\"\n[[radar]]\nname=\"b\"\nprotocol=\"navico\"\n";
  EXPECT_THAT(problems_of(two), HasSubstr("tell them apart by serial or channel"));
  EXPECT_EQ(problems_of(two + "channel = \"B\"\n"), "");
}

TEST(StationConfig, keys_of_navico_radars_are_mistakes_on_others) {
  for (const std::string protocol : {"asterix-240", "garmin-xhd", "furuno-drs"}) {
    const std::string radar = "[[radar]]\nprotocol = \"" + protocol + "\"\n";
    EXPECT_EQ(problems_of(radar), "");
    for (const std::string key : {"report = \"udp://236.6.7.9:6679\"", "beacon = \"udp://236.6.7.5:6878@eth1\"",
                                  "serial = \"1\"", "channel = \"B\""}) {
      const std::string name = key.substr(0, key.find(' '));
      EXPECT_THAT(problems_of(radar + key + "\n"),
                  HasSubstr(name + " is for protocol = \"navico\", this one is " + protocol));
      EXPECT_EQ(problems_of("[[radar]]\nprotocol = \"navico\"\n" + key + "\n"), "");
    }
  }
}

TEST(StationConfig, radars_with_a_usual_address_need_not_be_told_it_and_others_do) {
  const auto where = [](const std::string& protocol) {
    return parse_station("[[radar]]\nprotocol = \"" + protocol + "\"\n", "x.toml")->radars[0].listen_or_default();
  };
  EXPECT_EQ(where("garmin-xhd"), "udp://239.254.2.0:50102");
  EXPECT_EQ(where("furuno-drs"), "udp://239.255.0.2:10024");
  EXPECT_EQ(where("asterix-240"), "udp://0.0.0.0:8600");
  for (const std::string protocol : {"raymarine-quantum", "raymarine-rd"}) {
    const std::string radar = "[[radar]]\nprotocol = \"" + protocol + "\"\n";
    EXPECT_THAT(problems_of(radar), HasSubstr("give listen"));
    EXPECT_EQ(problems_of(radar + "listen = \"udp://232.1.2.3:2574\"\n"), "");
  }
}

TEST(StationConfig, broken_toml_names_the_line) {
  EXPECT_THAT(problems_of("[web\nport = 1\n"), HasSubstr("x.toml:1:"));
}

TEST(StationConfig, fields_are_checked_together) {
  EXPECT_THAT(problems_of("[[radar]]\nlatitude_deg = 1.0\n"), HasSubstr("give both or neither"));
  EXPECT_THAT(problems_of("[[radar]]\nname=\"a\"\n[[radar]]\nname=\"b\"\n"), HasSubstr("both listen on"));
  EXPECT_THAT(problems_of("[[radar]]\nblind_sectors_deg = [10.0]\n"), HasSubstr("pairs of bearings"));
  EXPECT_THAT(problems_of("[[radar]]\nclutter_shape = 0.05\n"), HasSubstr("less than 0.1"));
  EXPECT_THAT(problems_of("[[radar]]\nfalse_alarm_probability = 1e-10\n"), HasSubstr("1e-09"));
}

TEST(StationConfig, nan_is_refused) {
  EXPECT_THAT(problems_of("[tracker]\nprior_speed_kn = nan\n"), HasSubstr("number from"));
}

TEST(StationConfig, what_is_shown_can_be_read_again) {
  const auto config =
      parse_station("[[radar]]\nname=\"a \\\"b\\\"\\n\"\nblind_sectors_deg=[10.0, 20.5]\n[[nmea]]\n", "x.toml");
  ASSERT_TRUE(config);
  const auto again = parse_station(to_toml(*config), "shown");
  ASSERT_TRUE(again) << to_text(again.error());
  EXPECT_EQ(to_toml(*again), to_toml(*config));
}

TEST(StationConfig, the_reference_page_is_up_to_date) {
  std::ifstream in(HEADLAND_SOURCE_DIR "/docs/operate/configuration.md");
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), reference_markdown()) << "renew: headland config reference > docs/operate/configuration.md";
}

}  // namespace
}  // namespace headland::config
