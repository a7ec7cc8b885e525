// SPDX-License-Identifier: Apache-2.0
#include "io/web/http.hpp"

#include <gtest/gtest.h>

namespace headland::web {
namespace {

TEST(HttpTarget, is_taken_apart_and_decoded) {
  const auto request = parse_target("/api/v1/history/tracks?from=1.5&to=2&name=S%C3%B8r+%26&empty&#x");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->path, "/api/v1/history/tracks");
  EXPECT_EQ(request->query_value("from"), "1.5");
  EXPECT_EQ(request->query_value("name"), "Sør &");
  EXPECT_EQ(request->query_value("empty"), "");
  EXPECT_FALSE(request->query_value("id"));
}

TEST(HttpTarget, malformed_ones_are_refused) {
  for (const char* bad : {"", "x", "http://a/b", "/%", "/%2", "/%zz", "/a%00b", "/?a=%0", "/?%00=1"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
}

TEST(HttpTarget, plus_is_a_blank_in_the_query_only) {
  EXPECT_EQ(parse_target("/a+b?c+d=e+f")->path, "/a+b");
  EXPECT_EQ(parse_target("/a+b?c+d=e+f")->query_value("c d"), "e f");
}

TEST(HttpHandlers, serve_their_prefix_at_a_path_boundary) {
  EXPECT_TRUE(is_under("/metrics", "/metrics"));
  EXPECT_TRUE(is_under("/api/v1/history/tracks", "/api/v1/history"));
  EXPECT_FALSE(is_under("/metrics2", "/metrics"));
  EXPECT_FALSE(is_under("/metric", "/metrics"));
}

TEST(Origin, must_be_the_host_asked) {
  EXPECT_TRUE(same_origin("", "a:80"));
  EXPECT_TRUE(same_origin("http://a:8080", "A:8080"));
  EXPECT_TRUE(same_origin("https://a", "a"));
  EXPECT_FALSE(same_origin("http://evil", "a:8080"));
  EXPECT_FALSE(same_origin("http://a:8081", "a:8080"));
  EXPECT_FALSE(same_origin("null", "a:8080"));
  EXPECT_FALSE(same_origin("http://", ""));
}

}  // namespace
}  // namespace headland::web
