// SPDX-License-Identifier: Apache-2.0
// Ranges as Raymarine radars list them: thousandths of a nautical mile, of ranges that are whole 1/32.
#pragma once

#include <cmath>

#include "core/base/little_endian.hpp"
#include "core/base/units.hpp"

namespace headland::raymarine {

// 0 where there is none, or it is beyond 270 nautical miles (500 km).
inline double range_from_thousandths(std::uint32_t thousandths) {
  if (thousandths > 270'000) return 0.0;
  const double nmi = thousandths / 1000.0;
  const double whole = std::round(nmi * 32.0) / 32.0;
  const bool rounded = std::abs(whole - nmi) < 0.001;
  return (rounded ? whole : nmi) * metres_per_nautical_mile;
}

}  // namespace headland::raymarine
