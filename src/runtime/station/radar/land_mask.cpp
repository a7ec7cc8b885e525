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
constexpr double zones_end_m = 200'000.0;
constexpr auto zone_cells = static_cast<std::uint32_t>(zones_end_m / cell_m);

void blank_blind(RangeAzimuthMask& mask, const config::RadarSection& r) {
  for (BlankedSector sector : blind_sectors(r)) {
    // Only cells that are wholly nearer than the least range: plots of the others are left out one by one.
    if (sector.range_min == Metres(0.0) && sector.range_max == Metres(r.range_min_m)) {
      sector.range_max = Metres(std::max(0.0, r.range_min_m - 0.5 * cell_m));
    }
    blank(mask, sector);
  }
}

BlankedSector sector_of(const config::DetectionZoneSection& zone) {
  return {Bearing::from_degrees(zone.bearing_from_deg), Bearing::from_degrees(zone.bearing_to_deg),
          Metres(zone.range_min_m), Metres(zone.range_max_m > 0.0 ? zone.range_max_m : zones_end_m)};
}

RangeAzimuthMask inside_of(const config::DetectionZoneSection& zone, const config::RadarSection& radar) {
  if (zone.points.empty()) {
    RangeAzimuthMask mask(azimuths, Metres(cell_m), zone_cells);
    blank(mask, sector_of(zone));
    return mask;
  }
  const LocalFrame frame(GeoPosition::from_degrees(radar.latitude_deg, radar.longitude_deg));
  std::vector<std::vector<EastNorth>> rings(1);
  for (const auto& p : zone.points) {
    rings[0].push_back(frame.to_local(GeoPosition::from_degrees(p.latitude_deg, p.longitude_deg)));
  }
  return mask_from_polygons(rings, Metres(0.0), azimuths, Metres(cell_m), zone_cells);
}

void merge_into(RangeAzimuthMask& mask, const RangeAzimuthMask& inside, bool masked) {
  const Metres cell = mask.range_cell();
  for (std::uint32_t a = 0; a < azimuths; ++a) {
    for (std::uint32_t k = 0; k < zone_cells; ++k) {
      if (!inside.is_masked(a, k)) continue;
      mask.fill(a, static_cast<double>(k) * cell, static_cast<double>(k + 1) * cell, masked);
    }
  }
}

// The runs of cells of a grid, those of neighbouring rows together where they are alike.
std::vector<BlankedSector> sectors_of(const RangeAzimuthMask& mask) {
  const double row_deg = 360.0 / azimuths;
  std::vector<BlankedSector> all;
  std::vector<std::size_t> before;  // of the row before
  std::vector<std::size_t> now;
  for (std::uint32_t a = 0; a < azimuths; ++a) {
    now.clear();
    for (std::uint32_t k = 0; k < zone_cells; ++k) {
      if (!mask.is_masked(a, k)) continue;
      const Metres near = static_cast<double>(k) * mask.range_cell();
      while (k < zone_cells && mask.is_masked(a, k)) ++k;
      const Metres far = static_cast<double>(k) * mask.range_cell();
      const auto same = std::ranges::find_if(
          before, [&](std::size_t i) { return all[i].range_min == near && all[i].range_max == far; });
      if (same == before.end()) {
        now.push_back(all.size());
        all.push_back({Bearing::from_degrees(a * row_deg), {}, near, far});
      } else {
        now.push_back(*same);
      }
      all[now.back()].to = Bearing::from_degrees((a + 1) * row_deg);
    }
    before.swap(now);
  }
  return all;
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

DetectionZones detection_zones(const config::RadarSection& radar, bool bearings_are_true) {
  DetectionZones out;
  RangeAzimuthMask silent;
  for (const auto& zone : radar.zones) {
    if (!zone.points.empty() && !(bearings_are_true && radar.has_position())) continue;
    RangeAzimuthMask inside = inside_of(zone, radar);
    const bool is_silent = zone.false_alarm_probability <= 0.0;
    if (is_silent && silent.empty()) silent = RangeAzimuthMask(azimuths, Metres(cell_m), zone_cells);
    if (!silent.empty()) merge_into(silent, inside, is_silent);
    out.zones.push_back({zone.false_alarm_probability, std::move(inside)});
  }
  if (!silent.empty()) out.silent = sectors_of(silent);
  return out;
}

}  // namespace headland::station
