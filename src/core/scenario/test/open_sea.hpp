// SPDX-License-Identifier: Apache-2.0
// A radar in the open sea without wind, for tests of the video.
#pragma once

#include <chrono>

#include "core/geo/local_frame.hpp"
#include "core/scenario/scene.hpp"

namespace headland::scenario {

inline const GeoPosition here = GeoPosition::from_degrees(10.0, -150.0);
inline const LocalFrame frame(here);
inline const Timestamp start = Timestamp(std::chrono::seconds(1'700'000'000));

inline GeoPosition geo(double east, double north) { return frame.to_geo({Metres(east), Metres(north)}); }

// Without the mirror of the sea, unless a test is about it.
inline Scene open_sea() {
  Scene scene;
  scene.radars.push_back({"radar", here, {}});
  auto& r = scene.radars.back().settings;
  r.azimuths = 512;
  r.cells = 512;
  r.cell_m = 20.0;
  r.beam_deg = 1.5;
  r.rotation_rpm = 30.0;
  r.video_min_db = -10.0;
  r.video_max_db = 75.0;
  scene.sea.wind_mps = 0.0;
  scene.sea.multipath = false;
  return scene;
}

}  // namespace headland::scenario
