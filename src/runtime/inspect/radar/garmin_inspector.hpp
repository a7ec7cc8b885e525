// SPDX-License-Identifier: Apache-2.0
// Garmin radars in datagrams: one stream a radar, with its reports and heartbeats.
#pragma once

#include <map>
#include <optional>

#include "runtime/inspect/radar/radar_stream.hpp"

namespace headland::inspect {

class GarminInspector {
 public:
  // False: this is nothing of a Garmin radar.
  bool add(const Piece& piece);
  void report(std::vector<StreamReport>& out) const;

 private:
  struct Radar : RadarStream {
    std::optional<std::uint16_t> last_angle;
  };
  std::map<std::uint32_t, Radar> radars_;  // by address
};

}  // namespace headland::inspect
