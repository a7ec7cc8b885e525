// SPDX-License-Identifier: Apache-2.0
// A Garmin xHD radar: one spoke a datagram, head-up, losses told by the angle.
#pragma once

#include <optional>
#include <utility>

#include "runtime/station/sources/maker_source.hpp"

namespace headland::station {

inline constexpr std::string_view garmin_protocol = "garmin-xhd";

class GarminSource final : public MakerSource {
 public:
  explicit GarminSource(RadarDecoderConfig config) : MakerSource(std::move(config), std::string(garmin_protocol)) {}
  void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) override;

 private:
  std::optional<std::uint16_t> last_angle_;
};

}  // namespace headland::station
