// SPDX-License-Identifier: Apache-2.0
// What the picture must remember over a restart, as plain values: the numbers of AIS vessels, what was
// last heard of them, and what is joined with what. Radar tracks come from the tracker's own snapshot.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/fusion/ais_associator.hpp"
#include "core/fusion/fix_scatter.hpp"
#include "core/fusion/trust/ais_trust.hpp"
#include "core/picture/operator_names.hpp"
#include "core/picture/vessel_numbers.hpp"

namespace headland::picture {

struct ContactSnapshot {
  std::uint32_t mmsi = 0;
  std::uint32_t number = 0;
  std::uint32_t own_number = 0;
  std::uint8_t kind = 0;    // SystemTrackKind
  std::uint8_t fields = 0;  // bit 0: a position report, bit 1: particulars, bit 2: a position
  std::uint8_t own_ship = 0;
  std::uint8_t accurate = 0;
  std::uint8_t stands_there = 1;  // of an aid to navigation
  std::uint32_t attribute_version = 0;
  std::uint8_t number_settled = 0;
  std::int64_t began_ns = 0, last_ns = 0, particulars_ns = 0, heard_ns = 0, held_ns = 0, number_since_ns = 0,
               number_taken_ns = 0;
  double latitude_rad = 0.0, longitude_rad = 0.0;
  // NaN = not available
  double speed_mps = 0.0, course_rad = 0.0, heading_rad = 0.0, turn_rate_deg_per_min = 0.0, draught_m = 0.0;
  std::int16_t turn_rate_raw = -128;  // -128 = not available
  std::uint8_t ais_class = 0, message_type = 0, navigation_status = 15;
  std::uint8_t utc_second = 60;  // 60 = not available
  std::uint8_t fix_timing = 1;   // FixTiming
  std::uint8_t speed_at_least = 0;
  std::uint8_t class_b = 0;     // bit 0: told; 1: carrier sense, 2: display, 3: DSC, 4: whole band, 5: type 22
  std::int16_t ship_type = -1;  // -1 = not available, as below
  std::int64_t imo = -1;
  std::array<std::int32_t, 4> dimensions_m{-1, -1, -1, -1};
  std::array<char, 24> name{}, callsign{}, destination{};  // ended by 0; empty = not available
};

struct PictureSnapshot {
  std::uint32_t version = 6;
  std::uint32_t next_number = 0;
  std::vector<ContactSnapshot> contacts;  // in order of MMSI
  fusion::AisAssociatorSnapshot association;
  fusion::AisTrust::Snapshot trust;
  fusion::FixScatter::Snapshot scatter;
  std::vector<OperatorNames::Entry> names;    // in order of track
  std::vector<VesselNumbers::Other> numbers;  // likewise
};

}  // namespace headland::picture
