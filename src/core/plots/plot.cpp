// SPDX-License-Identifier: Apache-2.0
#include "core/plots/plot.hpp"

#include <algorithm>
#include <array>
#include <numbers>

namespace headland {
namespace {

constexpr std::array<std::string_view, plot_cause_count> cause_names = {"",     "side_lobe", "second_trace", "racon",
                                                                        "sart", "ghost",     "interference"};

}  // namespace

std::string_view name_of(PlotCause cause) {
  return cause_names[std::min(static_cast<std::size_t>(cause), plot_cause_count - 1)];
}

PlotCause cause_named(std::string_view name) {
  const auto at = std::find(cause_names.begin(), cause_names.end(), name);
  return at == cause_names.end() ? PlotCause::none : static_cast<PlotCause>(at - cause_names.begin());
}

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
  for (BlankedSector& area : sector.blanked) {
    area.from = area.from + by;
    area.to = area.to + by;
  }
  for (BeaconSighting& beacon : sector.beacons) beacon.bearing = beacon.bearing + by;
}

}  // namespace headland
