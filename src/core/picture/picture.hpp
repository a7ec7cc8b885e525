// SPDX-License-Identifier: Apache-2.0
// The picture: one system track per vessel, from whatever sees it, as every output shows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ais/report.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/fusion/trust.hpp"
#include "core/geo/position.hpp"
#include "core/tracking/track.hpp"

namespace headland {

enum class SourceKind : std::uint8_t { radar, ais, remote };

// Of a track that another system made: who, under which number, and its share in the state shown.
struct RemoteShare {
  std::uint16_t system = 0;  // SAC in the upper byte, SIC in the lower; 0 = not told
  std::uint32_t number = 0;
  double weight = 0.0;
};

// Who contributed to a system track, and when last.
struct Contribution {
  SourceKind kind = SourceKind::radar;
  SensorId sensor;  // radar only
  Timestamp last;
  // Shares of the position and velocity shown; of all contributions 1 together.
  double position_weight = 0.0;
  double velocity_weight = 0.0;
  RemoteShare remote;         // remote only
  bool in_last_turn = false;  // radar only: its beam had the vessel when it passed last
};

// Aircraft and vehicles are told of by other systems.
enum class SystemTrackKind : std::uint8_t { vessel, sar_aircraft, base_station, aid_to_navigation, aircraft, vehicle };

struct Identity {
  Mmsi mmsi;
  // Probability that the radar track and this AIS identity are the same vessel; 1 for AIS alone.
  double probability = 1.0;
};

// What radar alone makes of a vessel: no AIS in it, so that AIS can be judged by it.
struct RadarOnly {
  Timestamp time;
  GeoPosition position;
  EastNorth local;
  EastNorthVelocity velocity;
  double var_ee_m2 = 0.0;
  double var_nn_m2 = 0.0;
  double cov_en_m2 = 0.0;
};

// How old positions are when they are received, by their own time stamps.
struct AisLatency {
  double mean_s = 0.0;
  double deviation_s = 0.0;
  std::uint32_t reports = 0;
};

// What an operator calls a track.
struct OperatorName {
  std::string name;
  std::string who;
  Timestamp given;
};

struct SystemTrack {
  SystemTrackId id;  // one for as long as the vessel is in the picture (vessel_numbers.hpp)
  SystemTrackKind kind = SystemTrackKind::vessel;
  Timestamp time;  // the state holds for this instant
  Timestamp began;
  GeoPosition position;
  EastNorth local;             // the same in the node's plane
  EastNorthVelocity velocity;  // over ground, axes of the node's plane
  bool velocity_known = true;  // false: AIS without speed and course, first position only
  // Covariance of position, node's plane: east-east, north-north, east-north (m^2).
  double var_ee_m2 = 0.0;
  double var_nn_m2 = 0.0;
  double cov_en_m2 = 0.0;
  TrackStage stage = TrackStage::tentative;
  double existence = 0.0;
  TrackId radar_track;  // 0: AIS alone
  std::optional<Identity> identity;
  std::vector<Identity> rivals;             // other AIS identities that may be this vessel, the likeliest first
  std::vector<Contribution> contributions;  // radar first, then AIS, then other systems
  Metres length;                            // of the echo, 0 = unknown
  Metres width;
  TrackSize size;                                // of the hull, from radar
  TrackKind radar_kind;                          // what radar alone takes it for
  bool ais_lost = false;                         // AIS contributes but is overdue (see ais_overdue.hpp)
  std::optional<VesselReport> report;            // newest AIS position report
  Timestamp ais_heard;                           // any report of it, with a position or without
  std::optional<VesselParticulars> particulars;  // merged static data
  Timestamp particulars_received;
  std::optional<RadarOnly> radar_only;      // beside a position that AIS has a share in
  Trust trust;                              // of the AIS identity
  AisSilence silence;                       // of AIS, where a radar sees the vessel
  std::optional<MissingEcho> missing_echo;  // AIS alone, within sight of a radar
  std::optional<AisLatency> ais_latency;
  std::optional<OperatorName> operator_name;
  std::uint32_t attribute_version = 0;  // grows when identity, names, particulars, sources, trust or silence change
};

// Everything at one instant, sorted by id. Immutable once published.
struct Picture {
  Timestamp time;
  std::vector<SystemTrack> tracks;
};

struct PictureMerge {
  SystemTrackId ended;
  SystemTrackId into;
};

// From one picture to the next.
struct PictureChange {
  Timestamp time;
  std::vector<SystemTrackId> created;
  std::vector<SystemTrackId> updated;
  std::vector<PictureMerge> merged;
  std::vector<SystemTrackId> dropped;
};

}  // namespace headland
