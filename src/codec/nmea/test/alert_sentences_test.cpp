// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/alerts/alert_sentences.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/nmea/sentence.hpp"
#include "core/rules/test/alert.hpp"

namespace headland::nmea {
namespace {

using rules::testing::some_alert;
using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> bodies(const std::string& text) {
  std::vector<std::string> out;
  FaultCounts faults;
  SentenceScanner scanner(text, faults);  // checks the sums
  for (RawSentence s; scanner.next(s);) out.emplace_back(s.body);
  return out;
}

TEST(AlertSentences, AlrAndTwoAlf) {
  std::string text;
  write_alert(some_alert(), 3, text);
  EXPECT_THAT(bodies(text), ElementsAre("IIALR,000105.25,042,A,V,NORD; course 046 deg: will pass at 80 m.",
                                        "IIALF,2,1,3,000105.25,B,W,V,,10001,1042,66,0,collision in the",
                                        "IIALF,2,2,3,,,,,,10001,1042,66,0,NORD; course 046 deg: will pass at 80 m."));
}

TEST(AlertSentences, NoneIsLongerThanTheStandardAllowsAndAllEndWithCrLf) {
  AlertRecord a = some_alert();
  a.text = std::string(300, 'x');
  std::string text;
  write_alert(a, 3, text);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_EQ(line.back(), '\r');
    EXPECT_LE(line.size() + 1, 82U) << line;
  }
  EXPECT_THAT(bodies(text), SizeIs(3));
}

TEST(AlertSentences, StatesAreThoseOfBridgeAlertManagement) {
  const std::pair<AlertState, const char*> states[] = {
      {AlertState::active_unacknowledged, "V"},    {AlertState::active_silenced, "S"},
      {AlertState::active_acknowledged, "A"},      {AlertState::active_transferred, "O"},
      {AlertState::rectified_unacknowledged, "U"}, {AlertState::ended, "N"}};
  for (const auto& [state, letter] : states) {
    AlertRecord a = some_alert();
    a.state = state;
    std::string text;
    write_alert(a, 0, text);
    const std::string alf = bodies(text)[1];
    EXPECT_EQ(Fields(alf)[7], letter);
  }
  AlertRecord over = some_alert();
  over.state = AlertState::ended;
  std::string text;
  write_alert(over, 0, text);
  const std::string alr = bodies(text)[0];
  EXPECT_EQ(Fields(alr)[3], "V");
  EXPECT_EQ(Fields(alr)[4], "A");
}

TEST(AlertSentences, WhatANameHoldsCannotBreakASentence) {
  AlertRecord a = some_alert();
  a.text = "A*B,C$D!E\\F\r\nG\xFF";
  std::string text;
  write_alert(a, 0, text);
  EXPECT_THAT(bodies(text), SizeIs(3));
}

}  // namespace
}  // namespace headland::nmea
