// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/tracker.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/plots/blanked.hpp"
#include "core/tracking/tracker_state.hpp"
#include "core/tracking/turn_timing.hpp"

namespace headland::tracking {
namespace {

constexpr std::uint32_t parts_per_turn = 8;  // a whole turn is dealt with in so many sectors
constexpr double most_waiting = 0.2;         // radians that a cluster waits beyond its gates

bool is_whole_turn(const PlotSector& s) { return clockwise_from(s.from, s.to) < 1e-9; }

}  // namespace

Look& look_among(Bernoulli& track, SensorId sensor) {
  const auto at = std::lower_bound(track.looks.begin(), track.looks.end(), sensor,
                                   [](const Look& l, SensorId id) { return l.sensor < id; });
  if (at != track.looks.end() && at->sensor == sensor) return *at;
  return *track.looks.insert(at, Look{sensor, std::numeric_limits<double>::quiet_NaN(), 0.0, 0.0, 0.0});
}

Sensor new_sensor(SensorId id, const TrackerConfig& config) {
  const Resolution cell = config.resolution_of(id);
  const Smear smear(cell.range_m, cell.bearing_rad);
  return {.id = id, .cell = cell, .clutter = ClutterMap(config), .newcomers = Newcomers(config), .smear = smear};
}

Tracker::State::State(const TrackerConfig& config)
    : config_(config), predictor_(config), initiator_(config), deleter_(config), recogniser_(config) {}

Sensor& Tracker::State::sensor_of(SensorId id) {
  const auto at =
      std::lower_bound(sensors_.begin(), sensors_.end(), id, [](const Sensor& s, SensorId key) { return s.id < key; });
  if (at != sensors_.end() && at->id == id) return *at;
  Sensor fresh = new_sensor(id, config_);
  fresh.wake.assign(slots_.size(), -std::numeric_limits<double>::infinity());
  return *sensors_.insert(at, std::move(fresh));
}

void Tracker::State::process(const PlotSector& sector, TrackUpdates& out) {
  ++counters.sectors;
  Sensor& sensor = sensor_of(sector.sensor);
  if (wait_for_clock(sensor, sector)) {
    ++counters.sectors_late;
    return;
  }
  sensor.arrives_turns = is_whole_turn(sector) ? 1.0 : clockwise_from(sector.from, sector.to) / full_turn;
  if (!is_whole_turn(sector)) {
    process_part(sensor, sector, out);
  } else {
    process_turn(sensor, sector, out);
  }
  hand_over(sensor, out);
  end_twins(out);
  end_stale(out);
  sort_updates(out);
}

void Tracker::State::process_turn(Sensor& sensor, const PlotSector& sector, TrackUpdates& out) {
  const bool turned = !sensor.beam.empty() && !sensor.beam.newest().at_once;
  const TurnTiming timing = time_turn(sector, turned ? sensor.beam.seconds_per_turn() : 0.0,
                                      turned ? std::optional(sensor.beam.newest().ended) : std::nullopt);
  PlotSector part = sector;
  part.began = timing.began;
  part.ended = timing.ended;
  if (timing.began == timing.ended) {
    process_part(sensor, part, out);
  } else {
    const double span_ns = static_cast<double>((timing.ended - timing.began).count());
    const std::vector<const Plot*> plots = in_order_of_time(sector);
    auto plot = plots.begin();
    for (std::uint32_t k = 0; k < parts_per_turn; ++k) {
      const double share = static_cast<double>(k) / parts_per_turn;
      const double next = static_cast<double>(k + 1) / parts_per_turn;
      part.from = sector.from + Angle(Radians(share * full_turn));
      part.to = sector.from + Angle(Radians(next * full_turn));
      part.turn = sector.turn + (part.from < sector.from ? 1U : 0U);
      part.began = timing.began + Duration(static_cast<std::int64_t>(share * span_ns));
      part.ended = timing.began + Duration(static_cast<std::int64_t>(next * span_ns));
      part.plots.clear();
      while (plot != plots.end() && (k + 1 == parts_per_turn || share_of(sector, **plot) < next)) {
        part.plots.push_back(**plot++);
      }
      // Within a turn its plots exclude one another: only the seam parts one echo.
      inner_from_ = k > 0;
      inner_to_ = k + 1 < parts_per_turn;
      process_part(sensor, part, out);
    }
    inner_from_ = inner_to_ = false;
  }
}

void Tracker::State::process_part(Sensor& sensor, const PlotSector& sector, TrackUpdates& out) {
  const bool known = !sensor.beam.empty();
  Beam::Arrival arrival = Beam::Arrival::next;
  // A radar that begins to count anew must not leave plots behind that are placed by the old count.
  if (known && sector.began > sensor.beam.newest().ended &&
      full_turn * sector.turn + sector.from.radians() < sensor.beam.frontier() - full_turn) {
    resolve(sensor, true, out);
  }
  arrival = sensor.beam.add(sector);
  if (arrival == Beam::Arrival::late) {
    if (process_late(sensor, sector, out)) {
      sensor.refused = 0.0;
    } else {
      ++counters.sectors_late;
      sensor.refused += is_whole_turn(sector) ? full_turn : clockwise_from(sector.from, sector.to);
    }
    return;
  }
  sensor.refused = 0.0;
  if (arrival == Beam::Arrival::after_gap) ++counters.gaps;
  if (arrival == Beam::Arrival::restarted) {
    for (Bernoulli& t : slots_) {
      if (t.alive) look_of(t, sensor.id).last = std::numeric_limits<double>::quiet_NaN();
    }
    std::fill(sensor.wake.begin(), sensor.wake.end(), -std::numeric_limits<double>::infinity());
  }
  now_ = std::max(now_, sector.ended);
  const Segment& segment = sensor.beam.newest();
  sensor.clutter.sweep(segment.from, segment.to - segment.from, segment.seen, looked_at_m(sensor, segment));
  sensor.transients.settle();
  take_plots(sensor, sector, segment);
  sensor.newcomers.sweep(segment.from, segment.to - segment.from, segment.seen, segment.range_max_m, sensor.clutter);
  sensor.transients.sweep(segment.to - segment.from);
  resolve(sensor, segment.at_once, out);
  out.time = std::max(out.time, now_);
}

// A track that waited for the beam to pass its gate was predicted before. Only what would come out the same now is
// taken: after a restart nothing is there to be taken. (A young track is weighed anew while it waits.)
void Tracker::State::foretell(const Bernoulli& track, Due& due) const {
  due.from = track.time;
  due.age_looks = track.age_looks;
  due.weight = track.weight;
  due.predicted = std::max(due.look.time, track.time);
  const auto end = met_.begin() + static_cast<std::ptrdiff_t>(met_count_);
  const auto met = std::lower_bound(met_.begin(), end, due.serial,
                                    [](const Due& d, std::uint64_t serial) { return d.serial < serial; });
  if (met != end && met->serial == due.serial && met->from == due.from && met->age_looks == due.age_looks &&
      met->look.time == due.look.time && met->weight == due.weight) {
    due.prediction = met->prediction;
    due.prediction.transient_goes_on = 1.0;
    return;
  }
  predictor_.predict(track, to_seconds(due.look.time - track.time).value(), due.prediction);
}

// As more is learned of the sea. A track that missed its last looks is itself a part of what was learned.
void Tracker::State::reweigh_young(const Sensor& sensor, const Planned& planned, Bernoulli& track) {
  if (track.scans_missed > 0 || track.first_radar != sensor.id) return;
  const Segment& s = *planned.look.segment;
  const Vector2 at = planned.position - s.site;
  const double range_m = at.norm();
  const double bearing = std::atan2(at(0), at(1)) - s.north;
  reweigh(track, reaches_of(track, track.plot_looks, [&](std::uint32_t age) {
            return sensor.transients.reach(range_m, bearing, age, track.told_odds);
          }));
}

// What of the place is not blanked to the radar.
double Tracker::State::open_share(const Segment& s, const Due& due) {
  if (s.blanked.empty()) return 1.0;
  const Metres deviation(std::sqrt(std::max(0.5 * due.prediction.mean.pp.trace(), 0.0)));
  return 1.0 - blanked_share(s.blanked, Bearing(Radians(due.bearing - s.north)),
                             Radians(deviation.value() / std::max(due.range_m, 1.0)), Metres(due.range_m), deviation);
}

void Tracker::State::add_due(Sensor& sensor, const Planned& planned, bool all) {
  const PlannedLook& look = planned.look;
  Bernoulli& track = slots_[planned.slot];
  if (due_count_ == due_.size()) due_.emplace_back();
  Due& d = due_[due_count_++];
  d.slot = planned.slot;
  d.serial = track.serial;
  d.look = look;
  d.own_plot = d.neighbours = no_plot;
  d.sensor = sensor.id;
  d.shadow_of = {};
  const double dt = to_seconds(look.time - track.time).value();
  if (track.stage == TrackStage::tentative && track.weight[transient_model] > 0.0)
    reweigh_young(sensor, planned, track);
  foretell(track, d);
  const Segment& s = *look.segment;
  const Vector2 at = d.prediction.mean.position - s.site;
  d.range_m = at.norm();
  d.bearing = std::atan2(at(0), at(1));
  d.begins = d.begins_again = 0.0;
  if (track.weight[transient_model] > 0.0) {
    const double told = track.first_radar == sensor.id ? track.told_odds : 0.0;
    d.reaches = reaches_of(track, track.age_looks + 1, [&](std::uint32_t age) {
      return sensor.transients.reach(d.range_m, d.bearing - s.north, age, told);
    });
    d.prediction.transient_goes_on = going_on(track, d.reaches);
  }
  d.existence = track.existence * std::exp(-std::max(dt, 0.0) / config_.mean_life_s);
  const auto own =
      std::find_if(track.looks.begin(), track.looks.end(), [&](const Look& l) { return l.sensor == sensor.id; });
  const double here = sensor.clutter.detection(d.range_m, d.bearing - s.north);
  constexpr double map_looks = 12.0;  // worth of the map's figure against the track's own record
  double pd = here;
  if (own != track.looks.end()) pd = (map_looks * here + own->detections) / (map_looks + own->looks);
  const bool inside = d.range_m >= s.range_min_m && d.range_m <= s.range_max_m;
  d.open = inside ? s.seen * look.share * open_share(s, d) : 0.0;
  d.visible_detection = std::clamp(pd, 0.1, 0.98) * d.open;
  d.visibility = visibility_after(config_, track.visibility, dt);
  d.detection = d.visibility * d.visible_detection;
  const double passed = look.direction + look.margin;
  d.ready = all || passed <= sensor.beam.frontier();
  d.overdue = passed + most_waiting <= sensor.beam.frontier();
}

void Tracker::State::gather_due(Sensor& sensor, bool all) {
  due_.swap(met_);
  met_count_ = std::exchange(due_count_, std::size_t{0});
  planned_.clear();
  const double frontier = sensor.beam.frontier();
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    if (sensor.wake[slot] > frontier || !slots_[slot].alive) continue;
    Bernoulli& track = slots_[slot];
    const Gaussian mean = moments(track.weight, track.modes, track.used_motions());
    Look& record = look_of(track, sensor.id);
    PlannedLook look = plan_look(sensor.beam, config_, mean, track.time, record.last);
    // The first passage stays the same one while more of it comes in: a gate that reaches beyond the newest sector
    // would else be put off from turn to turn.
    if (std::isnan(record.last)) record.last = look.direction - full_turn;
    while (look.kind == PlannedLook::Kind::unseen && !look_beside(sensor, track, mean, look)) {
      note_blind(track, now_);
      record.last = look.direction;
      record.in_last_turn = false;
      look = plan_look(sensor.beam, config_, mean, track.time, record.last);
    }
    if (look.kind == PlannedLook::Kind::later) {
      sensor.wake[slot] =
          std::min(look.direction - look.margin, next_worth_planning(sensor.beam, config_, mean, look.direction));
      if (sensor.wake[slot] <= frontier) sensor.wake[slot] = 0.5 * (frontier + look.direction - look.margin);
      continue;
    }
    planned_.push_back({track.serial, slot, look, mean.position});
  }
  std::sort(planned_.begin(), planned_.end(), [](const Planned& a, const Planned& b) { return a.serial < b.serial; });
  for (const Planned& p : planned_) {
    if (!all && waits_alone(sensor, p)) continue;
    add_due(sensor, p, all);
  }
  cast_shadows(sensor);
}

