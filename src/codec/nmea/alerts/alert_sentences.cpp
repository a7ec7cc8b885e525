// SPDX-License-Identifier: Apache-2.0
#include "codec/nmea/alerts/alert_sentences.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "codec/nmea/alerts/alert_numbers.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::nmea {
namespace {

constexpr std::size_t most_body = 82 - 6;  // without "$", "*hh" and CR LF
constexpr std::size_t most_title = 16;

char priority_of(Priority p) {
  switch (p) {
    case Priority::emergency:
      return 'E';
    case Priority::alarm:
      return 'A';
    case Priority::warning:
      return 'W';
    case Priority::caution:
      return 'C';
  }
  return 'C';
}

char state_of(AlertState s) {
  switch (s) {
    case AlertState::active_unacknowledged:
      return 'V';
    case AlertState::active_silenced:
      return 'S';
    case AlertState::active_acknowledged:
    case AlertState::shelved:  // somebody has dealt with it, for a time
      return 'A';
    case AlertState::active_transferred:
      return 'O';
    case AlertState::rectified_unacknowledged:
      return 'U';
    case AlertState::ended:
      return 'N';
  }
  return 'N';
}

// Letters that sentences may hold: no delimiters, nothing beyond ASCII.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xB0) {
      out += " deg";
      ++i;
    } else if (c >= 0x80) {
      if ((c & 0xC0U) != 0x80U) out += '?';
    } else if (c < 0x20 || c == 0x7F ||
               std::string_view("!$*,\\^~").find(static_cast<char>(c)) != std::string_view::npos) {
      out += c == ',' ? ';' : ' ';
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

void put(std::string body, const std::string& text, std::string& out) {
  body += text.substr(0, most_body - std::min(most_body, body.size()));
  write_sentence('$', body, out);
}

}  // namespace

void write_alert(const AlertRecord& a, unsigned sequence, std::string& out) {
  const std::string when = clock_text(a.changed), text = plain(a.text);
  const bool is_over = a.state == AlertState::rectified_unacknowledged || a.state == AlertState::ended;
  const bool is_read = a.state != AlertState::active_unacknowledged && a.state != AlertState::active_silenced &&
                       a.state != AlertState::rectified_unacknowledged;
  char number[8];
  std::snprintf(number, sizeof(number), "%03u", alarm_number(a.id));
  put("IIALR," + when + "," + number + (is_over ? ",V" : ",A") + (is_read ? ",A," : ",V,"), text, out);

  // It must change with every change of the alert, and goes round.
  const auto revision = 1 + (a.changed - a.raised) / std::chrono::seconds(1) % 99;
  const std::string tail = ",," + std::to_string(our_identifier) + "," + std::to_string(instance_of(a.id)) + "," +
                           std::to_string(std::clamp<std::int64_t>(revision, 1, 99)) + "," +
                           std::to_string(std::clamp(a.level - 1, 0, 9)) + ",";
  const std::string of = std::to_string(sequence % 10U);
  put("IIALF,2,1," + of + "," + when + ",B," + priority_of(a.priority) + "," + state_of(a.state) + tail,
      plain(a.rule).substr(0, most_title), out);
  put("IIALF,2,2," + of + ",,,," + tail, text, out);
}

}  // namespace headland::nmea
