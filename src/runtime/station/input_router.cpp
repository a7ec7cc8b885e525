// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input_router.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "codec/asterix/block.hpp"
#include "codec/asterix/cat240.hpp"
#include "codec/navico/report.hpp"
#include "codec/navico/spoke_frame.hpp"
#include "runtime/config/endpoint.hpp"
#include "runtime/station/output/recorder.hpp"
#include "runtime/station/radar/land_mask.hpp"
#include "runtime/station/sources/recognise.hpp"
#include "runtime/station/sources/remote_source.hpp"

namespace headland::station {
namespace {

using journal::EntryKind;

bool is_text(std::span<const std::uint8_t> bytes) {
  if (bytes.empty() || (bytes[0] != '!' && bytes[0] != '$' && bytes[0] != '\\')) return false;
  return std::ranges::all_of(bytes.first(std::min<std::size_t>(bytes.size(), 16)),
                             [](std::uint8_t c) { return (c >= 0x20 && c < 0x7F) || c == '\r' || c == '\n'; });
}
bool is_cat240(std::span<const std::uint8_t> bytes) {
  return bytes.size() > 3 && bytes[0] == 240 && static_cast<std::size_t>((bytes[1] << 8) | bytes[2]) <= bytes.size();
}
// A radar is made of a datagram only when there is a message in it that can be read: a capture of rubbish
// would give thousands.
bool holds_video(std::span<const std::uint8_t> bytes) {
  asterix::BlockReader blocks(bytes);
  const auto block = blocks.next();
  return block && block->category == 240 && asterix::Cat240Reader(*block).next().has_value();
}
constexpr std::size_t most_radars = 32;
constexpr std::size_t most_text_sources = 1000;
// Whether a configured radar listens where this datagram went.
bool listens_on(const config::RadarSection& section, const net::Endpoint& destination) {
  if (section.is_found_by_beacon()) return false;  // its beacon tells
  const auto endpoint = config::parse_endpoint(section.listen_or_default());
  if (!endpoint || endpoint->port != destination.port) return false;
  const auto address = net::parse_address(endpoint->host);
  return !address || *address == destination.address || (*address >> 28) != 0xE;
}

}  // namespace

StageItem item_at(const InputEvent& event) {
  StageItem item;
  item.time = event.time;
  item.from_journal = event.kind == InputKind::journal;
  return item;
}

InputRouter::InputRouter(config::StationConfig config, bool want_video)
    : config_(std::move(config)), want_video_(want_video) {}

void InputRouter::reset(config::StationConfig config) {
  config_ = std::move(config);
  radars_.clear();
  by_destination_.clear();
}

void InputRouter::process(InputEvent event, std::vector<StageItem>& out) {
  switch (event.kind) {
    case InputKind::datagram:
      return route_datagram(event, out);
    case InputKind::text: {
      auto item = item_at(event);
      item.what = StageItem::Text{static_cast<std::uint16_t>(first_nmea_stream + event.file), std::move(event.bytes)};
      out.push_back(std::move(item));
      return;
    }
    case InputKind::plots: {
      auto item = item_at(event);
      item.what = StageItem::Placed{std::move(event.sector)};
      out.push_back(std::move(item));
      return;
    }
    case InputKind::journal:
      return route_journal(event, out);
  }
}

void InputRouter::route_datagram(const InputEvent& event, std::vector<StageItem>& out) {
  if (is_text(event.bytes)) {
    route_text(event, event.bytes, out);
  } else if (is_cat240(event.bytes)) {
    if (auto* radar = radar_for("asterix-240", event)) run(*radar, event, out);
  } else if (const auto text = wrapped_sentences(event.bytes); is_text(text)) {
    route_text(event, text, out);
  } else if (const auto maker = recognise(event.bytes)) {
    if (!maker->shows_radar) return run_known(maker->protocol, event, out);
    if (auto* radar = radar_for(std::string(maker->protocol), event)) run(*radar, event, out);
  } else if (navico::is_spoke_frame(event.bytes)) {
    if (auto* radar = radar_for("navico", event)) run(*radar, event, out);
  } else if (navico::is_report(event.bytes)) {
    for (auto& [id, radar] : radars_) {
      if (radar.chain->section().protocol == "navico" && is_report_of(radar, event)) run(radar, event, out);
    }
  } else if (navico::is_beacon(event.bytes)) {
    note_beacon(event);
  } else if (is_remote_asterix(event.bytes)) {
    route_text(event, event.bytes, out);
  } else if (!navico::is_navigation(event.bytes)) {
    ++rejected_["datagram: not understood"];
  }
}

bool InputRouter::is_report_of(Radar& radar, const InputEvent& event) {
  if (radar.source_address != event.source.address) return false;
  if (const auto told = spokes_of_reports_.find(event.destination); told != spokes_of_reports_.end()) {
    return told->second == radar.destination;
  }
  if (radar.destination.address == event.destination.address) return radar.reports_known = true;
  return !radar.reports_known;
}

void InputRouter::note_beacon(const InputEvent& event) {
  const auto beacon = navico::read_beacon(event.bytes);
  if (!beacon || spokes_of_reports_.size() >= 2 * most_radars) return;
  for (std::size_t c = 0; c < beacon->channel_count; ++c) {
    const auto& channel = beacon->channels[c];
    const net::Endpoint data{channel.data.ipv4, channel.data.port};
    spokes_of_reports_[{channel.report.ipv4, channel.report.port}] = data;
    for (std::size_t i = 0; i < config_.radars.size(); ++i) {
      const auto& section = config_.radars[i];
      const bool meant = section.serial.empty() || section.serial == beacon->serial.data();
      if (section.is_found_by_beacon() && meant && (section.channel == "B" ? 1U : 0U) == c) {
        configured_at_.try_emplace(data, i);
      }
    }
  }
}

void InputRouter::route_text(const InputEvent& event, std::span<const std::uint8_t> text, std::vector<StageItem>& out) {
  auto item = item_at(event);
  item.what = StageItem::Text{text_stream_of(event), {text.begin(), text.end()}};
  out.push_back(std::move(item));
}

// What a radar says besides its video, and video of it that cannot be read: to those known that send from there.
void InputRouter::run_known(std::string_view protocol, const InputEvent& event, std::vector<StageItem>& out) {
  for (auto& [id, radar] : radars_) {
    if (radar.source_address == event.source.address && radar.chain->section().protocol == protocol) {
      run(radar, event, out);
    }
  }
}

std::uint16_t InputRouter::text_stream_of(const InputEvent& event) {
  // Files and senders apart, so that parts of messages do not mix.
  const auto next = static_cast<std::uint16_t>(first_nmea_stream + 256 + text_streams_.size());
  if (text_streams_.size() >= most_text_sources && !text_streams_.contains({event.source, event.file})) return next;
  return text_streams_.try_emplace({event.source, event.file}, next).first->second;
}

InputRouter::Radar* InputRouter::radar_for(const std::string& protocol, const InputEvent& event) {
  const auto known = by_destination_.find({protocol, event.destination});
  if (known != by_destination_.end()) return &radars_.at(known->second);
  if (protocol == "asterix-240" && !holds_video(event.bytes)) {
    ++rejected_["asterix-240: no video message in it"];
    return nullptr;
  }
  if (radars_.size() >= most_radars) {
    ++rejected_["datagram: of more radars than are taken"];
    return nullptr;
  }
  // A configured radar that listens there; else the only one of this protocol; else one of its own.
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < config_.radars.size(); ++i) {
    const auto& section = config_.radars[i];
    if (section.protocol != protocol || radars_.contains(SensorId(static_cast<std::uint16_t>(i + 1)))) continue;
    const auto told = configured_at_.find(event.destination);
    if (told != configured_at_.end()) {
      if (told->second == i) chosen = i;
      continue;
    }
    if (listens_on(section, event.destination) || (config_.radars.size() == 1 && !chosen)) chosen = i;
  }
  config::RadarSection section;
  auto id = static_cast<std::uint16_t>(config_.radars.size() + 1);
  if (chosen) {
    section = config_.radars[*chosen];
    id = static_cast<std::uint16_t>(*chosen + 1);
  } else {
    while (radars_.contains(SensorId(id))) ++id;
    section.protocol = protocol;
    section.name = "radar" + std::to_string(id);
  }
  by_destination_[{protocol, event.destination}] = SensorId(id);
  auto& radar = add_radar(section, SensorId(id));
  radar.source_address = event.source.address;
  radar.destination = event.destination;
  return &radar;
}

