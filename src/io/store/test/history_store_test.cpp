// SPDX-License-Identifier: Apache-2.0
#include "io/store/history_store.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/store/test/history_file.hpp"

namespace headland::store {
namespace {

using test::row;
using test::second;
using History = test::HistoryFile;

TEST_F(History, of_tracks_comes_back_by_track_and_time) {
  auto store = open();
  VesselParticulars particulars;
  particulars.mmsi = Mmsi(235'000'001);
  particulars.name = "SOLENT STAR";
  ASSERT_TRUE(store->write({{row(2, 10), row(1, 0), row(1, 10, Mmsi(235'000'001)), row(1, 20)}, {particulars}, {}}));
  const auto tracks = store->tracks(all());
  ASSERT_TRUE(tracks);
  ASSERT_EQ(tracks->size(), 2U);
  const TrackHistory& first = tracks->front();
  EXPECT_EQ(first.id, SystemTrackId(1));
  EXPECT_EQ(first.mmsi, Mmsi(235'000'001));
  EXPECT_EQ(first.name, "SOLENT STAR");
  ASSERT_EQ(first.points.size(), 3U);
  EXPECT_EQ(first.points[1].time, second(10));
  EXPECT_NEAR(first.points[1].position.latitude_deg(), 50.0001, 1e-7);
  EXPECT_NEAR(first.points[1].speed->value(), 5.25, 1e-9);
  EXPECT_NEAR(first.points[1].course->degrees(), 45.5, 1e-9);
  EXPECT_EQ(tracks->back().name, "");
}

TEST_F(History, is_asked_by_range_and_by_track) {
  auto store = open();
  StoreBatch batch;
  for (int t = 0; t < 100; ++t) {
    for (std::uint32_t id = 1; id <= 3; ++id) batch.tracks.push_back(row(id, t));
  }
  ASSERT_TRUE(store->write(batch));
  const auto some = store->tracks({.range = {second(10), second(19)}, .id = SystemTrackId(2)});
  ASSERT_EQ(some->size(), 1U);
  EXPECT_EQ(some->front().points.size(), 10U);
  EXPECT_EQ(some->front().id, SystemTrackId(2));
  EXPECT_TRUE(store->tracks({.range = {second(500), second(600)}, .id = {}})->empty());
  EXPECT_TRUE(store->tracks({.range = {second(50), second(40)}, .id = {}})->empty());
}

TEST_F(History, is_thinned_evenly_and_bounded_when_much_is_asked) {
  auto store = open();
  StoreBatch batch;
  for (int t = 0; t < 5000; ++t) batch.tracks.push_back(row(1, t));
  ASSERT_TRUE(store->write(batch));
  const auto thin = store->tracks({.range = {second(0), second(4999)}, .id = {}, .max_points_a_track = 100});
  EXPECT_GE(thin->front().points.size(), 90U);
  EXPECT_LE(thin->front().points.size(), 101U);
  EXPECT_GT(thin->front().points.back().time, second(4900));
  const auto bounded =
      store->tracks({.range = {second(0), second(4999)}, .id = {}, .max_points_a_track = 10'000, .max_points = 7});
  EXPECT_EQ(bounded->front().points.size(), 7U);
}

TEST_F(History, of_events_keeps_order_within_one_instant) {
  auto store = open();
  ASSERT_TRUE(store->write({{}, {}, {{second(1), "a", "radar 1", "first"}, {second(1), "b", "radar 1", "second"}}}));
  ASSERT_TRUE(
      store->write({{}, {}, {{second(1), "c", "", "third"}, {second(2), "d", "", "Ærø '; DROP TABLE events"}}}));
  const auto events = store->events({second(0), second(5)});
  ASSERT_EQ(events->size(), 4U);
  EXPECT_EQ(events->at(0).text, "first");
  EXPECT_EQ(events->at(1).text, "second");
  EXPECT_EQ(events->at(2).text, "third");
  EXPECT_EQ(events->at(3).text, "Ærø '; DROP TABLE events");
  EXPECT_EQ(store->events({second(0), second(5)}, 1)->at(0).kind, "d");  // the newest
}

TEST_F(History, of_particulars_fills_up_from_several_messages) {
  auto store = open();
  VesselParticulars a;
  a.mmsi = Mmsi(7);
  a.name = "NAME";
  a.received = second(1);
  VesselParticulars b;
  b.mmsi = Mmsi(7);
  b.callsign = "CALL";
  b.to_bow_m = 10;
  b.draught_m = 3.5;
  b.received = second(2);
  ASSERT_TRUE(store->write({{}, {a, b}, {}}));
  const auto v = store->particulars(Mmsi(7));
  ASSERT_TRUE(v && *v);
  EXPECT_EQ((*v)->name, "NAME");
  EXPECT_EQ((*v)->callsign, "CALL");
  EXPECT_EQ((*v)->to_bow_m, 10);
  EXPECT_EQ((*v)->draught_m, 3.5);
  EXPECT_EQ((*v)->received, second(2));
  EXPECT_FALSE((*v)->ship_type);
  EXPECT_FALSE(store->particulars(Mmsi(8))->has_value());
}

TEST_F(History, is_still_there_after_kill_9) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto store = open_sqlite_store(config_);
    if (!store || !(*store)->write({{row(1, 1), row(1, 2)}, {}, {}})) ::_exit(1);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(open()->tracks(all())->at(0).points.size(), 2U);
}

TEST_F(History, is_read_while_it_is_written) {
  auto store = open();
  std::thread writer([&] {
    for (int t = 0; t < 200; ++t) EXPECT_TRUE(store->write({{row(1, t)}, {}, {}}));
  });
  std::size_t before = 0;
  while (before < 200 && !HasFailure()) {
    const auto tracks = store->tracks(all());
    ASSERT_TRUE(tracks) << tracks.error().detail;
    const std::size_t now = tracks->empty() ? 0 : tracks->front().points.size();
    EXPECT_GE(now, before);
    before = now;
  }
  writer.join();
}

TEST_F(History, is_pruned_by_age_in_small_steps) {
  config_.max_age = std::chrono::seconds(1000);
  auto store = open();
  StoreBatch batch;
  for (int t = 0; t < 20'000; ++t) batch.tracks.push_back(row(1, t));
  batch.events.push_back({second(0), "old", "", ""});
  batch.events.push_back({second(19'999), "new", "", ""});
  ASSERT_TRUE(store->write(batch));
  int steps = 0;
  while (*store->prune(second(20'000))) {
    ASSERT_LT(++steps, 100);
  }
  EXPECT_GE(steps, 4);
  const auto left = store->tracks({.range = {second(0), second(20'000)}, .id = {}, .max_points_a_track = 100'000});
  EXPECT_EQ(left->front().points.front().time, second(19'000));
  EXPECT_EQ(left->front().points.size(), 1000U);
  EXPECT_EQ(store->events({second(0), second(30'000)})->size(), 1U);
  EXPECT_EQ(store->counters().rows_pruned, 19'001U);
}

TEST_F(History, is_pruned_by_size_and_the_file_shrinks) {
  config_.max_bytes = 600'000;
  auto store = open();
  for (int part = 0; part < 10; ++part) {
    StoreBatch batch;
    for (int t = 0; t < 4000; ++t) batch.tracks.push_back(row(static_cast<std::uint32_t>(t % 50), part * 4000 + t));
    ASSERT_TRUE(store->write(batch));
  }
  int steps = 0;
  while (*store->prune(second(50'000))) {
    ASSERT_LT(++steps, 100);
  }
  EXPECT_LE(store->counters().bytes, config_.max_bytes);
  EXPECT_GT(store->counters().bytes, config_.max_bytes / 10);
  const auto left = store->tracks(all());
  EXPECT_EQ(left->empty(), false);
  store.reset();
  EXPECT_LT(std::filesystem::file_size(config_.file), 2 * config_.max_bytes);
}

VesselParticulars vessel(std::uint32_t mmsi, double at_s) {
  VesselParticulars v;
  v.mmsi = Mmsi(mmsi);
  v.name = "SOMEBODY OF THE SEAS";
  v.received = second(at_s);
  return v;
}

TEST_F(History, of_vessels_is_pruned_by_age) {
  config_.max_age = std::chrono::seconds(1000);
  auto store = open();
  ASSERT_TRUE(store->write({{}, {vessel(1, 0), vessel(2, 0), vessel(1, 500)}, {}}));
  ASSERT_TRUE(store->prune(second(1200)));
  EXPECT_TRUE(store->particulars(Mmsi(1))->has_value());
  EXPECT_FALSE(store->particulars(Mmsi(2))->has_value());
}

TEST_F(History, a_flood_of_events_or_vessels_does_not_push_out_the_tracks) {
  config_.max_bytes = 1'000'000;
  auto store = open();
  StoreBatch tracks;
  for (int t = 0; t < 4000; ++t) tracks.tracks.push_back(row(static_cast<std::uint32_t>(t % 50), t));
  ASSERT_TRUE(store->write(tracks));
  for (int part = 0; part < 20; ++part) {
    StoreBatch flood;
    for (int i = 0; i < 2000; ++i) {
      const int n = part * 2000 + i;
      flood.events.push_back({second(5000 + n * 0.01), "kind", "subject", std::string(300, 'x')});
      flood.particulars.push_back(vessel(static_cast<std::uint32_t>(200'000'000 + n), 5000 + n * 0.01));
    }
    ASSERT_TRUE(store->write(flood));
  }
  int steps = 0;
  while (*store->prune(second(6000))) {
    ASSERT_LT(++steps, 100);
  }
  EXPECT_LE(store->counters().bytes, config_.max_bytes);
  std::size_t points = 0;
  const auto left = store->tracks(all());
  for (const auto& track : *left) points += track.points.size();
  EXPECT_EQ(points, 4000U);
  EXPECT_FALSE(store->events({second(0), second(6000)})->empty());
  EXPECT_TRUE(store->particulars(Mmsi(200'039'999))->has_value());
  EXPECT_FALSE(store->particulars(Mmsi(200'000'000))->has_value());
}

TEST_F(History, of_schema_1_is_migrated_with_its_rows) {
  sql("CREATE TABLE tracks(time_ns INTEGER NOT NULL, id INTEGER NOT NULL, lat_e7 INTEGER NOT NULL,"
      " lon_e7 INTEGER NOT NULL, speed_cmps INTEGER, course_cdeg INTEGER, stage INTEGER NOT NULL,"
      " sources INTEGER NOT NULL, mmsi INTEGER NOT NULL, PRIMARY KEY(time_ns, id)) WITHOUT ROWID;"
      "CREATE INDEX tracks_by_id ON tracks(id, time_ns);"
      "CREATE TABLE vessels(mmsi INTEGER PRIMARY KEY, received_ns INTEGER NOT NULL, name TEXT, callsign TEXT,"
      " ship_type INTEGER, imo INTEGER, to_bow_m INTEGER, to_stern_m INTEGER, to_port_m INTEGER,"
      " to_starboard_m INTEGER, draught_m REAL, destination TEXT);"
      "CREATE TABLE events(time_ns INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,"
      " subject TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY(time_ns, number)) WITHOUT ROWID;"
      "INSERT INTO tracks VALUES(1700000000000000000, 5, 500000000, -10000000, NULL, NULL, 1, 1, 0);"
      "INSERT INTO events VALUES(1700000000000000000, 1, 'k', 's', 't'); PRAGMA user_version=1;");
  auto store = open();
  ASSERT_TRUE(store);
  ASSERT_EQ(store->take_messages().size(), 1U);
  ASSERT_TRUE(store->write({{row(5, 10)}, {}, {}}));
  const auto tracks = store->tracks(all());
  ASSERT_EQ(tracks->size(), 1U);
  EXPECT_EQ(tracks->front().points.size(), 2U);
  EXPECT_FALSE(tracks->front().points[0].speed);
  EXPECT_EQ(store->events({second(0), second(1)})->size(), 1U);
  store.reset();
  EXPECT_TRUE(open()->take_messages().empty());  // once
}

TEST_F(History, of_a_newer_schema_is_left_alone) {
  sql("CREATE TABLE future(x); PRAGMA user_version=99;");
  const auto store = open_sqlite_store(config_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::unsupported);
  EXPECT_TRUE(std::filesystem::exists(config_.file));
  EXPECT_FALSE(std::filesystem::exists(config_.file.string() + ".damaged-1"));
}

TEST_F(History, that_is_no_database_is_moved_aside) {
  std::filesystem::create_directories(config_.file.parent_path());
  for (int round = 1; round <= 2; ++round) {
    std::ofstream(config_.file) << std::string(10'000, 'x');
    auto store = open();
    ASSERT_TRUE(store);
    ASSERT_EQ(store->take_messages().size(), 1U);
    EXPECT_EQ(store->counters().databases_replaced, 1U);
    EXPECT_TRUE(std::filesystem::exists(config_.file.string() + ".damaged-" + std::to_string(round)));
    EXPECT_TRUE(store->write({{row(1, 1)}, {}, {}}));
  }
}

TEST_F(History, damaged_within_is_moved_aside_when_opened) {
  {
    auto store = open();
    StoreBatch batch;
    for (int t = 0; t < 5000; ++t) batch.tracks.push_back(row(1, t));
    ASSERT_TRUE(store->write(batch));
  }
  {
    std::fstream file(config_.file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 * 5);
    file << std::string(4096 * 10, '\x5a');
  }
  auto store = open();
  ASSERT_TRUE(store);
  EXPECT_EQ(store->counters().databases_replaced, 1U);
  EXPECT_TRUE(store->tracks(all())->empty());
  EXPECT_TRUE(store->write({{row(1, 1)}, {}, {}}));
  EXPECT_EQ(store->tracks(all())->size(), 1U);
}

TEST_F(History, that_cannot_be_made_says_why) {
  config_.file = "/proc/headland/history.db";
  const auto store = open_sqlite_store(config_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::io);
  EXPECT_NE(store.error().detail.find("/proc/headland"), std::string::npos);
}

// A limit on file size stands for a full disk.
TEST_F(History, that_cannot_be_written_says_why_and_what_was_written_stays) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    auto store = open_sqlite_store(config_);
    const rlimit small{200'000, 200'000};
    setrlimit(RLIMIT_FSIZE, &small);
    for (int i = 0; store && i < 1000; ++i) {
      StoreBatch batch;
      for (std::uint32_t k = 0; k < 100; ++k) batch.tracks.push_back(row(k, i));
      const auto written = (*store)->write(batch);
      if (written) continue;
      const auto& told = written.error().detail;
      const bool good = told.find("rollback") == std::string::npos && told.find("not an error") == std::string::npos &&
                        told.find("room on the disk") != std::string::npos;
      _exit(good && i > 0 ? 0 : 2);
    }
    _exit(3);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const auto store = open();
  const auto tracks = store->tracks(all());
  ASSERT_TRUE(tracks);
  EXPECT_EQ(tracks->size(), 100U);
}

}  // namespace
}  // namespace headland::store
