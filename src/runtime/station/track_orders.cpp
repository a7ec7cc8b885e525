// SPDX-License-Identifier: Apache-2.0
// What operators order about tracks: recorded with who and when, carried out, told.
#include "runtime/station/track_orders.hpp"

#include <fmt/format.h>

#include "codec/share/client_message.hpp"
#include "runtime/health/log.hpp"
#include "runtime/station/live_station.hpp"

namespace headland::station {
namespace {

std::string in_words(const TrackOrder& order) {
  switch (order.action) {
    case TrackAction::initiate:
      return "begun by " + order.who;
    case TrackAction::drop:
      return "dropped by " + order.who;
    case TrackAction::rename:
      return order.name.empty() ? "name taken off by " + order.who
                                : fmt::format("named '{}' by {}", order.name, order.who);
  }
  return "ordered by " + order.who;
}

}  // namespace

std::optional<TrackOrder> track_order_in(std::span<const std::uint8_t> payload) {
  const auto message = share::parse_client_message({reinterpret_cast<const char*>(payload.data()), payload.size()});
  const auto* order = message ? std::get_if<TrackOrder>(&*message) : nullptr;
  return order == nullptr ? std::nullopt : std::optional(*order);
}

void LiveStation::take_orders() {
  publisher_->set_track_orders(
      [this](TrackOrder order, auto reply) { return updates_.push(OrderUpdate{std::move(order), std::move(reply)}); });
}

// On the tracking lane, in the order of consumption. What is done is what the recorded bytes say, so that a replay does
// the same to the last bit.
void LiveStation::carry_out(OrderUpdate& update, Timestamp now) {
  const std::string text = share::order_text(update.order);
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  const auto order = track_order_in(bytes);
  if (!order) {
    if (update.reply) update.reply("not an order that can be kept", {});
    return;
  }
  if (recorder_) recorder_->record(journal::EntryKind::operator_action, node_stream, now, bytes);
  const OrderReply done = chain_.process(*order, now, output_);
  emit(now);
  if (done.fault.empty()) {
    log::info(fmt::format("track {} {}", done.track.value(), in_words(*order)));
    if (history_) history_->event({now, "operator", fmt::format("track {}", done.track.value()), in_words(*order)});
  }
  if (update.reply) update.reply(done.fault, done.track);
}

}  // namespace headland::station
