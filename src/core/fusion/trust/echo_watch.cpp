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
  for (const Track* t : tracks) {
    near_.push_back(t->state.position);
    if (t->stage != TrackStage::confirmed) continue;
    for (auto& [sensor, s] : sweeps_) {
      const double range = distance(t->state.position, s.site).value();
      if (range > s.range_max_m) continue;
      s.open[direction_of(s.site, t->state.position) * bands + band_of(range)] = now;
    }
  }
  std::sort(near_.begin(), near_.end());
}

bool EchoWatch::track_near(EastNorth where, double reach_m, const EastNorth* but) const {
  auto t = std::lower_bound(near_.begin(), near_.end(), EastNorth{where.east - Metres(reach_m), Metres(-1e12)});
  for (; t != near_.end() && (t->east - where.east).value() <= reach_m; ++t) {
    if (distance(*t, where).value() <= reach_m && (but == nullptr || *t != *but)) return true;
  }
  return false;
}

std::size_t EchoWatch::cell_of(const AisPlace& v, double range_m) const {
  const double step = std::log(std::max(range_m, first_range_m) / first_range_m) / std::log(range_step);
  const std::size_t range = std::min(ranges - 1, static_cast<std::size_t>(step));
  const std::size_t still = v.speed_mps < still_mps ? 1 : 0;
  return (still * sizes + size_of(v)) * ranges + range;
}

// From vessels of its size or smaller, at its range or farther: where they are seen, it is.
EchoWatch::Chance EchoWatch::chance_of(const AisPlace& v, double range_m) const {
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
      const Cell& c = cells_[(still * sizes + z) * ranges + r];
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
    const double usual = std::max(config_.near_m, range * config_.near_deg * radians_per_degree);
    return is_open(s, direction_of(s.site, where), range, now) && !track_near(where, std::min(usual, reach_m), &but);
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

void EchoWatch::look(const AisPlace& v, Timestamp now, TrustLedger& ledger) {
  Station& st = stations_[v.mmsi];
  bool watched = false;
  std::uint32_t looks = 0;
  double range = 0.0;
  bool open = false;
  for (auto& [sensor, s] : sweeps_) {
    range = distance(v.where, s.site).value();
    const std::size_t d = direction_of(s.site, v.where);
    const auto [aim, is_new] = st.aims.try_emplace(sensor, Station::Aim{d, s.turns[d]});
    const std::uint32_t passed = looks_since(aim->second, s, d);
    if (!is_turning(s, now) || !is_looked_at(s, v.where, range)) continue;
    watched = true;
    looks += std::min(passed, 2U);
    open = open || is_open(s, d, range, now);
    break;  // the first radar that turns and in whose range it is
  }
  if (!watched || v.age_s > freshest_s) {
    st.scans = 0;
    missing_.erase(v.mmsi);
    return;
  }
  if (looks == 0) return;
  const double reach = std::max(config_.near_m + 0.5 * v.length_m, range * config_.near_deg * radians_per_degree);
  const bool seen = v.bonded || track_near(v.where, reach);
  if (v.trusted && to_seconds(now - st.counted).value() >= count_every_s) {
    if (st.counted != Timestamp{}) {  // the first minute is the tracker's
      Cell& c = cells_[cell_of(v, range)];
      const double keep = 1.0 - 1.0 / memory_counts;
      c.seen = c.seen * keep + (seen ? 1.0 : 0.0);
      c.looked = c.looked * keep + 1.0;
      const std::uint32_t number = v.mmsi.value();
      if (seen && std::find(c.who.begin(), c.who.end(), number) == c.who.end()) {
        c.who[c.vessels % c.who.size()] = number;
        c.vessels = std::min<std::uint32_t>(c.vessels + 1, static_cast<std::uint32_t>(c.who.size()));
      }
    }
    st.counted = now;
  }
  if (seen) {
    st.scans = 0;
    missing_.erase(v.mmsi);
    ledger.absent(TrustEvidence::no_echo, now, 0.5);
    return;
  }
  if (st.scans == 0) st.since = now;
  st.scans += looks;
  const Chance chance = chance_of(v, range);
  MissingEcho m{chance.probability, st.scans, chance.vessels, st.since, false};
  m.judged = open && chance.probability >= config_.needed_probability && chance.vessels >= config_.needed_vessels &&
             st.scans >= config_.needed_scans;
  missing_[v.mmsi] = m;
  if (m.judged) {
    ledger.found({TrustEvidence::no_echo, static_cast<double>(st.scans), static_cast<double>(config_.needed_scans),
                  chance.probability},
                 now, 1.0);
  }
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
