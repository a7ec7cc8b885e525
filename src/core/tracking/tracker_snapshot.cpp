// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/tracker_snapshot.hpp"

#include <algorithm>
#include <limits>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

std::int64_t to_ns(Timestamp t) { return t.time_since_epoch().count(); }
Timestamp from_ns(std::int64_t ns) { return Timestamp(Duration(ns)); }

template <class Block>
std::size_t put(const Block& block, std::array<double, 16>& values, std::size_t at) {
  for (Eigen::Index r = 0; r < block.rows(); ++r) {
    for (Eigen::Index c = 0; c < block.cols(); ++c) values[at++] = block(r, c);
  }
  return at;
}
template <class Block>
std::size_t get(Block& block, const std::array<double, 16>& values, std::size_t at) {
  for (Eigen::Index r = 0; r < block.rows(); ++r) {
    for (Eigen::Index c = 0; c < block.cols(); ++c) block(r, c) = values[at++];
  }
  return at;
}

StorySnapshot to_snapshot(TrackId id, const Story& story) {
  StorySnapshot s;
  s.id = id.value();
  s.left_out = story.left_out();
  s.missing = static_cast<std::uint8_t>(story.missing());
  for (const Fact& f : story.facts()) {
    s.facts.push_back({static_cast<std::uint8_t>(f.kind), static_cast<std::uint8_t>(f.reason), to_ns(f.first),
                       to_ns(f.last), f.count, f.other.value(), f.value, f.place.east.value(), f.place.north.value()});
  }
  return s;
}

Story from_snapshot(const StorySnapshot& s) {
  std::vector<Fact> facts;
  for (const FactSnapshot& f : s.facts) {
    const auto kind =
        static_cast<FactKind>(std::min<std::uint8_t>(f.kind, static_cast<std::uint8_t>(FactKind::exchanged)));
    const auto reason =
        static_cast<EndReason>(std::min<std::uint8_t>(f.reason, static_cast<std::uint8_t>(EndReason::twin)));
    facts.push_back({kind,
                     reason,
                     from_ns(f.first_ns),
                     from_ns(f.last_ns),
                     f.count,
                     TrackId(f.other),
                     f.value,
                     {Metres(f.east_m), Metres(f.north_m)}});
  }
  Story story;
  story.restore(std::move(facts), s.left_out, s.missing != 0);
  return story;
}

BernoulliSnapshot to_snapshot(const Bernoulli& t) {
  BernoulliSnapshot s{t.serial,
                      t.id.value(),
                      to_ns(t.time),
                      to_ns(t.began),
                      to_ns(t.last_plot),
                      t.existence,
                      t.first_odds,
                      t.spread,
                      static_cast<std::uint8_t>(t.stage),
                      t.scans_missed,
                      t.plots_used,
                      t.age_looks,
                      t.plot_looks,
                      {},
                      {},
                      {},
                      t.transient_goes_on,
                      t.missed_so,
                      t.first_radar.value(),
                      t.told_odds,
                      t.told_weight,
                      t.told_age,
                      t.told_cell,
                      t.visibility,
                      t.length_m,
                      t.width_m,
                      t.strength_db,
                      {},
                      {},
                      static_cast<std::uint8_t>(t.was_confirmed),
                      t.identity,
                      to_snapshot(t.id, t.story),
                      t.extent.sums(),
                      t.history.sums()};
  for (std::size_t k = 0; k < most_starts; ++k) {
    s.start_looks[k] = t.starts[k].look;
    s.start_shares[k] = t.starts[k].share;
    s.start_reaches[k] = t.starts[k].reach;
  }
  for (std::size_t m = 0; m < model_count; ++m) {
    ModeSnapshot mode;
    mode.weight = t.weight[m];
    std::size_t at = put(t.modes[m].position, mode.values, 0);
    at = put(t.modes[m].velocity, mode.values, at);
    at = put(t.modes[m].pp, mode.values, at);
    at = put(t.modes[m].pv, mode.values, at);
    put(t.modes[m].vv, mode.values, at);
    s.modes.push_back(mode);
  }
  for (const Look& l : t.looks) {
    s.looks.push_back({l.sensor.value(), l.last, l.detections, l.looks, l.weight, l.deep_m, l.wide_rad,
                       to_ns(l.last_plot), l.in_last_turn});
  }
  return s;
}

