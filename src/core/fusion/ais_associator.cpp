// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/ais_associator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/angle.hpp"
#include "core/base/constants.hpp"

namespace headland::fusion {
namespace {

constexpr double first_log_odds = -2.0;
constexpr double most_log_odds = 6.0;     // so that an old bond can still be broken within a minute
constexpr double least_log_odds = -5.0;   // below: not kept
constexpr double gate_sigmas = 2.5;       // the gate holds so many deviations of the registration errors
constexpr double vessel_speed_mps = 5.0;  // spread of velocities of vessels at large, per axis
constexpr double least_evidence = -4.0;   // of one look
constexpr double most_evidence = 3.0;
constexpr double soon_old_s = 35.0;  // an AIS position; class B sends every 30 s
constexpr double least_candidate = 0.02;
constexpr double kept_per_exchange = 10.0;  // meetings of two in which each keeps its track, for one in which not
constexpr double between_turns_s = 300.0;   // in the mean, of vessels under way: changes of course or speed
constexpr double turn_mps2 = 0.3;           // acceleration in one: 8 m/s at 2 degrees a second
constexpr double least_turn_mps = 1.0;      // by which a vessel at rest may be under way since

}  // namespace

bool AisAssociator::process(const VesselReport& report, EastNorth where, double north, std::optional<Duration> age) {
  return vessels_[report.mmsi].take(report, where, north, age.value_or(to_duration(Seconds(config_.ais_latency_s))));
}

void AisAssociator::forget(Mmsi mmsi) {
  vessels_.erase(mmsi);
  bonds_.erase(mmsi);
  std::erase_if(pairs_, [&](const auto& entry) { return entry.first.second == mmsi; });
}

EastNorth AisAssociator::site_of(const Track& track) const {
  for (const RadarShare& r : track.sensors) {
    const auto site = sites_.find(r.sensor);
    if (site != sites_.end()) return site->second;
  }
  return {};
}

// Of a radar of which nothing is known: as configured. Else six deviations of what it may be off, beside what AIS
// itself is: latency on the way, and the antenna's place in a hull.
AisAssociator::Gates AisAssociator::gates_of(const Track& track) const {
  Gates gates{config_.range_gate_m, config_.bearing_gate_deg * radians_per_degree};
  constexpr double sigmas = 6.0;
  for (const RadarShare& r : track.sensors) {
    const auto known = errors_.find(r.sensor);
    if (known == errors_.end()) continue;
    gates.range_m = std::min(gates.range_m, config_.ais_gate_m + sigmas * known->second.range_m);
    gates.bearing_rad =
        std::min(gates.bearing_rad, config_.sharp_gate_deg * radians_per_degree + sigmas * known->second.bearing_rad);
    break;  // the one that its place is told by, as site_of
  }
  return gates;
}

void AisAssociator::process(const TrackUpdates& updates) {
  // Vessels by east, so that each track meets only those near it.
  struct Placed {
    double east_m;
    Mmsi mmsi;
    const AisMotion* motion;
  };
  std::vector<Placed> placed;
  placed.reserve(vessels_.size());
  for (const auto& [mmsi, motion] : vessels_) {
    placed.push_back({motion.position_at(updates.time).east.value(), mmsi, &motion});
  }
  std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return a.east_m != b.east_m ? a.east_m < b.east_m : a.mmsi < b.mmsi;
  });
  for (const Track& track : updates.tracks) {
    const auto first = pairs_.lower_bound({track.id, Mmsi(0)});
    if (track.stage == TrackStage::ended) {
      auto last = first;
      while (last != pairs_.end() && last->first.first == track.id) ++last;
      pairs_.erase(first, last);
      continue;
    }
    if (track.stage == TrackStage::tentative) continue;
    const double range_m = distance(track.state.position, site_of(track)).value();
    const Gates gates = gates_of(track);
    const double across_m = std::max(range_m * gates.bearing_rad, config_.least_gate_m);
    const double reach_m = std::hypot(gates.range_m, across_m) + 200.0;
    const double east_m = track.state.position.east.value();
    auto p = std::lower_bound(placed.begin(), placed.end(), east_m - reach_m,
                              [](const Placed& x, double value) { return x.east_m < value; });
    for (; p != placed.end() && p->east_m <= east_m + reach_m; ++p) weigh(track, p->mmsi, *p->motion);
    // Bonds to vessels that are out of reach by now are weighed, too: they must loosen.
    for (auto pair = pairs_.lower_bound({track.id, Mmsi(0)}); pair != pairs_.end() && pair->first.first == track.id;
         ++pair) {
      const auto vessel = vessels_.find(pair->first.second);
      if (pair->second.weighed != track.time && vessel != vessels_.end()) {
        weigh(track, vessel->first, vessel->second);
      }
    }
  }
  std::erase_if(pairs_, [](const auto& entry) { return entry.second.log_odds <= least_log_odds; });
  decide();
  note_bonds(updates.time);
}

