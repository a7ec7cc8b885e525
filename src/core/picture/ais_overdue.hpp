// SPDX-License-Identifier: Apache-2.0
// When silence of an AIS station means that it is lost.
#pragma once

#include "core/ais/report.hpp"
#include "core/base/time.hpp"

namespace headland::picture {

// Intervals of one maker's receiver (they follow the reporting rates of ITU-R M.1371-5, tables 1
// and 2, times three to six): the report last heard says how soon the next is due.
//   class A: 1080 s at anchor or moored below 3 kn; else 60 s to 14 kn, 36 s to 23 kn, 30 s above
//   class B: 1080 s below 2 kn, else 180 s; SOTDMA units 90 s above 14 kn, 30 s above 23 kn
//   long range (type 27): 1080 s; SAR aircraft: 60 s
[[nodiscard]] Duration overdue_after(const VesselReport& report);
inline constexpr Duration base_station_overdue_after = std::chrono::seconds(60);
inline constexpr Duration aid_overdue_after = std::chrono::seconds(1080);

}  // namespace headland::picture
