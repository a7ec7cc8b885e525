// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/beacon.hpp"

#include "core/base/little_endian.hpp"

namespace headland::raymarine {
namespace {

constexpr std::size_t device_length = 56;
constexpr std::size_t service_length = 36;

}  // namespace

bool is_beacon(Bytes b) {
  return (b.size() == device_length && read_u32(b.data()) == 1) ||
         (b.size() == service_length && read_u32(b.data()) == 0);
}

Expected<Beacon, Fault> read_beacon(Bytes b) {
  if (b.size() != device_length && b.size() != service_length) {
    return unexpected(Fault{FaultReason::bad_beacon, b.size()});
  }
  if (!is_beacon(b)) return unexpected(Fault{FaultReason::bad_beacon, 0});
  if (b.size() == device_length) {
    Device device;
    device.kind = static_cast<DeviceKind>(read_u32(&b[4]));
    device.link = read_u32(&b[8]);
    for (std::size_t i = 0; i + 1 < device.name.size() && b[20 + i] != 0; ++i) {
      const std::uint8_t c = b[20 + i];
      device.name[i] = c >= 0x20 && c < 0x7F ? static_cast<char>(c) : '?';
    }
    return device;
  }
  Service service;
  service.link = read_u32(&b[4]);
  service.kind = static_cast<ServiceKind>(read_u32(&b[8]));
  service.data = {read_u32(&b[20]), read_u16(&b[24])};
  service.radar = {read_u32(&b[28]), read_u16(&b[32])};
  return service;
}

bool is_of_radar(const Beacon& beacon) {
  if (const auto* device = std::get_if<Device>(&beacon)) {
    return device->kind == DeviceKind::quantum || device->kind == DeviceKind::rd;
  }
  const auto& service = std::get<Service>(beacon);
  return service.kind == ServiceKind::quantum || service.kind == ServiceKind::rd;
}

}  // namespace headland::raymarine
