// SPDX-License-Identifier: Apache-2.0
// Garmin, Furuno and Raymarine datagrams made by hand, to blocks of spokes.
#include <gtest/gtest.h>

#include "runtime/station/input_router.hpp"
#include "runtime/station/sources/arrival_clock.hpp"
#include "runtime/station/sources/recognise.hpp"
#include "runtime/station/test/sources/maker_datagrams.hpp"

namespace headland::station {
namespace {

using test::Datagram;
using test::furuno_frame;
using test::garmin_spoke;
using test::ms_after_start;
using test::put;
using test::quantum_spoke;
using test::quantum_status;
using test::Radar;
using test::rd_frame;
using test::rd_status;
using test::start;

TEST(GarminSource, GivesSpokesAndTellsLossesByTheAngle) {
  Radar radar("garmin-xhd");
  radar.hears(0, garmin_spoke(11504));
  radar.hears(2, garmin_spoke(11512));
  radar.hears(4, garmin_spoke(0));
  radar.hears(10, garmin_spoke(24));
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 4U);
  EXPECT_NEAR(spokes[3].cell_size.value(), 6.0, 1e-9);
  EXPECT_EQ(radar.counters().gaps, 1U);
  EXPECT_EQ(radar.counters().lost_spokes, 2U);
  EXPECT_EQ(radar.blocks().back().gap_before->spokes, 2U);
  EXPECT_EQ(radar.blocks()[0].reference, BearingReference::head_up);
}

TEST(GarminSource, CountsWhatItCannotReadByReason) {
  Radar radar("garmin-xhd");
  auto lying = garmin_spoke(0);
  lying[26] = 99;
  radar.hears(0, lying);
  radar.hears(0, Datagram{1, 2, 3});
  EXPECT_EQ(radar.counters().rejected.at("cell-count"), 1U);
  EXPECT_EQ(radar.counters().rejected.at("truncated"), 1U);
  EXPECT_TRUE(radar.spokes().empty());
}

TEST(FurunoSource, SpreadsTimesBackToTheFrameBeforeAndTakesTheWidthFromTheStep) {
  Radar radar("furuno-drs");
  radar.hears(0, furuno_frame(7, 0, 2048));
  radar.hears(10, furuno_frame(8, 24, 2048));
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 4U);
  EXPECT_NEAR(ms_after_start(spokes[2]), 5.0, 1e-3);
  EXPECT_NEAR(ms_after_start(spokes[3]), 10.0, 1e-3);
  EXPECT_NEAR(spokes[0].width.degrees(), 12 * 360.0 / 8192, 1e-9);
  EXPECT_NEAR(spokes[0].bearing.degrees(), 90.0, 1e-9);
  EXPECT_NEAR(spokes[0].cell_size.value(), 231.5, 1e-9);
  EXPECT_EQ(radar.blocks()[0].reference, BearingReference::true_north);
  EXPECT_EQ(radar.counters().gaps, 0U);
}

TEST(FurunoSource, TakesAHeadingOfZeroForNorthOnlyBesideNorth) {
  Radar none("furuno-drs");
  none.hears(0, furuno_frame(1, 0, 0));
  none.spokes();
  EXPECT_EQ(none.blocks()[0].reference, BearingReference::head_up);
  Radar north("furuno-drs");
  north.hears(0, furuno_frame(1, 0, 8190));
  north.hears(10, furuno_frame(2, 24, 0));
  north.hears(20, furuno_frame(3, 48, 3));
  north.spokes();
  for (const auto& block : north.blocks()) EXPECT_EQ(block.reference, BearingReference::true_north);
}

TEST(FurunoSource, LeavesTheHeadingOutWhereHeadUpIsConfigured) {
  Radar radar("furuno-drs", BearingReference::head_up);
  radar.hears(0, furuno_frame(1, 1024, 2048));
  const auto spokes = radar.spokes();
  EXPECT_NEAR(spokes.at(0).bearing.degrees(), 45.0, 1e-9);
  EXPECT_EQ(radar.blocks()[0].reference, BearingReference::head_up);
}

