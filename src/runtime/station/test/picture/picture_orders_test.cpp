// SPDX-License-Identifier: Apache-2.0
// What operators order about tracks, through the whole node.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/share/client_message.hpp"
#include "runtime/station/picture/picture_chain.hpp"
#include "runtime/station/track_orders.hpp"

namespace headland::station {
namespace {

using testing::HasSubstr;

const GeoPosition site = GeoPosition::from_degrees(50.0, -1.0);

Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }
Timestamp end_of(std::uint32_t turn) { return at(2.5 * turn + 2.5); }

// A whole turn with a vessel at rest east and, where wanted, one west.
PlotSector turn(std::uint32_t number, bool west = false) {
  PlotSector s;
  s.sensor = SensorId(1);
  s.turn = number;
  s.began = at(2.5 * number);
  s.ended = end_of(number);
  s.range_max = Metres(20'000.0);
  for (const double degrees : {90.0, 270.0}) {
    if (degrees > 180.0 && !west) continue;
    Plot& p = s.plots.emplace_back();
    p.time = at(2.5 * number + 2.5 * degrees / 360.0);
    p.range = Metres(5000.0 + (number % 3 == 0 ? 4.0 : -2.0));
    p.bearing = Bearing::from_degrees(degrees);
    p.range_deviation = Metres(8.0);
    p.bearing_deviation = from_degrees(0.3);
    p.strength = Decibels(20.0);
    p.cell_count = 12;
  }
  return s;
}

PictureChainConfig one_radar() {
  PictureChainConfig config;
  config.fixed_sites[SensorId(1)] = site;
  return config;
}

std::shared_ptr<const Picture> run(PictureChain& chain, std::uint32_t from, std::uint32_t to, bool west = false) {
  PictureOutput out;
  for (std::uint32_t i = from; i < to; ++i) {
    chain.process(turn(i, west), out);
    chain.process_tick(end_of(i), out);
  }
  return out.published->picture;
}

const SystemTrack* find(const Picture& picture, SystemTrackId id) {
  const auto found = std::ranges::find(picture.tracks, id, &SystemTrack::id);
  return found == picture.tracks.end() ? nullptr : &*found;
}

TrackOrder order(TrackAction action, SystemTrackId track, std::string name = {}) {
  TrackOrder o;
  o.action = action;
  o.track = track;
  o.name = std::move(name);
  o.who = "Anna";
  return o;
}

TEST(PictureOrders, a_name_is_shown_with_who_gave_it_until_it_is_taken_off) {
  PictureChain chain(one_radar());
  const auto picture = run(chain, 0, 10);
  ASSERT_EQ(picture->tracks.size(), 1U);
  const auto id = picture->tracks[0].id;
  const auto version = picture->tracks[0].attribute_version;
  PictureOutput out;
  EXPECT_EQ(chain.process(order(TrackAction::rename, id, "Pilot"), at(26), out).fault, "");
  const auto named = run(chain, 10, 12);
  ASSERT_TRUE(named->tracks[0].operator_name);
  EXPECT_EQ(named->tracks[0].operator_name->name, "Pilot");
  EXPECT_EQ(named->tracks[0].operator_name->who, "Anna");
  EXPECT_EQ(named->tracks[0].operator_name->given, at(26));
  EXPECT_GT(named->tracks[0].attribute_version, version) << "pages are not told";
  EXPECT_EQ(chain.process(order(TrackAction::rename, id), at(31), out).fault, "");
  EXPECT_FALSE(run(chain, 12, 13)->tracks[0].operator_name);
  EXPECT_EQ(chain.counters().orders, 2U);
}

TEST(PictureOrders, what_is_not_there_or_not_of_radar_is_refused_with_the_reason) {
  PictureChain chain(one_radar());
  run(chain, 0, 10);
  PictureOutput out;
  EXPECT_THAT(chain.process(order(TrackAction::drop, SystemTrackId(77)), at(26), out).fault,
              HasSubstr("no radar track"));
  EXPECT_THAT(chain.process(order(TrackAction::rename, SystemTrackId(77), "x"), at(26), out).fault,
              HasSubstr("no radar track or AIS station"));
  TrackOrder far = order(TrackAction::initiate, {});
  far.place = GeoPosition::from_degrees(-50.0, 170.0);
  EXPECT_THAT(chain.process(far, at(26), out).fault, HasSubstr("too far"));
  EXPECT_EQ(chain.counters().orders_refused, 3U);
  EXPECT_TRUE(out.tracks.empty());
}

TEST(PictureOrders, a_dropped_track_leaves_the_picture_and_says_why) {
  PictureChain chain(one_radar());
  const auto id = run(chain, 0, 10)->tracks.at(0).id;
  PictureOutput out;
  EXPECT_EQ(chain.process(order(TrackAction::drop, id), at(26), out).fault, "");
  ASSERT_EQ(out.tracks.size(), 1U);
  EXPECT_EQ(out.tracks[0].stage, TrackStage::ended);
  EXPECT_EQ(find(*run(chain, 10, 20), id), nullptr);
  ASSERT_TRUE(chain.story_of(id));
  EXPECT_THAT(tracking::sentence(TrackId(id.value()), *chain.story_of(id)), HasSubstr("operator"));
}

TEST(PictureOrders, a_track_begun_by_hand_lies_where_somebody_pointed_and_is_held_by_plots) {
  PictureChain chain(one_radar());
  run(chain, 0, 4);
  TrackOrder begin = order(TrackAction::initiate, {}, "yacht");
  begin.place = GeoPosition::from_degrees(50.0, -1.0698);  // 5 km west, near enough
  PictureOutput out;
  const auto reply = chain.process(begin, at(10.5), out);
  ASSERT_EQ(reply.fault, "");
  ASSERT_EQ(out.tracks.size(), 1U);
  EXPECT_EQ(out.tracks[0].stage, TrackStage::confirmed);
  const auto picture = run(chain, 4, 14, true);
  const auto* track = find(*picture, reply.track);
  ASSERT_NE(track, nullptr);
  EXPECT_NEAR(range_bearing(site, track->position).range.value(), 5000.0, 30.0);
  EXPECT_EQ(track->operator_name->name, "yacht");
}

TEST(PictureOrders, no_track_begins_in_an_area_given_in_degrees) {
  auto config = one_radar();
  const auto corner = [](double lat, double lon) { return GeoPosition::from_degrees(lat, lon); };
  config.no_initiation = {{corner(49.9, -1.2), corner(50.1, -1.2), corner(50.1, -1.01), corner(49.9, -1.01)}};
  PictureChain chain(config);
  EXPECT_EQ(run(chain, 0, 20, true)->tracks.size(), 1U);  // the one in the east
  PictureChain again(config);
  ASSERT_TRUE(again.restore(chain.snapshot()));
  EXPECT_EQ(run(again, 20, 40, true)->tracks.size(), 1U) << "forgotten over a restart";
  EXPECT_GT(again.tracker_counters().plots_in_no_area, 10U);
}

TEST(PictureOrders, the_same_orders_give_the_same_state_and_a_restart_keeps_it_bit_for_bit) {
  const auto ordered = [](PictureChain& chain) {
    const auto id = run(chain, 0, 10, true)->tracks.at(0).id;
    PictureOutput out;
    TrackOrder begin = order(TrackAction::initiate, {});
    begin.place = GeoPosition::from_degrees(50.03, -1.031);
    begin.deviation = Metres(123.4);
    for (const TrackOrder& o : {order(TrackAction::rename, id, "Pilot"), begin}) {
      // As it goes through the journal.
      const auto text = share::order_text(o);
      const auto kept = track_order_in({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
      ASSERT_TRUE(kept);
      EXPECT_EQ(share::order_text(*kept), text);
      EXPECT_EQ(chain.process(*kept, at(26), out).fault, "");
    }
    run(chain, 10, 12, true);
  };
  PictureChain one(one_radar());
  PictureChain other(one_radar());
  ordered(one);
  ordered(other);
  const auto bytes = one.snapshot();
  EXPECT_EQ(bytes, other.snapshot());
  PictureChain restored(one_radar());
  ASSERT_TRUE(restored.restore(bytes));
  EXPECT_EQ(restored.snapshot(), bytes);
  const auto a = run(one, 12, 30, true);
  const auto b = run(restored, 12, 30, true);
  EXPECT_EQ(one.snapshot(), restored.snapshot());
  ASSERT_EQ(a->tracks.size(), b->tracks.size());
  EXPECT_EQ(b->tracks[0].operator_name->name, "Pilot");
}

}  // namespace
}  // namespace headland::station
