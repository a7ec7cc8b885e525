// SPDX-License-Identifier: Apache-2.0
#include "core/registration/registrar.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <tuple>
#include <utility>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"

namespace headland::registration {
namespace {

constexpr double fix_deviation_m = 4.0;          // of an AIS position against the next ones
constexpr double fix_wander_m = 5.0;             // of AIS positions within minutes, each way
constexpr double turn_acceleration_mps2 = 0.02;  // what a leg does not tell of the way between its ends
constexpr double least_range_deviation_m = 4.0;  // of a plot, whatever it says
constexpr double least_bearing_deviation = 0.1 * radians_per_degree;
constexpr double search_range_m = 80.0;  // an echo so near in range may be the vessel's
constexpr double moving_mps = 1.0;       // over ground
constexpr std::int64_t search_every_ns = 1'000'000'000;
constexpr double range_gate_m = 45.0;  // beside what is uncertain of the bias
constexpr double bearing_gate = 1.0 * radians_per_degree;
constexpr double least_cross_gate_m = 60.0;
constexpr double most_bearing_gate = 5.0 * radians_per_degree;
constexpr double looks_remembered = 40.0;
constexpr double residuals_remembered = 2000.0;
constexpr double seen_share = 0.4;  // a vessel seen less often is no witness
// Time that goes back by more than this is a clock that was set back: what came later by it is left.
constexpr std::int64_t set_back_ns = 60'000'000'000;

// A vessel heard once: some seconds about its only position, with the velocity that it tells.
std::optional<AisLeg> about(const AisFix& fix) {
  if (!fix.has_velocity) return std::nullopt;
  const double about_s = std::hypot(fix.ve_mps, fix.vn_mps) < 0.5 ? 30.0 : 5.0;
  AisLeg leg{fix, fix};
  for (auto* end : {&leg.from, &leg.to}) {
    const double dt = end == &leg.from ? -about_s : about_s;
    end->time_ns += static_cast<std::int64_t>(dt * 1e9);
    end->east_m += dt * fix.ve_mps;
    end->north_m += dt * fix.vn_mps;
  }
  return leg;
}

double wrapped(double a) { return a - full_turn * std::floor((a + std::numbers::pi) / full_turn); }
// A time bias may carry a look a little beyond its leg.
std::int64_t within_reach(const AisLeg& leg, std::int64_t time_ns) {
  constexpr std::int64_t beyond_ns = 1'000'000'000;
  return std::clamp(time_ns, leg.from.time_ns - beyond_ns, leg.to.time_ns + beyond_ns);
}

}  // namespace

void Registrar::process(const PlotSector& sector, const Bias& taken_off, double steadied_rad) {
  if (sector.reference != BearingReference::true_north) return;
  Radar& radar = radars_[sector.sensor];
  const std::int64_t ended = sector.ended.time_since_epoch().count();
  if (radar.first_ns == 0) radar.first_ns = ended;
  const double north = sector.site_north.radians();
  const bool alone = sector.sectors_per_turn <= 1;
  const std::int64_t newest = radar.has_open        ? radar.open.ended_ns
                              : radar.turns.empty() ? 0
                                                    : radar.turns.back().ended_ns;
  if (ended < newest - set_back_ns) {
    radar.turns.clear();
    radar.has_open = false;
  }
  if (radar.has_open && (alone || sector.turn != radar.open.number)) close(sector.sensor, radar);
  Turn& turn = radar.open;
  if (!radar.has_open) {
    turn = {};
    turn.number = sector.turn;
    turn.began_ns = sector.began.time_since_epoch().count();
    turn.first_rad = alone ? 0.0 : sector.from.radians() + north;
    radar.has_open = true;
  }
  turn.ended_ns = std::max(turn.ended_ns, ended);
  turn.range_max_m = std::max(turn.range_max_m, sector.range_max.value());
  turn.site_east_m = sector.site_east_m;
  turn.site_north_m = sector.site_north_m;
  turn.taken_off = taken_off;
  const auto late_ns = static_cast<std::int64_t>(taken_off.time_s * 1e9);
  for (const Plot& p : sector.plots) {
    turn.plots.push_back({p.time.time_since_epoch().count() + late_ns,
                          p.range.value() * (1.0 + taken_off.range_scale) + taken_off.range_m,
                          p.bearing.radians() + taken_off.bearing_rad + north,
                          std::max(p.range_deviation.value(), least_range_deviation_m),
                          std::max(p.bearing_deviation.value(), least_bearing_deviation), sector.site_east_m,
                          sector.site_north_m, steadied_rad});
  }
  if (alone) close(sector.sensor, radar);
  const double every_s =
      is_settled() ? std::max(config_.solve_every_s, config_.settled_solve_every_s) : config_.solve_every_s;
  const bool due = ended > solved_ns_ + static_cast<std::int64_t>(every_s * 1e9);
  const bool stepped_back = ended < solved_ns_ - 60'000'000'000;
  if (due || stepped_back) solve(ended);
}

void Registrar::close(SensorId sensor, Radar& radar) {
  Turn turn = std::exchange(radar.open, {});
  radar.has_open = false;
  std::sort(turn.plots.begin(), turn.plots.end(), [](const TurnPlot& a, const TurnPlot& b) {
    return std::tie(a.range_m, a.time_ns, a.bearing_rad) < std::tie(b.range_m, b.time_ns, b.bearing_rad);
  });
  const std::int64_t oldest = turn.ended_ns - static_cast<std::int64_t>(config_.keep_s * 1e9);
  compare_all(sensor, radar, turn);
  for (auto& [other, theirs] : radars_) {
    if (other != sensor) compare_with(sensor, radar, turn, other, theirs);
  }
  radar.turns.push_back(std::move(turn));
  std::erase_if(radar.turns, [&](const Turn& t) { return t.ended_ns < oldest; });
}

void Registrar::compare_all(SensorId sensor, Radar& radar, const Turn& turn) {
  for (auto& [mmsi, vessel] : vessels_) {
    if (vessel.fixes.size() == 1) {
      if (const auto leg = about(vessel.fixes.front())) compare(sensor, radar, turn, mmsi, vessel, *leg);
    }
    for (std::size_t i = 1; i < vessel.fixes.size(); ++i) {
      const AisLeg leg{vessel.fixes[i - 1], vessel.fixes[i]};
      if (leg.to.time_ns <= turn.began_ns || leg.from.time_ns >= turn.ended_ns) continue;
      compare(sensor, radar, turn, mmsi, vessel, leg);
    }
  }
}

bool Registrar::may_use(const AisLeg& leg) const {
  const double dt = leg.length_s();
  if (dt < 0.5) return false;
  const double moved = std::hypot(leg.to.east_m - leg.from.east_m, leg.to.north_m - leg.from.north_m);
  constexpr double fastest_mps = 45.0;
  if (moved > 50.0 + fastest_mps * dt) return false;
  return dt <= config_.longest_leg_s || moved < config_.still_m;
}

void Registrar::process(const VesselReport& report, EastNorth where, double north) {
  if (report.own_ship || report.kind == AisClass::long_range || report.kind == AisClass::sar_aircraft) return;
  const auto held = clock_.time_of(report);
  if (!held) return;
  if (!vessels_.contains(report.mmsi) && vessels_.size() >= config_.most_vessels) return;
  Vessel& vessel = vessels_[report.mmsi];
  vessel.heard_ns = report.received.time_since_epoch().count();
  if (vessel.by_second != held->by_second) vessel.fixes.clear();  // not comparable
  vessel.by_second = held->by_second;
  AisFix fix;
  fix.time_ns = held->time_ns;
  fix.east_m = where.east.value();
  fix.north_m = where.north.value();
  if (report.speed && !report.speed_at_least && (report.course || report.speed->value() < 0.3)) {
    const double course = report.course ? report.course->radians() + north : 0.0;
    fix.ve_mps = report.speed->value() * std::sin(course);
    fix.vn_mps = report.speed->value() * std::cos(course);
    fix.has_velocity = true;
    if (report.course && report.speed->value() > 1.0) fix.heading_rad = course, fix.has_heading = true;
  }
  if (report.heading) fix.heading_rad = report.heading->radians() + north, fix.has_heading = true;
  if (!vessel.fixes.empty() && fix.time_ns <= vessel.fixes.back().time_ns) {
    if (fix.time_ns > vessel.fixes.back().time_ns - set_back_ns) return;
    vessel.fixes.clear();
  }
  vessel.fixes.push_back(fix);
  const std::int64_t oldest = fix.time_ns - static_cast<std::int64_t>(config_.keep_s * 1e9);
  while (vessel.fixes.size() > 2 && vessel.fixes[1].time_ns < oldest) vessel.fixes.erase(vessel.fixes.begin());
  const auto only = vessel.fixes.size() == 1 ? about(fix) : std::nullopt;
  if (vessel.fixes.size() == 1 && !only) return;
  const AisLeg leg = only ? *only : AisLeg{vessel.fixes[vessel.fixes.size() - 2], fix};
  for (auto& [sensor, radar] : radars_) {
    for (const Turn& turn : radar.turns) {
      if (leg.to.time_ns <= turn.began_ns || leg.from.time_ns >= turn.ended_ns) continue;
      compare(sensor, radar, turn, report.mmsi, vessel, leg);
    }
  }
}

void Registrar::process(const VesselParticulars& p) {
  const auto known = vessels_.find(p.mmsi);
  if (known == vessels_.end()) return;
  Vessel& v = known->second;
  if (p.to_bow_m && p.to_stern_m && *p.to_bow_m > 0) {
    v.length_m = *p.to_bow_m + *p.to_stern_m;
    v.ahead_m = 0.5 * (static_cast<double>(*p.to_stern_m) - static_cast<double>(*p.to_bow_m));
  }
  if (p.to_port_m && p.to_starboard_m && *p.to_port_m > 0) {
    v.beam_m = *p.to_port_m + *p.to_starboard_m;
    v.starboard_m = 0.5 * (static_cast<double>(*p.to_port_m) - static_cast<double>(*p.to_starboard_m));
  }
}

// Where the vessel's middle was, by its own word.
namespace {
AisLeg::At middle_at(const Registrar::Vessel& vessel, const AisLeg& leg, std::int64_t time_ns) {
  AisLeg::At at = leg.at(time_ns);
  if (!leg.from.has_heading || !leg.to.has_heading) return at;
  const double s = static_cast<double>(time_ns - leg.from.time_ns) * 1e-9 / leg.length_s();
  const double h = leg.from.heading_rad + s * wrapped(leg.to.heading_rad - leg.from.heading_rad);
  at.east_m -= vessel.ahead_m * std::sin(h) + vessel.starboard_m * std::cos(h);
  at.north_m -= vessel.ahead_m * std::cos(h) - vessel.starboard_m * std::sin(h);
  return at;
}
}  // namespace

void Registrar::compare(SensorId sensor, Radar& radar, const Turn& turn, Mmsi mmsi, Vessel& vessel, const AisLeg& leg) {
  if (!may_use(leg)) return;
  // Where and when the beam should have met it.
  const std::int64_t middle_ns =
      std::clamp(turn.began_ns + (turn.ended_ns - turn.began_ns) / 2, leg.from.time_ns, leg.to.time_ns);
  const auto about = middle_at(vessel, leg, middle_ns);
  const double e = about.east_m - turn.site_east_m;
  const double n = about.north_m - turn.site_north_m;
  const double range = std::hypot(e, n);
  if (range < config_.least_range_m || (turn.range_max_m > 0.0 && range > turn.range_max_m)) return;
  const BiasEstimate known = joint_.estimate(sensor);
  const double shown = std::atan2(e, n) + known.bias.bearing_rad - turn.first_rad;
  const double share = (shown - full_turn * std::floor(shown / full_turn)) / full_turn;
  const std::int64_t look_ns =
      turn.began_ns + static_cast<std::int64_t>(share * static_cast<double>(turn.ended_ns - turn.began_ns));
  if (!leg.covers(look_ns)) return;
  search(sensor, turn, mmsi, leg, look_ns);
  if (!radar.ready) return;
  vessel.expected = std::min(vessel.expected, looks_remembered) + 1.0;
  if (vessel.expected > looks_remembered) vessel.matched *= looks_remembered / vessel.expected;
  const double gate_r = range_gate_m + std::min(3.0 * known.deviation.range_m, 150.0);
  const double gate_b = std::max(least_cross_gate_m / range,
                                 std::min(bearing_gate + 3.0 * known.deviation.bearing_rad, most_bearing_gate));
  const double speed = std::hypot(about.ve_mps, about.vn_mps);
  const double far = gate_r + speed * 4.0;  // it moved within the turn
  const auto from = std::lower_bound(turn.plots.begin(), turn.plots.end(), range - far + known.bias.range_m,
                                     [](const TurnPlot& p, double r) { return p.range_m < r; });
  const TurnPlot* best = nullptr;
  double best_off = 1.0;
  std::uint32_t within = 0;
  for (auto p = from; p != turn.plots.end() && p->range_m < range + far + known.bias.range_m; ++p) {
    if (std::abs(p->time_ns - look_ns) > (turn.ended_ns - turn.began_ns)) continue;
    const auto at = middle_at(vessel, leg, within_reach(leg, p->time_ns));
    const double pe = at.east_m - p->site_east_m;
    const double pn = at.north_m - p->site_north_m;
    const double dr = p->range_m - std::hypot(pe, pn) - known.bias.range_m;
    const double db = wrapped(p->bearing_rad - std::atan2(pe, pn) - known.bias.bearing_rad);
    const double off = square(dr / gate_r) + square(db / gate_b);
    if (off >= 1.0) continue;
    ++within;
    if (off < best_off) best_off = off, best = &*p;
  }
  if (best == nullptr || within > 2) return;
  vessel.matched += 1.0;
  if (vessel.matched < seen_share * vessel.expected) return;
  add_vessel_look(sensor, mmsi, vessel, leg, turn, *best);
}

void Registrar::add_vessel_look(SensorId sensor, Mmsi mmsi, const Vessel& vessel, const AisLeg& leg, const Turn& turn,
                                const TurnPlot& plot) {
  const auto at = middle_at(vessel, leg, within_reach(leg, plot.time_ns));
  const double e = at.east_m - plot.site_east_m;
  const double n = at.north_m - plot.site_north_m;
  const double range = std::hypot(e, n);
  const double ue = e / range, un = n / range;  // radial; clockwise is (un, -ue)
  const double dr = plot.range_m - range;
  const double db = wrapped(plot.bearing_rad - std::atan2(e, n));
  JointLook look;
  look.witness = mmsi.value();
  look.time_ns = plot.time_ns;
  look.east_m = dr * ue + db * range * un;
  look.north_m = dr * un - db * range * ue;
  auto& part = look.parts[0];
  part.sensor = sensor;
  part.east = {ue, range * un, -at.ve_mps, range * ue};
  part.north = {un, -range * ue, -at.vn_mps, range * un};
  const double leg_s = std::min(leg.length_s(), config_.longest_leg_s);
  const double way = fix_deviation_m + turn_acceleration_mps2 * square(leg_s) / 8.0;
  const double vr = square(plot.range_deviation_m) + square(way);
  const double vc = square(plot.bearing_deviation_rad * range) + square(way);
  look.weight_ee = ue * ue / vr + un * un / vc;
  look.weight_en = ue * un / vr - un * ue / vc;
  look.weight_nn = un * un / vr + ue * ue / vc;
  const bool headed = leg.from.has_heading && leg.to.has_heading;
  const double h = headed ? leg.to.heading_rad : 0.0;
  look.own_east = {std::sin(h), std::cos(h), at.ve_mps};
  look.own_north = {std::cos(h), -std::sin(h), at.vn_mps};
  WitnessPrior prior;
  prior.wander_m = fix_wander_m;
  prior.age_s = vessel.by_second ? 0.3 : 2.0;
  if (vessel.length_m > 0.0) {
    prior.along_m = headed ? std::max(5.0, 0.1 * vessel.length_m) : std::max(10.0, 0.4 * vessel.length_m);
    prior.across_m = headed ? std::max(4.0, 0.2 * vessel.beam_m) : prior.along_m;
  }
  joint_.observe(look, prior);
  note_residual(radars_.at(sensor), look, turn.taken_off);
  watch(sensor, radars_.at(sensor), mmsi, plot, db, std::max(way, least_range_deviation_m) / range);
}

void Registrar::note_residual(Radar& radar, const JointLook& look, const Bias& taken_off) {
  const std::array<double, JointLook::biases> off{taken_off.range_m, taken_off.bearing_rad, taken_off.time_s,
                                                  taken_off.range_scale};
  double east = look.east_m;
  double north = look.north_m;
  for (std::size_t i = 0; i < off.size(); ++i) {
    east -= look.parts[0].east[i] * off[i];
    north -= look.parts[0].north[i] * off[i];
  }
  radar.residuals = std::min(radar.residuals + 1.0, residuals_remembered);
  radar.before_m += (std::hypot(look.east_m, look.north_m) - radar.before_m) / radar.residuals;
  radar.after_m += (std::hypot(east, north) - radar.after_m) / radar.residuals;
}

void Registrar::search(SensorId sensor, const Turn& turn, Mmsi mmsi, const AisLeg& leg, std::int64_t look_ns) {
  auto& search = searches_.try_emplace(sensor, config_.rotation).first->second;
  const auto& voted = search.snapshot();
  const auto last = voted.find(mmsi.value());
  if (last == voted.end() || look_ns >= last->second.last_ns + search_every_ns ||
      look_ns < last->second.last_ns - set_back_ns) {
    const auto at = leg.at(look_ns);
    const double e = at.east_m - turn.site_east_m;
    const double n = at.north_m - turn.site_north_m;
    const double range = std::hypot(e, n);
    std::vector<double> off;
    for (auto p = std::lower_bound(turn.plots.begin(), turn.plots.end(), range - search_range_m,
                                   [](const TurnPlot& q, double r) { return q.range_m < r; });
         p != turn.plots.end() && p->range_m < range + search_range_m; ++p) {
      off.push_back(p->bearing_rad - std::atan2(e, n));
    }
    search.observe(mmsi, look_ns, off, std::hypot(at.ve_mps, at.vn_mps) > moving_mps);
  }
}

}  // namespace headland::registration
