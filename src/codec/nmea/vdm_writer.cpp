// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/vdm_writer.hpp"

#include <algorithm>
#include <chrono>

#include "codec/nmea/sentence.hpp"

namespace headland::nmea {
namespace {

// 82 characters less "!AIVDM,2,1,9,A," and ",0*hh\r\n" leave 60: what receivers send, too.
constexpr std::size_t letters_per_sentence = 60;

void add_checksum(std::string_view body, std::string& out) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  const std::uint8_t sum = checksum(body);
  out += '*';
  out += hex[sum >> 4];
  out += hex[sum & 15];
}

}  // namespace

void write_sentence(char start, std::string_view body, std::string& out) {
  out += start;
  out += body;
  add_checksum(body, out);
  out += "\r\n";
}

void write_vdm(const ais::Payload& payload, const VdmFraming& framing, std::string& out) {
  const auto [letters, fill] = payload.armoured();
  std::string tag;
  if (framing.time) {
    if (!framing.station.empty()) tag.append("s:").append(framing.station).append(",");
    const auto since = std::chrono::floor<std::chrono::milliseconds>(framing.time->time_since_epoch()).count();
    // Before May 1970 milliseconds would be read as seconds (NmeaFileClock): whole seconds then, as MarCE has.
    tag.append("c:").append(std::to_string(since < 9'000'000'000 ? since / 1000 : since));
  }
  const std::size_t parts =
      std::max<std::size_t>(1, (letters.size() + letters_per_sentence - 1) / letters_per_sentence);
  for (std::size_t part = 0; part < parts; ++part) {
    if (!tag.empty()) {
      out += '\\';
      out += tag;
      add_checksum(tag, out);
      out += '\\';
    }
    std::string body(framing.talker);
    body += framing.own_ship ? "VDO," : "VDM,";
    body += std::to_string(parts) + ',' + std::to_string(part + 1) + ',';
    if (parts > 1) body += std::to_string(framing.sequence % 10);
    body += ',';
    if (framing.channel != 0) body += framing.channel;
    body += ',';
    body += letters.substr(part * letters_per_sentence, letters_per_sentence);
    body += ',';
    body += std::to_string(part + 1 == parts ? fill : 0);
    write_sentence('!', body, out);
  }
}

}  // namespace headland::nmea
