// SPDX-License-Identifier: Apache-2.0
// Hello, health and playback (stream types 1, 7, 8): JSON, rare and small.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "codec/share/frame.hpp"
#include "core/geo/position.hpp"
#include "core/video/spoke.hpp"

namespace headland::share {

struct RadarInfo {
  SensorId id;
  std::string name;
  GeoPosition position;
  Metres range;  // of its video
  BearingReference reference = BearingReference::true_north;
};

struct Hello {
  std::string version;
  bool replay = false;
  std::string node;
  GeoPosition origin;
  std::vector<RadarInfo> radars;
  double server_time_s = 0.0;  // wall clock
};
[[nodiscard]] Frame hello_frame(const Hello& hello, Timestamp time);

struct LaneHealth {
  std::string name;
  std::uint64_t depth = 0;
  std::uint64_t high_water = 0;
  std::uint64_t dropped = 0;
};
// What a radar was found to measure amiss, measured minus true, with standard deviations.
struct RadarRegistrationHealth {
  double bearing_deg = 0.0, bearing_sigma_deg = 0.0;
  double range_m = 0.0, range_sigma_m = 0.0;
  double time_s = 0.0, time_sigma_s = 0.0;
  std::uint32_t vessels = 0;  // that it rests on
  // The last time that it suddenly measured otherwise: by how much, and when.
  std::optional<double> jump_deg;
  std::optional<double> jump_time_s;
};
enum class RadarState : std::uint8_t { ok, stale, none };
// What its video is like, as measured.
struct VideoHealth {
  std::uint8_t noise_level = 0;  // mean of 255, 0 = none to measure
  double saturated_share = 0.0;  // of the cells, at the end of the scale
  bool thresholded = false;      // the radar cuts off the noise itself
  std::string unsettled;         // why noise and clutter are not (any more) known; empty: they are
};
struct RadarHealth {
  SensorId id;
  std::string name;
  RadarState state = RadarState::none;
  double spokes_per_s = 0.0;
  std::optional<double> turn_s;
  double plots_per_turn = 0.0;
  std::optional<double> age_s;
  std::uint64_t gaps = 0;
  std::optional<double> latency_ms;
  std::optional<VideoHealth> video;  // nothing: not measured (yet)
  std::optional<RadarRegistrationHealth> registration;
};
struct HealthReport {
  double clock_s = 0.0;  // wall clock
  std::optional<double> data_time_s;
  std::vector<LaneHealth> lanes;
  std::vector<RadarHealth> radars;
  double ais_messages_per_s = 0.0;
  std::uint64_t ais_vessels = 0;
  std::optional<double> ais_age_s;
  std::uint64_t confirmed = 0;
  std::uint64_t tentative = 0;
  std::uint64_t journal_bytes = 0;
  bool journal_ok = false;
  std::uint64_t clients = 0;
};
[[nodiscard]] Frame health_frame(const HealthReport& report, Timestamp time);

struct Playback {
  bool replay = false;
  double rate = 1.0;
  double data_time_s = 0.0;
  bool paused = false;
};
[[nodiscard]] Frame playback_frame(const Playback& playback, Timestamp time);

}  // namespace headland::share
