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

int type_of(const AidToNavigation&) { return 21; }
template <class Value>
int type_of(const Value& v) {
  return v.message_type;
}

// Type 19 comes as two values: one line for both.
std::string json(const std::vector<AisMessage>& messages, std::size_t& i) {
  std::string line = std::visit(
      [](const auto& m) {
        return fmt::format(R"({{"class":"AIS","type":{},"repeat":{},"mmsi":{}{})", type_of(m), m.repeat, m.mmsi.value(),
                           fields(m));
      },
      messages[i]);
  const auto* report = std::get_if<VesselReport>(&messages[i]);
  if (report != nullptr && report->message_type == 19) {
    line += fields(std::get<VesselParticulars>(messages[++i]));
    line += fmt::format(R"(,"assigned":{})", report->assigned);
  }
  return line + "}\n";
}

std::string encoded(const std::vector<AisMessage>& messages, std::size_t& i) {
  std::optional<ais::Payload> payload;
  const auto* report = std::get_if<VesselReport>(&messages[i]);
  if (report != nullptr && report->message_type == 19) {
    payload = ais::encode_extended(*report, std::get<VesselParticulars>(messages[++i]));
  } else {
    payload = std::visit([](const auto& m) { return std::optional<ais::Payload>(ais::encode(m)); }, messages[i]);
  }
  std::string out;
  if (payload) nmea::write_vdm(*payload, {.sequence = static_cast<unsigned>(i % 10)}, out);
  return out;
}

int run(bool encode) {
  const std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  decoder.process({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, {}, 0, out);
  for (std::size_t i = 0; i < out.ais.size(); ++i) {
    const std::string line = encode ? encoded(out.ais, i) : json(out.ais, i);
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  const nmea::NmeaCounters& c = decoder.counters();
  fmt::print(stderr, "sentences {}\nvdm_sentences {}\nmessages {}\nown_ship {}\n", c.sentences, c.vdm_sentences,
             c.messages, out.own_ship.size());
  for (std::size_t f = 0; f < nmea::nmea_fault_count; ++f) {
    const auto fault = static_cast<nmea::NmeaFault>(f);
    if (c.faults[fault] != 0) fmt::print(stderr, "{} {}\n", nmea::to_text(fault), c.faults[fault]);
  }
  return 0;
}

}  // namespace
}  // namespace headland

int main(int argc, char** argv) { return headland::run(argc > 1 && std::string_view(argv[1]) == "--encode"); }
