// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/replay_rules.hpp"

#include <chrono>

namespace headland::station {
namespace {

constexpr Duration interval = std::chrono::seconds(1);

}  // namespace

Expected<std::unique_ptr<ReplayRules>> ReplayRules::open(const config::RulesSection& section,
                                                         const std::string& rules_file, PictureSink& next,
                                                         Publisher* page, health::Health& health,
                                                         const std::string& zone_folder) {
  auto out = std::unique_ptr<ReplayRules>(new ReplayRules(next));
  out->file_ = section.file.empty() ? rules_file : section.file;
  if (!section.enabled || out->file_.empty()) return out;
  DeskConfig desk_config{out->file_, book_config(section), nullptr};
  desk_config.zone_folder = zone_folder;
  auto desk = AlertDesk::open(std::move(desk_config), health);
  if (!desk) return unexpected(desk.error());
  out->desk_ = std::move(*desk);
  out->begin(page, health);
  return out;
}

void ReplayRules::begin(Publisher* page, health::Health& health) {
  DeskHooks hooks;
  hooks.show = [this, page](const std::vector<AlertRecord>& alerts, bool whole) {
    for (const AlertRecord& alert : alerts) all_[alert.id] = alert;
    if (page != nullptr) page->show_alerts(alerts, whole);
  };
  if (page != nullptr) hooks.rules_changed = [page](const rules::RuleSet& set) { page->show_zones(set); };
  if (page != nullptr) hooks.routes_learned = [page](const rules::RouteModel& r) { page->show_routes(r); };
  desk_->begin(std::move(hooks), Timestamp{});
  if (page == nullptr) return;
  lane_ = std::make_unique<RulesLane>(std::move(desk_), RulesPace::every_picture, health);
  AlertOrders orders;
  orders.order = [this](rules::AlertOrder order, AlertOrders::Reply reply) {
    return lane_->order(std::move(order), std::move(reply));
  };
  orders.reload = [this](std::string who, AlertOrders::Reply reply) {
    return lane_->reload(std::move(who), std::move(reply));
  };
  page->set_alert_orders(std::move(orders));
}

void ReplayRules::on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) {
  next_.on_output(time, output, chain);
  if (lane_) return lane_->take(output, chain);
  for (const PlotSector& sector : output.sectors) calls_.take(sector, chain.frame());
  for (const registration::RadarJump& jump : output.jumps) calls_.take(jump, chain.name_of(jump.sensor));
  if (!output.published) return;
  const Picture& picture = *output.published->picture;
  if (!desk_ || (last_ && picture.time >= *last_ && picture.time - *last_ < interval)) return;
  last_ = picture.time;
  desk_->look(picture, &chain.frame(), calls_.calling(picture.time), calls_.jumped(picture.time));
}

void ReplayRules::finish(ReplaySummary& out) {
  if (lane_) lane_->stop();
  const AlertDesk* desk = lane_ ? &lane_->desk() : desk_.get();
  if (desk == nullptr) return;
  out.rules_file = file_;
  for (const rules::Rule& rule : desk->rules().rules) out.alerts_by_rule.emplace_back(rule.name, 0);
  for (const auto& [id, alert] : all_) {
    for (auto& [rule, n] : out.alerts_by_rule) n += rule == alert.rule ? 1 : 0;
    out.alerts.push_back(alert);
  }
}

}  // namespace headland::station
