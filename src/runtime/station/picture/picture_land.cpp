// SPDX-License-Identifier: Apache-2.0
// Plots on charted land, which no vessel gives.
#include <cmath>

#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {
namespace {

constexpr double land_reload_deg = 0.2;  // of latitude: 22 km; land is read far wider

}  // namespace

void PictureChain::look_up_land(GeoPosition about) {
  if (!config_.land_about) return;
  land_ = config_.land_about(about);
  land_centre_ = about;
}

void PictureChain::drop_land(PlotSector& sector) {
  const auto named = config_.land_margin.find(sector.sensor);
  const Metres margin = named == config_.land_margin.end() ? Metres(0.0) : named->second;
  if (!located_ || margin < Metres(0.0) || !config_.land_about) return;
  if (sector.reference != BearingReference::true_north) return;  // nobody knows where it looks
  const EastNorth site{Metres(sector.site_east_m), Metres(sector.site_north_m)};
  const GeoPosition here = frame_.to_geo(site);
  if (std::abs(here.latitude_deg() - land_centre_.latitude_deg()) > land_reload_deg ||
      std::abs(here.longitude_deg() - land_centre_.longitude_deg()) * std::cos(here.latitude.value()) >
          land_reload_deg) {
    look_up_land(here);
  }
  if (!land_) return;
  const auto before = sector.plots.size();
  std::erase_if(sector.plots, [&](const Plot& plot) {
    const double a = plot.bearing.radians() + sector.site_north.radians();
    const GeoPosition at = frame_.to_geo({site.east + plot.range * std::sin(a), site.north + plot.range * std::cos(a)});
    return land_->is_land(at) || (margin > Metres(0.0) && land_->distance_to_coast(at, margin).has_value());
  });
  counters_.plots_on_land += before - sector.plots.size();
}

}  // namespace headland::station
