// SPDX-License-Identifier: Apache-2.0
// Track records, snapshots and deltas (stream types 2 and 3).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "codec/share/frame.hpp"
#include "core/geo/local_frame.hpp"
#include "core/picture/picture.hpp"

namespace headland::share {

// One record in the units of the edge. Values beyond the wire's range are held at its ends.
struct TrackRecord {
  std::uint32_t id = 0;
  double longitude_deg = 0.0;
  double latitude_deg = 0.0;
  std::optional<double> course_deg;
  std::optional<double> speed_mps;
  std::optional<double> heading_deg;
  std::optional<std::int8_t> turn_rate_raw;  // ROT_AIS as sent
  SystemTrackKind kind = SystemTrackKind::vessel;
  TrackStage stage = TrackStage::tentative;
  bool radar = false;
  bool ais = false;
  bool ais_lost = false;
  bool own_ship = false;
  bool remote = false;        // another system contributes
  bool doubted = false;       // the AIS identity is trusted less than fully
  bool rivals = false;        // it may be another one
  bool dark = false;          // judged: no AIS of what the radar sees, as of AisHearing
  bool silent = false;        // judged: its AIS is heard no more
  bool missing_echo = false;  // judged: AIS alone, where the radar should see it
  double existence = 0.0;
  std::optional<double> age_s;  // of the newest measurement
  std::uint32_t attribute_version = 0;
};

// `plane` is the frame of the track's velocity; its course becomes a true one. A course is given
// from 0.1 m/s on.
[[nodiscard]] TrackRecord record_of(const SystemTrack& track, Timestamp now, const LocalFrame& plane);

[[nodiscard]] Frame track_snapshot(Timestamp time, std::span<const TrackRecord> records);
[[nodiscard]] Frame track_delta(Timestamp time, std::span<const SystemTrackId> removed,
                                std::span<const TrackRecord> records);

// Degrees to the wire's 1e-7 degrees.
[[nodiscard]] std::int32_t wire_degrees(double degrees);

}  // namespace headland::share
