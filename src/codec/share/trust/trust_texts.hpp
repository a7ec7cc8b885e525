// SPDX-License-Identifier: Apache-2.0
// What is held for and against an AIS station, in words with the figures; and the names of the kinds in JSON.
#pragma once

#include <string>
#include <string_view>

#include "core/picture/picture.hpp"

namespace headland::share {

[[nodiscard]] std::string_view name_of(TrustEvidence kind);  // as in JSON: "radar_contradicts", …
[[nodiscard]] std::string_view name_of(AisHearing hearing);
[[nodiscard]] std::string reason_text(const TrustReason& reason);
// Empty where there is nothing to say. `now`: of the picture, for spans of time.
[[nodiscard]] std::string silence_text(const SystemTrack& track, Timestamp now);
[[nodiscard]] std::string missing_echo_text(const MissingEcho& missing);

}  // namespace headland::share
