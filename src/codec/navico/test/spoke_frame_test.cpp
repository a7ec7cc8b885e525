// SPDX-License-Identifier: Apache-2.0
#include "codec/navico/spoke_frame.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace headland::navico {
namespace {

struct Head {
  std::uint8_t status = 0x02;
  std::uint16_t counter = 100;
  std::uint16_t large = 0x80;
  std::uint16_t angle = 1024;
  std::uint16_t heading = 0x4000;
  std::uint32_t range = 4000;
};

void put_u16(std::vector<std::uint8_t>& b, unsigned value) {
  b.push_back(static_cast<std::uint8_t>(value));
  b.push_back(static_cast<std::uint8_t>(value >> 8U));
}

// A frame with one spoke for each head; byte i of the cells is i modulo 256.
std::vector<std::uint8_t> frame(const std::vector<Head>& heads) {
  std::vector<std::uint8_t> b{1, 0, 0, 0, 0, static_cast<std::uint8_t>(heads.size()), 0, 2};
  for (const Head& h : heads) {
    b.push_back(24);
    b.push_back(h.status);
    put_u16(b, h.counter);
    b.push_back(0x00), b.push_back(0x44);
    put_u16(b, h.large);
    put_u16(b, h.angle);
    put_u16(b, h.heading);
    put_u16(b, h.range & 0xFFFFU), put_u16(b, h.range >> 16U);
    b.insert(b.end(), 8, 0);
    for (unsigned i = 0; i < 512; ++i) b.push_back(static_cast<std::uint8_t>(i));
  }
  return b;
}

Expected<Spoke, Fault> first(const std::vector<std::uint8_t>& b) { return SpokeFrameReader(b).next(); }

TEST(SpokeFrame, ReadsTheHeadOfEachSpoke) {
  const auto bytes = frame({{}, {.status = 0x12, .counter = 0xA065, .angle = 1026}});
  ASSERT_TRUE(is_spoke_frame(bytes));
  SpokeFrameReader reader(bytes);
  const auto one = reader.next();
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->family, Family::g4_or_halo);
  EXPECT_EQ(one->counter, 100);
  EXPECT_EQ(one->angle, 1024);
  EXPECT_EQ(one->cells.size(), 512U);
  const auto two = reader.next();
  ASSERT_TRUE(two.has_value());
  EXPECT_EQ(two->counter, 101);  // 0xA065: the low 12 bits
  EXPECT_TRUE(reader.at_end());
}

TEST(SpokeFrame, TellsTheFamilyByTheMarkAndTheExtentByTheFamily) {
  const auto extent = [](const Head& h) { return first(frame({h}))->extent_m; };
  EXPECT_EQ(extent({.large = 0x80, .range = 1952}), 488.0);             // 4G or HALO, short
  EXPECT_EQ(extent({.large = 1136, .range = 0x8000}), 72704.0);         // 4G, long: large x 64
  EXPECT_EQ(extent({.large = 25465, .range = 512}), 25465.0);           // HALO, long
  EXPECT_NEAR(extent({.large = 0x0E0D, .range = 926}), 6547.81, 0.01);  // 3G
  EXPECT_EQ(first(frame({{.large = 0x0E0D}}))->family, Family::br24_or_3g);
  EXPECT_NEAR(extent({.large = 0x0E0D, .range = 0xFF00039E}), 6547.81, 0.01);  // only 24 bits count
}

TEST(SpokeFrame, TellsTrueMagneticAndNoHeadingApart) {
  const auto heading = [](std::uint16_t raw) {
    const auto s = first(frame({{.heading = raw}}));
    return std::pair(s->heading_kind, s->heading);
  };
  EXPECT_EQ(heading(0x45BC), std::pair(HeadingKind::true_north, std::uint16_t{0x5BC}));
  EXPECT_EQ(heading(0x07DB), std::pair(HeadingKind::magnetic, std::uint16_t{0x7DB}));
  EXPECT_EQ(heading(0x8000).first, HeadingKind::none);
  EXPECT_EQ(heading(0x9234).first, HeadingKind::none);
}

FaultReason reason(const std::vector<std::uint8_t>& b) {
  SpokeFrameReader reader(b);
  EXPECT_FALSE(reader.at_end());
  const auto spoke = reader.next();
  EXPECT_FALSE(spoke.has_value());
  return spoke ? FaultReason::not_a_report : spoke.error().reason;
}

