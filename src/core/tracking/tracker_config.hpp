// SPDX-License-Identifier: Apache-2.0
// What the tracker can be told. One configuration serves all radars; what differs between radars
// comes with the plots (their deviations) or is estimated while it runs (clutter, detection).
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland::tracking {

// What a radar tells apart: two vessels nearer than both of these may give one plot between them.
struct Resolution {
  double range_m = 0.0;
  double bearing_rad = 0.0;
};

struct TrackerConfig {
  // Errors of plots that bring none of their own (plots CSV).
  double range_deviation_m = 8.0;       // 0.1 .. 1000
  double bearing_deviation_deg = 0.25;  // 0.001 .. 10
  // In place of what plots say of theirs, where told; 0: as they say.
  double told_range_deviation_m = 0.0;      // 0 .. 1000
  double told_bearing_deviation_deg = 0.0;  // 0 .. 10
  // Error of the radar's own bearings (encoder, heading, a mast that bends: IMO MSC.192(79) grants 1 degree),
  // added to what plots say of theirs.
  double bearing_scatter_deg = 0.0;  // 0 .. 5
  // Error of the own position of a moving radar, per axis, added to each plot.
  double site_deviation_m = 0.0;  // 0 .. 100

  // Motion: white acceleration densities (m^2/s^3) of the models, and the turn of the turning ones.
  double calm_noise_m2_s3 = 0.00002;  // 1e-6 .. 1
  double lively_noise_m2_s3 = 0.005;  // 1e-4 .. 10
  double agile_noise_m2_s3 = 2.0;     // 1e-2 .. 100
  double turn_noise_m2_s3 = 0.3;      // 1e-2 .. 100
  double turn_rate_deg_s = 8.0;       // 1 .. 30
  double model_stay_s = 4000.0;       // mean time on one straight course, 1 .. 50000
  double prior_speed_mps = 9.0;       // deviation per axis of an unknown velocity, 1 .. 50

  // Association.
  double gate_sigmas = 4.0;       // 2 .. 8
  double late_bearing_deg = 2.0;  // how far behind the beam a plot may still come in, 0 .. 20

  // Doppler. A radar that marks what moves marks it from this radial speed on.
  double doppler_threshold_mps = 1.03;      // 0 (Doppler is not used) .. 25
  double radial_speed_deviation_mps = 0.5;  // of radars that tell the speed, 0.01 .. 10

  // Of radars that are not told of in `resolutions`.
  double resolution_range_m = 30.0;     // 0 .. 1000
  double resolution_bearing_deg = 1.5;  // 0 .. 30
  std::map<SensorId, Resolution> resolutions;

  [[nodiscard]] Resolution resolution_of(SensorId sensor) const {
    const auto told = resolutions.find(sensor);
    if (told != resolutions.end()) return told->second;
    return {resolution_range_m, resolution_bearing_deg * radians_per_degree};
  }

  // Existence.
  double detection_probability = 0.85;   // prior, refined by range, bearing and track, 0.1 .. 0.99
  double mean_visible_s = 300.0;         // until a vessel passes into a shadow or fades, 10 .. 1e5
  double mean_hidden_s = 8.0;            // that this lasts, 1 .. 1000
  double clutter_density_per_km2 = 0.2;  // prior, plots a turn, refined as a map, 1e-4 .. 1e3
  double clutter_memory_turns = 60.0;    // 5 .. 10000
  // Deviation per axis of the velocity of transients. What breaks or drifts hardly moves; the crests of a sea run at up
  // to 6 m/s at sea state 2, 11 at 4 (Pierson, Moskowitz 1964), and the echoes of a radar that looks low over it with
  // them. 0.1 .. 20
  double transient_speed_mps = 1.0;
  double crowd_radius_m = 250.0;       // plots of a turn tell the density so far around each, 0 (off) .. 2000
  std::uint32_t busy_tentative = 200;  // with so many tentative tracks, 0 .. 1e6,
  double busy_share = 2e-5;            // plots of which less is a new vessel start none, 0 .. 0.1
  // New vessels a turn far out, 1e-6 .. 1. What comes must balance what leaves: of 0.06 vessels in a km^2 that each
  // stay for `mean_life_s` (a thousand turns). Ten times as many were ten false tracks for one.
  double birth_density_per_km2 = 0.0001;
  double birth_range_m = 1000.0;    // twice as many at this range, growing with the square inward, 0 .. 1e5
  double first_births = 600.0;      // turns' worth of them are there when a radar begins to look, 1 .. 1e4
  double mean_life_s = 2500.0;      // of a vessel in the area, 10 .. 1e6
  double report_existence = 0.5;    // a tentative track is shown and numbered from here, 0 .. 1
  double confirm_existence = 0.99;  // 0.5 .. 0.99999999
  // With more tentative tracks than this that have a second plot, each must be as many times as sure: who tries so many
  // at once confirms as many false ones an hour as who tries few (Bonferroni). 1 .. 1e6
  double confirm_young = 125.0;
  // Plots of clutter a turn in a km^2 beyond which a young track must be the surer: 0.95 by itself, and by the square
  // of how many times as many there are, as are the pairs of plots that could be a track. Waves come in crests and
  // groups, and what clutter does not do twice by chance the sea does. At most 0.99999: more a vessel in dense clutter
  // does not reach, and waves live too long to be told by that. Of video; plots files are sparse, or of short range.
  double confirm_clutter_per_km2 = 0.0;  // 0 (off) .. 1e6
  double drop_existence = 0.3;           // a confirmed track ends below, 0 .. 0.9
  double tentative_drop_factor = 0.05;   // a tentative track ends when its odds fell to this share of the first
  std::uint32_t confirm_plots = 3;       // at least so many plots, 2 .. 10
  double max_coast_s = 60.0;             // a track ends so long after its last plot, 5 .. 3600
  double return_max_s = 180.0;      // for so long after its last plot a vessel may get its number back, 0 (off) .. 3600
  double return_probability = 0.9;  // when it is the same with at least this, 0.5 .. 1
  double late_s = 5.0;              // sectors so late are still used, 0 (none) .. 60; two turns at most
  // Areas in which no track begins by itself: corners of polygons in the node's plane, in either sense of rotation.
  std::vector<std::vector<EastNorth>> no_initiation;
  std::uint32_t max_tracks = 50000;  // tentative ones included; plots beyond start none, counted
};

}  // namespace headland::tracking
