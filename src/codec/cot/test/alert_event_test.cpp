// SPDX-License-Identifier: Apache-2.0
#include "codec/cot/alert_event.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/rules/test/alert.hpp"

namespace headland::cot {
namespace {

using testing::HasSubstr;
using testing::Not;

// With letters that mean something in XML.
AlertRecord alert() {
  AlertRecord a = rules::testing::some_alert();
  a.rule = "dark <vessel>";
  a.priority = Priority::alarm;
  a.subjects[0].name = "NORD & S\xC3\x98N";
  a.text = "It says \"nothing\" and\x01 goes 13.0 kn.";
  return a;
}

TEST(AlertEvent, says_who_where_when_and_why_and_nothing_but_unknown) {
  const std::string xml = alert_event(alert(), "Cape");
  EXPECT_EQ(xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><event version=\"2.0\" uid=\"headland.Cape.alert.1042\" "
            "type=\"a-u-S\" "
            "how=\"m-f\" time=\"2026-01-01T00:01:05.250Z\" start=\"2026-01-01T00:00:00.000Z\" "
            "stale=\"2026-01-01T00:31:05.250Z\"><point lat=\"-36.500000\" lon=\"179.999999\" hae=\"9999999.0\" "
            "ce=\"9999999.0\" le=\"9999999.0\"/><detail><contact callsign=\"NORD &amp; S\xC3\x98N\"/><remarks "
            "source=\"Cape\">alarm, dark &lt;vessel&gt;: It says &quot;nothing&quot; and goes 13.0 kn. "
            "(active_unacknowledged)</remarks></detail></event>");
}

TEST(AlertEvent, is_stale_when_the_alert_is_over_and_keeps_its_uid) {
  AlertRecord a = alert();
  a.state = AlertState::ended;
  const std::string xml = alert_event(a, "Cape");
  EXPECT_THAT(xml, HasSubstr("stale=\"2026-01-01T00:01:05.250Z\""));
  EXPECT_THAT(xml, HasSubstr("uid=\"headland.Cape.alert.1042\""));
}

TEST(AlertEvent, a_vessel_without_name_is_called_by_its_number) {
  AlertRecord a = alert();
  a.subjects[0].name.clear();
  EXPECT_THAT(alert_event(a, "Cape"), HasSubstr("callsign=\"MMSI 257000001\""));
  a.subjects[0].mmsi = Mmsi(0);
  EXPECT_THAT(alert_event(a, "Cape"), HasSubstr("callsign=\"Track 3\""));
}

}  // namespace
}  // namespace headland::cot
