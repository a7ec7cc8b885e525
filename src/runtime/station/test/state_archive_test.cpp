// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/state_archive.hpp"

#include <gtest/gtest.h>

#include "runtime/station/ais_state.hpp"
#include "runtime/station/checkpoint.hpp"

namespace headland::station {
namespace {

template <class T>
T there_and_back(T value) {
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  writer(value);
  T out{};
  StateReader reader(bytes);
  reader(out);
  EXPECT_TRUE(reader.ok());
  return out;
}

TEST(StateArchive, an_ais_report_comes_back_whole) {
  VesselReport report;
  report.mmsi = Mmsi(244660000);
  report.received = from_epoch_seconds(1'700'000'000.25);
  report.position = GeoPosition::from_degrees(53.1, 5.2);
  report.speed = MetresPerSecond(4.2);
  report.course = Bearing::from_degrees(359.9);
  report.turn_rate_raw = std::int8_t{-127};
  report.class_b = ClassBUnit{.carrier_sense = true};
  report.channel = 'B';
  EXPECT_EQ(there_and_back(report), report);
}

TEST(StateArchive, particulars_come_back_whole) {
  VesselParticulars p;
  p.mmsi = Mmsi(1);
  p.name = "MAATSUYKER";
  p.to_bow_m = std::uint16_t{30};
  p.part = 'A';
  p.eta_day = std::uint8_t{31};
  EXPECT_EQ(there_and_back(p), p);
}

TEST(StateArchive, cut_bytes_are_told_not_believed) {
  std::vector<VesselReport> reports(3);
  std::vector<std::uint8_t> bytes;
  StateWriter writer(bytes);
  writer(reports);
  for (std::size_t n = 0; n < bytes.size(); n += 7) {
    std::vector<VesselReport> out;
    StateReader reader(std::span(bytes).first(n));
    reader(out);
    EXPECT_FALSE(reader.ok()) << n;
  }
}

TEST(StateArchive, a_count_of_nonsense_allocates_nothing) {
  const std::vector<std::uint8_t> bytes(8, 0xFF);
  std::vector<double> out;
  StateReader reader(bytes);
  reader(out);
  EXPECT_TRUE(out.empty());
  EXPECT_FALSE(reader.ok());
}

TEST(Checkpoint, comes_back_and_refuses_other_versions) {
  Checkpoint c{true, "[web]\nport = 1\n", {1, 2, 3}};
  auto bytes = encode(c);
  const auto back = decode_checkpoint(bytes);
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->begins_session);
  EXPECT_EQ(back->configuration, c.configuration);
  EXPECT_EQ(back->state, c.state);
  bytes[0] = 99;
  EXPECT_FALSE(decode_checkpoint(bytes));
  EXPECT_FALSE(decode_checkpoint(std::span(bytes).first(5)));
}

}  // namespace
}  // namespace headland::station
