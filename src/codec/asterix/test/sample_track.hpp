// SPDX-License-Identifier: Apache-2.0
// A vessel seen by radar and AIS, for tests.
#pragma once

#include "codec/asterix/cat062.hpp"
#include "core/picture/picture.hpp"

namespace headland::test {

inline SystemTrack sample_track() {
  using std::chrono::milliseconds, std::chrono::seconds;
  SystemTrack t;
  t.id = SystemTrackId(65536 + 1234);
  t.time = Timestamp{seconds(45845) + milliseconds(500)};
  t.began = t.time - seconds(20);
  t.position = GeoPosition::from_degrees(50.75, -1.125);
  t.local = {Metres(1000.0), Metres(-250.5)};
  t.velocity = {MetresPerSecond(5.0), MetresPerSecond(-2.5)};
  t.var_ee_m2 = 400.0;
  t.var_nn_m2 = 100.0;
  t.cov_en_m2 = -25.0;
  t.stage = TrackStage::confirmed;
  t.contributions = {{SourceKind::radar, SensorId(1), t.time - milliseconds(1500)}, {SourceKind::ais, {}, t.time}};
  VesselParticulars p;
  p.callsign = "MABC7";
  p.name = "CALLISTA";
  p.to_bow_m = 60, p.to_stern_m = 20, p.to_port_m = 6, p.to_starboard_m = 6;
  t.particulars = p;
  VesselReport r;
  r.heading = Bearing::from_degrees(90.0);
  t.report = r;
  return t;
}

// The datagrams of a sender that sent nothing before.
inline std::vector<std::vector<std::uint8_t>> sent_tracks(std::span<const SystemTrack> tracks,
                                                          const asterix::Cat062Config& config) {
  asterix::TrackNumbers numbers;
  return asterix::encode_tracks(tracks, tracks.empty() ? Timestamp{} : tracks.front().time, config, numbers);
}

}  // namespace headland::test
