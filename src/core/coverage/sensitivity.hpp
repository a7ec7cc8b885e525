// SPDX-License-Identifier: Apache-2.0
// The smallest vessel that a radar can see: from what it radiates, what the sea surface does to it on the way, and how
// strong an echo must be over the background of its cell. Closed forms only.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/units.hpp"

namespace headland::coverage {

struct RadarParameters {
  double frequency_ghz = 9.41;  // [1 .. 40]
  double peak_power_w = 0.0;    // 0: not known, nothing can be said in square metres
  double pulse_ns = 80.0;       // [10 .. 10000]; the receiver is matched to it
  double gain_db = 30.0;        // of the antenna, one way
  double noise_figure_db = 5.0;
  double losses_db = 5.0;  // line, beam shape, filter, both ways together
  double antenna_height_m = 15.0;
};

// Mean noise of the receiver, over its matched bandwidth, watts at the antenna: k T0 F / tau.
[[nodiscard]] double receiver_noise_w(const RadarParameters& radar);

// Power over mean receiver noise, in one cell, of 1 m2 in free space: Pt G^2 lambda^2 tau / ((4 pi)^3 R^4 k T0 F L)
// (Skolnik, Introduction to Radar Systems, 3rd ed., 1.2, with B = 1 / tau).
[[nodiscard]] double snr_of_square_metre(const RadarParameters& radar, Metres range);

// Power at the vessel and back over that of free space (F^4) over a sea whose heights have the deviation
// `wave_deviation`: propagation.hpp. Near the horizon echoes fall with R^8.
[[nodiscard]] double two_way_factor(const RadarParameters& radar, Metres range, Metres target_height,
                                    Metres wave_deviation);

// How high above the sea a vessel of a cross-section reflects: from the targets of IMO MSC.192(79), table 2 (1 m2 at 1
// m, 2.5 m2 at 2 m, 7.5 m2 at 4 m, 1800 m2 at 5 m, 50 000 m2 at 10 m), straight lines over the logarithm between.
[[nodiscard]] Metres usual_height(double cross_section_m2);

struct Sea {
  Metres target_height;        // reflects from the water up to it; 0: as is usual for the cross-section
  Metres wave_deviation{0.3};  // standard deviation of the surface: sea state 3
};

// Radar cross-section of a vessel whose echo is `needed` times the mean power of the background of its cell, and that
// background `over_noise` times receiver noise. Lobes of the two rays are smoothed: the mean over ranges of a tenth.
[[nodiscard]] double cross_section_m2(const RadarParameters& radar, const Sea& sea, Metres range, double over_noise,
                                      double needed);

// How strong (over the background, a power ratio) a Swerling 1 vessel must be to be a confirmed track within a minute
// of 24 turns with probability 0.8, at one false track an hour in 100 square miles: measured by
// test/quality/weak_targets in noise and in K-distributed clutter of shape 1 and 0.5, between them along the logarithm
// of the shape. `threshold`: of single turns, over the mean power of the background. The tracker is taken to need as
// many plots as it did at the threshold that was best for it; track-before-detect (its lines, at the limits in use)
// knows none.
[[nodiscard]] double needed_in_a_minute(double clutter_shape, bool track_before_detect, double threshold = 0.0);

// Over bearing and range, from north clockwise. NaN where nothing is known.
struct SensitivityMap {
  std::uint32_t sectors = 0;
  std::uint32_t bands = 0;
  Metres range_start;
  Metres band_size;
  std::vector<float> scan_m2;    // seen in a turn with probability 0.8; rows of bands
  std::vector<float> minute_m2;  // confirmed within a minute
};

// The background of a region and what an echo in it needs.
struct Region {
  bool known = false;
  double over_noise = 1.0;     // mean power over receiver noise
  double clutter_shape = 0.0;  // 0: noise
  double needed_in_a_scan = 0.0;
  double threshold = 0.0;  // in use, over the mean power of the background
};

// `regions`: sectors rows of bands.
[[nodiscard]] SensitivityMap sensitivity(const RadarParameters& radar, const Sea& sea, std::uint32_t sectors,
                                         std::uint32_t bands, Metres range_start, Metres band_size,
                                         const std::vector<Region>& regions, bool track_before_detect);

}  // namespace headland::coverage
