// SPDX-License-Identifier: Apache-2.0
#include "codec/ais/payload.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace headland::ais {
namespace {

TEST(Payload, LettersBecomeTheirSixBitsMostSignificantFirst) {
  Payload p;
  ASSERT_TRUE(p.append("0Ww`", 0));  // 0, 39, 63, 40
  EXPECT_EQ(p.size(), 24U);
  EXPECT_EQ(p.bits(0, 6), 0U);
  EXPECT_EQ(p.bits(6, 6), 39U);
  EXPECT_EQ(p.bits(12, 6), 63U);
  EXPECT_EQ(p.bits(18, 6), 40U);
  EXPECT_EQ(p.bits(0, 24), (39U << 12) | (63U << 6) | 40U);
}

TEST(Payload, LettersBetweenTheTwoRunsAndOutsideAreRefused) {
  for (const char letter : {'X', '_', '/', 'x', '\0', ' ', '\x80', '\xff'}) {
    Payload p;
    const auto result = p.append(std::string("000") + letter, 0);
    ASSERT_FALSE(result) << int(letter);
    EXPECT_EQ(result.error(), PayloadFault::bad_letter);
    EXPECT_EQ(p.size(), 0U);
  }
}

TEST(Payload, ABadLetterInTheSecondPartLeavesTheFirstAsItWas) {
  Payload p;
  ASSERT_TRUE(p.append("wwwww", 0));
  ASSERT_FALSE(p.append("000000000000_", 0));
  EXPECT_EQ(p.size(), 30U);
  EXPECT_EQ(p.bits(0, 30), 0x3FFFFFFFU);
  ASSERT_TRUE(p.append("0", 0));
  EXPECT_EQ(p.bits(0, 32), 0xFFFFFFFCU);
}

TEST(Payload, FillBitsAreCutAndReadAsZero) {
  Payload p;
  ASSERT_TRUE(p.append("ww", 5));
  EXPECT_EQ(p.size(), 7U);
  EXPECT_EQ(p.bits(0, 7), 127U);
  EXPECT_EQ(p.bits(0, 12), 127U << 5);
  EXPECT_EQ(p.bits(7, 10), 0U);
  EXPECT_EQ(p.bits(3000, 32), 0U);
  EXPECT_EQ(p.append("w", 6).error(), PayloadFault::bad_fill);
}

TEST(Payload, EndlessMessagesAreRefused) {
  Payload p;
  const std::string letters(60, '0');
  Expected<void, PayloadFault> result;
  for (int i = 0; i < 20 && result; ++i) result = p.append(letters, 0);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), PayloadFault::too_long);
  EXPECT_LE(p.size(), Payload::max_letters * 6);
  EXPECT_EQ(Payload().append("", 0).error(), PayloadFault::empty);
}

TEST(Payload, SignedFieldsAreTwosComplement) {
  Payload p;
  p.put(0x80, 8);
  p.put(0xFFFFFFFF, 28);
  p.put(5, 27);
  EXPECT_EQ(p.signed_bits(0, 8), -128);
  EXPECT_EQ(p.signed_bits(8, 28), -1);
  EXPECT_EQ(p.signed_bits(36, 27), 5);
}

TEST(Payload, TextEndsAtTheFirstAtSignAndLosesTrailingBlanks) {
  Payload p;
  p.put_text("EVER  ", 6);
  p.put_text("GIVEN@X", 7);
  p.put_text("lower~", 6);
  EXPECT_EQ(p.text(0, 6), "EVER");
  EXPECT_EQ(p.text(0, 13), "EVER  GIVEN");
  EXPECT_EQ(p.text(78, 6), "LOWER?");
  EXPECT_EQ(p.text(0, 0), "");
}

TEST(Payload, SplitAnywhereItIsTheSameMessage) {
  EXPECT_TRUE(rc::check("append(a + b) = append(a), append(b)", [](const std::string& seed) {
    std::string letters;
    for (const char c : seed) {
      const auto v = static_cast<unsigned>(static_cast<unsigned char>(c)) & 63U;
      letters += static_cast<char>(v < 40 ? v + 48 : v + 56);
    }
    letters = letters.substr(0, 200) + "0w";
    const auto cut = *rc::gen::inRange<std::size_t>(1, letters.size());
    const auto fill = *rc::gen::inRange(0U, 6U);
    Payload whole, parts;
    RC_ASSERT(bool(whole.append(letters, fill)));
    RC_ASSERT(bool(parts.append(letters.substr(0, cut), 0)));
    RC_ASSERT(bool(parts.append(letters.substr(cut), fill)));
    RC_ASSERT(whole.size() == parts.size());
    for (unsigned at = 0; at < whole.size() + 64; at += 5) RC_ASSERT(whole.bits(at, 32) == parts.bits(at, 32));
    RC_ASSERT(whole.armoured().letters.size() == letters.size());
    RC_ASSERT(whole.armoured().fill == fill);
    if (fill == 0) RC_ASSERT(whole.armoured().letters == letters);
  }));
}

}  // namespace
}  // namespace headland::ais
