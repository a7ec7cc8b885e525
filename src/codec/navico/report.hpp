// SPDX-License-Identifier: Apache-2.0
// What else Navico radars and plotters say: beacons with addresses, reports of state, heading and course.
// Numbers little-endian unless marked.
//
// Beacon, radar to 236.6.7.5:6878:
//   0    01 B2
//   2    serial number, 16 bytes ASCII, zero-padded
//   ..   addresses of 6 bytes: IPv4 as written, port BIG-endian, at
//          length 222 (4G, HALO)     channel A data 88, send 98, report 108; channel B 124, 134, 144
//          length 150 (3G, HALO 20)  A 88, 98, 108
//          length  98 (BR24)         A data 92, send 82, report 72
//
// Reports, radar to the report group, second byte C4:
//   01   2 state: 1 standby, 2 transmit, 5 starting
//   02   2 displayed range, u32, decimetres; from length 99 on what is set: 7 mode (0 custom, 1 harbour, 2 offshore,
//        4 bird, 5 weather); 8 gain automatic, u32; 12 gain, 0 .. 255; 13 sea automatic (0 by hand, 1 harbour,
//        2 offshore); 17 sea, u32, 0 .. 255; 22 rain, 0 .. 255; 34 interference rejection; 38 target expansion;
//        42 target boost (sea seen to change in a recording of just that, the rest known from open implementations)
//   03   2 model: 0F, 0E BR24; 08 3G; 01 4G (and HALO of late 2025); 00 HALO; 34 operating hours, u32
//   04   6 bearing alignment, i16, 0.1 deg; 10 antenna height, u32, mm
//   08   from length 21 on (HALO): 18 Doppler 0 off, 1 on, 2 approaching only; 19 threshold, u16, cm/s
//   06, 09, 0A: only from HALO
//
// Heading and course, plotter to 239.238.55.73:7527, 72 bytes:
//   0    "NKOE"
//   8    counter, u16 BIG-endian
//  36    12 F1 01 00 heading; 02 F8 01 00 course and speed
//  40    ms since 1970, u64
//  65    heading: u16, 0.0001 rad
//  66    course: u16, 0.0001 rad; 68 speed, u16, 0.01 m/s
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "codec/navico/fault.hpp"
#include "codec/navico/spoke_frame.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/video/settings.hpp"

namespace headland::navico {

struct Address {
  std::uint32_t ipv4 = 0;  // highest byte first: 236.6.7.8 is 0xEC060708
  std::uint16_t port = 0;
  friend bool operator==(const Address&, const Address&) = default;
};

struct Channel {
  Address data;
  Address send;
  Address report;
};

struct Beacon {
  std::size_t length = 0;
  std::array<char, 17> serial{};  // ends with 0
  std::uint8_t channel_count = 0;
  std::array<Channel, 2> channels{};
};

bool is_beacon(Bytes datagram);
Expected<Beacon, Fault> read_beacon(Bytes datagram);

struct StateReport {
  std::uint8_t state = 0;
};
struct RangeReport {
  double range_m = 0.0;
  VideoSettings settings;  // those that are told
};
struct ModelReport {
  std::uint8_t model = 0;
  std::uint32_t hours = 0;
};
struct InstallationReport {
  double bearing_alignment_deg = 0.0;
  double antenna_height_m = 0.0;
};
struct SettingsReport {
  std::size_t length = 0;
  std::optional<DopplerState> doppler;
  double doppler_threshold_mps = 0.0;
};
struct OtherReport {
  std::uint8_t type = 0;
};
using Report = std::variant<StateReport, RangeReport, ModelReport, InstallationReport, SettingsReport, OtherReport>;

bool is_report(Bytes datagram);
Expected<Report, Fault> read_report(Bytes datagram);

struct Navigation {
  Timestamp time;  // the plotter's clock
  std::uint16_t counter = 0;
  std::optional<double> heading_rad;
  std::optional<double> course_rad;
  std::optional<double> speed_mps;
};
bool is_navigation(Bytes datagram);
Expected<Navigation, Fault> read_navigation(Bytes datagram);

enum class Model : std::uint8_t { unknown, br24, g3, br24_or_3g, g4, halo, g4_or_halo };
// "navico-halo", ...: the names that `headland decode` prints.
std::string_view protocol_name(Model model);

// What one radar (its address) shows of its model. Report 03 decides where it can; its 01 means 4G or a
// HALO of late 2025, which then differ by the range coding of the spokes or by the reports they send.
class ModelEvidence {
 public:
  void note(const Spoke& spoke);
  void note(const Report& report);
  [[nodiscard]] Model model() const;

 private:
  std::optional<Family> family_;
  std::optional<std::uint8_t> reported_;
  bool like_4g_ = false;
  bool like_halo_ = false;
};

}  // namespace headland::navico
