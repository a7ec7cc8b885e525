// SPDX-License-Identifier: Apache-2.0
#include "runtime/config/endpoint.hpp"

#include <gtest/gtest.h>

namespace headland::config {
namespace {

TEST(Endpoint, is_read_from_its_text) {
  const auto e = parse_endpoint("udp://239.240.0.1:24000@192.168.1.5");
  ASSERT_TRUE(e);
  EXPECT_EQ(e->transport, Transport::udp);
  EXPECT_EQ(e->host, "239.240.0.1");
  EXPECT_EQ(e->port, 24000);
  EXPECT_EQ(e->interface, "192.168.1.5");
  EXPECT_EQ(parse_endpoint("tcp://ais.local:10110")->transport, Transport::tcp);
}

TEST(Endpoint, what_cannot_be_read_is_explained) {
  for (const char* text :
       {"", "udp://", "udp://1.2.3.4", "udp://1.2.3.4:", "udp://1.2.3.4:70000", "udp://1.2.3.4:80x",
        "serial:/dev/ttyS0", "udp://:80", "udp://ais.local:10110", "udp://1.2.3:80", "udp://239.1.2.3:80@"}) {
    const auto e = parse_endpoint(text);
    ASSERT_FALSE(e) << text;
    EXPECT_NE(e.error().detail.find("write udp://"), std::string::npos);
  }
}

}  // namespace
}  // namespace headland::config