Bernoulli from_snapshot(const BernoulliSnapshot& s) {
  Bernoulli t;
  t.serial = s.serial;
  t.id = TrackId(s.id);
  t.time = from_ns(s.time_ns);
  t.began = from_ns(s.began_ns);
  t.last_plot = from_ns(s.last_plot_ns);
  t.existence = s.existence;
  t.first_odds = s.first_odds;
  t.alive = true;
  t.spread = s.spread != 0 && s.modes.size() == model_count;
  t.stage = static_cast<TrackStage>(std::min<std::uint8_t>(s.stage, 3));
  t.scans_missed = s.scans_missed;
  t.plots_used = s.plots_used;
  t.age_looks = s.age_looks;
  t.plot_looks = s.plot_looks;
  for (std::size_t k = 0; k < most_starts; ++k) t.starts[k] = {s.start_looks[k], s.start_shares[k], s.start_reaches[k]};
  t.transient_goes_on = s.transient_goes_on;
  t.missed_so = s.missed_so;
  t.first_radar = SensorId(s.first_radar);
  t.told_odds = s.told_odds;
  t.told_weight = s.told_weight;
  t.told_age = s.told_age;
  t.told_cell = s.told_cell;
  t.visibility = s.visibility;
  t.length_m = s.length_m;
  t.width_m = s.width_m;
  t.strength_db = s.strength_db;
  t.was_confirmed = s.was_confirmed != 0;
  t.identity = s.identity;
  t.extent.restore(s.extent);
  t.history.restore(s.history);
  t.story = from_snapshot(s.story);
  for (std::size_t m = 0; m < std::min(model_count, s.modes.size()); ++m) {
    const auto& values = s.modes[m].values;
    t.weight[m] = s.modes[m].weight;
    std::size_t at = get(t.modes[m].position, values, 0);
    at = get(t.modes[m].velocity, values, at);
    at = get(t.modes[m].pp, values, at);
    at = get(t.modes[m].pv, values, at);
    get(t.modes[m].vv, values, at);
  }
  for (const LookSnapshot& l : s.looks) {
    t.looks.push_back({SensorId(static_cast<std::uint16_t>(l.sensor)), l.last, l.detections, l.looks, l.weight,
                       l.deep_m, l.wide_rad, from_ns(l.last_plot_ns), l.in_last_turn});
  }
  return t;
}

PlotSnapshot to_snapshot(const PlacedPlot& p) {
  return {p.direction,
          p.range_m,
          p.bearing,
          to_ns(p.time),
          {p.position(0), p.position(1), p.noise(0, 0), p.noise(0, 1), p.noise(1, 0), p.noise(1, 1)},
          p.clutter,
          p.birth_share,
          p.transient_share,
          p.transient_reach,
          p.strength_db,
          p.range_extent_m,
          p.cross_extent_m,
          p.cells,
          static_cast<std::uint8_t>(p.radial.kind),
          p.radial.aim,
          p.radial.speed_mps,
          p.radial.bound_mps};
}

PlacedPlot from_snapshot(const PlotSnapshot& s, double gate_sigmas) {
  PlacedPlot p;
  p.direction = s.direction;
  p.range_m = s.range_m;
  p.bearing = s.bearing;
  p.time = from_ns(s.time_ns);
  p.position << s.place[0], s.place[1];
  p.noise << s.place[2], s.place[3], s.place[4], s.place[5];
  p.reach_m = gate_sigmas * std::sqrt(p.noise.trace());
  p.clutter = s.clutter;
  p.birth_share = s.birth_share;
  p.transient_share = s.transient_share;
  p.transient_reach = s.transient_reach;
  p.strength_db = s.strength_db;
  p.range_extent_m = s.range_extent_m;
  p.cross_extent_m = s.cross_extent_m;
  p.cells = s.cells;
  p.radial = {static_cast<RadialSight::Kind>(std::min<std::uint8_t>(s.radial_kind, 4)), s.radial_aim,
              s.radial_speed_mps, s.radial_bound_mps};
  return p;
}

std::vector<double> to_snapshot(const std::vector<BlankedSector>& areas) {
  std::vector<double> out;
  for (const BlankedSector& a : areas) {
    out.insert(out.end(), {a.from.radians(), a.to.radians(), a.range_min.value(), a.range_max.value()});
  }
  return out;
}

