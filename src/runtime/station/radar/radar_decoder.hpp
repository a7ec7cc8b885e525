// SPDX-License-Identifier: Apache-2.0
// From the datagrams of one radar to blocks of spokes, whatever it speaks: resolves times, bearings
// and losses. Output is a function of the datagrams and their times alone.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/video/settings.hpp"
#include "core/video/spoke.hpp"

namespace headland::station {

struct RadarDecoderConfig {
  SensorId sensor;
  std::string protocol = "asterix-240";  // or "navico", "garmin-xhd", "furuno-drs", …
  // What the radar's zero means; absent: as the protocol says (CAT240: true north).
  std::optional<BearingReference> reference;
  Angle bearing_offset;
  Metres range_offset;
  std::uint32_t block_spokes = 32;
  Seconds block_span = Seconds(0.04);  // a block is closed when it spans this much
};

struct RadarDecoderCounters {
  std::uint64_t datagrams = 0;
  std::uint64_t spokes = 0;
  std::uint64_t gaps = 0;
  std::uint64_t lost_spokes = 0;
  std::uint64_t lossy_cells = 0;
  std::map<std::string, std::uint64_t> rejected;  // by reason
  std::string protocol;                           // as far as it is known: navico-4g, …
  VideoSettings settings;                         // of the radar, as far as it tells them
  std::uint64_t settings_changes = 0;
  std::string settings_change;  // the last one, in words
};

// Takes what a radar says of its settings into the counters, where a change is counted.
inline void note_settings(const VideoSettings& news, RadarDecoderCounters& counters) {
  std::string changed = take_settings(news, counters.settings);
  if (changed.empty()) return;
  ++counters.settings_changes;
  counters.settings_change = std::move(changed);
}

class RadarDecoder {
 public:
  virtual ~RadarDecoder() = default;
  // Appends the blocks that the datagram completed. `received` never goes back by more than the
  // capture did; it serves times of day and clocks that are wrong.
  virtual void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) = 0;
  // Completes the block under way (end of input).
  virtual void flush(std::vector<SpokeBlock>& out) = 0;
  // Spokes were shed before the next datagram.
  virtual void note_gap(Gap gap) = 0;
  [[nodiscard]] virtual const RadarDecoderCounters& counters() const = 0;
};

// Null for a protocol that is not known.
[[nodiscard]] std::unique_ptr<RadarDecoder> make_radar_decoder(const RadarDecoderConfig& config);

}  // namespace headland::station
