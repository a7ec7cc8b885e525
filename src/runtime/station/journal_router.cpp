// SPDX-License-Identifier: Apache-2.0
// What the entries of a journal become: the inputs of the node as it consumed them.
#include "codec/share/plot_bytes.hpp"
#include "io/journal/state_file.hpp"
#include "runtime/station/input_router.hpp"
#include "runtime/station/output/recorder.hpp"
#include "runtime/station/picture/checkpoint.hpp"
#include "runtime/station/track_orders.hpp"

namespace headland::station {
namespace {

using journal::EntryKind;

}  // namespace

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
    case EntryKind::operator_action:
      return journal_order(event, out);
    case EntryKind::gap:
      return journal_gap(event);
    case EntryKind::radar_state:
      return journal_radar_state(event);
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

// Orders about alerts are kept for people and repeat nothing: the alerts have their own store.
void InputRouter::journal_order(const InputEvent& event, std::vector<StageItem>& out) {
  const auto order = track_order_in(event.bytes);
  if (!order) return;
  auto item = item_at(event);
  item.what = StageItem::Order{*order};
  out.push_back(std::move(item));
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

// A session's radar went on from there: so does this one.
void InputRouter::journal_radar_state(const InputEvent& event) {
  const auto found = radars_.find(SensorId(event.stream));
  if (found == radars_.end() || !found->second.whole_session) return;
  const auto bytes = journal::unpack_state(event.bytes);
  if (!bytes) ++rejected_["journal: state of a radar that cannot be read"];
  found->second.chain->resume_clutter(bytes ? std::span<const std::uint8_t>(*bytes) : std::span<const std::uint8_t>(),
                                      event.time);
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