void AisAssociator::note_bonds(Timestamp now) {
  bool changed = false;
  for (const auto& [key, pair] : pairs_) {
    if (!pair.held) continue;
    Bond& bond = bonds_[key.second];
    if (bond.track == key.first) continue;
    if (bond.track != TrackId() && to_seconds(now - bond.since).value() >= config_.settled_s) bond.before = bond.track;
    if (bond.before == key.first) bond.before = TrackId();  // back where it was
    bond.track = key.first;
    bond.since = now;
    changed = true;
  }
  if (changed) find_exchanges(now);
}

// Each vessel is now the track that was the other's.
void AisAssociator::find_exchanges(Timestamp now) {
  std::map<TrackId, Mmsi> left;  // by the track that it was before
  for (auto& [mmsi, bond] : bonds_) {
    if (to_seconds(now - bond.since).value() > config_.exchange_s) bond.before = TrackId();
    if (bond.before != TrackId()) left[bond.before] = mmsi;
  }
  for (auto& [mmsi, bond] : bonds_) {
    const auto known = bond.before == TrackId() ? left.end() : left.find(bond.track);
    if (known == left.end()) continue;
    Bond& other = bonds_.at(known->second);
    const auto held = [&](TrackId track, Mmsi who) {
      const auto pair = pairs_.find({track, who});
      return pair != pairs_.end() && pair->second.held;
    };
    if (other.track != bond.before || !held(bond.track, mmsi) || !held(other.track, known->second)) continue;
    exchanges_.push_back({std::min(bond.track, bond.before), std::max(bond.track, bond.before)});
    bond.before = other.before = TrackId();
  }
}

void AisAssociator::exchange(TrackId a, TrackId b) {
  const auto turned = [&](TrackId id) { return id == a ? b : id == b ? a : id; };
  std::map<Key, Pair> turned_pairs;
  for (const auto& [key, pair] : pairs_) turned_pairs[{turned(key.first), key.second}] = pair;
  pairs_ = std::move(turned_pairs);
  for (auto& [mmsi, bond] : bonds_) bond.track = turned(bond.track);
}

// How far off a vessel may be that turned within `age_s`: no farther than she goes at her speed, or at a usual one.
AisAssociator::Turn AisAssociator::turn_within(const AisMotion& motion, double age_s) {
  const double speed = motion.velocity() ? motion.velocity()->speed().value() : vessel_speed_mps;
  const double most_mps = std::max(speed, least_turn_mps);
  const double velocity = std::min(turn_mps2 * age_s, most_mps);
  return {0.5 * velocity * age_s, velocity};
}

