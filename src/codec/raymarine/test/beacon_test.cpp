// SPDX-License-Identifier: Apache-2.0
#include "codec/raymarine/beacon.hpp"

#include <string>

#include <gtest/gtest.h>

#include "codec/raymarine/packing.hpp"
#include "codec/raymarine/test/bytes_of.hpp"

namespace headland::raymarine {
namespace {

TEST(RaymarineBeacon, NamesTheDevice) {
  Datagram d(56, 0);
  put(d, 0, 1, 4), put(d, 4, 0x66, 4), put(d, 8, 0xD480D988, 4);
  put(d, 20, "QuantumRadar");
  ASSERT_TRUE(is_beacon(d));
  const auto beacon = read_beacon(d);
  ASSERT_TRUE(beacon.has_value());
  const auto& device = std::get<Device>(*beacon);
  EXPECT_EQ(device.kind, DeviceKind::quantum);
  EXPECT_EQ(device.link, 0xD480D988U);
  EXPECT_STREQ(device.name.data(), "QuantumRadar");
  EXPECT_TRUE(is_of_radar(*beacon));
  put(d, 4, 0x11, 4);
  EXPECT_FALSE(is_of_radar(*read_beacon(d)));
}

TEST(RaymarineBeacon, GivesTheAddressesOfAService) {
  Datagram d(36, 0);
  put(d, 4, 7, 4), put(d, 8, 0x28, 4);
  put(d, 20, 0xE801D701, 4), put(d, 24, 2574, 2), put(d, 28, 0xC6120475, 4), put(d, 32, 2575, 2);
  const auto beacon = read_beacon(d);
  ASSERT_TRUE(beacon.has_value());
  const auto& service = std::get<Service>(*beacon);
  EXPECT_EQ(service.kind, ServiceKind::quantum);
  EXPECT_EQ(service.link, 7U);
  EXPECT_EQ(service.data, (Address{0xE801D701, 2574}));
  EXPECT_EQ(service.radar, (Address{0xC6120475, 2575}));
  EXPECT_TRUE(is_of_radar(*beacon));
  put(d, 8, 0x2A, 4);
  EXPECT_FALSE(is_of_radar(*read_beacon(d)));
}

TEST(RaymarineBeacon, OfOtherLengthOrMarkIsRefused) {
  EXPECT_EQ(read_beacon(Datagram(28, 0)).error().offset, 28U);
  EXPECT_EQ(read_beacon({}).error().reason, FaultReason::bad_beacon);
  Datagram d(56, 0);
  EXPECT_FALSE(is_beacon(d));
  EXPECT_EQ(read_beacon(d).error().offset, 0U);
}

std::string unpacked(const Datagram& packed) {
  std::string out;
  EXPECT_EQ(
      for_each_run(packed, [&](std::uint8_t value, std::size_t count) { out.append(count, static_cast<char>(value)); }),
      unpacked_size(packed).has_value());
  return out;
}

TEST(RaymarinePacking, RepeatsAfterTheMark) {
  EXPECT_EQ(unpacked({'a', 0x5C, 3, 'b', 'c'}), "abbbc");
  EXPECT_EQ(unpacked({0x5C, 255, 'x'}), std::string(255, 'x'));
  EXPECT_EQ(unpacked({}), "");
}

TEST(RaymarinePacking, AMarkWithoutACountIsTheByteItself) {
  EXPECT_EQ(unpacked({'a', 0x5C, 0, 'c', 0x5C, 0}), "a\\c\\");
}

TEST(RaymarinePacking, ACutRunIsNone) {
  EXPECT_FALSE(unpacked_size(Datagram{'a', 0x5C}).has_value());
  EXPECT_FALSE(unpacked_size(Datagram{'a', 0x5C, 4}).has_value());
}

}  // namespace
}  // namespace headland::raymarine
