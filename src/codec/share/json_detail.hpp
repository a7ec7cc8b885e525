// SPDX-License-Identifier: Apache-2.0
// Inside of codec/share: its .cpp files only (the JSON header is dear to compile).
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "codec/share/frame.hpp"

namespace headland::share {

// Keys stay in the order in which they were set.
using Json = nlohmann::ordered_json;

// Text that is not UTF-8 (no check on names from the air suffices) is replaced, never a fault.
inline std::string to_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

inline void append(Frame& frame, const Json& json) {
  const std::string text = to_text(json);
  frame.insert(frame.end(), text.begin(), text.end());
}

inline Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

}  // namespace headland::share
