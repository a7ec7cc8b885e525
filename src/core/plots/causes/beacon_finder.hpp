// SPDX-License-Identifier: Apache-2.0
// Marks that radio transponders draw on a radar: SART (search and rescue) and racon (radar beacon).
//
// A SART that a radar meets answers with 12 sweeps through the radar's band: 12 dots outward on its bearing, 0.64 NM
// apart (a sweep there and back takes 7.9 us: IMO A.802(19), ITU-R M.628), the nearest at most 0.64 NM beyond it.
// Near by it answers side lobes, too: dots become arcs, then rings. Five equally spaced dots on one bearing (one may
// be missing), which chance would give in less than one case of 1000 in so many echoes, are a SART.
// A racon answers with a Morse letter that begins with a dash (ITU-R M.824): strokes outward on its bearing behind
// the echo of the buoy, one or three units long with a unit between them. Three strokes or more, narrow, in
// these proportions are one, and two where the dash is half a kilometre long; a single dash (T) cannot be told from a
// pier. Both answer by fits and starts: what was seen once is remembered for three minutes, and its marks, where they
// come again, are taken for certain; of two strokes only if they were gone in between. What is there turn after turn
// for more than a minute is no racon, which must pause to let the echoes behind it be seen: it is a thing of the shore.
#pragma once

#include <cstdint>
#include <vector>

#include "core/plots/causes/config.hpp"

namespace headland::plots {

class BeaconFinder {
 public:
  explicit BeaconFinder(const CauseConfig& config) : config_(config) {}

  // For each plot the odds that it is a mark, and of what; sightings into sector.beacons.
  struct Mark {
    PlotCause cause = PlotCause::none;
    double odds = 0.0;
  };
  void judge(PlotSector& sector, std::vector<Mark>& marks);

  static constexpr double dot_spacing_m = 1185.0;
  static constexpr double spacing_least_m = 1080.0;
  static constexpr double spacing_most_m = 1300.0;
  static constexpr std::size_t least_dots = 5;
  static constexpr std::size_t most_dots = 12;

 private:
  struct Stroke {
    double near_m;
    double far_m;
  };
  struct Beacon {
    PlotCause kind;
    double direction;  // when last seen, unrolled, radians
    double bearing;
    double half_extent;  // of its marks, in bearing
    double first_m;      // the nearest mark
    double unit_m;       // SART: between dots; racon: a unit
    double last_m;       // far end of the farthest mark
    std::uint32_t turns;
    std::uint32_t marks;
    std::uint32_t in_a_row;       // turns since it was last missing
    bool paused;                  // missing for some turns, and back
    std::vector<Stroke> strokes;  // of a racon
  };
  struct Piece {  // a plot of this sector or of the one before
    double direction;
    double half_extent;  // in bearing
    double near_m;
    double far_m;
    double range_m;
    Timestamp time;
    std::size_t index;  // in this sector; or none
  };
  static constexpr std::size_t none = ~std::size_t{0};

  void gather(const PlotSector& sector);
  [[nodiscard]] bool on_one_bearing(const Piece& a, const Piece& b) const;
  void find_sart(std::size_t from);
  void find_racon(std::size_t from);
  // The pieces on the bearing of one, outwards from it: indices into pieces_.
  void line_up(std::size_t from);
  void note(Beacon beacon, const std::vector<std::size_t>& marks, Timestamp time, PlotSector& sector,
            std::vector<Mark>& out);
  [[nodiscard]] static double odds_of(const Beacon& beacon);
  void mark_known(const PlotSector& sector, std::vector<Mark>& out) const;

  CauseConfig config_;
  std::vector<Beacon> known_;
  std::vector<Piece> pieces_;
  std::vector<std::size_t> line_;
  std::vector<std::size_t> found_;  // marks of the beacon found
  Beacon beacon_{};
};

}  // namespace headland::plots
