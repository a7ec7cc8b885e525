// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/output/publisher.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

#include "codec/share/bodies.hpp"
#include "codec/share/card_frames.hpp"
#include "codec/share/client_message.hpp"
#include "codec/share/radar_frames.hpp"
#include "codec/share/track_frames.hpp"

namespace headland::station {
namespace {

using SteadyClock = std::chrono::steady_clock;

Timestamp wall_now() { return std::chrono::system_clock::now(); }

web::SharedFrame shared(share::Frame frame) {
  return std::make_shared<const std::vector<std::uint8_t>>(std::move(frame));
}

// Past positions of a track on its card.
constexpr Duration past_interval = std::chrono::seconds(6);
constexpr std::size_t past_most = 100;

std::vector<share::TrackRecord> records_of(const Picture& picture, const LocalFrame& frame) {
  std::vector<share::TrackRecord> out;
  out.reserve(picture.tracks.size());
  for (const auto& track : picture.tracks) out.push_back(share::record_of(track, picture.time, frame));
  return out;
}

const SystemTrack* find(const Picture& picture, SystemTrackId id) {
  const auto at = std::ranges::lower_bound(picture.tracks, id, {}, &SystemTrack::id);
  return at != picture.tracks.end() && at->id == id ? &*at : nullptr;
}

}  // namespace

Publisher::Publisher(PublisherConfig config, health::Health& health, health::Metrics& metrics)
    : config_(std::move(config)),
      health_(health),
      metrics_(metrics),
      server_(config_.web, {.on_join = [this](web::ClientId c) { on_join(c); },
                            .on_message = [this](web::ClientId c, std::string_view text) { on_message(c, text); },
                            .on_leave =
                                [this](web::ClientId c) {
                                  const std::lock_guard lock(mutex_);
                                  clients_.erase(c);
                                },
                            .on_resync = [this](web::ClientId c) { send_snapshot(c); }}) {
  add_routes();
  if (!config_.areas.empty()) show_zones({});
}

Publisher::~Publisher() { stop(); }

void Publisher::set_status_source(StatusSource source) { status_ = std::move(source); }
void Publisher::set_history(store::HistoryStore* store) { history_ = store; }

Expected<std::uint16_t> Publisher::start() {
  auto port = server_.start();
  if (!port) return port;
  lane_.emplace("publish", health_, [this](const std::stop_token& stop) {
    auto next = SteadyClock::now();
    while (!stop.stop_requested()) {
      next += std::chrono::seconds(1);
      while (SteadyClock::now() < next && !stop.stop_requested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
      every_second();
    }
  });
  return port;
}

void Publisher::stop() {
  if (lane_) {
    lane_->request_stop();
    lane_->join();
    lane_.reset();
  }
  server_.stop();
  if (trial_) trial_->stop();
}

std::string Publisher::radar_name(SensorId sensor) const {
  const auto known = config_.radar_names.find(sensor);
  return known != config_.radar_names.end() ? known->second : "radar " + std::to_string(sensor.value());
}

void Publisher::on_output(Timestamp time, const PictureOutput& output, const PictureChain& chain) {
  {
    const std::lock_guard lock(mutex_);
    data_time_ = time;
    if (chain.is_located() != located_ || !(chain.frame() == frame_)) hello_is_old_ = true;
    located_ = chain.is_located();
    frame_ = chain.frame();
    ais_rate_.add(output.ais.size());
    if (!output.ais.empty()) last_ais_ = time;
    for (const auto& sector : output.sectors) {
      auto& radar = radars_[sector.sensor];
      radar.take(sector);
      const auto antenna = frame_.to_geo({Metres(sector.site_east_m), Metres(sector.site_north_m)});
      if (range_bearing(radar.antenna, antenna).range > Metres(50.0)) hello_is_old_ = true;
      radar.antenna = antenna;
      if (!config_.replay) radar.latency_ms = 1e3 * to_seconds(wall_now() - sector.ended).value();
    }
    note_places(time, chain);
    if (output.published) {
      note_stories(chain);
      note_registration(chain);
    }
  }
  if (server_.client_count() > 0) publish_plots(output);
  if (output.published) publish_change(*output.published);
}

// Of what is selected alone: a sentence is made of up to 40 facts.
void Publisher::note_stories(const PictureChain& chain) {
  stories_.clear();
  for (const auto& [client, selected] : clients_) {
    if (!selected || stories_.contains(*selected)) continue;
    const auto story = chain.story_of(*selected);
    if (story) stories_[*selected] = tracking::sentence(TrackId(selected->value()), *story);
  }
}

void Publisher::note_places(Timestamp time, const PictureChain& chain) {
  for (const auto& [sensor, radar] : radars_) {
    places_[{sensor, radar.reference}] = chain.video_place(time, sensor, radar.reference);
  }
}

void Publisher::note_registration(const PictureChain& chain) {
  for (const auto& [sensor, radar] : chain.registration()) {
    const registration::BiasEstimate& e = radar.estimate();
    share::RadarRegistrationHealth& r = registration_[sensor];
    r = {e.bias.bearing_rad / radians_per_degree,
         e.deviation.bearing_rad / radians_per_degree,
         e.bias.range_m,
         e.deviation.range_m,
         e.bias.time_s,
         e.deviation.time_s,
         e.vessels,
         std::nullopt,
         std::nullopt};
    for (const registration::RadarJump& jump : chain.jumps()) {
      if (jump.sensor != sensor) continue;
      r.jump_deg = jump.bearing_rad / radians_per_degree;
      r.jump_time_s = epoch_seconds(jump.since);
    }
  }
}

void Publisher::publish_plots(const PictureOutput& output) {
  for (const auto& sector : output.sectors) {
    if (sector.plots.empty()) continue;
    const auto marks = share::plot_marks(sector, frame_);
    server_.broadcast(shared(share::plots_frame(sector.sensor, sector.ended, marks)));
  }
}

void Publisher::publish_change(const picture::PublishedPicture& published) {
  const Picture& picture = *published.picture;
  const PictureChange& change = published.change;
  std::vector<share::TrackRecord> records;
  std::vector<SystemTrackId> removed = change.dropped;
  std::vector<const SystemTrack*> renamed;
  const std::lock_guard lock(mutex_);
  picture_ = published.picture;
  for (const auto& merge : change.merged) removed.push_back(merge.ended);
  for (const auto id : removed) shown_.erase(id);
  for (const auto* ids : {&change.created, &change.updated}) {
    for (const auto id : *ids) {
      const SystemTrack* track = find(picture, id);
      if (track == nullptr) continue;
      remember(*track);
      auto& shown = shown_[id];
      if (shown.attribute_version != track->attribute_version || ids == &change.created) renamed.push_back(track);
      shown.attribute_version = track->attribute_version;
      records.push_back(share::record_of(*track, picture.time, frame_));
    }
  }
  if (server_.client_count() == 0) return;
  if (!records.empty() || !removed.empty()) {
    server_.broadcast(shared(share::track_delta(picture.time, removed, records)));
  }
  if (!renamed.empty()) {
    server_.broadcast(shared(share::attributes_frame(renamed, nullptr, {.now = picture.time, .plane = frame_})));
  }
}

void Publisher::remember(const SystemTrack& track) {
  auto& past = shown_[track.id].past;
  if (!past.empty() && std::chrono::abs(track.time - past.back().time) < past_interval) return;
  past.push_back({track.time, track.position, {}, {}});
  if (past.size() > past_most) past.erase(past.begin());
}

void Publisher::on_video(const std::vector<VideoBatch>& video, const PictureChain&) { publish_video(video); }

void Publisher::publish_video(const std::vector<VideoBatch>& video) {
  for (const auto& batch : video) {
    GeoPosition antenna;
    PictureChain::VideoPlace place;
    {
      const std::lock_guard lock(mutex_);
      if (const auto known = places_.find({batch.sensor, batch.reference}); known != places_.end()) {
        place = known->second;
      }
      auto& radar = radars_[batch.sensor];
      const Metres range = batch.range_start + batch.cell_size * static_cast<double>(batch.cells);
      if (!radar.heard || radar.reference != batch.reference || std::abs((range - radar.range).value()) > 1.0) {
        hello_is_old_ = true;
      }
      radar.heard = SteadyClock::now();
      radar.reference = batch.reference;
      radar.range = range;
      radar.spokes.add(batch.spokes_in);
      antenna = radar.antenna;
    }
    if (server_.client_count() == 0) continue;
    const double turns = Bearing(Radians(place.turn.radians())).radians() / (2.0 * std::numbers::pi);
    const auto turn_by = static_cast<std::uint32_t>(std::lround(turns * batch.azimuths_per_turn));  // grid rows
    share::SpokeBatch out;
    out.sensor = batch.sensor;
    out.time = batch.time;
    out.first_azimuth = static_cast<std::uint16_t>((batch.first_azimuth + turn_by) % batch.azimuths_per_turn);
    out.azimuths_per_turn = batch.azimuths_per_turn;
    out.cells = batch.cells;
    out.range_start = batch.range_start + place.range_shift;
    out.cell_size = batch.cell_size;
    out.antenna = antenna;
    out.echo_clock = config_.replay ? wall_now() : batch.time;
    out.amplitudes = batch.amplitudes;
    server_.broadcast(shared(share::deflated(share::spokes_frame(out))));
  }
}

share::Frame Publisher::hello() const {
  share::Hello hello;
  hello.version = config_.version;
  hello.replay = config_.replay;
  hello.node = config_.node;
  hello.origin = frame_.origin();
  hello.server_time_s = epoch_seconds(wall_now());
  for (const auto& [id, radar] : radars_) {
    hello.radars.push_back({id, radar_name(id), radar.antenna, radar.range, radar.reference});
  }
  return share::hello_frame(hello, data_time_.value_or(wall_now()));
}

void Publisher::on_join(web::ClientId client) {
  {
    const std::lock_guard lock(mutex_);
    clients_[client] = std::nullopt;
    server_.send(client, shared(hello()));
    share::Playback playback{config_.replay, config_.rate, epoch_seconds(data_time_.value_or(wall_now())), paused_};
    server_.send(client, shared(share::playback_frame(playback, data_time_.value_or(wall_now()))));
  }
  send_snapshot(client);
}

void Publisher::send_snapshot(web::ClientId client) {
  const std::lock_guard lock(mutex_);
  send_alerts(client);
  if (!picture_) return;
  server_.send(client, shared(share::track_snapshot(picture_->time, records_of(*picture_, frame_))));
  std::vector<const SystemTrack*> all;
  for (const auto& track : picture_->tracks) all.push_back(&track);
  server_.send(client, shared(share::attributes_frame(all, nullptr, {.now = picture_->time, .plane = frame_})));
}

void Publisher::on_message(web::ClientId client, std::string_view text) {
  const auto message = share::parse_client_message(text);
  if (!message) return server_.send_text(client, share::error_text(share::to_string(message.error())));
  if (take_order(client, *message)) return;
  if (const auto* ping = std::get_if<share::Ping>(&*message)) {
    server_.send_text(client, share::pong_text(ping->client_time_s, epoch_seconds(wall_now())));
  } else if (std::holds_alternative<share::WantSnapshot>(*message)) {
    send_snapshot(client);
  } else if (const auto* select = std::get_if<share::SelectTrack>(&*message)) {
    {
      const std::lock_guard lock(mutex_);
      clients_[client] = select->id;
    }
    send_cards();
  } else if (const auto* radar = std::get_if<share::ShowRadar>(&*message)) {
    server_.subscribe(client, web::FrameType::spokes, radar->on);
  } else if (const auto* plots = std::get_if<share::ShowPlots>(&*message)) {
    server_.subscribe(client, web::FrameType::plots, plots->on);
  } else if (const auto* pause = std::get_if<share::SetPaused>(&*message)) {
    if (!config_.replay) return server_.send_text(client, share::error_text("live data cannot be paused"));
    paused_ = pause->paused;
    const std::lock_guard lock(mutex_);
    const auto now = data_time_.value_or(wall_now());
    server_.broadcast(shared(share::playback_frame({true, config_.rate, epoch_seconds(now), paused_}, now)));
  }
}

void Publisher::send_cards() {
  const std::lock_guard lock(mutex_);
  if (!picture_) return;
  for (const auto& [client, selected] : clients_) {
    if (selected) send_card(client, *selected);
  }
}

void Publisher::send_card(web::ClientId client, SystemTrackId selected) {
  const SystemTrack* track = find(*picture_, selected);
  const auto story = stories_.find(selected);
  const Timestamp now = data_time_.value_or(picture_->time);
  if (track == nullptr) {  // gone: why, is still told
    if (story != stories_.end()) server_.send(client, shared(share::story_frame(selected, story->second, now)));
    return;
  }
  share::CardContext context{.now = now, .plane = frame_};
  context.radar_name = [this](SensorId id) { return radar_name(id); };
  if (const auto shown = shown_.find(selected); shown != shown_.end()) context.past = shown->second.past;
  if (story != stories_.end()) context.story = story->second;
  server_.send(client, shared(share::attributes_frame({}, track, context)));
}

void Publisher::every_second() {
  constexpr std::uint32_t snapshot_every = 30;
  {
    const std::lock_guard lock(mutex_);
    for (auto& [id, radar] : radars_) radar.spokes.tick(1.0);
    ais_rate_.tick(1.0);
    if (std::exchange(hello_is_old_, false)) server_.broadcast(shared(hello()));
    if (++seconds_ % snapshot_every == 0 && picture_ && server_.client_count() > 0) {
      server_.broadcast(shared(share::track_snapshot(picture_->time, records_of(*picture_, frame_))));
    }
    if (config_.replay && data_time_) {
      server_.broadcast(
          shared(share::playback_frame({true, config_.rate, epoch_seconds(*data_time_), paused_}, *data_time_)));
    }
  }
  if (server_.client_count() == 0) return;
  const auto report = health_report();
  server_.broadcast(
      shared(share::health_frame(report, from_epoch_seconds(report.data_time_s.value_or(report.clock_s)))));
  send_cards();
}

share::HealthReport Publisher::health_report() {
  using std::chrono::duration;
  share::HealthReport report;
  report.clock_s = epoch_seconds(wall_now());
  {
    const std::lock_guard lock(mutex_);
    if (data_time_) report.data_time_s = epoch_seconds(*data_time_);
    for (const auto& [id, radar] : radars_) {
      share::RadarHealth r;
      r.id = id;
      r.name = radar_name(id);
      r.spokes_per_s = radar.spokes.per_second();
      if (radar.turn_time) r.turn_s = radar.turn_time->value();
      r.plots_per_turn = radar.plots_per_turn;
      r.latency_ms = radar.latency_ms;
      if (radar.heard) {
        r.age_s = duration<double>(SteadyClock::now() - *radar.heard).count();
        r.state = *r.age_s < 3.0 ? share::RadarState::ok : share::RadarState::stale;
      }
      if (const auto known = registration_.find(id); known != registration_.end()) r.registration = known->second;
      report.radars.push_back(std::move(r));
    }
    report.ais_messages_per_s = ais_rate_.per_second();
    if (last_ais_ && data_time_) report.ais_age_s = to_seconds(*data_time_ - *last_ais_).value();
    if (picture_) {
      for (const auto& track : picture_->tracks) {
        if (track.report) ++report.ais_vessels;
        if (track.radar_track == TrackId()) continue;
        ++(track.stage == TrackStage::tentative ? report.tentative : report.confirmed);
      }
    }
  }
  report.clients = server_.client_count();
  if (status_) status_(report);
  return report;
}

}  // namespace headland::station