TEST(FurunoSource, CountsLostFramesAndTheSecondRange) {
  Radar radar("furuno-drs");
  radar.hears(0, furuno_frame(254, 0, 0));
  radar.hears(50, furuno_frame(1, 96, 0));  // 255 and 0 are lost
  radar.hears(60, furuno_frame(2, 120, 0, true));
  radar.hears(70, furuno_frame(3, 120, 0));
  EXPECT_EQ(radar.spokes().size(), 6U);
  EXPECT_EQ(radar.counters().gaps, 1U);
  EXPECT_EQ(radar.counters().lost_spokes, 4U);
  EXPECT_EQ(radar.counters().rejected.at("second-range"), 2U);
}

// All that its frames tell of how it is set; gain, sea and rain go over a connection of the plotter's.
TEST(FurunoSource, AnotherRangeIsAChangeOfSettings) {
  Radar radar("furuno-drs");
  radar.hears(0, furuno_frame(1, 0, 0));
  radar.hears(10, furuno_frame(2, 24, 0));
  EXPECT_EQ(radar.counters().settings_changes, 0U);
  ASSERT_TRUE(radar.counters().settings.range_m);
  auto other = furuno_frame(3, 48, 0);
  other[12] = 4;  // 1 NM
  radar.hears(20, other);
  EXPECT_EQ(radar.counters().settings_changes, 1U);
  EXPECT_EQ(*radar.counters().settings.range_m, 1852.0);
}

TEST(FurunoSource, FramesLostBeforeOneOfTheSecondRangeAreTold) {
  Radar radar("furuno-drs");
  radar.hears(0, furuno_frame(1, 0, 0));
  radar.hears(40, furuno_frame(4, 72, 0, true));  // 2 and 3 are lost
  radar.hears(50, furuno_frame(5, 72, 0));
  radar.spokes();
  EXPECT_EQ(radar.counters().gaps, 1U);
  EXPECT_EQ(radar.counters().lost_spokes, 4U);
  EXPECT_EQ(radar.blocks().back().gap_before->spokes, 4U);
}

TEST(FurunoSource, NamesTheModelThatIsAnnounced) {
  Radar radar("furuno-drs");
  EXPECT_EQ(radar.counters().protocol, "furuno-drs");
  Datagram d(170, 0);
  d[0] = 1, d[3] = 1, d[11] = 162, d[24] = 'D', d[25] = '4';
  radar.hears(0, d);
  EXPECT_EQ(radar.counters().protocol, "furuno-d4");
}

TEST(QuantumSource, NeedsAStatusBeforeItsSpokes) {
  Radar radar("raymarine-quantum");
  radar.hears(0, quantum_spoke(1, 0));
  radar.hears(5, quantum_status());
  radar.hears(10, quantum_spoke(2, 1));
  radar.hears(40, quantum_spoke(5, 4));
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 2U);
  EXPECT_NEAR(spokes[0].cell_size.value(), 926.0, 1e-9);
  EXPECT_EQ(radar.counters().rejected.at("range-not-known"), 1U);
  EXPECT_EQ(radar.counters().lost_spokes, 2U);
}

TEST(QuantumSource, DoesNotTakeABurstForAFastAntenna) {
  Radar radar("raymarine-quantum");
  radar.hears(0, quantum_status());
  // Sent every 10 ms, received 20 at a time.
  for (std::uint16_t i = 0; i < 1000; ++i) radar.hears(i / 20 * 200 + 200, quantum_spoke(i, i % 250));
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 1000U);
  // An eighth of a turn is what the pace of the antenna is measured over: 310 ms, not 200 or 400.
  for (std::size_t i = 100; i < spokes.size(); ++i) {
    const double eighth = ms_after_start(spokes[i]) - ms_after_start(spokes[i - 31]);
    EXPECT_NEAR(eighth, 310.0, 25.0) << i;
    EXPECT_LE(ms_after_start(spokes[i]), static_cast<double>(i / 20 * 200 + 200) + 1e-3) << i;
  }
}

