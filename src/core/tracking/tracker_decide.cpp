// SPDX-License-Identifier: Apache-2.0
// From gates to updated tracks: clusters, association, existence, reports.
#include <algorithm>
#include <numeric>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double detection_memory_looks = 30.0;  // of a track's own record
constexpr double first_gate_sigmas = 3.0;        // 50 kn for vessels of 17.5 kn either way
constexpr double fastest_mps = 30.0;
constexpr double slow_mps = 0.26;  // half a knot: what moves slower, and by less than 2 deviations, stands,
constexpr double slow_sigmas = 2.0;
constexpr double stopped_sigmas = 3.0;  // and of what is stopped by its model
constexpr double least_share = 0.02;    // of a radar that is told to have a part in a track

}  // namespace

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t k) {
  while (parent[k] != k) {
    parent[k] = parent[parent[k]];
    k = parent[k];
  }
  return k;
}

// Whether a track whose gate has not yet been passed has nothing in it so far: then there is nothing to be
// predicted for. What may throw a shadow is kept.
bool Tracker::State::waits_alone(const Sensor& sensor, const Planned& planned) const {
  const PlannedLook& look = planned.look;
  if (look.direction + look.margin <= sensor.beam.frontier() || look.segment->at_once) return false;
  if (slots_[planned.slot].stage == TrackStage::confirmed) return false;
  const auto first = std::lower_bound(sensor.waiting.begin(), sensor.waiting.end(), look.direction - look.margin,
                                      [](const PlacedPlot& plot, double value) { return plot.direction < value; });
  return first == sensor.waiting.end() || first->direction > look.direction + look.margin;
}

void Tracker::State::gather_candidates(const Sensor& sensor) {
  candidates_.clear();
  const auto& pool = sensor.waiting;
  for (std::size_t i = 0; i < due_count_; ++i) {
    const Due& d = due_[i];
    // A velocity that is not known yet is not unbounded.
    const double sigmas =
        slots_[d.slot].spread ? config_.gate_sigmas : std::min(config_.gate_sigmas, first_gate_sigmas);
    const auto search = [&](double from, double to) {
      auto p = std::lower_bound(pool.begin(), pool.end(), from,
                                [](const PlacedPlot& plot, double value) { return plot.direction < value; });
      if (p == pool.end() || p->direction > to) return;  // as for most tracks that are clutter
      const double moved_m = fastest_mps * sensor.beam.seconds_per_turn() * d.look.margin / full_turn +
                             fastest_mps * to_seconds(d.predicted - d.look.time).value();
      const double reach = gate_radius(d.prediction, 0.0, sigmas) + moved_m;
      for (; p != pool.end() && p->direction <= to; ++p) {
        // Cheap first: farther than any gate reaches, the motion between the plot's time and the look's included.
        const double within = reach + p->reach_m;
        const double east = p->position(0) - d.prediction.mean.position(0);
        const double north = p->position(1) - d.prediction.mean.position(1);
        if (east * east + north * north > within * within) continue;
        Candidate c;
        if (!gate(d.prediction, d.predicted, *p, sigmas, c)) continue;
        if (d.look.share < 1.0) {  // a plot there is the likelier, given that one came
          c.likelihood /= d.look.share;
          for (double& by : c.by_model) by /= d.look.share;
        }
        c.track = i;
        c.plot = static_cast<std::size_t>(p - pool.begin());
        candidates_.push_back(c);
      }
    };
    search(d.look.direction - d.look.margin, d.look.direction + d.look.margin);
    if (d.look.segment->at_once) {  // no passage of the seam: both of its sides were looked at together
      search(d.look.direction - d.look.margin - full_turn, d.look.direction + d.look.margin - full_turn);
      search(d.look.direction - d.look.margin + full_turn, d.look.direction + d.look.margin + full_turn);
    }
  }
}

void Tracker::State::gather_clusters(Sensor& sensor) {
  const std::size_t plots = sensor.waiting.size();
  parent_.resize(due_count_ + plots);
  std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  for (const Candidate& c : candidates_) {
    const std::size_t a = root_of(parent_, c.track);
    const std::size_t b = root_of(parent_, due_count_ + c.plot);
    parent_[std::max(a, b)] = std::min(a, b);  // the smallest leads: tracks, in order of birth
  }
  join_close(sensor, parent_);
  cluster_count_ = 0;
  cluster_of_.assign(parent_.size(), 0);
  for (std::size_t k = 0; k < parent_.size(); ++k) {
    if (parent_[k] != k) continue;
    if (cluster_count_ == clusters_.size()) clusters_.emplace_back();
    Cluster& c = clusters_[cluster_count_];
    c.due.clear();
    c.plots.clear();
    c.candidates.clear();
    cluster_of_[k] = cluster_count_++;
  }
  for (std::size_t k = 0; k < parent_.size(); ++k) {
    Cluster& c = clusters_[cluster_of_[root_of(parent_, k)]];
    if (k < due_count_) {
      c.due.push_back(k);
    } else {
      c.plots.push_back(k - due_count_);
    }
  }
  for (std::size_t k = 0; k < candidates_.size(); ++k) {
    clusters_[cluster_of_[root_of(parent_, candidates_[k].track)]].candidates.push_back(k);
  }
}