InputRouter::Radar& InputRouter::add_radar(const config::RadarSection& section, SensorId id) {
  auto& radar = radars_[id];
  radar.chain = std::make_unique<RadarChain>(section, id);
  radar.chain->want_video(want_video_);
  if (section.has_position() && section.land_margin_m >= 0.0) {
    // As a running station does; without a coastline land is not masked.
    if (auto mask = land_mask(section, config_.chart)) radar.chain->set_land_mask(std::move(*mask));
  }
  return radar;
}

void InputRouter::note(Radar& radar, const PlotSector& sector) {
  radar.plots += sector.plots.size();
  for (const auto& plot : sector.plots) {
    if (!plot.doppler) continue;
    ++radar.doppler.plots;
    radar.doppler.approaching += *plot.doppler == DopplerCell::approaching ? 1U : 0U;
    radar.doppler.receding += *plot.doppler == DopplerCell::receding ? 1U : 0U;
  }
  for (const auto& plot : sector.plots) {
    if (plot.cause_odds >= 1.0) ++radar.causes.explained[static_cast<std::size_t>(plot.cause)];
  }
  for (const auto& beacon : sector.beacons) {
    if (beacon.turns < 2) continue;
    ++(beacon.kind == PlotCause::sart ? radar.causes.sart_turns : radar.causes.racon_turns);
    if (beacon.kind == PlotCause::sart) radar.causes.last_sart = beacon;
  }
  if (sector.turn != radar.last_turn) ++radar.turns;
  radar.last_turn = sector.turn;
}

