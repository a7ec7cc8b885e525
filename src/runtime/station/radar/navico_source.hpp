// SPDX-License-Identifier: Apache-2.0
// A Navico radar: spoke frames, and the reports that say what it is and whether Doppler is on.
#pragma once

#include <optional>
#include <utility>

#include "codec/navico/report.hpp"
#include "codec/navico/spoke_frame.hpp"
#include "core/video/heading_hold.hpp"
#include "runtime/station/radar/block_builder.hpp"
#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station {

class NavicoSource final : public RadarDecoder {
 public:
  explicit NavicoSource(RadarDecoderConfig config) : config_(std::move(config)), builder_(config_) {
    counters_.protocol = navico::protocol_name(evidence_.model());
  }

  void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) override;
  void flush(std::vector<SpokeBlock>& out) override { builder_.close(out); }
  void note_gap(Gap gap) override { builder_.note_gap(gap); }
  [[nodiscard]] const RadarDecoderCounters& counters() const override { return counters_; }

 private:
  void read_frame(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out);
  void add(const navico::Spoke& told, Timestamp time, std::vector<SpokeBlock>& out);
  [[nodiscard]] navico::Spoke with_settled_heading(navico::Spoke spoke, Timestamp time);
  void note(const navico::Report& report);
  void reject(navico::FaultReason reason);

  RadarDecoderConfig config_;
  BlockBuilder builder_;
  RadarDecoderCounters counters_;
  navico::ModelEvidence evidence_;
  navico::DopplerState doppler_ = navico::DopplerState::off;
  HeadingHold hold_;
  std::optional<std::uint16_t> last_counter_;
  std::optional<Timestamp> last_frame_;
  Duration spoke_interval_ = std::chrono::microseconds(1221);  // 24 turns a minute until measured
};

}  // namespace headland::station