std::size_t Tracker::State::plot_in(const Cluster& cluster, const Candidate& c) {
  const auto at = std::lower_bound(cluster.plots.begin(), cluster.plots.end(), c.plot);
  return static_cast<std::size_t>(at - cluster.plots.begin());
}

void Tracker::State::decide(Sensor& sensor, const Cluster& cluster, TrackUpdates& out) {
  problem_.tracks = cluster.due.size();
  problem_.pairs.clear();
  problem_.plot_alone.clear();
  for (const std::size_t p : cluster.plots) problem_.plot_alone.push_back(sensor.waiting[p].clutter);
  for (const std::size_t k : cluster.candidates) {
    const Candidate& c = candidates_[k];
    const Due& d = due_[c.track];
    const double found = d.existence * d.detection;
    const auto t = std::lower_bound(cluster.due.begin(), cluster.due.end(), c.track) - cluster.due.begin();
    problem_.pairs.push_back({static_cast<std::size_t>(t), plot_in(cluster, c), found * c.likelihood / (1.0 - found)});
  }
  counters.largest_cluster = std::max<std::uint64_t>(counters.largest_cluster, problem_.tracks);
  const bool shared = share_out(sensor, cluster);
  if (!shared) {
    associator_.solve(problem_, result_);
    if (!result_.settled) ++counters.clusters_unsettled;
  }
  note_beside(cluster, shared);

  vessel_share_.assign(cluster.plots.size(), 0.0);
  begun_again_.assign(cluster.plots.size(), 0.0);
  std::size_t next_pair = 0;  // pairs come in order of track, as the candidates were gathered
  for (std::size_t t = 0; t < cluster.due.size(); ++t) {
    Due& d = due_[cluster.due[t]];
    const double none = result_.track_none[t];
    if (shared) d.hide(hidden_by_others(sensor, cluster, t));
    const double missed = d.existence * (1.0 - d.detection) / (1.0 - d.existence * d.detection);
    double existence = none * missed;
    weighted_.clear();
    for (; next_pair < problem_.pairs.size() && problem_.pairs[next_pair].track == t; ++next_pair) {
      const std::size_t k = next_pair;
      existence += result_.pair[k];
      const Candidate& c = candidates_[cluster.candidates[k]];
      weighted_.push_back({&c, &sensor.waiting[c.plot], result_.pair[k]});
    }
    if (shared) existence += take_shares(t);
    existence = std::clamp(existence, 1e-12, 1.0 - 1e-9);
    for (WeightedCandidate& w : weighted_) w.probability /= existence;
    d.existence = existence;
    const double unseen = std::min(1.0, none * missed / existence);
    if (!shared && unseen < 0.5 && slots_[d.slot].stage == TrackStage::tentative)
      weigh_beginnings(sensor, cluster, t, next_pair);
    if (shared) note_shared(t, cluster);
    conclude(sensor, d, unseen, weighted_, out);
    const Bernoulli& track = slots_[d.slot];
    const double vessel = existence * (1.0 - track.weight[transient_model]);
    for (const WeightedCandidate& w : weighted_)
      vessel_share_[plot_in(cluster, *w.candidate)] += vessel * w.probability;
  }
  for (std::size_t p = 0; p < cluster.plots.size(); ++p) {
    const PlacedPlot& plot = sensor.waiting[cluster.plots[p]];
    const double clutter = std::clamp(1.0 - vessel_share_[p], 0.0, 1.0);
    sensor.clutter.count(plot.range_m, plot.bearing, clutter);
    sensor.transients.count(plot.range_m, plot.bearing, clutter - result_.plot_none[p] * plot.birth_share);
    starts_.push_back(plot);
    starts_unclaimed_.push_back(std::max(result_.plot_none[p] - begun_again_[p], 0.0));
  }
}

