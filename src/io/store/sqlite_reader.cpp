// SPDX-License-Identifier: Apache-2.0
#include "io/store/sqlite_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "io/store/row_values.hpp"

namespace headland::store {
int SqliteReader::open(const std::filesystem::path& file) {
  const std::lock_guard lock(lock_);
  file_ = file;
  return reading_.open(file, true);
}

void SqliteReader::close() {
  const std::lock_guard lock(lock_);
  reading_.close();
}

std::string SqliteReader::name_of(Mmsi mmsi) {
  Statement query;
  if (reading_.prepare("SELECT name FROM vessels WHERE mmsi=?", query) != SQLITE_OK) return {};
  query.bind(1, std::int64_t{mmsi.value()});
  return query.step() == SQLITE_ROW ? query.text(0) : std::string();
}

// The time between points that gives no track more than it may have, over the data there are.
Duration SqliteReader::thinning_step(const TrackQuery& q) {
  const std::string in_range = " FROM tracks WHERE time_ns BETWEEN " + std::to_string(nanoseconds(q.range.from)) +
                               " AND " + std::to_string(nanoseconds(q.range.to));
  const auto first = reading_.number("SELECT min(time_ns)" + in_range);
  const auto last = reading_.number("SELECT max(time_ns)" + in_range);
  if (!first || !last) return Duration::zero();
  return Duration((*last - *first) / static_cast<std::int64_t>(std::max<std::size_t>(q.max_points_a_track, 1)));
}

Expected<std::vector<TrackHistory>> SqliteReader::tracks(const TrackQuery& q) {
  const std::lock_guard lock(lock_);
  Statement query;
  const std::string sql =
      std::string("SELECT time_ns,lat_e7,lon_e7,speed_cmps,course_cdeg,id,mmsi FROM tracks WHERE ") +
      (q.id ? "id=?3 AND " : "") + "time_ns BETWEEN ?1 AND ?2 ORDER BY time_ns";
  if (reading_.prepare(sql, query) != SQLITE_OK) return failed();
  query.bind(1, nanoseconds(q.range.from));
  query.bind(2, nanoseconds(q.range.to));
  if (q.id) query.bind(3, std::int64_t{q.id->value()});
  const Duration step = thinning_step(q);
  std::map<SystemTrackId, TrackHistory> found;
  std::size_t points = 0;
  int result = SQLITE_ROW;
  while (points < q.max_points && (result = query.step()) == SQLITE_ROW) {
    const SystemTrackId id(static_cast<std::uint32_t>(query.integer(5)));
    TrackHistory& track = found[id];
    track.id = id;
    if (query.integer(6) != 0) track.mmsi = Mmsi(static_cast<std::uint32_t>(query.integer(6)));
    const HistoryPoint point = point_of(query, 0);
    if (!track.points.empty() && point.time - track.points.back().time < step) continue;
    track.points.push_back(point);
    ++points;
  }
  if (result != SQLITE_ROW && result != SQLITE_DONE) return failed();
  std::vector<TrackHistory> all;
  for (auto& [id, track] : found) {
    if (track.mmsi.value() != 0) track.name = name_of(track.mmsi);
    all.push_back(std::move(track));
  }
  return all;
}

Expected<std::vector<HistoryEvent>> SqliteReader::events(TimeRange range, std::size_t max_events) {
  const std::lock_guard lock(lock_);
  Statement query;
  if (reading_.prepare("SELECT time_ns,kind,subject,text FROM events WHERE time_ns BETWEEN ? AND ?"
                       " ORDER BY time_ns DESC, number DESC LIMIT ?",
                       query) != SQLITE_OK) {
    return failed();
  }
  query.bind(1, nanoseconds(range.from));
  query.bind(2, nanoseconds(range.to));
  query.bind(3, static_cast<std::int64_t>(max_events));
  std::vector<HistoryEvent> all;
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    all.push_back({at(query.integer(0)), query.text(1), query.text(2), query.text(3)});
  }
  if (result != SQLITE_DONE) return failed();
  std::ranges::reverse(all);
  return all;
}

Expected<std::optional<SystemTrackId>> SqliteReader::greatest_number(SystemTrackId first, SystemTrackId end,
                                                                     Timestamp from) {
  const std::lock_guard lock(lock_);
  Statement row;
  // Down the index by number: mostly the first that it meets.
  if (reading_.prepare("SELECT id FROM tracks INDEXED BY tracks_by_id WHERE id>=? AND id<? AND time_ns>=?"
                       " ORDER BY id DESC LIMIT 1",
                       row) != SQLITE_OK) {
    return failed();
  }
  row.bind(1, std::int64_t{first.value()});
  row.bind(2, std::int64_t{end.value()});
  row.bind(3, nanoseconds(from));
  const int result = row.step();
  if (result == SQLITE_DONE) return std::optional<SystemTrackId>();
  if (result != SQLITE_ROW) return failed();
  return std::optional(SystemTrackId(static_cast<std::uint32_t>(row.integer(0))));
}

Expected<std::optional<VesselParticulars>> SqliteReader::particulars(Mmsi mmsi) {
  const std::lock_guard lock(lock_);
  Statement row;
  if (reading_.prepare("SELECT " + std::string(vessel_columns) + " FROM vessels WHERE mmsi=?", row) != SQLITE_OK) {
    return failed();
  }
  row.bind(1, std::int64_t{mmsi.value()});
  const int result = row.step();
  if (result == SQLITE_DONE) return std::optional<VesselParticulars>();
  if (result != SQLITE_ROW) return failed();
  return std::optional<VesselParticulars>(particulars_of(row));
}

}  // namespace headland::store
