// SPDX-License-Identifier: Apache-2.0
#include "core/score/leave_ais_out.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>

#include "core/base/constants.hpp"
#include "core/plots/blanked.hpp"

namespace headland::score {
namespace {

using registration::AisFix;
using registration::AisLeg;

constexpr double whole_turn = 2.0 * pi;
constexpr double fastest_mps = 45.0;
// Time that goes back by more than this is a clock that was set back.
constexpr std::int64_t set_back_ns = 60'000'000'000;
// Places beside a vessel, at its range, where a plot would be chance: turned by so much, and at least 4 gates away.
constexpr std::array<double, 4> beside_rad{-0.12, -0.06, 0.06, 0.12};

double wrapped(double a) { return a - whole_turn * std::floor((a + pi) / whole_turn); }
std::int64_t ns(double s) { return static_cast<std::int64_t>(s * 1e9); }

}  // namespace

double DetectionBin::probability() const {
  const double c = chance.share();
  return c >= 1.0 ? 0.0 : std::clamp((seen.share() - c) / (1.0 - c), 0.0, 1.0);
}

Interval DetectionBin::interval() const {
  const double c = chance.share();
  if (c >= 1.0) return {};
  const Interval i = seen.interval();
  return {std::clamp((i.low - c) / (1.0 - c), 0.0, 1.0), std::clamp((i.high - c) / (1.0 - c), 0.0, 1.0)};
}

std::optional<double> DetectionBin::predicted() const {
  if (predicted_of == 0) return std::nullopt;
  return predicted_sum / static_cast<double>(predicted_of);
}

double Spread::rms() const { return count == 0 ? 0.0 : std::sqrt(sum_of_squares / static_cast<double>(count)); }

void DetectionBin::add(const DetectionBin& o) {
  seen.hits += o.seen.hits, seen.of += o.seen.of;
  chance.hits += o.chance.hits, chance.of += o.chance.of;
  predicted_sum += o.predicted_sum, predicted_of += o.predicted_of;
}

void LeaveAisOut::Sums::add(const Sums& o) {
  for (const auto& [key, bin] : o.looks) looks[key].add(bin);
  covered.hits += o.covered.hits, covered.of += o.covered.of;
  judged_s += o.judged_s;
  breaks += o.breaks, changes += o.changes;
  speed.add(o.speed), course.add(o.course), offsets.add(o.offsets);
}

bool LeaveAisOut::Turn::is_blanked(double bearing_rad, double range_m) const {
  constexpr Radians beside(std::numbers::pi / 180.0);
  if (range_m < range_min_m) return true;
  return blanked_share(blanked, Bearing(Radians(bearing_rad - north_rad)), beside, Metres(range_m), Metres(50.0)) > 0.0;
}

void LeaveAisOut::process(const PlotSector& sector) {
  if (sector.reference != BearingReference::true_north) return;
  Radar& radar = radars_[sector.sensor];
  const bool alone = sector.sectors_per_turn <= 1;
  const std::int64_t newest = radar.has_open        ? radar.open.ended_ns
                              : radar.turns.empty() ? 0
                                                    : radar.turns.back().ended_ns;
  if (sector.ended.time_since_epoch().count() < newest - set_back_ns) begin_anew();
  if (radar.has_open && (alone || sector.turn != radar.open.number)) close(sector.sensor, radar);
  Turn& turn = radar.open;
  const double north = sector.site_north.radians();
  if (!radar.has_open) {
    turn = {};
    turn.number = sector.turn;
    turn.began_ns = sector.began.time_since_epoch().count();
    turn.first_rad = alone ? 0.0 : sector.from.radians() + north;
    radar.has_open = true;
  }
  turn.ended_ns = std::max(turn.ended_ns, sector.ended.time_since_epoch().count());
  turn.range_max_m = std::max(turn.range_max_m, sector.range_max.value());
  turn.range_min_m = sector.range_min.value();
  turn.north_rad = north;
  turn.blanked.insert(turn.blanked.end(), sector.blanked.begin(), sector.blanked.end());
  turn.site_east_m = sector.site_east_m;
  turn.site_north_m = sector.site_north_m;
  if (first_ns_ == 0) first_ns_ = turn.began_ns;
  last_ns_ = std::max(last_ns_, turn.ended_ns);
  for (const Plot& p : sector.plots) {
    const double bearing = p.bearing.radians() + north;
    const double range = p.range.value();
    turn.plots.push_back({p.time.time_since_epoch().count(), sector.site_east_m + range * std::sin(bearing),
                          sector.site_north_m + range * std::cos(bearing), range, bearing,
                          p.bearing_deviation.value() * range});
  }
  if (alone) close(sector.sensor, radar);
}

// What was said of later times cannot be compared with what comes now; what was judged stays.
void LeaveAisOut::begin_anew() {
  spent_ns_ += last_ns_ - first_ns_;
  first_ns_ = last_ns_ = 0;
  for (auto& [sensor, radar] : radars_) radar.turns.clear(), radar.has_open = false;
  for (auto& [mmsi, vessel] : vessels_) vessel.fixes.clear(), vessel.stepped_ns = 0, vessel.agreed_s = 0.0;
  for (auto& [id, followed] : tracks_) followed.steps.clear();
}

void LeaveAisOut::close(SensorId sensor, Radar& radar) {
  Turn turn = std::exchange(radar.open, {});
  radar.has_open = false;
  std::sort(turn.plots.begin(), turn.plots.end(), [](const Place& a, const Place& b) {
    return std::tie(a.range_m, a.bearing_rad, a.time_ns) < std::tie(b.range_m, b.bearing_rad, b.time_ns);
  });
  for (auto& [mmsi, vessel] : vessels_) {
    for (std::size_t i = 1; i < vessel.fixes.size(); ++i) {
      const AisLeg leg{vessel.fixes[i - 1], vessel.fixes[i]};
      if (leg.to.time_ns > turn.began_ns && leg.from.time_ns < turn.ended_ns) look(sensor, turn, vessel, leg);
    }
  }
  forget(turn.ended_ns);
  const std::int64_t oldest = turn.ended_ns - ns(config_.keep_s);
  std::erase_if(tracks_, [&](const auto& entry) {
    const auto& f = entry.second;
    return f.steps.empty() ? f.ended : f.steps.back().time_ns < oldest - ns(60.0);
  });
  radar.turns.push_back(std::move(turn));
  while (radar.turns.front().ended_ns < oldest) radar.turns.pop_front();
}

void LeaveAisOut::forget(std::int64_t now_ns) {
  constexpr std::size_t most_left = 100'000;
  const auto has_left = [&](const Vessel& v) {
    return v.fixes.empty() || v.fixes.back().time_ns <= now_ns - ns(config_.forget_s);
  };
  if (std::none_of(vessels_.begin(), vessels_.end(), [&](const auto& entry) { return has_left(entry.second); })) return;
  const double usual_m = usual_offset_m();
  std::erase_if(vessels_, [&](const auto& entry) {
    const auto& [mmsi, v] = entry;
    if (!has_left(v)) return false;
    if (is_misplaced(v.offsets, usual_m)) {
      ++misplaced_;
    } else {
      kept_.offsets.add(v.offsets);
    }
    if (v.confirmed && !v.distrusted) kept_.add(v.since), compare_hull(v, hulls_);
    taken_.erase(v.track);
    if (v.in_reach && left_.size() < most_left) left_[mmsi] = {v.confirmed, v.distrusted, v.looks_before};
    return true;
  });
}

std::size_t LeaveAisOut::size() const {
  std::size_t n = kept_.looks.size() + left_.size();
  for (const auto& [mmsi, v] : vessels_) n += 1 + v.fixes.size() + v.since.looks.size();
  for (const auto& [id, f] : tracks_) n += 1 + f.steps.size();
  return n;
}

bool LeaveAisOut::may_use(const AisLeg& leg) const {
  const double dt = leg.length_s();
  const double moved = std::hypot(leg.to.east_m - leg.from.east_m, leg.to.north_m - leg.from.north_m);
  return dt >= 0.5 && (dt <= config_.longest_leg_s || moved < config_.still_m);
}

bool LeaveAisOut::in_reach(double east_m, double north_m) const {
  return std::any_of(radars_.begin(), radars_.end(), [&](const auto& entry) {
    if (entry.second.turns.empty()) return false;
    const Turn& t = entry.second.turns.back();
    const double east = east_m - t.site_east_m;
    const double north = north_m - t.site_north_m;
    const double range = std::hypot(east, north);
    return range > config_.least_range_m && range < t.range_max_m && !t.is_blanked(std::atan2(east, north), range);
  });
}

// AIS tells of its antenna; radar sees the middle.
AisLeg::At LeaveAisOut::middle(const Vessel& v, const AisLeg& leg, std::int64_t time_ns) {
  auto at = leg.at(time_ns);
  if (!leg.from.has_heading || !leg.to.has_heading) return at;
  const double s = static_cast<double>(time_ns - leg.from.time_ns) * 1e-9 / leg.length_s();
  const double h = leg.from.heading_rad + s * wrapped(leg.to.heading_rad - leg.from.heading_rad);
  at.east_m -= v.ahead_m * std::sin(h) + v.starboard_m * std::cos(h);
  at.north_m -= v.ahead_m * std::cos(h) - v.starboard_m * std::sin(h);
  return at;
}

void LeaveAisOut::look(SensorId sensor, const Turn& turn, Vessel& vessel, const AisLeg& leg) {
  if (vessel.distrusted || !may_use(leg)) return;
  const auto about =
      middle(vessel, leg, std::clamp((turn.began_ns + turn.ended_ns) / 2, leg.from.time_ns, leg.to.time_ns));
  const double shown = std::atan2(about.east_m - turn.site_east_m, about.north_m - turn.site_north_m) - turn.first_rad;
  const double share = shown / whole_turn - std::floor(shown / whole_turn);
  const std::int64_t look_ns = turn.began_ns + ns(share * static_cast<double>(turn.ended_ns - turn.began_ns) * 1e-9);
  if (!leg.covers(look_ns)) return;
  const auto at = middle(vessel, leg, look_ns);
  const double e = at.east_m - turn.site_east_m;
  const double n = at.north_m - turn.site_north_m;
  const double range = std::hypot(e, n);
  if (range < config_.least_range_m || range > turn.range_max_m) return;
  const double bearing = std::atan2(e, n);
  if (turn.is_blanked(bearing, range)) return;
  vessel.in_reach = true;
  if (!vessel.confirmed) {
    ++vessel.looks_before;
    return;
  }
  const auto plot_near = [&](double turned) {
    const double pe = turn.site_east_m + range * std::sin(bearing + turned);
    const double pn = turn.site_north_m + range * std::cos(bearing + turned);
    const double far = config_.gate_m + 200.0;
    for (auto p = std::lower_bound(turn.plots.begin(), turn.plots.end(), range - far,
                                   [](const Place& q, double r) { return q.range_m < r; });
         p != turn.plots.end() && p->range_m < range + far; ++p) {
      const double gate = config_.gate_m + std::min(2.5 * p->across_m, 150.0);
      if (std::hypot(p->east_m - pe, p->north_m - pn) < gate) return true;
    }
    return false;
  };
  const BinKey key{sensor, static_cast<std::uint32_t>(range / config_.range_bin_m),
                   static_cast<std::uint32_t>((bearing / whole_turn - std::floor(bearing / whole_turn)) *
                                              static_cast<double>(azimuth_bins)) %
                       static_cast<std::uint32_t>(azimuth_bins)};
  DetectionBin& bin = vessel.since.looks[key];
  bin.seen.count(plot_near(0.0));
  if (const auto chance = predicted(sensor, {Metres(at.east_m), Metres(at.north_m)}, vessel, look_ns))
    bin.predicted_sum += *chance, ++bin.predicted_of;
  for (const double b : beside_rad) {
    const double turned = std::copysign(std::max(std::abs(b), 4.0 * config_.gate_m / range), b);
    bin.chance.count(plot_near(turned));
  }
}

// As the track stood before the beam met it: what it was shown to be then.
std::optional<double> LeaveAisOut::predicted(SensorId sensor, EastNorth place, const Vessel& vessel,
                                             std::int64_t time_ns) const {
  const auto detection = predict_ ? predict_(sensor, place) : std::nullopt;
  if (!detection) return std::nullopt;
  const auto track = tracks_.find(vessel.track);
  if (track == tracks_.end()) return std::nullopt;
  const auto& steps = track->second.steps;
  const auto after = std::lower_bound(steps.begin(), steps.end(), time_ns,
                                      [](const Step& s, std::int64_t t) { return s.time_ns < t; });
  if (after == steps.begin()) return std::nullopt;
  return *detection * std::prev(after)->visibility;
}

void LeaveAisOut::process(const Track& track) {
  if (track.stage == TrackStage::tentative) return;
  // Tentative tracks are reported when they end, too.
  if (track.stage == TrackStage::ended && !tracks_.contains(track.id)) return;
  Followed& f = tracks_[track.id];
  if (!f.confirmed) f.confirmed = true, ++tracks_confirmed_;
  if (track.stage == TrackStage::ended) {
    f.ended = true;
    return;
  }
  if (!f.steps.empty() && track.time.time_since_epoch().count() < f.steps.back().time_ns - set_back_ns) f.steps.clear();
  f.steps.push_back({track.time.time_since_epoch().count(), track.state.position.east.value(),
                     track.state.position.north.value(), track.state.velocity.east.value(),
                     track.state.velocity.north.value(), track.visibility, track.size.length.value(),
                     track.size.known ? track.size.length_deviation.value() : 0.0});
  const std::int64_t newest = f.steps.back().time_ns;
  while (f.steps.front().time_ns < newest - ns(config_.keep_s)) f.steps.pop_front();
}

void LeaveAisOut::process(const VesselParticulars& p) {
  const auto known = vessels_.find(p.mmsi);
  if (known == vessels_.end()) return;
  if (p.to_bow_m && p.to_stern_m)
    known->second.said_length_m = static_cast<double>(*p.to_bow_m) + static_cast<double>(*p.to_stern_m);
  if (p.to_bow_m && p.to_stern_m && *p.to_bow_m > 0) {
    known->second.tells_antenna = true;
    known->second.ahead_m = 0.5 * (static_cast<double>(*p.to_stern_m) - static_cast<double>(*p.to_bow_m));
  }
  if (p.to_port_m && p.to_starboard_m && *p.to_port_m > 0) {
    known->second.starboard_m = 0.5 * (static_cast<double>(*p.to_port_m) - static_cast<double>(*p.to_starboard_m));
  }
}

void LeaveAisOut::process(const VesselReport& report, EastNorth where, double north) {
  if (report.own_ship || report.kind == AisClass::long_range || report.kind == AisClass::sar_aircraft) return;
  const auto held = clock_.time_of(report);
  if (!held) return;
  const auto [known, is_new] = vessels_.try_emplace(report.mmsi);
  Vessel& v = known->second;
  if (const auto left = is_new ? left_.find(report.mmsi) : left_.end(); left != left_.end()) {
    v.in_reach = true;
    v.confirmed = left->second.confirmed, v.distrusted = left->second.distrusted;
    v.looks_before = left->second.looks_before;
    left_.erase(left);
  }
  AisFix fix;
  fix.time_ns = held->time_ns;
  fix.east_m = where.east.value();
  fix.north_m = where.north.value();
  if (report.speed && report.course) {
    const double course = report.course->radians() + north;
    fix.ve_mps = report.speed->value() * std::sin(course);
    fix.vn_mps = report.speed->value() * std::cos(course);
    fix.has_velocity = true;
    if (report.speed->value() > 1.0) fix.heading_rad = course, fix.has_heading = true;
  }
  if (report.heading) fix.heading_rad = report.heading->radians() + north, fix.has_heading = true;
  if (!v.fixes.empty() && fix.time_ns <= v.fixes.back().time_ns) {
    if (fix.time_ns > v.fixes.back().time_ns - set_back_ns) return;
    v.fixes.clear();
    v.stepped_ns = 0;
    v.agreed_s = 0.0;
  }
  v.fixes.push_back(fix);
  while (v.fixes.size() > 2 && v.fixes[1].time_ns < fix.time_ns - ns(config_.keep_s)) v.fixes.pop_front();
  if (v.fixes.size() < 2) return;
  const AisLeg leg{v.fixes[v.fixes.size() - 2], fix};
  const double moved = std::hypot(leg.to.east_m - leg.from.east_m, leg.to.north_m - leg.from.north_m);
  const double said = std::hypot(leg.to.ve_mps, leg.to.vn_mps);
  const bool jumps = moved > 100.0 + fastest_mps * leg.length_s();
  const bool frozen = leg.to.has_velocity && said > 2.0 && moved < 0.2 * said * leg.length_s() && leg.length_s() > 5.0;
  if (jumps || frozen) {
    v.distrusted = true;
    v.since = {};
  }
  for (auto& [sensor, radar] : radars_) {
    for (const Turn& turn : radar.turns) {
      if (leg.to.time_ns > turn.began_ns && leg.from.time_ns < turn.ended_ns) look(sensor, turn, v, leg);
    }
  }
  follow(v, leg, std::max(leg.from.time_ns, fix.time_ns - ns(config_.keep_s)));
}

void LeaveAisOut::follow(Vessel& v, const AisLeg& leg, std::int64_t from_ns) {
  if (v.distrusted) return;
  if (!may_use(leg)) {
    v.agreed_s = 0.0;
    return;
  }
  const std::int64_t step = ns(config_.step_s);
  // Tracks up to the newest plot are known; what is later than that is left out, as nobody could have had it.
  for (std::int64_t t = (from_ns / step + 1) * step; t <= std::min(leg.to.time_ns, last_ns_) && !v.distrusted;
       t += step) {
    if (t > v.stepped_ns) follow_at(v, leg, t);
  }
}

LeaveAisOutResult LeaveAisOut::result() const {
  LeaveAisOutResult out;
  out.duration_s = static_cast<double>(spent_ns_ + last_ns_ - first_ns_) * 1e-9;
  out.tracks_confirmed = tracks_confirmed_;
  out.tracks_of_ais = tracks_of_ais_;
  out.hulls = hulls_;
  Sums all = kept_;
  const double usual_m = usual_offset_m();
  out.vessels_misplaced = misplaced_;
  const auto count = [&](bool confirmed, bool distrusted, std::uint64_t looks_before) {
    ++out.vessels_heard;
    if (distrusted) ++out.vessels_distrusted;
    if (confirmed) ++out.vessels_judged;
    if (!confirmed && !distrusted) ++out.vessels_unconfirmed, out.looks_unconfirmed += looks_before;
  };
  for (const auto& [mmsi, v] : vessels_) {
    if (v.in_reach) count(v.confirmed, v.distrusted, v.looks_before);
    const bool misplaced = is_misplaced(v.offsets, usual_m);
    if (misplaced) ++out.vessels_misplaced;
    if (!misplaced) all.offsets.add(v.offsets);
    if (!v.in_reach || !v.confirmed || v.distrusted) continue;
    compare_hull(v, out.hulls);
    Sums since = v.since;
    if (misplaced) since.offsets = {};
    all.add(since);
  }
  for (const auto& [mmsi, l] : left_) count(l.confirmed, l.distrusted, l.looks_before);
  for (const auto& [key, looks] : all.looks) {
    const auto& [sensor, range_bin, azimuth_bin] = key;
    auto& radar = out.radars[sensor];
    radar.by_range[range_bin].add(looks);
    radar.by_azimuth[azimuth_bin].add(looks);
    radar.by_both[range_bin][azimuth_bin].add(looks);
  }
  out.covered = all.covered;
  out.judged_s = all.judged_s;
  out.breaks = all.breaks, out.number_changes = all.changes;
  out.position_m = all.offsets.position.count > 0 ? all.offsets.position : all.offsets.elsewhere;
  out.speed_mps = all.speed, out.course_deg = all.course;
  const double mean = square(out.position_m.rms()) - 2.0 * square(config_.ais_deviation_m);
  out.position_rms_m = std::sqrt(std::max(0.0, mean));
  return out;
}

}  // namespace headland::score
