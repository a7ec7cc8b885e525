// SPDX-License-Identifier: Apache-2.0
// Every key of every section, from the tables that drive parsing, checking and the reference page.
#include "runtime/config/fields.hpp"

#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/nearest.hpp"

namespace headland::config {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string problems_of(const std::string& text) {
  const auto result = parse_station(text, "x.toml");
  return result ? "" : to_text(result.error());
}

template <class Section>
std::string written(const Table<Section>& table, bool many, std::string_view key, const std::string& value) {
  // A latitude goes with a longitude.
  std::string more;
  if (key == "latitude_deg") more = "longitude_deg = 1\n";
  if (key == "longitude_deg") more = "latitude_deg = 1\n";
  // Alerts go somewhere.
  if (table.name == "no_initiation" && key != "points") more = "points = [[50, 1], [51, 1], [51, 2]]\n";
  if (table.name == "detection_zone" && key != "points") {
    more = key == "bearing_to_deg" ? "bearing_from_deg = 5\n" : "bearing_to_deg = 5\n";
  }
  if (table.name == "alert_output" && key != "url") more = "url = \"http://a/\"\n";
  return fmt::format("{0}{1}{2}\n{3}{4} = {5}\n", many ? "[[" : "[", table.name, many ? "]]" : "]", more, key, value);
}

// Calls check(table, many) for every table there is.
template <class Check>
void for_every_table(Check check) {
  check(station_table(), false);
  check(radar_table(), true);
  check(nmea_table(), true);
  check(no_initiation_table(), true);
  check(detection_zone_table(), true);
  check(own_ship_table(), false);
  check(tracker_table(), false);
  check(association_table(), false);
  check(journal_table(), false);
  check(history_table(), false);
  check(rules_table(), false);
  check(alert_output_table(), true);
  check(web_table(), false);
  check(chart_table(), false);
  check(cat062_table(), false);
}

TEST(Fields, mistakes_are_told_in_the_order_of_the_file) {
  const std::string told =
      problems_of("[web]\nport = \"a\"\nnonsense = 1\n[tracker]\ncoast_max_s = -1\n[[radar]]\nname = 5\n");
  std::vector<std::string> lines;
  std::istringstream in(told);
  for (std::string line; std::getline(in, line);) lines.push_back(line.substr(0, line.find(':', 7)));
  EXPECT_THAT(lines, testing::ElementsAre("x.toml:2", "x.toml:3", "x.toml:5", "x.toml:7")) << told;
}

TEST(Fields, numbers_are_taken_within_their_range_and_refused_outside) {
  int checked = 0;
  for_every_table([&]<class S>(const Table<S>& table, bool many) {
    for (const auto& f : table.fields) {
      if (f.max <= f.min) continue;  // no number
      if (std::holds_alternative<bool S::*>(f.member) || std::holds_alternative<std::vector<double> S::*>(f.member))
        continue;
      const auto text = [&](double v) { return written(table, many, f.name, fmt::format("{}", v)); };
      // Between 90 degrees and 999, which says that none is known, no latitude lies.
      const bool coordinate = f.name == "latitude_deg" || f.name == "longitude_deg";
      EXPECT_EQ(problems_of(text(f.min)), "") << f.name;
      if (!coordinate) {
        EXPECT_EQ(problems_of(text(f.max)), "") << f.name;
      }
      EXPECT_THAT(problems_of(text(f.max + std::max(1.0, f.max))), HasSubstr(f.name)) << f.name;
      EXPECT_THAT(problems_of(text(f.min - std::max(1.0, std::abs(f.min)))), HasSubstr(f.name)) << f.name;
      ++checked;
    }
  });
  EXPECT_GT(checked, 30);
}

TEST(Fields, a_value_of_the_wrong_kind_is_told_with_its_place) {
  for_every_table([&]<class S>(const Table<S>& table, bool many) {
    for (const auto& f : table.fields) {
      const bool is_list = std::holds_alternative<std::vector<double> S::*>(f.member);
      const auto text = problems_of(written(table, many, f.name, is_list ? "[true]" : "1979-05-27"));
      EXPECT_THAT(text, HasSubstr(fmt::format("{} must be", f.name))) << text;
      EXPECT_THAT(text, HasSubstr("x.toml:")) << f.name;
    }
  });
}

TEST(Fields, choices_are_all_taken_and_nothing_else) {
  for_every_table([&]<class S>(const Table<S>& table, bool many) {
    for (const auto& f : table.fields) {
      if (f.choices.empty()) continue;
      std::string_view rest = f.choices;
      while (true) {
        const auto bar = rest.find('|');
        // A choice may ask for another key besides.
        const auto text = written(table, many, f.name, fmt::format("\"{}\"", rest.substr(0, bar)));
        EXPECT_THAT(problems_of(text), Not(HasSubstr("must be one of"))) << f.name;
        if (bar == std::string_view::npos) break;
        rest.remove_prefix(bar + 1);
      }
      EXPECT_THAT(problems_of(written(table, many, f.name, "\"nonsense\"")), HasSubstr("must be one of")) << f.name;
    }
  });
}

TEST(Fields, have_names_of_their_own_and_a_sentence_each) {
  for_every_table([&]<class S>(const Table<S>& table, bool) {
    std::set<std::string_view> names;
    for (const auto& f : table.fields) {
      EXPECT_TRUE(names.insert(f.name).second) << table.name << ' ' << f.name;
      EXPECT_TRUE(f.sentence.ends_with('.')) << table.name << ' ' << f.name;
    }
  });
}

TEST(Fields, one_mistyped_letter_is_answered_with_the_name_that_was_meant) {
  for_every_table([&]<class S>(const Table<S>& table, bool many) {
    for (const auto& f : table.fields) {
      const auto mistyped = std::string(f.name) + "x";
      EXPECT_THAT(problems_of(written(table, many, mistyped, "1")),
                  HasSubstr(fmt::format("did you mean '{}'?", f.name)));
    }
  });
}

TEST(Nearest, finds_what_is_near_and_says_nothing_of_what_is_far) {
  EXPECT_EQ(nearest("prot", {"port", "address"}), "; did you mean 'port'?");
  EXPECT_EQ(nearest("adress", {"port", "address"}), "; did you mean 'address'?");
  EXPECT_EQ(nearest("zzzzzzzz", {"port", "address"}), "");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace headland::config
