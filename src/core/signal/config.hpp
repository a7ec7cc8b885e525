// SPDX-License-Identifier: Apache-2.0
// What the signal stage can be told. Defaults suit a coastal radar with 8-bit video; ranges in brackets.
#pragma once

#include <cstdint>

#include "core/base/angle.hpp"
#include "core/base/units.hpp"

namespace headland::signal {

// How levels follow the echo: proportional to its amplitude, to its power, or so many decibels a level.
enum class LevelLaw : std::uint8_t { linear, logarithmic, square };

// What the two windows (towards and away from the antenna) give for the clutter about a cell: the mean of both,
// of the greater, of the smaller, an order statistic (three of four cells are below it), or by what the windows
// show: the mean of both, of the greater only where they differ so much that the cell lies at an edge.
enum class Averaging : std::uint8_t { cell, greatest_of, smallest_of, ordered, automatic };

// How amplitudes became levels.
enum class Rounding : std::uint8_t { down, nearest };

// Whether the radar has cut off the noise itself. Automatic: by the share of cells that are zero.
enum class VideoKind : std::uint8_t { automatic, raw, thresholded };

struct Config {
  VideoKind video = VideoKind::automatic;
  LevelLaw law = LevelLaw::linear;  // of the video as it is sent; that of 16 bits is turned into decibels
  double decibels_per_level = 0.5;  // of logarithmic video as it is sent [0.001 .. 5]
  // Where nobody told the law: that of 8 bits is found from how the noise scatters (stage/law_probe.hpp), and `law`
  // holds until then.
  bool measure_law = false;
  Rounding rounding = Rounding::down;

  // CFAR along range.
  Averaging averaging = Averaging::cell;
  std::uint32_t guard_cells = 4;          // on each side of the cell [0 .. 32]
  std::uint32_t training_cells = 16;      // on each side [4, 8, 16, 32; others are rounded down]
  double false_alarm_probability = 1e-4;  // of one cell, in noise or in clutter of the shape below [1e-9 .. 0.1]
  // Shape of K-distributed sea clutter, one independent look a cell; 0: noise, or clutter whose mean the windows
  // follow (Rayleigh) [0, 0.1 .. 100].
  double clutter_shape = 0.0;
  bool estimate_shape = true;       // thresholds rise where clutter is found to be spikier than that
  std::uint8_t minimum_level = 16;  // no threshold lies below this [0 .. 254]
  // Where the radar cut off the noise: echoes over this level are told by themselves, weaker ones where little else
  // comes and goes (stage/rate_map.hpp) and nothing stronger is beside them [0 .. 254].
  std::uint8_t thresholded_video_level = 96;
  std::uint8_t thresholded_lowest_level = 0;    // no threshold there lies below this, or over the next [0 .. 254]
  std::uint8_t thresholded_highest_level = 96;  // but for thresholded_lowest_level
  bool censor =
      true;  // in means a cell counts for no more than half the threshold (half in decibels) of the spoke before

  // Interference: a cell this many levels over the same cell of both neighbour spokes is cut [1 .. 255; 0 = off].
  // Where the noise is strong the margin grows, so that noise is not cut and the false-alarm probability holds.
  std::uint8_t interference_margin = 64;
  Angle beam_width = Angle::from_degrees(2.0);  // between half-power points [0.1 .. 10 deg]

  // Clutter map: recursive mean of each cell over about 2^clutter_turns_log2 turns [2 .. 8; 0 = no map].
  std::uint32_t clutter_turns_log2 = 4;
  // A cell with an echo rises by at most this many 1/256 levels a turn [0 .. 255].
  std::uint32_t clutter_echo_step = 1;
  Metres clutter_valid_within{50.0};  // the map is learned anew when the antenna has moved so far [1 .. 1e6]
};

// Brings every value into its range.
[[nodiscard]] Config sanitized(Config config);

struct Counters {
  std::uint64_t spokes = 0;
  std::uint64_t cells = 0;
  std::uint64_t hits = 0;
  std::uint64_t interference_cells = 0;  // cut
  std::uint64_t masked_hits = 0;         // hits on land or in blanked sectors
  std::uint64_t zone_hits = 0;           // in areas with a false-alarm probability of their own
  std::uint64_t spiky_hits = 0;          // taken away where clutter is spiky
  std::uint64_t gaps = 0;
  std::uint64_t refused_bearings = 0;  // spokes whose bearing the antenna cannot have reached
  std::uint64_t anticlockwise = 0;     // of these, by an antenna that turns anticlockwise: its turns cannot be told
  std::uint64_t refused_spokes = 0;    // no cells, too many, or a geometry that cannot be
  std::uint64_t blanked_spokes = 0;    // of zeros alone in video with noise: the radar was silent, nothing was seen
  std::uint64_t video_changes = 0;     // settings of the radar were changed, as it tells or the noise shows
  std::uint64_t map_resets = 0;        // new range, cell size, reference or position
  bool thresholded = false;            // the radar cuts off the noise itself
  double thresholded_level = 0.0;      // there: mean of the levels over which echoes are told, over all regions
  double restless_share = 0.0;         // and regions where more comes and goes than asked for at any level
  bool law_is_measured = false;        // else as configured
  double decibels_per_level = 0.0;     // 0: levels are proportional
  std::uint8_t noise_level = 0;        // mean level of noise, 0 where there is none to measure
  double saturated_share = 0.0;        // of the cells of the last turn: at the end of the scale (252 and above)
};

}  // namespace headland::signal