void InputRouter::run(Radar& radar, const InputEvent& event, std::vector<StageItem>& out) {
  output_.clear();
  radar.chain->process(event.time, event.bytes, output_);
  for (auto& sector : output_.sectors) {
    note(radar, sector);
    auto item = item_at(event);
    item.what = std::move(sector);
    out.push_back(std::move(item));
  }
  if (!output_.video.empty()) {
    auto item = item_at(event);
    item.video = std::move(output_.video);
    out.push_back(std::move(item));
  }
}

void InputRouter::finish(Timestamp last, std::vector<StageItem>& out) {
  for (auto& [id, radar] : radars_) {
    if (in_session_) continue;  // a journal holds all plots itself
    output_.clear();
    radar.chain->finish(output_);
    for (auto& sector : output_.sectors) {
      note(radar, sector);
      StageItem item;
      item.time = last;
      item.what = std::move(sector);
      out.push_back(std::move(item));
    }
  }
}

std::string measured_law_text(const RadarSummary& r) {
  if (!r.law_is_measured) return {};
  if (r.decibels_per_level == 0.0) return "  video: levels are proportional, by its noise\n";
  return fmt::format("  video: logarithmic, {:.3g} dB a level, by its noise\n", r.decibels_per_level);
}

std::vector<RadarSummary> InputRouter::radars() const {
  std::vector<RadarSummary> out;
  for (const auto& [id, radar] : radars_) {
    const auto& decoded = radar.chain->decoder_counters();
    const auto& video = radar.chain->signal_counters();
    out.push_back({radar.chain->section().name, id, decoded.protocol, decoded.spokes, radar.turns, decoded.gaps,
                   radar.plots, radar.doppler, radar.chain->state(), radar.chain->rejected(), to_text(decoded.settings),
                   decoded.settings_changes, decoded.settings_change, radar.causes, video.law_is_measured,
                   video.decibels_per_level});
  }
  return out;
}

}  // namespace headland::station
