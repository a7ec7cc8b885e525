// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/alerts/alert_commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/nmea/alerts/alert_sentences.hpp"
#include "codec/nmea/sentence.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/rules/test/alert.hpp"

namespace headland::nmea {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::string sentence(const std::string& body) {
  std::string out;
  write_sentence('$', body, out);
  return out;
}

struct Read {
  std::vector<AlertCommand> commands;
  FaultCounts faults;
};
Read read(const std::string& text) {
  Read out;
  read_alert_commands({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, out.commands, out.faults);
  return out;
}

TEST(AlertCommands, AnAckGivesANumber) {
  const Read r = read(sentence("INACK,042"));
  ASSERT_THAT(r.commands, SizeIs(1));
  EXPECT_EQ(r.commands[0].alarm, 42U);
  EXPECT_TRUE(is_for_us(r.commands[0]));
  EXPECT_TRUE(names(r.commands[0], AlertId(1042)));
  EXPECT_FALSE(names(r.commands[0], AlertId(1043)));
}

TEST(AlertCommands, AnAcnGivesIdentifierInstanceAndWhatIsToBeDone) {
  const std::pair<const char*, AlertDemand> demands[] = {{"A", AlertDemand::acknowledge},
                                                         {"S", AlertDemand::silence},
                                                         {"O", AlertDemand::take_over},
                                                         {"Q", AlertDemand::repeat}};
  for (const auto& [letter, demand] : demands) {
    const Read r = read(sentence("INACN,000105.25,,10001,1042," + std::string(letter) + ",C"));
    ASSERT_THAT(r.commands, SizeIs(1)) << letter;
    EXPECT_EQ(r.commands[0].demand, demand);
    EXPECT_TRUE(names(r.commands[0], AlertId(1042)));
    EXPECT_FALSE(names(r.commands[0], AlertId(42)));
  }
}

TEST(AlertCommands, WhatNamesAnAlertOfAnotherSystemIsNotForUs) {
  const Read r = read(sentence("INACN,,FEC,10001,1042,A,C") + sentence("INACN,,,192,1042,A,C"));
  ASSERT_THAT(r.commands, SizeIs(2));
  for (const auto& command : r.commands) {
    EXPECT_FALSE(is_for_us(command));
    EXPECT_FALSE(names(command, AlertId(1042)));
  }
}

TEST(AlertCommands, WhatCannotBeReadIsCountedAndOrdersNothing) {
  for (const char* body :
       {"INACK,1042", "INACK,x", "INACK,042,1", "INACN,,,10001,1042,A,R", "INACN,,,10001,0,A,C",
        "INACN,,,10001,1042,B,C", "INACN,,,,1042,A,C", "INACN,,,10001,1000000,A,C", "INACN,,ABCD,10001,1,A,C"}) {
    const Read r = read(sentence(body));
    EXPECT_THAT(r.commands, IsEmpty()) << body;
    EXPECT_EQ(r.faults[NmeaFault::bad_fields], 1U) << body;
  }
}

TEST(AlertCommands, WithoutARightChecksumNothingIsOrdered) {
  EXPECT_THAT(read("$INACK,042\r\n").commands, IsEmpty());
  EXPECT_THAT(read("$INACK,042*00\r\n").commands, IsEmpty());
}

TEST(AlertCommands, WhatOurAlertsSayNamesThem) {
  for (const std::uint32_t id : {1U, 999U, 1000U, 999'999U, 1'000'000U}) {
    AlertRecord a = rules::testing::some_alert();
    a.id = AlertId(id);
    std::string text;
    write_alert(a, 0, text);
    FaultCounts faults;
    SentenceScanner scanner(text, faults);
    RawSentence s;
    ASSERT_TRUE(scanner.next(s));
    EXPECT_TRUE(names(*parse_alert_command("INACK," + std::string(Fields(s.body)[2])), a.id)) << id;
    ASSERT_TRUE(scanner.next(s));
    const Fields alf(s.body);
    EXPECT_TRUE(
        names(*parse_alert_command("INACN,,," + std::string(alf[9]) + "," + std::string(alf[10]) + ",A,C"), a.id))
        << id;
  }
}

TEST(AlertCommands, ARefusalRepeatsWhatWasOrderedAndAckHasNone) {
  std::string text;
  write_refusal(*parse_alert_command("INACN,,,10001,1042,O,C"), from_epoch_seconds(1'767'225'665.25), text);
  EXPECT_EQ(text, sentence("IIARC,000105.25,,10001,1042,O"));
  text.clear();
  write_refusal(*parse_alert_command("INACK,042"), {}, text);
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace headland::nmea
