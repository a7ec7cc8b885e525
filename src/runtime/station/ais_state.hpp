// SPDX-License-Identifier: Apache-2.0
// How AIS values are written into checkpoints.
#pragma once

#include "core/ais/report.hpp"
#include "runtime/station/state_archive.hpp"

namespace headland {

template <class A>
void describe(A& a, ClassBUnit& v) {
  a(v.carrier_sense, v.display, v.dsc, v.whole_band, v.message_22);
}
template <class A>
void describe(A& a, VesselReport& v) {
  a(v.mmsi, v.message_type, v.kind, v.received, v.utc_second, v.fix_timing, v.position, v.speed, v.speed_at_least,
    v.course, v.heading, v.turn_rate_deg_per_min, v.turn_rate_raw, v.navigation_status, v.altitude,
    v.altitude_barometric, v.accurate, v.raim, v.assigned, v.terminal_ready, v.late, v.class_b, v.communication_state,
    v.repeat, v.special_manoeuvre, v.channel, v.own_ship);
}
template <class A>
void describe(A& a, VesselParticulars& v) {
  a(v.mmsi, v.message_type, v.received, v.name, v.callsign, v.ship_type, v.imo, v.to_bow_m, v.to_stern_m, v.to_port_m,
    v.to_starboard_m, v.draught_m, v.destination, v.eta_month, v.eta_day, v.eta_hour, v.eta_minute, v.fix_type,
    v.vendor, v.unit_model, v.unit_serial, v.mothership, v.part, v.ais_version, v.terminal_ready, v.repeat, v.own_ship);
}
template <class A>
void describe(A& a, BaseStationReport& v) {
  a(v.mmsi, v.message_type, v.received, v.year, v.month, v.day, v.hour, v.minute, v.second, v.position, v.accurate,
    v.fix_type, v.raim, v.long_range_control, v.communication_state, v.repeat, v.own_ship);
}
template <class A>
void describe(A& a, AidToNavigation& v) {
  a(v.mmsi, v.received, v.aid_type, v.name, v.position, v.to_bow_m, v.to_stern_m, v.to_port_m, v.to_starboard_m,
    v.utc_second, v.fix_timing, v.fix_type, v.status, v.accurate, v.off_position, v.raim, v.virtual_aid, v.assigned,
    v.repeat, v.own_ship);
}

}  // namespace headland
