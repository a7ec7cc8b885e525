// SPDX-License-Identifier: Apache-2.0
// One ferry that radar and AIS see, given to a builder by hand. For tests only.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/picture/picture_builder.hpp"

namespace headland::picture::test {

inline const GeoPosition origin = GeoPosition::from_degrees(50.75, -1.3);
inline const LocalFrame frame{origin};
inline const Mmsi ferry{232001234};

inline Timestamp at(double seconds) { return from_epoch_seconds(1'700'000'000.0 + seconds); }
inline EastNorth ferry_at(double s) { return {Metres(2000.0 + 5.0 * s), Metres(3000.0)}; }

inline Track radar_track(std::uint32_t id, EastNorth where, double s, TrackStage stage = TrackStage::confirmed) {
  Track t;
  t.id = TrackId(id);
  t.time = t.last_plot = at(s);
  t.began = at(0);
  t.stage = stage;
  t.state.position = where;
  t.state.velocity = {MetresPerSecond(5.0), MetresPerSecond(0.0)};
  t.state.covariance[0] = t.state.covariance[5] = 100.0;
  t.state.covariance[10] = t.state.covariance[15] = 0.2;
  t.existence = 0.999;
  t.sensors = {{SensorId(1), 1.0, t.last_plot, true}};
  return t;
}

inline VesselReport ferry_report(double s) {
  VesselReport r;
  r.mmsi = ferry;
  r.message_type = 1;
  r.received = at(s);
  r.position = frame.to_geo(ferry_at(s));
  r.speed = MetresPerSecond(5.0);
  r.course = Bearing::from_degrees(90.0);
  return r;
}

inline void feed_radar(PictureBuilder& b, std::uint32_t id, double s, TrackStage stage = TrackStage::confirmed) {
  TrackUpdates u;
  u.time = at(s);
  u.tracks = {radar_track(id, ferry_at(s), s, stage)};
  b.process(u);
}

// Radar and AIS of one vessel for a minute, from `from_s`.
inline void feed_both(PictureBuilder& b, std::uint32_t id, double from_s, double to_s) {
  for (double s = from_s; s < to_s; s += 2.5) {
    if (std::fmod(s, 10.0) == 0.0) b.process(AisMessage{ferry_report(s)});
    feed_radar(b, id, s);
  }
}

inline const SystemTrack* find(const Picture& p, std::uint32_t id) {
  const auto it =
      std::find_if(p.tracks.begin(), p.tracks.end(), [&](const SystemTrack& t) { return t.id.value() == id; });
  return it == p.tracks.end() ? nullptr : &*it;
}

}  // namespace headland::picture::test
