// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "codec/share/trust/trust_texts.hpp"
#include "runtime/station/replay.hpp"

namespace headland::station {
namespace {

nlohmann::ordered_json trust_json(const ReplaySummary& s) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const DoubtedStation& d : s.trust) {
    nlohmann::ordered_json reasons = nlohmann::ordered_json::array();
    for (const TrustReason& r : d.trust.reasons) {
      reasons.push_back({{"kind", share::name_of(r.kind)},
                         {"text", share::reason_text(r)},
                         {"time_s", epoch_seconds(r.first)},
                         {"last_s", epoch_seconds(r.last)},
                         {"value", r.value},
                         {"limit", r.limit},
                         {"probability", r.probability},
                         {"count", r.count},
                         {"weight", r.weight}});
    }
    list.push_back({{"mmsi", d.mmsi.value()},
                    {"name", d.name},
                    {"score", d.trust.score},
                    {"time_s", epoch_seconds(d.when)},
                    {"reasons", reasons}});
  }
  return list;
}

nlohmann::ordered_json silence_json(const SilenceSummary& s) {
  return {{"dark", s.dark},
          {"silent", s.silent},
          {"none_heard", s.none_heard},
          {"cannot_tell", s.cannot_tell},
          {"missing_echo", s.missing_echo},
          {"ais_holes", s.ais_holes}};
}

nlohmann::ordered_json fused_json(const FusedSummary& f) {
  return {{"vessels_in_view", f.in_view},
          {"vessels_fused", f.fused},
          {"in_view_s", f.in_view_s},
          {"fused_s", f.fused_s},
          {"share", f.in_view_s > 0.0 ? nlohmann::ordered_json(f.fused_s / f.in_view_s) : nlohmann::ordered_json()}};
}

nlohmann::ordered_json alerts_json(const ReplaySummary& s) {
  nlohmann::ordered_json by_rule = nlohmann::ordered_json::object();
  for (const auto& [rule, n] : s.alerts_by_rule) by_rule[rule] = n;
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const AlertRecord& a : s.alerts) {
    nlohmann::ordered_json subjects = nlohmann::ordered_json::array();
    for (const AlertSubject& v : a.subjects) {
      subjects.push_back({{"track", v.track.value()}, {"mmsi", v.mmsi.value()}, {"name", v.name}});
    }
    list.push_back(
        {{"time_s", epoch_seconds(a.raised)},
         {"rule", a.rule},
         {"priority", name_of(a.priority)},
         {"state", name_of(a.state)},
         {"ended_s", a.rectified ? nlohmann::ordered_json(epoch_seconds(*a.rectified)) : nlohmann::ordered_json()},
         {"subjects", subjects},
         {"text", a.text}});
  }
  return {{"rules_file", s.rules_file}, {"by_rule", by_rule}, {"list", list}};
}

std::string settings_text(const RadarSummary& r) {
  if (r.settings.empty()) return {};
  std::string out = fmt::format("  settings: {}\n", r.settings);
  if (r.settings_changes > 0) {
    out += fmt::format("  settings changed {} times, the last: {}\n", r.settings_changes, r.settings_change);
  }
  return out;
}

std::string causes_text(const RadarSummary& r) {
  std::string out;
  for (std::size_t c = 1; c < plot_cause_count; ++c) {
    if (r.causes.explained[c] == 0) continue;
    out += fmt::format("{}{} {}", out.empty() ? "  plots likelier something else than a vessel: " : ", ",
                       name_of(static_cast<PlotCause>(c)), r.causes.explained[c]);
  }
  if (!out.empty()) out += "\n";
  if (r.causes.last_sart) {
    const BeaconSighting& s = *r.causes.last_sart;
    out += fmt::format(
        "  SART, A CALL FOR HELP: seen in {} turns, last on bearing {:.1f}, within 1185 m before {:.0f} m\n",
        r.causes.sart_turns, s.bearing.degrees(), s.range.value());
  }
  return out;
}

