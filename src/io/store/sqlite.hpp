// SPDX-License-Identifier: Apache-2.0
// SQLite with closing brackets: a connection and its statements. Inside of io/store only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

#include "core/base/expected.hpp"

namespace headland::store {

// A prepared statement. bind() and read() count parameters from 1 and columns from 0, as SQLite does.
class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  void bind(int parameter, std::int64_t value) { sqlite3_bind_int64(handle_.get(), parameter, value); }
  void bind(int parameter, std::optional<std::int64_t> value) {
    value ? bind(parameter, *value) : bind_null(parameter);
  }
  void bind(int parameter, std::optional<double> value) {
    value ? static_cast<void>(sqlite3_bind_double(handle_.get(), parameter, *value)) : bind_null(parameter);
  }
  void bind(int parameter, std::string_view text) {
    sqlite3_bind_text64(handle_.get(), parameter, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bind(int parameter, const std::optional<std::string>& text) {
    text ? bind(parameter, std::string_view(*text)) : bind_null(parameter);
  }
  void bind_null(int parameter) { sqlite3_bind_null(handle_.get(), parameter); }

  // SQLITE_ROW, SQLITE_DONE or an error code.
  int step() { return sqlite3_step(handle_.get()); }
  void reset() { sqlite3_reset(handle_.get()); }
  // Runs a statement that gives no rows, and makes it ready for the next.
  int run() {
    const int result = step();
    reset();
    return result;
  }

  [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  [[nodiscard]] double real(int column) const { return sqlite3_column_double(handle_.get(), column); }
  [[nodiscard]] std::string text(int column) const {
    const auto* chars = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
    return chars == nullptr ? std::string() : std::string(chars, size);
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

class Connection {
 public:
  // An SQLite result code; SQLITE_OK when it is open.
  int open(const std::filesystem::path& file, bool read_only) {
    sqlite3* raw = nullptr;
    const int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int result = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(raw);
    if (result == SQLITE_OK) sqlite3_busy_timeout(raw, 2000);
    return result;
  }
  void close() { handle_.reset(); }

  int run(const std::string& sql) { return sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr); }
  int prepare(std::string_view sql, Statement& out) {
    sqlite3_stmt* raw = nullptr;
    const int result = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
    out = Statement(raw);
    return result;
  }
  // The first number a query gives.
  std::optional<std::int64_t> number(std::string_view sql) {
    Statement query;
    if (prepare(sql, query) != SQLITE_OK || query.step() != SQLITE_ROW) return std::nullopt;
    return query.integer(0);
  }
  [[nodiscard]] int last_code() const { return sqlite3_errcode(handle_.get()); }
  [[nodiscard]] std::string last_message() const { return sqlite3_errmsg(handle_.get()); }
  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  [[nodiscard]] int changes() const { return sqlite3_changes(handle_.get()); }

 private:
  struct Close {
    void operator()(sqlite3* c) const { sqlite3_close_v2(c); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

// Whether a result says that the file itself is broken.
inline bool is_damage(int code) { return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB; }

}  // namespace headland::store