// Density of how the track lies to the vessel, as she is after `turn`, against that of a vessel somewhere in the gate
// with any velocity.
double AisAssociator::likelihood_ratio(const Track& track, const AisMotion& motion, double ais_deviation_m,
                                       const Turn& turn) const {
  const EastNorth site = site_of(track);
  const EastNorth there = track.state.position - site;
  const EastNorth ais = motion.position_at(track.time) - site;
  const double range_m = std::max(std::hypot(there.east.value(), there.north.value()), 1.0);
  const double d_range = std::hypot(ais.east.value(), ais.north.value()) - range_m;
  const double d_bearing =
      (Bearing::of(ais.east.value(), ais.north.value()) - Bearing::of(there.east.value(), there.north.value()))
          .radians();
  const Gates gates = gates_of(track);
  const double wider_m = gate_sigmas * turn.position_m;
  const double across_m = std::max(range_m * gates.bearing_rad, config_.least_gate_m);
  const double range_gate_m = std::hypot(gates.range_m, wider_m);
  const double across_gate_m = std::hypot(across_m, wider_m);
  const double d_across = d_bearing * range_m;
  if (std::abs(d_range) > range_gate_m || std::abs(d_across) > across_gate_m) return 0.0;

  const auto& c = track.state.covariance;
  const double own_variance = 0.5 * (c[0] + c[5]) + square(ais_deviation_m);
  const double vr = square(range_gate_m / gate_sigmas) + own_variance;
  const double va = square(across_gate_m / gate_sigmas) + own_variance;
  const double gate_area = 4.0 * gates.range_m * across_m;
  double result = std::log(gate_area / (2.0 * std::numbers::pi * std::sqrt(vr * va))) -
                  0.5 * (square(d_range) / vr + square(d_across) / va);
  if (motion.velocity()) {
    const double own =
        square(config_.velocity_deviation_mps) * (motion.derived() ? 4.0 : 1.0) + square(turn.velocity_mps);
    const double ve = c[10] + own;
    const double vn = c[15] + own;
    const double de = (motion.velocity()->east - track.state.velocity.east).value();
    const double dn = (motion.velocity()->north - track.state.velocity.north).value();
    const double at_large = square(vessel_speed_mps);
    // Its spread contains the track's own error as well.
    result += std::log((at_large + ve) / std::sqrt(ve * vn)) - 0.5 * (de * de / ve + dn * dn / vn) +
              0.5 * (de * de + dn * dn) / (at_large + ve);
  }
  return std::exp(result);
}

// If one vessel, the track goes on from her last report as she told, or she turned or changed her speed since: the
// likelier, the older the report.
std::optional<double> AisAssociator::evidence(const Track& track, const AisMotion& motion) const {
  const double age_s = std::abs(to_seconds(track.time - motion.time()).value());
  if (age_s > config_.longest_age_s) return std::nullopt;
  const double off_m = motion.deviation_at(track.time, config_.ais_deviation_m);
  // A vessel that fell silent may have turned more than once since: that it is not where it was going says ever less.
  const double old = age_s > soon_old_s ? square(soon_old_s / age_s) : 1.0;
  const double gone_on = likelihood_ratio(track, motion, off_m, {});
  if (off_m > gates_of(track).range_m) {
    if (gone_on > 0.0) return std::nullopt;
    return least_evidence * old;
  }
  const double turned = 1.0 - std::exp(-age_s / between_turns_s);
  const double result =
      std::log((1.0 - turned) * gone_on + turned * likelihood_ratio(track, motion, off_m, turn_within(motion, age_s)));
  return std::clamp(result, least_evidence, most_evidence) * (result < 0.0 ? old : 1.0);
}

void AisAssociator::weigh(const Track& track, Mmsi mmsi, const AisMotion& motion) {
  const std::optional<double> found = evidence(track, motion);
  if (!found) return;
  const Key key{track.id, mmsi};
  const auto known = pairs_.find(key);
  if (known == pairs_.end()) {
    if (*found > least_evidence) pairs_[key] = {first_log_odds + *found * 0.3, track.time, false, 0.0};
    return;
  }
  Pair& pair = known->second;
  const double dt = to_seconds(track.time - pair.weighed).value();
  if (dt <= 0.0) {
    if (pair.weighed - track.time > clock_set_back) pair.weighed = track.time;
    return;
  }
  // All looks against one report err together where she turned after it.
  const double age_s = std::abs(to_seconds(track.time - motion.time()).value());
  const double share =
      std::min(1.0, dt / (*found < 0.0 ? std::max(config_.independent_s, age_s) : config_.independent_s));
  pair.log_odds = std::min(pair.log_odds + share * *found, most_log_odds);
  pair.weighed = track.time;
}

void AisAssociator::decide() {
  std::map<TrackId, double> of_track;
  std::map<Mmsi, double> of_vessel;
  for (const auto& [key, pair] : pairs_) {
    of_track[key.first] += std::exp(pair.log_odds);
    of_vessel[key.second] += std::exp(pair.log_odds);
  }
  struct Wish {
    double probability;
    Key key;
  };
  std::vector<Wish> wishes;
  for (auto& [key, pair] : pairs_) {
    const double own = std::exp(pair.log_odds);
    const double rivals = of_track[key.first] + of_vessel[key.second] - 2.0 * own;
    pair.probability = own / (1.0 + own + rivals);
    if (!pair.held && pair.probability >= config_.begin_probability) wishes.push_back({pair.probability, key});
    if (pair.held) {
      const double goes_on = own / (1.0 + own + rivals / kept_per_exchange);
      if (goes_on >= config_.end_probability) wishes.push_back({goes_on, key});
    }
    pair.held = false;
  }
  // The likeliest first; each track and each vessel once.
  std::sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.key < b.key;
  });
  std::map<TrackId, bool> track_taken;
  std::map<Mmsi, bool> vessel_taken;
  for (const Wish& w : wishes) {
    if (track_taken[w.key.first] || vessel_taken[w.key.second]) continue;
    track_taken[w.key.first] = vessel_taken[w.key.second] = true;
    pairs_[w.key].held = true;
  }
}

