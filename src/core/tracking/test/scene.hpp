// SPDX-License-Identifier: Apache-2.0
// Plots of vessels on straight courses, as a turning radar would give them. For tests only.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/base/random.hpp"
#include "core/tracking/tracker.hpp"

namespace headland::tracking::test {

inline const Timestamp start_of_day = from_epoch_seconds(1'700'000'000.0);
inline Timestamp at(double seconds) { return start_of_day + to_duration(Seconds(seconds)); }

struct Vessel {
  double east_m, north_m, ve_mps, vn_mps;
};

struct Scene {
  std::vector<Vessel> vessels;
  double clutter = 0.0;  // plots a turn, uniform in area
  double detection = 1.0;
  double range_deviation_m = 8.0;
  double bearing_deviation_deg = 0.25;
  double range_max_m = 10000.0;
  double turn_s = 2.5;
  double rotate_deg = 0.0;  // the whole scene, clockwise
  std::uint64_t seed = 1;
};

// Anywhere within some 8 km, at up to 40 knots.
inline void add_vessels(Scene& scene, int count) {
  Random random(scene.seed + 17);
  for (int k = 0; k < count; ++k) {
    scene.vessels.push_back(
        {random.uniform(-6000, 6000), random.uniform(-6000, 6000), random.uniform(-15, 15), random.uniform(-15, 15)});
  }
}

// One turn as one sector. `turn` and the seed settle all chance, so a rotated scene has the same.
inline PlotSector make_turn(const Scene& scene, std::uint32_t turn) {
  Random random(scene.seed * 1'000'003 + turn);
  PlotSector s;
  s.sensor = SensorId(1);
  s.turn = turn;
  s.began = at(scene.turn_s * turn);
  s.ended = at(scene.turn_s * (turn + 1));
  s.range_max = Metres(scene.range_max_m);
  const double two_pi = 2.0 * std::numbers::pi;
  const double rotate = scene.rotate_deg * std::numbers::pi / 180.0;
  const auto add = [&](double range, double bearing) {
    Plot p;
    p.range = Metres(range);
    p.bearing = Bearing(Radians(bearing));
    p.range_deviation = Metres(scene.range_deviation_m);
    p.bearing_deviation = from_degrees(scene.bearing_deviation_deg);
    p.time = at(scene.turn_s * (turn + p.bearing.radians() / two_pi));
    p.strength = Decibels(10.0 + random.uniform());
    s.plots.push_back(p);
  };
  for (const Vessel& v : scene.vessels) {
    double t = scene.turn_s * (turn + 0.5);
    double e = 0.0;
    double n = 0.0;
    for (int round = 0; round < 4; ++round) {  // when the beam is there
      e = v.east_m + v.ve_mps * t;
      n = v.north_m + v.vn_mps * t;
      t = scene.turn_s * (turn + Bearing(Radians(std::atan2(e, n) + rotate)).radians() / two_pi);
    }
    const double dr = random.normal() * scene.range_deviation_m;
    const double db = random.normal() * scene.bearing_deviation_deg * std::numbers::pi / 180.0;
    if (random.uniform() < scene.detection) add(std::hypot(e, n) + dr, std::atan2(e, n) + rotate + db);
  }
  const std::uint32_t count = random.poisson(scene.clutter);
  for (std::uint32_t k = 0; k < count; ++k) {
    const double range = scene.range_max_m * std::sqrt(random.uniform());
    add(std::max(range, 50.0), two_pi * random.uniform() + rotate);
  }
  std::sort(s.plots.begin(), s.plots.end(), [](const Plot& a, const Plot& b) {
    return a.bearing != b.bearing ? a.bearing < b.bearing : a.range < b.range;
  });
  return s;
}

inline std::vector<PlotSector> split(const PlotSector& turn, std::uint32_t parts) {
  std::vector<PlotSector> sectors;
  for (std::uint32_t k = 0; k < parts; ++k) {
    PlotSector s = turn;
    const double from = 2.0 * std::numbers::pi * k / parts;
    const double to = 2.0 * std::numbers::pi * (k + 1) / parts;
    s.sector = k;
    s.sectors_per_turn = parts;
    s.from = Bearing(Radians(from));
    s.to = Bearing(Radians(k + 1 == parts ? 0.0 : to));
    s.began = turn.began + (turn.ended - turn.began) * k / parts;
    s.ended = turn.began + (turn.ended - turn.began) * (k + 1) / parts;
    std::erase_if(s.plots, [&](const Plot& p) { return p.bearing.radians() < from || p.bearing.radians() >= to; });
    sectors.push_back(s);
  }
  return sectors;
}

// All that the tracker reported, in the order of its coming.
inline std::vector<Track> run(Tracker& tracker, const Scene& scene, std::uint32_t first, std::uint32_t last,
                              std::uint32_t parts = 1) {
  std::vector<Track> all;
  TrackUpdates out;
  for (std::uint32_t turn = first; turn < last; ++turn) {
    const PlotSector whole = make_turn(scene, turn);
    for (const PlotSector& s : parts == 1 ? std::vector{whole} : split(whole, parts)) {
      out.tracks.clear();
      tracker.process(s, out);
      all.insert(all.end(), out.tracks.begin(), out.tracks.end());
    }
  }
  return all;
}

inline std::size_t count_stage(const std::vector<Track>& tracks, TrackStage stage) {
  return static_cast<std::size_t>(
      std::count_if(tracks.begin(), tracks.end(), [&](const Track& t) { return t.stage == stage; }));
}

}  // namespace headland::tracking::test
