// SPDX-License-Identifier: Apache-2.0
// A Furuno DRS radar: frames of spokes with or without heading, and the announcement that names the model. Of a
// radar that shows two ranges the first is taken; the spokes of the second are counted.
#pragma once

#include <optional>
#include <utility>

#include "codec/furuno/frame.hpp"
#include "core/video/heading_hold.hpp"
#include "runtime/station/sources/frame_pacer.hpp"
#include "runtime/station/sources/maker_source.hpp"

namespace headland::station {

inline constexpr std::string_view furuno_protocol = "furuno-drs";

class FurunoSource final : public MakerSource {
 public:
  explicit FurunoSource(RadarDecoderConfig config) : MakerSource(std::move(config), std::string(furuno_protocol)) {}
  void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) override;

 private:
  void read_frame(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out);
  [[nodiscard]] std::optional<std::uint16_t> heading_of(const furuno::Spoke& spoke, Timestamp time);
  void follow_step(std::uint16_t angle);

  furuno::Memory memory_;
  std::optional<std::uint8_t> last_sequence_;
  std::uint32_t lost_spokes_ = 0;  // since the last frame of the first range
  FramePacer pacer_{std::chrono::milliseconds(3), std::chrono::milliseconds(250)};
  std::optional<std::uint16_t> last_angle_;
  std::optional<std::uint16_t> last_heading_;  // other than 0, but for zeros away from north
  Timestamp heading_told_;
  HeadingHold hold_;
  double step_ = 0.0;  // of the angle from spoke to spoke, smoothed; 0 = not known
};

}  // namespace headland::station
