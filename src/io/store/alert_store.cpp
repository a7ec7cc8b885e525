// SPDX-License-Identifier: Apache-2.0
#include "io/store/alert_store.hpp"

#include <algorithm>
#include <cmath>

#include "io/store/alert_rows.hpp"
#include "io/store/aside.hpp"
#include "io/store/sqlite.hpp"

namespace headland::store {
namespace {

constexpr std::int64_t schema = 1;
// A released schema is never changed; a later one is reached by steps, as in schema.cpp.
constexpr const char* tables =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE alerts(id INTEGER PRIMARY KEY, rule TEXT NOT NULL, priority INTEGER NOT NULL, state TEXT NOT NULL,"
    " since_ns INTEGER NOT NULL, raised_ns INTEGER NOT NULL, changed_ns INTEGER NOT NULL, rectified_ns INTEGER,"
    " subjects TEXT NOT NULL, lat_e7 INTEGER NOT NULL, lon_e7 INTEGER NOT NULL, zones TEXT NOT NULL, way TEXT NOT NULL,"
    " level INTEGER NOT NULL, text TEXT NOT NULL, done_by TEXT NOT NULL, reason TEXT NOT NULL,"
    " shelved_until_ns INTEGER, handed_to TEXT NOT NULL);"
    "CREATE INDEX alerts_by_state ON alerts(state, changed_ns);"
    "CREATE TABLE changes(number INTEGER PRIMARY KEY AUTOINCREMENT, alert INTEGER NOT NULL, time_ns INTEGER NOT NULL,"
    " what TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL);"
    "CREATE INDEX changes_by_alert ON changes(alert);"
    "CREATE INDEX changes_by_time ON changes(time_ns);"
    "CREATE TABLE outbox(number INTEGER PRIMARY KEY AUTOINCREMENT, output TEXT NOT NULL, subject TEXT NOT NULL,"
    " body TEXT NOT NULL);"
    "CREATE INDEX outbox_by_output ON outbox(output, number);"
    "PRAGMA user_version=1;COMMIT;";

std::int64_t nanoseconds(Timestamp t) { return t.time_since_epoch().count(); }
std::optional<std::int64_t> nanoseconds(const std::optional<Timestamp>& t) {
  return t ? std::optional(nanoseconds(*t)) : std::nullopt;
}
Timestamp timestamp(std::int64_t ns) { return Timestamp(Duration(ns)); }

class SqliteAlertStore final : public AlertStore {
 public:
  explicit SqliteAlertStore(AlertStoreConfig config) : config_(std::move(config)) {}

  Expected<void> open();
  Expected<void> write(const std::vector<AlertRecord>& records, const std::vector<AlertEntry>& entries,
                       const std::vector<OutboxMessage>& messages) override;
  Expected<AlertStored> load(std::size_t ended_most) override;
  Expected<std::vector<AlertEntry>> entries_of(AlertId alert) override {
    return read_entries("alert=?1 AND ?2=?2", std::int64_t{alert.value()}, 0);
  }
  Expected<std::vector<AlertEntry>> entries(Timestamp from, Timestamp to) override {
    return read_entries("time_ns BETWEEN ?1 AND ?2", nanoseconds(from), nanoseconds(to));
  }
  Expected<std::vector<AlertRecord>> records(Timestamp from, Timestamp to) override;
  Expected<std::vector<OutboxMessage>> waiting(const std::string& output, std::size_t most) override;
  Expected<void> sent(std::int64_t number) override;
  [[nodiscard]] std::uint64_t waiting_count(const std::string& output) override;
  [[nodiscard]] std::uint64_t outbox_dropped() const override { return dropped_; }
  Expected<void> prune(Timestamp now) override;
  [[nodiscard]] std::vector<std::string> take_messages() override { return std::exchange(messages_, {}); }

 private:
  int open_once();
  Expected<void> open_to_read();
  int insert(const std::vector<AlertRecord>& records, const std::vector<AlertEntry>& entries,
             const std::vector<OutboxMessage>& messages);
  int insert_record(const AlertRecord& r);
  int bound_outbox();
  Expected<std::vector<AlertEntry>> read_entries(const std::string& where, std::int64_t first, std::int64_t second);
  Expected<void> read_records(const std::string& where, std::vector<AlertRecord>& out);
  auto failed(const std::string& doing) {
    return fail(ErrorCode::io, "alerts " + config_.file.string() + ": cannot " + doing + ": " +
                                   connection_.last_message() +
                                   "; is there room on the disk, may the folder be written?");
  }

  AlertStoreConfig config_;
  Connection connection_;
  Statement put_alert_, add_change_, add_message_;
  std::uint64_t dropped_ = 0;
  std::vector<std::string> messages_;
};

int SqliteAlertStore::open_once() {
  if (const int result = connection_.open(config_.file, false); result != SQLITE_OK) return result;
  const auto version = connection_.number("PRAGMA user_version");
  if (!version) return connection_.last_code();
  if (*version > schema || *version < 0) return SQLITE_SCHEMA;
  // FULL: what was written is on the disk, whatever happens to the power.
  int result = connection_.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=16777216;");
  if (result == SQLITE_OK && *version == 0) result = connection_.run(tables);
  if (result != SQLITE_OK) return result;
  Statement check;
  if (connection_.prepare("PRAGMA quick_check(1)", check) != SQLITE_OK) return connection_.last_code();
  if (check.step() != SQLITE_ROW || check.text(0) != "ok") return SQLITE_CORRUPT;
  result =
      connection_.prepare("INSERT OR REPLACE INTO alerts VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", put_alert_);
  if (result == SQLITE_OK) {
    result = connection_.prepare("INSERT INTO changes(alert,time_ns,what,who,why) VALUES(?,?,?,?,?)", add_change_);
  }
  if (result == SQLITE_OK) {
    result = connection_.prepare("INSERT INTO outbox(output,subject,body) VALUES(?,?,?)", add_message_);
  }
  return result;
}

Expected<void> SqliteAlertStore::open_to_read() {
  const bool is_open = connection_.open(config_.file, true) == SQLITE_OK;
  const auto version = is_open ? connection_.number("PRAGMA user_version") : std::nullopt;
  if (version && *version == schema) return {};
  return fail(ErrorCode::io, config_.file.string() + ": no alerts of a station can be read there");
}

Expected<void> SqliteAlertStore::open() {
  if (config_.read_only) return open_to_read();
  std::error_code error;
  if (config_.file.has_parent_path()) std::filesystem::create_directories(config_.file.parent_path(), error);
  if (error) return fail(ErrorCode::io, "cannot make " + config_.file.parent_path().string() + ": " + error.message());
  int result = open_once();
  if (is_damage(result)) {
    for (Statement* s : {&put_alert_, &add_change_, &add_message_}) *s = Statement();
    connection_.close();
    const auto aside = move_file_aside(config_.file);
    if (aside) {
      messages_.push_back("the database of alerts was damaged; it was moved to " + *aside + " and a new one begun");
      result = open_once();
    }
  }
  if (result == SQLITE_OK) return {};
  if (result == SQLITE_SCHEMA) {
    return fail(ErrorCode::unsupported,
                "alerts " + config_.file.string() + " were written by a newer version; use that, or another folder");
  }
  return failed("open them");
}

int SqliteAlertStore::insert_record(const AlertRecord& r) {
  put_alert_.bind(1, std::int64_t{r.id.value()});
  put_alert_.bind(2, std::string_view(r.rule));
  put_alert_.bind(3, static_cast<std::int64_t>(r.priority));
  put_alert_.bind(4, name_of(r.state));
  put_alert_.bind(5, nanoseconds(r.since));
  put_alert_.bind(6, nanoseconds(r.raised));
  put_alert_.bind(7, nanoseconds(r.changed));
  put_alert_.bind(8, nanoseconds(r.rectified));
  put_alert_.bind(9, std::string_view(text_of(r.subjects)));
  put_alert_.bind(10, std::int64_t{std::llround(r.position.latitude_deg() * 1e7)});
  put_alert_.bind(11, std::int64_t{std::llround(r.position.longitude_deg() * 1e7)});
  put_alert_.bind(12, std::string_view(text_of(r.zones)));
  put_alert_.bind(13, std::string_view(text_of(r.way)));
  put_alert_.bind(14, std::int64_t{r.level});
  put_alert_.bind(15, std::string_view(r.text));
  put_alert_.bind(16, std::string_view(r.by));
  put_alert_.bind(17, std::string_view(r.reason));
  put_alert_.bind(18, nanoseconds(r.shelved_until));
  put_alert_.bind(19, std::string_view(r.handed_to));
  return put_alert_.run();
}

// The oldest messages go where too many wait.
int SqliteAlertStore::bound_outbox() {
  const std::int64_t too_many =
      connection_.number("SELECT count(*) FROM outbox").value_or(0) - static_cast<std::int64_t>(config_.outbox_most);
  if (too_many <= 0) return SQLITE_OK;
  dropped_ += static_cast<std::uint64_t>(too_many);
  return connection_.run("DELETE FROM outbox WHERE number IN (SELECT number FROM outbox ORDER BY number LIMIT " +
                         std::to_string(too_many) + ")");
}

int SqliteAlertStore::insert(const std::vector<AlertRecord>& records, const std::vector<AlertEntry>& entries,
                             const std::vector<OutboxMessage>& messages) {
  if (const int result = connection_.run("BEGIN IMMEDIATE"); result != SQLITE_OK) return result;
  for (const AlertRecord& r : records) {
    if (const int result = insert_record(r); result != SQLITE_DONE) return result;
  }
  for (const AlertEntry& e : entries) {
    add_change_.bind(1, std::int64_t{e.alert.value()});
    add_change_.bind(2, nanoseconds(e.time));
    add_change_.bind(3, std::string_view(e.what));
    add_change_.bind(4, std::string_view(e.who));
    add_change_.bind(5, std::string_view(e.why));
    if (const int result = add_change_.run(); result != SQLITE_DONE) return result;
  }
  for (const OutboxMessage& m : messages) {
    add_message_.bind(1, std::string_view(m.output));
    add_message_.bind(2, std::string_view(m.subject));
    add_message_.bind(3, std::string_view(m.body));
    if (const int result = add_message_.run(); result != SQLITE_DONE) return result;
  }
  if (!messages.empty()) {
    if (const int result = bound_outbox(); result != SQLITE_OK) return result;
  }
  return connection_.run("COMMIT");
}

Expected<void> SqliteAlertStore::write(const std::vector<AlertRecord>& records, const std::vector<AlertEntry>& entries,
                                       const std::vector<OutboxMessage>& messages) {
  if (records.empty() && entries.empty() && messages.empty()) return {};
  if (insert(records, entries, messages) == SQLITE_OK) return {};
  auto why = failed("write");
  if (connection_.in_transaction()) connection_.run("ROLLBACK");
  return why;
}

Expected<void> SqliteAlertStore::read_records(const std::string& where, std::vector<AlertRecord>& out) {
  Statement query;
  if (connection_.prepare("SELECT * FROM alerts " + where, query) != SQLITE_OK) return failed("read");
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) {
    AlertRecord r;
    r.id = AlertId(static_cast<std::uint32_t>(query.integer(0)));
    r.rule = query.text(1);
    r.priority = static_cast<Priority>(std::clamp<std::int64_t>(query.integer(2), 0, 3));
    r.state = alert_state_named(query.text(3)).value_or(AlertState::active_unacknowledged);
    r.since = timestamp(query.integer(4));
    r.raised = timestamp(query.integer(5));
    r.changed = timestamp(query.integer(6));
    if (!query.is_null(7)) r.rectified = timestamp(query.integer(7));
    r.subjects = subjects_of(query.text(8));
    r.position = GeoPosition::from_degrees(static_cast<double>(query.integer(9)) / 1e7,
                                           static_cast<double>(query.integer(10)) / 1e7);
    r.zones = names_of(query.text(11));
    r.way = way_of(query.text(12));
    r.level = static_cast<int>(query.integer(13));
    r.text = query.text(14);
    r.by = query.text(15);
    r.reason = query.text(16);
    if (!query.is_null(17)) r.shelved_until = timestamp(query.integer(17));
    r.handed_to = query.text(18);
    out.push_back(std::move(r));
  }
  if (result != SQLITE_DONE) return failed("read");
  return {};
}

Expected<AlertStored> SqliteAlertStore::load(std::size_t ended_most) {
  AlertStored out;
  if (auto ok = read_records("WHERE state<>'ended' ORDER BY id", out.records); !ok) return unexpected(ok.error());
  const std::string newest = "WHERE state='ended' ORDER BY changed_ns DESC LIMIT " + std::to_string(ended_most);
  if (auto ok = read_records(newest, out.records); !ok) return unexpected(ok.error());
  // Numbers of alerts that were pruned are given to nobody else either.
  const auto greatest = connection_.number(
      "SELECT max(coalesce((SELECT max(id) FROM alerts),0), coalesce((SELECT max(alert) FROM changes),0))");
  out.greatest = AlertId(static_cast<std::uint32_t>(greatest.value_or(0)));
  return out;
}

Expected<std::vector<AlertEntry>> SqliteAlertStore::read_entries(const std::string& where, std::int64_t first,
                                                                 std::int64_t second) {
  Statement query;
  if (connection_.prepare("SELECT alert,time_ns,what,who,why FROM changes WHERE " + where + " ORDER BY number",
                          query) != SQLITE_OK) {
    return failed("read");
  }
  query.bind(1, first);
  query.bind(2, second);
  std::vector<AlertEntry> out;
  while (query.step() == SQLITE_ROW) {
    out.push_back({AlertId(static_cast<std::uint32_t>(query.integer(0))), timestamp(query.integer(1)), query.text(2),
                   query.text(3), query.text(4)});
  }
  return out;
}

Expected<std::vector<AlertRecord>> SqliteAlertStore::records(Timestamp from, Timestamp to) {
  std::vector<AlertRecord> out;
  const std::string where = "WHERE id IN (SELECT alert FROM changes WHERE time_ns BETWEEN " +
                            std::to_string(nanoseconds(from)) + " AND " + std::to_string(nanoseconds(to)) +
                            ") OR (raised_ns<=" + std::to_string(nanoseconds(to)) +
                            " AND (state NOT IN ('ended','rectified_unacknowledged') OR rectified_ns>" +
                            std::to_string(nanoseconds(to)) + ")) ORDER BY id";
  if (auto ok = read_records(where, out); !ok) return unexpected(ok.error());
  return out;
}

Expected<std::vector<OutboxMessage>> SqliteAlertStore::waiting(const std::string& output, std::size_t most) {
  Statement query;
  if (connection_.prepare("SELECT number,output,subject,body FROM outbox WHERE output=?1 ORDER BY number LIMIT ?2",
                          query) != SQLITE_OK) {
    return failed("read");
  }
  query.bind(1, std::string_view(output));
  query.bind(2, static_cast<std::int64_t>(most));
  std::vector<OutboxMessage> out;
  while (query.step() == SQLITE_ROW) {
    out.push_back({query.integer(0), query.text(1), query.text(2), query.text(3)});
  }
  return out;
}

Expected<void> SqliteAlertStore::sent(std::int64_t number) {
  if (connection_.run("DELETE FROM outbox WHERE number=" + std::to_string(number)) == SQLITE_OK) return {};
  return failed("write");
}

std::uint64_t SqliteAlertStore::waiting_count(const std::string& output) {
  Statement query;
  if (connection_.prepare("SELECT count(*) FROM outbox WHERE output=?1", query) != SQLITE_OK) return 0;
  query.bind(1, std::string_view(output));
  return query.step() == SQLITE_ROW ? static_cast<std::uint64_t>(query.integer(0)) : 0;
}

Expected<void> SqliteAlertStore::prune(Timestamp now) {
  // The newest change stays, whatever its age: the greatest number is known by it.
  const std::string before = std::to_string(nanoseconds(now - config_.keep));
  const std::string sql = "DELETE FROM alerts WHERE state='ended' AND changed_ns<" + before +
                          ";DELETE FROM changes WHERE time_ns<" + before +
                          " AND alert NOT IN (SELECT id FROM alerts)"
                          " AND alert<(SELECT max(alert) FROM changes);";
  if (connection_.run(sql) == SQLITE_OK) return {};
  return failed("prune");
}

}  // namespace

Expected<std::unique_ptr<AlertStore>> open_alert_store(const AlertStoreConfig& config) {
  auto store = std::make_unique<SqliteAlertStore>(config);
  if (auto opened = store->open(); !opened) return unexpected(std::move(opened.error()));
  return std::unique_ptr<AlertStore>(std::move(store));
}

}  // namespace headland::store
