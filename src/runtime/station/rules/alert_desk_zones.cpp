// SPDX-License-Identifier: Apache-2.0
// What operators draw comes into force: checked, on the disk, in the journal, then watched.
#include <algorithm>

#include <fmt/format.h>

#include "codec/share/zones/drawn_json.hpp"
#include "runtime/config/rules/rules_file.hpp"
#include "runtime/health/log.hpp"
#include "runtime/station/rules/alert_desk.hpp"

namespace headland::station {

// A new engine that remembers of vessels, and of situations of rules that stay, what the one before did.
void AlertDesk::put_in_force(rules::RuleSet set) {
  auto engine = std::make_unique<rules::RuleEngine>(std::move(set));
  (void)engine->restore(engine_->snapshot());
  engine_ = std::move(engine);
  book_.begin_engine(now_, going_on());
  if (hooks_.rules_changed) hooks_.rules_changed(rules());
  if (hooks_.zones_drawn) hooks_.zones_drawn(drawn_, rules());
}

// Rules of the file know zones by name: one that they name must not go or change its name.
std::string AlertDesk::names_it(const rules::ZoneOrder& order) const {
  const auto at = std::ranges::find(drawn_.zones, order.zone.number, &rules::DrawnZone::number);
  if (order.zone.number == 0 || at == drawn_.zones.end()) return "";
  if (order.action == rules::ZoneAction::save && order.zone.zone.name == at->zone.name) return "";
  const auto& set = rules();
  const std::size_t of_file = set.zones.size() - drawn_.zones.size();
  const ZoneId id(static_cast<std::uint32_t>(of_file + static_cast<std::size_t>(at - drawn_.zones.begin()) + 1));
  const auto ours = rules::watch_rules(drawn_, ZoneId(static_cast<std::uint32_t>(of_file + 1)), RuleId(1)).size();
  std::string names;
  for (std::size_t i = 0; i + ours < set.rules.size(); ++i) {
    const auto& rule = set.rules[i];
    const auto has = [&](const std::vector<ZoneId>& zones) { return std::ranges::binary_search(zones, id); };
    if (has(rule.zones) || has(rule.outside)) names += (names.empty() ? "'" : ", '") + rule.name + "'";
  }
  if (names.empty()) return "";
  return fmt::format("'{}' is named in the rules file by {}: take it out of there and load the rules anew first",
                     at->zone.name, names);
}

std::string AlertDesk::order(const rules::ZoneOrder& order) {
  const auto refused = [&](std::string why) {
    ++status_.orders_refused;
    return why;
  };
  if (config_.zone_folder.empty()) return refused("nothing can be drawn here");
  if (auto fault = names_it(order); !fault.empty()) return refused(std::move(fault));
  auto next = rules::changed(drawn_, order, now_);
  if (!next) return refused(std::move(next.error()));
  const auto& name = order.zone.zone.name;
  const std::size_t of_file = rules().zones.size() - drawn_.zones.size();
  for (std::size_t i = 0; order.action == rules::ZoneAction::save && i < of_file; ++i) {
    if (rules().zones[i].name == name) return refused("the rules file has a zone '" + name + "': take another name");
  }
  auto set = config::parse_rules(rules_text_, config_.rules_file, *next, &geojson_);
  if (!set) return refused("the rules cannot be made with it:\n" + config::to_text(set.error()));
  if (auto ok = ZoneFile(config_.zone_folder).write(*next); !ok) {
    health_.set("zones", health::State::yellow, ok.error().detail);
    return refused("it could not be kept, and is not in force: " + ok.error().detail);
  }
  health_.set("zones", health::State::green);
  if (hooks_.record) hooks_.record(now_, share::zone_order_note(order, *next), true);
  drawn_ = std::move(*next);
  log::info(fmt::format("zone '{}' {} by {}: version {}", drawn_.name, drawn_.what, drawn_.who, drawn_.version));
  put_in_force(std::move(*set));
  return {};
}

}  // namespace headland::station
