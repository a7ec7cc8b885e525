// SPDX-License-Identifier: Apache-2.0
// From CAT240 messages to spokes and back: amplitudes, azimuths, times, losses.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "codec/asterix/cat240.hpp"
#include "core/base/time.hpp"
#include "core/video/spoke.hpp"

namespace headland::asterix {

// Whether the spoke can join the block: same format and resolution, or the block is empty.
bool fits(const Cat240Video& video, const SpokeBlock& block);

// Whether the message carries on the last spoke of the block: same azimuths and cell size, first cell
// right behind the last one (radars split long spokes into several messages). Equal azimuths state no width: then any
// width of the spoke will do.
bool continues(const Cat240Video& video, const SpokeBlock& block);

struct Appended {
  std::uint32_t lossy_cells = 0;  // 32-bit cells whose low 16 bits were not 0
};

// Appends the message as a spoke (or to the last spoke, see continues) to a block that it fits;
// the first one sets format and resolution. Amplitudes of 1, 2 and 4 bits are spread so that the
// largest becomes 255; of 32 bits the high 16 are kept. The bearing is the middle of start and end
// azimuth the short way round; equal azimuths: width 0, bearing
// that azimuth. `time` is given by the caller (see resolve_time_of_day). Does not touch sensor, site,
// reference and gap of the block.
Appended append_spoke(const Cat240Video& video, Timestamp time, SpokeBlock& block);

// The instant nearest to `near` (a datagram's reception time, within 12 hours) that has this time of
// day: right on both sides of midnight. Resolution 1/128 s.
Timestamp resolve_time_of_day(std::uint32_t time_of_day, Timestamp near);
// 1/128 s since midnight UTC of `t`, rounded down.
std::uint32_t time_of_day_of(Timestamp t);

// Packs amplitudes for encode_video: 8-bit cells to 1, 2, 4 or 8 bits (the high bits are kept), 16-bit
// cells to 16 or 32 (the high half). Appends to `out`.
void pack_cells(std::span<const std::uint8_t> cells, std::uint8_t bits, std::vector<std::uint8_t>& out);
void pack_cells(std::span<const std::uint16_t> cells, std::uint8_t bits, std::vector<std::uint8_t>& out);

// What the message counter says of losses.
class SequenceCheck {
 public:
  enum class Step : std::uint8_t { first, next, lost, repeated, restarted };
  struct Result {
    Step step = Step::first;
    std::uint32_t missing = 0;  // messages, where step is lost
  };
  // A jump ahead of up to 65535 is a loss; one back of up to 64, or none, a repeated or late message,
  // which does not move the counter; any other jump, and the eighth such message in a row (a counter
  // that stands still), means that the sender began anew.
  Result check(std::uint32_t sequence);

 private:
  std::optional<std::uint32_t> last_;
  std::uint32_t repeated_in_a_row_ = 0;
};

}  // namespace headland::asterix
