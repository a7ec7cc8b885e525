// SPDX-License-Identifier: Apache-2.0
// What the decoders of Garmin, Furuno and Raymarine radars share: the block under way, counters, gaps.
#pragma once

#include <cstdint>
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
  void reject(std::string_view reason, std::uint64_t count = 1) { counters_.rejected[std::string(reason)] += count; }

  RadarDecoderConfig config_;
  BlockBuilder builder_;
  RadarDecoderCounters counters_;
};

}  // namespace headland::station