std::vector<Association> AisAssociator::associations() const {
  std::vector<Association> all;
  for (const auto& [key, pair] : pairs_) {
    if (pair.held) all.push_back({key.second, key.first, pair.probability});
  }
  return all;
}

std::vector<Association> AisAssociator::candidates() const {
  std::vector<Association> all;
  for (const auto& [key, pair] : pairs_) {
    if (pair.probability >= least_candidate) all.push_back({key.second, key.first, pair.probability});
  }
  return all;
}

std::map<TrackId, double> AisAssociator::known_to_ais() const {
  std::map<Mmsi, double> of_vessel;
  for (const auto& [key, pair] : pairs_) of_vessel[key.second] += std::exp(pair.log_odds);
  // A vessel that another track claims counts for less here: as in decide(), by what its rivals have.
  std::map<TrackId, double> out;
  for (const auto& [key, pair] : pairs_) {
    const double own = std::exp(pair.log_odds);
    out[key.first] += own / (1.0 + of_vessel[key.second] - own);
  }
  for (auto& [track, odds] : out) odds /= 1.0 + odds;
  return out;
}

const AisMotion* AisAssociator::motion_of(Mmsi mmsi) const {
  const auto found = vessels_.find(mmsi);
  return found == vessels_.end() ? nullptr : &found->second;
}

AisAssociatorSnapshot AisAssociator::snapshot() const {
  AisAssociatorSnapshot s;
  for (const auto& [key, pair] : pairs_) {
    s.pairs.push_back({key.first.value(), key.second.value(), pair.log_odds, pair.weighed.time_since_epoch().count(),
                       static_cast<std::uint8_t>(pair.held)});
  }
  for (const auto& [mmsi, bond] : bonds_) {
    s.bonds.push_back({mmsi.value(), bond.track.value(), bond.before.value(), bond.since.time_since_epoch().count()});
  }
  for (const auto& [mmsi, m] : vessels_) {
    AisAssociatorSnapshot::Vessel v;
    v.mmsi = mmsi.value();
    v.time_ns = m.time().time_since_epoch().count();
    v.east_m = m.position().east.value();
    v.north_m = m.position().north.value();
    if (m.velocity()) {
      v.has_velocity = 1;
      v.ve_mps = m.velocity()->east.value();
      v.vn_mps = m.velocity()->north.value();
    }
    v.derived = static_cast<std::uint8_t>(m.derived());
    v.coarse = static_cast<std::uint8_t>(m.coarse());
    s.vessels.push_back(v);
  }
  return s;
}

void AisAssociator::restore(const AisAssociatorSnapshot& s) {
  vessels_.clear();
  pairs_.clear();
  bonds_.clear();
  for (const auto& b : s.bonds) {
    bonds_[Mmsi(b.mmsi)] = {TrackId(b.track), TrackId(b.before), Timestamp(Duration(b.since_ns))};
  }
  for (const auto& v : s.vessels) {
    std::optional<EastNorthVelocity> velocity;
    if (v.has_velocity != 0) velocity = EastNorthVelocity{MetresPerSecond(v.ve_mps), MetresPerSecond(v.vn_mps)};
    vessels_[Mmsi(v.mmsi)].restore(Timestamp(Duration(v.time_ns)), {Metres(v.east_m), Metres(v.north_m)}, velocity,
                                   v.derived != 0, v.coarse != 0);
  }
  for (const auto& p : s.pairs) {
    pairs_[{TrackId(p.track), Mmsi(p.mmsi)}] = {p.log_odds, Timestamp(Duration(p.weighed_ns)), p.held != 0, 0.0};
  }
  decide();
}

}  // namespace headland::fusion
