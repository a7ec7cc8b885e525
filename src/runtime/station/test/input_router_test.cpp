// SPDX-License-Identifier: Apache-2.0
// Which radar a recorded datagram belongs to.
#include "runtime/station/input_router.hpp"

#include <cstring>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/asterix/cat240.hpp"
#include "codec/share/plot_bytes.hpp"
#include "runtime/station/picture/checkpoint.hpp"

namespace headland::station {
namespace {

using testing::Contains;
using testing::Key;
using Bytes = std::vector<std::uint8_t>;

constexpr net::Endpoint radar_address{0x0A000001, 6000};
constexpr net::Endpoint spokes_a{0xEC060933, 7059};
constexpr net::Endpoint reports_a{0xEC060933, 7061};
constexpr net::Endpoint spokes_b{0xEC060935, 7062};
constexpr net::Endpoint reports_b{0xEC060935, 7064};

// A HALO frame of 32 spokes; a block of each spoke's cells is bright and 15.
Bytes frame(std::uint32_t number) {
  Bytes out{1, 0, 0, 0, 0, 32, 0, 2};
  for (std::uint32_t i = 0; i < 32; ++i) {
    const std::uint32_t c = (number * 32 + i) % 4096;
    const std::uint32_t a = 2 * (number * 32 + i) % 4096;
    const std::uint8_t head[24] = {
        24,   2,   static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(c >> 8), 0,    0x44,
        0,    4,   static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(a >> 8), 0x00, 0x80,
        0x00, 0x02};
    out.insert(out.end(), head, head + 24);
    const bool vessel = a > 1000 && a < 1030;
    for (int k = 0; k < 512; ++k) out.push_back(vessel && k >= 200 && k < 206 ? 0xFF : 0x00);
  }
  return out;
}
Bytes settings(bool doppler) {
  Bytes out(21, 0);
  out[0] = 0x08;
  out[1] = 0xC4;
  out[18] = doppler ? 1 : 0;
  return out;
}
void put_address(Bytes& out, std::size_t at, const net::Endpoint& e) {
  for (int i = 0; i < 4; ++i)
    out[at + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(e.address >> (24 - 8 * i));
  out[at + 4] = static_cast<std::uint8_t>(e.port >> 8);
  out[at + 5] = static_cast<std::uint8_t>(e.port);
}
Bytes beacon(const char* serial) {
  Bytes out(222, 0);
  out[0] = 0x01;
  out[1] = 0xB2;
  std::memcpy(&out[2], serial, std::strlen(serial));
  for (const std::size_t at : {98U, 134U}) put_address(out, at, {0xEC060A01, 7000});
  put_address(out, 88, spokes_a);
  put_address(out, 108, reports_a);
  put_address(out, 124, spokes_b);
  put_address(out, 144, reports_b);
  return out;
}

class Router : public testing::Test {
 protected:
  void begin(config::StationConfig config = {}) {
    config.chart.coastline.clear();
    router_.emplace(std::move(config), false);
  }
  void send(const net::Endpoint& to, Bytes bytes, const net::Endpoint& from = radar_address) {
    InputEvent event;
    time_s_ += 0.01;
    event.time = from_epoch_seconds(1.7e9 + time_s_);
    event.source = from;
    event.destination = to;
    event.bytes = std::move(bytes);
    router_->process(std::move(event), items_);
  }
  // Two turns and a bit.
  void send_turns(const net::Endpoint& to) {
    for (std::uint32_t i = 0; i < 140; ++i) send(to, frame(i));
  }
  std::optional<InputRouter> router_;
  std::vector<StageItem> items_;
  double time_s_ = 0.0;
};

TEST_F(Router, reports_of_the_other_range_do_not_switch_doppler) {
  begin();
  send(spokes_a, frame(0));
  send(reports_a, settings(true));
  send(reports_b, settings(false));  // same address, other group
  send_turns(spokes_a);
  const auto radars = router_->radars();
  ASSERT_EQ(radars.size(), 1U);
  EXPECT_GT(radars[0].doppler.approaching, 0U);
  EXPECT_EQ(radars[0].doppler.receding, 0U);
}

TEST_F(Router, beacons_tell_whose_reports_they_are) {
  begin();
  send({0xEC060705, 6878}, beacon("1"));
  send(spokes_b, frame(0));
  send(reports_b, settings(true));
  send(reports_a, settings(false));
  send_turns(spokes_b);
  EXPECT_GT(router_->radars().at(0).doppler.approaching, 0U);
}

TEST_F(Router, without_doppler_on_a_strong_echo_is_only_strong) {
  begin();
  send_turns(spokes_a);
  EXPECT_GT(router_->radars().at(0).plots, 0U);
  EXPECT_EQ(router_->radars().at(0).doppler.plots, 0U);
}

TEST_F(Router, radars_configured_by_serial_and_channel_are_told_by_their_beacon) {
  config::StationConfig config;
  for (const char* name : {"long", "short", "other"}) {
    config::RadarSection section;
    section.name = name;
    section.protocol = "navico";
    section.serial = std::string(name) == "other" ? "2" : "1";
    section.channel = std::string(name) == "long" ? "B" : "A";
    config.radars.push_back(section);
  }
  begin(config);
  send({0xEC060705, 6878}, beacon("1"));
  send(spokes_b, frame(0));
  send(spokes_a, frame(0));
  const auto radars = router_->radars();
  ASSERT_EQ(radars.size(), 2U);
  EXPECT_EQ(radars[0].id, SensorId(1));
  EXPECT_EQ(radars[0].sensor, "long");
  EXPECT_EQ(radars[1].id, SensorId(2));
  EXPECT_EQ(radars[1].sensor, "short");
}

TEST_F(Router, every_group_of_spokes_is_a_radar_of_its_own) {
  begin();
  send(spokes_a, frame(0));
  send(spokes_b, frame(0));
  send(spokes_a, frame(1));
  const auto radars = router_->radars();
  ASSERT_EQ(radars.size(), 2U);
  EXPECT_EQ(radars[0].sensor, "radar1");
  EXPECT_EQ(radars[0].spokes, 64U);
  EXPECT_EQ(radars[1].sensor, "radar2");
}

TEST_F(Router, more_groups_than_are_taken_are_counted_not_kept) {
  begin();
  for (std::uint32_t i = 0; i < 40; ++i) send({0xEF000001 + i, 7000}, frame(0));
  EXPECT_EQ(router_->radars().size(), 32U);
  EXPECT_EQ(router_->rejected().at("datagram: of more radars than are taken"), 8U);
}

TEST_F(Router, rubbish_makes_no_radar) {
  begin();
  send(spokes_a, {0xF0, 0x00, 0x05, 0x80, 0x00});  // a CAT240 block without a message that can be read
  send(spokes_a, Bytes(100, 0xAA));
  send(spokes_a, {});
  EXPECT_TRUE(router_->radars().empty());
  EXPECT_THAT(router_->rejected(), Contains(Key("asterix-240: no video message in it")));
  EXPECT_EQ(router_->rejected().at("datagram: not understood"), 2U);
  EXPECT_TRUE(items_.empty());
}

TEST_F(Router, text_of_two_senders_goes_to_two_streams) {
  begin();
  const std::string text = "$HEHDT,120.0,T*2B\r\n";
  const Bytes bytes(text.begin(), text.end());
  send({0x7F000001, 10110}, bytes, {0x0A000002, 1});
  send({0x7F000001, 10110}, bytes, {0x0A000003, 1});
  send({0x7F000001, 10110}, bytes, {0x0A000002, 1});
  ASSERT_EQ(items_.size(), 3U);
  const auto stream = [&](std::size_t i) { return std::get<StageItem::Text>(items_[i].what).stream; };
  EXPECT_EQ(stream(0), stream(2));
  EXPECT_NE(stream(0), stream(1));
}

TEST_F(Router, a_journal_without_its_beginning_is_counted_and_gives_nothing) {
  begin();
  InputEvent event;
  event.kind = InputKind::journal;
  event.entry_kind = journal::EntryKind::datagram;
  event.stream = 1;
  event.bytes = frame(0);
  router_->process(event, items_);
  event.entry_kind = journal::EntryKind::checkpoint;
  event.bytes = {1, 2, 3};
  router_->process(event, items_);
  EXPECT_TRUE(items_.empty());
  EXPECT_THAT(router_->rejected(), Contains(Key("journal: entries before the first checkpoint")));
  EXPECT_THAT(router_->rejected(), Contains(Key("journal: checkpoint of another version")));
}

// A session of one CAT240 radar: its video from the beginning, one gap note, then the plots that the station made.
std::uint64_t plots_compared_behind(journal::GapCause cause, std::map<std::string, std::uint64_t>& rejected) {
  config::StationConfig config;
  config.radars.resize(1);
  config.chart.coastline.clear();
  InputRouter router({}, false);
  std::vector<StageItem> out;
  const auto enter = [&](journal::EntryKind kind, std::uint16_t stream, Bytes bytes) {
    InputEvent event;
    event.kind = InputKind::journal;
    event.time = from_epoch_seconds(1'700'000'000.0);
    event.entry_kind = kind;
    event.stream = stream;
    event.bytes = std::move(bytes);
    router.process(std::move(event), out);
  };
  enter(journal::EntryKind::checkpoint, 0, encode(Checkpoint{true, config::to_toml(config), {}}));
  RadarChain chain(config.radars[0], SensorId(1));
  RadarOutput made;
  for (std::uint32_t i = 0; i < 512; ++i) {
    const std::vector<std::uint8_t> cells(64, 20);
    asterix::Cat240Video video;
    video.sequence = i;
    video.start_azimuth = static_cast<std::uint16_t>(i * 256);
    video.end_azimuth = static_cast<std::uint16_t>((i + 1) * 256);
    video.cell_duration_fs = 66'666'667;
    video.cell_count = 64;
    video.cells = cells;
    Bytes bytes;
    EXPECT_TRUE(asterix::encode_video(video, asterix::CellDurationItem::femto, bytes));
    chain.process(from_epoch_seconds(1'700'000'000.0), bytes, made);
    enter(journal::EntryKind::datagram, 1, bytes);
  }
  EXPECT_FALSE(made.sectors.empty());
  enter(journal::EntryKind::gap, 1, journal::encode(journal::GapNote{cause, 0, 7, 100}));
  Bytes plots;
  share::encode_plots(made.sectors.at(0), plots);
  enter(journal::EntryKind::plots, 1, plots);
  rejected = router.rejected();
  return router.plots_compared();
}

TEST(InputRouter, what_was_lost_before_the_station_had_it_leaves_the_recording_whole) {
  std::map<std::string, std::uint64_t> rejected;
  EXPECT_EQ(plots_compared_behind(journal::GapCause::kernel_buffer, rejected), 1U);
  EXPECT_EQ(rejected.at("journal: datagrams dropped by the kernel"), 7U);
  EXPECT_EQ(plots_compared_behind(journal::GapCause::superseded, rejected), 1U);
  EXPECT_EQ(rejected.at("journal: texts superseded in a full queue"), 7U);
  EXPECT_EQ(plots_compared_behind(journal::GapCause::write_failed, rejected), 0U) << "this the station had";
}

}  // namespace
}  // namespace headland::station
