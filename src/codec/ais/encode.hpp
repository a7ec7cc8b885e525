// SPDX-License-Identifier: Apache-2.0
// AIS messages from typed values, for the simulator and for tests: decode(encode(x)) = x for every value that
// a message can hold. What it cannot hold is brought to the nearest that it can (speed over 102.2 kn becomes
// "that or more", letters without a six-bit code become '?', longer texts are cut). Messages always have their
// full length: a communication state that is absent is sent as 0, or as a carrier-sense unit's (type 18).
#pragma once

#include <optional>

#include "codec/ais/payload.hpp"
#include "core/ais/report.hpp"

namespace headland::ais {

// By `message_type`: 1, 2, 3, 9, 18, 27. Nothing for any other type.
[[nodiscard]] std::optional<Payload> encode(const VesselReport& report);
// 5, or 24 with `part` 'A' or 'B'.
[[nodiscard]] std::optional<Payload> encode(const VesselParticulars& particulars);
// 19 carries both: position from `report`, name, type and size from `particulars`.
[[nodiscard]] Payload encode_extended(const VesselReport& report, const VesselParticulars& particulars);
// 4 or 11.
[[nodiscard]] std::optional<Payload> encode(const BaseStationReport& report);
[[nodiscard]] Payload encode(const AidToNavigation& aid);

}  // namespace headland::ais