TEST(ArrivalClock, StartsAnewBehindALongSilence) {
  ArrivalClock clock(std::chrono::milliseconds(10));
  EXPECT_EQ(clock.time_of(start, 1), start);
  const Timestamp later = start + std::chrono::seconds(5);
  EXPECT_EQ(clock.time_of(later, 1), later);
  EXPECT_EQ(clock.time_of(later, 1), later);  // never later than received
}

TEST(RdSource, NeedsAStatusAndTellsLossesByTheAzimuth) {
  Radar radar("raymarine-rd");
  radar.hears(0, rd_frame(1020, 2));
  radar.hears(1, rd_status());
  radar.hears(2, rd_frame(1022, 2));
  radar.hears(6, rd_frame(1024, 4));
  radar.hears(20, rd_frame(1034, 1));
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 7U);
  EXPECT_EQ(radar.counters().rejected.at("range-not-known"), 2U);
  EXPECT_EQ(radar.counters().lost_spokes, 6U);
  EXPECT_NEAR(spokes[2].bearing.degrees(), 0.0, 1e-9);
  EXPECT_NEAR(ms_after_start(spokes[2]), 3.0, 1e-3);
  EXPECT_EQ(radar.blocks()[0].bits, 4);
}

TEST(RdSource, SpokesThatCannotBeReadTakeTheirTimeToo) {
  Radar radar("raymarine-rd");
  radar.hears(0, rd_status());
  radar.hears(10, rd_frame(100, 4));
  auto broken = rd_frame(104, 4);
  put(broken, 32 + 56 + 8, 5000, 4);  // no such azimuth
  radar.hears(18, broken);
  const auto spokes = radar.spokes();
  ASSERT_EQ(spokes.size(), 7U);
  EXPECT_NEAR(ms_after_start(spokes[4]), 12.0, 1e-3);
  EXPECT_NEAR(ms_after_start(spokes[5]), 16.0, 1e-3) << "two steps later";
  EXPECT_NEAR(ms_after_start(spokes[6]), 18.0, 1e-3);
}

TEST(Recognise, TellsTheMakersApartByTheirBytes) {
  const auto protocol_of = [](const Datagram& d) {
    const auto r = recognise(d);
    return r ? std::string(r->protocol) + (r->shows_radar ? "!" : "") : "none";
  };
  EXPECT_EQ(protocol_of(garmin_spoke(0)), "garmin-xhd!");
  EXPECT_EQ(protocol_of(garmin_spoke(11520)), "garmin-xhd");  // cannot be read: shows no radar
  EXPECT_EQ(protocol_of(furuno_frame(0xC4, 0, 0)), "furuno-drs!");
  EXPECT_EQ(protocol_of(quantum_spoke(0, 0)), "raymarine-quantum!");
  EXPECT_EQ(protocol_of(quantum_status()), "raymarine-quantum!");
  EXPECT_EQ(protocol_of(rd_frame(0, 1)), "raymarine-rd!");
  EXPECT_EQ(protocol_of(rd_status()), "raymarine-rd!");
  EXPECT_EQ(protocol_of({0x01, 0xB1}), "none");
  EXPECT_EQ(protocol_of(Datagram(40, 0xF0)), "none");
  EXPECT_EQ(protocol_of({}), "none");
}

TEST(Recognise, EveryProtocolThatCanBeConfiguredHasADecoder) {
  for (const char* protocol :
       {"asterix-240", "navico", "garmin-xhd", "furuno-drs", "raymarine-quantum", "raymarine-rd"}) {
    RadarDecoderConfig config;
    config.protocol = protocol;
    EXPECT_NE(make_radar_decoder(config), nullptr) << protocol;
  }
  RadarDecoderConfig other;
  other.protocol = "morse";
  EXPECT_EQ(make_radar_decoder(other), nullptr);
}

