// SPDX-License-Identifier: Apache-2.0
// What the page is sent, over a socket of its own.
#include "runtime/station/output/publisher.hpp"

#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "io/web/test/raw_client.hpp"

namespace headland::station {
namespace {

const Timestamp start = from_epoch_seconds(1'700'000'000.0);
Timestamp at(double s) { return start + to_duration(Seconds(s)); }

std::vector<std::uint8_t> sentence(const std::string& body) {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  const auto text = fmt::format("${}*{:02X}\r\n", body, sum);
  return {text.begin(), text.end()};
}

VideoBatch batch(SensorId sensor, BearingReference reference) {
  VideoBatch b;
  b.sensor = sensor;
  b.reference = reference;
  b.time = at(3.0);
  b.first_azimuth = 1000;
  b.azimuths_per_turn = 1024;
  b.spokes = 1;
  b.spokes_in = 1;
  b.cells = 4;
  b.range_start = Metres(100.0);
  b.cell_size = Metres(10.0);
  b.amplitudes = {1, 50, 200, 7};
  return b;
}

// What follows the header of a frame, inflated where the flag says so.
std::vector<std::uint8_t> content_of(const std::string& frame) {
  std::vector<std::uint8_t> packed(frame.begin() + share::frame_header_bytes, frame.end());
  if ((frame.at(1) & share::flag_deflated) == 0) return packed;
  std::vector<std::uint8_t> out(4096);
  z_stream z{};
  EXPECT_EQ(inflateInit2(&z, -MAX_WBITS), Z_OK);
  z.next_in = packed.data();
  z.avail_in = static_cast<uInt>(packed.size());
  z.next_out = out.data();
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  inflateEnd(&z);
  return out;
}

class PublisherTest : public testing::Test {
 protected:
  PublisherTest() {
    config_.web.port = 0;
    chain_config_.variation[SensorId(1)] = Angle::from_degrees(45.0);
    chain_config_.variation[SensorId(3)] = Angle::from_degrees(-45.0);
  }
  // The first azimuth of the next video frame.
  std::optional<unsigned> first_azimuth(web::test::RawClient& page) {
    while (auto frame = page.frame()) {
      if (frame->type() != static_cast<int>(share::FrameType::spokes)) continue;
      const auto content = content_of(frame->payload);
      return content.at(0) + 256U * content.at(1);
    }
    return std::nullopt;
  }

  PublisherConfig config_;
  PictureChainConfig chain_config_;
  health::Health health_;
  health::Metrics metrics_;
};

TEST_F(PublisherTest, video_of_each_radar_is_turned_as_its_plots_are) {
  Publisher publisher(config_, health_, metrics_);
  const auto port = publisher.start();
  ASSERT_TRUE(port);
  PictureChain chain(chain_config_);
  PictureOutput output;
  for (int i = 0; i < 4; ++i) {
    chain.process(1000, at(i), sentence("GPGLL,5000.000,N,00100.000,W,120000,A,A"), output);
    chain.process(1000, at(i), sentence("HCHDG,90.0,,,,"), output);
  }
  const std::vector<VideoBatch> video{batch(SensorId(1), BearingReference::head_up),
                                      batch(SensorId(2), BearingReference::head_up),
                                      batch(SensorId(3), BearingReference::magnetic_north)};
  publisher.publish_video(video);  // now it knows of the radars
  publisher.on_output(at(3.0), output, chain);
  web::test::RawClient page(*port);
  ASSERT_TRUE(page.upgrade());
  while (publisher.clients() == 0) std::this_thread::yield();
  publisher.publish_video(video);
  EXPECT_EQ(first_azimuth(page), (1000U + 256U + 128U) % 1024);
  EXPECT_EQ(first_azimuth(page), (1000U + 256U) % 1024);
  EXPECT_EQ(first_azimuth(page), 1000U - 128U);
  page.end_sending();
}

}  // namespace
}  // namespace headland::station
