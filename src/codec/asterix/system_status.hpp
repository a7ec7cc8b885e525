// SPDX-License-Identifier: Apache-2.0
// What a record of category 034, 063 or 065 says of a radar or of a system that makes tracks.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "codec/asterix/record_decoder.hpp"
#include "core/base/angle.hpp"
#include "core/base/units.hpp"
#include "core/geo/position.hpp"

namespace headland::asterix {

struct SystemStatus {
  std::uint8_t category = 0;
  std::uint8_t sac = 0, sic = 0;
  std::optional<std::uint8_t> sensor_sac, sensor_sic;  // 063: of whom this is said
  std::optional<Seconds> time_of_day;                  // since midnight UTC, below 24 h
  std::optional<std::uint8_t> message_type;            // 034, 065
  std::optional<std::uint8_t> service;                 // 065/015
  std::optional<Bearing> sector;                       // 034: the antenna crosses it
  std::optional<Seconds> turn;                         // 034: of the antenna
  std::optional<GeoPosition> site;                     // 034
  // 034 and 065 (NOGO): 0 released for use, else not. 063 (CON): 0 operational, 1 degraded, 2 initialising, 3 not
  // connected.
  std::optional<std::uint8_t> operation;
  bool overload = false;
  bool bad_time_source = false;
  std::optional<Seconds> time_bias;
  std::optional<Metres> range_bias;  // of the primary radar where stated, else of the secondary
  std::optional<Angle> azimuth_bias;
};

// Nothing: the record is of another category.
[[nodiscard]] std::optional<SystemStatus> status_of(const Record& record);

// The block of one record of 063 (a sensor: items 010, 030, 050, 060 and where known 070, 090, 091) or 065 (this
// system: 010, 000, 015, 030, 040; message type 1). Other categories write nothing.
[[nodiscard]] std::vector<std::uint8_t> encode_status(const SystemStatus& status);

}  // namespace headland::asterix
