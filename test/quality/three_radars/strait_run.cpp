// SPDX-License-Identifier: Apache-2.0
#include "quality/three_radars/strait_run.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <numbers>

#include "codec/ais/encode.hpp"
#include "codec/nmea/vdm_writer.hpp"

namespace headland::quality {
namespace {

using scenario::AisFault;
using scenario::SeaState;

constexpr double radian = std::numbers::pi / 180.0;
constexpr double gate_m = 150.0;
constexpr double keep_gate_m = 300.0;  // far out one radar errs by a hundred metres
constexpr double like_s = 10.0;        // of a difference of velocity, beside that of position
constexpr double settle_s = 60.0;      // in reach so long before a track is asked for
constexpr double names_after_s = 120.0;
constexpr double biases_after_s = 600.0;
constexpr double compare_every_s = 5.0;
constexpr double handover_s = 40.0;  // after the radars in reach changed
constexpr double straight_for_s = 60.0;
constexpr double fresh_s = 8.0;  // two radars see a vessel that both detected so recently
constexpr double bin_m = 2000.0;
constexpr double time_goal_s = 0.05;  // between radars
constexpr double within_95 = 5.991;   // chi squared, two degrees of freedom

station::PictureChainConfig chain_of(const scenario::PlotSea& sea) {
  station::PictureChainConfig c;
  for (std::size_t r = 0; r < sea.config().radars.size(); ++r) {
    const SensorId id(static_cast<std::uint16_t>(r + 1));
    c.fixed_sites[id] = sea.frame().to_geo(sea.config().radars[r].site);
    c.names[id] = sea.config().radars[r].name;
  }
  return c;
}

std::string sentences(const AisMessage& message) {
  std::string text;
  const auto payload = std::visit(
      [](const auto& m) -> std::optional<ais::Payload> {
        if constexpr (std::is_same_v<std::decay_t<decltype(m)>, AidToNavigation>)
          return std::nullopt;
        else
          return ais::encode(m);
      },
      message);
  if (payload) nmea::write_vdm(*payload, {}, text);
  return text;
}

Timestamp received_at(const AisMessage& m) {
  return std::visit([](const auto& x) { return x.received; }, m);
}

}  // namespace

StraitRun::StraitRun(const scenario::PlotSeaConfig& config)
    : sea_(config), chain_(chain_of(sea_)), left_out_({}), verdicts_(config), vessels_(config.vessels) {
  measure_motion(config);
  for (Vessel& v : vessels_) v.bound = score::PositionBound(v.q_turning_m2_s3, 9.0);
}

void StraitRun::run(double seconds) {
  const std::clock_t began = std::clock();
  scenario::PlotSeaOutput output;
  double next = sea_.time_s() + compare_every_s;
  double next_bias = std::max(biases_after_s, sea_.time_s() + 60.0);
  while (sea_.time_s() < seconds) {
    output.clear();
    sea_.step(output);
    note_turns();
    note_detections(output);
    feed(output);
    if (sea_.time_s() >= next) compare(sea_.time_s()), next += compare_every_s;
    if (sea_.time_s() >= next_bias) compare_biases(sea_.time_s()), next_bias += 60.0;
  }
  figures_.seconds = sea_.time_s();
  figures_.cpu_s += static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

void StraitRun::feed(const scenario::PlotSeaOutput& output) {
  station::PictureOutput out;
  std::size_t a = 0;
  const auto hear = [&](Timestamp until) {
    for (; a < output.ais.size() && received_at(output.ais[a]) <= until; ++a) {
      const std::string text = sentences(output.ais[a]);
      chain_.process(1000, received_at(output.ais[a]),
                     {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, out);
    }
  };
  for (const PlotSector& sector : output.sectors) {
    hear(sector.ended);
    PlotSector raw = sector;
    raw.site_east_m = raw.site_north_m = 0.0, raw.site_north = Angle();
    chain_.process(raw, out);
  }
  hear(Timestamp::max());
  chain_.process_tick(sea_.config().start + to_duration(Seconds(sea_.time_s())), out);
  take(out);
}

void StraitRun::take(const station::PictureOutput& out) {
  judge(out);
  if (!out.published) return;
  picture_ = out.published->picture;
  named_.clear();
  disputed_.clear();
  shown_.clear();
  for (const auto& t : out.published->picture->tracks) {
    if (t.radar_track != TrackId()) shown_[t.radar_track] = &t;
    if (t.identity && sea_.time_s() >= biases_after_s) note_shown(t);
    if (t.radar_track != TrackId() && t.identity) named_[t.radar_track] = t.identity->mmsi;
    if (t.radar_track != TrackId() && !t.rivals.empty()) disputed_.insert(t.radar_track);
  }
}

// Plots and tracks from when on the truth counts, too: before, radars are not registered. AIS, with the sizes of hulls,
// from the start.
void StraitRun::judge(const station::PictureOutput& out) {
  if (sea_.time_s() >= biases_after_s) {
    for (const PlotSector& s : out.sectors) left_out_.process(s);
    for (const Track& t : out.tracks) left_out_.process(t);
  }
  for (const AisMessage& m : out.ais) {
    if (const auto* particulars = std::get_if<VesselParticulars>(&m)) left_out_.process(*particulars);
    const auto* report = std::get_if<VesselReport>(&m);
    if (report == nullptr || !report->position) continue;
    const EastNorth where = chain_.frame().to_local(*report->position);
    left_out_.process(*report, where, chain_.frame().north_at(where).radians());
  }
}

std::uint32_t StraitRun::reach_of(const SeaState& s) const {
  std::uint32_t bits = 0;
  for (std::size_t r = 0; r < sea_.config().radars.size(); ++r) {
    const auto& radar = sea_.config().radars[r];
    const double t = sea_.time_s();
    if (t > radar.fails_after_s && t < radar.back_after_s) continue;
    const double range = std::hypot(s.east_m - radar.site.east.value(), s.north_m - radar.site.north.value());
    if (range > 300.0 && range < radar.range_max_m) bits |= 1U << r;
  }
  return bits;
}

void StraitRun::note_detections(const scenario::PlotSeaOutput& output) {
  for (std::size_t k = 0; k < output.sectors.size(); ++k) {
    const PlotSector& sector = output.sectors[k];
    const std::size_t r = sector.sensor.value() - 1U;
    const auto& radar = sea_.config().radars[r];
    for (std::size_t i = 0; i < sector.plots.size(); ++i) {
      const std::uint32_t v = output.origins[k][i];
      if (v == scenario::no_vessel) continue;
      const double t = to_seconds(sector.plots[i].time - sea_.config().start).value() - radar.time_bias_s;
      const SeaState s = sea_.at(v, t);
      vessels_[v].bound.detect(t, s.east_m - radar.site.east.value(), s.north_m - radar.site.north.value(),
                               radar.range_deviation_m, radar.bearing_deviation_deg * radian);
      vessels_[v].last_seen_s[r] = t;
    }
  }
  // What the first radar truly saw: all vessels in its reach, once a second.
  const double t = sea_.time_s();
  if (std::fmod(t, 10.0) != 0.0 || t < biases_after_s) return;
  const auto& radar = sea_.config().radars.front();
  for (std::size_t v = 0; v < vessels_.size(); ++v) {
    const SeaState s = sea_.at(v, t);
    const double range = std::hypot(s.east_m - radar.site.east.value(), s.north_m - radar.site.north.value());
    if (range < 300.0 || range > radar.range_max_m) continue;
    // Seen within the last turn, as chance had it.
    figures_.seen_by_range[static_cast<std::uint32_t>(range / bin_m)].count(t - vessels_[v].last_seen_s[0] <=
                                                                            radar.turn_s);
  }
}

void StraitRun::compare(double t_s) {
  tracks_ = chain_.tracks();
  std::erase_if(tracks_, [](const Track& t) { return t.stage == TrackStage::tentative; });
  std::map<TrackId, const Track*> free;
  for (const Track& t : tracks_) free[t.id] = &t;
  note_neighbours(t_s);
  // Those that have a track keep it before others choose, they that lost theirs among them.
  std::vector<bool> keeps;
  for (std::size_t v = 0; v < vessels_.size(); ++v) {
    const auto had = free.find(vessels_[v].track);
    keeps.push_back(had != free.end() && off_m(*had->second, v, t_s) < keep_gate_m);
  }
  for (const bool second : {false, true}) {
    for (std::size_t v = 0; v < vessels_.size(); ++v) {
      if (keeps[v] != second) compare_vessel(v, t_s, free);
    }
  }
  judge_verdicts(t_s);
}

void StraitRun::judge_verdicts(double t_s) {
  if (picture_ == nullptr) return;
  std::vector<StraitVerdicts::Now> now;
  for (std::size_t v = 0; v < vessels_.size(); ++v) {
    const SeaState s = sea_.at(v, t_s);
    const Vessel& vessel = vessels_[v];
    now.push_back({&sea_.vessels()[v], vessel.track, vessel.radars == 0 ? -1.0 : vessel.reached_s,
                   std::hypot(s.ve_mps, s.vn_mps), s.east_m, s.north_m});
  }
  verdicts_.judge(*picture_, now, t_s, compare_every_s);
}

void StraitRun::note_reach(Vessel& vessel, std::uint32_t radars, double t_s) {
  if (radars == vessel.radars) return;
  if (vessel.radars == 0) {
    vessel.reached_s = t_s;
    vessel.numbers.clear();
    vessel.later.clear();
    vessel.shown.clear();
    vessel.changed_s = -1.0;
  } else if (radars == 0) {
    if (!vessel.numbers.empty() && t_s - vessel.reached_s > 2.0 * settle_s) {
      figures_.one_number.count(vessel.numbers.size() == 1);
      figures_.one_number_later.count(vessel.later.size() <= 1);
      figures_.one_shown.count(vessel.shown.size() <= 1);
    }
    vessel.track = TrackId();
  } else {
    vessel.changed_s = t_s;
    vessel.before = vessel.track;
  }
  vessel.radars = radars;
}

bool StraitRun::goes_straight(std::size_t v, double t_s) const {
  const double since_s = vessels_[v].straight_s;
  return since_s >= 0.0 && t_s - since_s >= straight_for_s && !sea_.vessels()[v].anchored;
}

void StraitRun::compare_vessel(std::size_t v, double t_s, std::map<TrackId, const Track*>& free) {
  Vessel& vessel = vessels_[v];
  const SeaState truth = sea_.at(v, t_s);
  note_reach(vessel, reach_of(truth), t_s);
  if (vessel.radars == 0 || t_s - vessel.reached_s < settle_s) return;
  const auto off = [&](const Track& t) { return off_m(t, v, t_s); };
  const Track* best = nullptr;
  if (const auto had = free.find(vessel.track); had != free.end() && off(*had->second) < keep_gate_m)
    best = had->second;
  if (best == nullptr) {
    // Of two vessels that meet just then, each has the track that goes as it does.
    double least = 1e9;
    for (const auto& [id, t] : free) {
      const double miss = off(*t) + like_s * std::hypot(t->state.velocity.east.value() - truth.ve_mps,
                                                        t->state.velocity.north.value() - truth.vn_mps);
      if (off(*t) < gate_m && miss < least) least = miss, best = t;
    }
  }
  figures_.covered.count(best != nullptr);
  if (best == nullptr) return;
  const auto old = std::find_if(tracks_.begin(), tracks_.end(), [&](const Track& t) { return t.id == vessel.track; });
  if (vessel.track != TrackId() && vessel.track != best->id) {
    const auto story = chain_.story_of(SystemTrackId(vessel.track.value()));
    const bool told = story && !story->facts().empty();
    figures_.breaks.push_back({v, t_s, vessel.reached_s, vessel.track, best->id,
                               old == tracks_.end() ? -1.0 : off(*old),
                               told ? tracking::to_text(story->facts().back()) : std::string()});
  }
  free.erase(best->id);
  vessel.track = best->id;
  vessel.numbers.insert(best->id);
  if (t_s >= biases_after_s) vessel.later.insert(best->id);
  if (vessel.changed_s >= 0.0 && t_s - vessel.changed_s >= handover_s) {
    if (vessel.before != TrackId()) figures_.handovers.count(vessel.before == best->id);
    vessel.changed_s = -1.0;
  }
  if (t_s > names_after_s) note_name(v, best->id);
  if (t_s < biases_after_s) return;
  note_consistency(v, *best);
  note_kind(v, t_s, *best);
  figures_.position_m.add(off(*best));
  const double ve = best->state.velocity.east.value();
  const double vn = best->state.velocity.north.value();
  const double said = std::hypot(truth.ve_mps, truth.vn_mps);
  figures_.speed_mps.add(std::hypot(ve, vn) - said);
  if (said > 2.0) {
    figures_.course_deg.add(
        std::remainder(std::atan2(ve, vn) - std::atan2(truth.ve_mps, truth.vn_mps), 2.0 * std::numbers::pi) / radian);
  }
  std::uint32_t fresh = 0;
  for (std::size_t r = 0; r < sea_.config().radars.size(); ++r)
    fresh += t_s - vessel.last_seen_s[r] < fresh_s ? 1U : 0U;
  if (fresh < 2 || !goes_straight(v, t_s)) return;
  note_excess(v, t_s, off(*best));
}

void StraitRun::note_name(std::size_t v, TrackId track) {
  Vessel& vessel = vessels_[v];
  if (const auto shown = shown_.find(track); shown != shown_.end()) vessel.shown.insert(shown->second->id);
  const auto& spec = sea_.vessels()[v];
  if (spec.mmsi == 0) return;
  const auto named = named_.find(track);
  const bool right = named != named_.end() && named->second == Mmsi(spec.mmsi);
  figures_.faults[spec.fault].named.count(right);
  const bool honest =
      spec.fault == AisFault::none || spec.fault == AisFault::stale || spec.fault == AisFault::badly_described;
  if (!honest) return;
  figures_.mmsi_right.count(right);
  vessel.named.vessel = v;
  vessel.named.named.count(right);
  vessel.unnamed_in_row = right ? 0 : vessel.unnamed_in_row + 1;
  vessel.named.longest = std::max(vessel.named.longest, vessel.unnamed_in_row);
  if (!right && disputed_.contains(track)) ++vessel.named.with_rivals;
  if (!right && named != named_.end()) ++figures_.mmsi_wrong;
}

void StraitRun::note_consistency(std::size_t v, const Track& track) {
  const auto note = [&](ConsistencyFigure& f, Timestamp time, EastNorth where, double ee, double nn, double en) {
    const SeaState truth = sea_.at(v, to_seconds(time - sea_.config().start).value());
    const double e = where.east.value() - truth.east_m;
    const double n = where.north.value() - truth.north_m;
    const double nees = (e * e * nn + n * n * ee - 2.0 * e * n * en) / (ee * nn - en * en);
    f.nees += nees;
    f.within.count(nees < within_95);
    f.error_m.add(std::hypot(e, n));
  };
  const auto& c = track.state.covariance;
  note(figures_.radar_alone, track.time, track.state.position, c[0], c[5], c[1]);
  const auto shown = shown_.find(track.id);
  if (shown == shown_.end() || !shown->second->radar_only) return;
  const SystemTrack& s = *shown->second;
  note(figures_.fused, s.time, s.local, s.var_ee_m2, s.var_nn_m2, s.cov_en_m2);
}

void StraitRun::compare_biases(double t_s) {
  std::vector<BiasFigure> now;
  for (std::size_t r = 0; r < sea_.config().radars.size(); ++r) {
    const auto& radar = sea_.config().radars[r];
    const auto known = chain_.registration().find(SensorId(static_cast<std::uint16_t>(r + 1)));
    if (known == chain_.registration().end()) continue;
    BiasFigure f{radar.name, t_s, known->second.estimate(), {}};
    const auto& e = f.found;
    const double jumped = t_s > radar.jump_after_s ? radar.jump_deg : 0.0;
    f.error = {e.bias.range_m - radar.range_bias_m, e.bias.bearing_rad - (radar.bearing_bias_deg + jumped) * radian,
               e.bias.time_s - radar.time_bias_s, 0.0};
    figures_.range_in_2_sigma.count(std::abs(f.error.range_m) < 2.0 * e.deviation.range_m);
    figures_.azimuth_in_2_sigma.count(std::abs(f.error.bearing_rad) < 2.0 * e.deviation.bearing_rad);
    figures_.time_in_2_sigma.count(std::abs(f.error.time_s) < 2.0 * e.deviation.time_s);
    const SensorId id(static_cast<std::uint16_t>(r + 1));
    f.to_first_s_sigma = chain_.time_deviation_between(SensorId(1), id);
    for (std::size_t q = 0; q < now.size(); ++q) {
      const double sigma = chain_.time_deviation_between(SensorId(static_cast<std::uint16_t>(q + 1)), id);
      const double off = std::abs(f.error.time_s - now[q].error.time_s);
      figures_.time_between_in_2_sigma.count(off < 2.0 * sigma);
      figures_.time_between_in_goal.count(off < time_goal_s);
      figures_.time_between_worst_s = std::max(figures_.time_between_worst_s, off);
      figures_.time_between_square_s2 += off * off;
    }
    now.push_back(f);
  }
  figures_.biases.insert(figures_.biases.end(), now.begin(), now.end());
}

StraitFigures StraitRun::figures() const {
  StraitFigures out = figures_;
  for (const Vessel& v : vessels_) {
    if (v.radars != 0 && !v.numbers.empty() && out.seconds - v.reached_s > 2.0 * settle_s) {
      out.one_number.count(v.numbers.size() == 1);
      out.one_number_later.count(v.later.size() <= 1);
      out.one_shown.count(v.shown.size() <= 1);
    }
  }
  for (const auto& v : sea_.vessels()) {
    if (v.mmsi != 0) ++out.faults[v.fault].vessels;
    const auto shown = shown_by_ais_.find(Mmsi(v.mmsi));
    if (v.mmsi != 0 && v.fault == AisFault::none && shown != shown_by_ais_.end()) {
      out.one_shown_by_ais.count(shown->second.size() == 1);
      std::ranges::copy_if(shown_changes_, std::back_inserter(out.shown_changes),
                           [&](const ShownChange& c) { return c.mmsi == Mmsi(v.mmsi); });
    }
  }
  for (const Vessel& v : vessels_) {
    if (v.named.named.of > 0) out.named.push_back(v.named);
  }
  const auto missing = [](const NamedFigure& n) { return n.named.of - n.named.hits; };
  std::stable_sort(out.named.begin(), out.named.end(),
                   [&](const NamedFigure& a, const NamedFigure& b) { return missing(a) > missing(b); });
  out.named.resize(std::min<std::size_t>(out.named.size(), 12));
  for (const Vessel& v : vessels_) out.excess.push_back(v.excess);
  std::stable_sort(out.excess.begin(), out.excess.end(),
                   [](const ExcessFigure& a, const ExcessFigure& b) { return a.excess_m2 > b.excess_m2; });
  out.excess.resize(std::min<std::size_t>(out.excess.size(), 12));
  out.jumps = chain_.jumps();
  out.state_bytes = chain_.snapshot().size();
  out.verdicts = verdicts_.figures();
  out.left_out = left_out_.result();
  return out;
}

}  // namespace headland::quality