std::string trust_text(const ReplaySummary& s) {
  std::string out;
  if (s.ais_judged == 0) return out;
  std::map<TrustEvidence, std::size_t> by_kind;
  for (const DoubtedStation& d : s.trust) {
    for (const TrustReason& r : d.trust.reasons) {
      if (r.weight > 0.0) ++by_kind[r.kind];
    }
  }
  out += fmt::format("AIS stations believed less than fully at some time: {} of {}", s.trust.size(), s.ais_judged);
  std::string kinds;
  for (const auto& [kind, n] : by_kind) {
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", share::name_of(kind), n);
  }
  out += kinds.empty() ? "\n" : " (" + kinds + ")\n";
  constexpr std::size_t most = 20;
  std::vector<const DoubtedStation*> worst;
  for (const DoubtedStation& d : s.trust) worst.push_back(&d);
  std::sort(worst.begin(), worst.end(), [](const auto* a, const auto* b) {
    return a->trust.score != b->trust.score ? a->trust.score < b->trust.score : a->mmsi < b->mmsi;
  });
  for (std::size_t i = 0; i < std::min(most, worst.size()); ++i) {
    const DoubtedStation& d = *worst[i];
    out += fmt::format("  {} {:.2f}", d.mmsi.value(), d.trust.score);
    for (const TrustReason& r : d.trust.reasons) {
      if (r.weight > 0.0) out += "; " + share::reason_text(r);
    }
    out += "\n";
  }
  if (worst.size() > most) out += fmt::format("  and {} more, all in the JSON summary\n", worst.size() - most);
  if (!s.ais_clock_steady) {
    out += "times of AIS reception do not pass as the time inside the reports: jumps and circles were not looked for\n";
  } else if (s.ais_clock_s && std::abs(*s.ais_clock_s) > 2.0) {
    out += fmt::format("clock of the AIS receiver {:+.1f} s (+/- {:.1f}) off UTC, by AIS slots\n", *s.ais_clock_s,
                       s.ais_clock_deviation_s);
  }
  if (s.fused.in_view > 0) {
    out += fmt::format(
        "AIS vessels within the range of a radar for a minute or more: {}, fused for half of it: {}; {:.0f} % of their "
        "time\n",
        s.fused.in_view, s.fused.fused, 100.0 * s.fused.fused_s / std::max(s.fused.in_view_s, 1e-9));
  }
  const SilenceSummary& q = s.silence;
  if (q.dark + q.silent + q.none_heard + q.cannot_tell + q.missing_echo > 0) {
    out += fmt::format(
        "at the end: {} radar tracks dark (no AIS), {} fallen silent, {} without AIS so far, {} where AIS may not be "
        "received; {} AIS vessels without the echo they should have\n",
        q.dark, q.silent, q.none_heard, q.cannot_tell, q.missing_echo);
  }
  if (q.ais_holes > 0) out += fmt::format("holes in AIS: {}\n", q.ais_holes);
  return out;
}

nlohmann::ordered_json registration_json(const RadarErrors& e) {
  const registration::Bias& bias = e.estimate.bias;
  const registration::Bias& deviation = e.estimate.deviation;
  nlohmann::ordered_json jumps = nlohmann::ordered_json::array();
  for (const auto& jump : e.jumps) {
    jumps.push_back({{"time_s", epoch_seconds(jump.since)},
                     {"noticed_s", epoch_seconds(jump.told)},
                     {"azimuth_deg", jump.bearing_rad / radians_per_degree}});
  }
  nlohmann::ordered_json times = nlohmann::ordered_json::array();
  for (const auto& t : e.times) {
    times.push_back({{"sensor", t.sensor}, {"difference_s", t.difference_s}, {"difference_s_sigma", t.deviation_s}});
  }
  return {{"sensor", e.sensor},
          {"id", e.id.value()},
          {"azimuth_bias_deg", bias.bearing_rad / radians_per_degree},
          {"azimuth_bias_deg_sigma", deviation.bearing_rad / radians_per_degree},
          {"range_bias_m", bias.range_m},
          {"range_bias_m_sigma", deviation.range_m},
          {"time_bias_s", bias.time_s},
          {"time_bias_s_sigma", deviation.time_s},
          {"time_bias_s_sigma_shared", e.estimate.shared_time_s},
          {"time_differences", times},
          {"range_scale", bias.range_scale},
          {"range_scale_sigma", deviation.range_scale},
          {"vessels", e.estimate.vessels},
          {"vessels_refused", e.estimate.refused},
          {"places_shared", e.estimate.shared},
          {"residual_before_m", e.estimate.residual_before_m},
          {"residual_after_m", e.estimate.residual_after_m},
          {"taken_off_range_m", e.applied.range_m},
          {"taken_off_azimuth_deg", e.applied.bearing_rad / radians_per_degree},
          {"taken_off_time_s", e.applied.time_s},
          {"jumps", jumps}};
}

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
          {"own_returned", r.own_returned},
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

