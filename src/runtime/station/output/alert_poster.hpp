// SPDX-License-Identifier: Apache-2.0
// Takes messages about alerts from the database where they wait and delivers them, on a thread of its own: a server
// that is dead delays nothing else, and nothing is taken from the database before it was delivered.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/rules/alerts/alert_book.hpp"
#include "io/notify/sender.hpp"
#include "io/store/alert_store.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"
#include "runtime/lanes/bounded_queue.hpp"
#include "runtime/lanes/lane.hpp"

namespace headland::station {

// What goes to which output because of an update.
[[nodiscard]] std::vector<store::OutboxMessage> messages_of(const rules::AlertUpdate& update,
                                                            const std::vector<config::AlertOutputSection>& outputs,
                                                            const std::string& station);

class AlertPoster {
 public:
  static Expected<std::unique_ptr<AlertPoster>> start(const config::AlertOutputSection& section,
                                                      const std::filesystem::path& alerts, health::Health& health);
  ~AlertPoster() { stop(); }
  void stop();  // what waits is delivered after the next start
  // From any thread: sent at once or never, before what waits, and not by way of the database. Of more than 32 the
  // oldest goes, counted with those that were not taken.
  void answer(std::string sentences);

  [[nodiscard]] const std::string& name() const { return name_; }
  void add_metrics(std::vector<health::Sample>& out) const;

 private:
  AlertPoster(std::string name, std::unique_ptr<notify::Sender> sender, std::unique_ptr<store::AlertStore> store,
              health::Health& health);
  void run(const std::stop_token& stop);
  [[nodiscard]] bool deliver_all(const std::stop_token& stop);  // false: one was not taken
  void deliver_answers();

  std::string name_;
  std::unique_ptr<notify::Sender> sender_;
  std::unique_ptr<store::AlertStore> store_;  // a connection of this thread
  health::Health& health_;
  std::atomic<std::uint64_t> sent_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::atomic<std::uint64_t> waiting_ = 0;
  lanes::BoundedQueue<std::string> answers_;
  std::atomic<std::uint64_t> unanswered_ = 0;
  std::optional<lanes::Lane> lane_;
};

}  // namespace headland::station
