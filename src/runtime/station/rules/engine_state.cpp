// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/engine_state.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

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
void describe(A& a, RouteCell& v) {
  a(v.row, v.column);
}
template <class A>
void describe(A& a, RouteVisit& v) {
  a(v.cell, v.time, v.group, v.speed_mps, v.course_rad, v.is_still);
}
template <class A>
void describe(A& a, RouteCounts& v) {
  a(v.directions, v.speeds, v.speed_sum, v.log_speed_sum);
}
template <class A>
void describe(A& a, RouteModel::Entry& v) {
  a(v.key, v.counts);
}
template <class A>
void describe(A& a, RouteWatch& v) {  // what was asked is asked anew
  a(v.in, v.pending);
}
template <class A>
void describe(A& a, Memory& v) {
  a(v.key, v.first_seen, v.last_seen, v.last_moving, v.was_moving, v.report_time, v.reports, v.report_interval_s,
    v.before, v.path, v.stays, v.crossings, v.anchored_at, v.mmsi, v.jump, v.identity, v.radar_seen, v.route);
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
  a(v.next_alert, v.last, v.forgot, v.zones, v.memories, v.situations, v.told, v.numbers, v.routes);
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

Expected<void> save_desk_state(const std::string& file, const DeskState& state) {
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  auto copy = state;
  writer(copy.of_engine);
  describe(writer, copy.engine);
  const std::string fresh = file + ".new";
  const auto failed = [&](const char* what) {
    return fail(ErrorCode::io, fresh + ": " + what + ": " + std::strerror(errno));
  };
  const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return failed("cannot be written");
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      auto error = failed("cannot be written");
      ::close(fd);
      return error;
    }
    done += static_cast<std::size_t>(n);
  }
  const bool is_safe = ::fsync(fd) == 0;
  ::close(fd);
  if (!is_safe) return failed("cannot be made safe");
  if (std::rename(fresh.c_str(), file.c_str()) != 0) return failed("cannot be renamed");
  return {};
}

std::optional<DeskState> load_desk_state(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  DeskState state;
  StateReader reader(bytes);
  reader(state.of_engine);
  describe(reader, state.engine);
  if (!reader.ok() || state.engine.version != rules::EngineSnapshot::current_version) return std::nullopt;
  return state;
}

}  // namespace headland::station
