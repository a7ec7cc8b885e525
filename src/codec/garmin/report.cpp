// SPDX-License-Identifier: Apache-2.0
#include "codec/garmin/report.hpp"

#include <algorithm>
#include <array>

#include "core/base/little_endian.hpp"

namespace headland::garmin {
namespace {

constexpr std::uint32_t heartbeat_type = 0x038E;
constexpr std::size_t head = 8;

struct Known {
  std::uint32_t type;
  Setting setting;
  std::size_t bytes;  // of its value
  double scale;       // to the unit in the setting's name
};
constexpr std::array<Known, 16> known_types{{
    {0x0916, Setting::scan_speed, 1, 1.0},
    {0x0918, Setting::transmit, 1, 1.0},
    {0x0919, Setting::transmit, 1, 1.0},
    {0x091D, Setting::automatic_gain, 1, 1.0},
    {0x091E, Setting::range_m, 4, 1.0},
    {0x0924, Setting::gain_mode, 1, 1.0},
    {0x0925, Setting::gain_percent, 2, 0.01},
    {0x0930, Setting::bearing_alignment_deg, 4, 1.0 / 32.0},
    {0x0933, Setting::rain_mode, 1, 1.0},
    {0x0934, Setting::rain_percent, 2, 0.01},
    {0x0939, Setting::sea_mode, 1, 1.0},
    {0x093A, Setting::sea_percent, 2, 0.01},
    {0x0992, Setting::scanner_state, 1, 1.0},
    {0x0993, Setting::next_state_s, 4, 0.001},
    {0x09A0, Setting::cell_m, 4, 0.001},
    {0x09A1, Setting::spokes_per_turn, 4, 1.0},
}};

double value_of(Bytes b, std::size_t bytes, bool has_sign) {
  switch (bytes) {
    case 1:
      return b[head];
    case 2:
      return read_u16(&b[head]);
    case 4:
      return has_sign ? static_cast<double>(read_i32(&b[head])) : static_cast<double>(read_u32(&b[head]));
    default:
      return 0.0;
  }
}

}  // namespace

bool is_report(Bytes b) {
  if (b.size() <= head || read_u32(&b[4]) != b.size() - head) return false;
  const std::uint32_t type = read_u32(b.data());
  return type == heartbeat_type || (type >= 0x0900 && type <= 0x09FF && type != 0x0998);
}

Expected<Report, Fault> read_report(Bytes b) {
  if (b.size() < head) return unexpected(Fault{FaultReason::truncated, b.size()});
  Report report;
  report.type = read_u32(b.data());
  if (report.type == heartbeat_type) {
    if (read_u32(&b[4]) != b.size() - head) return unexpected(Fault{FaultReason::lying_length, 4});
    report.setting = Setting::heartbeat;
    return report;
  }
  if (report.type < 0x0900 || report.type > 0x09FF || report.type == 0x0998) {
    return unexpected(Fault{FaultReason::wrong_type, 0});
  }
  const std::size_t bytes = b.size() - head;
  if (read_u32(&b[4]) != bytes) return unexpected(Fault{FaultReason::lying_length, 4});
  const auto known = std::ranges::find(known_types, report.type, &Known::type);
  if (known == known_types.end()) {
    report.value = value_of(b, bytes, false);
    return report;
  }
  if (bytes < known->bytes) return unexpected(Fault{FaultReason::truncated, b.size()});
  report.setting = known->setting;
  report.value = value_of(b, known->bytes, known->setting == Setting::bearing_alignment_deg) * known->scale;
  return report;
}

VideoSettings settings_of(const Report& report) {
  VideoSettings v;
  const int whole = report.value >= 0.0 && report.value < 1e6 ? static_cast<int>(report.value) : 0;
  switch (report.setting) {
    case Setting::range_m:
      v.range_m = report.value;
      break;
    case Setting::gain_mode:
      v.gain_automatic = whole != 0;
      break;
    case Setting::gain_percent:
      v.gain_percent = report.value;
      break;
    case Setting::rain_mode:
      v.rain_mode = whole;
      break;
    case Setting::rain_percent:
      v.rain_percent = report.value;
      break;
    case Setting::sea_mode:
      v.sea_mode = whole == 2 ? 1 : 0;  // 1 is by hand
      break;
    case Setting::sea_percent:
      v.sea_percent = report.value;
      break;
    default:
      break;
  }
  return v;
}

std::string_view name_of(Setting setting) {
  switch (setting) {
    case Setting::scan_speed:
      return "scan-speed";
    case Setting::transmit:
      return "transmit";
    case Setting::automatic_gain:
      return "automatic-gain";
    case Setting::range_m:
      return "range";
    case Setting::gain_mode:
      return "gain-mode";
    case Setting::gain_percent:
      return "gain";
    case Setting::bearing_alignment_deg:
      return "bearing-alignment";
    case Setting::rain_mode:
      return "rain-mode";
    case Setting::rain_percent:
      return "rain";
    case Setting::sea_mode:
      return "sea-mode";
    case Setting::sea_percent:
      return "sea";
    case Setting::scanner_state:
      return "scanner-state";
    case Setting::next_state_s:
      return "next-state";
    case Setting::cell_m:
      return "cell-size";
    case Setting::spokes_per_turn:
      return "spokes-per-turn";
    case Setting::heartbeat:
      return "heartbeat";
    case Setting::other:
      break;
  }
  return "other";
}

}  // namespace headland::garmin
