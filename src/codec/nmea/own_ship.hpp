// SPDX-License-Identifier: Apache-2.0
// Sentences of own position, heading and motion (IEC 61162-1 section 8.3).
//
//   GGA,time,lat,N,lon,E,quality,...          quality 0 = no fix
//   GLL,lat,N,lon,E,time,status,mode          status V = not valid; mode N = not valid
//   RMC,time,status,lat,N,lon,E,knots,course,date,variation,E,mode
//   HDT,heading,T         THS,heading,mode    mode V = not valid
//   HDG,heading,deviation,E,variation,E       magnetic heading = sensor heading + deviation
//   HDM,heading,M         VTG,course,T,course,M,knots,N,km/h,K,mode
#pragma once

#include <optional>
#include <string_view>

#include "codec/nmea/faults.hpp"
#include "core/ais/report.hpp"
#include "core/base/expected.hpp"

namespace headland::nmea {

// Whether `formatter` (the last three letters of the address) is one of the above.
[[nodiscard]] bool is_own_ship_sentence(std::string_view formatter);

// What the sentence says; an empty report (nothing but its source) where the receiver itself calls its data
// not valid, or the fields are empty. Faults: bad_fields, position_off_globe.
Expected<OwnShipReport, NmeaFault> parse_own_ship(std::string_view body, Timestamp received);

// Whether the report says anything.
[[nodiscard]] bool has_content(const OwnShipReport& report);

// Own ship as its AIS transponder reports it (VDO); nothing if it says nothing of position or motion.
std::optional<OwnShipReport> own_ship_of(const AisMessage& message);

}  // namespace headland::nmea
