// SPDX-License-Identifier: Apache-2.0
// Gathers spokes into blocks; what every radar decoder has in common.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station {

class BlockBuilder {
 public:
  explicit BlockBuilder(const RadarDecoderConfig& config) : config_(config) { begin(); }

  [[nodiscard]] SpokeBlock& open() { return block_; }
  // Whether the open block should go before a spoke at `time` is added.
  [[nodiscard]] bool is_full(Timestamp time) const {
    if (block_.spokes.empty()) return false;
    const auto span = time - block_.spokes.front().time;
    return block_.spokes.size() >= config_.block_spokes || span >= to_duration(config_.block_span) ||
           span < Duration::zero();
  }
  void close(std::vector<SpokeBlock>& out) {
    if (!block_.spokes.empty()) {
      correct_mounting();
      if (config_.reference) block_.reference = *config_.reference;
      out.push_back(std::exchange(block_, {}));
    }
    begin();
  }
  // The next spokes come after a gap: closes the open block and marks the next.
  void gap(Gap gap, std::vector<SpokeBlock>& out) {
    close(out);
    if (block_.gap_before) {  // what we shed ourselves also shows as a jump of the radar's counter
      gap.spokes = std::max(gap.spokes, block_.gap_before->spokes);
      gap.reason = block_.gap_before->reason;
    }
    block_.gap_before = gap;
  }
  // The same from outside, before the next datagram: the open block is closed with the next spoke.
  void note_gap(Gap gap) { pending_ = pending_ ? Gap{pending_->spokes + gap.spokes, gap.reason} : gap; }
  void apply_pending(std::vector<SpokeBlock>& out) {
    if (pending_) gap(*std::exchange(pending_, std::nullopt), out);
  }

 private:
  // Not before: what follows in the block is compared with what the radar said.
  void correct_mounting() {
    for (SpokeInfo& spoke : block_.spokes) {
      spoke.bearing = spoke.bearing + config_.bearing_offset;
      spoke.range_start += config_.range_offset;
    }
  }
  void begin() {
    const auto gap = block_.gap_before;  // kept when nothing was in the block
    block_ = {};
    block_.gap_before = gap;
    block_.sensor = config_.sensor;
  }

  const RadarDecoderConfig& config_;
  SpokeBlock block_;
  std::optional<Gap> pending_;
};

}  // namespace headland::station
