// SPDX-License-Identifier: Apache-2.0
// Lists of an alert as texts of one column each, a line an item. Inside of io/store only.
#pragma once

#include <string>
#include <vector>

#include "core/rules/alerts/alert_record.hpp"

namespace headland::store {

[[nodiscard]] std::string text_of(const std::vector<AlertSubject>& subjects);
[[nodiscard]] std::string text_of(const std::vector<std::string>& names);
[[nodiscard]] std::string text_of(const std::vector<GeoPosition>& way);
// What cannot be read is left out.
[[nodiscard]] std::vector<AlertSubject> subjects_of(const std::string& text);
[[nodiscard]] std::vector<std::string> names_of(const std::string& text);
[[nodiscard]] std::vector<GeoPosition> way_of(const std::string& text);

}  // namespace headland::store
