// SPDX-License-Identifier: Apache-2.0
// What the decoders of Garmin, Furuno and Raymarine radars share: the block under way, counters, gaps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/station/radar/block_builder.hpp"
#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station {

class MakerSource : public RadarDecoder {
 public:
  explicit MakerSource(RadarDecoderConfig config, std::string protocol)
      : config_(std::move(config)), builder_(config_) {
    counters_.protocol = std::move(protocol);
  }
  void flush(std::vector<SpokeBlock>& out) final { builder_.close(out); }
  void note_gap(Gap gap) final { builder_.note_gap(gap); }
  [[nodiscard]] const RadarDecoderCounters& counters() const final { return counters_; }

 protected:
  // Before a spoke: what was shed, and what the radar's own count says is missing (0: nothing).
  void begin_spoke(std::uint32_t lost, std::vector<SpokeBlock>& out) {
    builder_.apply_pending(out);
    if (lost == 0) return;
    ++counters_.gaps;
    counters_.lost_spokes += lost;
    builder_.gap({lost, GapReason::lost_on_wire}, out);
  }
  // After a spoke was appended to the open block.
  void end_spoke() { ++counters_.spokes; }
  // Networks with two ways deliver twice, and out of order. Whether a datagram is such a one by its first spoke, which
  // is `back` spokes (0: none) behind the last of the one that was taken before: what comes late counts as lost by
  // then. Counts its `spokes`; otherwise it is the one taken now.
  [[nodiscard]] bool drop_repeated(Timestamp received, std::uint32_t back, std::uint64_t spokes) {
    if (last_taken_ && received - *last_taken_ < repeats_within && back <= most_back) {
      reject("repeated", spokes);
      return true;
    }
    last_taken_ = received;
    return false;
  }
  void reject(std::string_view reason, std::uint64_t count = 1) { counters_.rejected[std::string(reason)] += count; }

  RadarDecoderConfig config_;
  BlockBuilder builder_;
  RadarDecoderCounters counters_;

 private:
  static constexpr Duration repeats_within = std::chrono::milliseconds(250);  // later the radar began anew
  static constexpr std::uint32_t most_back = 64;

  std::optional<Timestamp> last_taken_;
};

}  // namespace headland::station
