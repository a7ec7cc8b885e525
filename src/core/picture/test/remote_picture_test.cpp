// SPDX-License-Identifier: Apache-2.0
#include "core/picture/remote_picture.hpp"

#include <gtest/gtest.h>

#include "core/picture/test/ferry.hpp"

namespace headland::picture::test {
namespace {

// The ferry as another system sees it: sure of north.
RemoteTrack ferry_of_others(double s) {
  RemoteTrack t;
  t.origin = {1, 0x0102};
  t.number = 40;
  t.time = t.received = at(s);
  t.position = ferry_at(s);
  t.velocity = EastNorthVelocity{MetresPerSecond(5.0), MetresPerSecond(0.0)};
  t.covariance[0] = 1e4;
  t.covariance[5] = 1.0;
  t.covariance[10] = t.covariance[15] = 0.2;
  t.covariance_stated = true;
  return t;
}

TEST(RemotePictureTest, SharesOfAllContributionsAreOneTogether) {
  PictureBuilder b{PictureConfig{}, frame};
  RemotePicture remote{fusion::RemoteFuserConfig{}};
  PublishedPicture p;
  for (double s = 0; s < 120; s += 2.5) {
    feed_both(b, 7, s, s + 2.5);
    remote.process(ferry_of_others(s));
    p = remote.apply(b.publish(at(s)), std::vector<Track>{radar_track(7, ferry_at(s), s)}, frame);
  }
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  const SystemTrack& t = p.picture->tracks[0];
  ASSERT_EQ(t.contributions.size(), 3U);  // radar, AIS, the other system
  double position = 0.0, velocity = 0.0;
  for (const Contribution& c : t.contributions) {
    position += c.position_weight;
    velocity += c.velocity_weight;
  }
  EXPECT_NEAR(position, 1.0, 1e-9);
  EXPECT_NEAR(velocity, 1.0, 1e-9);
  const Contribution& theirs = t.contributions.back();
  EXPECT_GT(theirs.position_weight, 0.1);
  EXPECT_EQ(theirs.position_weight, theirs.remote.weight);
}

TEST(RemotePictureTest, WhatOneSystemAloneSeesIsAllItsOwn) {
  PictureBuilder b{PictureConfig{}, frame};
  RemotePicture remote{fusion::RemoteFuserConfig{}};
  remote.process(ferry_of_others(0.0));
  const PublishedPicture p = remote.apply(b.publish(at(0.0)), {}, frame);
  ASSERT_EQ(p.picture->tracks.size(), 1U);
  EXPECT_EQ(p.picture->tracks[0].contributions.at(0).position_weight, 1.0);
  EXPECT_EQ(p.picture->tracks[0].contributions.at(0).velocity_weight, 1.0);
}

}  // namespace
}  // namespace headland::picture::test
