// SPDX-License-Identifier: Apache-2.0
#include "io/web/client_queue.hpp"

#include <gtest/gtest.h>

namespace headland::web {
namespace {

SharedFrame frame(FrameType type, std::uint8_t mark = 0, std::uint8_t source = 0, std::size_t size = 20) {
  std::vector<std::uint8_t> bytes(size);
  bytes[0] = static_cast<std::uint8_t>(type);
  bytes[2] = source;
  bytes[16] = mark;
  return std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
}

std::uint32_t sequence_of(const Outgoing& out) { return out.header[4] | out.header[5] << 8; }

TEST(ClientQueue, numbers_each_kind_apart_and_leaves_the_shared_bytes_alone) {
  ClientQueue queue;
  const auto delta = frame(FrameType::track_delta, 7);
  EXPECT_EQ(queue.push(delta), Pushed::queued);
  EXPECT_EQ(queue.push(frame(FrameType::spokes)), Pushed::queued);
  EXPECT_EQ(queue.push(delta), Pushed::queued);
  EXPECT_EQ(sequence_of(*queue.take()), 0U);
  EXPECT_EQ(sequence_of(*queue.take()), 0U);
  const auto third = queue.take();
  EXPECT_EQ(sequence_of(*third), 1U);
  EXPECT_EQ(third->content()[0], 7);
  EXPECT_EQ((*delta)[4], 0);
  EXPECT_FALSE(queue.take());
  EXPECT_EQ(queue.bytes(), 0U);
}

TEST(ClientQueue, keeps_only_the_newest_of_health_hello_and_snapshot) {
  for (const FrameType type : {FrameType::health, FrameType::hello, FrameType::track_snapshot, FrameType::playback}) {
    ClientQueue queue;
    EXPECT_EQ(queue.push(frame(type, 1)), Pushed::queued);
    EXPECT_EQ(queue.push(frame(type, 2)), Pushed::shed);
    EXPECT_EQ(queue.size(), 1U);
    EXPECT_EQ(queue.take()->content()[0], 2);
    EXPECT_EQ(queue.dropped()[static_cast<std::size_t>(type)], 1U);
  }
}

TEST(ClientQueue, drops_the_oldest_video_of_the_same_radar) {
  ClientQueue queue;
  queue.push(frame(FrameType::spokes, 99, 2));
  for (std::uint8_t i = 0; i < 40; ++i) queue.push(frame(FrameType::spokes, i, 1));
  EXPECT_EQ(queue.size(), 11U);
  EXPECT_EQ(queue.take()->content()[0], 99);
  EXPECT_EQ(queue.take()->content()[0], 30);  // 30..39 are left
}

TEST(ClientQueue, lost_track_changes_ask_for_a_snapshot_and_show_as_a_jump) {
  ClientQueue queue;
  Pushed last = Pushed::queued;
  std::uint8_t pushed = 0;
  while (last == Pushed::queued) last = queue.push(frame(FrameType::track_delta, pushed++));
  EXPECT_EQ(last, Pushed::resync);
  EXPECT_EQ(queue.size(), 1U);
  const auto out = queue.take();
  EXPECT_EQ(sequence_of(*out), pushed - 1U);
  EXPECT_EQ(out->content()[0], pushed - 1);
}

TEST(ClientQueue, never_drops_alerts_but_gives_up_the_client) {
  ClientQueue queue;
  std::size_t kept = 0;
  while (queue.push(frame(FrameType::alerts)) == Pushed::queued) ++kept;
  EXPECT_EQ(kept, 1000U);
  EXPECT_EQ(queue.push(frame(FrameType::alerts)), Pushed::overflow);
  EXPECT_EQ(queue.size(), kept);
}

TEST(ClientQueue, sheds_video_first_when_too_many_bytes_wait) {
  ClientQueue queue;
  constexpr std::size_t megabyte = 1'000'000;
  for (std::uint8_t radar = 0; radar < 8; ++radar) queue.push(frame(FrameType::spokes, 0, radar, 2 * megabyte));
  EXPECT_EQ(queue.push(frame(FrameType::track_snapshot, 0, 0, 6 * megabyte)), Pushed::shed);
  EXPECT_LE(queue.bytes(), std::size_t{16} << 20);
  EXPECT_GE(queue.dropped()[static_cast<std::size_t>(FrameType::spokes)], 3U);
  EXPECT_EQ(queue.push(frame(FrameType::attributes, 0, 0, 17 * megabyte)), Pushed::overflow);
}

TEST(ClientQueue, refuses_what_is_not_a_frame) {
  ClientQueue queue;
  EXPECT_EQ(queue.push(nullptr), Pushed::refused);
  EXPECT_EQ(queue.push(std::make_shared<const std::vector<std::uint8_t>>(15, std::uint8_t{1})), Pushed::refused);
  EXPECT_EQ(queue.push(frame(static_cast<FrameType>(200))), Pushed::refused);
  EXPECT_EQ(queue.push(frame(static_cast<FrameType>(0))), Pushed::refused);
  EXPECT_TRUE(queue.empty());
}

TEST(ClientQueue, bounds_texts) {
  ClientQueue queue;
  int kept = 0;
  while (queue.push_text("pong") == Pushed::queued) ++kept;
  EXPECT_EQ(kept, 32);
  EXPECT_EQ(queue.take()->text, "pong");
}

}  // namespace
}  // namespace headland::web