namespace {

nlohmann::ordered_json tracks_json(const tracking::TrackerCounters& t) {
  return {{"begun", t.tracks_begun},
          {"confirmed", t.tracks_confirmed},
          {"ended", t.tracks_ended},
          {"largest_cluster", t.largest_cluster},
          {"clusters_approximated", t.clusters_approximated},
          {"clusters_unsettled", t.clusters_unsettled},
          {"clusters_forced", t.clusters_forced},
          {"clock_steps", t.clock_steps}};
}

// What the tracker could not do in full.
std::string tracker_text(const tracking::TrackerCounters& t) {
  std::string out;
  if (t.clusters_approximated + t.clusters_unsettled + t.clusters_forced > 0) {
    out += fmt::format(
        "  groups of tracks: {} approximated, {} unsettled, {} before the beam had passed; at most {} together\n",
        t.clusters_approximated, t.clusters_unsettled, t.clusters_forced, t.largest_cluster);
  }
  if (t.clock_steps > 0) out += fmt::format("  the clock was set back {} times\n", t.clock_steps);
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
                      {"plots", r.plots},
                      {"decibels_per_level", r.decibels_per_level}});
    if (!r.settings.empty()) {
      radars.back()["settings"] = {{"now", r.settings}, {"changes", r.settings_changes}};
    }
    for (std::size_t c = 1; c < plot_cause_count; ++c) {
      radars.back()["explained"][std::string(name_of(static_cast<PlotCause>(c)))] = r.causes.explained[c];
    }
    radars.back()["sart_turns"] = r.causes.sart_turns;
    radars.back()["racon_turns"] = r.causes.racon_turns;
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
      {"tracks", tracks_json(s.tracks)},
      {"radars_without_position", s.radars_without_position},
      {"sectors_without_site", s.sectors_without_site},
      {"plots_on_land", s.plots_on_land},
      {"registration", errors},
      {"sectors_stabilized", s.sectors_stabilized},
      {"ais", {{"sentences", s.ais_sentences}, {"messages", s.ais_messages}, {"vessels", s.ais_vessels}}},
      {"trust", trust_json(s)},
      {"trust_judged", s.ais_judged},
      {"silence", silence_json(s.silence)},
      {"fused", fused_json(s.fused)},
      {"ais_clock_steady", s.ais_clock_steady},
      {"remote", remote_json(s.remote)},
      {"rejected", rejected},
      {"alerts", alerts_json(s)},
      {"plots_compared", s.plots_compared},
      {"plots_differ", s.plots_differ},
      {"checkpoints_compared", s.checkpoints_compared},
      {"checkpoints_differ", s.checkpoints_differ},
      {"stopped", s.stopped}};
  if (s.ais_clock_s) {
    out["ais_clock_s"] = *s.ais_clock_s;
    out["ais_clock_deviation_s"] = s.ais_clock_deviation_s;
  }
  return out.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string to_text(const ReplaySummary& s) {
  std::string out =
      fmt::format("{:.1f} s of data in {:.2f} s ({:.0f} times real time), {:.2f} s of processor time\n", s.duration_s,
                  s.elapsed_s, s.elapsed_s > 0.0 ? s.duration_s / s.elapsed_s : 0.0, s.cpu_s);
  for (const auto& r : s.radars) {
    out += fmt::format("{} ({}): {} spokes, {} turns, {} gaps, {} plots\n", r.sensor, r.protocol, r.spokes, r.turns,
                       r.gaps, r.plots);
    out += measured_law_text(r) + settings_text(r) + causes_text(r);
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
  out += tracker_text(s.tracks);
  out += fmt::format("AIS: {} sentences, {} messages, {} stations\n", s.ais_sentences, s.ais_messages, s.ais_vessels);
  out += trust_text(s);
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
  if (!s.rules_file.empty()) {
    out += fmt::format("alerts by the rules of {}: {}\n", s.rules_file, s.alerts.size());
    for (const auto& [rule, n] : s.alerts_by_rule) {
      if (n > 0) out += fmt::format("  {} x {}\n", n, rule);
    }
  }
  if (s.stopped) out += "stopped before the end\n";
  return out;
}

}  // namespace headland::station
