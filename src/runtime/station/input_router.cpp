// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/input_router.hpp"

#include <algorithm>

#include "codec/asterix/block.hpp"
#include "codec/asterix/cat240.hpp"
#include "codec/navico/report.hpp"
#include "codec/navico/spoke_frame.hpp"
#include "codec/share/plot_bytes.hpp"
#include "runtime/config/endpoint.hpp"
#include "runtime/station/output/recorder.hpp"
#include "runtime/station/picture/checkpoint.hpp"
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
StageItem item_at(const InputEvent& event) {
  StageItem item;
  item.time = event.time;
  item.from_journal = event.kind == InputKind::journal;
  return item;
}

}  // namespace

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

std::vector<RadarSummary> InputRouter::radars() const {
  std::vector<RadarSummary> out;
  for (const auto& [id, radar] : radars_) {
    const auto& decoded = radar.chain->decoder_counters();
    out.push_back({radar.chain->section().name, id, decoded.protocol, decoded.spokes, radar.turns, decoded.gaps,
                   radar.plots, radar.doppler, radar.chain->state(), decoded.rejected});
  }
  return out;
}

void InputRouter::route_journal(InputEvent& event, std::vector<StageItem>& out) {
  if (!in_session_ && event.entry_kind != EntryKind::checkpoint && event.entry_kind != EntryKind::session_start) {
    // Without the state and the configuration in force nothing can be made of it.
    ++rejected_["journal: entries before the first checkpoint"];
    return;
  }
  switch (event.entry_kind) {
    case EntryKind::datagram:
      return journal_datagram(event, out);
    case EntryKind::plots:
      return journal_plots(event, out);
    case EntryKind::checkpoint:
      return journal_checkpoint(event, out);
    case EntryKind::report: {
      auto item = item_at(event);
      item.what = StageItem::Text{event.stream, std::move(event.bytes)};
      out.push_back(std::move(item));
      return;
    }
    case EntryKind::tick: {
      auto item = item_at(event);
      item.what = StageItem::Tick{};
      out.push_back(std::move(item));
      return;
    }
    case EntryKind::gap:
      return journal_gap(event);
    default:
      return;
  }
}

void InputRouter::journal_gap(const InputEvent& event) {
  const auto note = journal::decode_gap(event.bytes);
  const auto found = radars_.find(SensorId(event.stream));
  if (note && found != radars_.end() && note->cause == journal::GapCause::queue_full && note->bytes == 0) {
    // Shed by the station before anything was made of it: its signal chain knew of the gap.
    ++rejected_["journal: gaps in the video, shed on overload"];
    found->second.chain->note_gap({static_cast<std::uint32_t>(note->entries), GapReason::shed_on_overload});
    return;
  }
  if (note && (note->cause == journal::GapCause::superseded || note->cause == journal::GapCause::kernel_buffer)) {
    // The station did not have it either: all that it went by is here.
    const bool kernel = note->cause == journal::GapCause::kernel_buffer;
    rejected_[kernel ? "journal: datagrams dropped by the kernel" : "journal: texts superseded in a full queue"] +=
        note->entries;
    return;
  }
  // What the station had and could not record: its plots cannot be had again from the video.
  ++rejected_["journal: gaps in the recording"];
  for (auto& [id, radar] : radars_) {
    if (event.stream != node_stream && id != SensorId(event.stream)) continue;
    radar.whole_session = false;
    radar.recomputed.clear();
  }
}

void InputRouter::journal_checkpoint(InputEvent& event, std::vector<StageItem>& out) {
  auto checkpoint = decode_checkpoint(event.bytes);
  if (!checkpoint) {
    ++rejected_["journal: checkpoint of another version"];
    return;
  }
  if (in_session_ && !checkpoint->begins_session) {  // we are there already: did we come to the same?
    if (!whole_session_) return;  // begun in its middle: what was shown last before is not in a checkpoint
    auto compare = item_at(event);
    compare.what = StageItem::Compare{std::move(checkpoint->state)};
    out.push_back(std::move(compare));
    return;
  }
  auto config = config::parse_station(checkpoint->configuration, "journal");
  if (!config) {
    ++rejected_["journal: configuration not understood"];
    return;
  }
  in_session_ = true;
  whole_session_ = checkpoint->begins_session;
  reset(*config);
  for (std::size_t i = 0; i < config_.radars.size(); ++i) {
    auto& radar = add_radar(config_.radars[i], SensorId(static_cast<std::uint16_t>(i + 1)));
    radar.whole_session = checkpoint->begins_session;
  }
  auto configure = item_at(event);
  configure.what = StageItem::Configure{std::move(*config)};
  out.push_back(std::move(configure));
  if (checkpoint->state.empty()) return;
  auto restore = item_at(event);
  restore.what = StageItem::Restore{std::move(checkpoint->state)};
  out.push_back(std::move(restore));
}

void InputRouter::journal_datagram(const InputEvent& event, std::vector<StageItem>& out) {
  const auto found = radars_.find(SensorId(event.stream));
  if (found == radars_.end()) {
    ++rejected_["journal: datagram of an unknown radar"];
    return;
  }
  auto& radar = found->second;
  output_.clear();
  radar.chain->process(event.time, event.bytes, output_);
  // The plots of the recording itself are what the node consumed; these are compared with them.
  constexpr std::size_t most = 4096;
  for (const auto& sector : output_.sectors) {
    auto& bytes = radar.recomputed.emplace_back();
    share::encode_plots(sector, bytes);
    if (radar.recomputed.size() > most) radar.recomputed.pop_front();
  }
  if (!output_.video.empty()) {
    auto item = item_at(event);
    item.video = std::move(output_.video);
    out.push_back(std::move(item));
  }
}

void InputRouter::journal_plots(const InputEvent& event, std::vector<StageItem>& out) {
  auto sector = share::decode_plots(event.bytes);
  if (!sector) {
    ++rejected_["journal: plots not understood"];
    return;
  }
  const auto found = radars_.find(SensorId(event.stream));
  if (found != radars_.end()) {
    auto& radar = found->second;
    note(radar, *sector);
    if (radar.whole_session && !radar.recomputed.empty() && radar.recomputed.front()[0] == event.bytes[0]) {
      ++plots_compared_;
      if (radar.recomputed.front() != event.bytes) ++plots_differ_;
      radar.recomputed.pop_front();
    }
  }
  auto item = item_at(event);
  item.what = std::move(*sector);
  out.push_back(std::move(item));
}

}  // namespace headland::station
