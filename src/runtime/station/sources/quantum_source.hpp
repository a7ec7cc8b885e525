// SPDX-License-Identifier: Apache-2.0
// A Raymarine Quantum: one spoke a datagram, head-up; its range is in the status that comes on the same group.
#pragma once

#include <optional>
#include <utility>

#include "codec/raymarine/quantum.hpp"
#include "runtime/station/sources/arrival_clock.hpp"
#include "runtime/station/sources/maker_source.hpp"

namespace headland::station {

inline constexpr std::string_view quantum_protocol = "raymarine-quantum";

class QuantumSource final : public MakerSource {
 public:
  explicit QuantumSource(RadarDecoderConfig config) : MakerSource(std::move(config), std::string(quantum_protocol)) {}
  void process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) override;

 private:
  void add(Timestamp received, const raymarine::QuantumSpoke& spoke, std::vector<SpokeBlock>& out);

  raymarine::QuantumRange range_;
  std::optional<std::uint16_t> last_sequence_;
  ArrivalClock clock_{std::chrono::milliseconds(10)};
};

}  // namespace headland::station
