// SPDX-License-Identifier: Apache-2.0
// Reads NMEA 0183 text from standard input and prints what Headland makes of its AIS messages as JSON lines in
// the form of `gpsdecode -u -s`: fields unscaled, "not available" as the number that the standard has for it.
// With --encode it prints sentences instead: every message encoded again.
// At the end, on standard error: counters as `name count`.
#include <cmath>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/nmea_decoder.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland {
namespace {

template <class T>
long or_else(const std::optional<T>& value, long none) {
  return value ? static_cast<long>(*value) : none;
}
long bearing(const std::optional<Bearing>& b, double steps_per_degree, long none) {
  return b ? std::lround(b->degrees() * steps_per_degree) : none;
}
long speed(const std::optional<MetresPerSecond>& v, double steps_per_knot, long none) {
  return v ? std::lround(to_knots(*v) * steps_per_knot) : none;
}
std::string place(const std::optional<GeoPosition>& p, double per_degree) {
  return fmt::format(R"("lon":{},"lat":{})", std::lround((p ? p->longitude_deg() : 181.0) * per_degree),
                     std::lround((p ? p->latitude_deg() : 91.0) * per_degree));
}
template <class Value>
long second(const Value& v) {
  if (v.utc_second) return *v.utc_second;
  switch (v.fix_timing) {
    case FixTiming::manual:
      return 61;
    case FixTiming::estimated:
      return 62;
    case FixTiming::inoperative:
      return 63;
    default:
      return 60;
  }
}
template <class Value>
std::string size(const Value& v) {
  return fmt::format(R"("to_bow":{},"to_stern":{},"to_port":{},"to_starboard":{})", or_else(v.to_bow_m, 0),
                     or_else(v.to_stern_m, 0), or_else(v.to_port_m, 0), or_else(v.to_starboard_m, 0));
}
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}
std::string quoted(const std::optional<std::string>& text) { return quoted(std::string_view(text ? *text : "")); }

