// SPDX-License-Identifier: Apache-2.0
#include "io/store/history_rows.hpp"

#include <array>
#include <chrono>
#include <fstream>
#include <string>
#include <string_view>

#include "io/store/row_values.hpp"
#include "io/store/schema.hpp"
#include "io/store/sqlite.hpp"

namespace headland::store {
namespace {

constexpr std::string_view magic{"SQLite format 3\0", 16};

// A byte of `judged`; what a newer or damaged row says beyond the last value is taken for the first.
template <class Enum>
Enum byte_of(std::int64_t judged, int byte, Enum last) {
  const auto value = static_cast<std::uint8_t>((judged >> (8 * byte)) & 0xff);
  return value <= static_cast<std::uint8_t>(last) ? static_cast<Enum>(value) : Enum{};
}

TrackRow row_of(const Statement& s) {
  TrackRow row;
  row.point = point_of(s, 0);
  row.id = SystemTrackId(static_cast<std::uint32_t>(s.integer(5)));
  row.mmsi = Mmsi(static_cast<std::uint32_t>(s.integer(6)));
  row.stage = byte_of(s.integer(7), 0, TrackStage::ended);
  row.radar = (s.integer(8) & 1) != 0;
  row.ais = (s.integer(8) & 2) != 0;
  row.existence = static_cast<double>(s.integer(9)) / 1000.0;
  if (const auto age_ms = integer_or_none<std::int64_t>(s, 10)) {
    row.ais_received = row.point.time - std::chrono::milliseconds(*age_ms);
  } else if (row.ais) {  // of before these columns
    row.ais_received = row.point.time;
  }
  if (!s.is_null(11)) row.heading = Bearing::from_degrees(static_cast<double>(s.integer(11)) / 100.0);
  row.navigation_status = integer_or_none<std::uint8_t>(s, 12);
  row.length = Metres(static_cast<double>(s.integer(13)) / 10.0);
  const std::int64_t judged = s.integer(14);
  row.kind = byte_of(judged, 0, SystemTrackKind::vehicle);
  row.ais_class = byte_of(judged, 1, AisClass::long_range);
  row.radar_class = byte_of(judged, 2, TrackClass::improbable);
  row.hearing = byte_of(judged, 3, AisHearing::silent);
  row.trust = s.is_null(15) ? 1.0 : static_cast<double>(s.integer(15)) / 1000.0;
  return row;
}

class SqliteRows final : public HistoryRows {
 public:
  explicit SqliteRows(std::filesystem::path file) : file_(std::move(file)) {}

  Expected<void> open() {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file_, error)) return fail(ErrorCode::io, "there is no " + file_.string());
    if (!is_database(file_)) return fail(ErrorCode::unsupported, file_.string() + " is no history");
    if (reading_.open(file_, true) != SQLITE_OK) return failed();
    const auto version = reading_.number("PRAGMA user_version");
    const auto has_tracks = reading_.number("SELECT count(*) FROM sqlite_master WHERE type='table' AND name='tracks'");
    if (!version || !has_tracks) return failed();
    if (*has_tracks == 0) return fail(ErrorCode::unsupported, file_.string() + " is a database, but no history");
    if (*version > schema_version) {
      return fail(ErrorCode::unsupported, "history " + file_.string() + " was written by a newer version; use that");
    }
    if (*version < schema_version) {
      return fail(ErrorCode::unsupported, "history " + file_.string() +
                                              " was written by an older version; a station of this one that uses it "
                                              "brings it up to date");
    }
    return {};
  }

  Expected<std::optional<TimeRange>> extent() override {
    const auto first = reading_.number("SELECT time_ns FROM tracks ORDER BY time_ns LIMIT 1");
    const auto last = reading_.number("SELECT time_ns FROM tracks ORDER BY time_ns DESC LIMIT 1");
    if (!first || !last) return std::optional<TimeRange>();
    return std::optional<TimeRange>(TimeRange{at(*first), at(*last)});
  }

  Expected<void> each(TimeRange range, const std::function<bool(const TrackRow&)>& take) override {
    Statement query;
    if (reading_.prepare("SELECT time_ns,lat_e7,lon_e7,speed_cmps,course_cdeg,id,mmsi,stage,sources,"
                         "existence_permille,ais_age_ms,heading_cdeg,nav_status,length_dm,judged,trust_permille "
                         "FROM tracks WHERE time_ns BETWEEN ? AND ? ORDER BY time_ns, id",
                         query) != SQLITE_OK) {
      return failed();
    }
    query.bind(1, nanoseconds(range.from));
    query.bind(2, nanoseconds(range.to));
    int result = SQLITE_ROW;
    while ((result = query.step()) == SQLITE_ROW) {
      if (!take(row_of(query))) return {};
    }
    if (result != SQLITE_DONE) return failed();
    return {};
  }

  Expected<std::vector<VesselParticulars>> vessels() override {
    Statement query;
    if (reading_.prepare("SELECT " + std::string(vessel_columns) + " FROM vessels ORDER BY mmsi", query) != SQLITE_OK)
      return failed();
    std::vector<VesselParticulars> all;
    int result = SQLITE_ROW;
    while ((result = query.step()) == SQLITE_ROW) all.push_back(particulars_of(query));
    if (result != SQLITE_DONE) return failed();
    return all;
  }

 private:
  [[nodiscard]] tl::unexpected<Error> failed() const {
    return fail(ErrorCode::io, "history " + file_.string() + ": cannot read: " + reading_.last_message());
  }

  std::filesystem::path file_;
  Connection reading_;
};

}  // namespace

std::int64_t judged_of(const TrackRow& row) {
  return static_cast<std::int64_t>(row.kind) | static_cast<std::int64_t>(row.ais_class) << 8 |
         static_cast<std::int64_t>(row.radar_class) << 16 | static_cast<std::int64_t>(row.hearing) << 24;
}

bool is_database(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<char, 16> first{};
  in.read(first.data(), first.size());
  return in && std::string_view(first.data(), first.size()) == magic;
}

Expected<std::unique_ptr<HistoryRows>> open_history_rows(const std::filesystem::path& file) {
  auto rows = std::make_unique<SqliteRows>(file);
  if (auto opened = rows->open(); !opened) return unexpected(std::move(opened.error()));
  return std::unique_ptr<HistoryRows>(std::move(rows));
}

}  // namespace headland::store
