// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/stage_runner.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/station/output/recorder.hpp"
#include "runtime/station/picture/tracker_settings.hpp"
#include "runtime/station/radar/land_mask.hpp"

namespace headland::station {

namespace {

// What a radar's errors depend on: another value of any of these, and what was learned of them is void.
std::uint64_t mounting_of(const config::RadarSection& r) {
  const std::string text = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", r.name, r.protocol, r.latitude_deg, r.longitude_deg,
                                       r.bearing_reference, r.bearing_offset_deg, r.variation_deg, r.range_offset_m);
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

}  // namespace

PictureChainConfig chain_config(const config::StationConfig& config) {
  PictureChainConfig out;
  for (std::size_t i = 0; i < config.radars.size(); ++i) {
    const auto& radar = config.radars[i];
    const SensorId id(static_cast<std::uint16_t>(i + 1));
    if (radar.has_position()) out.fixed_sites[id] = GeoPosition::from_degrees(radar.latitude_deg, radar.longitude_deg);
    out.names[id] = radar.name;
    auto& registration = out.registration[id];
    registration.mounting = mounting_of(radar);
    registration.stabilize = radar.bearing_stabilization;
    registration.unbias = radar.registration;
    out.land_margin[id] = Metres(radar.land_margin_m);
    if (radar.antenna_height_m > 0.0) out.antenna_height[id] = Metres(radar.antenna_height_m);
    if (radar.variation_deg != 0.0) out.variation[id] = Angle::from_degrees(radar.variation_deg);
  }
  auto stream = static_cast<std::uint16_t>(first_nmea_stream + config.nmea.size());  // as LiveStation opens them
  for (const auto& remote : config.remotes) {
    RemoteSystem system;
    system.name = remote.name;
    if (remote.has_position()) system.site = GeoPosition::from_degrees(remote.latitude_deg, remote.longitude_deg);
    system.position_deviation_m = remote.position_deviation_m;
    system.watches = remote.kind == "air" ? Watches::air : remote.kind == "sea" ? Watches::sea : Watches::anything;
    if (!remote.listen.empty()) out.remote.streams[stream++] = system;
    if (remote.sac >= 0) {
      out.remote.systems[static_cast<std::uint16_t>((remote.sac << 8) | remote.sic)] = system;
    } else if (!out.remote.any) {
      out.remote.any = system;
    }
  }
  if (!config.cat062.send.empty()) {
    out.remote_fusion.own_system = static_cast<std::uint16_t>((config.cat062.sac << 8) | config.cat062.sic);
  }
  for (const auto& area : config.no_initiation) {
    auto& corners = out.no_initiation.emplace_back();
    for (const auto& [latitude_deg, longitude_deg] : area.points) {
      corners.push_back(GeoPosition::from_degrees(latitude_deg, longitude_deg));
    }
  }
  for (const auto& output : config.nmea_outputs) {
    if (!output.send.empty() && output.sentences.find("vdm") != std::string::npos) out.keep_heard = true;
  }
  out.land_about = land_source(config.chart);
  out.tracker = tracker_settings(config.tracker, PlotSource::video);
  for (std::size_t i = 0; i < config.radars.size(); ++i) {
    out.tracker.resolutions[SensorId(static_cast<std::uint16_t>(i + 1))] =
        resolution_of(config.tracker, config.radars[i]);
  }
  out.picture.association.range_gate_m = config.association.range_gate_m;
  out.picture.association.bearing_gate_deg = config.association.bearing_gate_deg;
  out.own_ship.heading_source = config.own_ship.heading_talker;
  out.own_ship.position_source = config.own_ship.position_talker;
  out.own_ship.age_max = to_duration(Seconds(config.own_ship.age_max_s));
  return out;
}

StageRunner::StageRunner(const config::StationConfig& config, std::optional<GeoPosition> origin, PictureSink& sink)
    : origin_(origin), sink_(sink) {
  auto chain = chain_config(config);
  chain.plane_of_plots = origin_;
  chain_ = std::make_unique<PictureChain>(std::move(chain));
}

void StageRunner::process(StageItem& item) {
  if (!item.from_journal) tick_until(item.time);
  if (auto* configure = std::get_if<StageItem::Configure>(&item.what)) {
    auto chain = chain_config(configure->config);
    chain.plane_of_plots = origin_;
    chain_ = std::make_unique<PictureChain>(std::move(chain));
  } else if (const auto* restore = std::get_if<StageItem::Restore>(&item.what)) {
    (void)chain_->restore(restore->state);  // of another version: the tracks begin anew
  } else if (const auto* sector = std::get_if<PlotSector>(&item.what)) {
    chain_->process(*sector, output_);
    emit(item.time);
  } else if (const auto* placed = std::get_if<StageItem::Placed>(&item.what)) {
    chain_->process_placed(placed->sector, output_);
    emit(item.time);
  } else if (const auto* text = std::get_if<StageItem::Text>(&item.what)) {
    chain_->process(text->stream, item.time, text->bytes, output_);
    emit(item.time);
  } else if (const auto* order = std::get_if<StageItem::Order>(&item.what)) {
    (void)chain_->process(order->order, item.time, output_);
    emit(item.time);
  } else if (std::holds_alternative<StageItem::Tick>(item.what)) {
    chain_->process_tick(item.time, output_);
    emit(item.time);
  }
  if (!item.video.empty()) sink_.on_video(item.video, *chain_);
}

void StageRunner::tick_until(Timestamp time) {
  // Ticks lie on whole multiples of the interval. A hole in the data, or time that goes back, is not
  // filled with ticks: one at its end is enough.
  constexpr std::int64_t most_ticks = 240;
  if (!next_tick_ || time - *next_tick_ > tick_interval * most_ticks ||
      *next_tick_ - time > tick_interval * most_ticks) {
    const auto count = time.time_since_epoch() / tick_interval;
    next_tick_ = Timestamp(tick_interval * (count + (next_tick_ ? 0 : 1)));
  }
  while (*next_tick_ <= time) {
    chain_->process_tick(*next_tick_, output_);
    emit(*next_tick_);
    *next_tick_ += tick_interval;
  }
}

void StageRunner::emit(Timestamp time) {
  sink_.on_output(time, output_, *chain_);
  output_.clear();
}

void StageRunner::finish(Timestamp last) {
  chain_->flush(last, output_);
  emit(last);
}

}  // namespace headland::station
