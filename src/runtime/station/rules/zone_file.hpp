// SPDX-License-Identifier: Apache-2.0
// Zones that operators draw, on the disk: FOLDER/zones.geojson is in force, FOLDER/zones/N.geojson is version N of it.
// Every file is written whole under another name, made safe and renamed: a crash leaves the one or the other.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "core/rules/zone/drawn_zones.hpp"

namespace headland::station {

class ZoneFile {
 public:
  static constexpr std::size_t versions_kept = 500;

  explicit ZoneFile(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // No file yet: an empty set. Damaged: ErrorCode::configuration, with what to do; nothing is lost or replaced
  // silently.
  [[nodiscard]] Expected<rules::DrawnZones> load() const;
  // For a station that must start though load() failed: the newest version that can be read, or none, and in `trouble`
  // what to do. The damaged file stays where it is, and a copy is put beside it for when zones are next drawn.
  struct InForce {
    rules::DrawnZones zones;
    std::string trouble;  // empty: none
  };
  [[nodiscard]] InForce newest_sound(const Error& fault) const;
  [[nodiscard]] Expected<void> write(const rules::DrawnZones& set) const;
  // The newest so many, newest first; what cannot be read is left out.
  static constexpr std::size_t versions_listed = 50;
  [[nodiscard]] std::vector<rules::DrawnZones> versions() const;
  // As it is on the disk.
  [[nodiscard]] std::optional<std::string> version_text(std::uint32_t version) const;

 private:
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "zones.geojson"; }
  [[nodiscard]] std::filesystem::path file_of(std::uint32_t version) const;
  struct Kept {
    std::uint32_t version = 0, greatest = 0;
  };
  [[nodiscard]] std::vector<std::uint32_t> numbers() const;  // of the versions, newest first
  [[nodiscard]] Kept newest_kept() const;
  std::filesystem::path folder_;
};

}  // namespace headland::station
