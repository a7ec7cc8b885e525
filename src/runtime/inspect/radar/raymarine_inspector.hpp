// SPDX-License-Identifier: Apache-2.0
// Raymarine radars in datagrams: one stream a radar, with its states and beacons and what plotters tell it.
#pragma once

#include <map>
#include <optional>

#include "codec/raymarine/quantum.hpp"
#include "codec/raymarine/rd.hpp"
#include "runtime/inspect/radar/radar_stream.hpp"

namespace headland::inspect {

class RaymarineInspector {
 public:
  // False: this is nothing of a Raymarine radar.
  bool add(const Piece& piece);
  void report(std::vector<StreamReport>& out) const;
  // What a plotter last told a radar.
  [[nodiscard]] const std::optional<PositionReport>& position() const { return position_; }

 private:
  enum class Kind : std::uint8_t { unknown, quantum, rd };
  struct Radar : RadarStream {
    Kind kind = Kind::unknown;
    raymarine::QuantumRange quantum_range;
    std::optional<double> rd_range_m;
    std::optional<std::uint16_t> last_number;  // sequence, or azimuth of an RD
  };

  bool add_quantum(const Piece& piece);
  bool add_rd(const Piece& piece);
  bool add_beacon(const Piece& piece);
  bool add_navigation(const Piece& piece);
  bool add_other(const Piece& piece);
  static void add_spoke(const raymarine::QuantumSpoke& spoke, Timestamp time, Radar& radar);
  static void add_spoke(const raymarine::RdSpoke& spoke, Timestamp time, Radar& radar);

  std::map<std::uint32_t, Radar> radars_;  // by address
  std::optional<PositionReport> position_;
};

}  // namespace headland::inspect
