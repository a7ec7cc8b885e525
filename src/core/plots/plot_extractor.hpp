// SPDX-License-Identifier: Apache-2.0
// Hits to plots, as the antenna turns: groups of cells that touch, measured, in sectors.
//
// An echo is over when two spokes have passed without a cell of it, a sector when the beam has passed its
// end and no open echo can have its centroid in it. So a plot comes out a few degrees behind the beam, an
// echo across north or across a sector's border gives one plot, and sectors come in order, empty ones too.
//
// Measurement: range is the centroid of the levels; in bearing the levels of a spoke count as often as their run
// is long (echo_labeller.hpp). Deviations (1 sigma):
//   range^2   = cell^2/12   + (pulse / sqrt(2 snr))^2       + (max(0, extent - pulse - cell) / 6)^2
//   bearing^2 = spoke^2/12  + (0.63 beam / sqrt(2 snr))^2   + (max(0, extent - beam - spoke) / 6)^2
// quantisation; error in noise (Skolnik, Introduction to Radar Systems, 3rd ed., 6.3 and 6.5), snr = strength
// + 13 dB; and the wander of the centroid along an extended echo, a sixth of its length (IMO A.823 annex 3). A part of
// an echo that was split has besides a quarter of the pulse or beam, times the amplitude where it meets its neighbour
// over its own: so much the neighbour draws it aside or hides of it (measured: test/split).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/plots/config.hpp"
#include "core/plots/echo_labeller.hpp"
#include "core/plots/plot.hpp"
#include "core/plots/sector_queue.hpp"
#include "core/plots/split/echo_splitter.hpp"
#include "core/plots/split/split_history.hpp"
#include "core/plots/strength_survey.hpp"
#include "core/video/hits.hpp"

namespace headland::plots {

class PlotExtractor {
 public:
  explicit PlotExtractor(const Config& config);

  // Appends the sectors that became complete. site_east_m, site_north_m and site_north of a sector are left
  // at zero: who knows the node's plane fills them, from PlotSector::site where the radar moves.
  void process(const HitBlock& in, std::vector<PlotSector>& out);
  // Ends all echoes and gives out what is left: at the end of the input.
  void finish(std::vector<PlotSector>& out);

  [[nodiscard]] const Counters& counters() const { return counters_; }
  [[nodiscard]] const Config& config() const { return config_; }

 private:
  void add(const HitSpoke& spoke, const HitBlock& in, std::vector<PlotSector>& out);
  void begin_geometry(const HitSpoke& spoke);
  // Weak echoes beside the hits (HitBlock::weak_bits).
  void add_weak(const HitSpoke& spoke, const HitBlock& in);
  void place(const Echo& echo);
  // A plot of each of its parts; false: it has none, or did not have them in the turns before.
  bool place_parts(const Echo& echo);
  [[nodiscard]] SplitSighting sighting_of(const Echo& first, const Echo& second) const;
  void put(const Echo& echo);
  void place_weak(const Echo& echo);
  void end_echoes();
  [[nodiscard]] bool beam_covers_two() const;
  [[nodiscard]] std::uint32_t least_lone_cells() const;
  [[nodiscard]] bool is_noise(const Echo& echo) const;
  [[nodiscard]] Plot measure(const Echo& echo) const;
  void give_out(std::vector<PlotSector>& out);

  Config config_;
  Counters counters_;
  EchoSplitter splitter_;
  SplitHistory split_before_;
  EchoLabeller labeller_;
  EchoLabeller weak_labeller_;
  SectorQueue sectors_;
  AntennaPosition hold_back_;
  EchoLimits limits_;
  std::vector<Echo> done_;
  std::vector<Echo> parts_;

  bool started_ = false;
  SensorId sensor_;
  BearingReference reference_ = BearingReference::true_north;
  HitSpoke last_;  // the last spoke, whose geometry holds for all open echoes
  double decibels_per_level_ = 0.0;
  double decibels_of_ratio_ = 20.0;  // of proportional levels
  StrengthSurvey survey_;
  bool has_strengths_ = false;
  AntennaPosition furthest_ = 0;
};

}  // namespace headland::plots
