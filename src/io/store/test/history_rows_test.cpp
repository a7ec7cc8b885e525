// SPDX-License-Identifier: Apache-2.0
#include "io/store/history_rows.hpp"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "io/store/test/history_file.hpp"

namespace headland::store {
namespace {

using test::row;
using test::second;
using HistoryRowsTest = test::HistoryFile;

TEST_F(HistoryRowsTest, gives_every_row_back_as_it_was_written) {
  auto store = open();
  TrackRow full = row(7, 20, Mmsi(235'000'001));
  full.kind = SystemTrackKind::sar_aircraft;
  full.ais_received = second(18.5);
  full.ais_class = AisClass::class_b;
  full.heading = Bearing::from_degrees(359.25);
  full.navigation_status = 1;
  full.length = Metres(42.5);
  full.radar_class = TrackClass::small;
  full.hearing = AisHearing::silent;
  full.trust = 0.25;
  VesselParticulars particulars;
  particulars.mmsi = Mmsi(235'000'001);
  particulars.to_bow_m = std::uint16_t{30};
  ASSERT_TRUE(store->write({{row(8, 30), full, row(7, 10)}, {particulars}, {}}));

  auto rows = open_history_rows(config_.file);  // beside the one that writes
  ASSERT_TRUE(rows) << rows.error().detail;
  const auto extent = (*rows)->extent();
  ASSERT_TRUE(extent && *extent);
  EXPECT_EQ((*extent)->from, second(10));
  EXPECT_EQ((*extent)->to, second(30));
  std::vector<TrackRow> got;
  ASSERT_TRUE((*rows)->each({second(10), second(29)}, [&](const TrackRow& r) { return got.push_back(r), true; }));
  ASSERT_EQ(got.size(), 2U);
  EXPECT_FALSE(got[0].ais_received);
  EXPECT_FALSE(got[0].heading);
  EXPECT_EQ(got[0].trust, 1.0);
  const TrackRow& r = got[1];
  EXPECT_EQ(r.id, SystemTrackId(7));
  EXPECT_EQ(r.point.time, second(20));
  EXPECT_EQ(r.stage, TrackStage::confirmed);
  EXPECT_TRUE(r.radar && r.ais);
  EXPECT_EQ(r.kind, SystemTrackKind::sar_aircraft);
  EXPECT_EQ(r.ais_received, second(18.5));
  EXPECT_EQ(r.ais_class, AisClass::class_b);
  EXPECT_NEAR(r.heading->degrees(), 359.25, 1e-9);
  EXPECT_EQ(r.navigation_status, 1);
  EXPECT_NEAR(r.length.value(), 42.5, 1e-9);
  EXPECT_EQ(r.radar_class, TrackClass::small);
  EXPECT_EQ(r.hearing, AisHearing::silent);
  EXPECT_NEAR(r.trust, 0.25, 1e-9);
  const auto vessels = (*rows)->vessels();
  ASSERT_TRUE(vessels);
  ASSERT_EQ(vessels->size(), 1U);
  EXPECT_EQ(vessels->front().to_bow_m, 30);
}

TEST_F(HistoryRowsTest, rows_of_what_is_no_history_are_refused_with_the_reason) {
  const auto why = [&] {
    const auto rows = open_history_rows(config_.file);
    return rows ? std::string() : rows.error().detail;
  };
  EXPECT_NE(why().find("there is no"), std::string::npos);
  std::filesystem::create_directories(config_.file.parent_path());
  std::ofstream(config_.file) << "a text";
  EXPECT_NE(why().find("is no history"), std::string::npos) << why();
  std::filesystem::remove(config_.file);
  sql("CREATE TABLE other(x);");
  EXPECT_NE(why().find("but no history"), std::string::npos) << why();
  sql("CREATE TABLE tracks(x); PRAGMA user_version=2;");
  EXPECT_NE(why().find("older version"), std::string::npos) << why();
  sql("PRAGMA user_version=99;");
  EXPECT_NE(why().find("newer version"), std::string::npos) << why();
}

}  // namespace
}  // namespace headland::store
