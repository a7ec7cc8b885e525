// SPDX-License-Identifier: Apache-2.0
// What a running station says of itself: /metrics and the health strip of the page.
#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "runtime/health/log.hpp"
#include "runtime/station/live_station.hpp"

namespace headland::station {

std::vector<lanes::QueueStats> LiveStation::queues() const {
  std::vector<lanes::QueueStats> out;
  for (const auto& radar : radars_) out.push_back(radar->queue_stats());
  for (auto& q : updates_.stats()) out.push_back(std::move(q));
  if (clutter_) out.push_back(clutter_->queue_stats());
  if (recorder_) out.push_back(recorder_->queue_stats());
  if (history_) out.push_back(history_->queue_stats());
  if (rules_) {
    for (auto& q : rules_->queue_stats()) out.push_back(std::move(q));
  }
  return out;
}

nmea::NmeaCounters LiveStation::nmea_counters() const {
  const std::lock_guard lock(nmea_mutex_);
  return nmea_counters_;
}

std::optional<registration::BiasEstimate> LiveStation::bias_of(SensorId sensor) const {
  const std::lock_guard lock(nmea_mutex_);
  const auto known = biases_.find(sensor);
  return known == biases_.end() ? std::nullopt : std::optional(known->second);
}

// What the tracking lane left of its last tick.
void LiveStation::add_judgement_metrics(std::vector<health::Sample>& out) const {
  const auto add = [&out](const char* name, std::map<std::string, std::string> labels, double value) {
    out.push_back({name, std::move(labels), value});
  };
  for (const auto& sender : nmea_senders_) {
    add("headland_nmea_repeats_total", {{"output", sender->name()}}, static_cast<double>(sender->repeats()));
  }
  const std::lock_guard lock(nmea_mutex_);
  add("headland_bias_jumps_total", {}, static_cast<double>(bias_jumps_));
  const auto count = [](std::uint64_t n) { return static_cast<double>(n); };
  const tracking::TrackerCounters& t = tracker_counters_;
  add("headland_tracker_clusters_total", {{"how", "approximated"}}, count(t.clusters_approximated));
  add("headland_tracker_clusters_total", {{"how", "unsettled"}}, count(t.clusters_unsettled));
  add("headland_tracker_clusters_total", {{"how", "forced"}}, count(t.clusters_forced));
  add("headland_tracker_largest_cluster", {}, count(t.largest_cluster));
  add("headland_tracker_clock_steps_total", {}, count(t.clock_steps));
  add("headland_tracker_refused_total", {{"what", "sectors that came too late"}}, count(t.sectors_late));
  add("headland_tracker_refused_total", {{"what", "impossible plots"}}, count(t.plots_impossible));
  add("headland_tracker_refused_total", {{"what", "new tracks, too many"}}, count(t.tracks_refused));
  for (const auto& [reason, n] : remote_rejected_) {
    add("headland_rejected_total", {{"source", "remote"}, {"reason", reason}}, static_cast<double>(n));
  }
  add("headland_remote_own_returned_total", {}, static_cast<double>(remote_returned_));
  if (ais_.clock_s) {
    add("headland_ais_clock_seconds", {}, *ais_.clock_s);
    add("headland_ais_clock_deviation_seconds", {}, ais_.clock_deviation_s);
  }
  add("headland_ais_clock_steady", {}, ais_.steady ? 1.0 : 0.0);
  add("headland_ais_reception_hole", {}, ais_.in_hole ? 1.0 : 0.0);
  add("headland_ais_reception_holes_total", {}, static_cast<double>(ais_.holes));
  add("headland_ais_late_total", {{"what", "reports"}}, static_cast<double>(ais_.reports_late));
  add("headland_ais_late_total", {{"what", "fixes"}}, static_cast<double>(ais_.fixes_late));
  for (const auto& [judgement, n] : judged_) {
    add("headland_vessels_judged", {{"judgement", judgement}}, static_cast<double>(n));
  }
}

void LiveStation::add_metrics(std::vector<health::Sample>& out) const {
  const auto add = [&out](const char* name, std::map<std::string, std::string> labels, double value) {
    out.push_back({name, std::move(labels), value});
  };
  for (const auto& radar : radars_) {
    const auto c = radar->counters();
    const std::map<std::string, std::string> by_radar{{"radar", radar->name()}};
    add("headland_datagrams_total", {{"source", radar->name()}}, static_cast<double>(c.datagrams));
    add("headland_kernel_dropped_total", {{"source", radar->name()}}, static_cast<double>(c.kernel_drops));
    add("headland_spokes_total", by_radar, static_cast<double>(c.decoder.spokes));
    add("headland_turns_total", by_radar, static_cast<double>(c.turns));
    add("headland_gaps_total", by_radar, static_cast<double>(c.decoder.gaps));
    add_detection_metrics(*radar, c, out);
    if (const auto bias = bias_of(radar->sensor())) {
      add("headland_bias_range_meters", by_radar, bias->bias.range_m);
      add("headland_bias_bearing_degrees", by_radar, bias->bias.bearing_rad / radians_per_degree);
      add("headland_bias_deviation_range_meters", by_radar, bias->deviation.range_m);
      add("headland_bias_deviation_bearing_degrees", by_radar, bias->deviation.bearing_rad / radians_per_degree);
      add("headland_bias_time_seconds", by_radar, bias->bias.time_s);
      add("headland_bias_deviation_time_seconds", by_radar, bias->deviation.time_s);
      add("headland_bias_vessels", by_radar, bias->vessels);
    }
    if (c.latency_s) add("headland_latency_seconds", by_radar, *c.latency_s);
    for (const auto& [reason, n] : c.decoder.rejected) {
      add("headland_rejected_total", {{"source", radar->name()}, {"reason", reason}}, static_cast<double>(n));
    }
  }
  add_judgement_metrics(out);
  for (const auto& source : nmea_) {
    add("headland_datagrams_total", {{"source", source->name()}}, static_cast<double>(source->datagrams()));
    add("headland_kernel_dropped_total", {{"source", source->name()}}, static_cast<double>(source->kernel_drops()));
  }
  // One decoder serves all sources of text.
  const auto nmea = nmea_counters();
  for (std::size_t i = 0; i < nmea::nmea_fault_count; ++i) {
    const auto fault = static_cast<nmea::NmeaFault>(i);
    if (nmea.faults[fault] == 0) continue;
    add("headland_rejected_total", {{"source", "nmea"}, {"reason", std::string(nmea::to_text(fault))}},
        static_cast<double>(nmea.faults[fault]));
  }
  for (const auto& q : queues()) {
    add("headland_queue_depth", {{"queue", q.name}}, static_cast<double>(q.depth));
    add("headland_queue_high_water", {{"queue", q.name}}, static_cast<double>(q.high_water));
    add("headland_dropped_total", {{"queue", q.name}, {"reason", q.drop_reason}}, static_cast<double>(q.dropped));
  }
  for (const auto& component : health_.components()) {
    add("headland_component_state", {{"component", component.component}}, static_cast<double>(component.state));
  }
  add("headland_ais_messages_total", {}, static_cast<double>(ais_messages_));
  add("headland_ais_vessels", {}, static_cast<double>(ais_vessels_));
  add("headland_tracks", {{"stage", "confirmed"}}, static_cast<double>(tracks_confirmed_));
  add("headland_tracks", {{"stage", "tentative"}}, static_cast<double>(tracks_tentative_));
  add_store_metrics(out);
  add_alert_metrics(out);
  if (publisher_) add("headland_web_clients", {}, static_cast<double>(publisher_->clients()));
}

// What is kept for a restart and for replay.
void LiveStation::add_store_metrics(std::vector<health::Sample>& out) const {
  const auto add = [&out](const char* name, double value) { out.push_back({name, {}, value}); };
  if (clutter_) {
    const auto kept = clutter_->counters();
    add("headland_clutter_maps_stored_total", static_cast<double>(kept.stored));
    add("headland_clutter_map_failures_total", static_cast<double>(kept.failed));
    add("headland_clutter_map_bytes", static_cast<double>(kept.bytes));
  }
  if (recorder_) add("headland_checkpoint_bytes", static_cast<double>(checkpoint_bytes_));
  if (recorder_) add("headland_journal_bytes_total", static_cast<double>(recorder_->bytes_written()));
  if (history_) add("headland_history_rows_total", static_cast<double>(history_->rows()));
}

namespace {

template <class Add>
void add_echo_metrics(const Add& add, const plots::Counters& c) {
  add("headland_echoes_total", static_cast<double>(c.echoes), nullptr);
  add("headland_echoes_split_total", static_cast<double>(c.split), nullptr);
  const char* const left_out = "headland_echoes_left_out_total";
  add(left_out, static_cast<double>(c.too_small), "too small");
  add(left_out, static_cast<double>(c.too_large), "too large");
  add(left_out, static_cast<double>(c.too_many), "too many in a sector");
}

template <class Add>
void add_video_metrics(const Add& add, const signal::Counters& c) {
  add("headland_noise_level", c.noise_level);
  add("headland_video_decibels_per_level", c.decibels_per_level);
  add("headland_video_saturated_share", c.saturated_share);
  add("headland_video_thresholded", c.thresholded ? 1.0 : 0.0);
  if (c.thresholded) add("headland_thresholded_level", c.thresholded_level);
  if (c.thresholded) add("headland_restless_share", c.restless_share);
  add("headland_interference_cells_total", static_cast<double>(c.interference_cells));
  add("headland_blanked_spokes_total", static_cast<double>(c.blanked_spokes));
  add("headland_zone_hits_total", static_cast<double>(c.zone_hits));
}

}  // namespace

// What the way from video to plots cleans away, leaves out and finds.
void LiveStation::add_detection_metrics(const RadarFeed& radar, const RadarFeedCounters& c,
                                        std::vector<health::Sample>& out) {
  const auto add = [&](const char* name, double value, const char* reason = nullptr) {
    std::map<std::string, std::string> labels{{"radar", radar.name()}};
    if (reason != nullptr) labels["reason"] = reason;
    out.push_back({name, std::move(labels), value});
  };
  add("headland_plots_total", static_cast<double>(c.plots));
  add_echo_metrics(add, c.extraction);
  add_video_metrics(add, c.signal);
  if (c.resumption.fate == signal::MemoryFate::resumed || c.resumption.fate == signal::MemoryFate::refused) {
    const bool refused = c.resumption.fate == signal::MemoryFate::refused;
    out.push_back({"headland_clutter_map_resumed",
                   {{"radar", radar.name()}, {"reason", std::string(to_text(c.resumption.why))}},
                   refused ? 0.0 : 1.0});
  }
  add("headland_spiky_clutter_share", c.spiky_share);
  add("headland_video_changes_total", static_cast<double>(c.signal.video_changes));
  add("headland_settings_changes_total", static_cast<double>(c.decoder.settings_changes));
  if (c.causes) {
    for (std::size_t i = 1; i < plot_cause_count; ++i) {
      out.push_back({"headland_plots_explained_total",
                     {{"radar", radar.name()}, {"cause", std::string(name_of(static_cast<PlotCause>(i)))}},
                     static_cast<double>(c.causes->explained[i])});
    }
    add("headland_sart_sightings_total", static_cast<double>(c.causes->sart_sightings));
  }
  if (const auto sensitivity = radar.sensitivity()) {
    add("headland_sensitivity_calibrated", sensitivity->uncalibrated.empty() ? 1.0 : 0.0);
    for (const int miles : {1, 3, 6, 12}) {
      const Metres range = from_nautical_miles(miles);
      const auto add_m2 = [&](const char* within, const std::vector<float>& m2) {
        const double value = median_at(sensitivity->map, m2, range);
        if (!std::isfinite(value)) return;
        out.push_back({"headland_sensitivity_square_meters",
                       {{"radar", radar.name()}, {"range_nmi", std::to_string(miles)}, {"within", within}},
                       value});
      };
      add_m2("scan", sensitivity->map.scan_m2);
      add_m2("minute", sensitivity->map.minute_m2);
    }
  }
  if (!c.integration) return;
  const integration::Counters& i = *c.integration;
  add("headland_integrated_plots_total", static_cast<double>(i.plots));
  const char* const skipped = "headland_integration_skipped_total";
  add(skipped, static_cast<double>(i.rows_unseen), "rows unseen");
  add(skipped, static_cast<double>(i.spokes_refused), "spokes without noise or turn");
  add(skipped, static_cast<double>(i.paths_refused), "too many paths");
  add(skipped, static_cast<double>(i.plots_late), "plots late");
  add("headland_integration_cells_left_out", static_cast<double>(i.cells_left_out));
  add("headland_integration_restarts_total", static_cast<double>(i.restarts));
}

// What was refused or lost since the last time, a line each, once a minute: all of it would fill the disk.
void LiveStation::tell_losses() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_losses_) return;
  next_losses_ = now + std::chrono::minutes(1);
  std::vector<health::Sample> samples;
  add_metrics(samples);
  for (const auto& sample : samples) {
    if (sample.name != "headland_rejected_total" && !sample.name.ends_with("dropped_total")) continue;
    std::string what = sample.name == "headland_rejected_total" ? "refused" : "dropped";
    if (sample.name == "headland_kernel_dropped_total") what = "dropped by the kernel";
    for (const auto& [label, value] : sample.labels) what += ", " + label + " " + value;
    auto& told = losses_told_[what];
    if (sample.value > told) log::warn(fmt::format("{:.0f} {}", sample.value - told, what));
    told = sample.value;
  }
}

