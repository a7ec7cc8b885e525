// SPDX-License-Identifier: Apache-2.0
#include "app/lat_lon.hpp"

#include <charconv>
#include <cmath>

namespace headland::app {

std::optional<double> parse_number(std::string_view text) {
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<GeoPosition> parse_lat_lon(std::string_view text) {
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto lat = parse_number(text.substr(0, comma));
  const auto lon = parse_number(text.substr(comma + 1));
  if (!lat || !lon || !(std::abs(*lat) <= 90.0) || !(std::abs(*lon) <= 180.0)) return std::nullopt;
  return GeoPosition::from_degrees(*lat, *lon);
}

}  // namespace headland::app
