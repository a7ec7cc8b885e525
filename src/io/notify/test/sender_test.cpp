// SPDX-License-Identifier: Apache-2.0
// What can be told without a server; deliveries to real ones: test/replay/outputs_test.py.
#include "io/notify/sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headland::notify {
namespace {

using testing::HasSubstr;
using testing::Not;

SenderConfig config(SenderKind kind, const char* url) {
  SenderConfig c;
  c.kind = kind;
  c.url = url;
  c.from = "watch@example.org";
  c.to = {"officer@example.org"};
  c.topic = "headland/alerts";
  return c;
}

TEST(Sender, addresses_of_another_kind_are_refused_with_what_to_write) {
  const auto fault = [](SenderKind kind, const char* url) {
    const auto made = make_sender(config(kind, url));
    return made ? std::string() : made.error().detail;
  };
  EXPECT_THAT(fault(SenderKind::webhook, "ftp://host/"), HasSubstr("write https://HOST/PATH"));
  EXPECT_THAT(fault(SenderKind::email, "http://host"), HasSubstr("write smtp://HOST:PORT"));
  EXPECT_THAT(fault(SenderKind::mqtt, "mqtt://host:port"), HasSubstr("write mqtt://HOST:PORT"));
  EXPECT_THAT(fault(SenderKind::mqtt, "mqtt://:1883"), HasSubstr("write mqtt://HOST:PORT"));
  EXPECT_THAT(fault(SenderKind::socket, "udp://host"), HasSubstr("write udp://HOST:PORT"));
  EXPECT_THAT(fault(SenderKind::socket, "http://host:80"), HasSubstr("write udp://HOST:PORT"));
  EXPECT_EQ(fault(SenderKind::socket, "udp://[::1]:10110"), "");
  EXPECT_EQ(fault(SenderKind::mqtt, "mqtt://host"), "");
  EXPECT_EQ(fault(SenderKind::webhook, "https://host/alerts"), "");
}

TEST(Sender, a_mail_has_its_headers_and_nothing_of_a_name_becomes_another_one) {
  const auto text = mail_text({"7", "EVIL\r\nBcc: all@example.org", "text", "Thu, 01 Jan 2026 00:00:00 +0000"},
                              "watch@example.org", {"a@example.org", "b@example.org"});
  EXPECT_THAT(text, HasSubstr("\r\nTo: a@example.org, b@example.org\r\n"));
  EXPECT_THAT(text, HasSubstr("Subject: EVILBcc: all@example.org\r\n"));
  EXPECT_THAT(text, Not(HasSubstr("\r\nBcc:")));
  EXPECT_THAT(text, HasSubstr("Message-ID: <7@headland>\r\n"));
  EXPECT_TRUE(text.ends_with("\r\n\r\ndGV4dA==\r\n")) << text;
}

TEST(Sender, letters_beyond_ascii_are_encoded_in_the_subject) {
  EXPECT_THAT(mail_text({"7", "heading 350°", "", ""}, "a@b", {"c@d"}),
              HasSubstr("Subject: =?UTF-8?B?aGVhZGluZyAzNTDCsA==?=\r\n"));
}

TEST(Sender, a_server_that_is_not_there_is_an_error_and_not_a_delivery) {
  for (const auto& [kind, url] :
       {std::pair(SenderKind::webhook, "http://127.0.0.1:1/"), std::pair(SenderKind::email, "smtp://127.0.0.1:1"),
        std::pair(SenderKind::mqtt, "mqtt://127.0.0.1:1"), std::pair(SenderKind::socket, "tcp://127.0.0.1:1")}) {
    auto sender = make_sender(config(kind, url));
    ASSERT_TRUE(sender);
    const auto sent = (*sender)->send({"1", "subject", "{}", ""});
    ASSERT_FALSE(sent) << url;
    EXPECT_THAT(sent.error().detail, HasSubstr(url));
  }
}

}  // namespace
}  // namespace headland::notify
