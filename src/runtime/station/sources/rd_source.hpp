// SPDX-License-Identifier: Apache-2.0
// A Raymarine RD radome: frames of spokes, head-up; its range is in the status that comes on the same group.
#pragma once

#include <optional>
#include <utility>

#include "codec/raymarine/rd.hpp"
#include "runtime/station/sources/frame_pacer.hpp"
#include "runtime/station/sources/maker_source.hpp"

namespace headland::station {

inline constexpr std::string_view rd_protocol = "raymarine-rd";

class RdSource final : public MakerSource {
 public:
  explicit RdSource(RadarDecoderConfig config) : MakerSource(std::move(config), std::string(rd_protocol)) {}
  void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) override;

 private:
  void read_frame(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out);
  void leave_out(const raymarine::RdSpoke& spoke);

  raymarine::RdRange range_;
  std::optional<std::uint16_t> last_azimuth_;
  FramePacer pacer_{std::chrono::microseconds(1260), std::chrono::milliseconds(250)};
};

}  // namespace headland::station