void Tracker::State::resolve(Sensor& sensor, bool all, TrackUpdates& out) {
  if (sensor.beam.empty()) return;
  gather_due(sensor, all);
  gather_candidates(sensor);
  gather_clusters(sensor);
  // With few tracks it makes no difference.
  tested_ = static_cast<double>(slots_.size()) > config_.confirm_young ? young_.tested : 0;
  plot_used_.assign(sensor.waiting.size(), false);
  starts_.clear();
  fresh_.clear();
  starts_unclaimed_.clear();
  const double edge = inner_to_ ? 0.0 : sensor.cell.bearing_rad;
  const double whole = sensor.beam.frontier() - edge;
  for (std::size_t k = 0; k < cluster_count_; ++k) {
    const Cluster& cluster = clusters_[k];
    bool ready = true;
    bool overdue = false;
    for (const std::size_t d : cluster.due) {
      ready = ready && due_[d].ready;
      overdue = overdue || due_[d].overdue;
    }
    // What lies on the edge may be half an echo.
    if (!all && !overdue) {
      for (const std::size_t p : cluster.plots) ready = ready && sensor.waiting[p].direction <= whole;
    }
    if (!ready && !overdue) {
      for (const std::size_t p : cluster.plots) plot_used_[p] = true;  // they wait
      continue;
    }
    if (!ready) ++counters.clusters_forced;
    decide(sensor, cluster, out);
    for (const std::size_t p : cluster.plots) plot_used_[p] = false;
  }
  note_neighbours(sensor);
  rest_.clear();
  for (std::size_t p = 0; p < plot_used_.size(); ++p) {
    if (plot_used_[p]) rest_.push_back(sensor.waiting[p]);
  }
  sensor.waiting.swap(rest_);
  coasting_known_ = false;
  for (const Fresh& f : fresh_) recognise(sensor, f, out);
  for (std::size_t k = 0; k < starts_.size(); ++k) start_track(sensor, starts_[k], starts_unclaimed_[k]);
}

