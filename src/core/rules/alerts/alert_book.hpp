// SPDX-License-Identifier: Apache-2.0
// Keeps the alerts of a station: what the engine tells and what operators do become records and entries.
//
// The numbers of an engine begin anew with every engine (a restart, new rules). An alert of a new engine that has the
// rule, the subjects and the zones of one that was open before is that one. What the new engine does not find again in
// `refind_after` is over.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/alerts/alert_record.hpp"
#include "core/rules/zone/zone.hpp"

namespace headland::rules {

struct AlertBookConfig {
  Duration refind_after = std::chrono::minutes(15);  // and that long again an alert that is over is taken up again
  Duration silence = std::chrono::seconds(30);       // MSC.302(87) 7.3
  Duration unread_after = std::chrono::hours(24);    // over and never acknowledged: closed, and said so
  Duration escalate_after = Duration::zero();        // warnings nobody acknowledged become alarms; 0: never
  Duration shelve_most = std::chrono::hours(24);
  std::size_t ended_most = 200;  // kept in memory; the store has the others
};

// What an operator wants done.
struct AlertOrder {
  AlertId alert;
  AlertAction action = AlertAction::acknowledge;
  std::string who;
  std::string why;
  std::string to;                    // transfer: whom
  Duration span = Duration::zero();  // shelve: how long
};
enum class OrderFault : std::uint8_t { unknown_alert, not_allowed, not_for_operators, no_reason, no_end, no_receiver };
[[nodiscard]] std::string_view to_string(OrderFault fault);  // what is wrong and what to do

// What became new; records as they are now, each once, in order of their numbers.
struct AlertUpdate {
  std::map<AlertId, AlertRecord> changed;
  std::vector<AlertEntry> entries;
  [[nodiscard]] bool empty() const { return changed.empty() && entries.empty(); }
  void clear() {
    changed.clear();
    entries.clear();
  }
};

class AlertBook {
 public:
  explicit AlertBook(AlertBookConfig config = {}) : config_(config) {}

  // After a start: alerts of before, and the greatest number ever given.
  void restore(const std::vector<AlertRecord>& records, AlertId greatest);
  // The engine is a new one. `of_engine`: numbers of before that it goes on with, to ours; these are not waited for.
  void begin_engine(Timestamp now, const std::map<AlertId, AlertId>& of_engine = {});
  [[nodiscard]] const std::map<AlertId, AlertId>& of_engine() const { return of_engine_; }

  void take(const AlertChange& change, const std::vector<Zone>& zones, AlertUpdate& out);
  // Time goes on: ends of silences and shelves, what was not found again, what nobody read.
  void tick(Timestamp now, AlertUpdate& out);
  [[nodiscard]] Expected<void, OrderFault> order(const AlertOrder& order, Timestamp now, AlertUpdate& out);

  [[nodiscard]] const std::map<AlertId, AlertRecord>& records() const { return records_; }

 private:
  AlertRecord* find_again(const AlertRecord& fresh, Timestamp now);
  AlertRecord& record_of(const AlertChange& change, const std::vector<Zone>& zones);
  void tick_one(AlertRecord& record, Timestamp now, AlertUpdate& out);
  void note(AlertRecord& record, Timestamp now, std::string what, std::string who, std::string why, AlertUpdate& out);
  void drop_ended();

  AlertBookConfig config_;
  std::map<AlertId, AlertRecord> records_;
  std::map<AlertId, AlertId> of_engine_;    // its number to ours
  std::map<AlertId, Timestamp> to_refind_;  // ours, and since when they wait
  std::map<AlertId, Timestamp> silenced_;
  std::uint32_t greatest_ = 0;
};

}  // namespace headland::rules