TEST(WrappedSentences, AreTakenOutOfFurunoDatagrams) {
  Datagram d{1, 0x47, 0, 1, 0, 0, 0, 0, '$', 'I', 'I', 'G', 'G', 'A', ','};
  EXPECT_EQ(wrapped_sentences(d).size(), 7U);
  d[9] = 'A', d[10] = 'R', d[11] = 'P', d[12] = 'A', d[13] = ',';
  EXPECT_TRUE(wrapped_sentences(d).empty());
}

InputEvent datagram(double ms, std::uint32_t source, std::uint16_t port, Datagram bytes) {
  InputEvent event;
  event.time = start + std::chrono::microseconds(static_cast<std::int64_t>(ms * 1000));
  event.source = {source, 4000};
  event.destination = {0xEF010101, port};
  event.bytes = std::move(bytes);
  return event;
}

TEST(InputRouter, MakesARadarOfEachMakersSpokesAndOfNothingElse) {
  InputRouter router({}, false);
  std::vector<StageItem> out;
  const Datagram gain{0x25, 9, 0, 0, 2, 0, 0, 0, 60, 15};
  auto broken = garmin_spoke(16);
  broken[30] = 7;
  router.process(datagram(0, 9, 50100, gain), out);  // of a radar that sent no spoke yet
  router.process(datagram(0, 9, 50102, broken), out);
  EXPECT_TRUE(router.radars().empty());
  router.process(datagram(1, 9, 50102, garmin_spoke(0)), out);
  router.process(datagram(2, 9, 50102, broken), out);
  router.process(datagram(3, 9, 50100, gain), out);
  router.process(datagram(4, 8, 10024, furuno_frame(0xC4, 0, 0)), out);
  router.process(datagram(5, 7, 2574, quantum_status()), out);
  router.process(datagram(6, 7, 2574, quantum_spoke(1, 0)), out);
  router.process(datagram(7, 6, 2566, rd_status()), out);
  router.process(datagram(8, 6, 2566, rd_frame(0, 3)), out);
  router.process(datagram(9, 5, 99, Datagram(40, 0xF0)), out);
  const auto radars = router.radars();
  ASSERT_EQ(radars.size(), 4U);
  EXPECT_EQ(radars[0].protocol, "garmin-xhd");
  EXPECT_EQ(radars[0].spokes, 1U);
  EXPECT_EQ(radars[0].rejected, (std::map<std::string, std::uint64_t>{{"cell-count", 1}}));
  EXPECT_EQ(radars[1].protocol, "furuno-drs");
  EXPECT_EQ(radars[1].spokes, 2U);
  EXPECT_EQ(radars[2].protocol, "raymarine-quantum");
  EXPECT_EQ(radars[2].spokes, 1U);
  EXPECT_EQ(radars[3].protocol, "raymarine-rd");
  EXPECT_EQ(radars[3].spokes, 3U);
  EXPECT_EQ(router.rejected().at("datagram: not understood"), 1U);
}

TEST(InputRouter, HandsOnTheSentencesInsideFurunoDatagrams) {
  InputRouter router({}, false);
  std::vector<StageItem> out;
  Datagram d{1, 0x5D, 0, 1, 0, 0, 0, 0, 0, 19, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
  const std::string sentence = "$IIHDT,215.9,T*2D\r\n";
  d.insert(d.end(), sentence.begin(), sentence.end());
  router.process(datagram(0, 8, 10036, d), out);
  ASSERT_EQ(out.size(), 1U);
  const auto& text = std::get<StageItem::Text>(out[0].what).bytes;
  EXPECT_EQ(std::string(text.begin(), text.end()), sentence);
}

}  // namespace
}  // namespace headland::station
