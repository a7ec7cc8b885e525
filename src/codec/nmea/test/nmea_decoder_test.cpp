// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/nmea_decoder.hpp"

#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/line_splitter.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::nmea {
namespace {

std::span<const std::uint8_t> bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
Timestamp at(double s) { return from_epoch_seconds(s); }

VesselReport report(std::uint32_t mmsi) {
  VesselReport r;
  r.message_type = 1;
  r.mmsi = Mmsi(mmsi);
  r.position = GeoPosition::from_degrees(53.0, 5.0);
  r.heading = Bearing::from_degrees(90.0);
  return r;
}
VesselParticulars particulars(std::uint32_t mmsi, std::string name) {
  VesselParticulars v;
  v.message_type = 5;
  v.mmsi = Mmsi(mmsi);
  v.name = std::move(name);
  return v;
}
template <class Value>
std::string sentences(const Value& value, VdmFraming framing = {}) {
  std::string out;
  write_vdm(*ais::encode(value), framing, out);
  return out;
}
std::string sentence(std::string_view body, char start = '$') {
  std::string out;
  write_sentence(start, body, out);
  return out;
}
// One part of the two of `value`'s message.
std::string part(const std::string& both, int number) {
  const std::size_t end = both.find('\n') + 1;
  return number == 1 ? both.substr(0, end) : both.substr(end);
}

struct Bench {
  NmeaDecoder decoder;
  NmeaOutput out;
  void feed(std::string_view text, double time_s = 0.0, std::uint32_t source = 0) {
    decoder.process(bytes(text), at(time_s), source, out);
  }
  std::uint64_t count(NmeaFault fault) const { return decoder.counters().faults[fault]; }
  std::uint64_t faults() const { return decoder.counters().faults.total(); }
};

TEST(NmeaDecoder, ASentenceBecomesItsMessage) {
  Bench b;
  b.feed(sentences(report(244660000), {.channel = 'B'}), 12.5);
  ASSERT_EQ(b.out.ais.size(), 1U);
  const auto& r = std::get<VesselReport>(b.out.ais[0]);
  EXPECT_EQ(r.mmsi, Mmsi(244660000));
  EXPECT_EQ(r.received, at(12.5));
  EXPECT_EQ(r.channel, 'B');
  EXPECT_FALSE(r.own_ship);
  EXPECT_EQ(b.decoder.counters().messages_by_type[1], 1U);
  EXPECT_EQ(b.faults(), 0U);
}

TEST(NmeaDecoder, SentencesOfADatagramAreTakenWithAnyLineEndOrNone) {
  const std::string one = sentences(report(1)), body = one.substr(0, one.size() - 2);
  for (const std::string_view end : {"\r\n", "\n", "\r", ""}) {
    Bench b;
    b.feed(body + std::string(end) + body + std::string(end) + body);
    EXPECT_EQ(b.out.ais.size(), 3U);
    EXPECT_EQ(b.faults(), 0U);
  }
}

TEST(NmeaDecoder, WhatStandsBeforeASentenceIsSkippedAndCounted) {
  Bench b;
  b.feed("xx\x01y" + sentences(report(1)) + "# a comment with !AIVDM in it\r\n" + "  " + sentences(report(2)));
  EXPECT_EQ(b.out.ais.size(), 2U);
  EXPECT_EQ(b.count(NmeaFault::garbage), 1U);
  EXPECT_EQ(b.faults(), 1U);
}

TEST(NmeaDecoder, ASentenceCutByTheNextOneIsLostAloneNotBoth) {
  Bench b;
  const std::string one = sentences(report(1));
  b.feed(one.substr(0, 30) + one);
  EXPECT_EQ(b.out.ais.size(), 1U);
  EXPECT_EQ(b.count(NmeaFault::no_checksum), 1U);
}

TEST(NmeaDecoder, AWrongChecksumLosesTheSentence) {
  Bench b;
  std::string one = sentences(report(1));
  one[20] = one[20] == '0' ? '1' : '0';
  b.feed(one);
  EXPECT_TRUE(b.out.ais.empty());
  EXPECT_EQ(b.count(NmeaFault::wrong_checksum), 1U);
}

TEST(NmeaDecoder, AWrongTagChecksumLosesTheTagNotTheSentence) {
  Bench b;
  std::string one = sentences(report(1), {.time = at(1e9)});
  ASSERT_EQ(one[0], '\\');
  one[4] = '7';
  b.feed(one);
  EXPECT_EQ(b.out.ais.size(), 1U);
  EXPECT_EQ(b.count(NmeaFault::wrong_tag_checksum), 1U);
  b.feed("\\c:1000000000" + sentences(report(2)));
  EXPECT_EQ(b.out.ais.size(), 2U);
  EXPECT_EQ(b.count(NmeaFault::unterminated_tag), 1U);
}

TEST(NmeaDecoder, TheTimeBehindTheChecksumIsNoPartOfTheSentence) {
  Bench b;
  const std::string one = sentences(report(1));
  b.feed(one.substr(0, one.size() - 2) + ",r003669987,1152921693\r\n" + one);
  EXPECT_EQ(b.out.ais.size(), 2U);
  EXPECT_EQ(b.faults(), 0U);
}

TEST(NmeaDecoder, MessagesOfTwoPartsArePutTogetherBetweenOthers) {
  Bench b;
  const std::string ship = sentences(particulars(7, "ONE"), {.sequence = 4});
  b.feed(part(ship, 1));
  b.feed(sentences(report(1)));
  EXPECT_EQ(b.out.ais.size(), 1U);
  b.feed(part(ship, 2), 3.0);
  ASSERT_EQ(b.out.ais.size(), 2U);
  const auto& v = std::get<VesselParticulars>(b.out.ais[1]);
  EXPECT_EQ(v.name, "ONE");
  EXPECT_EQ(v.received, at(3.0));
  EXPECT_EQ(b.faults(), 0U);
}

TEST(NmeaDecoder, PartsOfOtherSourcesChannelsSequencesAndTalkersDoNotMix) {
  const VdmFraming base{.talker = "AI", .channel = 'A', .sequence = 1};
  VdmFraming channel = base, sequence = base, talker = base, own = base;
  channel.channel = 'B';
  sequence.sequence = 2;
  talker.talker = "BS";
  own.own_ship = true;
  for (const VdmFraming& other : {channel, sequence, talker, own}) {
    Bench b;
    b.feed(part(sentences(particulars(7, "ONE"), base), 1));
    b.feed(part(sentences(particulars(8, "TWO"), other), 2));
    EXPECT_TRUE(b.out.ais.empty());
    EXPECT_EQ(b.count(NmeaFault::orphan_fragment), 1U);
  }
  Bench b;
  b.feed(part(sentences(particulars(7, "ONE"), base), 1), 0.0, 1);
  b.feed(part(sentences(particulars(8, "TWO"), base), 2), 0.0, 2);
  EXPECT_EQ(b.count(NmeaFault::orphan_fragment), 1U);
}

TEST(NmeaDecoder, TheGroupOfTheTagBlockKeepsStationsApart) {
  const std::string a = sentences(particulars(7, "ONE"), {.sequence = 1});
  const std::string c = sentences(particulars(8, "TWO"), {.sequence = 1});
  const auto tagged = [](std::string_view tag, const std::string& line) {
    const std::string body = sentence(tag);  // $tag*hh
    return "\\" + body.substr(1, body.size() - 3) + "\\" + line;
  };
  Bench b;
  b.feed(tagged("g:1-2-55,s:north", part(a, 1)));
  b.feed(tagged("g:2-2-56", part(c, 2)));  // of another group
  EXPECT_EQ(b.count(NmeaFault::orphan_fragment), 1U);
  b.feed(tagged("g:2-2-55", part(a, 2)));
  ASSERT_EQ(b.out.ais.size(), 1U);
  EXPECT_EQ(std::get<VesselParticulars>(b.out.ais[0]).name, "ONE");
}

TEST(NmeaDecoder, APartThatIsMissingOrRepeatedLosesTheMessage) {
  const std::string ship = sentences(particulars(7, "ONE"));
  Bench b;
  b.feed(part(ship, 2));
  EXPECT_EQ(b.count(NmeaFault::orphan_fragment), 1U);
  b.feed(part(ship, 1) + part(ship, 1));
  EXPECT_EQ(b.count(NmeaFault::incomplete_message), 1U);
  b.feed(part(ship, 2) + part(ship, 2));
  EXPECT_EQ(b.out.ais.size(), 1U);
  EXPECT_EQ(b.count(NmeaFault::orphan_fragment), 2U);
}

TEST(NmeaDecoder, PartsTooFarApartInTimeDoNotMeet) {
  const std::string ship = sentences(particulars(7, "ONE"));
  Bench b;
  b.feed(part(ship, 1), 100.0);
  b.feed(part(ship, 2), 111.0);
  EXPECT_TRUE(b.out.ais.empty());
  EXPECT_EQ(b.count(NmeaFault::incomplete_message), 1U);
  EXPECT_EQ(b.count(NmeaFault::orphan_fragment), 1U);
}

TEST(NmeaDecoder, BegunMessagesAreBoundedAndTheOldestGoes) {
  Bench b;
  std::vector<std::string> ships;
  for (std::uint32_t i = 0; i <= VdmAssembler::capacity; ++i) {
    ships.push_back(sentences(particulars(i + 1, "SHIP")));
    b.feed(part(ships.back(), 1), 0.01 * i, i);
  }
  EXPECT_EQ(b.count(NmeaFault::too_many_fragments), 1U);
  b.feed(part(ships[0], 2), 1.0, 0);
  EXPECT_TRUE(b.out.ais.empty());
  b.feed(part(ships[1], 2), 1.0, 1);
  EXPECT_EQ(b.out.ais.size(), 1U);
}

TEST(NmeaDecoder, ReceiversThatLeaveFieldsEmptyOrAddOneAreUnderstood) {
  const std::string both = sentences(particulars(7, "ONE"), {.channel = 0, .sequence = 7});
  Bench b;
  for (int n : {1, 2}) {
    std::string line = part(both, n);
    const std::size_t start = line.find('!') + 1;
    b.feed(sentence(line.substr(start, line.find('*') - start) + ",0", '!'));
  }
  EXPECT_EQ(b.out.ais.size(), 1U);
  EXPECT_EQ(b.faults(), 0U);
}

TEST(NmeaDecoder, NonsenseInTheFieldsOfVdmIsCountedByReason) {
  Bench b;
  b.feed(sentence("AIVDM,1,1,,A,1", '!'));
  b.feed(sentence("AIVDM,x,1,,A,177,0", '!'));
  EXPECT_EQ(b.count(NmeaFault::bad_fields), 2U);
  b.feed(sentence("AIVDM,0,1,,A,177,0", '!'));
  b.feed(sentence("AIVDM,2,3,,A,177,0", '!'));
  EXPECT_EQ(b.count(NmeaFault::bad_fragment_number), 2U);
  b.feed(sentence("AIVDM,1,1,,A,,0", '!'));
  EXPECT_EQ(b.count(NmeaFault::ais_empty_payload), 1U);
  b.feed(sentence("AIVDM,1,1,,A,1~7,0", '!'));
  EXPECT_EQ(b.count(NmeaFault::ais_bad_letter), 1U);
  b.feed(sentence("AIVDM,1,1,,A,17777777,6", '!'));
  EXPECT_EQ(b.count(NmeaFault::ais_bad_fill), 1U);
  b.feed(sentence("AIVDM,1,1,,A,17777777,0", '!'));
  EXPECT_EQ(b.count(NmeaFault::ais_too_short), 1U);
  EXPECT_TRUE(b.out.ais.empty());
}

TEST(NmeaDecoder, OtherTypesAreCountedByTheirNumber) {
  Bench b;
  b.feed(sentence("AIVDM,1,1,,A,603Owlh0>5Q@04000000,0", '!'));
  EXPECT_EQ(b.decoder.counters().messages_by_type[6], 1U);
  EXPECT_TRUE(b.out.ais.empty());
}

TEST(NmeaDecoder, OwnTransponderGivesAMessageAndOwnShip) {
  Bench b;
  b.feed(sentences(report(211), {.own_ship = true}), 5.0);
  ASSERT_EQ(b.out.ais.size(), 1U);
  EXPECT_TRUE(std::get<VesselReport>(b.out.ais[0]).own_ship);
  ASSERT_EQ(b.out.own_ship.size(), 1U);
  const OwnShipReport& own = b.out.own_ship[0];
  EXPECT_STREQ(own.source.data(), "AIVDO");
  EXPECT_EQ(own.received, at(5.0));
  EXPECT_NEAR(own.heading_true->degrees(), 90.0, 1e-9);
  EXPECT_NEAR(own.position->latitude_deg(), 53.0, 1e-9);
}

TEST(NmeaDecoder, OtherSentencesAreCountedNotFaults) {
  Bench b;
  b.feed(sentence("GPGSV,1,1,00") + sentence("PGHP,1,2013,11,12,12,0,0,11,219,,2190067,1,62"));
  EXPECT_EQ(b.decoder.counters().other_sentences, 2U);
  EXPECT_EQ(b.faults(), 0U);
}

TEST(LineSplitter, GivesWholeLinesHoweverTheStreamIsCut) {
  const std::string text = "one\r\ntwo\n\nthree\nrest";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    LineSplitter splitter;
    std::string got;
    for (std::size_t i = 0; i < text.size(); i += step) {
      splitter.feed(bytes(std::string_view(text).substr(i, step)), [&](std::span<const std::uint8_t> lines) {
        ASSERT_EQ(lines.back(), '\n');
        got.append(lines.begin(), lines.end());
      });
    }
    EXPECT_EQ(got, "one\r\ntwo\n\nthree\n") << step;
  }
}

TEST(LineSplitter, ALineWithoutEndIsLeftOutAndTheNextOneTaken) {
  LineSplitter splitter;
  std::string got;
  const auto use = [&](std::span<const std::uint8_t> lines) { got.append(lines.begin(), lines.end()); };
  for (int i = 0; i < 100; ++i) splitter.feed(bytes(std::string(100, 'x')), use);
  splitter.feed(bytes("tail\nnext\n"), use);
  EXPECT_EQ(got, "next\n");
  EXPECT_EQ(splitter.overlong(), 1U);
}

}  // namespace
}  // namespace headland::nmea
