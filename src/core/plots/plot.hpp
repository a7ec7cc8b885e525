// SPDX-License-Identifier: Apache-2.0
// Plots: what one pass of the beam measured of one echo. Polar, because that is what was measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"
#include "core/video/mask.hpp"
#include "core/video/spoke.hpp"

namespace headland {

// How a plot came about: cells over their threshold, or the weak echoes of many turns along one path.
enum class PlotOrigin : std::uint8_t { detection, integration };

// What else than a vessel, land or waves may have given an echo (causes/plot_explainer.hpp).
enum class PlotCause : std::uint8_t { none, side_lobe, second_trace, racon, sart, ghost, interference };
inline constexpr std::size_t plot_cause_count = 7;
// "side_lobe" and so on; "" for none.
[[nodiscard]] std::string_view name_of(PlotCause cause);
// None for any other name.
[[nodiscard]] PlotCause cause_named(std::string_view name);

// How the cells over the threshold lie, each counted once: by the rectangle that is spread as they are (its sides are
// sqrt(12) times the deviations of the cells along their principal axes), along the line of sight and across it.
struct PlotShape {
  Metres length;           // of the rectangle; 0 = not known
  Metres width;            // no more than the length
  Angle orientation;       // of its length, clockwise from the line of sight outward, (-90 .. 90 deg]
  double fill = 0.0;       // area of the cells over its own: 1 of a rectangle or an ellipse; ragged, bent, hollow less
  Radians width_at_range;  // in bearing, of what of the echo lies at one range: how long the beam painted one point

  [[nodiscard]] bool is_known() const { return length > Metres(0.0); }
};

struct Plot {
  Timestamp time;                               // when the beam passed the centroid
  Metres range;                                 // of the centroid, slant, from the antenna
  Bearing bearing;                              // of the centroid, from true north at the antenna
  Metres range_deviation;                       // standard deviation of `range` (without bias of the radar)
  Radians bearing_deviation;                    // standard deviation of `bearing`
  Metres range_extent;                          // far edge minus near edge of the echo
  Radians bearing_extent;                       // last minus first bearing of the echo, one spoke width at least
  Decibels strength;                            // peak over the detection threshold
  std::uint32_t cell_count = 0;                 // cells over the threshold
  PlotShape shape;                              // how they lie
  std::optional<MetresPerSecond> radial_speed;  // positive = receding
  // Of radars that mark moving echoes without telling their speed; none = slower than the radar's threshold.
  std::optional<DopplerCell> doppler;
  PlotOrigin origin = PlotOrigin::detection;
  // Nats, 0 = nothing known. Of detections: ln p(strength | vessel) / p(strength | any plot) (StrengthSurvey). Of
  // integrated plots: ln p(echoes | vessel) / p(echoes | no vessel) of what no plot of this path has told before.
  double evidence = 0.0;
  // The likeliest of what may have given it, and the odds of all such causes together against anything else (a vessel,
  // land, waves, noise) at this place: 0 = nothing known, 1e6 = certain.
  PlotCause cause = PlotCause::none;
  double cause_odds = 0.0;
};

// A radar beacon or a radar transponder of search and rescue, told by the marks that it leaves on one bearing.
struct BeaconSighting {
  PlotCause kind = PlotCause::racon;  // or sart: a call for help
  Timestamp time;                     // of this look
  Bearing bearing;                    // reference as that of the sector
  Metres range;                       // of the nearest mark; a racon stands just before it, a SART up to 0.64 NM
  std::uint32_t marks = 0;            // dots of a SART, dashes and dots of a racon
  std::uint32_t turns = 0;            // in which it was seen, this one included; 1: may still be chance
};

// Plots of one sector of one turn: a set that exclude one another (one vessel gives at most one
// plot a turn, unless it is long). Sectors arrive in order of time; an empty one is news, too.
struct PlotSector {
  SensorId sensor;
  BearingReference reference = BearingReference::true_north;  // of all bearings in the sector and its plots
  std::uint32_t turn = 0;                                     // counts antenna turns, from the radar's first
  std::uint32_t sector = 0;                                   // 0 .. sectors_per_turn - 1, clockwise from north
  std::uint32_t sectors_per_turn = 1;
  Timestamp began;    // first spoke
  Timestamp ended;    // last spoke
  Bearing from;       // the sector is [from, to), clockwise
  Bearing to;         // from == to: the whole turn
  double seen = 1.0;  // share of the sector's spokes that were received, 0 .. 1
  Metres range_min;   // ranges that were looked at
  Metres range_max;
  std::optional<GeoPosition> site;  // where the antenna was when the sector began, if the video said so
  // Where the antenna was, in the node's plane, and true north there (clockwise from plane north).
  double site_east_m = 0.0;
  double site_north_m = 0.0;
  Angle site_north;
  std::vector<Plot> plots;             // in order of bearing from `from`, then range
  std::vector<BlankedSector> blanked;  // parts of it at which the radar is told not to look (blanked.hpp)
  std::vector<BeaconSighting> beacons;
};

// Turns all bearings of a sector and its plots clockwise. Where that carries its beginning over north, `turn`
// goes with it, so that sectors of one radar still follow one another.
void rotate(PlotSector& sector, Angle by);

}  // namespace headland
