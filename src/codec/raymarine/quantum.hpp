// SPDX-License-Identifier: Apache-2.0
// Raymarine Quantum: spokes and states to the group its beacon names (2574 is usual), heading and course from a
// plotter to the radar. Numbers little-endian.
//
// Spoke:
//    0   03 00 28 00  QQ QQ xx xx     Q sequence number, +1 a spoke
//    8   NN NN TT TT  xx xx RR RR     N cells; T spokes a turn (250); R so many cells cover the range
//   16   AA AA LL LL                  A azimuth, 0 .. T - 1, T/2 is the bow; L length of what follows
//   20   cells of 8 bits, packed (packing.hpp)
//   Ordinary echoes end at 253 (recorded: none at 254 or 255 without Doppler, thousands at 253); 254 is going
//   away, 255 approaching.
//
// Status, 260 bytes (others may follow in the datagram):
//    0   02 00 28 00  SS              S 0 standby, 1 transmits
//   14   BB BB                        bearing offset, i16, 0.1 deg
//   20   NN MM                        N range number; M mode: 0 harbour, 1 coastal, 2 offshore, 3 weather
//   22   8 bytes for each of 4 modes: gain automatic, gain, colour gain automatic, colour gain, sea automatic, sea,
//        rain on, rain (gain, sea and rain seen to change in a recording of just that)
//   17   interference rejection, 0 .. 5; 54 target expansion (known from open implementations)
//  148   20 ranges, u32, 1/1000 nautical mile, whole 1/32 rounded (31 is 1/32, 63 is 1/16)
//
// A new range is in the status at once, in the spokes up to a turn later: see QuantumRange.
//
// Navigation, plotter to radar:
//    0   20 00 28 00  FF FF FF FF     F 01 heading, 02 speed through water, 04 course, 08 speed, 10 position
//    8   heading i32, 0.0001 rad; 16 course i32, 0.0001 rad; 20 speed i32, 0.1 m/s; 24 latitude, 28 longitude i32,
//        1e-7 deg
#pragma once

#include <cstdint>
#include <optional>

#include "codec/raymarine/fault.hpp"
#include "core/base/expected.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"
#include "core/video/settings.hpp"
#include "core/video/spoke.hpp"

namespace headland::raymarine {

inline constexpr std::uint32_t quantum_spoke_type = 0x280003;
inline constexpr std::uint32_t quantum_status_type = 0x280002;
inline constexpr std::uint32_t quantum_navigation_type = 0x280020;

struct QuantumSpoke {
  std::uint16_t sequence = 0;
  std::uint16_t cells = 0;
  std::uint16_t spokes_per_turn = 0;
  std::uint16_t cells_per_range = 0;
  std::uint16_t azimuth = 0;  // spokes_per_turn / 2 is the bow
  Bytes packed;               // known to hold so many cells
};

struct Control {
  bool automatic = false;  // of rain: on
  std::uint8_t value = 0;  // 0 .. 100
};
struct QuantumStatus {
  std::uint8_t state = 0;  // 0 standby, 1 transmits
  double bearing_offset_deg = 0.0;
  std::uint8_t range_number = 0;
  double range_m = 0.0;
  std::uint8_t mode = 0;
  Control gain;  // of that mode, as the two below; as they are 0 for a mode that is not known
  Control sea;
  Control rain;
  std::uint8_t interference_rejection = 0;
  std::uint8_t target_expansion = 0;
};
[[nodiscard]] VideoSettings settings_of(const QuantumStatus& status);

struct QuantumNavigation {
  std::optional<double> heading_rad;
  std::optional<double> course_rad;
  std::optional<double> speed_mps;
  std::optional<GeoPosition> position;
};

// By their first word, and long enough for it.
bool is_quantum_spoke(Bytes datagram);
bool is_quantum_status(Bytes datagram);
bool is_quantum_navigation(Bytes datagram);

Expected<QuantumSpoke, Fault> read_quantum_spoke(Bytes datagram);
Expected<QuantumStatus, Fault> read_quantum_status(Bytes datagram);
Expected<QuantumNavigation, Fault> read_quantum_navigation(Bytes datagram);

// The range of the spokes. After a status with a new one the old one holds until the number of cells changes, or
// for one turn at most.
class QuantumRange {
 public:
  void note(const QuantumStatus& status);
  // Size of the cells of a spoke; nothing before the first status.
  std::optional<double> cell_m(const QuantumSpoke& spoke);

 private:
  std::optional<double> range_m_;  // in force
  std::optional<double> next_m_;
  std::uint32_t spokes_waited_ = 0;
  std::uint16_t cells_ = 0;
  std::uint16_t cells_per_range_ = 0;
};

// Whether a spoke can join the block.
bool fits_quantum(const SpokeBlock& block);
// Appends a spoke, bearing from the bow, Doppler cells marked. Does not touch sensor, site and gap.
void append_spoke(const QuantumSpoke& spoke, double cell_m, Timestamp time, SpokeBlock& block);

// Spokes lost between two sequence numbers, modulo 65536.
constexpr std::uint32_t spokes_lost(std::uint16_t before, std::uint16_t now) {
  return static_cast<std::uint16_t>(now - before - 1U);
}

}  // namespace headland::raymarine
