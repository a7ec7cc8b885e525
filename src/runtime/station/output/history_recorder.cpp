// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/history_recorder.hpp"

#include <algorithm>
#include <chrono>

#include "runtime/health/log.hpp"

namespace headland::station {
namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

store::TrackRow row_of(const SystemTrack& t, const LocalFrame& frame) {
  store::TrackRow row;
  row.id = t.id;
  row.point.time = t.time;
  row.point.position = t.position;
  if (t.velocity_known) {
    row.point.speed = t.velocity.speed();
    row.point.course = t.velocity.course() - frame.north_at(t.local);
  }
  row.stage = t.stage;
  row.existence = t.existence;
  if (t.identity) row.mmsi = t.identity->mmsi;
  for (const auto& c : t.contributions) {
    if (c.kind == SourceKind::radar) row.radar = true;
    if (c.kind == SourceKind::ais) row.ais = true;
  }
  row.kind = t.kind;
  if (t.report) {
    row.ais_received = t.report->received;
    row.ais_class = t.report->kind;
    row.heading = t.report->heading;
    row.navigation_status = t.report->navigation_status;
  }
  row.length = t.size.known ? t.size.least_length() : t.length;
  row.radar_class = t.radar_kind.likely;
  row.hearing = t.silence.hearing;
  row.trust = t.trust.score;
  return row;
}

}  // namespace

std::string in_words(const SafetyText& text) {
  std::string who = "MMSI " + std::to_string(text.mmsi.value());
  if (text.destination) who += " to MMSI " + std::to_string(text.destination->value());
  return who + ": " + text.text;
}

Expected<std::unique_ptr<HistoryRecorder>> HistoryRecorder::open(const config::HistorySection& section,
                                                                 const std::string& directory, health::Health& health) {
  store::StoreConfig config;
  config.file = std::filesystem::path(directory) / "history.sqlite";
  config.max_age = to_duration(Seconds(section.age_max_h * 3600.0));
  config.max_bytes = static_cast<std::uint64_t>(section.size_max_mb * 1e6);
  auto store = store::open_sqlite_store(config);
  if (!store) return unexpected(store.error());
  for (const auto& message : (*store)->take_messages()) log::warn("history: " + message);
  return std::unique_ptr<HistoryRecorder>(new HistoryRecorder(section, std::move(*store), health));
}

HistoryRecorder::HistoryRecorder(const config::HistorySection& section, std::unique_ptr<store::HistoryStore> store,
                                 health::Health& health)
    : interval_(to_duration(Seconds(section.interval_s))), store_(std::move(store)), health_(health) {
  lane_.emplace("history", health, [this](const std::stop_token&) { write_loop(); });
}

void HistoryRecorder::stop() {
  queue_.close();
  if (lane_) lane_->join();
  lane_.reset();
}

void HistoryRecorder::event(HistoryEvent event) {
  store::StoreBatch batch;
  batch.events.push_back(std::move(event));
  queue_.push(std::move(batch));
}

void HistoryRecorder::take(const PictureOutput& output, const PictureChain& chain) {
  store::StoreBatch batch;
  for (const auto& message : output.ais) {
    if (const auto* particulars = std::get_if<VesselParticulars>(&message)) batch.particulars.push_back(*particulars);
  }
  add_events(output, batch);
  if (output.published && chain.is_located()) add_rows(*output.published, chain.frame(), batch);
  if (!batch.empty()) queue_.push(std::move(batch));
}

void HistoryRecorder::add_events(const PictureOutput& output, store::StoreBatch& batch) {
  for (const auto& link : output.links) {
    const auto* text = std::get_if<SafetyText>(&link);
    if (text == nullptr) continue;
    batch.events.push_back(
        {text->received, "ais_safety_text", "MMSI " + std::to_string(text->mmsi.value()), in_words(*text)});
  }
  for (const auto& track : output.tracks) {
    const auto subject = "track " + std::to_string(track.id.value());
    if (track.stage == TrackStage::confirmed && confirmed_.try_emplace(track.id, true).second) {
      batch.events.push_back({track.time, "track_begun", subject, subject + " is confirmed"});
    } else if (track.stage == TrackStage::ended && confirmed_.erase(track.id) > 0) {
      batch.events.push_back({track.time, "track_ended", subject, subject + " is lost"});
    }
  }
}

void HistoryRecorder::add_rows(const picture::PublishedPicture& published, const LocalFrame& frame,
                               store::StoreBatch& batch) {
  for (const auto* ids : {&published.change.created, &published.change.updated}) {
    for (const auto id : *ids) {
      const auto& tracks = published.picture->tracks;
      const auto at = std::ranges::lower_bound(tracks, id, {}, &SystemTrack::id);
      if (at == tracks.end() || at->id != id || at->stage == TrackStage::tentative) continue;
      auto& last = last_row_[id];
      if (last != Timestamp{} && std::chrono::abs(at->time - last) < interval_) continue;  // a clock may be set back
      last = at->time;
      batch.tracks.push_back(row_of(*at, frame));
    }
  }
  for (const auto id : published.change.dropped) last_row_.erase(id);
  for (const auto& merge : published.change.merged) last_row_.erase(merge.ended);
}

void HistoryRecorder::write_loop() {
  using namespace std::chrono_literals;
  auto last_prune = std::chrono::steady_clock::now();
  Timestamp newest;
  while (true) {
    auto batch = queue_.pop_for(250ms);
    if (!batch && queue_.drained()) return;
    if (!batch) continue;
    while (auto more = queue_.pop_for(0ns)) {  // one transaction for all that waits
      append(batch->tracks, more->tracks);
      append(batch->particulars, more->particulars);
      append(batch->events, more->events);
    }
    for (const auto& row : batch->tracks) newest = std::max(newest, row.point.time);
    write(*batch);
    if (std::chrono::steady_clock::now() - last_prune > 60s) {
      last_prune = std::chrono::steady_clock::now();
      for (int step = 0; step < 20; ++step) {
        const auto more = store_->prune(newest);
        if (!more || !*more) break;
      }
    }
  }
}

void HistoryRecorder::write(store::StoreBatch& batch) {
  const auto written = store_->write(batch);
  if (written) {
    rows_ += batch.tracks.size();
    health_.set("history", health::State::green);
  } else {
    health_.set("history", health::State::red, written.error().detail);
  }
}

}  // namespace headland::station
