// SPDX-License-Identifier: Apache-2.0
// What is declared of a system decides what its tracks are.
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "codec/asterix/test/sample_track.hpp"
#include "runtime/station/sources/remote_source.hpp"

namespace headland::station {
namespace {

TEST(RemoteSource, TakesTracksOfASystemThatWatchesTheAirForAircraft) {
  const LocalFrame frame{GeoPosition::from_degrees(50.7, -1.1)};
  const auto sent = test::sent_tracks(std::vector{test::sample_track()}, {25, 100, 1400});
  RemoteSourceConfig config;
  config.streams[5].watches = Watches::air;
  config.streams[6].watches = Watches::sea;
  RemoteSource source(config);
  std::vector<RemoteTrack> tracks;
  for (const std::uint16_t stream : {std::uint16_t{4}, std::uint16_t{5}, std::uint16_t{6}}) {
    source.process(stream, test::sample_track().time, sent[0], frame, true, tracks);
  }
  nmea::RadarTarget spoken;
  spoken.position = frame.origin();
  source.process(5, spoken, ais::OwnShip(), frame, tracks);
  ASSERT_EQ(tracks.size(), 4U);
  EXPECT_EQ(tracks[0].kind, RemoteKind::vessel);
  EXPECT_FALSE(tracks[0].kind_declared);
  EXPECT_EQ(tracks[1].kind, RemoteKind::aircraft);
  EXPECT_EQ(tracks[2].kind, RemoteKind::vessel);
  EXPECT_TRUE(tracks[2].kind_declared);
  EXPECT_EQ(tracks[3].kind, RemoteKind::aircraft);
  // Before all others what is said of its code.
  config.systems[25 << 8 | 100].watches = Watches::sea;
  tracks.clear();
  RemoteSource(config).process(5, test::sample_track().time, sent[0], frame, true, tracks);
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].kind, RemoteKind::vessel);
}

}  // namespace
}  // namespace headland::station
