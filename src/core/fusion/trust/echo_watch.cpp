// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/echo_watch.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/angle.hpp"
#include "core/base/constants.hpp"
#include "core/plots/blanked.hpp"

namespace headland::fusion {
namespace {

constexpr double first_range_m = 1000.0;  // of the table of chances; each next twice as wide by half
constexpr double range_step = 1.5;
constexpr double band_m = 750.0;        // of places open to the beam
constexpr double count_every_s = 60.0;  // each vessel in the table of chances
constexpr double memory_counts = 300.0;
constexpr double small_m = 20.0;
constexpr double large_m = 80.0;
constexpr double still_mps = 0.7;
constexpr double freshest_s = 40.0;
constexpr double least_range_m = 300.0;
constexpr double switched_off_s = 30.0;  // a radar not heard of for so long

std::size_t direction_of(EastNorth from, EastNorth to) {
  const Bearing b = Bearing::of((to.east - from.east).value(), (to.north - from.north).value());
  return std::min(EchoWatch::directions - 1,
                  static_cast<std::size_t>(b.radians() / full_turn * static_cast<double>(EchoWatch::directions)));
}

std::size_t band_of(double range_m) {
  return std::min(EchoWatch::bands - 1, static_cast<std::size_t>(range_m / band_m));
}

std::size_t size_of(const AisPlace& v) {
  if (v.length_m <= 0.0) return v.class_a ? 1 : 0;  // not sent yet: what is usual
  return v.length_m < small_m ? 0 : v.length_m < large_m ? 1 : 2;
}

std::size_t cell_of(const AisPlace& v, double range_m) {
  const double step = std::log(std::max(range_m, first_range_m) / first_range_m) / std::log(range_step);
  const std::size_t range = std::min(EchoWatch::ranges - 1, static_cast<std::size_t>(step));
  const std::size_t still = v.speed_mps < still_mps ? 1 : 0;
  return (still * EchoWatch::sizes + size_of(v)) * EchoWatch::ranges + range;
}

bool has_part(SensorId sensor, const Track& track) {
  return std::any_of(track.sensors.begin(), track.sensors.end(),
                     [&](const RadarShare& r) { return r.sensor == sensor; });
}

// `tracks` by east.
bool track_near(const std::vector<EastNorth>& tracks, EastNorth where, double reach_m, const EastNorth* but = nullptr) {
  auto t = std::lower_bound(tracks.begin(), tracks.end(), EastNorth{where.east - Metres(reach_m), Metres(-1e12)});
  for (; t != tracks.end() && (t->east - where.east).value() <= reach_m; ++t) {
    if (distance(*t, where).value() <= reach_m && (but == nullptr || *t != *but)) return true;
  }
  return false;
}

}  // namespace

void EchoWatch::process(const PlotSector& sector) {
  Sweep& s = sweeps_[sector.sensor];
  s.site = {Metres(sector.site_east_m), Metres(sector.site_north_m)};
  s.range_min_m = sector.range_min.value();
  s.range_max_m = sector.range_max.value();
  if (sector.blanked.empty()) {
    s.blanked.erase(sector.sector);
  } else {
    std::vector<BlankedSector>& areas = s.blanked[sector.sector];
    areas = sector.blanked;
    for (BlankedSector& area : areas) {
      area.from = area.from + sector.site_north;
      area.to = area.to + sector.site_north;
    }
  }
  if (sector.seen < 0.9) return;  // not looked at
  s.last = std::max(s.last, sector.ended);
  const double cell = full_turn / static_cast<double>(directions);
  const double from = Bearing(Radians(sector.from.radians() + sector.site_north.radians())).radians();
  double width = sector.to.radians() - sector.from.radians();
  if (width <= 0.0) width += full_turn;
  for (std::size_t d = 0; d < directions; ++d) {
    const double middle = (static_cast<double>(d) + 0.5) * cell;
    const double into = std::fmod(middle - from + full_turn, full_turn);
    if (into < width) ++s.turns[d];
  }
}

void EchoWatch::begin(std::span<const Track* const> tracks, Timestamp now) {
  near_.clear();
  for (auto& [sensor, s] : sweeps_) s.near.clear();
  for (const Track* t : tracks) {
    near_.push_back(t->state.position);
    for (auto& [sensor, s] : sweeps_) {
      if (!has_part(sensor, *t)) continue;
      s.near.push_back(t->state.position);
      const double range = distance(t->state.position, s.site).value();
      if (t->stage != TrackStage::confirmed || range > s.range_max_m) continue;
      s.open[direction_of(s.site, t->state.position) * bands + band_of(range)] = now;
    }
  }
  std::sort(near_.begin(), near_.end());
  for (auto& [sensor, s] : sweeps_) std::sort(s.near.begin(), s.near.end());
}

// From vessels of its size or smaller, at its range or farther: where they are seen, it is.
EchoWatch::Chance EchoWatch::chance_of(const Sweep& s, const AisPlace& v, double range_m) const {
  const std::size_t own = cell_of(v, range_m);
  const std::size_t range = own % ranges;
  const std::size_t size = own / ranges % sizes;
  const std::size_t still = own / (ranges * sizes);
  Chance best;
  double seen = 0.0;
  double looked = 0.0;
  std::uint32_t vessels = 0;
  for (std::size_t r = range; r < ranges; ++r) {
    for (std::size_t z = size + 1; z-- > 0;) {
      const Cell& c = s.cells[(still * sizes + z) * ranges + r];
      seen += c.seen;
      looked += c.looked;
      vessels += c.vessels;
      if (vessels < config_.needed_vessels) continue;
      const double p = (seen + 0.5) / (looked + 1.0);
      if (p > best.probability) best = {p, vessels};
    }
    // Farther ones only where there are too few here.
    if (vessels >= config_.needed_vessels) break;
  }
  return best;
}

bool EchoWatch::is_looked_at(const Sweep& s, EastNorth where, double range_m) {
  if (range_m < std::max(s.range_min_m, least_range_m) || range_m > 0.97 * s.range_max_m) return false;
  // An echo at the edge of what is blanked is cut.
  constexpr Radians beside(radians_per_degree);
  const Bearing bearing = Bearing::of((where.east - s.site.east).value(), (where.north - s.site.north).value());
  return std::all_of(s.blanked.begin(), s.blanked.end(), [&](const auto& areas) {
    return blanked_share(areas.second, bearing, beside, Metres(range_m), Metres(50.0)) <= 0.0;
  });
}

// A track at the place, or farther out in its direction, shows that nothing stands between.
bool EchoWatch::is_open(const Sweep& s, std::size_t direction, double range_m, Timestamp now) const {
  const std::size_t band = band_of(range_m);
  for (std::size_t b = band > 0 ? band - 1 : 0; b < bands; ++b) {
    for (const std::size_t d : {direction + directions - 1, direction, direction + 1}) {
      const Timestamp was = s.open[d % directions * bands + b];
      if (was != Timestamp{} && to_seconds(now - was).value() < config_.open_s) return true;
    }
  }
  return false;
}

bool EchoWatch::is_empty(EastNorth where, EastNorth but, double reach_m, Timestamp now) const {
  for (const auto& [sensor, s] : sweeps_) {
    const double range = distance(where, s.site).value();
    if (!is_turning(s, now) || !is_looked_at(s, where, range)) continue;
    if (!is_open(s, direction_of(s.site, where), range, now)) continue;
    const double usual = std::max(config_.near_m, range * config_.near_deg * radians_per_degree);
    return !track_near(near_, where, std::min(usual, reach_m), &but);
  }
  return false;
}

std::uint32_t EchoWatch::looks_since(Station::Aim& aim, const Sweep& s, std::size_t direction) {
  const std::uint32_t passed = s.turns[aim.direction] - aim.turns;
  const std::size_t off = (direction + directions - aim.direction) % directions;
  if (off > 1 && off < directions - 1) aim.direction = direction;
  aim.turns = s.turns[aim.direction];
  return passed;
}

bool EchoWatch::is_turning(const Sweep& s, Timestamp now) { return to_seconds(now - s.last).value() < switched_off_s; }

double EchoWatch::reach_of(const AisPlace& v, double range_m) const {
  return std::max(config_.near_m + 0.5 * v.length_m, range_m * config_.near_deg * radians_per_degree);
}

std::vector<EchoWatch::View> EchoWatch::views_of(const AisPlace& v, Station& st, Timestamp now) {
  std::vector<View> views;
  for (auto& [sensor, s] : sweeps_) {
    const double range = distance(v.where, s.site).value();
    const std::size_t d = direction_of(s.site, v.where);
    const auto [aim, is_new] = st.aims.try_emplace(sensor, Station::Aim{d, s.turns[d]});
    const std::uint32_t passed = looks_since(aim->second, s, d);
    if (!is_turning(s, now) || !is_looked_at(s, v.where, range)) continue;
    views.push_back({sensor, &s, range, std::min(passed, 2U), is_open(s, d, range, now), chance_of(s, v, range)});
  }
  return views;
}

// The first of those that would surely see it.
const EchoWatch::View& EchoWatch::best_of(const std::vector<View>& views) {
  return *std::max_element(views.begin(), views.end(), [](const View& a, const View& b) {
    return a.open != b.open ? b.open : a.chance.probability < b.chance.probability;
  });
}

// Whether this radar sees it: others do not matter.
void EchoWatch::teach(const AisPlace& v, const View& view, double reach_m) {
  constexpr double keep = 1.0 - 1.0 / memory_counts;
  const bool seen =
      (v.track != nullptr && has_part(view.sensor, *v.track)) || track_near(view.sweep->near, v.where, reach_m);
  Cell& c = view.sweep->cells[cell_of(v, view.range_m)];
  c.seen = c.seen * keep + (seen ? 1.0 : 0.0);
  c.looked = c.looked * keep + 1.0;
  const std::uint32_t number = v.mmsi.value();
  if (!seen || std::find(c.who.begin(), c.who.end(), number) != c.who.end()) return;
  c.who[c.vessels % c.who.size()] = number;
  c.vessels = std::min<std::uint32_t>(c.vessels + 1, static_cast<std::uint32_t>(c.who.size()));
}

void EchoWatch::look(const AisPlace& v, Timestamp now, TrustLedger& ledger) {
  Station& st = stations_[v.mmsi];
  const std::vector<View> views = views_of(v, st, now);
  if (views.empty() || v.age_s > freshest_s) {
    st.scans = 0;
    missing_.erase(v.mmsi);
    return;
  }
  const View best = best_of(views);
  if (best.looks == 0) return;
  if (v.trusted && to_seconds(now - st.counted).value() >= count_every_s) {
    if (st.counted != Timestamp{}) {  // the first minute is the tracker's
      for (const View& view : views) teach(v, view, reach_of(v, view.range_m));
    }
    st.counted = now;
  }
  if (v.track != nullptr || track_near(near_, v.where, reach_of(v, best.range_m))) {
    st.scans = 0;
    missing_.erase(v.mmsi);
    ledger.absent(TrustEvidence::no_echo, now, 0.5);
    return;
  }
  if (st.scans == 0) st.since = now;
  st.scans += best.looks;
  const Chance chance = chance_of(*best.sweep, v, best.range_m);
  MissingEcho m{chance.probability, st.scans, chance.vessels, st.since, false};
  m.judged = best.open && chance.probability >= config_.needed_probability &&
             chance.vessels >= config_.needed_vessels && st.scans >= config_.needed_scans;
  missing_[v.mmsi] = m;
  if (m.judged) {
    ledger.found({TrustEvidence::no_echo, static_cast<double>(st.scans), static_cast<double>(config_.needed_scans),
                  chance.probability},
                 now, 1.0);
  }
}

void EchoWatch::take_time_back(Timestamp now) {
  for (auto& [sensor, s] : sweeps_) {
    s.last = std::min(s.last, now);
    for (Timestamp& t : s.open) t = std::min(t, now);
  }
  for (auto& [mmsi, st] : stations_) {
    st.since = std::min(st.since, now);
    st.counted = std::min(st.counted, now);
  }
  for (auto& [mmsi, m] : missing_) m.since = std::min(m.since, now);
}

std::optional<MissingEcho> EchoWatch::missing(Mmsi mmsi) const {
  const auto known = missing_.find(mmsi);
  if (known == missing_.end()) return std::nullopt;
  return known->second;
}

void EchoWatch::forget(Mmsi mmsi) {
  stations_.erase(mmsi);
  missing_.erase(mmsi);
}

}  // namespace headland::fusion
