// SPDX-License-Identifier: Apache-2.0
// What `headland decode` says of files. Names are those of its JSON.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/geo/position.hpp"

namespace headland::inspect {

using Counts = std::map<std::string, std::uint64_t>;

struct HeadingReport {
  std::string kind = "none";  // none, true, magnetic
  std::optional<double> deg;  // mean direction
};

struct PositionReport {
  GeoPosition position;
  std::string from;  // talker and sentence, e.g. "GPGLL"
};

// One of the pieces that were refused.
struct RejectExample {
  std::string reason;
  std::uint64_t datagram = 0;  // of the stream, or piece of the file, from 1
  std::uint64_t offset = 0;    // bytes from the start of its payload
};

// One protocol from one source.
struct StreamReport {
  std::string protocol;  // "asterix-240", "navico-halo", "nmea-ais", ...
  std::string source;    // group or broadcast address with port, or the sender's; "file" for files without
  std::uint64_t datagrams = 0;
  std::uint64_t spokes = 0;
  std::uint64_t turns = 0;                 // north crossings of the azimuth
  std::optional<double> seconds_per_turn;  // median interval between crossings
  std::uint64_t gaps = 0;                  // holes in the radar's own counter
  std::vector<double> ranges_m;            // far edge of the last cell, each once, ascending
  std::vector<double> cell_m;              // cell sizes, each once, ascending
  HeadingReport heading;
  std::optional<PositionReport> position;
  Counts messages;                     // by type
  Counts rejected;                     // by reason
  std::vector<RejectExample> rejects;  // the first few of each reason; of ASTERIX alone
  std::uint64_t values = 0;            // fields read to values; of ASTERIX but for video
};

struct FileReport {
  std::string path;
  std::string kind;  // capture, asterix, asterix-final, nmea
  double duration_s = 0.0;
  std::vector<StreamReport> streams;
  std::uint64_t unrecognised = 0;  // datagrams of no protocol known here
  Counts rejected;                 // frames and pieces of the file that gave nothing
};

void write_json(const std::vector<FileReport>& files, std::ostream& out);
void write_text(const std::vector<FileReport>& files, std::ostream& out);

}  // namespace headland::inspect