TEST(SpokeFrame, RefusesWithTheReason) {
  EXPECT_EQ(reason({}), FaultReason::truncated_frame);
  auto cut = frame({{}, {}});
  cut.pop_back();
  EXPECT_EQ(reason(cut), FaultReason::truncated_frame);
  auto other = frame({{}});
  other[0] = 2;
  EXPECT_EQ(reason(other), FaultReason::bad_frame_head);
  auto lying = frame({{}});
  lying[5] = 32;
  EXPECT_EQ(reason(lying), FaultReason::spoke_count);
  auto head = frame({{}});
  head[8] = 23;
  EXPECT_EQ(reason(head), FaultReason::bad_spoke_head);
  EXPECT_EQ(reason(frame({{.status = 0xC2}})), FaultReason::no_data);
  EXPECT_EQ(reason(frame({{.status = 0x07}})), FaultReason::unknown_status);
  EXPECT_EQ(reason(frame({{.angle = 4096}})), FaultReason::bad_angle);
  EXPECT_EQ(reason(frame({{.range = 0}})), FaultReason::bad_extent);
  EXPECT_EQ(reason(frame({{.large = 0xFFFF, .range = 0xFFFF}})), FaultReason::bad_extent);
}

TEST(SpokeFrame, ReadsOnAfterARefusedSpoke) {
  const auto bytes = frame({{.status = 0xC2}, {}});
  SpokeFrameReader reader(bytes);
  const auto refused = reader.next();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().offset, 8U);
  EXPECT_TRUE(reader.next().has_value());
}

TEST(SpokeFrame, SpreadsTheCellsLowHalfFirst) {
  const auto bytes = frame({{.angle = 1024, .heading = 0x4400}});
  SpokeBlock block;
  append_spoke(*first(bytes), DopplerState::off, from_epoch_seconds(3.0), block);
  ASSERT_EQ(block.samples.size(), 1024U);
  EXPECT_EQ(block.samples[2 * 0x2F], 255);
  EXPECT_EQ(block.samples[2 * 0x2F + 1], 34);
  EXPECT_TRUE(block.doppler.empty());
  EXPECT_EQ(block.bits, 4);
  const SpokeInfo& s = block.spokes.at(0);
  EXPECT_NEAR(s.bearing.degrees(), 180.0, 1e-9);
  EXPECT_NEAR(s.width.degrees(), 360.0 / 2048, 1e-12);
  EXPECT_NEAR(s.cell_size.value(), 1000.0 / 1024, 1e-12);
  EXPECT_EQ(block.reference, BearingReference::true_north);
}

TEST(SpokeFrame, MarksDopplerCellsOnlyWhenDopplerIsOn) {
  const auto bytes = frame({{}});
  const auto at = [&](DopplerState state, std::size_t cell) {
    SpokeBlock block;
    append_spoke(*first(bytes), state, Timestamp{}, block);
    return static_cast<DopplerCell>(block.doppler.at(cell));
  };
  constexpr std::size_t approaching = 2 * 0x0F;   // byte 0F: low half 15
  constexpr std::size_t receding = 2 * 0xE0 + 1;  // byte E0: high half 14
  constexpr std::size_t ordinary = 2 * 0x0D;
  EXPECT_EQ(at(DopplerState::on, approaching), DopplerCell::approaching);
  EXPECT_EQ(at(DopplerState::on, receding), DopplerCell::receding);
  EXPECT_EQ(at(DopplerState::on, ordinary), DopplerCell::none);
  EXPECT_EQ(at(DopplerState::approaching_only, approaching), DopplerCell::approaching);
  EXPECT_EQ(at(DopplerState::approaching_only, receding), DopplerCell::none);
}

TEST(SpokeFrame, KeepsReferencesAndDopplerApartInABlock) {
  const auto north = frame({{.heading = 0x4000}});
  const auto magnetic = frame({{.heading = 0x0000}});
  const auto none = frame({{.heading = 0x8000}});
  SpokeBlock block;
  EXPECT_TRUE(fits(*first(none), DopplerState::off, block));
  append_spoke(*first(north), DopplerState::off, Timestamp{}, block);
  EXPECT_TRUE(fits(*first(north), DopplerState::off, block));
  EXPECT_FALSE(fits(*first(north), DopplerState::on, block));
  EXPECT_FALSE(fits(*first(magnetic), DopplerState::off, block));
  EXPECT_FALSE(fits(*first(none), DopplerState::off, block));
  SpokeBlock head_up;
  append_spoke(*first(none), DopplerState::off, Timestamp{}, head_up);
  EXPECT_EQ(head_up.reference, BearingReference::head_up);
}

TEST(SpokeFrame, CountsLostSpokesThroughTheWrapOfTheCounter) {
  EXPECT_EQ(spokes_lost(5, 6), 0U);
  EXPECT_EQ(spokes_lost(4095, 0), 0U);
  EXPECT_EQ(spokes_lost(4090, 10), 15U);
}

TEST(NavicoHeading, IsSetAsItIsRead) {
  for (const BearingReference reference :
       {BearingReference::true_north, BearingReference::magnetic_north, BearingReference::head_up}) {
    Spoke spoke;
    set_heading(spoke, reference, 700);
    EXPECT_EQ(reference_of(spoke), reference);
    EXPECT_EQ(spoke.heading, reference == BearingReference::head_up ? 0 : 700);
  }
}

}  // namespace
}  // namespace headland::navico
