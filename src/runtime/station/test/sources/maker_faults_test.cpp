// SPDX-License-Identifier: Apache-2.0
// What networks and instruments do to the video of Garmin, Furuno and Raymarine radars: datagrams that come twice, late
// or not at all, ranges that change under way, headings that come and go.
#include <gtest/gtest.h>

#include "runtime/station/test/sources/maker_datagrams.hpp"

namespace headland::station {
namespace {

using test::Datagram;
using test::furuno_frame;
using test::garmin_spoke;
using test::quantum_spoke;
using test::quantum_status;
using test::Radar;
using test::rd_frame;
using test::rd_status;

TEST(RepeatedDatagrams, OfAGarminAreTakenOnce) {
  Radar radar("garmin-xhd");
  double ms = 0;
  for (const int spoke : {0, 1, 1, 3, 2, 4, 4, 5}) {  // the second is late by then
    radar.hears(ms += 2, garmin_spoke(static_cast<std::uint16_t>(8 * spoke)));
  }
  EXPECT_EQ(radar.spokes().size(), 5U);
  EXPECT_EQ(radar.counters().rejected.at("repeated"), 3U);
  EXPECT_EQ(radar.counters().lost_spokes, 1U);
}

TEST(RepeatedDatagrams, OfAGarminAcrossTheBowAreTakenOnce) {
  Radar radar("garmin-xhd");
  double ms = 0;
  for (const int angle : {11504, 11512, 0, 11512, 8}) {
    radar.hears(ms += 2, garmin_spoke(static_cast<std::uint16_t>(angle)));
  }
  EXPECT_EQ(radar.spokes().size(), 4U);
  EXPECT_EQ(radar.counters().gaps, 0U);
}

TEST(RepeatedDatagrams, AreNoneWhenTheRadarBeginsAnew) {
  Radar radar("garmin-xhd");
  radar.hears(0, garmin_spoke(800));
  radar.hears(5000, garmin_spoke(800));
  radar.hears(5002, garmin_spoke(808));
  EXPECT_EQ(radar.spokes().size(), 3U);
}

TEST(RepeatedDatagrams, OfAnRdAreTakenOnce) {
  Radar radar("raymarine-rd");
  radar.hears(0, rd_status());
  double ms = 0;
  for (const int azimuth : {2044, 0, 0, 8, 4, 12, 12}) {  // 4 to 7 are late by then
    radar.hears(ms += 5, rd_frame(static_cast<std::uint16_t>(azimuth), 4));
  }
  EXPECT_EQ(radar.spokes().size(), 16U);
  EXPECT_EQ(radar.counters().rejected.at("repeated"), 12U);
  EXPECT_EQ(radar.counters().lost_spokes, 4U);
}

TEST(RepeatedDatagrams, OfAQuantumAreTakenOnce) {
  Radar radar("raymarine-quantum");
  radar.hears(0, quantum_status());
  double ms = 0;
  for (const int n : {65535, 0, 0, 2, 1, 3}) {
    radar.hears(ms += 10,
                quantum_spoke(static_cast<std::uint16_t>(n), static_cast<std::uint16_t>((n + 1) % 250 % 65536)));
  }
  EXPECT_EQ(radar.spokes().size(), 4U);
  EXPECT_EQ(radar.counters().rejected.at("repeated"), 2U);
  EXPECT_EQ(radar.counters().lost_spokes, 1U);
}

TEST(RepeatedDatagrams, OfAFurunoAreTakenOnce) {
  Radar radar("furuno-drs");
  double ms = 0;
  for (const int n : {255, 0, 0, 2, 1, 3}) {
    const auto sequence = static_cast<std::uint8_t>(n);
    radar.hears(ms += 10, furuno_frame(sequence, static_cast<std::uint16_t>(24 * ((n + 1) % 256)), 0));
  }
  EXPECT_EQ(radar.spokes().size(), 8U);
  EXPECT_EQ(radar.counters().rejected.at("repeated"), 4U);
  EXPECT_EQ(radar.counters().lost_spokes, 2U);
}

// Of the spokes in the recordings that follow a status with another range, the first 17 at most are of either range.
TEST(RdSource, GivesNothingOutUntilTheSpokesFollowANewRange) {
  Radar radar("raymarine-rd");
  radar.hears(0, rd_status(1500));
  radar.hears(5, rd_frame(0, 4));
  radar.hears(6, rd_status(3000));
  double ms = 6;
  for (std::uint16_t azimuth = 4; azimuth < 44; azimuth += 4) radar.hears(ms += 5, rd_frame(azimuth, 4));
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 12U);
  for (const SpokeInfo& spoke : spokes) {
    EXPECT_NEAR(spoke.cell_size.value(), (spoke.sequence < 4 ? 1.5 : 3.0) * 1852.0 * 4 / 512, 1e-6) << spoke.sequence;
  }
  EXPECT_EQ(spokes[4].sequence, 36U);
  EXPECT_EQ(radar.counters().rejected.at("range-changes"), 32U);
  EXPECT_EQ(radar.counters().lost_spokes, 0U) << "they were not lost on the wire";
  const Gap gap = radar.blocks().back().gap_before.value_or(radar.blocks()[1].gap_before.value_or(Gap{}));
  EXPECT_EQ(gap.spokes, 32U);
  EXPECT_EQ(gap.reason, GapReason::not_transmitted);
}

TEST(RdSource, AStatusOfTheSameRangeChangesNothing) {
  Radar radar("raymarine-rd");
  radar.hears(0, rd_status(1500));
  radar.hears(5, rd_frame(0, 4));
  radar.hears(6, rd_status(1500));
  radar.hears(10, rd_frame(4, 4));
  EXPECT_EQ(radar.spokes().size(), 8U);
}

// All of its cells are copied from the spoke before, four each.
Datagram copies(std::uint8_t sequence, std::uint16_t angle) {
  Datagram d = furuno_frame(sequence, angle, 0);
  for (const std::size_t at : {20U, 28U}) d[at] = 4 << 2 | 2, d[at + 1] = d[at + 2] = d[at + 3] = 0;
  return d;
}

TEST(FurunoSource, CellsCopiedFromTheFrameBeforeAreItsCells) {
  Radar radar("furuno-drs");
  radar.hears(0, furuno_frame(1, 0, 0));
  radar.hears(10, copies(2, 24));
  EXPECT_EQ(radar.spokes().size(), 4U);
  EXPECT_EQ(radar.blocks().back().samples.back(), 40);
}

TEST(FurunoSource, SpokesCopiedFromALostFrameAreNotSeen) {
  Radar radar("furuno-drs");
  radar.hears(0, furuno_frame(1, 0, 0));
  radar.hears(20, copies(3, 48));
  radar.hears(30, furuno_frame(4, 72, 0));
  EXPECT_EQ(radar.spokes().size(), 4U);
  EXPECT_EQ(radar.counters().rejected.at("copied-from-lost"), 2U);
  EXPECT_EQ(radar.counters().lost_spokes, 4U);
  EXPECT_EQ(radar.blocks().back().gap_before->spokes, 4U);
}

// One frame in three has no heading.
TEST(FurunoSource, AHeadingThatFlickersKeepsItsReference) {
  Radar radar("furuno-drs");
  for (int i = 0; i < 300; ++i) {
    const auto heading = static_cast<std::uint16_t>(i % 3 == 1 ? 0 : 2048 + i);
    radar.hears(10.0 * i,
                furuno_frame(static_cast<std::uint8_t>(i), static_cast<std::uint16_t>(24 * i % 8192), heading));
  }
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 600U);
  for (const SpokeBlock& block : radar.blocks()) ASSERT_EQ(block.reference, BearingReference::true_north);
  // Without one it is that of the frame before.
  EXPECT_NEAR(spokes[2].bearing.degrees(), (24 + 2048) * 360.0 / 8192, 1e-9);
}

