// SPDX-License-Identifier: Apache-2.0
// What is known of the radar when echoes are asked what else than a vessel may have given them; ranges in brackets.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"
#include "core/plots/plot.hpp"

namespace headland::plots {

struct CauseConfig {
  Angle beam_width = Angle::from_degrees(2.0);  // between half-power points, one way [0.1 .. 10 deg]
  Metres pulse_length{15.0};                    // c/2 times the pulse's duration [0.1 .. 1000 m]
  // Greatest side lobe below the main lobe, one way, within 10 degrees of it and beyond; the defaults are what IEC
  // 62388 asks of an X-band antenna [10 .. 60 dB].
  Decibels side_lobe_near{23.0};
  Decibels side_lobe_far{30.0};
  // From pulse to pulse, for radars that change it from turn to turn. Fewer than two different ones: echoes of the
  // second trace cannot be told, for they lie still [10 .. 10'000 us each, 8 at most].
  std::vector<Seconds> pulse_intervals;
  bool side_lobes = true;
  bool ghosts = true;
  bool beacons = true;
  bool interference = false;  // what neighbouring spokes share of the pulses of other radars
};

// Brings every value into its range.
[[nodiscard]] CauseConfig sanitized(CauseConfig config);

struct CauseCounters {
  std::uint64_t plots = 0;                         // looked at
  std::uint64_t explained[plot_cause_count] = {};  // with odds of 1 or more, by the likeliest cause
  std::uint64_t sart_sightings = 0;                // seen in two turns or more
  std::uint64_t racon_sightings = 0;
};

}  // namespace headland::plots
