// SPDX-License-Identifier: Apache-2.0
// A radar that sends ASTERIX CAT240.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "codec/asterix/cat240.hpp"
#include "codec/asterix/cat240_spokes.hpp"
#include "runtime/station/radar/block_builder.hpp"
#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station {

class Cat240Source final : public RadarDecoder {
 public:
  explicit Cat240Source(RadarDecoderConfig config) : config_(std::move(config)), builder_(config_) {
    counters_.protocol = "asterix-240";
  }

  void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) override;
  void flush(std::vector<SpokeBlock>& out) override { builder_.close(out); }
  void note_gap(Gap gap) override { builder_.note_gap(gap); }
  [[nodiscard]] const RadarDecoderCounters& counters() const override { return counters_; }

 private:
  void add(const asterix::Cat240Video& video, Timestamp received, std::vector<SpokeBlock>& out);
  [[nodiscard]] bool is_last(const asterix::Cat240Video& video) const;
  [[nodiscard]] bool is_rest_of_lost(const asterix::Cat240Video& video, bool lost) const;
  void note_joint(std::uint32_t start_cell);
  Angle width_from_step(Bearing bearing);
  Timestamp time_of(const asterix::Cat240Video& video, Timestamp received);
  void reject(const asterix::Fault& fault);

  RadarDecoderConfig config_;
  BlockBuilder builder_;
  RadarDecoderCounters counters_;
  asterix::SequenceCheck sequence_;
  struct Message {
    std::uint32_t sequence = 0;
    std::uint16_t start_azimuth = 0;
    std::uint16_t end_azimuth = 0;
    std::uint32_t start_cell = 0;
    bool is_rest = false;  // of a spoke whose beginning was lost
  };
  std::optional<Message> last_;
  std::vector<std::uint32_t> joints_;  // cells at which messages carried on a spoke
  bool is_clock_believed_ = true;
  std::optional<Bearing> last_bearing_;
  Angle step_;
};

}  // namespace headland::station
