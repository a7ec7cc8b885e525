// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/recorder.hpp"

#include <utility>

namespace headland::station {
namespace {

using journal::EntryKind;

// How far an entry may fill the queue (see BoundedQueue::push).
double share_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::datagram:
      return 0.5;
    case EntryKind::plots:
      return 0.9;
    default:
      return 1.0;
  }
}

}  // namespace

Expected<std::unique_ptr<Recorder>> Recorder::start(journal::WriterConfig config, health::Health& health) {
  auto writer = journal::JournalWriter::open(std::move(config));
  if (!writer) return unexpected(writer.error());
  return std::unique_ptr<Recorder>(new Recorder(std::move(*writer), health));
}

Recorder::Recorder(journal::JournalWriter writer, health::Health& health)
    : writer_(std::move(writer)), recovery_(writer_.recovery()), health_(health) {
  lane_.emplace("journal", health, [this](const std::stop_token&) { write_loop(); });
}

Recorder::~Recorder() { stop(); }

void Recorder::stop() {
  queue_.close();
  if (lane_) lane_->join();
  lane_.reset();
}

void Recorder::record(EntryKind kind, std::uint16_t stream, Timestamp time, std::span<const std::uint8_t> payload) {
  constexpr std::size_t overhead = 64;
  const auto size = payload.size() + overhead;
  if (queue_.push({kind, stream, time, {payload.begin(), payload.end()}}, size, share_of(kind))) return;
  const std::lock_guard lock(lost_mutex_);
  ++lost_[stream].entries;
  lost_[stream].bytes += payload.size();
  has_losses_ = true;
}

void Recorder::write_loop() {
  using namespace std::chrono_literals;
  while (true) {
    const auto item = queue_.pop_for(50ms);
    if (item) write(*item);
    note(writer_.flush_if_due(std::chrono::steady_clock::now()));
    bytes_written_ = writer_.counters().file_bytes;
    if (item) last_time_ = item->time;
    if (!item && queue_.drained()) break;
  }
  if (has_losses_) write_losses(last_time_);
  note(writer_.sync());
  bytes_written_ = writer_.counters().file_bytes;
}

void Recorder::write(const Item& item) {
  if (has_losses_) write_losses(item.time);
  const auto result = writer_.append(item.kind, item.stream, item.time, item.payload);
  if (!result) note(unexpected(result.error()));
}

void Recorder::write_losses(Timestamp now) {
  std::map<std::uint16_t, Lost> lost;
  {
    const std::lock_guard lock(lost_mutex_);
    lost.swap(lost_);
    has_losses_ = false;
  }
  for (const auto& [stream, what] : lost) {
    const auto note_bytes =
        journal::encode(journal::GapNote{journal::GapCause::queue_full, 0, what.entries, what.bytes});
    (void)writer_.append(EntryKind::gap, stream, now, note_bytes);
  }
}

void Recorder::note(const Expected<void>& result) {
  if (result) {
    // Nothing to write is no proof that writing works again.
    if (healthy_ || writer_.counters().chunks == chunks_at_fault_) return;
    healthy_ = true;
    health_.set("journal", health::State::green);
    return;
  }
  chunks_at_fault_ = writer_.counters().chunks;
  healthy_ = false;
  health_.set("journal", health::State::red, result.error().detail);
}

}  // namespace headland::station
