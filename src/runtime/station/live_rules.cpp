// SPDX-License-Identifier: Apache-2.0
// A running station and its rules: where they come from, where alerts go, who may order.
#include <chrono>

#include "runtime/health/log.hpp"
#include "runtime/station/live_station.hpp"

namespace headland::station {

Expected<void> LiveStation::open_rules() {
  if (!config_.rules.enabled) return {};
  rules_file_ = config_.rules.file.empty() ? options_.default_rules : config_.rules.file;
  if (rules_file_.empty()) return {};
  store::AlertStoreConfig kept;
  kept.file = std::filesystem::path(config_.station.data_directory) / "alerts.sqlite";
  kept.keep = to_duration(Seconds(config_.rules.keep_days * 86'400.0));
  auto store = store::open_alert_store(kept);
  if (!store) return unexpected(store.error());
  DeskConfig desk_config{rules_file_, book_config(config_.rules), std::move(*store)};
  desk_config.must_start = true;
  desk_config.zone_folder = config_.station.data_directory;
  desk_config.state_file = (std::filesystem::path(config_.station.data_directory) / "rules.state").string();
  auto desk = AlertDesk::open(std::move(desk_config), health_);
  if (!desk) return unexpected(desk.error());
  desk_ = std::move(*desk);
  for (const auto& output : config_.alert_outputs) {
    auto poster = AlertPoster::start(output, kept.file, health_);
    if (!poster) return unexpected(poster.error());
    posters_.push_back(std::move(*poster));
  }
  return {};
}

DeskHooks LiveStation::desk_hooks() {
  DeskHooks hooks;
  hooks.show = [this](const std::vector<AlertRecord>& alerts, bool whole) {
    if (publisher_) publisher_->show_alerts(alerts, whole);
  };
  hooks.rules_changed = [this](const rules::RuleSet& set) {
    if (publisher_) publisher_->show_zones(set);
  };
  hooks.zones_drawn = [this](const rules::DrawnZones& drawn, const rules::RuleSet& set) {
    if (publisher_) publisher_->show_drawn(drawn, set);
  };
  hooks.routes_learned = [this](const rules::RouteModel& routes) {
    if (publisher_) publisher_->show_routes(routes);
  };
  hooks.record = [this](Timestamp time, const std::string& json, bool by_operator) {
    if (!recorder_) return;
    const auto kind = by_operator ? journal::EntryKind::operator_action : journal::EntryKind::event;
    recorder_->record(kind, node_stream, time, {reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
  };
  hooks.answers = [this](const std::string& sentences) {
    for (std::size_t i = 0; i < posters_.size(); ++i) {
      if (config_.alert_outputs[i].kind == "nmea") posters_[i]->answer(sentences);
    }
  };
  if (!config_.alert_outputs.empty()) {
    hooks.messages = [this](const rules::AlertUpdate& update) {
      return messages_of(update, config_.alert_outputs, config_.station.name);
    };
  }
  return hooks;
}

// Before the page opens, so that nobody sees it without the alerts of before.
void LiveStation::begin_rules() {
  if (!desk_) return;
  desk_->begin(desk_hooks(), restart_.last.value_or(std::chrono::system_clock::now()));
  rules_ = std::make_unique<RulesLane>(std::move(desk_), RulesPace::newest_wins, health_);
  if (!publisher_) return;
  AlertOrders orders;
  orders.order = [this](rules::AlertOrder order, AlertOrders::Reply reply) {
    return rules_->order(std::move(order), std::move(reply));
  };
  orders.reload = [this](std::string who, AlertOrders::Reply reply) {
    return rules_->reload(std::move(who), std::move(reply));
  };
  orders.zone = [this](rules::ZoneOrder order, AlertOrders::Reply reply) {
    return rules_->order(std::move(order), std::move(reply));
  };
  publisher_->set_alert_orders(std::move(orders));
  publisher_->set_drawn_folder(config_.station.data_directory);
  store::AlertStoreConfig read;
  read.file = std::filesystem::path(config_.station.data_directory) / "alerts.sqlite";
  read.read_only = true;
  if (auto store = store::open_alert_store(read)) publisher_->set_alert_store(std::move(*store));
  if (config_.history.enabled) {
    const auto history = std::filesystem::path(config_.station.data_directory) / "history.sqlite";
    publisher_->set_rules_trial(std::make_unique<TrialDesk>(history, rules_file_, health_), rules_file_);
  }
}

void LiveStation::take_alert_commands(const config::NmeaSection& section, std::span<const std::uint8_t> text) {
  if (!rules_) return;
  std::vector<nmea::AlertCommand> commands;
  nmea::FaultCounts faults;
  nmea::read_alert_commands(text, commands, faults);
  bad_alert_commands_ += faults.total();
  for (auto& command : commands) {
    if (command.alarm && section.alert_commands != "ack_acn") continue;
    rules_->command(std::move(command), section.name);  // too many wait: counted with the queue
  }
}

void LiveStation::add_alert_metrics(std::vector<health::Sample>& out) const {
  if (rules_) rules_->add_metrics(out);
  out.push_back({"headland_alert_commands_bad_total", {}, static_cast<double>(bad_alert_commands_)});
  for (const auto& poster : posters_) poster->add_metrics(out);
}

void LiveStation::reload_rules(const std::string& who) {
  if (!rules_) return;
  rules_->reload(who, [](const std::string& fault) {
    if (!fault.empty()) log::warn(fault);
  });
}

}  // namespace headland::station
