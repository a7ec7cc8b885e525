// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input/update_queue.hpp"

#include <map>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/nmea_decoder.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::station {
namespace {

using namespace std::chrono_literals;

std::string position_of(std::uint32_t vessel, double latitude_deg) {
  VesselReport report;
  report.mmsi = Mmsi(244'000'000 + vessel);
  report.message_type = 1;
  report.position = GeoPosition::from_degrees(latitude_deg, 5.0);
  std::string text;
  nmea::write_vdm(*ais::encode(report), {}, text);
  return text;
}
// A safety message (type 14) that carries a number.
std::string safety(std::uint32_t number) {
  ais::Payload payload;
  payload.put(14, 6);
  payload.put(0, 2);
  payload.put(970'000'000 + number, 30);
  payload.put(0, 2);
  payload.put_text("MOB", 3);
  std::string text;
  nmea::write_vdm(payload, {}, text);
  return text;
}
void push(UpdateQueue& queue, const std::string& text) {
  queue.push(7, Timestamp{}, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}
PlotSector sector(std::uint32_t number) {
  PlotSector s;
  s.sector = number;
  return s;
}
std::string text_of(const SensorUpdate& update) {
  const auto& bytes = std::get<TextUpdate>(update).bytes;
  return {bytes.begin(), bytes.end()};
}

TEST(UpdateQueue, sectors_wait_while_two_seconds_of_their_radar_wait) {
  UpdateQueue queue(1000, 10);
  const auto ending = [](std::uint16_t sensor, double s) {
    PlotSector sector;
    sector.sensor = SensorId(sensor);
    sector.ended = Timestamp(to_duration(Seconds(s)));
    return sector;
  };
  queue.push(ending(1, 10.0));
  queue.push(ending(1, 12.0));
  queue.push(ending(2, 500.0));  // another radar, whose clock is another
  std::jthread pushing([&] { queue.push(ending(1, 12.1)); });
  EXPECT_EQ(queue.stats()[0].depth, 3U);
  EXPECT_EQ(std::get<PlotSector>(*queue.pop_for(1s)).ended, ending(1, 10.0).ended);
  pushing.join();
  EXPECT_EQ(queue.stats()[0].depth, 3U);
  EXPECT_EQ(queue.stats()[0].high_water, 3U) << "the fourth waited for room";
}

TEST(UpdateQueue, tells_once_which_streams_had_texts_superseded) {
  UpdateQueue queue(10, 2);
  push(queue, position_of(1, 50.0));
  push(queue, position_of(2, 50.0));
  EXPECT_TRUE(queue.take_superseded().empty());
  push(queue, position_of(1, 51.0));
  EXPECT_EQ(queue.take_superseded(), (std::map<std::uint16_t, std::uint64_t>{{7, 1}}));
  EXPECT_TRUE(queue.take_superseded().empty());
}

TEST(UpdateQueue, gives_everything_in_its_order_while_there_is_room) {
  UpdateQueue queue(10, 10);
  push(queue, position_of(1, 50.0));
  queue.push(sector(1));
  push(queue, position_of(1, 51.0));
  queue.push(sector(2));
  EXPECT_EQ(text_of(*queue.pop_for(1s)), position_of(1, 50.0));
  EXPECT_EQ(std::get<PlotSector>(*queue.pop_for(1s)).sector, 1U);
  EXPECT_EQ(text_of(*queue.pop_for(1s)), position_of(1, 51.0));
  EXPECT_EQ(std::get<PlotSector>(*queue.pop_for(1s)).sector, 2U);
  EXPECT_FALSE(queue.pop_for(0s));
}

TEST(UpdateQueue, is_drained_when_closed_and_what_waited_was_taken) {
  UpdateQueue queue(10, 10);
  EXPECT_FALSE(queue.drained());
  EXPECT_FALSE(queue.pop_for(0s));  // the lane looks in vain, and before it asks whether to end:
  queue.push(sector(1));
  queue.close();
  EXPECT_FALSE(queue.drained()) << "the sector would be lost";
  EXPECT_TRUE(queue.pop_for(0s));
  EXPECT_TRUE(queue.drained());
}

TEST(UpdateQueue, keeps_the_newest_position_of_each_vessel_when_full) {
  UpdateQueue queue(10, 6);
  for (int turn = 0; turn < 5; ++turn) {
    for (std::uint32_t vessel = 0; vessel < 3; ++vessel) push(queue, position_of(vessel, 50.0 + turn));
  }
  queue.close();
  std::vector<std::string> order;
  while (auto update = queue.pop_for(0s)) order.push_back(text_of(*update));
  ASSERT_GE(order.size(), 3U);
  for (std::uint32_t vessel = 0; vessel < 3; ++vessel) {
    EXPECT_EQ(order[order.size() - 3 + vessel], position_of(vessel, 54.0));
  }
  const auto stats = queue.stats()[1];
  EXPECT_EQ(stats.pushed, 15U);
  EXPECT_EQ(stats.dropped, 15U - order.size());
  EXPECT_LE(stats.high_water, 6U);
}

TEST(UpdateQueue, a_stalled_lane_costs_bounded_memory_however_long) {
  UpdateQueue queue(1, 4);
  queue.push(sector(1));  // in front, and nobody takes it
  for (int i = 0; i < 10'000; ++i) push(queue, position_of(1, 50.0 + i * 1e-3));
  const auto stats = queue.stats()[1];
  EXPECT_EQ(stats.depth, 4U);
  EXPECT_EQ(stats.dropped, 10'000U - stats.depth);
}

TEST(UpdateQueue, splits_datagrams_in_a_crowd_so_that_their_positions_can_be_replaced) {
  UpdateQueue queue(1, 8);
  for (int i = 0; i < 50; ++i) push(queue, position_of(1, 50.0 + i * 0.1) + position_of(2, 60.0 + i * 0.1));
  queue.close();
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  while (const auto update = queue.pop_for(0s)) decoder.process(std::get<TextUpdate>(*update).bytes, {}, 7, out);
  ASSERT_GE(out.ais.size(), 2U);
  const auto& one = std::get<VesselReport>(out.ais[out.ais.size() - 2]);
  const auto& two = std::get<VesselReport>(out.ais[out.ais.size() - 1]);
  EXPECT_NEAR(one.position->latitude_deg(), 54.9, 1e-5);
  EXPECT_NEAR(two.position->latitude_deg(), 64.9, 1e-5);
}

TEST(UpdateQueue, sectors_wait_for_room_and_sentences_do_not_wait_for_sectors) {
  UpdateQueue queue(2, 100);
  std::jthread radar([&] {
    for (std::uint32_t i = 0; i < 500; ++i) queue.push(sector(i));
    for (int i = 0; i < 3; ++i) push(queue, safety(0));
    queue.close();
  });
  std::uint32_t next = 0;
  int messages = 0;
  while (!queue.drained()) {
    const auto update = queue.pop_for(10ms);
    if (!update) continue;
    if (const auto* s = std::get_if<PlotSector>(&*update)) {
      EXPECT_EQ(s->sector, next++);
    } else {
      ++messages;
    }
  }
  EXPECT_EQ(next, 500U);
  EXPECT_EQ(messages, 3);
  EXPECT_EQ(queue.stats()[0].dropped, 0U);
  EXPECT_LE(queue.stats()[0].high_water, 2U);
}

// More than can be worked on: four producers against a consumer that takes what it takes.
TEST(UpdateQueue, under_overload_no_safety_message_is_lost_and_each_vessel_ends_at_its_newest_position) {
  constexpr int rounds = 3000;
  constexpr std::uint32_t vessels = 20;
  UpdateQueue queue(50, 60);
  std::jthread safety_messages([&] {
    for (std::uint32_t i = 0; i < rounds; ++i) push(queue, safety(i));
  });
  std::jthread radar([&] {
    for (std::uint32_t i = 0; i < rounds; ++i) queue.push(sector(i));
  });
  std::jthread positions([&] {
    for (int i = 0; i < rounds; ++i) {
      for (std::uint32_t v = 0; v < vessels; ++v) push(queue, position_of(v, 10.0 + i * 1e-2));
    }
  });
  std::jthread closing([&] {
    safety_messages.join();
    radar.join();
    positions.join();
    queue.close();
  });
  std::map<std::string, int> safe;
  std::map<Mmsi, double> latest;
  std::uint64_t taken = 0;
  std::uint64_t sectors = 0;
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  while (true) {
    const auto update = queue.pop_for(20ms);
    if (!update) {
      if (queue.drained()) break;
      continue;
    }
    if (std::holds_alternative<PlotSector>(*update)) {
      ++sectors;
      continue;
    }
    ++taken;
    out.clear();
    decoder.process(std::get<TextUpdate>(*update).bytes, {}, 7, out);
    if (out.ais.empty()) ++safe[text_of(*update)];
    for (const auto& message : out.ais) {
      const auto& report = std::get<VesselReport>(message);
      EXPECT_GE(report.position->latitude_deg(), latest[report.mmsi]);
      latest[report.mmsi] = report.position->latitude_deg();
    }
  }
  EXPECT_EQ(sectors, static_cast<std::uint64_t>(rounds));
  EXPECT_EQ(safe.size(), static_cast<std::size_t>(rounds));
  ASSERT_EQ(latest.size(), std::size_t{vessels});
  for (const auto& [mmsi, latitude] : latest) EXPECT_NEAR(latitude, 10.0 + (rounds - 1) * 1e-2, 1e-5);
  const auto stats = queue.stats()[1];
  EXPECT_EQ(stats.pushed, static_cast<std::uint64_t>(rounds) * (vessels + 1));
  EXPECT_EQ(taken + stats.dropped, stats.pushed);
  EXPECT_LE(stats.high_water, 60U);
}

TEST(UpdateQueue, orders_keep_their_place_and_are_refused_when_too_many_wait) {
  UpdateQueue queue(10, 10);
  queue.push(sector(1));
  for (std::size_t k = 0; k < UpdateQueue::most_orders; ++k) EXPECT_TRUE(queue.push(OrderUpdate{}));
  EXPECT_FALSE(queue.push(OrderUpdate{}));
  EXPECT_TRUE(std::holds_alternative<PlotSector>(*queue.pop_for(0ms)));
  EXPECT_TRUE(std::holds_alternative<OrderUpdate>(*queue.pop_for(0ms)));
  EXPECT_TRUE(queue.push(OrderUpdate{}));
  queue.close();
  EXPECT_FALSE(queue.push(OrderUpdate{}));
}

}  // namespace
}  // namespace headland::station