std::vector<BlankedSector> from_snapshot(const std::vector<double>& numbers) {
  std::vector<BlankedSector> out;
  for (std::size_t i = 0; i + 4 <= numbers.size(); i += 4) {
    out.push_back({Bearing(Radians(numbers[i])), Bearing(Radians(numbers[i + 1])), Metres(numbers[i + 2]),
                   Metres(numbers[i + 3])});
  }
  return out;
}

SensorSnapshot to_snapshot(const Sensor& s) {
  SensorSnapshot out;
  out.sensor = s.id.value();
  out.seconds_per_turn = s.beam.seconds_per_turn();
  for (const Segment& g : s.beam.segments()) {
    out.segments.push_back({g.from, g.to, to_ns(g.began), to_ns(g.ended), g.seen, g.range_min_m, g.range_max_m,
                            g.site(0), g.site(1), g.north, static_cast<std::uint8_t>(g.at_once),
                            to_snapshot(g.blanked)});
  }
  for (const PlacedPlot& p : s.waiting) out.waiting.push_back(to_snapshot(p));
  const auto& n = s.clutter.numbers();
  out.clutter_counts.assign(n.counts.begin(), n.counts.end());
  out.clutter_turns.assign(n.turns.begin(), n.turns.end());
  out.detections.assign(n.detections.begin(), n.detections.end());
  out.looks.assign(n.looks.begin(), n.looks.end());
  out.cell_detections.assign(n.cell_detections.begin(), n.cell_detections.end());
  out.cell_looks.assign(n.cell_looks.begin(), n.cell_looks.end());
  const auto& u = s.newcomers.numbers();
  out.newcomers.assign(u.begin(), u.end());
  const auto& t = s.transients.numbers();
  out.transient_counts.assign(t.counts.begin(), t.counts.end());
  out.transient_plots.assign(t.plots.begin(), t.plots.end());
  out.transient_evidence.assign(t.evidence.begin(), t.evidence.end());
  out.set_back = static_cast<std::uint8_t>(s.set_back);
  const Smear& m = s.smear;
  const ShadowLoss::Numbers& b = s.shadows.numbers();
  out.learned = {t.swept,         s.close_looks,     s.close_unresolved,
                 s.farthest_m,    m.usual_along_m(), m.usual_across_rad(),
                 m.strength_db(), s.arrives_turns,   t.turns,
                 s.refused,       n.range_max_m,     b.lost[0],
                 b.looks[0],      b.lost[1],         b.looks[1]};
  return out;
}

template <std::size_t N>
void copy(const std::vector<double>& from, std::array<double, N>& to) {
  std::copy_n(from.begin(), std::min(from.size(), N), to.begin());
}

Sensor from_snapshot(const SensorSnapshot& in, const TrackerConfig& config) {
  Sensor s = new_sensor(SensorId(static_cast<std::uint16_t>(in.sensor)), config);
  std::deque<Segment> segments;
  for (const SegmentSnapshot& g : in.segments) {
    segments.push_back({g.from, g.to, from_ns(g.began_ns), from_ns(g.ended_ns), g.seen, g.range_min_m, g.range_max_m,
                        Vector2(g.site_east_m, g.site_north_m), g.north, g.at_once != 0, from_snapshot(g.blanked)});
  }
  s.beam.restore(std::move(segments), in.seconds_per_turn);
  for (const PlotSnapshot& p : in.waiting) s.waiting.push_back(from_snapshot(p, config.gate_sigmas));
  ClutterMap::Numbers n;
  copy(in.clutter_counts, n.counts);
  copy(in.clutter_turns, n.turns);
  copy(in.detections, n.detections);
  copy(in.looks, n.looks);
  copy(in.cell_detections, n.cell_detections);
  copy(in.cell_looks, n.cell_looks);
  n.range_max_m = in.learned[10];
  s.clutter.restore(n);
  Newcomers::Numbers u{};
  copy(in.newcomers, u);
  s.newcomers.restore(u);
  TransientMap::Numbers t;
  copy(in.transient_counts, t.counts);
  copy(in.transient_plots, t.plots);
  copy(in.transient_evidence, t.evidence);
  t.swept = in.learned[0];
  t.turns = in.learned[8];
  s.transients.restore(t);
  s.close_looks = in.learned[1];
  s.close_unresolved = in.learned[2];
  s.farthest_m = in.learned[3];
  s.smear.restore(in.learned[4], in.learned[5], in.learned[6]);
  s.arrives_turns = in.learned[7];
  s.refused = in.learned[9];
  s.shadows.restore({{in.learned[11], in.learned[13]}, {in.learned[12], in.learned[14]}});
  s.set_back = in.set_back != 0;
  return s;
}

}  // namespace

