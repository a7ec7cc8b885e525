// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/land_mask.hpp"

#include <algorithm>
#include <filesystem>

#include "core/geo/local_frame.hpp"
#include "io/maps/coast.hpp"

namespace headland::station {
namespace {

constexpr std::uint32_t azimuths = 1024;
constexpr double cell_m = 25.0;
constexpr double farthest_m = 120'000.0;
constexpr double land_half_size_deg = 0.5;
constexpr auto cells = static_cast<std::uint32_t>(farthest_m / cell_m);

void blank_blind(RangeAzimuthMask& mask, const config::RadarSection& r) {
  for (const BlankedSector& sector : blind_sectors(r)) blank(mask, sector);
}

}  // namespace

std::vector<BlankedSector> blind_sectors(const config::RadarSection& r) {
  std::vector<BlankedSector> sectors;
  for (std::size_t i = 0; i + 1 < r.blind_sectors_deg.size(); i += 2) {
    sectors.push_back({Bearing::from_degrees(r.blind_sectors_deg[i]), Bearing::from_degrees(r.blind_sectors_deg[i + 1]),
                       Metres(0.0), Metres(farthest_m)});
  }
  if (r.range_min_m > 0.0) sectors.push_back({Bearing(), Bearing(), Metres(0.0), Metres(r.range_min_m)});
  if (r.range_max_m > 0.0) sectors.push_back({Bearing(), Bearing(), Metres(r.range_max_m), Metres(farthest_m)});
  return sectors;
}

RangeAzimuthMask blind_mask(const config::RadarSection& r) {
  if (r.blind_sectors_deg.empty() && r.range_min_m <= 0.0 && r.range_max_m <= 0.0) return {};
  RangeAzimuthMask mask(azimuths, Metres(cell_m), cells);
  blank_blind(mask, r);
  return mask;
}

Expected<RangeAzimuthMask> land_mask(const config::RadarSection& r, const config::ChartSection& chart) {
  if (chart.coastline.empty()) return fail(ErrorCode::not_found, "no coastline is configured: land is not masked");
  const auto site = GeoPosition::from_degrees(r.latitude_deg, r.longitude_deg);
  const auto coast = maps::load_coast(chart.coastline, site, std::max(chart.half_size_deg, 0.2));
  if (!coast) return unexpected(coast.error());
  const LocalFrame frame(site);
  // By level, so that lakes cut holes and islands in lakes fill them again (even-odd).
  std::vector<std::vector<EastNorth>> rings;
  for (const auto& polygon : *coast) {
    auto& ring = rings.emplace_back();
    for (const auto& p : polygon.ring) ring.push_back(frame.to_local(p));
  }
  auto mask = mask_from_polygons(rings, Metres(r.land_margin_m), azimuths, Metres(cell_m), cells);
  blank_blind(mask, r);
  return mask;
}

std::function<std::shared_ptr<const CoastIndex>(GeoPosition)> land_source(const config::ChartSection& chart) {
  std::error_code ignored;
  if (chart.coastline.empty() || !std::filesystem::exists(chart.coastline, ignored)) return {};
  return [file = chart.coastline](GeoPosition about) -> std::shared_ptr<const CoastIndex> {
    const auto coast = maps::load_coast(file, about, land_half_size_deg);
    if (!coast) return nullptr;
    return std::make_shared<const CoastIndex>(*coast);
  };
}

}  // namespace headland::station