// That the track was nothing and the most likely of its plots the first of a transient, or of a vessel. So far as the
// track claims the plot, the new vessel is kept in it: as a track of its own it would hardly have a share in the plots
// that follow, for nothing would tell that it is there only where this one is not. What is kept here begins no other.
void Tracker::State::weigh_beginnings(const Sensor& sensor, const Cluster& cluster, std::size_t t, std::size_t end) {
  const auto none = problem_.pairs.size();
  std::size_t best = none;
  for (std::size_t past = end; past > 0 && problem_.pairs[past - 1].track == t; --past) {
    const std::size_t k = past - 1;
    if (best == none || result_.pair[k] >= result_.pair[best]) best = k;
  }
  if (best == none) return;
  Due& due = due_[cluster.due[t]];
  const std::size_t p = problem_.pairs[best].plot;
  const PlacedPlot& plot = sensor.waiting[cluster.plots[p]];
  const double unclaimed = std::min(result_.plot_none[p] / std::max(1.0 - result_.pair[best], 1e-9), 1.0);
  const double nothing = (1.0 - due.existence) * unclaimed;
  due.begins = nothing * plot.transient_share;
  due.begins_again = result_.pair[best] * nothing * plot.birth_share;
  begun_again_[p] += result_.pair[best] * nothing;
}

void Tracker::State::conclude(Sensor& sensor, Due& due, double none, const std::vector<WeightedCandidate>& plots,
                              TrackUpdates& out) {
  Bernoulli& track = slots_[due.slot];
  forget_young(track);
  update(due.prediction, plots, none, track);
  const auto best = std::max_element(plots.begin(), plots.end(),
                                     [](const auto& a, const auto& b) { return a.probability < b.probability; });
  if (best != plots.end()) note_share(track, sensor.id, due.prediction.mean, best->plot->noise, 1.0 - none);
  track.time = std::max(track.time, due.look.time);
  track.existence = due.existence;
  // Seen where the plot is its own; where it is not, the more likely hidden.
  track.visibility = 1.0 - none + none * due.visibility * (1.0 - due.visible_detection) / (1.0 - due.detection);
  const bool detected = none < 0.5 && best != plots.end();
  const double seen = due.open;
  Look& record = look_of(track, sensor.id);
  record.last = due.look.direction;
  record.in_last_turn = detected;
  if (detected) record.last_plot = std::max(record.last_plot, best->plot->time);
  if (track.stage != TrackStage::tentative) {
    const double keep = 1.0 - 1.0 / detection_memory_looks;
    record.detections = record.detections * keep + (1.0 - none);
    record.looks = record.looks * keep + seen * track.visibility;
    if (track.existence > 0.9) {
      const double bearing = due.bearing - due.look.segment->north;
      sensor.clutter.look(due.range_m, bearing, 1.0 - none, seen * track.visibility);
    }
    learn_shadow(sensor, due, due.existence * (1.0 - none));
  }
  ++track.age_looks;
  track.transient_goes_on = due.prediction.transient_goes_on;
  if (detected) {
    track.plot_looks = track.age_looks;
    const PlacedPlot& plot = *best->plot;
    due.own_plot = best->candidate->plot;
    if (track.weight[transient_model] > 0.0) go_on(track, due.reaches);
    if (due.begins_again > 0.0) initiator_.begin_again(track, plot, due.begins_again);
    if (due.begins > 0.0) begin_transient(track, plot, due.begins, config_.transient_speed_mps);
    track.last_plot = std::max(track.last_plot, plot.time);
    ++track.plots_used;
    track.scans_missed = 0;
    track.missed_so = 1.0;
    note_look(due, &plot);
    note_echo(sensor, due, plot);
  } else {
    if (seen > 0.5) ++track.scans_missed;
    track.missed_so *= 1.0 - due.detection;
    track.history.miss(seen * track.visibility);
    note_look(due, nullptr);
  }
  tell_transient(sensor, track, due);
  if (detected || seen > 0.0) judge(sensor, track, due, detected, out);
  if (!track.alive) return;
  count_young(track);
  const Gaussian& mean = plots.empty() ? due.prediction.mean : moments(track.weight, track.modes, track.used_motions());
  sensor.wake[due.slot] = next_worth_planning(sensor.beam, config_, mean, due.look.direction + full_turn);
}

// Whether it is believed now, or no more.
void Tracker::State::judge(Sensor& sensor, Bernoulli& track, const Due& due, bool detected, TrackUpdates& out) {
  const bool believed = track.stage != TrackStage::tentative;
  const bool shown = track.id.value() != 0;
  Crowd crowd{tested_, 0.0};
  if (config_.confirm_clutter_per_km2 > 0.0 && deleter_.may_confirm(track)) {
    crowd.clutter_per_km2 = 1e6 * sensor.clutter.density(due.range_m, due.bearing - due.look.segment->north);
  }
  deleter_.judge(track, detected, due.visible_detection, crowd);
  if (!believed && track.stage == TrackStage::confirmed) {
    ++counters.tracks_confirmed;
    note_confirmed(track);
    fresh_.push_back({due.slot, due.serial, shown});
  }
  if (track.stage == TrackStage::ended) {
    const double vessel = track.existence * (1.0 - track.weight[transient_model]);
    note_ended(track, believed ? EndReason::unlikely : EndReason::faded, vessel);
  }
  if (believed && track.stage == TrackStage::ended) ++counters.tracks_ended;
  report(track, out);
}

