// SPDX-License-Identifier: Apache-2.0
// Radar video of a simulated sea: each spoke is the sum, as complex amplitudes, of receiver noise,
// K-distributed sea clutter, rain, land, vessels and other radars' pulses, put on a scale of 8 bits, logarithmic
// or linear. Levels are in units of the mean noise power.
//
// One pulse per spoke (no integration of pulses).
#pragma once

#include <array>
#include <complex>

#include "core/scenario/land_echoes.hpp"
#include "core/scenario/random_fields.hpp"
#include "core/scenario/vessel_motion.hpp"
#include "core/scenario/video/rain_field.hpp"
#include "core/scenario/video/sea_field.hpp"
#include "core/scenario/video/ship_ghosts.hpp"
#include "core/scenario/video/transponders.hpp"
#include "core/scenario/video/vessel_echoes.hpp"
#include "core/video/spoke.hpp"

namespace headland::scenario {

class VideoSynthesizer {
 public:
  VideoSynthesizer(const Scene& scene, std::size_t radar, const LocalFrame& frame, const Terrain& terrain,
                   const std::vector<PlaneRing>& rings, std::uint64_t seed);

  // Middle of spoke n (0, 1, ... from the start, through all turns), seconds after the start.
  [[nodiscard]] double time_s(std::int64_t spoke) const { return (static_cast<double>(spoke) + 0.5) * period_s_; }
  [[nodiscard]] const RadarSite& site() const { return site_; }

  // Appends spoke n to the block. `fleet` stands at the tick before time_s(n), `fraction` of a tick later it is.
  void render(std::int64_t spoke, const Fleet& fleet, double fraction, Timestamp time, SpokeBlock& block);

 private:
  using Complex = std::complex<float>;
  void add_land(std::int64_t turn, std::size_t azimuth);
  void add_interference(const Interference& other, double bearing_rad, double at_s, std::uint64_t key);
  void quantise(std::vector<std::uint8_t>& samples) const;
  void quantise_linear(std::uint8_t* out) const;

  RadarSite site_;
  RadarSettings radar_;
  RadarConstants constants_;
  EastNorth at_;
  Angle north_;
  std::uint64_t seed_;
  double period_s_;
  AntennaPattern pattern_;
  LandEchoes land_;
  SeaField sea_;
  RainField rain_;
  VesselEchoes vessels_;
  ShipGhostEchoes ghosts_;
  Transponders transponders_;
  std::vector<Interference> interference_;
  SpeckleField noise_;          // one long row
  SpeckleField leaves_;         // on land, in the wind
  std::vector<Complex> cells_;  // of the spoke being made
  std::array<float, 1024> log_of_mantissa_{};
  float level_per_octave_ = 0.0F;
  float level_at_one_ = 0.0F;
};

}  // namespace headland::scenario
