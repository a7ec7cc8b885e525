// SPDX-License-Identifier: Apache-2.0
// Two tracks of one vessel: begun by radars that measured amiss in different ways, until that was taken off. Where two
// tracks lie in one resolution cell they share its plot (tracker_share.cpp) and would both live for ever.
//
// Two vessels so near would sooner or later give two plots to one of the radars, and mostly do where they lie apart for
// it. Pairs that never do for any, look after look of two or more, are one vessel, and the younger track ends. One
// radar alone is no proof: it may never resolve them. But a track that begins where another is and never has a plot
// that is not the other's, too, is none: a second vessel would have come from somewhere. Two plots that may be of one
// hull (echo/pieces.hpp) are no proof of two vessels either. Two that had lived apart for long before they met are two
// vessels that pass each other until that is very unlikely: the longer they did, the more looks it takes; and a plot
// larger than the echo of either speaks for two as two plots do, so far as it is the size of both.
#include <algorithm>
#include <cmath>

#include "core/tracking/echo/pieces.hpp"
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
constexpr double least_pace = 0.1;             // of looks at tracks that lived apart for long
constexpr double forget_s = 60.0;
constexpr double farthest_pair = 0.5;  // radians
constexpr double least_own = 0.3;      // probability of a plot that is a track's

// Radars that are sure of it, and that it began there, if one of them saw long enough that it did.
std::size_t number_of_witnesses(const std::map<std::uint16_t, double>& looks) {
  const auto at_least = [&](double n) {
    return static_cast<std::size_t>(
        std::count_if(looks.begin(), looks.end(), [&](const auto& entry) { return entry.second >= n; }));
  };
  return at_least(one_looks) + (looks.contains(began_there) && at_least(alone_looks) > 0 ? 1 : 0);
}

}  // namespace

// That one of the plots of its cluster is the track's alone. `shared`: the cluster was dealt with hypothesis by
// hypothesis.
double Tracker::State::own_probability(std::size_t track, bool shared) const {
  double own = 1.0 - result_.track_none[track];
  for (const ClosePair& pair : sharing_.pairs) {
    if (!shared) break;
    if (pair.a != track && pair.b != track) continue;
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) own -= shared_.share[k];
  }
  return std::clamp(own, 0.0, 1.0);
}

// The plot that most likely is the track's own; none where it hardly has one.
const PlacedPlot* Tracker::State::own_plot(const Sensor& sensor, const Cluster& cluster, std::size_t track) const {
  double best = least_own;
  const PlacedPlot* plot = nullptr;
  for (std::size_t k = 0; k < problem_.pairs.size(); ++k) {
    if (problem_.pairs[k].track != track || result_.pair[k] <= best) continue;
    best = result_.pair[k];
    plot = &sensor.waiting[cluster.plots[problem_.pairs[k].plot]];
  }
  return plot;
}

// What one look at two believed tracks says: their plots, or the one that there was.
Tracker::State::PairLook Tracker::State::look_at_pair(const Sensor& sensor, const Cluster& cluster, std::size_t a,
                                                      std::size_t b) const {
  PairLook look;
  for (const ClosePair& pair : sharing_.pairs) {
    if (pair.a != a || pair.b != b) continue;
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) {
      look.share += shared_.share[k];
      look.larger += shared_.share[k] * std::max(shared_by_extent_[k], 0.0);
    }
    look.near = pair.near;
  }
  const double own_a = own_probability(a, true);
  const double own_b = own_probability(b, true);
  const PlacedPlot* const plot_a = own_plot(sensor, cluster, a);
  const PlacedPlot* const plot_b = own_plot(sensor, cluster, b);
  if (plot_a != nullptr && plot_b != nullptr) {
    look.beside = is_beside(*plot_a, *plot_b, gap_of(sensor));
  } else if (plot_a != nullptr || plot_b != nullptr) {
    const Due& other = due_[cluster.due[plot_a != nullptr ? b : a]];
    look.beside = covers(plot_a != nullptr ? *plot_a : *plot_b, other.range_m, other.look.direction, gap_of(sensor));
  }
  look.separate = own_a * own_b > most_separate && !look.beside;
  look.one = std::max({look.share, own_a, own_b});
  return look;
}

