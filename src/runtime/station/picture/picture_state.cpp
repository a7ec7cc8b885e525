// SPDX-License-Identifier: Apache-2.0
// Checkpoints of the node: everything a restart needs, in one versioned record.
#include <algorithm>
#include <cstdint>

#include "runtime/station/picture/picture_chain.hpp"
#include "runtime/station/picture/registration_state.hpp"
#include "runtime/station/picture/tracker_state.hpp"
#include "runtime/station/picture/trust_state.hpp"

namespace headland::fusion {

template <class A>
void describe(A& a, AisAssociatorSnapshot::Pair& v) {
  a(v.track, v.mmsi, v.log_odds, v.weighed_ns, v.held);
}
template <class A>
void describe(A& a, AisAssociatorSnapshot::Vessel& v) {
  a(v.mmsi, v.time_ns, v.east_m, v.north_m, v.ve_mps, v.vn_mps, v.has_velocity, v.derived, v.coarse);
}
template <class A>
void describe(A& a, FixScatter::Kind& v) {
  a(v.looks, v.variance_m2);
}
template <class A>
void describe(A& a, AisAssociatorSnapshot::Bond& v) {
  a(v.mmsi, v.track, v.before, v.since_ns);
}
template <class A>
void describe(A& a, AisAssociatorSnapshot& v) {
  a(v.version, v.pairs, v.bonds, v.vessels);
}

}  // namespace headland::fusion

namespace headland::picture {

template <class A>
void describe(A& a, ContactSnapshot& v) {
  a(v.mmsi, v.number, v.own_number, v.number_settled, v.number_since_ns, v.number_taken_ns, v.heard_ns, v.held_ns,
    v.kind, v.fields, v.own_ship, v.accurate, v.attribute_version, v.began_ns, v.last_ns, v.particulars_ns,
    v.latitude_rad, v.longitude_rad, v.speed_mps, v.course_rad, v.heading_rad, v.turn_rate_deg_per_min, v.draught_m,
    v.turn_rate_raw, v.ais_class, v.message_type, v.navigation_status, v.ship_type, v.imo, v.dimensions_m, v.name,
    v.callsign, v.destination, v.stands_there, v.utc_second, v.fix_timing, v.speed_at_least, v.class_b);
}
template <class A>
void describe(A& a, OperatorNames::Entry& v) {
  a(v.track, v.given.name, v.given.who, v.given.given, v.shown);
}
template <class A>
void describe(A& a, VesselNumbers::Other& v) {
  a(v.track, v.number, v.since, v.seen);
}
template <class A>
void describe(A& a, PictureSnapshot& v) {
  a(v.version, v.next_number, v.contacts, v.association, v.trust, v.scatter, v.names, v.numbers);
}

}  // namespace headland::picture

namespace headland {

template <class A>
void describe(A& a, RemoteOrigin& v) {
  a(v.stream, v.system);
}
template <class A>
void describe(A& a, RemoteTrack& v) {
  auto kind = static_cast<std::uint8_t>(v.kind);
  a(v.origin, v.number, v.time, v.received, kind, v.kind_declared, v.position, v.velocity, v.covariance,
    v.covariance_stated, v.tentative, v.coasting, v.ended, v.mmsi, v.callsign, v.name, v.length, v.width, v.height);
  v.kind = static_cast<RemoteKind>(std::min<std::uint8_t>(kind, 2));
}

}  // namespace headland

namespace headland::fusion {

template <class A>
void describe(A& a, RemoteKindMemory::Snapshot& v) {
  a(v.said, v.fast, v.slow);
}
template <class A>
void describe(A& a, RemoteFuserSnapshot::Track& v) {
  a(v.track, v.number, v.held, v.began_ns, v.weighed_ns, v.log_odds, v.kind);
}
template <class A>
void describe(A& a, RemoteFuserSnapshot& v) {
  a(v.version, v.next_number, v.tracks);
}

}  // namespace headland::fusion

