// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/live_station.hpp"

#include <chrono>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "codec/share/plot_bytes.hpp"
#include "runtime/health/log.hpp"
#include "runtime/station/radar/land_mask.hpp"

namespace headland::station {
namespace {

using journal::EntryKind;

Timestamp wall_now() { return std::chrono::system_clock::now(); }

}  // namespace

LiveStation::LiveStation(config::StationConfig config, LiveOptions options)
    : config_(std::move(config)),
      options_(std::move(options)),
      config_toml_(config::to_toml(config_)),
      chain_(chain_config(config_)) {
  metrics_.add_source([this](std::vector<health::Sample>& out) { add_metrics(out); });
}

LiveStation::~LiveStation() { stop(); }

Expected<void> LiveStation::start() {
  std::error_code made;
  std::filesystem::create_directories(config_.station.data_directory, made);
  if (made) {
    return fail(ErrorCode::io, config_.station.data_directory + ": cannot be made: " + made.message() +
                                   "; set [station] data_directory to a folder that can be written");
  }
  if (auto ok = open_journal(); !ok) return ok;
  if (config_.history.enabled) {
    auto history = HistoryRecorder::open(config_.history, config_.station.data_directory, health_);
    if (!history) return unexpected(history.error());
    history_ = std::move(*history);
  }
  if (auto ok = Cat062Output::open(config_.cat062, cat062_); !ok) return ok;
  for (const auto& output : config_.nmea_outputs) {
    std::unique_ptr<NmeaSender> sender;
    if (auto ok = NmeaSender::open(output, sender); !ok) return ok;
    if (sender) nmea_senders_.push_back(std::move(sender));
  }
  restore();
  if (auto ok = open_rules(); !ok) return ok;
  if (auto ok = open_inputs(); !ok) return ok;
  if (auto ok = open_page(); !ok) return ok;
  begin_session();
  tracking_.emplace("tracking", health_, [this](const std::stop_token& stop) { track_loop(stop); });
  for (auto& radar : radars_) radar->start();
  for (auto& source : nmea_) source->start();
  started_ = true;
  return {};
}

Expected<void> LiveStation::open_journal() {
  if (!config_.journal.enabled) return {};
  journal::WriterConfig writer;
  writer.directory = std::filesystem::path(config_.station.data_directory) / "journal";
  writer.segment_bytes = static_cast<std::uint64_t>(config_.journal.segment_max_mb * 1e6);
  writer.total_bytes = static_cast<std::uint64_t>(config_.journal.size_max_mb * 1e6);
  writer.max_age = to_duration(Seconds(config_.journal.age_max_h * 3600.0));
  auto recorder = Recorder::start(writer, health_);
  if (!recorder) return unexpected(recorder.error());
  recorder_ = std::move(*recorder);
  restart_.note = recorder_->recovery().message;
  if (!restart_.note.empty()) log::warn("journal: " + restart_.note);
  return {};
}

Expected<void> LiveStation::open_page() {
  if (!config_.web.enabled) return begin_rules(), Expected<void>();
  PublisherConfig page;
  page.version = options_.version;
  page.node = config_.station.name;
  page.web.address = config_.web.address;
  page.web.port = static_cast<std::uint16_t>(config_.web.port);
  page.web.document_root = config_.web.page_directory.empty() ? options_.page_directory : config_.web.page_directory;
  page.chart = config_.chart;
  page.areas = areas_to_draw(config_);
  for (std::size_t i = 0; i < config_.radars.size(); ++i) {
    page.radar_names[SensorId(static_cast<std::uint16_t>(i + 1))] = config_.radars[i].name;
  }
  publisher_ = std::make_unique<Publisher>(std::move(page), health_, metrics_);
  publisher_->set_status_source([this](share::HealthReport& report) { add_status(report); });
  if (history_) publisher_->set_history(&history_->store());
  take_orders();
  publisher_->set_sensitivity_source([this] { return sensitivity_json(); });
  begin_rules();
  // What was restored is shown at once.
  chain_.process_tick(restart_.last.value_or(wall_now()), output_);
  publisher_->on_output(restart_.last.value_or(wall_now()), output_, chain_);
  output_.clear();
  const auto port = publisher_->start();
  if (!port) {
    return fail(
        port.error().code,
        port.error().detail + "; set [web] port to another one (0 = any that is free), or address to one of ours");
  }
  web_port_ = *port;
  return {};
}

RadarFeed::Hooks LiveStation::radar_hooks() {
  RadarFeed::Hooks hooks;
  hooks.on_datagram = [this](SensorId sensor, const RawDatagram& raw) {
    if (recorder_ && config_.journal.video)
      recorder_->record(EntryKind::datagram, sensor.value(), raw.received, raw.bytes);
  };
  hooks.on_shed = [this](SensorId sensor, Timestamp time, std::uint64_t shed) {
    if (!recorder_) return;
    recorder_->record(EntryKind::gap, sensor.value(), time,
                      journal::encode(journal::GapNote{journal::GapCause::queue_full, 0, shed, 0}));
  };
  hooks.on_event = [this](SensorId sensor, Timestamp time, const std::string& what) {
    if (!recorder_) return;
    const auto bytes = std::span(reinterpret_cast<const std::uint8_t*>(what.data()), what.size());
    recorder_->record(EntryKind::event, sensor.value(), time, bytes);
  };
  hooks.on_sector = [this](PlotSector&& sector) { updates_.push(std::move(sector)); };
  hooks.on_clutter = [this](SensorId sensor, signal::ClutterMemory&& memory) {
    if (config_.radars[sensor.value() - 1U].clutter_map_stored) clutter_->keep(sensor, std::move(memory));
  };
  hooks.on_video = [this](const std::vector<VideoBatch>& video) {
    if (publisher_) publisher_->publish_video(video);
  };
  return hooks;
}

Expected<void> LiveStation::open_inputs() {
  clutter_ = std::make_unique<ClutterKeeper>(std::filesystem::path(config_.station.data_directory) / "clutter",
                                             config_.radars.size(), health_);
  for (std::size_t i = 0; i < config_.radars.size(); ++i) {
    const SensorId sensor(static_cast<std::uint16_t>(i + 1));
    auto feed = RadarFeed::open(config_.radars[i], sensor, radar_hooks(), health_);
    if (!feed) return fail(feed.error().code, "radar '" + config_.radars[i].name + "': " + feed.error().detail);
    radars_.push_back(std::move(*feed));
  }
  mask_land();
  for (const auto& source : config_.nmea) {
    if (auto ok = open_source(source, "nmea"); !ok) return ok;
  }
  for (const auto& remote : config_.remotes) {
    if (remote.listen.empty()) continue;
    if (auto ok = open_source({remote.name, remote.listen}, "remote"); !ok) return ok;
  }
  return {};
}

// Sentences, or datagrams with the tracks of others: each source is a stream of its own.
Expected<void> LiveStation::open_source(const config::NmeaSection& section, const char* what) {
  auto feed = NmeaFeed::open(
      section, static_cast<std::uint16_t>(first_nmea_stream + nmea_.size()),
      [this, section](std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> text) {
        if (section.alert_commands != "none") take_alert_commands(section, text);
        updates_.push(stream, received, text);
      },
      health_);
  if (!feed) {
    return fail(feed.error().code, std::string(what) + " '" + section.name + "': " + feed.error().detail);
  }
  nmea_.push_back(std::move(*feed));
  return {};
}

void LiveStation::mask_land() {
  for (std::size_t i = 0; i < config_.radars.size(); ++i) {
    const auto& section = config_.radars[i];
    if (section.land_margin_m < 0.0 || !section.has_position() || config_.chart.coastline.empty()) continue;
    auto mask = land_mask(section, config_.chart);
    if (mask) {
      radars_[i]->set_land_mask(std::move(*mask));
    } else {
      health_.set("land mask of " + section.name, health::State::yellow, mask.error().detail);
    }
  }
}

void LiveStation::track_loop(const std::stop_token& stop) {
  using namespace std::chrono_literals;
  // The steady clock gives the pace, the wall clock the time: one that is set back must not stop the picture.
  auto next_tick = std::chrono::steady_clock::now();
  while (true) {
    auto update = updates_.pop_for(50ms);
    if (update) consume(*update);
    const auto now = std::chrono::steady_clock::now();
    if (now >= next_tick) {
      tick(wall_now());
      next_tick += tick_interval;
      if (now - next_tick > 5s) next_tick = now + tick_interval;  // the machine slept
    }
    if (!update && (stop.stop_requested() || updates_.drained())) return;
  }
}

void LiveStation::consume(SensorUpdate& update) {
  // Recorded first: what cannot be replayed did not happen.
  if (auto* sector = std::get_if<PlotSector>(&update)) {
    if (recorder_) {
      std::vector<std::uint8_t> bytes;
      share::encode_plots(*sector, bytes);
      recorder_->record(EntryKind::plots, sector->sensor.value(), sector->ended, bytes);
    }
    chain_.process(*sector, output_);
    emit(sector->ended);
  } else if (auto* order = std::get_if<OrderUpdate>(&update)) {
    carry_out(*order, wall_now());
  } else {
    const auto& text = std::get<TextUpdate>(update);
    if (recorder_) recorder_->record(EntryKind::report, text.stream, text.received, text.bytes);
    chain_.process(text.stream, text.received, text.bytes, output_);
    emit(text.received);
  }
}

void LiveStation::tick(Timestamp now) {
  last_tick_ = now;
  record_losses(now);
  if (recorder_) recorder_->record(EntryKind::tick, node_stream, now, {});
  chain_.process_tick(now, output_);
  watch_positions();
  tell_jumps();
  tell_own_returned();
  watch_registration();
  watch_ais();
  {
    const std::lock_guard lock(nmea_mutex_);
    nmea_counters_ = chain_.nmea_counters();
    for (const auto& [sensor, radar] : chain_.registration()) biases_[sensor] = radar.estimate();
    bias_jumps_ = chain_.jumps().size();
    tell_clock(tracker_counters_.clock_steps, chain_.tracker_counters().clock_steps, now);
    tracker_counters_ = chain_.tracker_counters();
    remote_rejected_ = chain_.remote_source().counters().rejected;
    remote_returned_ = chain_.remote().counters().own_returned;
    if (output_.published) count_judged(*output_.published->picture);
  }
  if (output_.published) {
    std::uint64_t confirmed = 0;
    std::uint64_t tentative = 0;
    std::uint64_t vessels = 0;
    for (const auto& track : output_.published->picture->tracks) {
      if (track.report) ++vessels;
      if (track.radar_track != TrackId()) ++(track.stage == TrackStage::tentative ? tentative : confirmed);
    }
    tracks_confirmed_ = confirmed;
    tracks_tentative_ = tentative;
    ais_vessels_ = vessels;
  }
  emit(now);
  tell_losses();
  if (std::chrono::steady_clock::now() >= next_checkpoint_) write_checkpoint(now, false);
}

void LiveStation::emit(Timestamp time) {
  ais_messages_ += output_.ais.size() + output_.links.size();
  for (const auto& link : output_.links) {
    if (const auto* text = std::get_if<SafetyText>(&link)) log::info(in_words(*text));
  }
  if (publisher_) publisher_->on_output(time, output_, chain_);
  if (history_) history_->take(output_, chain_);
  send_out();
  if (rules_) rules_->take(output_, chain_);
  output_.clear();
}

void LiveStation::send_out() {
  const Picture* picture = output_.published ? output_.published->picture.get() : nullptr;
  if (cat062_ && picture != nullptr) {
    cat062_->take(*picture, health_, chain_.tracks());
    cat062_->take_status(radar_states(), picture->time, health_);
  }
  for (auto& sender : nmea_senders_) {
    for (const auto& message : output_.heard) sender->take(message);
    if (picture != nullptr && chain_.is_located()) {
      std::optional<GeoPosition> site;
      if (!radars_.empty()) site = chain_.site_of(SensorId(1), picture->time);
      sender->take(*picture, site, chain_.frame());
    }
    if (picture != nullptr || !output_.heard.empty()) sender->send(health_);
  }
}

std::vector<SensorState> LiveStation::radar_states() const {
  std::vector<SensorState> states;
  for (std::size_t i = 0; i < radars_.size(); ++i) {
    const SensorId sensor(static_cast<std::uint16_t>(i + 1));
    SensorState& state = states.emplace_back();
    state.sensor = sensor;
    state.spokes = radars_[i]->counters().decoder.spokes;
    const auto known = chain_.registration().find(sensor);
    if (known != chain_.registration().end()) state.taken_off = known->second.taken_off();
  }
  return states;
}

void LiveStation::stop() {
  for (auto& radar : radars_) radar->stop();
  for (auto& source : nmea_) source->stop();
  if (clutter_) clutter_->stop();
  updates_.close();
  if (tracking_) tracking_->join();
  tracking_.reset();
  if (rules_) rules_->stop();
  for (auto& poster : posters_) poster->stop();
  if (started_) {
    record_losses(wall_now());
    write_checkpoint(wall_now(), false);
    if (history_) history_->event({wall_now(), "session_ended", "station", "stopped"});
  }
  started_ = false;
  if (publisher_) publisher_->stop();
  if (history_) history_->stop();
  if (recorder_) recorder_->stop();
}

}  // namespace headland::station
