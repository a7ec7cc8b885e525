// SPDX-License-Identifier: Apache-2.0
// The stage from NMEA 0183 text to AIS messages and own-ship reports.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/ais/decode.hpp"
#include "codec/ais/link.hpp"
#include "codec/nmea/faults.hpp"
#include "codec/nmea/sentence.hpp"
#include "codec/nmea/target.hpp"
#include "codec/nmea/vdm_assembler.hpp"
#include "core/ais/link_message.hpp"
#include "core/ais/report.hpp"
#include "core/base/time.hpp"

namespace headland::nmea {

struct NmeaConfig {
  // A message of several sentences that has not ended within this time of the data is dropped.
  Duration assembly_timeout = std::chrono::seconds(10);
  bool keep_heard = false;  // NmeaOutput::heard is filled
};

// An AIS message as it was heard, to be sent on without loss.
struct HeardMessage {
  ais::Payload payload;
  Timestamp received;
  std::uint32_t source = 0;  // as given to the decoder
  char channel = 0;          // 'A', 'B', 0 unknown
  bool own_ship = false;     // came as VDO
};

struct NmeaOutput {
  std::vector<AisMessage> ais;
  std::vector<AisLinkMessage> links;
  std::vector<HeardMessage> heard;  // every message that gave a value
  std::vector<OwnShipReport> own_ship;
  std::vector<RadarTarget> targets;
  void clear() {
    targets.clear();
    ais.clear();
    links.clear();
    heard.clear();
    own_ship.clear();
  }
};

struct NmeaCounters {
  std::uint64_t sentences = 0;                       // with a right checksum
  std::uint64_t vdm_sentences = 0;                   // of these VDM and VDO
  std::uint64_t target_sentences = 0;                // of these TTM and TLL
  std::uint64_t other_sentences = 0;                 // of these none of VDM, VDO, TTM, TLL and own ship
  std::uint64_t not_valid = 0;                       // own-ship sentences that say themselves that they hold nothing
  std::uint64_t messages = 0;                        // whole AIS messages
  std::array<std::uint64_t, 28> messages_by_type{};  // index 0 unused
  FaultCounts faults;
};

// Time is an argument: the receiver's for sockets, NmeaFileClock's for each line of a file. Sources are told
// apart so that parts of messages do not mix.
class NmeaDecoder {
 public:
  explicit NmeaDecoder(NmeaConfig config = {}) : config_(config), assembler_(config.assembly_timeout) {}

  // Appends to `out` whatever the text holds, in its order. `text` may hold several sentences, with or without
  // line ends, but each of them whole (for byte streams see LineSplitter).
  void process(std::span<const std::uint8_t> text, Timestamp received, std::uint32_t source, NmeaOutput& out);

  [[nodiscard]] const NmeaCounters& counters() const { return counters_; }

 private:
  void vdm(const RawSentence& sentence, Timestamp received, std::uint32_t source, NmeaOutput& out);
  void target(const RawSentence& sentence, Timestamp received, std::uint32_t source, NmeaOutput& out);
  void own_ship(const RawSentence& sentence, Timestamp received, std::uint32_t source, NmeaOutput& out);

  NmeaConfig config_;
  VdmAssembler assembler_;
  ais::Payload single_;  // of messages in one sentence
  NmeaCounters counters_;
};

}  // namespace headland::nmea
