// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/fields.hpp"

#include <cmath>

namespace headland::nmea {
namespace {

// dddmm.mmmm as degrees.
std::optional<double> degrees_minutes(std::optional<double> value, bool& bad) {
  if (!value) return std::nullopt;
  const double degrees = std::floor(std::abs(*value) / 100.0);
  const double minutes = std::abs(*value) - degrees * 100.0;
  if (minutes >= 60.0) bad = true;
  return std::copysign(degrees + minutes / 60.0, *value);
}

}  // namespace

std::optional<double> number(std::string_view field, bool& bad) {
  if (field.empty()) return std::nullopt;
  const auto value = decimal(field);
  if (!value) bad = true;
  return value;
}

std::optional<Bearing> bearing(std::string_view field, bool& bad) {
  const auto degrees = number(field, bad);
  if (!degrees) return std::nullopt;
  if (*degrees < 0.0 || *degrees > 360.0) {
    bad = true;
    return std::nullopt;
  }
  return Bearing::from_degrees(*degrees);
}

std::optional<double> with_side(std::string_view field, std::string_view side, char plus, char minus, bool& bad) {
  const auto value = number(field, bad);
  if (!value) return std::nullopt;
  if (side.size() != 1 || (side[0] != plus && side[0] != minus) || *value < 0.0) {
    bad = true;
    return std::nullopt;
  }
  return side[0] == plus ? *value : -*value;
}

std::optional<GeoPosition> position(const Fields& f, std::size_t i, bool& bad, bool& off_globe) {
  const auto latitude = degrees_minutes(with_side(f[i], f[i + 1], 'N', 'S', bad), bad);
  const auto longitude = degrees_minutes(with_side(f[i + 2], f[i + 3], 'E', 'W', bad), bad);
  if (!latitude || !longitude || bad) return std::nullopt;
  if (std::abs(*latitude) > 90.0 || std::abs(*longitude) > 180.0) {
    off_globe = true;
    return std::nullopt;
  }
  return GeoPosition::from_degrees(*latitude, *longitude);
}

}  // namespace headland::nmea
