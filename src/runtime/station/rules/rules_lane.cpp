// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/rules_lane.hpp"

#include <chrono>

namespace headland::station {
namespace {

constexpr Duration interval = std::chrono::seconds(1);

}  // namespace

RulesLane::RulesLane(std::unique_ptr<AlertDesk> desk, RulesPace pace, health::Health& health)
    : desk_(std::move(desk)),
      pictures_("rules", 1, pace == RulesPace::newest_wins ? lanes::WhenFull::drop_oldest : lanes::WhenFull::wait) {
  note_status();
  lane_.emplace("rules", health, [this](const std::stop_token&) { run(); });
}

void RulesLane::take(const PictureOutput& output, const PictureChain& chain) {
  for (const PlotSector& sector : output.sectors) calls_.take(sector, chain.frame());
  for (const registration::RadarJump& jump : output.jumps) calls_.take(jump, chain.name_of(jump.sensor));
  if (output.published) take(output.published->picture, chain.frame());
}

void RulesLane::take(const std::shared_ptr<const Picture>& picture, const LocalFrame& frame) {
  if (last_ && picture->time >= *last_ && picture->time - *last_ < interval) return;
  last_ = picture->time;
  pictures_.push({picture, frame, calls_.calling(picture->time), calls_.jumped(picture->time)});
}

bool RulesLane::order(rules::AlertOrder order, Reply reply) {
  return orders_.push({std::move(order), std::nullopt, {}, std::move(reply), std::nullopt});
}

bool RulesLane::order(rules::ZoneOrder order, Reply reply) {
  return orders_.push({std::nullopt, std::nullopt, {}, std::move(reply), std::move(order)});
}

bool RulesLane::reload(std::string who, Reply reply) {
  return orders_.push({std::nullopt, std::nullopt, std::move(who), std::move(reply), std::nullopt});
}

bool RulesLane::command(nmea::AlertCommand command, std::string who) {
  return orders_.push({std::nullopt, std::move(command), std::move(who), {}, std::nullopt});
}

void RulesLane::stop() {
  pictures_.close();
  orders_.close();
  if (lane_) lane_->join();
  lane_.reset();
}

void RulesLane::run() {
  using namespace std::chrono_literals;
  while (true) {
    // Neither waits long for the other: an operator for the look at one picture, a picture for some hundredths of a
    // second.
    auto look = pictures_.pop_for(0ms);
    auto order = orders_.pop_for(look ? 0ms : 20ms);
    if (order) work_on(*order);
    if (look) desk_->look(*look->picture, &look->frame, look->calls, look->jumps);
    if (order || look) note_status();
    if (!order && !look && orders_.drained() && pictures_.drained()) break;
  }
  desk_->settle();
  desk_->save_state();
}

void RulesLane::work_on(const Order& order) {
  if (order.command) return desk_->command(*order.command, order.who);
  const std::string fault = order.order  ? desk_->order(*order.order)
                            : order.zone ? desk_->order(*order.zone)
                                         : desk_->reload(order.who);
  if (order.reply) order.reply(fault);
}

void RulesLane::note_status() {
  auto status = desk_->status();
  const std::lock_guard lock(mutex_);
  status_ = std::move(status);
}

DeskStatus RulesLane::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void RulesLane::add_metrics(std::vector<health::Sample>& out) const {
  const DeskStatus s = status();
  for (const auto& [state, n] : s.by_state) {
    out.push_back({"headland_alerts", {{"state", std::string(name_of(state))}}, static_cast<double>(n)});
  }
  for (const auto& [rule, n] : s.by_rule) {
    out.push_back({"headland_alerts_total", {{"rule", rule}}, static_cast<double>(n)});
  }
  out.push_back({"headland_alert_orders_refused_total", {}, static_cast<double>(s.orders_refused)});
  out.push_back({"headland_alert_commands_total", {}, static_cast<double>(s.commands)});
  out.push_back({"headland_alert_messages_dropped_total", {}, static_cast<double>(s.dropped)});
  out.push_back({"headland_rules_seconds", {}, s.look_s});
  out.push_back({"headland_rules_refused_total", {}, static_cast<double>(s.refused)});
}

}  // namespace headland::station
