// SPDX-License-Identifier: Apache-2.0
#include "codec/ip/fragments.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "codec/ip/test/frames.hpp"

namespace headland::ip {
namespace {

using test::Frame;

constexpr Timestamp at(int seconds) { return Timestamp{std::chrono::seconds(seconds)}; }

Ipv4Packet piece(const Frame& whole, std::uint32_t begin, std::uint32_t end, std::uint16_t id = 1) {
  Ipv4Packet p;
  p.source = 1;
  p.destination = 2;
  p.protocol = 17;
  p.identification = id;
  p.fragment_offset = begin;
  p.more_fragments = end < whole.size();
  p.payload = std::span(whole).subspan(begin, end - begin);
  return p;
}

TEST(Fragments, CompleteAPacketInAnyOrder) {
  const bool held = rc::check("any order, with repetitions", [] {
    const Frame whole = test::numbered(*rc::gen::inRange<std::size_t>(9, 20000));
    std::vector<std::pair<std::uint32_t, std::uint32_t>> cuts;
    const auto step = *rc::gen::inRange<std::uint32_t>(1, 400) * 8;
    const auto size = static_cast<std::uint32_t>(whole.size());
    for (std::uint32_t b = 0; b < size; b += step) cuts.emplace_back(b, std::min(b + step, size));
    RC_PRE(cuts.size() > 1);
    for (std::size_t i = cuts.size() - 1; i > 0; --i) {
      std::swap(cuts[i], cuts[*rc::gen::inRange<std::size_t>(0, i + 1)]);
    }
    FragmentReassembler r;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      RC_ASSERT(!r.add(piece(whole, cuts[i].first, cuts[i].second), at(0)));
      RC_ASSERT(!r.add(piece(whole, cuts[i].first, cuts[i].second), at(0)));  // the same again
    }
    const auto got = r.add(piece(whole, cuts.back().first, cuts.back().second), at(1));
    RC_ASSERT(got.has_value());
    RC_ASSERT(std::equal(got->begin(), got->end(), whole.begin(), whole.end()));
    RC_ASSERT(r.counts().overlapping == 0);
  });
  EXPECT_TRUE(held);
}

TEST(Fragments, KeepPacketsApartByTheirIdentification) {
  const Frame a = test::numbered(100, 1);
  const Frame b = test::numbered(100, 2);
  FragmentReassembler r;
  EXPECT_FALSE(r.add(piece(a, 0, 48, 1), at(0)));
  EXPECT_FALSE(r.add(piece(b, 0, 48, 2), at(0)));
  const auto got = r.add(piece(b, 48, 100, 2), at(0));
  ASSERT_TRUE(got.has_value());
  EXPECT_EQ(Frame(got->begin(), got->end()), b);
  EXPECT_TRUE(r.add(piece(a, 48, 100, 1), at(0)).has_value());
}

TEST(Fragments, VoidAPacketWhosePiecesOverlapOrLie) {
  const Frame whole = test::numbered(200);
  const std::array<std::array<Ipv4Packet, 2>, 4> lies{{
      {piece(whole, 0, 96), piece(whole, 88, 200)},   // overlap
      {piece(whole, 0, 200), piece(whole, 96, 136)},  // behind the end
      {piece(whole, 96, 192), piece(whole, 0, 104)},  // overlap from the front
      {piece(whole, 0, 95), piece(whole, 95, 200)},   // not a multiple of 8
  }};
  for (const auto& [first, second] : lies) {
    FragmentReassembler r;
    auto start = first;
    start.more_fragments = start.payload.size() != whole.size();
    if (!start.more_fragments) start.fragment_offset = 8;  // a last piece at 8..208
    EXPECT_FALSE(r.add(start, at(0)));
    auto next = second;
    if (!start.more_fragments) next.fragment_offset = 208;
    EXPECT_FALSE(r.add(next, at(0)));
    EXPECT_EQ(r.counts().overlapping, 1U);
    r.finish();
    EXPECT_EQ(r.counts().incomplete, 0U);
  }
}

TEST(Fragments, GrowNoFurtherThanAnIpPacket) {
  const Frame part = test::numbered(1000);
  FragmentReassembler r;
  auto p = piece(part, 0, 1000);
  p.more_fragments = true;
  p.fragment_offset = 65000;
  EXPECT_FALSE(r.add(p, at(0)));
  EXPECT_EQ(r.counts().overlapping, 1U);
}

TEST(Fragments, GiveUpOldOnesAndTheOldestWhenThereAreTooMany) {
  const Frame whole = test::numbered(100);
  FragmentReassembler r;
  r.add(piece(whole, 0, 48, 1), at(0));
  r.add(piece(whole, 0, 48, 2), at(31));
  EXPECT_EQ(r.counts().incomplete, 1U);
  for (std::uint16_t id = 10; id < 10 + FragmentReassembler::max_packets; ++id) r.add(piece(whole, 0, 48, id), at(32));
  EXPECT_EQ(r.counts().crowded_out, 1U);
  r.finish();
  EXPECT_EQ(r.counts().incomplete, 1U + FragmentReassembler::max_packets);
}

}  // namespace
}  // namespace headland::ip
