// SPDX-License-Identifier: Apache-2.0
#include "runtime/health/health.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headland::health {
namespace {

using testing::HasSubstr;

TEST(Health, the_worst_component_counts) {
  Health h;
  h.set("a", State::green);
  EXPECT_EQ(h.overall(), State::green);
  h.set("b", State::red, "disk full");
  h.set("c", State::yellow, "slow");
  EXPECT_EQ(h.overall(), State::red);
  h.set("b", State::green);
  EXPECT_EQ(h.overall(), State::yellow);
}

TEST(Metrics, are_written_with_type_help_and_labels) {
  Metrics m;
  m.add_source([](std::vector<Sample>& out) { out.push_back({"headland_spokes_total", {{"radar", "one"}}, 42.0}); });
  const std::string text = m.prometheus_text();
  EXPECT_THAT(text, HasSubstr("# TYPE headland_spokes_total counter"));
  EXPECT_THAT(text, HasSubstr("headland_spokes_total{radar=\"one\"} 42"));
  EXPECT_THAT(text, HasSubstr("headland_up 1"));
}

TEST(Metrics, the_page_lists_them_all) {
  std::ifstream in(HEADLAND_SOURCE_DIR "/docs/operate/metrics.md");
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), metrics_markdown()) << "renew: headland config metrics > docs/operate/metrics.md";
}

}  // namespace
}  // namespace headland::health
