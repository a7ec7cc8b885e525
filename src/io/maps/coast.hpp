// SPDX-License-Identifier: Apache-2.0
// The coastline about a station from GSHHG (Wessel and Smith 1996), as the binned netCDF file of
// Debian's package gmt-gshhg-full holds it.
#pragma once

#include <filesystem>

#include "core/base/expected.hpp"
#include "core/geo/polygon.hpp"

namespace headland::maps {

inline constexpr const char* default_coast_file = "/usr/share/gmt-gshhg/binned_GSHHS_f.nc";

// All rings of the 1-degree bins that touch the box of `half_size_deg` of latitude to each side of
// `centre`, and as wide in metres. Sorted by level within a bin. Antarctica is left out (its
// shelf ice has levels of its own). An absent file is ErrorCode::not_found.
// Callers of several threads take turns: the netCDF library is not made for more.
[[nodiscard]] Expected<CoastPolygons> load_coast(const std::filesystem::path& file, GeoPosition centre,
                                                 double half_size_deg = 1.5);

}  // namespace headland::maps
