// SPDX-License-Identifier: Apache-2.0
// Two tracks of one vessel: begun by radars that measured amiss in different ways, until that was taken off. Where two
// tracks lie in one resolution cell they share its plot (tracker_share.cpp) and would both live for ever.
//
// Two vessels so near would sooner or later give two plots to one of the radars, and mostly do where they lie apart for
// it. Pairs that never do, look after look of two radars or more, are one vessel, and the younger track ends. One radar
// alone is no proof: it may never resolve them. But a track that begins where another is and never has a plot that is
// not the other's, too, is none: a second vessel would have come from somewhere.
#include <algorithm>
#include <cmath>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double near_enough = 0.8;            // of the probability to be unresolved at one place
constexpr double most_separate = 0.3;          // probability of a plot of its own for each
constexpr double one_looks = 12.0;             // of each of two radars, at one plot for both
constexpr double young_s = 60.0;               // of the younger, when they meet:
constexpr double young_credit = 8.0;           // looks that this is worth
constexpr std::uint16_t began_there = 0xFFFF;  // no radar: all plots of the younger were the other's, too
constexpr double alone_looks = 20.0;           // then one radar is enough, the credit included
constexpr double two_plots = 6.0;              // looks that two plots weigh against
constexpr double forget_s = 60.0;

// Radars that are sure of it, and that it began there, if one of them saw long enough that it did.
std::size_t number_of_witnesses(const std::map<std::uint16_t, double>& looks) {
  const auto at_least = [&](double n) {
    return static_cast<std::size_t>(
        std::count_if(looks.begin(), looks.end(), [&](const auto& entry) { return entry.second >= n; }));
  };
  return at_least(one_looks) + (looks.contains(began_there) && at_least(alone_looks) > 0 ? 1 : 0);
}

}  // namespace

void Tracker::State::note_twins(const Sensor& sensor, const Cluster& cluster) {
  for (std::size_t p = 0; p < sharing_.pairs.size(); ++p) {
    const ClosePair& pair = sharing_.pairs[p];
    const Due& da = due_[cluster.due[pair.a]];
    const Due& db = due_[cluster.due[pair.b]];
    const Bernoulli& a = slots_[da.slot];
    const Bernoulli& b = slots_[db.slot];
    if (a.id.value() == 0 || b.id.value() == 0) continue;
    double share = 0.0;
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) share += shared_.share[k];
    const double own_a = std::clamp(1.0 - result_.track_none[pair.a] - share, 0.0, 1.0);
    const double own_b = std::clamp(1.0 - result_.track_none[pair.b] - share, 0.0, 1.0);
    const double near = pair.unresolved / std::max(da.unresolved_scale, 1e-3);
    const std::pair key{std::min(a.serial, b.serial), std::max(a.serial, b.serial)};
    const auto known = twins_.find(key);
    const bool met = known != twins_.end() && !known->second.looks.empty();
    const bool separate = own_a * own_b > most_separate;
    if (!met && (separate || near < near_enough)) continue;
    Twin& twin = twins_[key];
    const Timestamp began = a.serial > b.serial ? a.began : b.began;
    const bool young = to_seconds(da.look.time - began).value() < young_s;
    if (!met && young) twin.looks[began_there] = 0.0;
    double& looks = twin.looks.try_emplace(sensor.id.value(), young ? young_credit : 0.0).first->second;
    twin.last = std::max(twin.last, std::max(da.look.time, db.look.time));
    if (separate) {
      looks = std::max(0.0, looks - two_plots);
      twin.looks.erase(began_there);
    } else {
      // Where they lie farther apart than this radar's cell, two vessels would have given two all the more.
      looks = std::min(looks + std::max({share, own_a, own_b}), 2.0 * one_looks);
    }
  }
}

void Tracker::State::end_twins(TrackUpdates& out) {
  const auto track_of = [&](std::uint64_t serial) {
    const auto found =
        std::find_if(slots_.begin(), slots_.end(), [&](const Bernoulli& t) { return t.alive && t.serial == serial; });
    return found == slots_.end() ? nullptr : &*found;
  };
  for (auto at = twins_.begin(); at != twins_.end();) {
    const auto& [serials, twin] = *at;
    const auto sure = number_of_witnesses(twin.looks);
    const bool stale = to_seconds(now_ - twin.last).value() > forget_s;
    if (sure < 2 && !stale) {
      ++at;
      continue;
    }
    Bernoulli* const older = sure < 2 ? nullptr : track_of(serials.first);
    Bernoulli* const younger = sure < 2 ? nullptr : track_of(serials.second);
    at = twins_.erase(at);
    if (older == nullptr || younger == nullptr) continue;
    ++counters.tracks_ended;
    ++counters.twins_ended;
    Fact f;
    f.kind = FactKind::ended;
    f.reason = EndReason::recognised;
    f.first = f.last = younger->time;
    f.other = older->id;
    f.value = 1.0;
    younger->story.add(f);
    younger->was_confirmed = false;  // it is not to come back
    finish(*younger, out);
  }
}

}  // namespace headland::tracking
