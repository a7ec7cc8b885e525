// SPDX-License-Identifier: Apache-2.0
// Registrar: when to begin, when to begin anew, and what is kept over a restart.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/units.hpp"
#include "core/registration/registrar.hpp"

namespace headland::registration {
namespace {

constexpr double rotation_deviation = 0.6 * radians_per_degree;  // of what the search finds
constexpr double blind_deviation = 1.0 * radians_per_degree;     // assumed where it finds nothing
constexpr double doubt_range_m = 20.0;                           // of what was known, when comparisons begin anew
constexpr std::int64_t jump_settles_ns = 60'000'000'000;
constexpr std::int64_t research_every_ns = 10'000'000'000;
constexpr double unknown_age_s = 0.1;                  // of the mean age of positions dated by the second they name,
constexpr double unknown_clock_s = 0.5;                // and of others
constexpr double lost_rad = 2.0 * radians_per_degree;  // so far from what is believed,
constexpr double least_over_believed = 4.0;            // and so much better, another rotation is believed

double wrapped(double a) { return a - 2.0 * std::numbers::pi * std::floor((a / std::numbers::pi + 1.0) / 2.0); }

}  // namespace

void Registrar::watch(SensorId sensor, Radar& radar, Mmsi mmsi, const TurnPlot& plot, double error_rad,
                      double reference_rad) {
  auto& judge = watches_.try_emplace(sensor, config_.jump).first->second;
  const double deviation = std::hypot(plot.bearing_deviation_rad, reference_rad);
  const auto jump = judge.observe(mmsi, plot.time_ns, error_rad, deviation, plot.steadied_rad);
  if (!jump) return;
  note_jump(sensor, radar, judge.since_ns(), plot.time_ns, *jump);
  begin_anew(sensor, *jump, rotation_deviation);
  if (const auto votes = searches_.find(sensor); votes != searches_.end()) votes->second.turn(*jump);
  radar.sharpened = false;
}

// How far it jumped is told once the new bias is known well: the first looks after a jump are those that still fell
// into the old gates.
void Registrar::note_jump(SensorId sensor, Radar& radar, std::int64_t since_ns, std::int64_t now_ns, double by_rad) {
  if (radar.jump_told_ns == 0) {
    radar.jump_from_rad = joint_.estimate(sensor).bias.bearing_rad;
    radar.jump_since_ns = since_ns;
    radar.jump_told_ns = now_ns;
  }
  radar.jump_by_rad = by_rad;
}

void Registrar::tell_jump(SensorId sensor, Radar& radar, std::int64_t now_ns) {
  if (radar.jump_told_ns == 0 || (!radar.sharpened && now_ns - radar.jump_told_ns < jump_settles_ns)) return;
  const double by =
      radar.sharpened ? wrapped(joint_.estimate(sensor).bias.bearing_rad - radar.jump_from_rad) : radar.jump_by_rad;
  jumps_.push_back({sensor, Timestamp{Duration(radar.jump_since_ns)}, Timestamp{Duration(radar.jump_told_ns)}, by});
  radar.jump_told_ns = 0;
}

void Registrar::begin(SensorId sensor, Radar& radar, double bearing_rad, double deviation_rad) {
  radar.ready = true;
  radar.sharpened = false;
  radar.doubt_rad = searches_.contains(sensor) ? searches_.at(sensor).doubt(bearing_rad).rad : 0.0;
  joint_.restart(sensor, {.bearing_rad = bearing_rad}, {.bearing_rad = deviation_rad});
  compare_again(sensor, radar, radar.jump_since_ns);
}

// No rotation is beyond doubt: the likeliest, or none at all.
void Registrar::begin_blind(SensorId sensor, Radar& radar) {
  const auto votes = searches_.find(sensor);
  const auto likeliest = votes != searches_.end() ? votes->second.likeliest() : std::nullopt;
  if (likeliest) return begin(sensor, radar, likeliest->bearing_rad, rotation_deviation);
  begin(sensor, radar, 0.0, blind_deviation);
}

// The turns that are kept, with what is known now.
void Registrar::compare_again(SensorId sensor, Radar& radar, std::int64_t since_ns) {
  for (const Turn& turn : radar.turns) {
    if (turn.began_ns >= since_ns) compare_all(sensor, radar, turn);
  }
}

// From what is known, far less sure of it.
void Registrar::begin_anew(SensorId sensor, double turned_rad, double deviation_rad) {
  const auto e = joint_.estimate(sensor);
  joint_.restart(sensor,
                 {.range_m = e.bias.range_m, .bearing_rad = e.bias.bearing_rad + turned_rad, .time_s = e.bias.time_s},
                 {.range_m = std::max(4.0 * e.deviation.range_m, doubt_range_m), .bearing_rad = deviation_rad});
}

void Registrar::look_for_rotation(SensorId sensor, Radar& radar, std::int64_t now_ns) {
  if (radar.ready && now_ns - radar.searched_ns < research_every_ns) return;
  radar.searched_ns = now_ns;
  const auto votes = searches_.find(sensor);
  if (votes != searches_.end()) votes->second.forget(now_ns);
  if (votes != searches_.end()) {
    // Votes that are few by now do not unsay what more of them said before; votes for another rotation do.
    const auto doubt = votes->second.doubt(joint_.estimate(sensor).bias.bearing_rad);
    const bool anew = !radar.ready || doubt.contradicted;
    radar.doubt_rad = anew ? doubt.rad : std::min(radar.doubt_rad, doubt.rad);
  }
  const auto e = joint_.estimate(sensor);
  const auto known = searches_.find(sensor);
  const auto found = known != searches_.end() ? known->second.find(e.bias.bearing_rad) : std::nullopt;
  if (!radar.ready) {
    if (found) return begin(sensor, radar, found->bearing_rad, rotation_deviation);
    if (static_cast<double>(now_ns - radar.first_ns) * 1e-9 > config_.search_s) begin_blind(sensor, radar);
    return;
  }
  // What is believed may have been wrong from the start, or have drifted out of reach.
  const double off = std::abs(wrapped(found ? found->bearing_rad - e.bias.bearing_rad : 0.0));
  if (found && off > std::max(lost_rad, 4.0 * e.deviation.bearing_rad) && found->over_believed > least_over_believed) {
    if (radar.sharpened) note_jump(sensor, radar, now_ns, now_ns, wrapped(found->bearing_rad - e.bias.bearing_rad));
    begin(sensor, radar, found->bearing_rad, rotation_deviation);
  }
}

BiasEstimate Registrar::estimate(SensorId sensor) const {
  BiasEstimate e = joint_.estimate(sensor);
  const auto radar = radars_.find(sensor);
  if (radar != radars_.end()) {
    e.deviation.bearing_rad = std::hypot(e.deviation.bearing_rad, radar->second.doubt_rad);
    e.residual_before_m = radar->second.before_m;
    e.residual_after_m = radar->second.after_m;
  }
  const auto by_second = static_cast<std::size_t>(
      std::count_if(vessels_.begin(), vessels_.end(), [](const auto& entry) { return entry.second.by_second; }));
  e.shared_time_s = 2 * by_second > vessels_.size() ? unknown_age_s : unknown_clock_s;
  e.deviation.time_s = std::hypot(e.deviation.time_s, e.shared_time_s);
  return e;
}

bool Registrar::is_settled() const {
  return std::all_of(radars_.begin(), radars_.end(), [](const auto& entry) {
    const Radar& radar = entry.second;
    return radar.ready && radar.sharpened && radar.jump_told_ns == 0;
  });
}

void Registrar::solve(std::int64_t now_ns) {
  solved_ns_ = now_ns;
  for (auto& [sensor, radar] : radars_) look_for_rotation(sensor, radar, now_ns);
  joint_.solve(now_ns);
  for (auto& [sensor, radar] : radars_) tell_jump(sensor, radar, now_ns);
  bool anew = false;
  // What was compared while the gates were wide holds wrong pairs: once it is known where to look, begin anew.
  for (auto& [sensor, radar] : radars_) {
    if (!radar.ready || radar.sharpened) continue;
    const auto e = joint_.estimate(sensor);
    if (e.vessels < 4 || e.deviation.bearing_rad > 0.25 * radians_per_degree) continue;
    radar.sharpened = true;
    begin_anew(sensor, 0.0, std::max(2.0 * e.deviation.bearing_rad, 0.2 * radians_per_degree));
    compare_again(sensor, radar, radar.jump_since_ns);
    anew = true;
  }
  if (anew) joint_.solve(now_ns);  // a recording may end before the next time
  const std::int64_t silent = now_ns - 600'000'000'000;
  std::erase_if(vessels_, [&](const auto& entry) { return entry.second.heard_ns < silent; });
  for (auto& [sensor, watch] : watches_) watch.forget_silent(now_ns);
}

void Registrar::forget(SensorId sensor) {
  radars_.erase(sensor);
  searches_.erase(sensor);
  watches_.erase(sensor);
  joint_.restart(sensor, {}, {});
}

Registrar::Snapshot Registrar::snapshot() const {
  Snapshot s;
  for (const auto& [sensor, radar] : radars_) s.radars[sensor.value()] = radar;
  for (const auto& [sensor, search] : searches_) s.searches[sensor.value()] = search.snapshot();
  for (const auto& [sensor, watch] : watches_) s.watches[sensor.value()] = watch.snapshot();
  for (const auto& [mmsi, vessel] : vessels_) s.vessels[mmsi.value()] = vessel;
  s.joint = joint_.snapshot();
  s.clock = clock_.snapshot();
  s.solved_ns = solved_ns_;
  return s;
}

void Registrar::restore(const Snapshot& s) {
  *this = Registrar(config_);
  for (const auto& [sensor, radar] : s.radars) radars_[SensorId(sensor)] = radar;
  for (const auto& [sensor, search] : s.searches) {
    searches_.try_emplace(SensorId(sensor), config_.rotation).first->second.restore(search);
  }
  for (const auto& [sensor, watch] : s.watches) {
    watches_.try_emplace(SensorId(sensor), config_.jump).first->second.restore(watch);
  }
  for (const auto& [mmsi, vessel] : s.vessels) vessels_[Mmsi(mmsi)] = vessel;
  joint_.restore(s.joint);
  clock_.restore(s.clock);
  solved_ns_ = s.solved_ns;
}

}  // namespace headland::registration
