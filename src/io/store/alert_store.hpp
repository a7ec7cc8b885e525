// SPDX-License-Identifier: Apache-2.0
// Alerts, every change of them, and what is still to be sent out: stored before it is shown, so each write is on the
// disk when it returns (SQLite, WAL, synchronous=FULL). One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/alerts/alert_record.hpp"

namespace headland::store {

struct AlertStoreConfig {
  std::filesystem::path file;
  Duration keep = std::chrono::hours(24 * 400);  // closed alerts and their changes; data time
  std::size_t outbox_most = 100'000;             // messages that wait; beyond, the oldest go, counted
  bool read_only = false;                        // the file must exist; nothing is made, moved or changed
};

// A message that waits for an output.
struct OutboxMessage {
  std::int64_t number = 0;  // given by the store
  std::string output;       // its name
  std::string subject;
  std::string body;
};

struct AlertStored {
  std::vector<AlertRecord> records;  // that are not closed, and the newest of those that are
  AlertId greatest;                  // number ever given
};

class AlertStore {
 public:
  AlertStore() = default;
  AlertStore(const AlertStore&) = delete;
  AlertStore& operator=(const AlertStore&) = delete;
  virtual ~AlertStore() = default;

  // All of it or nothing, in one transaction.
  virtual Expected<void> write(const std::vector<AlertRecord>& records, const std::vector<AlertEntry>& entries,
                               const std::vector<OutboxMessage>& messages) = 0;
  virtual Expected<AlertStored> load(std::size_t ended_most) = 0;
  virtual Expected<std::vector<AlertEntry>> entries_of(AlertId alert) = 0;
  // Every entry of a stretch of time, both ends inclusive, in order.
  virtual Expected<std::vector<AlertEntry>> entries(Timestamp from, Timestamp to) = 0;

  // The alerts of those entries, as they are now.
  virtual Expected<std::vector<AlertRecord>> records(Timestamp from, Timestamp to) = 0;

  // The oldest that wait for an output, and what is done with one that was sent.
  virtual Expected<std::vector<OutboxMessage>> waiting(const std::string& output, std::size_t most) = 0;
  virtual Expected<void> sent(std::int64_t number) = 0;
  [[nodiscard]] virtual std::uint64_t waiting_count(const std::string& output) = 0;
  [[nodiscard]] virtual std::uint64_t outbox_dropped() const = 0;

  virtual Expected<void> prune(Timestamp now) = 0;
  [[nodiscard]] virtual std::vector<std::string> take_messages() = 0;
};

// Makes file and folder where absent; a damaged file is moved to FILE.damaged-N and a new one begun. `read_only`:
// absent, damaged and of a later version are faults.
[[nodiscard]] Expected<std::unique_ptr<AlertStore>> open_alert_store(const AlertStoreConfig& config);

}  // namespace headland::store
