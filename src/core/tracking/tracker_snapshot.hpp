// SPDX-License-Identifier: Apache-2.0
// All that the tracker remembers, as plain numbers: enough to go on bit for bit after a restart.
// Times are nanoseconds since 1970 UTC. Meaning of the fields: bernoulli.hpp, beam.hpp,
// clutter_map.hpp, gater.hpp, newcomers.hpp, transients.hpp. `version` grows when the layout changes.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace headland::tracking {

struct LookSnapshot {
  std::uint32_t sensor = 0;
  double last = 0.0;
  double detections = 0.0;
  double looks = 0.0;
  double weight = 0.0;
  double deep_m = 0.0, wide_rad = 0.0;
  std::int64_t last_plot_ns = 0;
  bool in_last_turn = false;
};

struct ModeSnapshot {
  double weight = 0.0;
  std::array<double, 16> values{};  // position 2, velocity 2, pp 4, pv 4, vv 4, row by row
};

struct FactSnapshot {
  std::uint8_t kind = 0, reason = 0;
  std::int64_t first_ns = 0, last_ns = 0;
  std::uint32_t count = 0, other = 0;
  double value = 0.0, east_m = 0.0, north_m = 0.0;
};

struct StorySnapshot {
  std::uint32_t id = 0;
  std::vector<FactSnapshot> facts;
  std::uint32_t left_out = 0;
  std::uint8_t missing = 0;
};

struct BernoulliSnapshot {
  std::uint64_t serial = 0;
  std::uint32_t id = 0;
  std::int64_t time_ns = 0;
  std::int64_t began_ns = 0;
  std::int64_t last_plot_ns = 0;
  double existence = 0.0;
  double first_odds = 0.0;
  std::uint8_t spread = 0;
  std::uint8_t stage = 0;
  std::uint32_t scans_missed = 0;
  std::uint32_t plots_used = 0;
  std::uint32_t age_looks = 0;
  std::uint32_t plot_looks = 0;
  std::array<std::uint32_t, 4> start_looks{};
  std::array<double, 4> start_shares{}, start_reaches{};
  double transient_goes_on = 0.0;
  double missed_so = 1.0;
  std::uint16_t first_radar = 0;
  double told_odds = 0.0;
  double told_weight = 0.0;
  std::uint32_t told_age = 0;
  std::uint32_t told_cell = 0;
  double visibility = 1.0;
  double length_m = 0.0;
  double width_m = 0.0;
  double strength_db = 0.0;
  std::vector<ModeSnapshot> modes;
  std::vector<LookSnapshot> looks;
  std::uint8_t was_confirmed = 0;
  double identity = 1.0;
  StorySnapshot story;
  std::array<double, 18> extent{};
  std::array<double, 6> history{};
};

struct SegmentSnapshot {
  double from = 0.0, to = 0.0;
  std::int64_t began_ns = 0, ended_ns = 0;
  double seen = 0.0, range_min_m = 0.0, range_max_m = 0.0;
  double site_east_m = 0.0, site_north_m = 0.0, north = 0.0;
  std::uint8_t at_once = 0;
  std::vector<double> blanked;  // from, to, nearest, farthest of each area
};

struct PlotSnapshot {
  double direction = 0.0, range_m = 0.0, bearing = 0.0;
  std::int64_t time_ns = 0;
  std::array<double, 6> place{};  // position 2, noise 4
  double clutter = 0.0, birth_share = 0.0, transient_share = 0.0, transient_reach = 0.0, strength_db = 0.0,
         range_extent_m = 0.0, cross_extent_m = 0.0;
  std::uint32_t cells = 0;
  std::uint8_t radial_kind = 0;
  double radial_aim = 0.0, radial_speed_mps = 0.0, radial_bound_mps = 0.0;
};

struct SensorSnapshot {
  std::uint32_t sensor = 0;
  double seconds_per_turn = 0.0;
  std::vector<SegmentSnapshot> segments;
  std::vector<PlotSnapshot> waiting;
  std::vector<double> clutter_counts, clutter_turns, detections, looks, cell_detections, cell_looks;
  std::vector<double> newcomers, transient_counts, transient_plots, transient_evidence;
  // Part of a turn swept, looks at close pairs, unresolved of them, farthest plot; smear along and across, strength of
  // vessels; whether turns arrive whole; turns that the transients were counted for; radians refused as late; range
  // that was looked at last; lost and looks behind short hulls, and behind long ones.
  std::array<double, 15> learned{};
  std::uint8_t set_back = 0;
};

struct TwinSnapshot {
  std::uint64_t older = 0, younger = 0;  // serials
  std::map<std::uint16_t, double> looks;
  double both = 0.0;
  std::int64_t last_ns = 0;
};

struct TrackerSnapshot {
  std::uint32_t version = 18;
  std::int64_t now_ns = 0;
  std::uint64_t next_serial = 1;
  std::uint32_t next_id = 1;
  std::vector<BernoulliSnapshot> tracks;  // in order of serial
  std::vector<SensorSnapshot> sensors;    // in order of sensor
  std::vector<StorySnapshot> told;        // of ended tracks, in order of their end
  std::vector<BernoulliSnapshot> lost;    // that may come back, in order of their end
  std::vector<std::uint64_t> counters;    // in the order of TrackerCounters
  std::vector<TwinSnapshot> twins;
};

}  // namespace headland::tracking
