// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <system_error>

#include "io/store/aside.hpp"
#include "io/store/history_rows.hpp"
#include "io/store/history_store.hpp"
#include "io/store/row_values.hpp"
#include "io/store/schema.hpp"
#include "io/store/sqlite.hpp"
#include "io/store/sqlite_reader.hpp"

namespace headland::store {
namespace {

constexpr std::int64_t prune_rows = 4000;  // a step: some 10 ms
constexpr std::int64_t quick_check_bytes = 64 << 20;

// A table that is bounded, and the part of all bytes that it may take before tracks make room for it.
struct Bounded {
  std::string_view name;
  std::string_view time;
  double share;
  std::string_view bytes_a_row;  // how to ask for them, about
};
constexpr Bounded tracks_bound{"tracks", "time_ns", 1.0, ""};
constexpr Bounded events_bound{"events", "time_ns", 0.25,
                               "SELECT 40 + coalesce(avg(length(kind) + length(subject) + length(text)), 0) FROM "
                               "(SELECT kind, subject, text FROM events ORDER BY time_ns DESC LIMIT 1000)"};
constexpr Bounded vessels_bound{"vessels", "received_ns", 0.125, "SELECT 150"};

std::int64_t e7(double degrees) { return std::llround(degrees * 1e7); }

template <class T>
std::optional<std::int64_t> as_integer(const std::optional<T>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

void bind_what_rules_ask(const TrackRow& r, Statement& row) {
  using Integer = std::optional<std::int64_t>;
  row.bind(11, r.ais_received ? Integer((r.point.time - *r.ais_received) / std::chrono::milliseconds(1)) : Integer());
  row.bind(12, r.heading ? Integer(std::llround(r.heading->degrees() * 100)) : Integer());
  row.bind(13, as_integer(r.navigation_status));
  row.bind(14, r.length.value() > 0.0 ? Integer(std::llround(r.length.value() * 10)) : Integer());
  row.bind(15, Integer(judged_of(r)));
  row.bind(16, Integer(std::llround(r.trust * 1000)));
}

class SqliteStore final : public HistoryStore {
 public:
  explicit SqliteStore(const StoreConfig& config) : config_(config) {}

  Expected<void> open();
  Expected<void> write(const StoreBatch& batch) override;
  Expected<bool> prune(Timestamp now) override;
  Expected<std::vector<TrackHistory>> tracks(const TrackQuery& query) override {
    return counted(reader_.tracks(query));
  }
  Expected<std::vector<HistoryEvent>> events(TimeRange range, std::size_t max_events) override {
    return counted(reader_.events(range, max_events));
  }
  Expected<std::optional<VesselParticulars>> particulars(Mmsi mmsi) override {
    return counted(reader_.particulars(mmsi));
  }
  Expected<std::optional<SystemTrackId>> greatest_number(SystemTrackId first, SystemTrackId end,
                                                         Timestamp from) override {
    return counted(reader_.greatest_number(first, end, from));
  }
  [[nodiscard]] StoreCounters counters() const override {
    const std::lock_guard lock(state_);
    return counters_;
  }
  [[nodiscard]] std::vector<std::string> take_messages() override {
    const std::lock_guard lock(state_);
    return std::exchange(messages_, {});
  }

 private:
  int open_once();
  bool move_aside();
  int insert(const StoreBatch& batch);
  int insert_tracks(const std::vector<TrackRow>& rows);
  int insert_particulars(const std::vector<VesselParticulars>& rows);
  int insert_events(const std::vector<HistoryEvent>& rows);
  Expected<std::int64_t> delete_step(const Bounded& table, std::int64_t before_ns, std::int64_t most);
  std::int64_t rows_too_many(const Bounded& table);
  template <class T>
  Expected<T> counted(Expected<T> result) {
    if (!result) {
      const std::lock_guard lock(state_);
      ++counters_.errors;
    }
    return result;
  }
  void tell(std::string message) {
    const std::lock_guard lock(state_);
    messages_.push_back(std::move(message));
  }
  auto failed(const std::string& doing, const std::string& why) {
    const std::lock_guard lock(state_);
    ++counters_.errors;
    return fail(ErrorCode::io, "history " + config_.file.string() + ": cannot " + doing + ": " + why +
                                   "; is there room on the disk, may the folder be written?");
  }
  auto failed(const std::string& doing, const Connection& connection) {
    return failed(doing, connection.last_message());
  }

  StoreConfig config_;
  Connection writing_;  // of the writing thread
  std::string why_;     // its last batch was not written
  Statement add_track_, add_vessel_, add_event_;
  SqliteReader reader_;  // of whoever asks
  mutable std::mutex state_;
  StoreCounters counters_;
  std::vector<std::string> messages_;
};

int SqliteStore::open_once() {
  if (const int result = writing_.open(config_.file, false); result != SQLITE_OK) return result;
  // The schema first: it decides on auto_vacuum, which must precede everything in a new file.
  switch (bring_up_to_date(writing_)) {
    case SchemaResult::ready:
      break;
    case SchemaResult::migrated:
      tell("history brought up to schema " + std::to_string(schema_version));
      break;
    case SchemaResult::newer:
      return SQLITE_SCHEMA;
    case SchemaResult::damaged:
      return SQLITE_CORRUPT;
    case SchemaResult::failed:
      return writing_.last_code() == SQLITE_OK ? SQLITE_ERROR : writing_.last_code();
  }
  // WAL with NORMAL: a crash of the program loses nothing, loss of power the last transactions.
  if (const int result =
          writing_.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=67108864;");
      result != SQLITE_OK) {
    return result;
  }
  std::error_code ignored;
  if (std::filesystem::file_size(config_.file, ignored) < static_cast<std::uintmax_t>(quick_check_bytes)) {
    Statement check;
    if (writing_.prepare("PRAGMA quick_check(1)", check) != SQLITE_OK) return writing_.last_code();
    if (check.step() != SQLITE_ROW || check.text(0) != "ok") return SQLITE_CORRUPT;
  }
  int result = writing_.prepare(
      "INSERT OR REPLACE INTO "
      "tracks(time_ns,id,lat_e7,lon_e7,speed_cmps,course_cdeg,stage,sources,mmsi,existence_permille,ais_age_ms,"
      "heading_cdeg,nav_status,length_dm,judged,trust_permille) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      add_track_);
  if (result == SQLITE_OK) {
    result = writing_.prepare(
        "INSERT INTO vessels VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12) ON CONFLICT(mmsi) DO UPDATE SET"
        " received_ns=?2, name=coalesce(?3,name), callsign=coalesce(?4,callsign), ship_type=coalesce(?5,ship_type),"
        " imo=coalesce(?6,imo), to_bow_m=coalesce(?7,to_bow_m), to_stern_m=coalesce(?8,to_stern_m),"
        " to_port_m=coalesce(?9,to_port_m), to_starboard_m=coalesce(?10,to_starboard_m),"
        " draught_m=coalesce(?11,draught_m), destination=coalesce(?12,destination)",
        add_vessel_);
  }
  if (result == SQLITE_OK) {
    result = writing_.prepare(
        "INSERT INTO events SELECT ?1, coalesce(max(number),0)+1, ?2, ?3, ?4 FROM events WHERE time_ns=?1", add_event_);
  }
  if (result != SQLITE_OK) return result;
  return reader_.open(config_.file);
}

// The damaged file and its companions get another name; true when the way is free.
bool SqliteStore::move_aside() {
  for (Statement* s : {&add_track_, &add_vessel_, &add_event_}) *s = Statement();
  writing_.close();
  reader_.close();
  const auto aside = move_file_aside(config_.file);
  if (!aside) return false;
  const std::lock_guard state(state_);
  ++counters_.databases_replaced;
  messages_.push_back("the history database was damaged; it was moved to " + *aside + " and a new one begun");
  return true;
}

Expected<void> SqliteStore::open() {
  std::error_code error;
  if (config_.file.has_parent_path()) std::filesystem::create_directories(config_.file.parent_path(), error);
  if (error) return fail(ErrorCode::io, "cannot make " + config_.file.parent_path().string() + ": " + error.message());
  int result = open_once();
  if (is_damage(result) && move_aside()) result = open_once();
  if (result == SQLITE_OK) return {};
  if (result == SQLITE_SCHEMA) {
    return fail(ErrorCode::unsupported,
                "history " + config_.file.string() + " was written by a newer version; use that, or another file");
  }
  return failed("open it", writing_);
}

int SqliteStore::insert_tracks(const std::vector<TrackRow>& rows) {
  for (const TrackRow& r : rows) {
    add_track_.bind(1, nanoseconds(r.point.time));
    add_track_.bind(2, std::int64_t{r.id.value()});
    add_track_.bind(3, e7(r.point.position.latitude_deg()));
    add_track_.bind(4, e7(r.point.position.longitude_deg()));
    add_track_.bind(
        5, r.point.speed ? std::optional<std::int64_t>(std::llround(r.point.speed->value() * 100)) : std::nullopt);
    add_track_.bind(
        6, r.point.course ? std::optional<std::int64_t>(std::llround(r.point.course->degrees() * 100)) : std::nullopt);
    add_track_.bind(7, static_cast<std::int64_t>(r.stage));
    add_track_.bind(8, std::int64_t{(r.radar ? 1 : 0) | (r.ais ? 2 : 0)});
    add_track_.bind(9, std::int64_t{r.mmsi.value()});
    add_track_.bind(10, static_cast<std::int64_t>(std::llround(r.existence * 1000)));
    bind_what_rules_ask(r, add_track_);
    if (const int result = add_track_.run(); result != SQLITE_DONE) return result;
  }
  return SQLITE_DONE;
}

int SqliteStore::insert_particulars(const std::vector<VesselParticulars>& rows) {
  for (const VesselParticulars& v : rows) {
    add_vessel_.bind(1, std::int64_t{v.mmsi.value()});
    add_vessel_.bind(2, nanoseconds(v.received));
    add_vessel_.bind(3, v.name);
    add_vessel_.bind(4, v.callsign);
    add_vessel_.bind(5, as_integer(v.ship_type));
    add_vessel_.bind(6, as_integer(v.imo));
    add_vessel_.bind(7, as_integer(v.to_bow_m));
    add_vessel_.bind(8, as_integer(v.to_stern_m));
    add_vessel_.bind(9, as_integer(v.to_port_m));
    add_vessel_.bind(10, as_integer(v.to_starboard_m));
    add_vessel_.bind(11, v.draught_m);
    add_vessel_.bind(12, v.destination);
    if (const int result = add_vessel_.run(); result != SQLITE_DONE) return result;
  }
  return SQLITE_DONE;
}

int SqliteStore::insert_events(const std::vector<HistoryEvent>& rows) {
  for (const HistoryEvent& e : rows) {
    add_event_.bind(1, nanoseconds(e.time));
    add_event_.bind(2, std::string_view(e.kind));
    add_event_.bind(3, std::string_view(e.subject));
    add_event_.bind(4, std::string_view(e.text));
    if (const int result = add_event_.run(); result != SQLITE_DONE) return result;
  }
  return SQLITE_DONE;
}

// One transaction; SQLITE_OK, or what went wrong, and then nothing is written.
int SqliteStore::insert(const StoreBatch& batch) {
  if (const int result = writing_.run("BEGIN IMMEDIATE"); result != SQLITE_OK) {
    why_ = writing_.last_message();
    return result;
  }
  int result = insert_tracks(batch.tracks);
  if (result == SQLITE_DONE) result = insert_particulars(batch.particulars);
  if (result == SQLITE_DONE) result = insert_events(batch.events);
  if (result == SQLITE_DONE) result = writing_.run("COMMIT");
  if (result != SQLITE_OK) {
    why_ = writing_.last_message();  // rolling back says something of its own
    if (writing_.in_transaction()) writing_.run("ROLLBACK");
  }
  return result;
}

Expected<void> SqliteStore::write(const StoreBatch& batch) {
  if (batch.empty()) return {};
  int result = insert(batch);
  if (is_damage(result) && move_aside() && open_once() == SQLITE_OK) result = insert(batch);
  if (result != SQLITE_OK) return failed("write", why_);
  const std::lock_guard lock(state_);
  ++counters_.batches;
  counters_.rows_written += batch.tracks.size() + batch.particulars.size() + batch.events.size();
  return {};
}

// The oldest rows of a table, some thousand and `most` at most, none of them from `before_ns` on.
Expected<std::int64_t> SqliteStore::delete_step(const Bounded& table, std::int64_t before_ns, std::int64_t most) {
  const std::string name(table.name);
  const std::string time(table.time);
  const auto bound = writing_.number("SELECT " + time + " FROM " + name + " ORDER BY " + time + " LIMIT 1 OFFSET " +
                                     std::to_string(std::min(most, prune_rows)));
  Statement remove;
  if (writing_.prepare("DELETE FROM " + name + " WHERE " + time + " < ?", remove) != SQLITE_OK)
    return failed("prune", writing_);
  remove.bind(1, bound ? std::min(*bound, before_ns) : before_ns);
  if (remove.run() != SQLITE_DONE) return failed("prune", writing_);
  return writing_.changes();
}

// Rows of a table beyond its share of the bytes.
std::int64_t SqliteStore::rows_too_many(const Bounded& table) {
  const auto rows = writing_.number("SELECT count(*) FROM " + std::string(table.name)).value_or(0);
  const auto bytes_a_row = static_cast<double>(writing_.number(table.bytes_a_row).value_or(100));
  return rows - static_cast<std::int64_t>(table.share * static_cast<double>(config_.max_bytes) / bytes_a_row);
}

Expected<bool> SqliteStore::prune(Timestamp now) {
  const auto used_bytes = [this] {
    return static_cast<std::uint64_t>(
        (writing_.number("PRAGMA page_count").value_or(0) - writing_.number("PRAGMA freelist_count").value_or(0)) *
        writing_.number("PRAGMA page_size").value_or(0));
  };
  constexpr std::int64_t any_age = std::numeric_limits<std::int64_t>::max();
  const bool too_large = used_bytes() > config_.max_bytes;
  const std::int64_t too_old = config_.max_age > Duration::zero() ? nanoseconds(now - config_.max_age)
                                                                  : std::numeric_limits<std::int64_t>::min();
  std::int64_t by_age = 0;
  for (const Bounded& table : {events_bound, vessels_bound, tracks_bound}) {
    const auto rows = delete_step(table, too_old, prune_rows);
    if (!rows) return unexpected(rows.error());
    by_age += *rows;
  }
  std::int64_t by_size = 0;
  // Events and vessels where there are more than their share, lest they push out all tracks; below it they are few, and
  // what people look for, and tracks make room.
  for (const Bounded& table : {events_bound, vessels_bound, tracks_bound}) {
    const bool is_tracks = table.name == tracks_bound.name;
    const std::int64_t excess = !too_large ? 0 : is_tracks ? prune_rows : rows_too_many(table);
    if (excess <= 0 || (is_tracks && by_size > 0)) continue;
    const auto rows = delete_step(table, any_age, std::max(excess, prune_rows / 10));
    if (!rows) return unexpected(rows.error());
    by_size += *rows;
  }
  const std::int64_t deleted = by_age + by_size;
  if (deleted > 0) writing_.run("PRAGMA incremental_vacuum(1000)");
  const std::lock_guard lock(state_);
  counters_.rows_pruned += static_cast<std::uint64_t>(deleted);
  counters_.bytes = used_bytes();
  return by_age >= prune_rows / 2 || (too_large && deleted > 0);
}

}  // namespace

Expected<std::unique_ptr<HistoryStore>> open_sqlite_store(const StoreConfig& config) {
  auto store = std::make_unique<SqliteStore>(config);
  if (auto opened = store->open(); !opened) return unexpected(std::move(opened.error()));
  return std::unique_ptr<HistoryStore>(std::move(store));
}

}  // namespace headland::store
