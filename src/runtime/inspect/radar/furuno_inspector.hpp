// SPDX-License-Identifier: Apache-2.0
// Furuno radars in datagrams: one stream a radar and range, with its announcements.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>

#include "codec/furuno/frame.hpp"
#include "runtime/inspect/radar/radar_stream.hpp"

namespace headland::inspect {

class FurunoInspector {
 public:
  // False: this is nothing of a Furuno radar. Wrapped sentences are not looked at here.
  bool add(const Piece& piece);
  void report(std::vector<StreamReport>& out) const;

 private:
  struct Range {
    RadarStream stream;
    furuno::Memory memory;
  };
  struct Device {
    std::string model;
    std::optional<std::uint8_t> last_sequence;
    std::array<Range, 2> ranges;  // A and B
  };
  void add_frame(const Piece& piece, Device& device);

  std::map<std::uint32_t, Device> devices_;  // by address
};

}  // namespace headland::inspect
