// SPDX-License-Identifier: Apache-2.0
#include "core/plots/edge_stitcher.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"

namespace headland {
namespace {

constexpr double same_edge_rad = 1e-6;
// Of a sector's width: an angle that jumps is followed over several sectors, for one that ended before it began would
// be taken for almost a whole turn.
constexpr double most_step = 0.5;

double nearest(double angle, double about) { return angle + full_turn * std::round((about - angle) / full_turn); }

}  // namespace

void EdgeStitcher::turn(PlotSector& sector, Angle begin_by, Angle end_by) {
  const bool whole = sector.from == sector.to;
  const double width = whole ? full_turn : clockwise_from(sector.from, sector.to);
  const double raw_from = full_turn * sector.turn + sector.from.radians();
  const bool follows = s_.begun && std::abs(raw_from - s_.raw_to_rad) < same_edge_rad;
  double begin = follows ? s_.offset_rad : nearest(begin_by.radians(), s_.offset_rad);
  while (raw_from + begin < 0.0) begin += full_turn;
  double end = begin;
  if (!whole) end += std::clamp(nearest(end_by.radians(), begin) - begin, -most_step * width, most_step * width);
  const Bearing to = sector.to;
  for (BlankedSector& area : sector.blanked) {
    for (Bearing* edge : {&area.from, &area.to}) {
      const double share = std::min(clockwise_from(sector.from, *edge) / width, 1.0);
      *edge = *edge + Angle(Radians(begin + share * (end - begin)));
    }
  }
  sector.from = follows ? s_.to : sector.from + Angle(Radians(begin));
  sector.to = whole ? sector.from : to + Angle(Radians(end));
  sector.turn = static_cast<std::uint32_t>(std::lround((raw_from + begin - sector.from.radians()) / full_turn));
  s_ = {true, raw_from + width, end, sector.to};
}

}  // namespace headland