TEST(FurunoSource, AHeadingThatIsGoneForSecondsIsGivenUpOnce) {
  Radar radar("furuno-drs");
  for (int i = 0; i < 1000; ++i) {
    const auto heading = static_cast<std::uint16_t>(i < 100 ? 2048 : 0);
    radar.hears(10.0 * i,
                furuno_frame(static_cast<std::uint8_t>(i), static_cast<std::uint16_t>(24 * i % 8192), heading));
  }
  radar.spokes();
  int changes = 0;
  for (std::size_t i = 1; i < radar.blocks().size(); ++i) {
    changes += radar.blocks()[i].reference != radar.blocks()[i - 1].reference ? 1 : 0;
  }
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(radar.blocks().back().reference, BearingReference::head_up);
}

TEST(FurunoSource, ANorthThatStaysIsNorthAndNoFlicker) {
  Radar radar("furuno-drs");
  for (int i = 0; i < 1000; ++i) {
    const auto heading = static_cast<std::uint16_t>(i < 100 && i % 3 != 1 ? 40 : 0);
    radar.hears(10.0 * i,
                furuno_frame(static_cast<std::uint8_t>(i), static_cast<std::uint16_t>(24 * i % 8192), heading));
  }
  const auto spokes = radar.spokes();
  for (const SpokeBlock& block : radar.blocks()) ASSERT_EQ(block.reference, BearingReference::true_north);
  EXPECT_NEAR(spokes[2].bearing.degrees(), (24 + 40) * 360.0 / 8192, 1e-9);
  EXPECT_NEAR(spokes[1998].bearing.degrees(), 24 * 999 % 8192 * 360.0 / 8192, 1e-9);
}

}  // namespace
}  // namespace headland::station
