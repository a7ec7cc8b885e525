// SPDX-License-Identifier: Apache-2.0
// The bit rows of each message stand in link_decode.cpp.
#include <algorithm>
#include <cmath>

#include "codec/ais/link.hpp"

namespace headland::ais {
namespace {

void put_bits(Payload& p, const BitString& bits) {
  for (std::uint32_t at = 0; at < bits.count && at / 8 < bits.bytes.size(); at += 8) {
    const unsigned there = std::min(8U, bits.count - at);
    p.put(static_cast<std::uint32_t>(bits.bytes[at / 8]) >> (8 - there), there);
  }
}

void put_application(Payload& p, const ApplicationId& application) {
  p.put(application.area, 10);
  p.put(application.function, 6);
}

// Longitude 18 and latitude 17 in 1/10 minute; 181 and 91 degrees where there is none.
void put_coarse(Payload& p, const std::optional<GeoPosition>& position) {
  const double longitude = position ? position->longitude_deg() : 181.0;
  const double latitude = position ? position->latitude_deg() : 91.0;
  p.put(static_cast<std::uint32_t>(std::lround(longitude * 600.0)), 18);
  p.put(static_cast<std::uint32_t>(std::lround(latitude * 600.0)), 17);
}

bool put(Payload& p, const BinaryMessage& m) {
  const bool of_slots = m.message_type == 25 || m.message_type == 26;
  if (m.message_type == 6) {
    p.put(m.sequence, 2);
    p.put(m.destination.value_or(Mmsi()).value(), 30);
    p.put(m.retransmitted, 1);
    p.put(0, 1);
  } else if (m.message_type == 8) {
    p.put(0, 2);
  } else if (of_slots) {
    p.put(m.destination.has_value(), 1);
    p.put(m.application.has_value(), 1);
    if (m.destination) p.put(m.destination->value(), 30);
    if (m.destination) p.put(0, 2);
  } else {
    return false;
  }
  if (m.application || !of_slots) put_application(p, m.application.value_or(ApplicationId{}));
  put_bits(p, m.data);
  if (m.message_type == 26) {
    p.put(0, 4);
    p.put(m.communication_state.value_or(0), 20);
  }
  return true;
}

bool put(Payload& p, const Acknowledgement& m) {
  if (m.message_type != 7 && m.message_type != 13) return false;
  p.put(0, 2);
  for (std::size_t i = 0; i < std::clamp<std::size_t>(m.receipts.size(), 1, 4); ++i) {
    const Acknowledgement::Receipt receipt = i < m.receipts.size() ? m.receipts[i] : Acknowledgement::Receipt{};
    p.put(receipt.sender.value(), 30);
    p.put(receipt.sequence, 2);
  }
  return true;
}

bool put(Payload& p, const UtcInquiry& m) {
  if (m.message_type != 10) return false;
  p.put(0, 2);
  p.put(m.destination.value(), 30);
  p.put(0, 2);
  return true;
}

bool put(Payload& p, const SafetyText& m) {
  if (m.message_type == 12) {
    p.put(m.sequence, 2);
    p.put(m.destination.value_or(Mmsi()).value(), 30);
    p.put(m.retransmitted, 1);
    p.put(0, 1);
  } else if (m.message_type == 14) {
    p.put(0, 2);
  } else {
    return false;
  }
  constexpr std::size_t most = 161;  // letters; what five slots hold
  p.put_text(m.text, static_cast<unsigned>(std::min(m.text.size(), most)));
  return true;
}

bool put(Payload& p, const Interrogation& m) {
  if (m.message_type != 15) return false;
  const auto question = [&](const Interrogation::Question& q) {
    p.put(q.type, 6);
    p.put(q.slot_offset, 12);
    p.put(0, 2);
  };
  p.put(0, 2);
  p.put(m.station.value(), 30);
  const bool of_two = m.other_station != Mmsi() || m.other != Interrogation::Question{};
  if (!of_two && m.second == Interrogation::Question{}) {
    p.put(m.first.type, 6);
    p.put(m.first.slot_offset, 12);
    return true;
  }
  question(m.first);
  question(m.second);
  if (!of_two) return true;
  p.put(m.other_station.value(), 30);
  question(m.other);
  return true;
}

bool put(Payload& p, const Assignment& m) {
  if (m.message_type != 16) return false;
  const auto order = [&](const Assignment::Order& o) {
    p.put(o.station.value(), 30);
    p.put(o.offset, 12);
    p.put(o.increment, 10);
  };
  p.put(0, 2);
  order(m.first);
  if (m.second) {
    order(*m.second);
  } else {
    p.put(0, 4);
  }
  return true;
}

bool put(Payload& p, const SatelliteCorrections& m) {
  if (m.message_type != 17) return false;
  p.put(0, 2);
  put_coarse(p, m.position);
  p.put(0, 5);
  put_bits(p, m.data);
  return true;
}

bool put(Payload& p, const SlotReservations& m) {
  if (m.message_type != 20) return false;
  p.put(0, 2);
  for (std::size_t i = 0; i < std::clamp<std::size_t>(m.reservations.size(), 1, 4); ++i) {
    const auto r = i < m.reservations.size() ? m.reservations[i] : SlotReservations::Reservation{};
    p.put(r.offset, 12);
    p.put(r.slots, 4);
    p.put(r.timeout_min, 3);
    p.put(r.increment, 11);
  }
  if (p.size() % 8 != 0) p.put(0, 8 - p.size() % 8);
  return true;
}

bool put(Payload& p, const ChannelManagement& m) {
  if (m.message_type != 22) return false;
  p.put(0, 2);
  p.put(m.channel_a, 12);
  p.put(m.channel_b, 12);
  p.put(m.transmit_receive, 4);
  p.put(m.low_power, 1);
  if (m.stations) {
    for (const Mmsi station : *m.stations) {
      p.put(station.value(), 30);
      p.put(0, 5);
    }
  } else {
    put_coarse(p, m.north_east);
    put_coarse(p, m.south_west);
  }
  p.put(m.stations.has_value(), 1);
  p.put(m.spare_band_a, 1);
  p.put(m.spare_band_b, 1);
  p.put(m.zone_size, 3);
  p.put(0, 23);
  return true;
}

bool put(Payload& p, const GroupAssignment& m) {
  if (m.message_type != 23) return false;
  p.put(0, 2);
  put_coarse(p, m.north_east);
  put_coarse(p, m.south_west);
  p.put(m.station_type, 4);
  p.put(m.ship_type, 8);
  p.put(0, 22);
  p.put(m.transmit_receive, 2);
  p.put(m.interval, 4);
  p.put(m.quiet_min, 4);
  p.put(0, 6);
  return true;
}

}  // namespace

std::optional<Payload> encode(const AisLinkMessage& message) {
  Payload p;
  const bool fits = std::visit(
      [&](const auto& m) {
        p.put(m.message_type, 6);
        p.put(m.repeat, 2);
        p.put(m.mmsi.value(), 30);
        return put(p, m);
      },
      message);
  if (!fits) return std::nullopt;
  return p;
}

}  // namespace headland::ais
