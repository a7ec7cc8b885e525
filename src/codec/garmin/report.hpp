// SPDX-License-Identifier: Apache-2.0
// What else a Garmin xHD says: reports of one value each, to 239.254.2.0:50100, and a heartbeat to
// 239.254.2.2:50050 every 5 s. Numbers little-endian.
//
//    0   TT TT TT TT  LL LL LL LL     T message type, L length of what follows: 1, 2 or 4 bytes of value
//    8   VV ..                        V value
//
//   0916 scan speed                           0933 rain: 0 off, 1 by hand
//   0918, 0919 transmits: 0 no, 1 yes         0934 rain, 0.01 %
//   091D automatic gain: 0 low, 1 high        0939 sea: 0 off, 1 by hand, 2 automatic
//   091E range, m                             093A sea, 0.01 %
//   0924 gain: 0 by hand, 2 automatic         0992 state of the scanner (5: transmitting)
//   0925 gain, 0.01 %                         0993 time to the next state, ms
//   0930 bearing alignment, i32, 1/32 deg     09A0 size of a cell, mm; 09A1 spokes a turn
//
// Two dozen other types are sent that are not understood. What one value of a mode means is known from open
// implementations and was seen once here (gain by hand, sea off, rain off): take it as likely.
#pragma once

#include <cstdint>
#include <string_view>

#include "codec/garmin/fault.hpp"
#include "core/base/expected.hpp"
#include "core/video/settings.hpp"

namespace headland::garmin {

enum class Setting : std::uint8_t {
  scan_speed,
  transmit,               // 0 or 1
  automatic_gain,         // 0 low, 1 high
  range_m,                //
  gain_mode,              //
  gain_percent,           //
  bearing_alignment_deg,  // clockwise
  rain_mode,
  rain_percent,
  sea_mode,
  sea_percent,
  scanner_state,
  next_state_s,  // time until the scanner gets there
  cell_m,
  spokes_per_turn,
  heartbeat,  // no value
  other,      // value as sent, where it has up to 4 bytes
};

struct Report {
  Setting setting = Setting::other;
  std::uint32_t type = 0;
  double value = 0.0;
};

// Whether a datagram looks like a report: a type 09xx and its own length, or a heartbeat.
bool is_report(Bytes datagram);
Expected<Report, Fault> read_report(Bytes datagram);

// What it says of the video; empty where it says nothing of it.
[[nodiscard]] VideoSettings settings_of(const Report& report);

// Stable words, e.g. "gain"; "other" for those not understood.
std::string_view name_of(Setting setting);

}  // namespace headland::garmin