TrackerSnapshot Tracker::State::snapshot() const {
  TrackerSnapshot s;
  s.now_ns = to_ns(now_);
  s.next_serial = next_serial_;
  s.next_id = next_id_;
  for (const Bernoulli& t : slots_) {
    if (t.alive) s.tracks.push_back(to_snapshot(t));
  }
  std::sort(s.tracks.begin(), s.tracks.end(), [](const auto& a, const auto& b) { return a.serial < b.serial; });
  for (const Sensor& sensor : sensors_) s.sensors.push_back(to_snapshot(sensor));
  for (const Bernoulli& t : lost_) s.lost.push_back(to_snapshot(t));
  for (const auto& [id, story] : told_) s.told.push_back(to_snapshot(id, story));
  const TrackerCounters& c = counters;
  s.counters = {c.sectors,
                c.sectors_late,
                c.gaps,
                c.plots,
                c.plots_impossible,
                c.tracks_begun,
                c.tracks_confirmed,
                c.tracks_ended,
                c.tracks_refused,
                c.clusters_forced,
                c.largest_cluster,
                c.clusters_approximated,
                c.tracks_recognised,
                c.plots_in_no_area,
                c.sectors_late_used,
                c.plots_joined,
                c.plots_of_pieces,
                c.twins_ended,
                c.clusters_unsettled,
                c.clock_steps};
  for (const auto& [serials, twin] : twins_) {
    s.twins.push_back({serials.first, serials.second, twin.looks, twin.both, to_ns(twin.last)});
  }
  return s;
}

void Tracker::State::restore(const TrackerSnapshot& s) {
  slots_.clear();
  due_count_ = met_count_ = 0;
  free_.clear();
  sensors_.clear();
  now_ = from_ns(s.now_ns);
  next_serial_ = s.next_serial;
  next_id_ = s.next_id;
  for (const BernoulliSnapshot& t : s.tracks) slots_.push_back(from_snapshot(t));
  young_ = {};
  for (const Bernoulli& t : slots_) count_young(t);
  stale_from_ = Timestamp{};
  lost_.clear();
  for (const BernoulliSnapshot& t : s.lost) {
    lost_.push_back(from_snapshot(t));
    lost_.back().alive = false;
  }
  told_.clear();
  for (const StorySnapshot& t : s.told) told_.emplace_back(TrackId(t.id), from_snapshot(t));
  for (const SensorSnapshot& sensor : s.sensors) {
    sensors_.push_back(from_snapshot(sensor, config_));
    sensors_.back().wake.assign(slots_.size(), -std::numeric_limits<double>::infinity());
  }
  TrackerCounters& c = counters;
  std::uint64_t* const fields[] = {&c.sectors,
                                   &c.sectors_late,
                                   &c.gaps,
                                   &c.plots,
                                   &c.plots_impossible,
                                   &c.tracks_begun,
                                   &c.tracks_confirmed,
                                   &c.tracks_ended,
                                   &c.tracks_refused,
                                   &c.clusters_forced,
                                   &c.largest_cluster,
                                   &c.clusters_approximated,
                                   &c.tracks_recognised,
                                   &c.plots_in_no_area,
                                   &c.sectors_late_used,
                                   &c.plots_joined,
                                   &c.plots_of_pieces,
                                   &c.twins_ended,
                                   &c.clusters_unsettled,
                                   &c.clock_steps};
  twins_.clear();
  for (const TwinSnapshot& t : s.twins) twins_[{t.older, t.younger}] = {t.looks, t.both, from_ns(t.last_ns)};
  for (std::size_t k = 0; k < std::min(std::size(fields), s.counters.size()); ++k) *fields[k] = s.counters[k];
}

}  // namespace headland::tracking
