// SPDX-License-Identifier: Apache-2.0
// What operators order about tracks, and the areas in which none begins.
#include <string>
#include <utility>

#include <fmt/format.h>

#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {
namespace {

OrderReply refused(std::string why) { return {std::move(why), {}}; }

}  // namespace

// The configuration tells them in degrees: they can be drawn in the plane once its place is known.
void PictureChain::place_no_initiation() {
  if (!located_) return;
  std::vector<std::vector<EastNorth>> areas;
  for (const auto& corners : config_.no_initiation) {
    auto& area = areas.emplace_back();
    for (const GeoPosition& corner : corners) area.push_back(frame_.to_local(corner));
  }
  tracker_.set_no_initiation(std::move(areas));
}

OrderReply PictureChain::process(const TrackOrder& order, Timestamp now, PictureOutput& out) {
  OrderReply reply;
  switch (order.action) {
    case TrackAction::initiate:
      reply = initiate(order, now, out);
      break;
    case TrackAction::drop:
      reply = drop(order, out);
      break;
    case TrackAction::rename:
      reply = rename(order, now);
      break;
  }
  ++(reply.fault.empty() ? counters_.orders : counters_.orders_refused);
  return reply;
}

OrderReply PictureChain::initiate(const TrackOrder& order, Timestamp now, PictureOutput& out) {
  if (!located_) return refused("no track can be begun: the place of the radar is not known yet");
  const EastNorth place = frame_.to_local(order.place);
  constexpr Metres domain(1'000'000.0);  // of LocalFrame
  if (!(distance(place, {}) < domain)) return refused("no track can be begun there: it is too far from here");
  const TrackId id = tracker_.initiate(place, order.deviation, now, updates_);
  note_updates(out);
  if (id == TrackId()) return refused("no track can be begun: there are too many");
  const SystemTrackId shown(id.value());
  if (!order.name.empty()) (void)picture_.rename(shown, {order.name, order.who, now});
  return {{}, shown};
}

OrderReply PictureChain::drop(const TrackOrder& order, PictureOutput& out) {
  const bool dropped = tracker_.drop(picture_.radar_track_shown_as(order.track), updates_);
  note_updates(out);
  if (dropped) return {{}, order.track};
  return refused(
      fmt::format("track {}, drop: no radar track of that number; what AIS or another system tells cannot be dropped",
                  order.track.value()));
}

OrderReply PictureChain::rename(const TrackOrder& order, Timestamp now) {
  switch (picture_.rename(order.track, {order.name, order.who, now})) {
    case picture::RenameFault::none:
      return {{}, order.track};
    case picture::RenameFault::no_such_track:
      return refused(
          fmt::format("track {}, rename: no radar track or AIS station of that number", order.track.value()));
    case picture::RenameFault::too_many:
      return refused(fmt::format("track {}, rename: {} tracks have names already", order.track.value(),
                                 picture::OperatorNames::most_names));
  }
  return refused("unknown order");
}

}  // namespace headland::station
