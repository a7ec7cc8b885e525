// SPDX-License-Identifier: Apache-2.0
#include "codec/navico/report.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace headland::navico {
namespace {

using Datagram = std::vector<std::uint8_t>;

Datagram with(std::size_t size, std::initializer_list<std::pair<std::size_t, Datagram>> parts) {
  Datagram d(size, 0);
  for (const auto& [at, bytes] : parts)
    std::copy(bytes.begin(), bytes.end(), d.begin() + static_cast<std::ptrdiff_t>(at));
  return d;
}

TEST(Beacon, GivesTheAddressesOfBothChannels) {
  const auto d = with(222, {{0, {0x01, 0xB2, '1', '9', '0', '2'}},
                            {88, {236, 6, 9, 51, 0x1B, 0x93}},
                            {108, {236, 6, 9, 53, 0x1B, 0x95}},
                            {124, {236, 6, 7, 13, 0x1A, 0x01}},
                            {134, {236, 6, 7, 14, 0x1A, 0x06}}});
  const auto beacon = read_beacon(d);
  ASSERT_TRUE(beacon.has_value());
  EXPECT_EQ(std::string(beacon->serial.data()), "1902");
  ASSERT_EQ(beacon->channel_count, 2);
  EXPECT_EQ(beacon->channels[0].data, (Address{0xEC060933, 7059}));
  EXPECT_EQ(beacon->channels[0].report, (Address{0xEC060935, 7061}));
  EXPECT_EQ(beacon->channels[1].data, (Address{0xEC06070D, 6657}));
  EXPECT_EQ(beacon->channels[1].send, (Address{0xEC06070E, 6662}));
}

TEST(Beacon, KnowsTheOrderOfTheBr24) {
  const auto d = with(98, {{0, {0x01, 0xB2}}, {92, {236, 6, 7, 8, 0x1A, 0x16}}, {72, {236, 6, 7, 9, 0x1A, 0x17}}});
  const auto beacon = read_beacon(d);
  ASSERT_TRUE(beacon.has_value());
  EXPECT_EQ(beacon->channel_count, 1);
  EXPECT_EQ(beacon->channels[0].data, (Address{0xEC060708, 6678}));
  EXPECT_EQ(beacon->channels[0].report, (Address{0xEC060709, 6679}));
}

TEST(Beacon, RefusesOtherLengths) {
  EXPECT_FALSE(read_beacon(with(100, {{0, {0x01, 0xB2}}})).has_value());
  EXPECT_FALSE(read_beacon(with(10, {{0, {0x01, 0xB2}}})).has_value());
  EXPECT_FALSE(is_beacon(Datagram{0x01, 0xB1}));
}

TEST(Report, GivesTypedValues) {
  EXPECT_EQ(std::get<StateReport>(*read_report(with(18, {{0, {0x01, 0xC4, 2}}}))).state, 2);
  EXPECT_NEAR(std::get<RangeReport>(*read_report(with(99, {{0, {0x02, 0xC4, 0xB0, 0x90}}}))).range_m, 3704.0, 1e-9);
  const auto model = std::get<ModelReport>(*read_report(with(129, {{0, {0x03, 0xC4, 8}}, {34, {0x40, 0x01}}})));
  EXPECT_EQ(model.model, 8);
  EXPECT_EQ(model.hours, 320U);
  const auto mounted =
      std::get<InstallationReport>(*read_report(with(66, {{0, {0x04, 0xC4}}, {6, {0xF6, 0xFF}}, {10, {0x49, 0x0E}}})));
  EXPECT_NEAR(mounted.bearing_alignment_deg, -1.0, 1e-9);
  EXPECT_NEAR(mounted.antenna_height_m, 3.657, 1e-9);
  EXPECT_EQ(std::get<OtherReport>(*read_report(with(68, {{0, {0x06, 0xC4}}}))).type, 6);
}

TEST(Report, KnowsDopplerOnlyFromLongSettings) {
  const auto settings = [](std::size_t size, std::uint8_t state) {
    auto d = with(size, {{0, {0x08, 0xC4}}});
    if (size > 20) d[18] = state, d[19] = 0xC8;
    return std::get<SettingsReport>(*read_report(d));
  };
  EXPECT_FALSE(settings(18, 0).doppler.has_value());
  EXPECT_EQ(settings(21, 0).doppler, DopplerState::off);
  EXPECT_EQ(settings(22, 1).doppler, DopplerState::on);
  EXPECT_EQ(settings(32, 2).doppler, DopplerState::approaching_only);
  EXPECT_NEAR(settings(32, 2).doppler_threshold_mps, 2.0, 1e-9);
}

TEST(Report, RefusesWhatIsCutOrNone) {
  EXPECT_EQ(read_report(Datagram{0x02, 0xC4, 1}).error().reason, FaultReason::truncated_report);
  EXPECT_EQ(read_report(Datagram(37, 0xC4)).error().reason == FaultReason::truncated_report, false);
  EXPECT_EQ(read_report(with(37, {{0, {0x03, 0xC4}}})).error().reason, FaultReason::truncated_report);
  EXPECT_EQ(read_report(Datagram{0x01, 0xC6}).error().reason, FaultReason::not_a_report);
  EXPECT_EQ(read_report({}).error().reason, FaultReason::not_a_report);
}

TEST(NavigationPacket, GivesHeadingOrCourse) {
  auto d = with(72, {{0, {'N', 'K', 'O', 'E'}},
                     {8, {0x12, 0x34}},
                     {36, {0x12, 0xF1, 0x01, 0x00}},
                     {40, {0xE8, 0x03}},
                     {65, {0x94, 0xC9}}});
  const auto heading = read_navigation(d);
  ASSERT_TRUE(heading.has_value());
  EXPECT_EQ(heading->counter, 0x1234);
  EXPECT_EQ(epoch_seconds(heading->time), 1.0);
  EXPECT_NEAR(*heading->heading_rad, 5.1604, 1e-9);
  d = with(72, {{0, {'N', 'K', 'O', 'E'}}, {36, {0x02, 0xF8, 0x01, 0x00}}, {66, {0x10, 0x27, 0xF4, 0x01}}});
  const auto course = read_navigation(d);
  ASSERT_TRUE(course.has_value());
  EXPECT_NEAR(*course->course_rad, 1.0, 1e-9);
  EXPECT_NEAR(*course->speed_mps, 5.0, 1e-9);
  EXPECT_FALSE(course->heading_rad.has_value());
  d[36] = 3;
  EXPECT_FALSE(read_navigation(d).has_value());
  d.pop_back();
  EXPECT_FALSE(read_navigation(d).has_value());
}

Spoke spoke(Family family, std::uint16_t large = 0x80, std::uint16_t small = 100) {
  Spoke s;
  s.family = family;
  s.large_range = large;
  s.small_range = small;
  return s;
}

TEST(ModelEvidence, NamesOnlyWhatIsKnown) {
  ModelEvidence e;
  EXPECT_EQ(e.model(), Model::unknown);
  e.note(spoke(Family::br24_or_3g));
  EXPECT_EQ(e.model(), Model::br24_or_3g);
  e.note(Report(ModelReport{0x0F, 0}));
  EXPECT_EQ(e.model(), Model::br24);
  e.note(Report(ModelReport{0x08, 0}));
  EXPECT_EQ(e.model(), Model::g3);
  EXPECT_EQ(protocol_name(e.model()), "navico-3g");
}

TEST(ModelEvidence, TellsA4GFromANewHaloThatReportsTheSameModel) {
  ModelEvidence plain;
  plain.note(spoke(Family::g4_or_halo));
  EXPECT_EQ(plain.model(), Model::g4_or_halo);
  plain.note(Report(ModelReport{0x01, 0}));
  EXPECT_EQ(plain.model(), Model::g4);
  plain.note(Report(OtherReport{0x09}));
  EXPECT_EQ(plain.model(), Model::halo);
  ModelEvidence by_range;
  by_range.note(spoke(Family::g4_or_halo, 400, 0x8000));
  EXPECT_EQ(by_range.model(), Model::g4);
  ModelEvidence halo;
  halo.note(spoke(Family::g4_or_halo, 3438, 512));
  EXPECT_EQ(halo.model(), Model::halo);
}

TEST(ModelEvidence, BelievesTheSpokesWhereAReportContradictsThem) {
  ModelEvidence e;
  e.note(spoke(Family::g4_or_halo));
  e.note(Report(ModelReport{0x0F, 0}));
  EXPECT_EQ(e.model(), Model::g4_or_halo);
}

}  // namespace
}  // namespace headland::navico
