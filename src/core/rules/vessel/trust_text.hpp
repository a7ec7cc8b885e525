// SPDX-License-Identifier: Apache-2.0
// What speaks against the AIS of a vessel, in words.
#pragma once

#include <string>

#include "core/rules/evidence.hpp"

namespace headland::rules {

[[nodiscard]] std::string trust_text(const TrustFinding& finding);

}  // namespace headland::rules