void Tracker::State::process_tick(Timestamp now, TrackUpdates& out) {
  if (now <= now_) return;
  now_ = now;
  for (Sensor& s : sensors_) {
    if (s.beam.empty()) continue;
    const double waited = to_seconds(now - s.beam.newest().ended).value();
    // What comes next comes when it is complete. Decided before, vessels at the seam would miss plots that are due.
    if (waited > (0.5 + s.arrives_turns) * s.beam.seconds_per_turn() && !s.waiting.empty()) {
      s.transients.settle();
      resolve(s, true, out);
      hand_over(s, out);
    }
  }
  end_stale(out);
  out.time = std::max(out.time, now_);
  sort_updates(out);
}

// Also what no beam looks at any more: it left the ranges, or its radar stands still.
void Tracker::State::end_stale(TrackUpdates& out) {
  if (now_ < stale_from_) return;
  stale_from_ = now_ + to_duration(Seconds(config_.max_coast_s));
  for (Bernoulli& t : slots_) {
    if (!t.alive) continue;
    if (!deleter_.is_stale(t, now_)) {
      stale_from_ = std::min(stale_from_, deleter_.fresh_until(t));
      continue;
    }
    forget_young(t);
    if (t.stage != TrackStage::tentative) ++counters.tracks_ended;
    note_ended(t, EndReason::not_seen, to_seconds(now_ - t.last_plot).value());
    finish(t, out);
  }
}

