// SPDX-License-Identifier: Apache-2.0
// What AIS stations say to one another beside where they are (ITU-R M.1371-5 annex 8): messages of applications, texts,
// acknowledgements, and what shore stations order. Nothing here moves a vessel of the picture.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"

namespace headland {

// What every message begins with.
struct LinkHeader {
  Mmsi mmsi;  // of the sender
  std::uint8_t message_type = 0;
  Timestamp received;  // when the receiver heard it, as the data say
  std::uint8_t repeat = 0;
  bool own_ship = false;  // came as VDO
  friend bool operator==(const LinkHeader&, const LinkHeader&) = default;
};

// Bits whose meaning is an application's: the first is the highest of the first byte; what is left of the last byte is
// 0.
struct BitString {
  std::vector<std::uint8_t> bytes;
  std::uint32_t count = 0;  // in bits
  friend bool operator==(const BitString&, const BitString&) = default;
};

// Whose rules the bits of a binary message follow (annex 5).
struct ApplicationId {
  std::uint16_t area = 0;     // designated area code (DAC), 0..1023: 1 international, else mostly a country's MID
  std::uint8_t function = 0;  // function identifier (FI), 0..63
  friend bool operator==(const ApplicationId&, const ApplicationId&) = default;
};

// Types 6 (addressed), 8 (to all), 25 (in one slot), 26 (in several, with communication state).
struct BinaryMessage : LinkHeader {
  std::optional<Mmsi> destination;                   // always in 6, never in 8
  std::optional<ApplicationId> application;          // always in 6 and 8
  std::uint8_t sequence = 0;                         // 6: 0..3, as it will be acknowledged
  bool retransmitted = false;                        // 6
  BitString data;                                    // without the application's identifier
  std::optional<std::uint32_t> communication_state;  // 26: selector and 19 bits, as sent
  friend bool operator==(const BinaryMessage&, const BinaryMessage&) = default;
};

// Types 7 (of 6) and 13 (of 12): what was received of up to four stations.
struct Acknowledgement : LinkHeader {
  struct Receipt {
    Mmsi sender;  // of what is acknowledged, as sent
    std::uint8_t sequence = 0;
    friend bool operator==(const Receipt&, const Receipt&) = default;
  };
  std::vector<Receipt> receipts;  // 1 to 4
  friend bool operator==(const Acknowledgement&, const Acknowledgement&) = default;
};

// Type 10: asks `destination` for type 11.
struct UtcInquiry : LinkHeader {
  Mmsi destination;
  friend bool operator==(const UtcInquiry&, const UtcInquiry&) = default;
};

// Types 12 (addressed) and 14 (to all): text about safety.
struct SafetyText : LinkHeader {
  std::optional<Mmsi> destination;  // 12
  std::uint8_t sequence = 0;        // 12
  bool retransmitted = false;       // 12
  std::string text;                 // trailing blanks and what follows an '@' removed
  friend bool operator==(const SafetyText&, const SafetyText&) = default;
};

// Type 15: asks one or two stations for messages. Type 0: nothing is asked.
struct Interrogation : LinkHeader {
  struct Question {
    std::uint8_t type = 0;          // of message
    std::uint16_t slot_offset = 0;  // of the answer; 0 = as the station likes
    friend bool operator==(const Question&, const Question&) = default;
  };
  Mmsi station;
  Question first;
  Question second;
  Mmsi other_station;  // 0: none
  Question other;
  friend bool operator==(const Interrogation&, const Interrogation&) = default;
};

// Type 16: orders when one or two stations report.
struct Assignment : LinkHeader {
  struct Order {
    Mmsi station;
    std::uint16_t offset = 0;     // slots, or reports in 10 minutes where the increment is 0
    std::uint16_t increment = 0;  // code of table 64
    friend bool operator==(const Order&, const Order&) = default;
  };
  Order first;
  std::optional<Order> second;
  friend bool operator==(const Assignment&, const Assignment&) = default;
};

// Type 17: corrections for satellite positioning, from the reference station at `position`.
struct SatelliteCorrections : LinkHeader {
  std::optional<GeoPosition> position;
  BitString data;  // M.823 (RTCM 2): type, station, Z count, sequence, words, health, and the words
  friend bool operator==(const SatelliteCorrections&, const SatelliteCorrections&) = default;
};

// Type 20: slots that base stations keep for themselves.
struct SlotReservations : LinkHeader {
  struct Reservation {
    std::uint16_t offset = 0;
    std::uint8_t slots = 0;  // 0: none
    std::uint8_t timeout_min = 0;
    std::uint16_t increment = 0;  // slots from one block to the next; 0: once in a frame
    friend bool operator==(const Reservation&, const Reservation&) = default;
  };
  std::vector<Reservation> reservations;  // 1 to 4, as many as were sent
  friend bool operator==(const SlotReservations&, const SlotReservations&) = default;
};

// Type 22: channels that stations in an area, or two stations, must use.
struct ChannelManagement : LinkHeader {
  std::uint16_t channel_a = 0;  // numbers of ITU-R M.1084
  std::uint16_t channel_b = 0;
  std::uint8_t transmit_receive = 0;  // 0: transmit and receive on both; table 71
  bool low_power = false;
  std::optional<GeoPosition> north_east, south_west;  // of the area
  std::optional<std::array<Mmsi, 2>> stations;        // instead of an area
  bool spare_band_a = false, spare_band_b = false;    // 12.5 kHz of old
  std::uint8_t zone_size = 0;                         // transitional zone is this + 1 nautical miles
  friend bool operator==(const ChannelManagement&, const ChannelManagement&) = default;
};

// Type 23: how often the stations of a kind in an area report.
struct GroupAssignment : LinkHeader {
  std::optional<GeoPosition> north_east, south_west;
  std::uint8_t station_type = 0;  // 0 all; table 74
  std::uint8_t ship_type = 0;     // 0 all
  std::uint8_t transmit_receive = 0;
  std::uint8_t interval = 0;   // code of table 76
  std::uint8_t quiet_min = 0;  // minutes of silence, 0 none
  friend bool operator==(const GroupAssignment&, const GroupAssignment&) = default;
};

using AisLinkMessage = std::variant<BinaryMessage, Acknowledgement, UtcInquiry, SafetyText, Interrogation, Assignment,
                                    SatelliteCorrections, SlotReservations, ChannelManagement, GroupAssignment>;

}  // namespace headland
