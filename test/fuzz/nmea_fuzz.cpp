// SPDX-License-Identifier: Apache-2.0
// The whole stage from text to values, the clock of files, and the line splitter. The input is used twice: at
// once, as a datagram, and cut into pieces, as a stream.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "codec/nmea/alerts/alert_commands.hpp"
#include "codec/nmea/line_splitter.hpp"
#include "codec/nmea/line_time.hpp"
#include "codec/nmea/nmea_decoder.hpp"
#include "codec/nmea/replaceable.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace nmea = headland::nmea;
  const std::span<const std::uint8_t> text(data, size);
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  decoder.process(text, {}, 0, out);
  for (const auto& own : out.own_ship) {
    if (own.position && !(std::abs(own.position->latitude_deg()) <= 90.0001)) std::abort();
    if (own.heading_true && !(own.heading_true->degrees() >= 0.0)) std::abort();
  }
  if (decoder.counters().messages > decoder.counters().vdm_sentences) std::abort();
  // Whatever orders something about our alerts came in a sentence with a right sum.
  std::vector<nmea::AlertCommand> commands;
  nmea::FaultCounts faults;
  nmea::read_alert_commands(text, commands, faults);
  if (commands.size() + faults.total() > decoder.counters().sentences) std::abort();
  for (const auto& command : commands) {
    std::string answer;
    nmea::write_refusal(command, {}, answer);
    if (answer.size() > 82 || (command.alarm && *command.alarm > 999)) std::abort();
  }
  // What a newer one may replace is one whole sentence.
  const auto key = nmea::replaceable_key({reinterpret_cast<const char*>(data), size});
  if (key && (*key == 0 || decoder.counters().sentences != 1)) std::abort();

  nmea::NmeaDecoder streamed;
  nmea::NmeaOutput lines_out;
  nmea::NmeaFileClock clock;
  nmea::LineSplitter splitter;
  const std::size_t step = size == 0 ? 1 : std::size_t{1} + data[0] % 61U;
  for (std::size_t at = 0; at < size; at += step) {
    splitter.feed(text.subspan(at, std::min(step, size - at)), [&](std::span<const std::uint8_t> lines) {
      const auto time = clock.time_of({reinterpret_cast<const char*>(lines.data()), lines.size()});
      streamed.process(lines, time.value_or(headland::Timestamp{}), 1, lines_out);
    });
  }
  return 0;
}