void Tracker::State::flush(TrackUpdates& out) {
  for (Sensor& s : sensors_) {
    resolve(s, true, out);
    hand_over(s, out);
  }
  out.time = std::max(out.time, now_);
  sort_updates(out);
}

Tracker::Tracker(const TrackerConfig& config) : state_(std::make_unique<State>(config)) {}
Tracker::~Tracker() = default;
Tracker::Tracker(Tracker&&) noexcept = default;
Tracker& Tracker::operator=(Tracker&&) noexcept = default;
void Tracker::process(const PlotSector& sector, TrackUpdates& out) { state_->process(sector, out); }
void Tracker::process_tick(Timestamp now, TrackUpdates& out) { state_->process_tick(now, out); }
void Tracker::flush(TrackUpdates& out) { state_->flush(out); }
const TrackerCounters& Tracker::counters() const { return state_->counters; }
std::vector<Track> Tracker::tracks() const { return state_->tracks(); }
std::optional<double> Tracker::detection(SensorId sensor, EastNorth place) const {
  return state_->detection(sensor, place);
}
bool Tracker::drop(TrackId id, TrackUpdates& out) { return state_->drop(id, out); }
bool Tracker::exchange(TrackId a, TrackId b, TrackUpdates& out) { return state_->exchange(a, b, out); }
TrackId Tracker::initiate(EastNorth place, Metres deviation, Timestamp time, TrackUpdates& out) {
  return state_->initiate(place, deviation, time, out);
}
void Tracker::follow(const CorrectionStep& step, EastNorth site) { state_->follow(step, site); }
void Tracker::set_no_initiation(std::vector<std::vector<EastNorth>> areas) {
  state_->set_no_initiation(std::move(areas));
}
std::optional<Story> Tracker::story(TrackId id) const { return state_->story(id); }
void Tracker::skip_numbers(std::uint32_t count) { state_->skip_numbers(count); }
TrackerSnapshot Tracker::snapshot() const { return state_->snapshot(); }
void Tracker::restore(const TrackerSnapshot& snapshot) { state_->restore(snapshot); }

}  // namespace headland::tracking
