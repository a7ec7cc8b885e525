// SPDX-License-Identifier: Apache-2.0
// The picture of one ship that AIS tells of, for tests of alerts.
#pragma once

#include "core/picture/picture.hpp"

namespace headland::station {

inline Picture picture_of_one_ship(Timestamp time, MetresPerSecond eastward) {
  SystemTrack t;
  t.id = SystemTrackId(3);
  t.time = time;
  t.stage = TrackStage::confirmed;
  t.existence = 1.0;
  t.position = GeoPosition::from_degrees(10.0, 20.0);
  t.velocity = {eastward, MetresPerSecond(0.0)};
  t.velocity_known = true;
  t.identity = Identity{Mmsi(257'000'001), 1.0};
  VesselReport report;
  report.mmsi = Mmsi(257'000'001);
  report.received = time;
  report.position = t.position;
  t.report = report;
  t.contributions = {{SourceKind::ais, SensorId(), time}};
  return {time, {t}};
}

}  // namespace headland::station
