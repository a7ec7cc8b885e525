// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/sources/recognise.hpp"

#include "codec/furuno/announcement.hpp"
#include "codec/furuno/frame.hpp"
#include "codec/garmin/report.hpp"
#include "codec/garmin/spoke.hpp"
#include "codec/raymarine/beacon.hpp"
#include "codec/raymarine/quantum.hpp"
#include "codec/raymarine/rd.hpp"
#include "runtime/station/sources/furuno_source.hpp"
#include "runtime/station/sources/garmin_source.hpp"
#include "runtime/station/sources/quantum_source.hpp"
#include "runtime/station/sources/rd_source.hpp"

namespace headland::station {

std::optional<Recognised> recognise(std::span<const std::uint8_t> b) {
  // Heads that agree with a length or more first; a radar is made only of what can be read.
  if (garmin::is_spoke(b)) return Recognised{garmin_protocol, garmin::read_spoke(b).has_value()};
  if (furuno::is_frame(b)) return Recognised{furuno_protocol, furuno::read_frame_head(b).has_value()};
  if (raymarine::is_quantum_spoke(b)) return Recognised{quantum_protocol, raymarine::read_quantum_spoke(b).has_value()};
  if (raymarine::is_quantum_status(b))
    return Recognised{quantum_protocol, raymarine::read_quantum_status(b).has_value()};
  if (raymarine::is_rd_frame(b)) return Recognised{rd_protocol, raymarine::RdFrameReader(b).next().has_value()};
  if (raymarine::is_rd_status(b)) return Recognised{rd_protocol, raymarine::read_rd_status(b).has_value()};
  if (garmin::is_report(b)) return Recognised{garmin_protocol, false};
  if (furuno::is_announcement(b) || furuno::is_arpa(furuno::text_in(b))) return Recognised{furuno_protocol, false};
  // Understood, but of no use to a decoder.
  if (raymarine::is_quantum_navigation(b)) return Recognised{};
  if (const auto beacon = raymarine::read_beacon(b); beacon && raymarine::is_of_radar(*beacon)) return Recognised{};
  return std::nullopt;
}

std::span<const std::uint8_t> wrapped_sentences(std::span<const std::uint8_t> datagram) {
  const auto text = furuno::text_in(datagram);
  return furuno::is_arpa(text) ? std::span<const std::uint8_t>{} : text;
}

std::unique_ptr<RadarDecoder> make_maker_decoder(const RadarDecoderConfig& config) {
  if (config.protocol == garmin_protocol) return std::make_unique<GarminSource>(config);
  if (config.protocol == furuno_protocol) return std::make_unique<FurunoSource>(config);
  if (config.protocol == quantum_protocol) return std::make_unique<QuantumSource>(config);
  if (config.protocol == rd_protocol) return std::make_unique<RdSource>(config);
  return nullptr;
}

}  // namespace headland::station
