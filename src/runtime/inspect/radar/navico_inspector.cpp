// SPDX-License-Identifier: Apache-2.0
#include "runtime/inspect/radar/navico_inspector.hpp"

#include <numbers>
#include <optional>

#include <fmt/core.h>

namespace headland::inspect {
namespace {

constexpr double radians_per_step = 2.0 * std::numbers::pi / 4096.0;

net::Endpoint to_endpoint(const navico::Address& a) { return {a.ipv4, a.port}; }

void add_spoke(const navico::Spoke& spoke, Timestamp time, SpokeStatistics& s,
               std::optional<std::uint16_t>& last_counter) {
  ++s.spokes;
  if (last_counter && navico::spokes_lost(*last_counter, spoke.counter) != 0) ++s.gaps;
  last_counter = spoke.counter;
  s.ranges.add(spoke.extent_m);
  s.cells.add(spoke.extent_m / static_cast<double>(navico::cells_per_spoke));
  const auto kind = spoke.heading_kind == navico::HeadingKind::none         ? HeadingOf::none
                    : spoke.heading_kind == navico::HeadingKind::true_north ? HeadingOf::true_north
                                                                            : HeadingOf::magnetic;
  s.headings.add(kind, spoke.heading * radians_per_step);
  // Turns of the antenna, not of the ship: north is the bow here.
  s.turns.add(Bearing(Radians(spoke.angle * radians_per_step)), time);
}

// Reports that show a radar by themselves; of others two bytes are little to go by.
bool is_sure_report(std::span<const std::uint8_t> b) {
  switch (b[0]) {
    case 0x01:
      return b.size() == 18;
    case 0x02:
      return b.size() == 99;
    case 0x03:
      return b.size() == 129;
    case 0x04:
      return b.size() == 66;
    default:
      return false;
  }
}

void merge(const Counts& from, Counts& into) {
  for (const auto& [name, count] : from) into[name] += count;
}

}  // namespace

NavicoInspector::Radar* NavicoInspector::radar_of(const Piece& piece) {
  if (radars_.size() >= most_streams && !radars_.contains(piece.source.address)) return nullptr;
  return &radars_[piece.source.address];
}

// A sender of more groups than a radar has is no radar; its further groups are counted as one.
NavicoInspector::Channel& NavicoInspector::channel_of(Radar& radar, const Piece& piece) {
  const bool full = radar.channels.size() >= 16 && !radar.channels.contains(piece.destination);
  Channel& channel = radar.channels[full ? net::Endpoint{} : piece.destination];
  ++channel.datagrams;
  return channel;
}

bool NavicoInspector::add(const Piece& piece) {
  return add_spokes(piece) || add_report(piece) || add_beacon(piece) || add_navigation(piece);
}

bool NavicoInspector::add_spokes(const Piece& piece) {
  if (!navico::is_spoke_frame(piece.payload)) return false;
  Radar* radar = radar_of(piece);
  if (radar == nullptr) return false;
  Channel& channel = channel_of(*radar, piece);
  channel.has_spoke_frames = true;
  ++channel.messages["spokes"];
  for (navico::SpokeFrameReader reader(piece.payload); !reader.at_end();) {
    const auto spoke = reader.next();
    if (!spoke) {
      ++channel.rejected[std::string(name_of(spoke.error().reason))];
      continue;
    }
    radar->evidence.note(*spoke);
    add_spoke(*spoke, piece.time.value_or(Timestamp{}), channel.spokes, channel.last_counter);
  }
  return true;
}

bool NavicoInspector::add_report(const Piece& piece) {
  if (!navico::is_report(piece.payload) || !piece.destination.is_multicast()) return false;
  if (!is_sure_report(piece.payload) && !radars_.contains(piece.source.address)) return false;
  Radar* radar = radar_of(piece);
  if (radar == nullptr) return false;
  Channel& channel = channel_of(*radar, piece);
  const auto report = navico::read_report(piece.payload);
  if (!report) {
    ++channel.rejected[std::string(name_of(report.error().reason))];
    return true;
  }
  radar->evidence.note(*report);
  ++channel.messages[fmt::format("report-{:02X}C4", piece.payload[0])];
  return true;
}

bool NavicoInspector::add_beacon(const Piece& piece) {
  if (!navico::is_beacon(piece.payload) || !piece.destination.is_multicast()) return false;
  Radar* radar = radar_of(piece);
  if (radar == nullptr) return false;
  Channel& channel = channel_of(*radar, piece);
  const auto beacon = navico::read_beacon(piece.payload);
  if (!beacon) {
    ++channel.rejected[std::string(name_of(beacon.error().reason))];
    return true;
  }
  ++channel.messages["beacon"];
  for (std::size_t i = 0; i < beacon->channel_count && radar->data_of.size() < 16; ++i) {
    const auto& c = beacon->channels[i];
    radar->data_of[to_endpoint(c.report)] = to_endpoint(c.data);
    radar->data_of.try_emplace(piece.destination, to_endpoint(c.data));  // the beacon itself: with channel A
  }
  return true;
}

bool NavicoInspector::add_navigation(const Piece& piece) {
  if (!navico::is_navigation(piece.payload)) return false;
  if (plotters_.size() >= most_streams && !plotters_.contains(piece.destination)) return false;
  Channel& channel = plotters_[piece.destination];
  ++channel.datagrams;
  if (piece.payload.size() < 72) {  // a plotter asking for packets
    ++channel.messages["request"];
    return true;
  }
  const auto navigation = navico::read_navigation(piece.payload);
  if (!navigation) {
    ++channel.rejected[std::string(name_of(navigation.error().reason))];
    return true;
  }
  ++channel.messages[navigation->heading_rad ? "heading" : "course"];
  if (navigation->heading_rad) channel.spokes.headings.add(HeadingOf::true_north, *navigation->heading_rad);
  return true;
}

void NavicoInspector::report_radar(const Radar& radar, std::vector<StreamReport>& out) {
  std::map<net::Endpoint, StreamReport> streams;
  std::optional<net::Endpoint> only;  // where there is one group of spokes, everything is of it
  std::size_t groups = 0;
  for (const auto& [endpoint, channel] : radar.channels) {
    if (!channel.has_spoke_frames) continue;
    channel.spokes.fill(streams[endpoint]);
    only = ++groups == 1 ? std::optional(endpoint) : std::nullopt;
  }
  for (const auto& [endpoint, channel] : radar.channels) {
    auto target = endpoint;
    if (!channel.has_spoke_frames) {
      const auto known = radar.data_of.find(endpoint);
      if (known != radar.data_of.end())
        target = known->second;
      else if (only)
        target = *only;
    }
    StreamReport& r = streams[target];
    r.datagrams += channel.datagrams;
    merge(channel.messages, r.messages);
    merge(channel.rejected, r.rejected);
  }
  for (auto& [endpoint, r] : streams) {
    r.protocol = protocol_name(radar.evidence.model());
    r.source = net::to_text(endpoint);
    out.push_back(std::move(r));
  }
}

// Radars may beacon from another address than they send spokes from: those with nothing but beacons join
// the radar whose spokes go where they say.
void NavicoInspector::join_beacons(std::map<std::uint32_t, Radar>& radars) {
  const auto sends_to = [](const Radar& radar, const net::Endpoint& group) {
    const auto channel = radar.channels.find(group);
    return channel != radar.channels.end() && channel->second.has_spoke_frames;
  };
  std::erase_if(radars, [&](const auto& entry) {
    const Radar& lone = entry.second;
    if (lone.evidence.model() != navico::Model::unknown) return false;
    for (auto& [address, other] : radars) {
      if (address == entry.first) continue;
      for (const auto& [report, data] : lone.data_of) {
        if (!sends_to(other, data)) continue;
        for (const auto& [endpoint, channel] : lone.channels) {
          other.channels[data].datagrams += channel.datagrams;
          merge(channel.messages, other.channels[data].messages);
          merge(channel.rejected, other.channels[data].rejected);
        }
        return true;
      }
    }
    return false;
  });
}

void NavicoInspector::report(std::vector<StreamReport>& out) const {
  auto radars = radars_;
  join_beacons(radars);
  for (const auto& [address, radar] : radars) report_radar(radar, out);
  for (const auto& [endpoint, channel] : plotters_) {
    StreamReport& r = out.emplace_back();
    r.protocol = "navico";
    r.source = net::to_text(endpoint);
    r.datagrams = channel.datagrams;
    r.heading = channel.spokes.headings.report();
    r.messages = channel.messages;
    r.rejected = channel.rejected;
  }
}

}  // namespace headland::inspect
