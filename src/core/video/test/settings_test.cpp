// SPDX-License-Identifier: Apache-2.0
#include "core/video/settings.hpp"

#include <gtest/gtest.h>

namespace headland {
namespace {

TEST(VideoSettings, WhatIsToldFirstIsNoChange) {
  VideoSettings known;
  VideoSettings news;
  news.gain_percent = 60.0;
  EXPECT_EQ(take_settings(news, known), "");
  EXPECT_EQ(known, news);
  EXPECT_EQ(take_settings(news, known), "") << "said again";
}

TEST(VideoSettings, AChangeIsToldInWordsAndTheRestStays) {
  VideoSettings known;
  known.gain_percent = 60.2;
  known.sea_mode = 1;
  known.rain_percent = 5.0;
  VideoSettings news;
  news.gain_percent = 45.0;
  news.sea_mode = 0;
  EXPECT_EQ(take_settings(news, known), "gain percent 60.2 to 45, sea mode 1 to 0");
  EXPECT_EQ(known.rain_percent, 5.0);
  EXPECT_EQ(to_text(known), "gain percent 45, sea mode 0, rain percent 5");
}

TEST(VideoSettings, WhatAnAutomaticSetsIsNoChange) {
  VideoSettings known;
  known.gain_automatic = true;
  known.gain_percent = 60.0;
  VideoSettings news;
  news.gain_percent = 61.0;
  EXPECT_EQ(take_settings(news, known), "");
  EXPECT_EQ(known.gain_percent, 61.0);
  news.gain_automatic = false;
  news.gain_percent = 30.0;
  EXPECT_EQ(take_settings(news, known), "automatic gain on to off, gain percent 61 to 30");
}

}  // namespace
}  // namespace headland
