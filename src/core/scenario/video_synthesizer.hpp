// SPDX-License-Identifier: Apache-2.0
// Radar video of a simulated sea: each spoke is the sum, as complex amplitudes, of receiver noise,
// K-distributed sea clutter, rain, land, vessels and other radars' pulses, put on a logarithmic scale
// of 8 bits. Levels are in units of the mean noise power.
//
// One pulse per spoke (no integration of pulses), free space with the 4/3-earth horizon (no multipath).
#pragma once

#include <array>
#include <complex>

#include "core/scenario/land_echoes.hpp"
#include "core/scenario/random_fields.hpp"
#include "core/scenario/vessel_motion.hpp"
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
  struct Scatterer {
    double along_m = 0.0;   // forward of the middle
    double across_m = 0.0;  // to starboard
    double weight = 1.0;    // share of the cross section
  };
  struct Echo {  // one vessel
    VesselSpec spec;
    std::vector<Scatterer> scatterers;
    std::vector<Complex> factor;  // of this turn: phase, and for small craft fluctuation
    std::int64_t turn = -1;
  };

  void prepare_echoes(const Scene& scene);
  void prepare_clutter(const Scene& scene);
  void add_clutter(std::int64_t turn, std::size_t azimuth, double bearing_rad);
  void add_land(std::int64_t turn, std::size_t azimuth);
  void add_rain(std::int64_t spoke, double bearing_rad, double at_s);
  void add_vessel(std::size_t vessel, const VesselState& state, std::int64_t turn, double bearing_rad);
  void add_pulse_shape(double range_m, Complex amplitude);
  void add_interference(const Interference& other, double bearing_rad, double at_s, std::uint64_t key);
  void new_fluctuation(std::size_t vessel, std::int64_t turn);
  void quantise(std::vector<std::uint8_t>& samples) const;

  RadarSite site_;
  RadarSettings radar_;
  RadarConstants constants_;
  EastNorth at_;
  Angle north_;
  std::uint64_t seed_;
  double period_s_;
  AntennaPattern pattern_;
  LandEchoes land_;
  Sea sea_;
  std::vector<Echo> echoes_;
  std::vector<Interference> interference_;
  struct Rain {
    EastNorth centre;
    EastNorthVelocity velocity;
    double radius_m;
    double power_at_1m;  // mean power over noise of a beam-filling cell, times range^2
  };
  std::vector<Rain> rain_;
  SpeckleField noise_;    // one long row
  SpeckleField speckle_;  // of clutter
  TextureField texture_;
  std::vector<float> clutter_amplitude_;  // by cell, across the wind
  std::vector<Complex> cells_;            // of the spoke being made
  std::array<float, 1024> log_of_mantissa_{};
  float level_per_octave_ = 0.0F;
  float level_at_one_ = 0.0F;
};

}  // namespace headland::scenario