namespace headland::station {
namespace {

struct NodeState {
  std::uint32_t version = 21;
  bool begun = false;
  bool located = false;
  bool has_radar = false;
  GeoPosition origin;
  tracking::TrackerSnapshot tracker;
  picture::PictureSnapshot picture;
  fusion::RemoteFuserSnapshot remote;
  std::map<std::uint16_t, GeoPosition> last_sites;
  std::map<std::uint16_t, registration::RadarRegistration::Snapshot> registration;
  registration::Registrar::Snapshot registrar;
  bool has_heading = false;
  bool heading_is_true = true;
  Angle heading;
  std::map<std::uint16_t, EdgeStitcher::Snapshot> edges;
};

template <class A>
void describe(A& a, NodeState& v) {
  a(v.version);
  if (v.version != NodeState{}.version) return;
  a(v.begun, v.located, v.has_radar, v.origin, v.tracker, v.picture, v.remote, v.last_sites, v.registration,
    v.registrar, v.has_heading, v.heading_is_true, v.heading, v.edges);
}

}  // namespace

std::vector<std::uint8_t> PictureChain::snapshot() const {
  NodeState state;
  state.begun = begun_;
  state.located = located_;
  state.has_radar = has_radar_;
  state.origin = frame_.origin();
  state.tracker = tracker_.snapshot();
  state.picture = picture_.snapshot();
  state.remote = remote_.snapshot();
  for (const auto& [sensor, site] : last_site_) state.last_sites[sensor.value()] = site;
  for (const auto& [sensor, radar] : registration_) state.registration[sensor.value()] = radar.snapshot();
  for (const auto& [sensor, edges] : edges_) state.edges[sensor.value()] = edges.snapshot();
  state.registrar = registrar_.snapshot();
  if (last_heading_) {
    state.has_heading = true;
    state.heading_is_true = last_heading_->is_true;
    state.heading = last_heading_->heading;
  }
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  writer(state);
  return bytes;
}

void PictureChain::skip_numbers(const NumbersGiven& given) {
  tracker_.skip_numbers(given.radar);
  picture_.skip_numbers(given.ais);
  remote_.skip_numbers(given.remote);
}

bool PictureChain::restore(std::span<const std::uint8_t> bytes) {
  NodeState state;
  StateReader reader(bytes);
  reader(state);
  const NodeState expected;
  if (!reader.ok() || state.version != expected.version || state.tracker.version != expected.tracker.version ||
      state.picture.version != expected.picture.version || state.remote.version != expected.remote.version) {
    return false;
  }
  held_.clear();
  tracker_.restore(state.tracker);
  own_ship_ = ais::OwnShip(config_.own_ship);  // its instruments tell it again within a second
  begun_ = state.begun;
  located_ = state.located;
  has_radar_ = state.has_radar;
  frame_ = LocalFrame(state.origin);
  if (located_) look_up_land(state.origin);
  place_no_initiation();
  picture_ = picture::PictureBuilder(config_.picture, frame_);
  picture_.restore(state.picture);
  remote_.restore(state.remote);
  last_site_.clear();
  for (const auto& [sensor, site] : state.last_sites) {
    last_site_[SensorId(sensor)] = site;
    picture_.place_sensor(SensorId(sensor), located_ ? frame_.to_local(site) : EastNorth{});
  }
  registration_.clear();
  registrar_.restore(state.registrar);
  jumps_.clear();
  jumps_given_ = 0;
  for (const auto& [sensor, radar] : state.registration) {
    auto& registration = registration_of(SensorId(sensor));
    registration.restore(radar);
    tell_errors(SensorId(sensor), registration);
    if (registration.mounting() != radar.mounting) registrar_.forget(SensorId(sensor));
  }
  last_heading_.reset();
  if (state.has_heading) last_heading_ = Heading{state.heading, state.heading_is_true};
  edges_.clear();
  for (const auto& [sensor, edges] : state.edges) edges_[SensorId(sensor)].restore(edges);
  nmea_ = nmea::NmeaDecoder();
  waiting_since_.reset();
  updates_.tracks = tracker_.tracks();
  if (!updates_.tracks.empty()) picture_.process(updates_);
  updates_.tracks.clear();
  return true;
}

}  // namespace headland::station
