// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/endpoint.hpp"

#include <gtest/gtest.h>

namespace headland::ip {
namespace {

TEST(Endpoint, IsReadFromTextAndWrittenBack) {
  const auto e = parse_endpoint("236.6.9.51:7059");
  ASSERT_TRUE(e.has_value());
  EXPECT_EQ(e->address, 0xEC060933U);
  EXPECT_EQ(e->port, 7059);
  EXPECT_TRUE(e->is_multicast());
  EXPECT_EQ(to_text(*e), "236.6.9.51:7059");
  EXPECT_FALSE(parse_endpoint("127.0.0.1:1")->is_multicast());
}

TEST(Endpoint, RefusesWhatIsNoneAndSaysHowToWriteIt) {
  for (const char* text : {"", ":", "1.2.3.4", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3:5", "1.2.3.256:5",
                           "1.2.3.4.5:6", "1.2.3.4:5x", "localhost:5", "1..3.4:5", "-1.2.3.4:5"}) {
    const auto e = parse_endpoint(text);
    ASSERT_FALSE(e.has_value()) << text;
    EXPECT_NE(e.error().detail.find("write it like"), std::string::npos);
  }
}

}  // namespace
}  // namespace headland::ip