std::string fields(const VesselReport& r) {
  std::string s;
  const auto add = [&](std::string_view name, auto value) { s += fmt::format(R"(,"{}":{})", name, value); };
  if (r.message_type <= 3 || r.message_type == 27) add("status", or_else(r.navigation_status, 15));
  if (r.message_type <= 3) {
    add("turn", or_else(r.turn_rate_raw, -128));
    add("maneuver", int{r.special_manoeuvre});
  }
  if (r.message_type == 27) {
    add("speed", speed(r.speed, 1.0, 63));
    add("course", bearing(r.course, 1.0, 511));
    add("gnss", r.late);
    s += "," + place(r.position, 600.0);
  } else {
    add("speed", speed(r.speed, r.message_type == 9 ? 1.0 : 10.0, 1023));
    add("course", bearing(r.course, 10.0, 3600));
    add("second", second(r));
    s += "," + place(r.position, 600'000.0);
  }
  if (r.message_type != 9 && r.message_type != 27) add("heading", bearing(r.heading, 1.0, 511));
  if (r.message_type == 9) {
    add("alt", r.altitude ? std::lround(r.altitude->value()) : 4095L);
    add("dte", int{!r.terminal_ready});
  }
  if (r.class_b) {
    add("cs", r.class_b->carrier_sense);
    add("display", r.class_b->display);
    add("dsc", r.class_b->dsc);
    add("band", r.class_b->whole_band);
    add("msg22", r.class_b->message_22);
  }
  add("accuracy", r.accurate);
  add("raim", r.raim);
  if (r.message_type != 27 && r.message_type != 19) add("radio", or_else(r.communication_state, -1));
  return s;
}

// gpsdecode gives the whole of 24 B's 42 bits of vendor as letters, too.
std::string vendor_letters(const VesselParticulars& v) {
  ais::Payload p;
  p.put_text(v.vendor ? std::string_view(*v.vendor) : std::string_view(), 3);
  p.put(v.unit_model, 4);
  p.put(v.unit_serial, 20);
  return p.text(0, 7);
}

std::string fields(const VesselParticulars& v) {
  if (v.message_type == 5) {
    return fmt::format(R"(,"imo":{},"ais_version":{},"callsign":{},"shipname":{},"shiptype":{},{},"epfd":{},)"
                       R"("eta":"{:02}-{:02}T{:02}:{:02}Z","draught":{},"destination":{},"dte":{})",
                       or_else(v.imo, 0), v.ais_version, quoted(v.callsign), quoted(v.name), or_else(v.ship_type, 0),
                       size(v), or_else(v.fix_type, 0), or_else(v.eta_month, 0), or_else(v.eta_day, 0),
                       or_else(v.eta_hour, 24), or_else(v.eta_minute, 60),
                       std::lround(v.draught_m.value_or(0.0) * 10.0), quoted(v.destination), int{!v.terminal_ready});
  }
  if (v.message_type == 19) {
    return fmt::format(R"(,"shipname":{},"shiptype":{},{},"epfd":{},"dte":{})", quoted(v.name), or_else(v.ship_type, 0),
                       size(v), or_else(v.fix_type, 0), int{!v.terminal_ready});
  }
  if (v.part == 'A') return fmt::format(R"(,"part":"A","shipname":{})", quoted(v.name));
  const std::string size_or_mother =
      v.mmsi.value() / 10'000'000 == 98
          ? fmt::format(R"("mothership_mmsi":{})", v.mothership ? v.mothership->value() : 0)
          : size(v);
  return fmt::format(R"(,"part":"B","shiptype":{},"vendorid":{},"model":{},"serial":{},"callsign":{},{})",
                     or_else(v.ship_type, 0), quoted(std::string_view(vendor_letters(v))), v.unit_model, v.unit_serial,
                     quoted(v.callsign), size_or_mother);
}

std::string fields(const BaseStationReport& b) {
  return fmt::format(
      R"(,"timestamp":"{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z","accuracy":{},{},"epfd":{},"raim":{},"radio":{})",
      or_else(b.year, 0), or_else(b.month, 0), or_else(b.day, 0), or_else(b.hour, 24), or_else(b.minute, 60),
      or_else(b.second, 60), b.accurate, place(b.position, 600'000.0), or_else(b.fix_type, 0), b.raim,
      or_else(b.communication_state, -1));
}

std::string fields(const AidToNavigation& a) {
  return fmt::format(
      R"(,"aid_type":{},"name":{},"accuracy":{},{},{},"epfd":{},"second":{},"regional":{},"off_position":{},)"
      R"("raim":{},"virtual_aid":{})",
      or_else(a.aid_type, 0), quoted(a.name), a.accurate, place(a.position, 600'000.0), size(a), or_else(a.fix_type, 0),
      second(a), a.status, a.off_position, a.raim, a.virtual_aid);
}

std::string hex(const BitString& bits) {
  std::string out = fmt::format("\"{}:", bits.count);
  for (const std::uint8_t byte : bits.bytes) out += fmt::format("{:02x}", byte);
  return out + '"';
}
// Corners in tenths of a minute.
std::string corners(const std::optional<GeoPosition>& ne, const std::optional<GeoPosition>& sw) {
  const auto corner = [](std::string_view name, const std::optional<GeoPosition>& p) {
    return fmt::format(R"(,"{}_lon":{},"{}_lat":{})", name, std::lround((p ? p->longitude_deg() : 181.0) * 600.0), name,
                       std::lround((p ? p->latitude_deg() : 91.0) * 600.0));
  };
  return corner("ne", ne) + corner("sw", sw);
}
unsigned number(const std::optional<Mmsi>& mmsi) { return mmsi ? mmsi->value() : 0; }

std::string fields(const BinaryMessage& m) {
  std::string s;
  if (m.message_type == 6) {
    s += fmt::format(R"(,"seqno":{},"dest_mmsi":{},"retransmit":{})", m.sequence, number(m.destination),
                     m.retransmitted);
  }
  const ApplicationId application = m.application.value_or(ApplicationId{});
  if (m.message_type <= 8) {
    s += fmt::format(R"(,"dac":{},"fid":{})", application.area, application.function);
  } else {
    s += fmt::format(R"(,"addressed":{},"structured":{},"dest_mmsi":{},"app_id":{})", m.destination.has_value(),
                     m.application.has_value(), number(m.destination), application.area << 6 | application.function);
  }
  if (m.message_type == 26) s += fmt::format(R"(,"radio":{})", or_else(m.communication_state, 0));
  return s + R"(,"data":)" + hex(m.data);
}

std::string fields(const Acknowledgement& m) {
  std::string s;
  for (std::size_t i = 0; i < 4; ++i) {
    s += fmt::format(R"(,"mmsi{}":{})", i + 1, i < m.receipts.size() ? m.receipts[i].sender.value() : 0);
  }
  return s;
}

std::string fields(const UtcInquiry& m) { return fmt::format(R"(,"dest_mmsi":{})", m.destination.value()); }

std::string fields(const SafetyText& m) {
  std::string s;
  if (m.message_type == 12) {
    s = fmt::format(R"(,"seqno":{},"dest_mmsi":{},"retransmit":{})", m.sequence, number(m.destination),
                    m.retransmitted);
  }
  return s + R"(,"text":)" + quoted(std::string_view(m.text));
}

std::string fields(const Interrogation& m) {
  return fmt::format(R"(,"mmsi1":{},"type1_1":{},"offset1_1":{},"type1_2":{},"offset1_2":{},)"
                     R"("mmsi2":{},"type2_1":{},"offset2_1":{})",
                     m.station.value(), m.first.type, m.first.slot_offset, m.second.type, m.second.slot_offset,
                     m.other_station.value(), m.other.type, m.other.slot_offset);
}

std::string fields(const Assignment& m) {
  const Assignment::Order second = m.second.value_or(Assignment::Order{});
  return fmt::format(R"(,"mmsi1":{},"offset1":{},"increment1":{},"mmsi2":{},"offset2":{},"increment2":{})",
                     m.first.station.value(), m.first.offset, m.first.increment, second.station.value(), second.offset,
                     second.increment);
}

std::string fields(const SatelliteCorrections& m) {
  return "," + place(m.position, 600.0) + R"(,"data":)" + hex(m.data);
}

std::string fields(const SlotReservations& m) {
  std::string s;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto r = i < m.reservations.size() ? m.reservations[i] : SlotReservations::Reservation{};
    s += fmt::format(R"(,"offset{0}":{1},"number{0}":{2},"timeout{0}":{3},"increment{0}":{4})", i + 1, r.offset,
                     r.slots, r.timeout_min, r.increment);
  }
  return s;
}

std::string fields(const ChannelManagement& m) {
  const std::string whom =
      m.stations ? fmt::format(R"(,"dest1":{},"dest2":{})", (*m.stations)[0].value(), (*m.stations)[1].value())
                 : corners(m.north_east, m.south_west);
  return whom + fmt::format(R"(,"channel_a":{},"channel_b":{},"txrx":{},"power":{},"addressed":{},"band_a":{},)"
                            R"("band_b":{},"zonesize":{})",
                            m.channel_a, m.channel_b, m.transmit_receive, m.low_power, m.stations.has_value(),
                            m.spare_band_a, m.spare_band_b, m.zone_size);
}

std::string fields(const GroupAssignment& m) {
  return corners(m.north_east, m.south_west) +
         fmt::format(R"(,"stationtype":{},"shiptype":{},"interval":{},"quiet":{})", m.station_type, m.ship_type,
                     m.interval, m.quiet_min);
}

int type_of(const AidToNavigation&) { return 21; }
template <class Value>
int type_of(const Value& v) {
  return v.message_type;
}

// Type 19 comes as two values: one line for both.
template <class Message>
std::string start_of_line(const Message& message) {
  return std::visit(
      [](const auto& m) {
        return fmt::format(R"({{"class":"AIS","type":{},"repeat":{},"mmsi":{}{})", type_of(m), m.repeat, m.mmsi.value(),
                           fields(m));
      },
      message);
}
std::string json(const std::vector<AisMessage>& messages, std::size_t& i) {
  std::string line = start_of_line(messages[i]);
  const auto* report = std::get_if<VesselReport>(&messages[i]);
  if (report != nullptr && report->message_type == 19) {
    line += fields(std::get<VesselParticulars>(messages[++i]));
    line += fmt::format(R"(,"assigned":{})", report->assigned);
  }
  return line + "}\n";
}

std::string sentences(const std::optional<ais::Payload>& payload) {
  static unsigned sequence = 0;
  std::string out;
  if (payload) nmea::write_vdm(*payload, {.sequence = sequence++ % 10}, out);
  return out;
}

std::string encoded(const std::vector<AisMessage>& messages, std::size_t& i) {
  const auto* report = std::get_if<VesselReport>(&messages[i]);
  if (report != nullptr && report->message_type == 19) {
    return sentences(ais::encode_extended(*report, std::get<VesselParticulars>(messages[++i])));
  }
  return sentences(std::visit([](const auto& m) { return std::optional<ais::Payload>(ais::encode(m)); }, messages[i]));
}

int run(bool encode) {
  const std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  std::size_t own_ship = 0;
  std::string all;
  // A line at a time: so what comes as values of different kinds stays in order.
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    out.clear();
    decoder.process({reinterpret_cast<const std::uint8_t*>(line.data()), line.size()}, {}, 0, out);
    own_ship += out.own_ship.size();
    for (std::size_t i = 0; i < out.ais.size(); ++i) all += encode ? encoded(out.ais, i) : json(out.ais, i);
    for (const auto& link : out.links) all += encode ? sentences(ais::encode(link)) : start_of_line(link) + "}\n";
  }
  std::fwrite(all.data(), 1, all.size(), stdout);
  const nmea::NmeaCounters& c = decoder.counters();
  fmt::print(stderr, "sentences {}\nvdm_sentences {}\nmessages {}\nown_ship {}\n", c.sentences, c.vdm_sentences,
             c.messages, own_ship);
  for (std::size_t f = 0; f < nmea::nmea_fault_count; ++f) {
    const auto fault = static_cast<nmea::NmeaFault>(f);
    if (c.faults[fault] != 0) fmt::print(stderr, "{} {}\n", nmea::to_text(fault), c.faults[fault]);
  }
  return 0;
}

}  // namespace
}  // namespace headland

int main(int argc, char** argv) { return headland::run(argc > 1 && std::string_view(argv[1]) == "--encode"); }
