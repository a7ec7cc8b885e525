// SPDX-License-Identifier: Apache-2.0
// Rules and alerts of a station: the engine that watches, the book that keeps, the store that remembers. An alert is
// stored before it is shown; where the store fails it is shown all the same, and health says so. One thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "codec/nmea/alerts/alert_commands.hpp"
#include "core/rules/alerts/alert_book.hpp"
#include "core/rules/rule_engine.hpp"
#include "io/store/alert_store.hpp"
#include "runtime/config/rules/geojson.hpp"
#include "runtime/config/station_config.hpp"
#include "runtime/health/health.hpp"
#include "runtime/station/rules/zone_file.hpp"

namespace headland::station {

struct DeskConfig {
  std::string rules_file;
  rules::AlertBookConfig book;
  std::unique_ptr<store::AlertStore> store;  // none: nothing is kept beyond the run
  std::string state_file;                    // of what the rules remember; empty: not kept
  Duration state_every = std::chrono::minutes(2);
  std::string zone_folder;  // of what operators draw; empty: nothing can be drawn
  // A station must see, though what was drawn is damaged: then an older version of it is in force, or no rule at all,
  // and health is red. Otherwise that is an error.
  bool must_start = false;
};
[[nodiscard]] rules::AlertBookConfig book_config(const config::RulesSection& section);

struct DeskHooks {
  // All alerts there are, or those that changed.
  std::function<void(const std::vector<AlertRecord>& alerts, bool whole)> show;
  std::function<void(const rules::RuleSet& set)> rules_changed;
  std::function<void(const rules::DrawnZones& drawn, const rules::RuleSet& set)> zones_drawn;
  // What traffic is usual, at the start and every now and then.
  std::function<void(const rules::RouteModel& routes)> routes_learned;
  // For the journal: what operators ordered, and what happened, as JSON.
  std::function<void(Timestamp time, const std::string& json, bool by_operator)> record;
  // What goes out because of it, stored in the same transaction.
  std::function<std::vector<store::OutboxMessage>(const rules::AlertUpdate&)> messages;
  // Sentences that answer a command by sentence, to whoever is told by sentences. Not kept: an answer that is late is
  // none, and must never take the place of an alert that waits.
  std::function<void(const std::string& sentences)> answers;
};

struct DeskStatus {
  std::map<AlertState, std::uint64_t> by_state;  // that are not closed
  std::map<std::string, std::uint64_t> by_rule;  // raised since the start
  std::uint64_t orders_refused = 0;
  std::uint64_t commands = 0;  // sentences that order something about our alerts
  std::uint64_t dropped = 0;   // messages that waited too long for their output
  std::uint64_t refused = 0;   // vessels and situations
  double look_s = 0.0;         // processor time of the last picture
  bool stored = true;          // the last change is on the disk
  std::size_t rules = 0;
  std::size_t zones = 0;
};

class AlertDesk {
 public:
  // Reads the rules and what was stored. Mistakes in the file: ErrorCode::configuration with every one of them.
  static Expected<std::unique_ptr<AlertDesk>> open(DeskConfig config, health::Health& health);

  // Shows what was stored. Call once, before anything else.
  void begin(DeskHooks hooks, Timestamp now);
  // `calls`: for help, that last; `jumps`: of radars, likewise.
  void look(const Picture& picture, const LocalFrame* frame, std::span<const rules::CallForHelp> calls = {},
            std::span<const rules::RadarJumped> jumps = {});
  // What is wrong with it and what to do; empty: done.
  [[nodiscard]] std::string order(const rules::AlertOrder& order);
  // A sentence of `who` that orders something about an alert of ours; what is not ours is left alone. Where it cannot
  // be done, and where the alert is to be told again, a sentence goes out.
  void command(const nmea::AlertCommand& command, const std::string& who);
  // What an operator has drawn, changed or deleted; the rules of the file stay as they were loaded. Empty: it is on the
  // disk, in the journal and in force.
  [[nodiscard]] std::string order(const rules::ZoneOrder& order);
  // Reads the file anew; where it has mistakes the rules of before stay.
  [[nodiscard]] std::string reload(const std::string& who);
  void settle();  // tries again to store what could not be stored
  void save_state();

  [[nodiscard]] const rules::AlertBook& book() const { return book_; }
  [[nodiscard]] const rules::RuleSet& rules() const { return engine_->rules(); }
  [[nodiscard]] const rules::DrawnZones& drawn() const { return drawn_; }
  [[nodiscard]] DeskStatus status() const;

 private:
  AlertDesk(DeskConfig config, health::Health& health)
      : config_(std::move(config)), health_(health), book_(config_.book) {}
  void finish();
  void put_in_force(rules::RuleSet set);
  [[nodiscard]] std::string names_it(const rules::ZoneOrder& order) const;
  [[nodiscard]] const AlertRecord* named_by(const nmea::AlertCommand& command) const;
  void answer(const std::string& sentences) const;
  [[nodiscard]] std::map<AlertId, AlertId> going_on() const;
  void record(const rules::AlertUpdate& update) const;

  DeskConfig config_;
  health::Health& health_;
  DeskHooks hooks_;
  rules::AlertBook book_;
  std::unique_ptr<rules::RuleEngine> engine_;
  std::string rules_text_;        // of the file, as it is in force
  config::GeoJsonFiles geojson_;  // that it names, likewise
  rules::DrawnZones drawn_;
  std::string zones_trouble_;    // of their file, at the start; empty: none
  rules::AlertUpdate update_;    // of what is being done
  rules::AlertUpdate unstored_;  // shown, but not on the disk
  std::vector<store::OutboxMessage> unsent_;
  std::vector<AlertChange> changes_;
  Timestamp now_;
  std::optional<Timestamp> pruned_, saved_, routes_shown_;
  std::map<AlertId, AlertId> of_engine_before_;  // read with the state, until begin()
  DeskStatus status_;
};

}  // namespace headland::station