void Tracker::State::report(Bernoulli& track, TrackUpdates& out) {
  if (track.stage == TrackStage::ended) {
    finish(track, out);
    return;
  }
  if (track.id.value() == 0) {
    const bool shown = track.stage == TrackStage::confirmed ||
                       track.existence * (1.0 - track.weight[transient_model]) >= config_.report_existence;
    if (!shown) return;
    track.id = TrackId(next_id_++);
  }
  out.tracks.push_back(to_track(track));
}

void Tracker::State::finish(Bernoulli& track, TrackUpdates& out) {
  track.stage = TrackStage::ended;
  if (track.id.value() != 0) out.tracks.push_back(to_track(track));
  keep_story(track.id, track.story);
  remember(track);
  track.alive = false;
  free_.push_back(static_cast<std::size_t>(&track - slots_.data()));
}

// Whether nothing says that the vessel moves: the stopped model is the likeliest, or it is slow, and the speed is
// within what it is uncertain by. Then it is told to stand, and the covariance says how surely.
bool Tracker::State::stands(const Bernoulli& track, const Gaussian& mean) {
  const double speed = mean.velocity.norm();
  if (speed <= 0.0) return true;
  const double deviation = std::sqrt(std::max(mean.velocity.dot(mean.vv * mean.velocity), 0.0)) / speed;
  const double vessel = 1.0 - track.weight[transient_model];
  const bool stopped = track.spread && track.weight[stopped_model] > 0.5 * vessel;
  if (stopped) return speed < stopped_sigmas * deviation;
  return speed < slow_mps && speed < slow_sigmas * deviation;
}

Track Tracker::State::to_track(const Bernoulli& track) const {
  Track t;
  const Gaussian mean = moments(track.weight, track.modes, track.used_motions());
  t.id = track.id;
  t.time = track.time;
  t.began = track.began;
  t.last_plot = track.last_plot;
  t.state.position = {Metres(mean.position(0)), Metres(mean.position(1))};
  if (!stands(track, mean)) {
    t.state.velocity = {MetresPerSecond(mean.velocity(0)), MetresPerSecond(mean.velocity(1))};
  }
  auto& c = t.state.covariance;
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      const auto a = static_cast<Eigen::Index>(i);
      const auto b = static_cast<Eigen::Index>(j);
      c[4 * i + j] = mean.pp(a, b);
      c[4 * i + 2 + j] = mean.pv(a, b);
      c[4 * (2 + j) + i] = mean.pv(a, b);
      c[4 * (2 + i) + 2 + j] = mean.vv(a, b);
    }
    // The error of the own position stays from turn to turn: plots do not average it out.
    c[5 * i] += config_.site_deviation_m * config_.site_deviation_m;
  }
  t.stage = track.stage;
  t.existence = track.existence * (1.0 - track.weight[transient_model]);
  t.identity = track.identity;
  t.visibility = track.visibility;
  t.scans_missed = track.scans_missed;
  t.plots_used = track.plots_used;
  t.length = Metres(track.length_m);
  t.width = Metres(track.width_m);
  t.strength = Decibels(track.strength_db);
  describe_vessel(track, mean, t);
  for (const Look& l : track.looks) {
    if (l.weight >= least_share) t.sensors.push_back({l.sensor, std::min(l.weight, 1.0), l.last_plot, l.in_last_turn});
  }
  std::stable_sort(t.sensors.begin(), t.sensors.end(),
                   [](const RadarShare& a, const RadarShare& b) { return a.share > b.share; });
  return t;
}

double Tracker::State::detection_at(const Sensor& sensor, const Vector2& place) {
  const Segment& s = sensor.beam.newest();
  const Vector2 at = place - s.site;
  return sensor.clutter.detection(at.norm(), std::atan2(at(0), at(1)) - s.north);
}

std::vector<Track> Tracker::State::tracks() const {
  std::vector<Track> all;
  for (const Bernoulli& t : slots_) {
    if (t.alive && t.id.value() != 0) all.push_back(to_track(t));
  }
  std::sort(all.begin(), all.end(), [](const Track& a, const Track& b) { return a.id < b.id; });
  return all;
}

std::optional<double> Tracker::State::detection(SensorId sensor, EastNorth place) const {
  const auto known = std::find_if(sensors_.begin(), sensors_.end(), [&](const Sensor& s) { return s.id == sensor; });
  if (known == sensors_.end() || known->beam.empty()) return std::nullopt;
  return detection_at(*known, Vector2(place.east.value(), place.north.value()));
}

void Tracker::State::sort_updates(TrackUpdates& out) {
  std::stable_sort(out.tracks.begin(), out.tracks.end(), [](const Track& a, const Track& b) {
    if (a.id != b.id) return a.id < b.id;
    return a.time < b.time;
  });
}

}  // namespace headland::tracking
