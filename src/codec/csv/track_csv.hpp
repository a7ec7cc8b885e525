// SPDX-License-Identifier: Apache-2.0
// Tracks as comma-separated text:
//   time_s,track_id,east_m,north_m,ve_mps,vn_mps,var_ee,var_nn,cov_en,status,lat_deg,lon_deg,mmsi,sources
//
// time_s seconds since 1970 UTC; east, north, velocity and covariance of position (m^2) in the local plane;
// status tentative|confirmed|coasted|deleted; lat, lon (WGS 84) and mmsi empty where unknown; sources like
// "radar1+ais".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "codec/csv/row.hpp"
#include "core/geo/position.hpp"
#include "core/picture/picture.hpp"
#include "core/tracking/track.hpp"

namespace headland::csv {

struct TrackRow {
  Timestamp time;
  std::uint32_t track_id = 0;
  EastNorth position;
  EastNorthVelocity velocity;
  double var_ee_m2 = 0.0;
  double var_nn_m2 = 0.0;
  double cov_en_m2 = 0.0;
  TrackStage stage = TrackStage::tentative;
  std::optional<GeoPosition> geo;
  std::optional<Mmsi> mmsi;
  std::string sources;
};

// `radar` is the text that names a radar in `sources`; its number follows ("radar" gives "radar1").
[[nodiscard]] TrackRow row_of(const Track& track, std::string_view radar = "radar");
[[nodiscard]] TrackRow row_of(const SystemTrack& track, std::string_view radar = "radar");

[[nodiscard]] std::string_view track_csv_header();
// Appends one row, ended by LF: time with 6 decimals, metres with 3, degrees with 8 (1 mm).
void write_track_row(const TrackRow& row, std::string& out);

[[nodiscard]] std::string_view status_text(TrackStage stage);

}  // namespace headland::csv
