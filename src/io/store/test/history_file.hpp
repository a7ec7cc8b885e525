// SPDX-License-Identifier: Apache-2.0
// A history in a folder of its own, for tests.
#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "io/store/history_store.hpp"

namespace headland::store::test {

inline Timestamp second(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

inline TrackRow row(std::uint32_t id, double at_s, Mmsi mmsi = {}) {
  return {.id = SystemTrackId(id),
          .point = {second(at_s), GeoPosition::from_degrees(50.0 + at_s * 1e-5, -1.0), MetresPerSecond(5.25),
                    Bearing::from_degrees(45.5)},
          .stage = TrackStage::confirmed,
          .radar = true,
          .ais = mmsi.value() != 0,
          .existence = 0.9,
          .mmsi = mmsi};
}

class HistoryFile : public ::testing::Test {
 protected:
  HistoryFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "headland-store-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    config_.file = folder_ / "deep" / "history.db";
  }
  ~HistoryFile() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<HistoryStore> open() {
    auto store = open_sqlite_store(config_);
    EXPECT_TRUE(store) << store.error().detail;
    return store ? std::move(*store) : nullptr;
  }
  static TrackQuery all() { return {.range = {second(-1e6), second(1e8)}, .id = {}}; }
  // Runs SQL on the file as another program would.
  void sql(const std::string& statements) const {
    std::filesystem::create_directories(config_.file.parent_path());
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(config_.file.c_str(), &db), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db, statements.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    sqlite3_free(message);
    sqlite3_close(db);
  }
  std::filesystem::path folder_;
  StoreConfig config_;
};

}  // namespace headland::store::test
