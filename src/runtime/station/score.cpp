// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/score.hpp"

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace headland::station {
namespace {

using Json = nlohmann::ordered_json;
using score::DetectionBin;

class ScoringSink final : public PictureSink {
 public:
  ScoringSink(const score::LeaveAisOutConfig& config, PictureSink& next) : score_(config), next_(next) {}
  void on_output(Timestamp time, const PictureOutput& out, const PictureChain& chain) override {
    score_.predict_by([&chain](SensorId sensor, EastNorth place) { return chain.detection(sensor, place); });
    located_ = located_ || chain.is_located();
    for (const PlotSector& sector : out.sectors) {
      score_.process(sector);
      if (!names_.contains(sector.sensor)) names_[sector.sensor] = chain.name_of(sector.sensor);
    }
    for (const Track& track : out.tracks) score_.process(track);
    for (const AisMessage& message : out.ais) {
      if (const auto* particulars = std::get_if<VesselParticulars>(&message)) score_.process(*particulars);
      const auto* report = std::get_if<VesselReport>(&message);
      if (report == nullptr || !report->position || !chain.is_located()) continue;
      if (!report->own_ship && !chain.trust().may_witness(report->mmsi, report->received)) continue;
      const EastNorth where = chain.frame().to_local(*report->position);
      score_.process(*report, where, chain.frame().north_at(where).radians());
    }
    score_.predict_by({});
    next_.on_output(time, out, chain);
  }
  void on_video(const std::vector<VideoBatch>& video, const PictureChain& chain) override {
    next_.on_video(video, chain);
  }
  void report(ScoreReport& out) const {
    out.result = score_.result();
    out.names = names_;
    out.located = located_;
  }

 private:
  score::LeaveAisOut score_;
  PictureSink& next_;
  std::map<SensorId, std::string> names_;
  bool located_ = false;
};

Json bin_json(const DetectionBin& b) {
  const auto i = b.interval();
  const auto predicted = b.predicted();
  return {{"looks", b.seen.of},
          {"seen", b.seen.hits},
          {"chance", b.chance.share()},
          {"probability", b.probability()},
          {"low", i.low},
          {"high", i.high},
          {"predicted", predicted ? Json(*predicted) : Json()}};
}

Json radar_json(const std::string& name, const score::LeaveAisOutResult::Radar& radar,
                const score::LeaveAisOutConfig& config) {
  Json by_range = Json::array();
  for (const auto& [bin, d] : radar.by_range) {
    Json b = bin_json(d);
    b["range_from_m"] = bin * config.range_bin_m;
    b["range_to_m"] = (bin + 1) * config.range_bin_m;
    by_range.push_back(b);
  }
  const auto azimuths = [](const auto& bins) {
    Json out = Json::array();
    for (std::size_t k = 0; k < bins.size(); ++k) {
      if (bins[k].seen.of == 0) continue;
      Json b = bin_json(bins[k]);
      b["azimuth_from_deg"] = 360.0 / score::azimuth_bins * static_cast<double>(k);
      b["azimuth_to_deg"] = 360.0 / score::azimuth_bins * static_cast<double>(k + 1);
      out.push_back(b);
    }
    return out;
  };
  Json by_both = Json::array();
  for (const auto& [bin, bins] : radar.by_both) {
    for (Json& b : azimuths(bins)) {
      b["range_from_m"] = bin * config.range_bin_m;
      b["range_to_m"] = (bin + 1) * config.range_bin_m;
      by_both.push_back(b);
    }
  }
  return {{"sensor", name}, {"by_range", by_range}, {"by_azimuth", azimuths(radar.by_azimuth)}, {"by_both", by_both}};
}

std::string name_of(const ScoreReport& report, SensorId sensor) {
  const auto known = report.names.find(sensor);
  return known != report.names.end() ? known->second : fmt::format("radar{}", sensor.value());
}

std::vector<std::string> unknowns(const ScoreReport& report) {
  const auto& r = report.result;
  std::vector<std::string> out;
  if (!report.located) {
    out.emplace_back(
        "where the radar stands is not known, so nothing can be compared with AIS: give --origin LAT,LON, or "
        "latitude_deg and longitude_deg of its [[radar]] in --config");
  } else if (r.vessels_heard == 0) {
    out.emplace_back("no vessel with AIS was in reach of the radar for two positions: nothing can be judged");
  } else if (r.vessels_judged == 0) {
    out.emplace_back(
        fmt::format("no vessel with AIS was tracked for {:.0f} s in place and velocity: nothing can be judged from so "
                    "short a recording",
                    report.config.confirm_s));
  }
  if (r.vessels_unconfirmed > 0) {
    out.push_back(
        fmt::format("{} vessels were never confirmed by radar ({} turns): invisible, hidden by land, or not where they "
                    "say; they are in no figure, so detection is that of vessels that radar saw at least once",
                    r.vessels_unconfirmed, r.looks_unconfirmed));
  }
  out.emplace_back("tracks without AIS may be vessels without AIS: the share of false tracks is at most that of these");
  out.emplace_back("small wooden and rubber boats carry no AIS: nothing here tells how well they are seen");
  out.emplace_back(
      "predicted is what the tracker expects of tracks just before each turn, learned from the same plots: that it "
      "agrees "
      "with what was observed says that the tracker knows what it does, not that the radar sees well");
  out.push_back(
      fmt::format("AIS positions are taken to err by {:.0f} m per axis; this is taken off the error of tracks",
                  report.config.ais_deviation_m));
  return out;
}

std::string predicted_text(const DetectionBin& b) {
  const auto predicted = b.predicted();
  return predicted ? fmt::format("predicted {:.1f} %, ", 100.0 * *predicted) : std::string();
}

std::string bins_text(const std::string& name, const score::LeaveAisOutResult::Radar& radar,
                      const score::LeaveAisOutConfig& config) {
  std::string out = fmt::format("{}: detection per turn (95 % interval), by range\n", name);
  for (const auto& [bin, d] : radar.by_range) {
    const auto i = d.interval();
    out +=
        fmt::format("  {:4.1f} to {:4.1f} km  {:5.1f} %  ({:.1f} .. {:.1f})  {}{} looks, {:.1f} % by chance\n",
                    bin * config.range_bin_m / 1000.0, (bin + 1) * config.range_bin_m / 1000.0, 100.0 * d.probability(),
                    100.0 * i.low, 100.0 * i.high, predicted_text(d), d.seen.of, 100.0 * d.chance.share());
  }
  out += "  by azimuth\n";
  for (std::size_t k = 0; k < radar.by_azimuth.size(); ++k) {
    const auto& d = radar.by_azimuth[k];
    if (d.seen.of == 0) continue;
    const auto i = d.interval();
    out += fmt::format("  {:3.0f} to {:3.0f} deg  {:5.1f} %  ({:.1f} .. {:.1f})  {}{} looks\n",
                       30.0 * static_cast<double>(k), 30.0 * static_cast<double>(k + 1), 100.0 * d.probability(),
                       100.0 * i.low, 100.0 * i.high, predicted_text(d), d.seen.of);
  }
  return out;
}

double per_hour(std::uint64_t n, double seconds) {
  return seconds > 0.0 ? static_cast<double>(n) * 3600.0 / seconds : 0.0;
}

}  // namespace

Expected<ScoreReport> score_leaving_ais_out(ReplayOptions options, PictureSink& next, const LiveScore& live) {
  ScoreReport report;
  ScoringSink sink(report.config, next);
  using Clock = std::chrono::steady_clock;
  Clock::time_point told = Clock::now();
  double scored_s = 0.0;
  if (options.follow) {
    options.threads = 1;
    options.on_wait = [&] {
      if (!live.on_report || Clock::now() - told < std::chrono::duration<double>(live.report_every_s)) return;
      sink.report(report);
      if (report.result.duration_s == scored_s) return;
      told = Clock::now();
      scored_s = report.result.duration_s;
      live.on_report(report);
    };
  }
  const auto summary = replay(options, sink);
  if (!summary) return unexpected(summary.error());
  sink.report(report);
  return report;
}

std::string to_json(const ScoreReport& report) {
  const auto& r = report.result;
  Json radars = Json::array();
  for (const auto& [sensor, radar] : r.radars)
    radars.push_back(radar_json(name_of(report, sensor), radar, report.config));
  const auto covered = r.covered.interval();
  const Json out{{"duration_s", r.duration_s},
                 {"vessels",
                  {{"heard", r.vessels_heard},
                   {"judged", r.vessels_judged},
                   {"distrusted", r.vessels_distrusted},
                   {"never_confirmed", r.vessels_unconfirmed}}},
                 {"detection", radars},
                 {"continuity",
                  {{"vessel_hours", r.judged_s / 3600.0},
                   {"covered", r.covered.share()},
                   {"covered_low", covered.low},
                   {"covered_high", covered.high},
                   {"steps", r.covered.of},
                   {"breaks", r.breaks},
                   {"breaks_per_vessel_hour", per_hour(r.breaks, r.judged_s)},
                   {"number_changes", r.number_changes},
                   {"number_changes_per_vessel_hour", per_hour(r.number_changes, r.judged_s)}}},
                 {"accuracy",
                  {{"position_rms_m", r.position_rms_m},
                   {"vessels_misplaced", r.vessels_misplaced},
                   {"position_rms_with_ais_m", r.position_m.rms()},
                   {"speed_rms_mps", r.speed_mps.rms()},
                   {"course_rms_deg", r.course_deg.rms()},
                   {"comparisons", r.position_m.count},
                   {"comparisons_of_course", r.course_deg.count},
                   {"hulls", r.hulls.error_m.count},
                   {"hull_length_rms_m", r.hulls.error_m.rms()},
                   {"hull_length_too_long_m", r.hulls.mean_m()},
                   {"hull_length_within_two_deviations", r.hulls.within.share()}}},
                 {"tracks",
                  {{"confirmed", r.tracks_confirmed},
                   {"of_ais_vessels", r.tracks_of_ais},
                   {"others", r.tracks_confirmed - r.tracks_of_ais},
                   {"others_per_hour", per_hour(r.tracks_confirmed - r.tracks_of_ais, r.duration_s)}}},
                 {"cannot_know", unknowns(report)}};
  return out.dump(1);
}

std::string to_text(const ScoreReport& report) {
  const auto& r = report.result;
  std::string out = fmt::format(
      "{:.0f} s; AIS left out of tracking. Vessels with AIS in reach: {}; judged: {}; contradicted by radar or by "
      "themselves: "
      "{}; never confirmed: {}\n",
      r.duration_s, r.vessels_heard, r.vessels_judged, r.vessels_distrusted, r.vessels_unconfirmed);
  for (const auto& [sensor, radar] : r.radars) out += bins_text(name_of(report, sensor), radar, report.config);
  if (r.vessels_judged > 0) {
    const auto i = r.covered.interval();
    out += fmt::format(
        "continuity: a track {:.1f} % of the time ({:.1f} .. {:.1f}), {} breaks and {} changes of number in {:.2f} "
        "vessel-hours\n",
        100.0 * r.covered.share(), 100.0 * i.low, 100.0 * i.high, r.breaks, r.number_changes, r.judged_s / 3600.0);
    out += fmt::format(
        "accuracy: position {:.1f} m, speed {:.2f} m/s, course {:.1f} deg (root mean square, {} comparisons)\n",
        r.position_rms_m, r.speed_mps.rms(), r.course_deg.rms(), r.position_m.count);
    if (r.hulls.error_m.count > 0) {
      out += fmt::format(
          "hulls of {} vessels that say how long they are: {:.0f} m off (root mean square; {:+.0f} m in the mean), {} "
          "of "
          "them within twice the deviation stated\n",
          r.hulls.error_m.count, r.hulls.error_m.rms(), r.hulls.mean_m(), r.hulls.within.hits);
    }
    if (r.vessels_misplaced > 0) {
      out += fmt::format("vessels whose hull lies elsewhere than their antenna says, left out of the position: {}\n",
                         r.vessels_misplaced);
    }
  }
  out += fmt::format("tracks: {} confirmed, {} went with a vessel of AIS, {} others ({:.0f} an hour)\n",
                     r.tracks_confirmed, r.tracks_of_ais, r.tracks_confirmed - r.tracks_of_ais,
                     per_hour(r.tracks_confirmed - r.tracks_of_ais, r.duration_s));
  out += "what this cannot know:\n";
  for (const auto& u : unknowns(report)) out += "  " + u + "\n";
  return out;
}

}  // namespace headland::station