void Tracker::State::note_twins(const Sensor& sensor, const Cluster& cluster) {
  for (std::size_t i = 0; i < cluster.due.size(); ++i) {
    for (std::size_t j = i + 1; j < cluster.due.size(); ++j) {
      const Due& da = due_[cluster.due[i]];
      const Due& db = due_[cluster.due[j]];
      const Bernoulli& a = slots_[da.slot];
      const Bernoulli& b = slots_[db.slot];
      if (a.stage == TrackStage::tentative || b.stage == TrackStage::tentative) continue;
      if (a.id.value() == 0 || b.id.value() == 0) continue;
      note_pair(sensor, a, b, look_at_pair(sensor, cluster, i, j), std::max(da.look.time, db.look.time));
    }
  }
  for (const std::size_t d : cluster.due) due_[d].neighbours = cluster.due.front();
}

// Pairs whose gates have no plot in common: bow and stern of one hull.
void Tracker::State::note_neighbours(const Sensor& sensor) {
  outlined_.clear();
  for (std::size_t i = 0; i < due_count_; ++i) {
    const Due& d = due_[i];
    if (d.own_plot == no_plot || slots_[d.slot].stage == TrackStage::tentative || slots_[d.slot].id.value() == 0)
      continue;
    if (slots_[d.slot].serial == d.serial && sensor.waiting[d.own_plot].cross_extent_m > 0.0) outlined_.push_back(i);
  }
  for (std::size_t i = 0; i < outlined_.size(); ++i) {
    for (std::size_t j = i + 1; j < outlined_.size(); ++j) {
      const Due& da = due_[outlined_[i]];
      const Due& db = due_[outlined_[j]];
      if (da.neighbours != no_plot && da.neighbours == db.neighbours) continue;
      const PlacedPlot& a = sensor.waiting[da.own_plot];
      const PlacedPlot& b = sensor.waiting[db.own_plot];
      if (std::abs(a.direction - b.direction) > farthest_pair) continue;
      PairLook look;
      look.one = 1.0;
      look.beside = is_beside(a, b, gap_of(sensor));
      look.separate = !look.beside;
      note_pair(sensor, slots_[da.slot], slots_[db.slot], look, std::max(da.look.time, db.look.time));
    }
  }
}

void Tracker::State::note_pair(const Sensor& sensor, const Bernoulli& a, const Bernoulli& b, const PairLook& look,
                               Timestamp time) {
  const std::pair key{std::min(a.serial, b.serial), std::max(a.serial, b.serial)};
  const auto known = twins_.find(key);
  const bool met = known != twins_.end() && !known->second.looks.empty();
  if (!met && (look.separate || (look.near < near_enough && !look.beside))) return;
  if (!look.separate && look.near <= 0.0 && !look.beside) return;
  Twin& twin = twins_[key];
  const Timestamp began = a.serial > b.serial ? a.began : b.began;
  const double age_s = to_seconds(time - began).value();
  const bool young = age_s < young_s;
  const double pace = std::clamp(young_s / std::max(age_s, 1.0), least_pace, 1.0);
  if (!met && young) twin.looks[began_there] = 0.0;
  double& looks = twin.looks.try_emplace(sensor.id.value(), young ? young_credit : 0.0).first->second;
  twin.last = std::max(twin.last, time);
  if (look.separate) {
    // Whatever other radars tell apart or not: one vessel would not give two plots to any.
    for (auto& entry : twin.looks) entry.second = std::max(0.0, entry.second - two_plots);
    twin.looks.erase(began_there);
  } else {
    // Where they lie farther apart than this radar's cell, two vessels would have given two all the more; but not those
    // whose echoes reach so far, and their one plot is the larger for it. Pieces of a hull make a larger one, too: so
    // this counts for those that lived apart.
    const double as_two = (1.0 - pace) * look.larger / most_by_extent;
    looks = std::clamp(looks + pace * look.one - two_plots * as_two, 0.0, 2.0 * one_looks);
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
    f.reason = EndReason::twin;
    f.first = f.last = younger->time;
    f.other = older->id;
    younger->story.add(f);
    younger->was_confirmed = false;  // it is not to come back
    forget_young(*younger);
    finish(*younger, out);
  }
}

}  // namespace headland::tracking
