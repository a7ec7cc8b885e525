// SPDX-License-Identifier: Apache-2.0
#include "codec/furuno/announcement.hpp"

#include <algorithm>

namespace headland::furuno {
namespace {

constexpr std::size_t short_length = 32;  // up to the name, and 8 bytes more
constexpr std::size_t long_length = 170;

bool has_start(Bytes b) {
  return b.size() > 8 && b[0] == 0x01 && b[2] == 0x00 && b[3] == 0x01 && b[4] == 0 && b[5] == 0 && b[6] == 0 &&
         b[7] == 0;
}

template <std::size_t size>
void read_text(Bytes b, std::size_t at, std::array<char, size>& out) {
  for (std::size_t i = 0; i + 1 < size && b[at + i] != 0; ++i) {
    const std::uint8_t c = b[at + i];
    out[i] = c >= 0x20 && c < 0x7F ? static_cast<char>(c) : '?';
  }
}

}  // namespace

std::string protocol_name(std::string_view model) {
  std::string name = "furuno-";
  if (model.empty()) return name + "drs";
  for (const char c : model) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    name += upper ? static_cast<char>(c - 'A' + 'a') : kept ? c : '-';
  }
  return name;
}

bool is_announcement(Bytes b) { return b.size() >= short_length && has_start(b) && b[1] == 0 && b[11] == b.size() - 8; }

Expected<Announcement, Fault> read_announcement(Bytes b) {
  if (b.size() < short_length) return unexpected(Fault{FaultReason::bad_announcement, b.size()});
  if (!has_start(b) || b[1] != 0) return unexpected(Fault{FaultReason::bad_announcement, 0});
  if (b[11] != b.size() - 8) return unexpected(Fault{FaultReason::bad_announcement, 11});
  Announcement a;
  read_text(b, 16, a.name);
  if (b.size() == long_length) {
    read_text(b, 24, a.model);
    read_text(b, 56, a.firmware);
    read_text(b, 120, a.serial);
  }
  return a;
}

Bytes text_in(Bytes b) {
  if (!has_start(b)) return {};
  for (const std::size_t at : {std::size_t{8}, std::size_t{20}}) {
    if (b.size() > at && b[at] == '$') return b.subspan(at);
  }
  return {};
}

bool is_arpa(Bytes text) {
  constexpr std::string_view start = "$ARPA,";
  return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin());
}

}  // namespace headland::furuno
