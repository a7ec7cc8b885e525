// SPDX-License-Identifier: Apache-2.0
#include "codec/share/track_frames.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/bytes.hpp"

namespace headland::share {
namespace {

constexpr std::uint16_t unknown_direction = 36'000;
constexpr std::uint16_t unknown_speed = 65'535;
constexpr std::uint16_t older = 65'535;
constexpr std::int8_t unknown_turn = -128;

// Rounded and held within [low, high]; not a number becomes low.
double held(double value, double low, double high) { return value >= low ? std::min(std::round(value), high) : low; }

std::uint16_t direction(std::optional<double> degrees) {
  if (!degrees || !std::isfinite(*degrees)) return unknown_direction;
  const double turn = std::fmod(*degrees, 360.0);
  return static_cast<std::uint16_t>(static_cast<int>(std::round((turn < 0 ? turn + 360.0 : turn) * 100.0)) % 36'000);
}

void write(ByteWriter& out, const TrackRecord& r) {
  out.u32(r.id);
  out.i32(wire_degrees(r.longitude_deg));
  out.i32(wire_degrees(r.latitude_deg));
  out.u16(direction(r.course_deg));
  out.u16(r.speed_mps ? static_cast<std::uint16_t>(held(*r.speed_mps * 100.0, 0, 65'534)) : unknown_speed);
  out.u16(direction(r.heading_deg));
  out.i8(r.turn_rate_raw.value_or(unknown_turn));
  out.u8(static_cast<std::uint8_t>(r.kind));
  out.u8(static_cast<std::uint8_t>(static_cast<unsigned>(r.stage) | (r.radar ? 4U : 0U) | (r.ais ? 8U : 0U) |
                                   (r.ais_lost ? 16U : 0U) | (r.own_ship ? 32U : 0U) | (r.remote ? 64U : 0U)));
  out.u8(static_cast<std::uint8_t>(held(r.existence * 255.0, 0, 255)));
  out.u16(r.age_s ? static_cast<std::uint16_t>(held(*r.age_s * 10.0, 0, older)) : older);
  out.u32((r.doubted ? 1U : 0U) | (r.rivals ? 2U : 0U) | (r.dark ? 4U : 0U) | (r.silent ? 8U : 0U) |
          (r.missing_echo ? 16U : 0U));
  out.u32(r.attribute_version);
}

void write_all(ByteWriter& out, std::span<const TrackRecord> records) {
  out.u32(static_cast<std::uint32_t>(records.size()));
  for (const TrackRecord& record : records) write(out, record);
}

}  // namespace

std::int32_t wire_degrees(double degrees) {
  return static_cast<std::int32_t>(
      held(degrees * 1e7, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

TrackRecord record_of(const SystemTrack& track, Timestamp now, const LocalFrame& plane) {
  TrackRecord r;
  r.id = track.id.value();
  r.longitude_deg = track.position.longitude_deg();
  r.latitude_deg = track.position.latitude_deg();
  if (track.velocity_known) {
    const double speed_mps = track.velocity.speed().value();
    r.speed_mps = speed_mps;
    if (speed_mps >= 0.1) r.course_deg = (track.velocity.course() - plane.north_at(track.local)).degrees();
  }
  if (track.report) {
    if (track.report->heading) r.heading_deg = track.report->heading->degrees();
    r.turn_rate_raw = track.report->turn_rate_raw;
    r.own_ship = track.report->own_ship;
  }
  r.kind = track.kind;
  r.stage = track.stage;
  std::optional<Timestamp> newest;
  for (const Contribution& c : track.contributions) {
    // A position of AIS is as old as its fix, not as its report.
    const bool is_fix = c.kind == SourceKind::ais && track.radar_track == TrackId();
    const Timestamp last = is_fix ? std::min(c.last, track.time) : c.last;
    if (!newest || last > *newest) newest = last;
    if (c.kind == SourceKind::radar) r.radar = true;
    if (c.kind == SourceKind::remote) r.remote = true;
    if (c.kind == SourceKind::ais) r.ais = true;
  }
  r.ais_lost = r.ais && track.ais_lost;
  r.doubted = track.identity && track.report && track.trust.score < 1.0;
  r.rivals = !track.rivals.empty();
  r.dark = track.silence.hearing == AisHearing::dark;
  r.silent = track.silence.hearing == AisHearing::silent;
  r.missing_echo = track.missing_echo && track.missing_echo->judged;
  if (newest) r.age_s = to_seconds(now - *newest).value();
  r.existence = track.existence;
  r.attribute_version = track.attribute_version;
  return r;
}

Frame track_snapshot(Timestamp time, std::span<const TrackRecord> records) {
  Frame frame = begin_frame(FrameType::track_snapshot, 0, time);
  frame.reserve(frame.size() + 4 + records.size() * 32);
  ByteWriter out(frame);
  write_all(out, records);
  return frame;
}

Frame track_delta(Timestamp time, std::span<const SystemTrackId> removed, std::span<const TrackRecord> records) {
  Frame frame = begin_frame(FrameType::track_delta, 0, time);
  frame.reserve(frame.size() + 8 + removed.size() * 4 + records.size() * 32);
  ByteWriter out(frame);
  out.u32(static_cast<std::uint32_t>(removed.size()));
  for (const SystemTrackId id : removed) out.u32(id.value());
  write_all(out, records);
  return frame;
}

}  // namespace headland::share
