// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/station/replay.hpp"

namespace headland::station {

namespace {

nlohmann::ordered_json remote_json(const RemoteSummary& r) {
  nlohmann::ordered_json records = nlohmann::ordered_json::object();
  for (const auto& [category, n] : r.records) records[fmt::format("asterix-{:03}", category)] = n;
  return {{"records", records},
          {"ttm_tll", r.targets},
          {"reports", r.reports},
          {"tracks", r.tracks},
          {"aircraft", r.aircraft},
          {"joined", r.joins},
          {"inconsistent", r.inconsistent},
          {"statuses", r.statuses},
          {"plots_without_number", r.plots_without_number},
          {"without_place", r.without_place},
          {"simulated", r.simulated},
          {"other_clock", r.other_clock}};
}

std::string remote_text(const RemoteSummary& r) {
  std::string records;
  for (const auto& [category, n] : r.records) records += fmt::format(", {} records of CAT{:03}", n, category);
  if (r.targets > 0) records += fmt::format(", {} TTM and TLL", r.targets);
  std::string out =
      fmt::format("other systems: {} tracks, {} of them aircraft; {} found to be one of ours or another's{}\n",
                  r.tracks, r.aircraft, r.joins, records);
  const auto note = [&out](std::uint64_t n, const char* what) {
    if (n > 0) out += fmt::format("  {} {}\n", n, what);
  };
  note(r.plots_without_number, "plots without a track number, address or code of their own: not followed");
  note(r.without_place, "reports from a place that is not known: give [[remote]] latitude_deg and longitude_deg");
  note(r.simulated, "reports of simulated or test targets: left out");
  note(r.other_clock, "reports with a time of day more than 10 s from that of reception: the latter was taken");
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
  for (const auto& e : s.errors) {
    const auto& b = e.estimate;
    errors.push_back({{"sensor", e.sensor},
                      {"id", e.id.value()},
                      {"range_m", b.bias.range_m},
                      {"range_deviation_m", b.deviation.range_m},
                      {"bearing_deg", b.bias.bearing_rad / radians_per_degree},
                      {"bearing_deviation_deg", b.deviation.bearing_rad / radians_per_degree},
                      {"vessels", b.vessels},
                      {"taken_off_range_m", e.applied.range_m},
                      {"taken_off_bearing_deg", e.applied.bearing_rad / radians_per_degree}});
  }
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
      {"remote", remote_json(s.remote)},
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
  for (const auto& e : s.errors) {
    if (e.applied.range_m == 0.0 && e.applied.bearing_rad == 0.0) continue;
    const auto& b = e.estimate;
    out += fmt::format(
        "{} measures {:+.0f} m (+/- {:.0f}) and {:+.2f} deg (+/- {:.2f}) amiss, told by {} vessels: taken off\n",
        e.sensor, b.bias.range_m, b.deviation.range_m, b.bias.bearing_rad / radians_per_degree,
        b.deviation.bearing_rad / radians_per_degree, b.vessels);
  }
  if (s.sectors_stabilized > 0)
    out += fmt::format("bearings steadied by standing echoes: {} sectors\n", s.sectors_stabilized);
  out += fmt::format("tracks: {} begun, {} confirmed, {} ended\n", s.tracks.tracks_begun, s.tracks.tracks_confirmed,
                     s.tracks.tracks_ended);
  out += fmt::format("AIS: {} sentences, {} messages, {} stations\n", s.ais_sentences, s.ais_messages, s.ais_vessels);
  if (s.remote.any()) out += remote_text(s.remote);
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
