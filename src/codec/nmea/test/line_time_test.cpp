// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/line_time.hpp"

#include <gtest/gtest.h>

#include "codec/nmea/vdm_writer.hpp"

namespace headland::nmea {
namespace {

Timestamp seconds(std::int64_t s) { return Timestamp(std::chrono::seconds(s)); }

std::string line(std::string_view body, char start = '!', std::string_view trailer = "") {
  std::string out;
  write_sentence(start, body, out);
  out.insert(out.size() - 2, trailer);
  return out;
}
std::string tagged(std::string_view tag, const std::string& rest) {
  const std::string sum = line(tag);
  return "\\" + sum.substr(1, sum.size() - 3) + "\\" + rest;
}
const std::string single = line("AIVDM,1,1,,A,13@:`L001N0ded0O6Fp8wW<00<0t,0");
const std::string first_of_two = line("AIVDM,2,1,3,A,13@:`L001N0ded0O6Fp8wW<00<0t,0");
const std::string second_of_two = line("AIVDM,2,2,3,A,13@:`L001N0ded0O6Fp8wW<00<0t,0");
const std::string pghp = line("PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62", '$');
const Timestamp pghp_time = seconds(1384257600) + std::chrono::milliseconds(11);

TEST(TagBlock, TimesAreSecondsOrMillisecondsByTheirSize) {
  EXPECT_EQ(parse_tag_time("1420030798"), seconds(1420030798));
  EXPECT_EQ(parse_tag_time("1420030798123"), seconds(1420030798) + std::chrono::milliseconds(123));
  EXPECT_EQ(parse_tag_time("45842"), seconds(45842));
  EXPECT_EQ(parse_tag_time("45842.25"), seconds(45842) + std::chrono::milliseconds(250));
  EXPECT_FALSE(parse_tag_time("99999999999999"));
  EXPECT_FALSE(parse_tag_time(""));
  EXPECT_FALSE(parse_tag_time("12a"));
}

TEST(TagBlock, ItsFieldsComeInAnyOrderAndUnknownOnesAreLeftAlone) {
  const TagBlock t = parse_tag("g:1-2-1604,q:u,s:rORBCOMM008,c:1418169601,T:2014-12-10 00.00.01,x");
  EXPECT_EQ(t.time, seconds(1418169601));
  EXPECT_EQ(t.station, "rORBCOMM008");
  EXPECT_EQ(t.group, 1604U);
  EXPECT_FALSE(parse_tag("si:AISD").time);
}

TEST(LineTimes, PghpIsACalendarTime) {
  EXPECT_EQ(parse_pghp("PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62"), pghp_time);
  EXPECT_FALSE(parse_pghp("PGHP,1,2013,2,30,12,0,0,11,219,,2190067,1,62"));
  EXPECT_FALSE(parse_pghp("PGHP,1,2013,11,12,24,0,0,11"));
  EXPECT_FALSE(parse_pghp("PGHP,1,2013"));
}

TEST(LineTimes, TrailersHoldSecondsOfTheCoastGuardOrMilliseconds) {
  EXPECT_EQ(parse_trailer(",r003669987,1152921693"), seconds(1152921693));
  EXPECT_EQ(parse_trailer(",d-109,S2105,t050056.00,T56.13,r003669946,1325394060,1325394001"), seconds(1325394060));
  EXPECT_EQ(parse_trailer(",1327992119157"), seconds(1327992119) + std::chrono::milliseconds(157));
  EXPECT_FALSE(parse_trailer(",0,12"));
  EXPECT_FALSE(parse_trailer(""));
}

TEST(LineTimes, OwnReceiverGivesDateAndTime) {
  EXPECT_EQ(parse_receiver_time("GPRMC,195721.5,A,5310.8,N,00525.7,E,0,0,160414,0.7,E,A"),
            seconds(1397678241) + std::chrono::milliseconds(500));
  EXPECT_EQ(parse_receiver_time("GPZDA,195721,16,04,2014,00,00"), seconds(1397678241));
  EXPECT_FALSE(parse_receiver_time("GPRMC,195721.5,V,,,,,,,160414,,,N"));
  EXPECT_FALSE(parse_receiver_time("GPGGA,195721,5310.8,N"));
}

TEST(NmeaFileClock, LinesBeforeTheFirstTimeHaveNone) {
  NmeaFileClock clock;
  EXPECT_FALSE(clock.time_of(single));
  EXPECT_EQ(clock.time_of(tagged("c:1000", single)), seconds(1000));
  EXPECT_EQ(clock.time_of(single), seconds(1000));
  EXPECT_EQ(clock.time_of("# comment"), seconds(1000));
  EXPECT_EQ(clock.counters().lines_without_time, 1U);
}

TEST(NmeaFileClock, ATagWithAWrongChecksumGivesNoTime) {
  NmeaFileClock clock;
  EXPECT_FALSE(clock.time_of("\\c:1000*00\\" + single));
}

TEST(NmeaFileClock, PghpSpeaksOfTheWholeMessageThatFollowsAndNoMore) {
  NmeaFileClock clock;
  const std::string late = ",1384257700000";
  const auto with_trailer = [&](std::string text) { return text.insert(text.size() - 2, late); };
  EXPECT_EQ(clock.time_of(pghp), pghp_time);
  EXPECT_EQ(clock.time_of(with_trailer(first_of_two)), pghp_time);
  EXPECT_EQ(clock.time_of(with_trailer(second_of_two)), pghp_time);
  EXPECT_EQ(clock.time_of(with_trailer(single)), seconds(1384257700));
  EXPECT_EQ(clock.counters().backwards, 0U);
  EXPECT_EQ(clock.time_of(pghp), pghp_time);
  EXPECT_EQ(clock.counters().backwards, 1U);
}

TEST(NmeaFileClock, ALineThatHoldsOnlyATagBlockSetsTheTime) {
  NmeaFileClock clock;
  EXPECT_EQ(clock.time_of(tagged("c:1000", "\r\n")), seconds(1000));
  EXPECT_EQ(clock.time_of(single), seconds(1000));
}

TEST(NmeaFileClock, TheReceiverTimeCountsOnlyWhereThereIsNoOther) {
  NmeaFileClock clock;
  const std::string rmc = line("GPRMC,195721,A,5310.8,N,00525.7,E,0,0,160414,0.7,E,A", '$');
  EXPECT_EQ(clock.time_of(rmc), seconds(1397678241));
  EXPECT_EQ(clock.time_of(single), seconds(1397678241));
  EXPECT_EQ(clock.time_of(tagged("c:1000", single)), seconds(1000));
  EXPECT_EQ(clock.time_of(rmc), seconds(1000));
}

TEST(VdmWriter, TagBlocksAreReadBackByTheClock) {
  ais::Payload p;
  for (int i = 0; i < 200; ++i) p.put(static_cast<std::uint32_t>(i), 6);
  const Timestamp when = seconds(1420030798) + std::chrono::milliseconds(5);
  std::string out;
  write_vdm(p, {.time = when, .station = "headland"}, out);
  NmeaFileClock clock;
  int lines = 0;
  while (!out.empty()) {
    const std::size_t end = out.find('\n') + 1;
    EXPECT_EQ(clock.time_of(out.substr(0, end)), when);
    const std::size_t start = out.find('!');
    EXPECT_LE(end - start, 82U);
    out.erase(0, end);
    ++lines;
  }
  EXPECT_EQ(lines, 4);
  std::string old;
  write_vdm(p, {.time = seconds(45842)}, old);
  EXPECT_EQ(clock.time_of(old.substr(0, old.find('\n'))), seconds(45842));
}

}  // namespace
}  // namespace headland::nmea
