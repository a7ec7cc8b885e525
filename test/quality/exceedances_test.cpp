// SPDX-License-Identifier: Apache-2.0
#include "quality/exceedances.hpp"

#include <sstream>

#include <gtest/gtest.h>

namespace headland::quality {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

const Figure within{"steady, CPA", "NM", 0.2, 0.3, 0.1};
const Figure over{"steady, course", "deg", 4.0, 3.0, 2.0};

std::vector<std::string> judged(const std::vector<Figure>& figures, const std::string& list) {
  std::istringstream in(list);
  return disagreements(figures, read_known(in));
}

TEST(Exceedances, AgreeWhenJustTheFiguresOverTheirLimitsAreListed) {
  EXPECT_TRUE(judged({within, over}, "# comment\n\nsteady, course | 4.0 deg | 3.0 | 2.0\n").empty());
}

TEST(Exceedances, AFigureOverItsLimitThatIsNotListedIsAFault) {
  const auto faults = judged({within, over}, "");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].find("steady, course: 4.000 deg"), std::string::npos) << faults[0];
}

TEST(Exceedances, AListedFigureThatIsMetIsAFaultSoThatTheListShrinks) {
  const auto faults = judged({within}, "steady, CPA | 0.4 NM\n");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].find("met now"), std::string::npos) << faults[0];
}

TEST(Exceedances, AListedFigureMayGrowALittleButNotMuch) {
  EXPECT_TRUE(judged({over}, "steady, course | 3.5\n").empty());
  EXPECT_EQ(judged({over}, "steady, course | 3.1\n").size(), 1U);
  EXPECT_EQ(judged({over}, "steady, course\n").size(), 1U) << "no value is no licence";
}

TEST(Exceedances, NoTrackAtAllIsOverAndMayBeListed) {
  const Figure lost{"fast", "deg", infinite, 3.0, 1.0};
  EXPECT_EQ(judged({lost}, "").size(), 1U);
  EXPECT_TRUE(judged({lost}, "fast | inf deg\n").empty());
  EXPECT_EQ(judged({lost}, "fast | 3.5 deg\n").size(), 1U);
}

TEST(Exceedances, NamesThatNothingMeasuresOrThatComeTwiceAreFaults) {
  EXPECT_EQ(judged({within}, "gone | 1.0\n").size(), 1U);
  EXPECT_EQ(judged({over}, "steady, course | 4.0\nsteady, course | 4.0\n").size(), 1U);
}

TEST(Exceedances, AListThatWasWrittenAgreesWithTheFiguresItCameFrom) {
  std::ostringstream out;
  write_known({within, over}, out);
  EXPECT_TRUE(judged({within, over}, out.str()).empty()) << out.str();
}

}  // namespace
}  // namespace headland::quality
