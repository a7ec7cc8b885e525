// SPDX-License-Identifier: Apache-2.0
// Which sentences a newer one of the same kind makes worthless: where more comes in than can be worked on,
// of these only the newest need be kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace headland::nmea {

// Alike for sentences that replace one another, absent for all others. A text of exactly one sentence, with a
// right checksum, that is one of
// - a whole AIS message with a position (types 1, 2, 3, 4, 9, 18, 27): alike by MMSI, own ship (VDO) apart;
// - own position or heading: alike by talker and formatter (GPGGA, HEHDT, ...).
// Safety messages (12, 14), particulars and parts of longer messages replace nothing. Never 0.
[[nodiscard]] std::optional<std::uint64_t> replaceable_key(std::string_view text);

}  // namespace headland::nmea
