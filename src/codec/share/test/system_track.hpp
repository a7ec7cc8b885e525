// SPDX-License-Identifier: Apache-2.0
// A vessel of radar and AIS. For tests only.
#pragma once

#include "codec/share/test/golden_support.hpp"
#include "core/picture/picture.hpp"

namespace headland::share::test {

inline SystemTrack system_track() {
  SystemTrack t;
  t.id = SystemTrackId(5);
  t.time = golden_time();
  t.position = GeoPosition::from_degrees(50.7, -1.3);
  t.velocity = {MetresPerSecond(3), MetresPerSecond(0)};
  t.contributions = {{SourceKind::radar, SensorId(1), golden_time()},
                     {SourceKind::ais, SensorId(), golden_time() - std::chrono::seconds(40)}};
  t.identity = Identity{Mmsi(235'000'001), 0.9};
  t.radar_track = TrackId(5);
  t.ais_lost = true;  // by its class and speed: the picture knows
  return t;
}

}  // namespace headland::share::test