// What never came to be used, in the journal. Video shed by a radar's queue is there already, where it is missing.
void LiveStation::record_losses(Timestamp now) {
  if (!recorder_) return;
  const auto record = [&](journal::GapCause cause, std::uint16_t stream, std::uint64_t count) {
    if (count == 0) return;
    recorder_->record(journal::EntryKind::gap, stream, now, journal::encode(journal::GapNote{cause, 0, count, 0}));
  };
  const auto kernel = [&](std::uint16_t stream, std::uint64_t drops) {
    auto& recorded = kernel_drops_recorded_[stream];
    if (drops > recorded) record(journal::GapCause::kernel_buffer, stream, drops - recorded);
    recorded = drops;
  };
  for (const auto& [stream, count] : updates_.take_superseded()) record(journal::GapCause::superseded, stream, count);
  for (const auto& radar : radars_) kernel(radar->sensor().value(), radar->counters().kernel_drops);
  for (std::size_t i = 0; i < nmea_.size(); ++i) {
    kernel(static_cast<std::uint16_t>(first_nmea_stream + i), nmea_[i]->kernel_drops());
  }
}

// {"radars": [...]}: of every radar, what it can see.
std::string LiveStation::sensitivity_json() const {
  std::string out = "{\"radars\":[";
  for (const auto& radar : radars_) {
    const auto sensitivity = radar->sensitivity();
    if (!sensitivity) continue;
    if (out.back() != '[') out += ',';
    out += to_json(radar->name(), *sensitivity);
  }
  return out + "]}";
}

void LiveStation::add_status(share::HealthReport& report) const {
  for (const auto& q : queues()) report.lanes.push_back({q.name, q.depth, q.high_water, q.dropped});
  for (auto& r : report.radars) {
    for (const auto& radar : radars_) {
      if (radar->sensor() != r.id) continue;
      const auto c = radar->counters();
      r.gaps = c.decoder.gaps;
      if (c.signal.spokes == 0) continue;
      r.video = share::VideoHealth{c.signal.noise_level, c.signal.saturated_share, c.signal.thresholded, c.unsettled};
    }
  }
  // Configured radars that were never heard show as such.
  for (const auto& radar : radars_) {
    const bool known = std::ranges::any_of(report.radars, [&](const auto& r) { return r.id == radar->sensor(); });
    if (known) continue;
    share::RadarHealth silent;
    silent.id = radar->sensor();
    silent.name = radar->name();
    report.radars.push_back(std::move(silent));
  }
  if (recorder_) {
    report.journal_bytes = recorder_->bytes_written();
    report.journal_ok = recorder_->healthy();
  }
}

}  // namespace headland::station
