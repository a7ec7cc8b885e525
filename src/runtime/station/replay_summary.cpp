// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/station/replay.hpp"

namespace headland::station {
namespace {

nlohmann::ordered_json registration_json(const RadarErrors& e) {
  const auto& [bias, deviation, vessels, refused, shared] = e.estimate;
  nlohmann::ordered_json jumps = nlohmann::ordered_json::array();
  for (const auto& jump : e.jumps) {
    jumps.push_back({{"time_s", epoch_seconds(jump.since)},
                     {"noticed_s", epoch_seconds(jump.told)},
                     {"azimuth_deg", jump.bearing_rad / radians_per_degree}});
  }
  return {{"sensor", e.sensor},
          {"id", e.id.value()},
          {"azimuth_bias_deg", bias.bearing_rad / radians_per_degree},
          {"azimuth_bias_deg_sigma", deviation.bearing_rad / radians_per_degree},
          {"range_bias_m", bias.range_m},
          {"range_bias_m_sigma", deviation.range_m},
          {"time_bias_s", bias.time_s},
          {"time_bias_s_sigma", deviation.time_s},
          {"range_scale", bias.range_scale},
          {"range_scale_sigma", deviation.range_scale},
          {"vessels", vessels},
          {"vessels_refused", refused},
          {"places_shared", shared},
          {"taken_off_range_m", e.applied.range_m},
          {"taken_off_azimuth_deg", e.applied.bearing_rad / radians_per_degree},
          {"taken_off_time_s", e.applied.time_s},
          {"jumps", jumps}};
}

std::string registration_text(const RadarErrors& e) {
  const auto& [bias, deviation, vessels, refused, shared] = e.estimate;
  std::string out;
  if (vessels + shared > 0) {
    const bool taken = e.applied.range_m != 0.0 || e.applied.bearing_rad != 0.0 || e.applied.time_s != 0.0;
    out = fmt::format(
        "{} measures {:+.0f} m (+/- {:.0f}), {:+.2f} deg (+/- {:.2f}) and {:+.2f} s (+/- {:.2f}) amiss, told by {} "
        "vessels{}: {}\n",
        e.sensor, bias.range_m, deviation.range_m, bias.bearing_rad / radians_per_degree,
        deviation.bearing_rad / radians_per_degree, bias.time_s, deviation.time_s, vessels,
        shared > 0 ? fmt::format(" and {} places that another radar sees", shared) : "",
        taken ? "taken off" : "too little or too uncertain to be taken off");
  } else {
    out = fmt::format("{}: no vessel with AIS tells what it measures amiss\n", e.sensor);
  }
  for (const auto& jump : e.jumps) {
    out += fmt::format("{}: bearings jumped by {:+.1f} degrees at {:.0f} s\n", e.sensor,
                       jump.bearing_rad / radians_per_degree, epoch_seconds(jump.since));
  }
  return out;
}

}  // namespace

std::string to_json(const ReplaySummary& s) {
  nlohmann::ordered_json radars = nlohmann::ordered_json::array();
  for (const auto& r : s.radars) {
    radars.push_back({{"sensor", r.sensor},
                      {"id", r.id.value()},
                      {"protocol", r.protocol},
                      {"spokes", r.spokes},
                      {"turns", r.turns},
                      {"gaps", r.gaps},
                      {"plots", r.plots}});
    if (r.doppler.plots > 0) {
      radars.back()["doppler"] = {{"approaching", r.doppler.approaching}, {"receding", r.doppler.receding}};
    }
  }
  nlohmann::ordered_json errors = nlohmann::ordered_json::array();
  for (const auto& e : s.errors) errors.push_back(registration_json(e));
  nlohmann::ordered_json rejected = nlohmann::ordered_json::object();
  for (const auto& [reason, n] : s.rejected) rejected[reason] = n;
  nlohmann::ordered_json out{
      {"duration_s", s.duration_s},
      {"speed_x_real_time", s.elapsed_s > 0.0 ? s.duration_s / s.elapsed_s : 0.0},
      {"cpu_s", s.cpu_s},
      {"radars", radars},
      {"tracks",
       {{"begun", s.tracks.tracks_begun}, {"confirmed", s.tracks.tracks_confirmed}, {"ended", s.tracks.tracks_ended}}},
      {"radars_without_position", s.radars_without_position},
      {"sectors_without_site", s.sectors_without_site},
      {"plots_on_land", s.plots_on_land},
      {"registration", errors},
      {"sectors_stabilized", s.sectors_stabilized},
      {"ais", {{"sentences", s.ais_sentences}, {"messages", s.ais_messages}, {"vessels", s.ais_vessels}}},
      {"rejected", rejected},
      {"plots_compared", s.plots_compared},
      {"plots_differ", s.plots_differ},
      {"checkpoints_compared", s.checkpoints_compared},
      {"checkpoints_differ", s.checkpoints_differ},
      {"stopped", s.stopped}};
  return out.dump(1);
}

std::string to_text(const ReplaySummary& s) {
  std::string out =
      fmt::format("{:.1f} s of data in {:.2f} s ({:.0f} times real time), {:.2f} s of processor time\n", s.duration_s,
                  s.elapsed_s, s.elapsed_s > 0.0 ? s.duration_s / s.elapsed_s : 0.0, s.cpu_s);
  for (const auto& r : s.radars) {
    out += fmt::format("{} ({}): {} spokes, {} turns, {} gaps, {} plots\n", r.sensor, r.protocol, r.spokes, r.turns,
                       r.gaps, r.plots);
    if (r.doppler.plots > 0) {
      out += fmt::format("  by Doppler: {} approaching, {} receding, {} neither\n", r.doppler.approaching,
                         r.doppler.receding, r.doppler.plots - r.doppler.approaching - r.doppler.receding);
    }
  }
  for (const auto& sensor : s.radars_without_position) {
    out += fmt::format(
        "{}: its position is not in the recording; {}. Give [[radar]] latitude_deg and longitude_deg with --config\n",
        sensor,
        s.sectors_without_site > 0 ? "its plots were left out"
                                   : "tracks are in metres about it, lat_deg and lon_deg empty");
  }
  if (s.plots_on_land > 0) out += fmt::format("plots on charted land, dropped: {}\n", s.plots_on_land);
  for (const auto& e : s.errors) out += registration_text(e);
  if (s.sectors_stabilized > 0)
    out += fmt::format("bearings steadied by standing echoes: {} sectors\n", s.sectors_stabilized);
  out += fmt::format("tracks: {} begun, {} confirmed, {} ended\n", s.tracks.tracks_begun, s.tracks.tracks_confirmed,
                     s.tracks.tracks_ended);
  out += fmt::format("AIS: {} sentences, {} messages, {} stations\n", s.ais_sentences, s.ais_messages, s.ais_vessels);
  if (s.plots_compared > 0) {
    out += fmt::format("recorded plots against recorded video: {} sectors compared, {} differ\n", s.plots_compared,
                       s.plots_differ);
  }
  if (s.checkpoints_compared > 0) {
    out += fmt::format("recorded states against this replay: {} compared, {} differ\n", s.checkpoints_compared,
                       s.checkpoints_differ);
  }
  for (const auto& [reason, n] : s.rejected) out += fmt::format("not used: {} x {}\n", n, reason);
  if (s.stopped) out += "stopped before the end\n";
  return out;
}

}  // namespace headland::station
