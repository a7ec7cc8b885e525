// SPDX-License-Identifier: Apache-2.0
// Beacons by which Raymarine devices tell where they send, to 224.0.0.1:5800 (over Wi-Fi 232.1.1.1:5800).
// Numbers little-endian, so IPv4 addresses in reverse.
//
// Device, 56 bytes:
//    0   01 00 00 00  KK KK KK KK     K 66 Quantum, 01 RD, 4D Quantum's Wi-Fi bridge, 11 chart plotter
//    8   LL LL LL LL                  L link number
//   20   name, 32 bytes ASCII, zero-padded
//
// Service, 36 bytes:
//    0   00 00 00 00  LL LL LL LL     L link number of its device
//    8   SS SS SS SS                  S 28 Quantum radar, 01 RD radar; others belong to plotters
//   20   AA AA AA AA  PP PP           group and port of reports and spokes
//   28   aa aa aa aa  pp pp           the radar's own address and port, for commands
#pragma once

#include <array>
#include <variant>

#include "codec/raymarine/fault.hpp"
#include "core/base/expected.hpp"

namespace headland::raymarine {

struct Address {
  std::uint32_t ipv4 = 0;  // highest byte first: 232.1.215.1 is 0xE801D701
  std::uint16_t port = 0;
  friend bool operator==(const Address&, const Address&) = default;
};

enum class DeviceKind : std::uint32_t { rd = 0x01, plotter = 0x11, wifi_bridge = 0x4D, quantum = 0x66 };
enum class ServiceKind : std::uint32_t { rd = 0x01, quantum = 0x28 };

struct Device {
  DeviceKind kind = DeviceKind::rd;  // others occur
  std::uint32_t link = 0;
  std::array<char, 33> name{};  // ends with 0
};
struct Service {
  ServiceKind kind = ServiceKind::rd;  // others occur
  std::uint32_t link = 0;
  Address data;
  Address radar;
};
using Beacon = std::variant<Device, Service>;

// By its length and first word: among datagrams to port 5800.
bool is_beacon(Bytes datagram);
Expected<Beacon, Fault> read_beacon(Bytes datagram);
// Whether it tells of a Quantum or an RD; the others are of plotters and their instruments.
bool is_of_radar(const Beacon& beacon);

}  // namespace headland::raymarine
