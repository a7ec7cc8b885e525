// SPDX-License-Identifier: Apache-2.0
#include "core/plots/plot.hpp"

#include <numbers>

namespace headland {

void rotate(PlotSector& sector, Angle by) {
  const double from = sector.from.radians() + by.radians();
  if (from >= 2.0 * std::numbers::pi) {
    ++sector.turn;
  } else if (from < 0.0 && sector.turn > 0) {
    --sector.turn;
  }
  sector.from = sector.from + by;
  sector.to = sector.to + by;
  for (Plot& plot : sector.plots) plot.bearing = plot.bearing + by;
}

}  // namespace headland
