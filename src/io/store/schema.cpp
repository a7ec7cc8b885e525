// SPDX-License-Identifier: Apache-2.0
#include "io/store/schema.hpp"

#include <array>
#include <string>

namespace headland::store {
namespace {

// Step i leads from version i to i + 1. A released step is never changed; a new one is added.
//
// Tracks lie in order of time, so that writing appends and pruning cuts off the front; the one index
// beside it finds a track. Positions in 1e-7 degrees, speeds in cm/s, courses in 0.01 degrees.
constexpr std::array<const char*, schema_version> steps{
    // 0 -> 1
    "CREATE TABLE tracks(time_ns INTEGER NOT NULL, id INTEGER NOT NULL, lat_e7 INTEGER NOT NULL,"
    " lon_e7 INTEGER NOT NULL, speed_cmps INTEGER, course_cdeg INTEGER, stage INTEGER NOT NULL,"
    " sources INTEGER NOT NULL, mmsi INTEGER NOT NULL, PRIMARY KEY(time_ns, id)) WITHOUT ROWID;"
    "CREATE INDEX tracks_by_id ON tracks(id, time_ns);"
    "CREATE TABLE vessels(mmsi INTEGER PRIMARY KEY, received_ns INTEGER NOT NULL, name TEXT, callsign TEXT,"
    " ship_type INTEGER, imo INTEGER, to_bow_m INTEGER, to_stern_m INTEGER, to_port_m INTEGER,"
    " to_starboard_m INTEGER, draught_m REAL, destination TEXT);"
    "CREATE TABLE events(time_ns INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,"
    " subject TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY(time_ns, number)) WITHOUT ROWID;",
    // 1 -> 2: how sure the tracker was
    "ALTER TABLE tracks ADD COLUMN existence_permille INTEGER;",
    // 2 -> 3: vessels not heard for long are deleted
    "CREATE INDEX vessels_by_time ON vessels(received_ns);",
    // 3 -> 4: what rules ask for, so that they can be tried on the past. The age of the report in ms, heading in 0.01
    // degrees, length in dm; `judged`: kind, class of AIS, class by radar and whether AIS is heard, a byte each.
    "ALTER TABLE tracks ADD COLUMN ais_age_ms INTEGER;"
    "ALTER TABLE tracks ADD COLUMN heading_cdeg INTEGER;"
    "ALTER TABLE tracks ADD COLUMN nav_status INTEGER;"
    "ALTER TABLE tracks ADD COLUMN length_dm INTEGER;"
    "ALTER TABLE tracks ADD COLUMN judged INTEGER;"
    "ALTER TABLE tracks ADD COLUMN trust_permille INTEGER;"};

}  // namespace

SchemaResult bring_up_to_date(Connection& connection) {
  auto version = connection.number("PRAGMA user_version");
  if (!version) return is_damage(connection.last_code()) ? SchemaResult::damaged : SchemaResult::failed;
  if (*version > schema_version || *version < 0) return SchemaResult::newer;
  const std::int64_t found = *version;
  if (found == 0) {
    // Before the first table: free pages can then be given back in small steps.
    if (connection.run("PRAGMA auto_vacuum=INCREMENTAL") != SQLITE_OK) return SchemaResult::failed;
  }
  for (; *version < schema_version; ++*version) {
    const std::string step = "BEGIN IMMEDIATE;" + std::string(steps[static_cast<std::size_t>(*version)]) +
                             "PRAGMA user_version=" + std::to_string(*version + 1) + ";COMMIT;";
    if (const int result = connection.run(step); result != SQLITE_OK) {
      connection.run("ROLLBACK");
      return is_damage(result) ? SchemaResult::damaged : SchemaResult::failed;
    }
  }
  return found != 0 && found < schema_version ? SchemaResult::migrated : SchemaResult::ready;
}

}  // namespace headland::store
