// SPDX-License-Identifier: Apache-2.0
// Going on after a stop, a crash or a loss of power: checkpoints, and what was consumed since.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "codec/share/plot_bytes.hpp"
#include "io/journal/journal_reader.hpp"
#include "io/journal/state_file.hpp"
#include "runtime/health/log.hpp"
#include "runtime/station/live_station.hpp"
#include "runtime/station/picture/checkpoint.hpp"
#include "runtime/station/picture/numbers_given.hpp"
#include "runtime/station/track_orders.hpp"

namespace headland::station {
namespace {

using journal::EntryKind;

}  // namespace

void LiveStation::restore() {
  if (recorder_) restore_from_journal();
  const auto numbering = chain_config(config_);
  chain_.skip_numbers(restart_.restored
                          ? numbers_of_a_second()
                          : numbers_before(history_ ? &history_->store() : nullptr, std::chrono::system_clock::now(),
                                           numbering.picture, numbering.remote_fusion));
}

void LiveStation::restore_from_journal() {
  const auto directory = std::filesystem::path(config_.station.data_directory) / "journal";
  auto found = journal::find_last_checkpoint(directory, node_stream);
  if (!found || !*found) return;  // a first start, or nothing that can be read
  auto& reader = **found;
  while (const auto entry = reader.next()) {
    restart_.last = entry->time;
    ++restart_.entries;
    if (entry->kind == EntryKind::checkpoint && !restart_.restored) {
      const auto checkpoint = decode_checkpoint(entry->payload);
      if (!checkpoint) break;
      if (!checkpoint->state.empty() && !chain_.restore(checkpoint->state)) break;
      restart_.restored = true;
      if (history_) history_->know(chain_.tracks());
      continue;
    }
    if (restart_.restored) replay_entry(*entry);
  }
  restart_.tracks = chain_.tracks().size();
  if (restart_.restored) {
    log::info(fmt::format("went on from the journal: {} tracks, {} entries since the last checkpoint", restart_.tracks,
                          restart_.entries));
  }
}

void LiveStation::replay_entry(const journal::JournalEntry& entry) {
  if (entry.kind == EntryKind::plots) {
    if (const auto sector = share::decode_plots(entry.payload)) chain_.process(*sector, output_);
  } else if (entry.kind == EntryKind::report) {
    chain_.process(entry.stream, entry.time, entry.payload, output_);
  } else if (entry.kind == EntryKind::operator_action) {
    if (const auto order = track_order_in(entry.payload)) (void)chain_.process(*order, entry.time, output_);
  } else if (entry.kind == EntryKind::tick) {
    chain_.process_tick(entry.time, output_);
  }
  // The rows that the crash kept from the disk.
  if (history_) history_->take(output_, chain_);
  output_.clear();
}

void LiveStation::begin_session() {
  const Timestamp now = std::chrono::system_clock::now();
  if (recorder_) {
    recorder_->record(EntryKind::session_start, node_stream, now, {});
    write_checkpoint(now, true);
    // From here on the node goes by what the checkpoint holds and nothing else (halves of messages, counts),
    // so that a replay, which begins there, does the same.
    const auto state = chain_.snapshot();
    chain_ = PictureChain(chain_config(config_));
    (void)chain_.restore(state);
  }
  resume_clutter(now);
  if (history_) {
    history_->event({now, "session_began", "station",
                     restart_.restored ? fmt::format("started with {} tracks of before", restart_.tracks) : "started"});
  }
}

// After the checkpoint that begins the session: the journal says which clutter its radars went on from.
void LiveStation::resume_clutter(Timestamp now) {
  for (std::size_t i = 0; i < radars_.size(); ++i) {
    const auto& section = config_.radars[i];
    if (!section.clutter_map || !section.clutter_map_stored) continue;
    const SensorId sensor = radars_[i]->sensor();
    const auto packed = clutter_->load(sensor, section.name);
    if (!packed) continue;
    const auto bytes = journal::unpack_state(*packed);
    if (!bytes) log::warn("radar " + section.name + ": the file of its clutter map " + bytes.error().detail);
    if (recorder_ && config_.journal.video) recorder_->record(EntryKind::radar_state, sensor.value(), now, *packed);
    radars_[i]->resume_clutter(bytes ? std::span<const std::uint8_t>(*bytes) : std::span<const std::uint8_t>(), now);
  }
}

void LiveStation::write_checkpoint(Timestamp now, bool begins_session) {
  // A busy node's state must not fill the disk: the larger it is, the more seldom it is written.
  constexpr double least_s = 10.0;
  constexpr double most_s = 120.0;
  constexpr double bytes_per_s = 50'000.0;
  Checkpoint checkpoint;
  checkpoint.begins_session = begins_session;
  checkpoint.configuration = config_toml_;
  checkpoint.state = recorder_ ? chain_.snapshot() : std::vector<std::uint8_t>();
  checkpoint_bytes_ = checkpoint.state.size();
  const double wait_s = std::clamp(static_cast<double>(checkpoint.state.size()) / bytes_per_s, least_s, most_s);
  next_checkpoint_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(static_cast<int>(1000.0 * wait_s));
  if (!recorder_) return;
  recorder_->record(EntryKind::checkpoint, node_stream, now, encode(checkpoint));
}

}  // namespace headland::station
