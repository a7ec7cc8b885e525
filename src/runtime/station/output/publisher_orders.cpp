// SPDX-License-Identifier: Apache-2.0
// Orders of the page about tracks (docs/formats/stream.md).
#include "runtime/station/output/publisher.hpp"

namespace headland::station {

void Publisher::set_track_orders(TrackOrders orders) { track_orders_ = std::move(orders); }

void Publisher::take_track_order(web::ClientId client, const TrackOrder& order) {
  const auto refuse = [this, client](std::string_view why) { server_.send_text(client, share::error_text(why)); };
  if (!track_orders_) return refuse("tracks of a recording cannot be changed");
  const auto reply = [this, client, refuse, action = order.action](const std::string& fault, SystemTrackId track) {
    if (!fault.empty()) return refuse(fault);
    server_.send_text(client, share::done_text(action, track));
  };
  if (!track_orders_(order, reply)) refuse("too many orders at once: try again");
}

}  // namespace headland::station
