// SPDX-License-Identifier: Apache-2.0
#include "io/store/history_rows.hpp"

#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "io/store/history_store.hpp"

namespace headland::store {
namespace {

Timestamp second(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

TrackRow row(std::uint32_t id, double at_s, Mmsi mmsi = {}) {
  return {.id = SystemTrackId(id),
          .point = {second(at_s), GeoPosition::from_degrees(50.0 + at_s * 1e-5, -1.0), MetresPerSecond(5.25),
                    Bearing::from_degrees(45.5)},
          .stage = TrackStage::confirmed,
          .radar = true,
          .ais = mmsi.value() != 0,
          .existence = 0.9,
          .mmsi = mmsi};
}

class HistoryRowsTest : public ::testing::Test {
 protected:
  HistoryRowsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "headland-rows-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    config_.file = folder_ / "history.db";
  }
  ~HistoryRowsTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<HistoryStore> open() {
    auto store = open_sqlite_store(config_);
    EXPECT_TRUE(store) << store.error().detail;
    return store ? std::move(*store) : nullptr;
  }
  // Runs SQL on the file as another program would.
  void sql(const std::string& statements) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(config_.file.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, statements.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  }

  std::filesystem::path folder_;
  StoreConfig config_;
};

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
