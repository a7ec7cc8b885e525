// SPDX-License-Identifier: Apache-2.0
// What else is said on a Furuno network.
//
// Announcement, every device to broadcast 172.31.255.255:10010:
//    0   01 00 00 01  00 00 00 00     mark
//    8   xx xx xx LL                  L length of what follows byte 7
//   16   name, 8 bytes ASCII, zero-padded
// and in the one of 170 bytes also
//   24   model, 32 bytes ASCII; 56 firmware; 120 serial number
//
// Text, 8 or 20 bytes in front of it:
//    0   01 QQ 00 01  00 00 00 00     Q sequence number
//    8   text                         port 10021: $..GGA, $..VTG; 10021, 10034: $ARPA,..
//   20   text                         port 10036: $..HDT
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "codec/furuno/fault.hpp"
#include "core/base/expected.hpp"

namespace headland::furuno {

struct Announcement {
  std::array<char, 9> name{};    // these end with 0
  std::array<char, 33> model{};  // "DRS4D-NXT"; empty in the short form
  std::array<char, 33> firmware{};
  std::array<char, 33> serial{};
};

// "furuno-drs4d-nxt" of a model, "furuno-drs" without: the names that `headland decode` prints.
std::string protocol_name(std::string_view model);

bool is_announcement(Bytes datagram);
Expected<Announcement, Fault> read_announcement(Bytes datagram);

// The text inside a datagram, from its '$' on; empty where there is none.
Bytes text_in(Bytes datagram);
// Whether such text is the radar's own list of targets, which is not NMEA.
bool is_arpa(Bytes text);

}  // namespace headland::furuno
