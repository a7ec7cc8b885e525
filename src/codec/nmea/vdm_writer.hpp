// SPDX-License-Identifier: Apache-2.0
// AIS messages as VDM or VDO sentences of at most 82 characters (IEC 61162-1 8.3.97), with tag blocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "codec/ais/payload.hpp"
#include "core/base/time.hpp"

namespace headland::nmea {

struct VdmFraming {
  std::string_view talker = "AI";  // two letters
  bool own_ship = false;           // VDO instead of VDM
  char channel = 'A';              // 0 = none
  unsigned sequence = 0;           // 0..9, joins the parts of a message; unused where one sentence is enough
  // With a time each sentence gets a tag block "\s:station,c:milliseconds*hh\".
  std::optional<Timestamp> time = std::nullopt;
  std::string_view station = {};  // may be empty
};

// Appends the sentences, each ended by CR LF, to `out`.
void write_vdm(const ais::Payload& payload, const VdmFraming& framing, std::string& out);

// Appends start, body, checksum and CR LF: any sentence.
void write_sentence(char start, std::string_view body, std::string& out);

}  // namespace headland::nmea
