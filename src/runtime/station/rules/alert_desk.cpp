// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/alert_desk.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "codec/nmea/alerts/alert_sentences.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/health/log.hpp"
#include "runtime/station/rules/engine_state.hpp"

namespace headland::station {
namespace {

constexpr std::size_t most_text_in_journal = 200'000;
constexpr std::size_t most_unstored = 10'000;  // entries that wait for the disk

double thread_cpu_s() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

std::vector<AlertRecord> values_of(const std::map<AlertId, AlertRecord>& records) {
  std::vector<AlertRecord> out;
  out.reserve(records.size());
  for (const auto& [id, record] : records) out.push_back(record);
  return out;
}

std::string dumped(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

AlertAction action_of(nmea::AlertDemand demand) {
  switch (demand) {
    case nmea::AlertDemand::silence:
      return AlertAction::silence;
    case nmea::AlertDemand::take_over:
      return AlertAction::transfer;
    case nmea::AlertDemand::acknowledge:
    case nmea::AlertDemand::repeat:
      return AlertAction::acknowledge;
  }
  return AlertAction::acknowledge;
}

// What a command asks for is so already: it came twice, or somebody was quicker.
bool is_so(AlertState state, AlertAction action) {
  if (action == AlertAction::transfer) return state == AlertState::active_transferred;
  if (action == AlertAction::silence) return state == AlertState::active_silenced;
  return state == AlertState::active_acknowledged || state == AlertState::ended;
}

}  // namespace

rules::AlertBookConfig book_config(const config::RulesSection& section) {
  rules::AlertBookConfig out;
  out.escalate_after = to_duration(Seconds(section.escalate_min * 60.0));
  return out;
}

Expected<std::unique_ptr<AlertDesk>> AlertDesk::open(DeskConfig config, health::Health& health) {
  rules::DrawnZones drawn;
  std::string trouble;
  if (!config.zone_folder.empty()) {
    const ZoneFile file(config.zone_folder);
    auto read = file.load();
    if (!read && !config.must_start) return unexpected(read.error());
    auto in_force = read ? ZoneFile::InForce{std::move(*read), {}} : file.newest_sound(read.error());
    drawn = std::move(in_force.zones);
    trouble = std::move(in_force.trouble);
  }
  auto text = config::text_of_rules(config.rules_file);
  config::GeoJsonFiles files;
  auto set = text ? config::parse_rules(*text, config.rules_file, drawn, &files) : unexpected(text.error());
  if (!set && text && !trouble.empty()) {
    trouble += "; the rules cannot be made with that, and nothing is in force:\n" + config::to_text(set.error());
    drawn.zones.clear();
    set = rules::RuleSet();
  }
  if (!set) return fail(ErrorCode::configuration, "the rules have mistakes:\n" + config::to_text(set.error()));
  auto desk = std::unique_ptr<AlertDesk>(new AlertDesk(std::move(config), health));
  desk->rules_text_ = std::move(*text);
  desk->geojson_ = std::move(files);
  desk->drawn_ = std::move(drawn);
  desk->zones_trouble_ = std::move(trouble);
  desk->engine_ = std::make_unique<rules::RuleEngine>(std::move(*set));
  if (!desk->config_.store) return desk;
  for (const auto& message : desk->config_.store->take_messages()) log::warn("alerts: " + message);
  auto stored = desk->config_.store->load(desk->config_.book.ended_most);
  if (!stored) return unexpected(stored.error());
  desk->book_.restore(stored->records, stored->greatest);
  if (auto state = load_desk_state(desk->config_.state_file); state && desk->engine_->restore(state->engine)) {
    desk->of_engine_before_ = std::move(state->of_engine);
  }
  return desk;
}

void AlertDesk::begin(DeskHooks hooks, Timestamp now) {
  hooks_ = std::move(hooks);
  now_ = now;
  book_.begin_engine(now, going_on());
  of_engine_before_.clear();
  health_.set("rules", health::State::green);
  if (!zones_trouble_.empty()) health_.set("zones", health::State::red, zones_trouble_);
  if (hooks_.rules_changed) hooks_.rules_changed(rules());
  if (hooks_.zones_drawn) hooks_.zones_drawn(drawn_, rules());
  if (hooks_.show) hooks_.show(values_of(book_.records()), true);
}

void AlertDesk::look(const Picture& picture, const LocalFrame* frame, std::span<const rules::CallForHelp> calls,
                     std::span<const rules::RadarJumped> jumps) {
  const double began = thread_cpu_s();
  now_ = picture.time;
  changes_.clear();
  engine_->process(picture, frame, changes_, calls, jumps);
  for (const AlertChange& change : changes_) book_.take(change, rules().zones, update_);
  book_.tick(now_, update_);
  for (const AlertEntry& entry : update_.entries) {
    if (entry.what == "raised") ++status_.by_rule[update_.changed.at(entry.alert).rule];
  }
  status_.look_s = thread_cpu_s() - began;
  finish();
  if (hooks_.routes_learned && (!routes_shown_ || now_ - *routes_shown_ >= std::chrono::minutes(1))) {
    routes_shown_ = now_;
    hooks_.routes_learned(engine_->routes());
  }
  if (!saved_) saved_ = now_;
  if (!config_.state_file.empty() && now_ - *saved_ >= config_.state_every) save_state();
  if (config_.store && (!pruned_ || now_ - *pruned_ > std::chrono::hours(1))) {
    pruned_ = now_;
    if (const auto ok = config_.store->prune(now_); !ok) log::warn(ok.error().detail);
  }
}

// Numbers of the engine whose situations it knows, to ours.
std::map<AlertId, AlertId> AlertDesk::going_on() const {
  std::map<AlertId, AlertId> out;
  const auto& known = of_engine_before_.empty() ? book_.of_engine() : of_engine_before_;
  for (const Alert& alert : engine_->active()) {
    if (const auto at = known.find(alert.id); at != known.end()) out.insert(*at);
  }
  return out;
}

void AlertDesk::save_state() {
  if (config_.state_file.empty()) return;
  saved_ = now_;
  if (const auto ok = save_desk_state(config_.state_file, {engine_->snapshot(), book_.of_engine()}); !ok) {
    health_.set("rules", health::State::yellow, "their memory is not kept: " + ok.error().detail);
  }
}

std::string AlertDesk::order(const rules::AlertOrder& order) {
  const auto done = book_.order(order, now_, update_);
  if (!done) {
    ++status_.orders_refused;
    return fmt::format("alert {}, {}: {}", order.alert.value(), name_of(order.action), rules::to_string(done.error()));
  }
  finish();
  return {};
}

// Of several whose numbers are alike, as they go round, the newest that is not closed.
const AlertRecord* AlertDesk::named_by(const nmea::AlertCommand& command) const {
  const AlertRecord* closed = nullptr;
  const auto& records = book_.records();
  for (auto at = records.rbegin(); at != records.rend(); ++at) {
    if (!nmea::names(command, at->first)) continue;
    if (at->second.state != AlertState::ended) return &at->second;
    if (closed == nullptr) closed = &at->second;
  }
  return closed;
}

void AlertDesk::answer(const std::string& sentences) const {
  if (hooks_.answers && !sentences.empty()) hooks_.answers(sentences);
}

void AlertDesk::command(const nmea::AlertCommand& command, const std::string& who) {
  if (!nmea::is_for_us(command)) return;
  ++status_.commands;
  const AlertRecord* alert = named_by(command);
  if (alert == nullptr && command.alarm) return;  // of another system's alarm
  const AlertAction action = action_of(command.demand);
  const bool is_done = alert != nullptr && (command.demand == nmea::AlertDemand::repeat || is_so(alert->state, action));
  std::string sentences;
  if (alert != nullptr && !is_done) {
    const rules::AlertOrder order{alert->id, action, who, "by sentence", who, {}};
    if (book_.order(order, now_, update_)) return finish();
  }
  if (is_done) {
    nmea::write_alert(*alert, alert->id.value(), sentences);
  } else {
    ++status_.orders_refused;
    nmea::write_refusal(command, now_, sentences);
  }
  answer(sentences);
}

std::string AlertDesk::reload(const std::string& who) {
  auto text = config::text_of_rules(config_.rules_file);
  config::GeoJsonFiles files;
  auto set = text ? config::parse_rules(*text, config_.rules_file, drawn_, &files) : unexpected(text.error());
  nlohmann::ordered_json note{{"action", "reload_rules"}, {"who", who}, {"file", config_.rules_file}};
  if (!set) {
    const std::string mistakes = config::to_text(set.error());
    note["refused"] = mistakes;
    if (hooks_.record) hooks_.record(now_, dumped(note), true);
    health_.set("rules", health::State::yellow, "the rules of before stay in force: " + mistakes);
    ++status_.orders_refused;
    return "the rules of before stay in force; mend these and load again:\n" + mistakes;
  }
  note["rules"] = set->rules.size();
  note["zones"] = set->zones.size();
  note["text"] = text->substr(0, most_text_in_journal);
  if (hooks_.record) hooks_.record(now_, dumped(note), true);
  rules_text_ = std::move(*text);
  geojson_ = std::move(files);
  put_in_force(std::move(*set));
  health_.set("rules", health::State::green);
  log::info(fmt::format("{} rules and {} zones of {}, loaded by {}", rules().rules.size(), rules().zones.size(),
                        config_.rules_file, who));
  return {};
}

void AlertDesk::record(const rules::AlertUpdate& update) const {
  if (!hooks_.record) return;
  for (const AlertEntry& e : update.entries) {
    nlohmann::ordered_json note{{"alert", e.alert.value()}, {"what", e.what}, {"who", e.who}, {"why", e.why}};
    if (const auto at = update.changed.find(e.alert); at != update.changed.end()) {
      note["rule"] = at->second.rule;
      note["state"] = name_of(at->second.state);
      note["priority"] = name_of(at->second.priority);
      note["text"] = at->second.text;
    }
    hooks_.record(e.time, dumped(note), e.who != "station");
  }
}

void AlertDesk::settle() {
  if (!config_.store || (unstored_.empty() && unsent_.empty())) return;
  const auto written = config_.store->write(values_of(unstored_.changed), unstored_.entries, unsent_);
  status_.stored = written.has_value();
  if (written) {
    unstored_.clear();
    unsent_.clear();
    health_.set("alerts", health::State::green);
    return;
  }
  health_.set("alerts", health::State::red, written.error().detail);
  // The records are as they are now, each once; of their stories the newest wait.
  if (unstored_.entries.size() > most_unstored) {
    unstored_.entries.erase(unstored_.entries.begin(),
                            unstored_.entries.end() - static_cast<std::ptrdiff_t>(most_unstored));
  }
  if (unsent_.size() > most_unstored) {
    unsent_.erase(unsent_.begin(), unsent_.end() - static_cast<std::ptrdiff_t>(most_unstored));
  }
}

// Stores, then shows.
void AlertDesk::finish() {
  if (update_.empty()) return settle();
  if (config_.store) {
    for (const auto& [id, record] : update_.changed) unstored_.changed[id] = record;
    unstored_.entries.insert(unstored_.entries.end(), update_.entries.begin(), update_.entries.end());
    if (hooks_.messages) {
      for (auto& message : hooks_.messages(update_)) unsent_.push_back(std::move(message));
    }
    settle();
  }
  record(update_);
  if (hooks_.show) hooks_.show(values_of(update_.changed), false);
  update_.clear();
}

DeskStatus AlertDesk::status() const {
  DeskStatus out = status_;
  for (const auto& [id, r] : book_.records()) {
    if (r.state != AlertState::ended) ++out.by_state[r.state];
  }
  out.refused = engine_->counters().vessels_refused + engine_->counters().situations_refused;
  if (config_.store) out.dropped = config_.store->outbox_dropped();
  out.rules = rules().rules.size();
  out.zones = rules().zones.size();
  return out;
}

}  // namespace headland::station
