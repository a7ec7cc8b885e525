// SPDX-License-Identifier: Apache-2.0
// NMEA 0183 and AIS in datagrams, TCP streams and text files.
#pragma once

#include <map>
#include <string>

#include "codec/nmea/line_splitter.hpp"
#include "codec/nmea/nmea_decoder.hpp"
#include "runtime/inspect/piece.hpp"
#include "runtime/inspect/spoke_statistics.hpp"

namespace headland::inspect {

class NmeaInspector {
 public:
  // False: this is no text of sentences.
  bool add(const Piece& piece);
  void report(std::vector<StreamReport>& out) const;
  // Own position, from the sentence of it that came most often; its newest value.
  [[nodiscard]] std::optional<PositionReport> position() const;

 private:
  struct Stream {
    std::uint32_t number = 0;
    nmea::LineSplitter lines;
    nmea::NmeaDecoder decoder;
    std::uint64_t ais_datagrams = 0;
    std::uint64_t other_datagrams = 0;
    Counts sentences;  // other than AIS, by formatter
    Headings headings;
  };
  struct Fix {
    std::uint64_t count = 0;
    GeoPosition position;
  };

  void add_text(std::span<const std::uint8_t> text, Timestamp time, Stream& stream);

  std::map<std::string, Stream> streams_;
  std::map<std::string, Fix> fixes_;  // by sentence
  nmea::NmeaOutput output_;
};

}  // namespace headland::inspect
