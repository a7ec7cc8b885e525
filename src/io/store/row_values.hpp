// SPDX-License-Identifier: Apache-2.0
// Columns of the history's tables as values. Inside of io/store only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/ais/report.hpp"
#include "core/picture/history.hpp"
#include "io/store/sqlite.hpp"

namespace headland::store {

inline std::int64_t nanoseconds(Timestamp t) { return t.time_since_epoch().count(); }
inline Timestamp at(std::int64_t time_ns) { return Timestamp(Duration(time_ns)); }

template <class T>
std::optional<T> integer_or_none(const Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional<T>(static_cast<T>(row.integer(column)));
}

inline std::optional<std::string> text_or_none(const Statement& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional<std::string>(row.text(column));
}

// time_ns, lat_e7, lon_e7, speed_cmps, course_cdeg from column `first` on.
inline HistoryPoint point_of(const Statement& row, int first) {
  HistoryPoint p;
  p.time = at(row.integer(first));
  p.position = GeoPosition::from_degrees(static_cast<double>(row.integer(first + 1)) / 1e7,
                                         static_cast<double>(row.integer(first + 2)) / 1e7);
  if (!row.is_null(first + 3)) p.speed = MetresPerSecond(static_cast<double>(row.integer(first + 3)) / 100.0);
  if (!row.is_null(first + 4)) p.course = Bearing::from_degrees(static_cast<double>(row.integer(first + 4)) / 100.0);
  return p;
}

inline constexpr const char* vessel_columns =
    "mmsi,received_ns,name,callsign,ship_type,imo,to_bow_m,to_stern_m,to_port_m,to_starboard_m,draught_m,destination";

// Of `vessel_columns`.
inline VesselParticulars particulars_of(const Statement& row) {
  VesselParticulars v;
  v.mmsi = Mmsi(static_cast<std::uint32_t>(row.integer(0)));
  v.received = at(row.integer(1));
  v.name = text_or_none(row, 2);
  v.callsign = text_or_none(row, 3);
  v.ship_type = integer_or_none<std::uint8_t>(row, 4);
  v.imo = integer_or_none<std::uint32_t>(row, 5);
  v.to_bow_m = integer_or_none<std::uint16_t>(row, 6);
  v.to_stern_m = integer_or_none<std::uint16_t>(row, 7);
  v.to_port_m = integer_or_none<std::uint16_t>(row, 8);
  v.to_starboard_m = integer_or_none<std::uint16_t>(row, 9);
  if (!row.is_null(10)) v.draught_m = row.real(10);
  v.destination = text_or_none(row, 11);
  return v;
}

}  // namespace headland::store
