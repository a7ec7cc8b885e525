// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include "runtime/health/health.hpp"

namespace headland::health {

namespace {

const MetricInfo metric_infos[] = {
    {"headland_up", MetricType::gauge, "1 while the program runs"},
    {"headland_component_state", MetricType::gauge, "0 green, 1 yellow, 2 red, by component"},
    {"headland_datagrams_total", MetricType::counter, "Datagrams received, by source"},
    {"headland_rejected_total", MetricType::counter, "Input that was refused, by source and reason"},
    {"headland_kernel_dropped_total", MetricType::counter, "Datagrams the kernel dropped, by source"},
    {"headland_spokes_total", MetricType::counter, "Spokes decoded, by radar"},
    {"headland_turns_total", MetricType::counter, "Antenna turns, by radar"},
    {"headland_noise_level", MetricType::gauge, "Mean level of the noise in the video, 0 = cut off, by radar"},
    {"headland_video_decibels_per_level", MetricType::gauge,
     "How many decibels a level of the video is, told or measured; 0 = levels are proportional, by radar"},
    {"headland_video_saturated_share", MetricType::gauge,
     "Share of the cells of a turn at the end of the scale, by radar"},
    {"headland_video_thresholded", MetricType::gauge, "1 where the radar cuts its noise off, by radar"},
    {"headland_thresholded_level", MetricType::gauge,
     "Where the radar cuts its noise off: mean of the levels (of 255) over which weak echoes are told, by radar"},
    {"headland_restless_share", MetricType::gauge,
     "There: share of the regions where more comes and goes than asked for, whatever the level, by radar"},
    {"headland_interference_cells_total", MetricType::counter, "Cells cut as interference of other radars, by radar"},
    {"headland_blanked_spokes_total", MetricType::counter,
     "Spokes of zeros alone in video with noise: the radar was silent there, so nothing was seen, by radar"},
    {"headland_zone_hits_total", MetricType::counter,
     "Cells over their threshold in zones of another sensitivity, by radar"},
    {"headland_clutter_map_resumed", MetricType::gauge,
     "1: the radar went on from the clutter map of before the start; 0: not, and the reason, by radar and reason; "
     "absent: "
     "there was none"},
    {"headland_clutter_maps_stored_total", MetricType::counter, "Clutter maps written to their files since the start"},
    {"headland_clutter_map_failures_total", MetricType::counter, "Clutter maps that could not be written or read"},
    {"headland_clutter_map_bytes", MetricType::gauge, "Bytes of the clutter map that was written last"},
    {"headland_spiky_clutter_share", MetricType::gauge,
     "Share of the regions whose clutter is spikier than configured, by radar"},
    {"headland_video_changes_total", MetricType::counter,
     "Times that the noise in the video changed at once (gain or another setting of the radar), by radar"},
    {"headland_sensitivity_calibrated", MetricType::gauge,
     "1 where the figures of the sensitivity hold, 0 while they do not, by radar"},
    {"headland_sensitivity_square_meters", MetricType::gauge,
     "Radar cross-section seen with probability 0.8 in a turn, or tracked within a minute, middle of all bearings, "
     "by radar and range"},
    {"headland_settings_changes_total", MetricType::counter,
     "Times that gain, sea, rain or another setting of the radar changed, as it says itself, by radar"},
    {"headland_plots_explained_total", MetricType::counter,
     "Plots for which a cause other than a vessel is likelier than not, by radar and cause"},
    {"headland_sart_sightings_total", MetricType::counter,
     "Turns in which a SART (a call for help) was seen for the second time or more, by radar"},
    {"headland_integrated_plots_total", MetricType::counter, "Plots of track-before-detect, by radar"},
    {"headland_integration_skipped_total", MetricType::counter,
     "What track-before-detect did not look at or give out, by radar and reason"},
    {"headland_integration_cells_left_out", MetricType::gauge,
     "Cells a turn too far out for the memory of track-before-detect, by radar"},
    {"headland_integration_restarts_total", MetricType::counter,
     "Times that track-before-detect began afresh (another range, cell size, time of a turn, a long gap), by radar"},
    {"headland_gaps_total", MetricType::counter, "Gaps in the video, by radar"},
    {"headland_plots_total", MetricType::counter, "Plots extracted, by radar"},
    {"headland_echoes_total", MetricType::counter, "Echoes in the video, whatever became of them, by radar"},
    {"headland_echoes_split_total", MetricType::counter,
     "Of these, echoes of two or three vessels that were told apart and gave a plot each, by radar"},
    {"headland_echoes_left_out_total", MetricType::counter, "Of these, echoes that gave no plot, by radar and reason"},
    {"headland_bias_range_meters", MetricType::gauge, "Found error of all ranges, measured minus true, by radar"},
    {"headland_bias_bearing_degrees", MetricType::gauge, "Found error of all bearings, measured minus true, by radar"},
    {"headland_bias_deviation_range_meters", MetricType::gauge, "Standard deviation of that of ranges, by radar"},
    {"headland_bias_deviation_bearing_degrees", MetricType::gauge, "Standard deviation of that of bearings, by radar"},
    {"headland_bias_time_seconds", MetricType::gauge,
     "Found error of all times, measured minus true (and the mean age of AIS reports in it), by radar"},
    {"headland_bias_deviation_time_seconds", MetricType::gauge, "Standard deviation of that of times, by radar"},
    {"headland_bias_vessels", MetricType::gauge, "Vessels that these errors rest on, by radar"},
    {"headland_bias_jumps_total", MetricType::counter, "Times that a radar suddenly measured otherwise"},
    {"headland_latency_seconds", MetricType::gauge, "From the antenna to the plots, latest, by radar"},
    {"headland_ais_messages_total", MetricType::counter, "AIS messages decoded"},
    {"headland_nmea_repeats_total", MetricType::counter,
     "AIS messages not sent on because they had come by another source within 30 s"},
    {"headland_ais_late_total", MetricType::counter,
     "AIS positions that came too late: reports received before one that is shown, and reports whose fix is older than "
     "one before, by what; trust and registration take both"},
    {"headland_ais_vessels", MetricType::gauge, "AIS vessels known"},
    {"headland_ais_clock_seconds", MetricType::gauge,
     "How far reception of AIS is ahead of the slots that reports name, but for whole minutes"},
    {"headland_ais_clock_deviation_seconds", MetricType::gauge, "Standard deviation of that of one report"},
    {"headland_ais_clock_steady", MetricType::gauge,
     "1 while times of reception pass as those in the reports; else motion by AIS is not judged"},
    {"headland_ais_reception_hole", MetricType::gauge,
     "1 while most stations that report often are silent at once: nobody is called dark or silent"},
    {"headland_ais_reception_holes_total", MetricType::counter, "Times that this began"},
    {"headland_remote_own_returned_total", MetricType::counter,
     "Tracks of our own that came back through other systems, and were left out"},
    {"headland_vessels_judged", MetricType::gauge,
     "Vessels in the picture that are doubted (AIS), dark, silent, or without the echo they should have, by judgement"},
    {"headland_checkpoint_bytes", MetricType::gauge, "State of the node in the last checkpoint of the journal"},
    {"headland_tracks", MetricType::gauge, "Tracks in the picture, by stage"},
    {"headland_tracker_clusters_total", MetricType::counter,
     "Groups of tracks and plots decided otherwise than in full, by how: `approximated`: neighbours too many to be "
     "enumerated; `unsettled`: belief propagation stopped before it came to rest; `forced`: before the beam had "
     "passed"},
    {"headland_tracker_largest_cluster", MetricType::gauge, "Most tracks that ever had to be decided together"},
    {"headland_tracker_clock_steps_total", MetricType::counter,
     "Times that the clock was set back and the tracks went with it"},
    {"headland_tracker_refused_total", MetricType::counter, "What the tracker did not use, by what"},
    {"headland_queue_depth", MetricType::gauge, "Waiting now, by queue"},
    {"headland_queue_high_water", MetricType::gauge, "Most that ever waited, by queue"},
    {"headland_dropped_total", MetricType::counter,
     "Dropped by a queue, by queue and reason: `full`; `superseded` by a newer one of the same vessel or instrument; "
     "`closed`: came while the station stopped"},
    {"headland_journal_bytes_total", MetricType::counter, "Bytes written to the journal"},
    {"headland_history_rows_total", MetricType::counter, "Rows written to the history"},
    {"headland_alerts", MetricType::gauge, "Alerts now, by state"},
    {"headland_alerts_total", MetricType::counter, "Alerts raised, by rule"},
    {"headland_alert_orders_refused_total", MetricType::counter, "Orders of operators that could not be done"},
    {"headland_alert_commands_total", MetricType::counter,
     "Sentences (ACK, ACN) that ordered something about our alerts"},
    {"headland_alert_commands_bad_total", MetricType::counter, "Sentences ACK and ACN that could not be read"},
    {"headland_rules_seconds", MetricType::gauge, "Processor time the rules took for the last picture"},
    {"headland_rules_refused_total", MetricType::counter, "Vessels and situations beyond what rules can hold"},
    {"headland_alert_messages_total", MetricType::counter, "Messages about alerts that were taken, by output"},
    {"headland_alert_messages_dropped_total", MetricType::counter,
     "Messages about alerts that were given up because too many waited"},
    {"headland_alert_messages_waiting", MetricType::gauge, "Messages about alerts that wait, by output"},
    {"headland_alert_answers_lost_total", MetricType::counter,
     "Answers to commands by sentence that could not be sent at once, by output"},
    {"headland_alert_failures_total", MetricType::counter, "Deliveries that failed and are tried again, by output"},
    {"headland_web_clients", MetricType::gauge, "Pages connected"},
};

}  // namespace

// The one list of names; docs/operate/metrics.md is made from it.
const std::vector<MetricInfo>& metric_list() {
  static const std::vector<MetricInfo> list(std::begin(metric_infos), std::end(metric_infos));
  return list;
}

std::string metrics_markdown() {
  std::string out =
      "# Metrics\n\n`GET /metrics` answers in the text format of Prometheus.\n\n| name | type | meaning "
      "|\n|---|---|---|\n";
  for (const auto& m : metric_list()) {
    out += std::string("| `") + m.name + "` | " + (m.type == MetricType::counter ? "counter" : "gauge") + " | " +
           m.help + " |\n";
  }
  return out;
}

void Metrics::add_source(Source source) {
  const std::lock_guard lock(mutex_);
  sources_.push_back(std::move(source));
}

std::vector<Sample> Metrics::collect() const {
  const std::lock_guard lock(mutex_);
  std::vector<Sample> samples{{"headland_up", {}, 1.0}};
  for (const auto& source : sources_) source(samples);
  return samples;
}

std::string Metrics::prometheus_text() const {
  const auto samples = collect();
  std::vector<prometheus::MetricFamily> families;
  for (const auto& info : metric_list()) {
    prometheus::MetricFamily family;
    family.name = info.name;
    family.help = info.help;
    family.type = info.type == MetricType::counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
    for (const auto& s : samples) {
      if (s.name != info.name) continue;
      prometheus::ClientMetric metric;
      for (const auto& [label, value] : s.labels) metric.label.push_back({label, value});
      if (info.type == MetricType::counter) {
        metric.counter.value = s.value;
      } else {
        metric.gauge.value = s.value;
      }
      family.metric.push_back(std::move(metric));
    }
    if (!family.metric.empty()) families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace headland::health
