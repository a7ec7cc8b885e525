// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/engine_state.hpp"

#include "runtime/station/picture/state_archive.hpp"

namespace headland {

template <class A>
void describe(A& a, NormalVector& v) {
  a(v.x, v.y, v.z);
}
template <class A>
void describe(A& a, AlertSubject& v) {
  a(v.track, v.mmsi, v.name);
}
template <class A>
void describe(A& a, Alert& v) {
  a(v.id, v.rule_name, v.priority, v.state, v.since, v.raised, v.changed, v.rectified, v.subjects, v.position, v.level,
    v.text);
}
template <class A>
void describe(A& a, JumpEvidence& v) {
  a(v.from, v.to, v.distance_m, v.in_s, v.limit_mps, v.two_places);
}
template <class A>
void describe(A& a, IdentityEvidence& v) {
  a(v.what, v.before, v.after);
}

}  // namespace headland

namespace headland::rules {

template <class A>
void describe(A& a, Stay& v) {
  a(v.zone, v.since, v.left, v.was_outside, v.entry_course_deg, v.by_side);
}
template <class A>
void describe(A& a, LineCrossing& v) {
  a(v.line, v.time, v.to_right);
}
template <class A>
void describe(A& a, PathPoint& v) {
  a(v.time, v.at, v.speed_mps);
}
template <class A>
void describe(A& a, JumpWatch::Place& v) {
  a(v.position, v.time, v.reports);
}
template <class A>
void describe(A& a, JumpWatch& v) {
  a(v.believed, v.other, v.found, v.found_at);
}
template <class A>
void describe(A& a, IdentityWatch::Field& v) {
  a(v.known, v.news, v.news_at);
}
template <class A>
void describe(A& a, IdentityWatch& v) {
  a(v.name, v.callsign, v.imo, v.received, v.found, v.found_at);
}
template <class A>
void describe(A& a, Memory& v) {
  a(v.key, v.first_seen, v.last_seen, v.last_moving, v.was_moving, v.report_time, v.reports, v.report_interval_s,
    v.before, v.path, v.stays, v.crossings, v.anchored_at, v.mmsi, v.jump, v.identity);
}
template <class A>
void describe(A& a, EngineSnapshot::Kept& v) {
  a(v.rule, v.vessel, v.with, v.since, v.found, v.is_told, v.is_active, v.alert);
}
template <class A>
void describe(A& a, EngineSnapshot::Told& v) {
  a(v.time, v.rule, v.vessel, v.alert);
}
template <class A>
void describe(A& a, EngineSnapshot::Number& v) {
  a(v.track, v.mmsi, v.last);
}
template <class A>
void describe(A& a, EngineSnapshot& v) {
  a(v.version);
  if (v.version != EngineSnapshot::current_version) return;
  a(v.next_alert, v.last, v.forgot, v.zones, v.memories, v.situations, v.told, v.numbers);
}

}  // namespace headland::rules

namespace headland::station {

std::vector<std::uint8_t> to_bytes(rules::EngineSnapshot snapshot) {
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  describe(writer, snapshot);
  return bytes;
}

std::optional<rules::EngineSnapshot> engine_snapshot_from(std::span<const std::uint8_t> bytes) {
  rules::EngineSnapshot snapshot;
  StateReader reader(bytes);
  describe(reader, snapshot);
  if (!reader.ok() || snapshot.version != rules::EngineSnapshot::current_version) return std::nullopt;
  return snapshot;
}

}  // namespace headland::station
