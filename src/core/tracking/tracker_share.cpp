// SPDX-License-Identifier: Apache-2.0
// Neighbours: small clusters of believed tracks hypothesis by hypothesis, and plots that two of them share.
//
// Two share a plot as far as their usual echoes reach, which a radar knows of a vessel only once it saw it alone
// (unknown: its beam and pulse). The plot lies between them by the areas of their echoes, also where that is in the
// gate of neither. Three in one plot are not modelled, nor one shared with a track that is not believed yet.
#include <algorithm>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

// Of pairs at one place, before and while it is learned.
constexpr double prior_unresolved = 0.5;
constexpr double prior_looks = 4.0;
constexpr double memory_looks = 300.0;
constexpr double least_unresolved = 0.01;
constexpr double well_covered = 0.5;
constexpr double farthest_reaches = 1.75;  // apart: a probability below that by any scale
// Where between the two a shared plot lies: deviation, in parts of their distance, where nothing is known of their
// echoes, and where it is known how large they are.
constexpr double off_middle = 0.3;
constexpr double off_centroid = 0.15;
constexpr double extent_scatter = 0.25;  // of an extent from look to look, of itself

double fourth(double x) { return x * x * x * x; }

// That two vessels gave one plot says that they are no farther apart than beam and pulse, nothing more. Where they were
// expected farther apart, it pulls them together; nearer, it tells nothing, however often.
struct Gap {
  Vector2 vector = Vector2::Zero();  // from the first to the second, within beam and pulse
  Matrix2 noise = Matrix2::Zero();   // m^2, of the pull
  bool pulled = false;
};

// How far apart the echoes of two vessels still touch: half of both. Where that is not known, the radar's beam and
// pulse.
struct Reach {
  Resolution cell;
  double share = 0.5;  // of the second in the centroid of both
  bool known = false;
};

Reach reach_of(const Resolution& cell, const Look& a, const Look& b) {
  if (a.deep_m <= 0.0 || b.deep_m <= 0.0) return {cell, 0.5, false};
  const double of_a = a.deep_m * a.wide_rad;
  const double of_b = b.deep_m * b.wide_rad;
  return {{0.5 * (a.deep_m + b.deep_m), 0.5 * (a.wide_rad + b.wide_rad)}, of_b / (of_a + of_b), true};
}

double far_by(const Resolution& cell, double range_m, double bearing_rad) {
  return fourth(range_m / cell.range_m) + fourth(bearing_rad / cell.bearing_rad);
}

double log_misfit(double seen, double expected) {
  return 0.5 * std::pow(std::log(seen / expected) / extent_scatter, 2);
}

// By how much the size of a plot is likelier of the two together, so far apart, than of one of them: the logarithm.
double log_by_extent(const PlacedPlot& plot, const Look& a, const Look& b, double apart_m, double apart_rad) {
  if (plot.range_extent_m <= 0.0 || plot.cross_extent_m <= 0.0) return 0.0;
  const double wide_rad = plot.cross_extent_m / plot.range_m;
  const auto alone = [&](const Look& l) {
    return log_misfit(plot.range_extent_m, l.deep_m) + log_misfit(wide_rad, l.wide_rad);
  };
  const auto together = [](double one, double other, double apart) {
    return std::max({one, other, 0.5 * (one + other) + std::abs(apart)});
  };
  const double both = log_misfit(plot.range_extent_m, together(a.deep_m, b.deep_m, apart_m)) +
                      log_misfit(wide_rad, together(a.wide_rad, b.wide_rad, apart_rad));
  return std::clamp(std::min(alone(a), alone(b)) - both, -most_by_extent, most_by_extent);
}

Gap within_cell(const Resolution& cell, const Segment& s, const Vector2& place, const Vector2& between) {
  const Vector2 sight = place - s.site;
  const double range_m = std::max(sight.norm(), 1.0);
  const Vector2 along = sight / range_m;
  const Vector2 across(along(1), -along(0));
  const double deep_m = cell.range_m;
  const double wide_m = range_m * cell.bearing_rad;
  const double far = fourth(along.dot(between) / deep_m) + fourth(across.dot(between) / wide_m);
  if (far <= 1.0) return {between, Matrix2::Zero(), false};
  const double half = 0.25;  // squared: half of beam and pulse
  return {between / std::sqrt(std::sqrt(far)),
          half * (deep_m * deep_m * along * along.transpose() + wide_m * wide_m * across * across.transpose()), true};
}

// A plot of both lies between them: z = own_share own + (1 - own_share) other + noise. For one of them it is then a
// measurement of (z - (1 - own_share) other) / own_share, as uncertain as noise and the other make it. With a pull,
// own - other = `apart` besides; the other is then summed out of the joint information.
void place_share(PlacedPlot& z, const Matrix2& noise, const Vector2& other, const Matrix2& doubt, const Gap& gap,
                 const Vector2& apart, double own_share) {
  const double rest = 1.0 - own_share;
  if (!gap.pulled) {
    z.position = (z.position - rest * other) / own_share;
    z.noise = (noise + rest * rest * doubt) / (own_share * own_share);
    return;
  }
  const Matrix2 middle = inverse(noise);
  const Matrix2 pull = inverse(gap.noise);
  const Matrix2 prior = inverse(doubt);
  const Matrix2 cross = own_share * rest * middle - pull;
  const Matrix2 gain = cross * inverse(rest * rest * middle + pull + prior);
  const Vector2 own = own_share * middle * z.position + pull * apart;
  const Vector2 of_other = rest * middle * z.position - pull * apart + prior * other;
  z.noise = inverse(own_share * own_share * middle + pull - gain * cross);
  symmetrise(z.noise);
  z.position = z.noise * (own - gain * of_other);
}

}  // namespace

// Two tracks and the one plot that may be of both: it lies between them, by the areas of their echoes.
struct Between {
  const Due& a;
  const Due& b;
  const Look& seen_a;
  const Look& seen_b;
  Reach reach;
  double apart_m = 0.0, apart_rad = 0.0;
  Gap gap;
  Matrix2 off = Matrix2::Zero();

  Between(const Resolution& cell, const Due& first, const Look& seen_first, const Due& second, const Look& seen_second)
      : a(first), b(second), seen_a(seen_first), seen_b(seen_second), reach(reach_of(cell, seen_a, seen_b)) {
    apart_m = a.range_m - b.range_m;
    apart_rad = std::remainder(a.bearing - b.bearing, full_turn);
    const Vector2& at_a = a.prediction.mean.position;
    const Vector2& at_b = b.prediction.mean.position;
    gap = within_cell(reach.cell, *a.look.segment, 0.5 * (at_a + at_b), at_b - at_a);
    const double off_by = reach.known ? off_centroid : off_middle;
    off = (off_by * off_by) * gap.vector * gap.vector.transpose();
  }

  // That two points there give one plot, relative to two at one place.
  [[nodiscard]] double unresolved(const Resolution& within) const {
    return std::exp(-0.5 * std::min(far_by(within, apart_m, apart_rad), 100.0));
  }
  [[nodiscard]] static Vector2 place(const Due& d, const PlacedPlot& plot) {
    return d.prediction.mean.position + to_seconds(plot.time - d.predicted).value() * d.prediction.mean.velocity;
  }
  [[nodiscard]] Matrix2 spread(const PlacedPlot& plot) const {
    const double of_a = 1.0 - reach.share, of_b = reach.share;
    return of_a * of_a * a.prediction.mean.pp + of_b * of_b * b.prediction.mean.pp + plot.noise + off;
  }
  [[nodiscard]] double distance2(const PlacedPlot& plot, const Matrix2& spread) const {
    const Vector2 middle = (1.0 - reach.share) * place(a, plot) + reach.share * place(b, plot);
    return quadratic(inverse(spread), plot.position - middle);
  }
};

namespace {

double unresolved_scale(const Sensor& sensor) {
  return (sensor.close_unresolved + prior_unresolved * prior_looks) / (sensor.close_looks + prior_looks);
}

bool has_cell(const Sensor& sensor) { return sensor.cell.range_m > 0.0 && sensor.cell.bearing_rad > 0.0; }

}  // namespace

bool Tracker::State::share_out(Sensor& sensor, const Cluster& cluster) {
  std::size_t believed = 0;
  for (const std::size_t d : cluster.due) believed += slots_[due_[d].slot].stage != TrackStage::tentative ? 1U : 0U;
  if (believed < 2) return false;
  const bool fits = cluster.due.size() <= Enumerator::most_tracks;
  if (fits) find_close(sensor, cluster);
  if (!fits || !enumerator_.solve(problem_, sharing_, result_, shared_)) {
    ++counters.clusters_approximated;
    return false;
  }
  for (std::size_t p = 0; p < sharing_.pairs.size(); ++p) {
    const ClosePair& pair = sharing_.pairs[p];
    const double none = result_.track_none[pair.a] * result_.track_none[pair.b];
    const double near = pair.unresolved / std::max(due_[cluster.due[pair.a]].unresolved_scale, 1e-3);
    const double keep = 1.0 - 1.0 / memory_looks;
    sensor.close_looks = sensor.close_looks * keep + near * (1.0 - none);
    sensor.close_unresolved = sensor.close_unresolved * keep + near * std::min(shared_.unresolved[p], 1.0);
  }
  note_twins(sensor, cluster);
  return true;
}

// Two vessels so near that one plot may be of both belong to one cluster if such a plot is there, also where it lies in
// the gate of one alone, or of neither: between two long hulls. Else it would be taken for a turn of the one, and the
// other for unseen. Where it is not known how large their echoes are, nothing tells such a plot from one vessel's own.
void Tracker::State::join_close(Sensor& sensor, std::vector<std::size_t>& parent) {
  if (!has_cell(sensor)) return;
  const double scale = unresolved_scale(sensor);
  close_.clear();
  double widest_rad = sensor.cell.bearing_rad;
  for (std::size_t i = 0; i < due_count_; ++i) {
    Bernoulli& track = slots_[due_[i].slot];
    if (track.stage == TrackStage::tentative) continue;
    close_.push_back(i);
    widest_rad = std::max(widest_rad, look_of(track, sensor.id).wide_rad);
  }
  std::stable_sort(close_.begin(), close_.end(),
                   [&](std::size_t x, std::size_t y) { return due_[x].look.direction < due_[y].look.direction; });
  const auto join = [&](std::size_t x, std::size_t y) {
    x = root_of(parent, x), y = root_of(parent, y);
    parent[std::max(x, y)] = std::min(x, y);
  };
  for (std::size_t x = 0; x < close_.size(); ++x) {
    const Due& a = due_[close_[x]];
    const Look& seen_a = look_of(slots_[a.slot], sensor.id);
    for (std::size_t y = x + 1; y < close_.size(); ++y) {
      const Due& b = due_[close_[y]];
      if (b.look.direction - a.look.direction > farthest_reaches * widest_rad) break;
      const Look& seen_b = look_of(slots_[b.slot], sensor.id);
      const Between between(sensor.cell, a, seen_a, b, seen_b);
      if (!between.reach.known || scale * between.unresolved(between.reach.cell) < least_unresolved) continue;
      const double from = a.look.direction - a.look.margin, to = b.look.direction + b.look.margin;
      auto p = std::lower_bound(sensor.waiting.begin(), sensor.waiting.end(), from,
                                [](const PlacedPlot& plot, double value) { return plot.direction < value; });
      for (; p != sensor.waiting.end() && p->direction <= to; ++p) {
        if (between.distance2(*p, between.spread(*p)) > config_.gate_sigmas * config_.gate_sigmas) continue;
        join(close_[x], close_[y]);
        const std::size_t at = static_cast<std::size_t>(p - sensor.waiting.begin());
        join(close_[x], due_count_ + at);
        // And whoever else lies in it.
        for (const std::size_t z : close_) {
          if (covered_by(sensor, due_[z], *p) >= well_covered) join(z, due_count_ + at);
        }
      }
    }
  }
}

void Tracker::State::find_close(Sensor& sensor, const Cluster& cluster) {
  sharing_.pairs.clear();
  sharing_.shares.clear();
  shared_candidates_.clear();
  shared_plots_.clear();
  shared_by_extent_.clear();
  const std::size_t most = cluster.due.size() * cluster.due.size() * cluster.plots.size();
  shared_candidates_.reserve(most + 2);
  shared_plots_.reserve(most + 2);
  if (!has_cell(sensor)) return;
  const double scale = unresolved_scale(sensor);
  for (std::size_t a = 0; a < cluster.due.size(); ++a) {
    Due& da = due_[cluster.due[a]];
    da.unresolved_scale = scale;
    if (slots_[da.slot].stage == TrackStage::tentative) continue;
    for (std::size_t b = a + 1; b < cluster.due.size(); ++b) {
      const Due& db = due_[cluster.due[b]];
      if (slots_[db.slot].stage == TrackStage::tentative) continue;
      const Between between(sensor.cell, da, look_of(slots_[da.slot], sensor.id), db,
                            look_of(slots_[db.slot], sensor.id));
      ClosePair pair;
      pair.a = a;
      pair.b = b;
      pair.near = between.unresolved(sensor.cell);
      pair.unresolved = scale * between.unresolved(between.reach.cell);
      if (pair.unresolved < least_unresolved) continue;
      offer_shares(sensor, cluster, between, pair);
      sharing_.pairs.push_back(pair);
    }
  }
}

void Tracker::State::offer_shares(const Sensor& sensor, const Cluster& cluster, const Between& between,
                                  ClosePair& pair) {
  const Due& da = between.a;
  const Due& db = between.b;
  const double missed = (1.0 - da.existence * da.detection) * (1.0 - db.existence * db.detection);
  const double found = da.existence * db.existence * (1.0 - (1.0 - da.detection) * (1.0 - db.detection));
  pair.first_share = sharing_.shares.size();
  for (std::size_t p = 0; p < cluster.plots.size(); ++p) {
    const PlacedPlot& plot = sensor.waiting[cluster.plots[p]];
    const auto wanted = [&](std::size_t track) {
      return std::any_of(problem_.pairs.begin(), problem_.pairs.end(),
                         [&](const auto& q) { return q.track == track && q.plot == p; });
    };
    if (!between.reach.known && !wanted(pair.a) && !wanted(pair.b)) continue;
    const Matrix2 s = between.spread(plot);
    const double distance2 = between.distance2(plot, s);
    if (distance2 > config_.gate_sigmas * config_.gate_sigmas) continue;
    double likelihood = std::exp(-0.5 * distance2) / (2.0 * std::numbers::pi * std::sqrt(determinant(s)));
    const double by_extent =
        between.reach.known ? log_by_extent(plot, between.seen_a, between.seen_b, between.apart_m, between.apart_rad)
                            : 0.0;
    likelihood *= std::exp(by_extent);
    const auto offer = [&](const Due& own, const Due& other, const Vector2& apart, double own_share) {
      PlacedPlot z = plot;
      z.shared = true;
      z.radial = {};  // of which of the two, nobody knows
      place_share(z, plot.noise + between.off, Between::place(other, plot), other.prediction.mean.pp, between.gap,
                  apart, own_share);
      Candidate c;
      (void)gate(own.prediction, own.predicted, z, config_.gate_sigmas, c);
      c.plot = cluster.plots[p];
      shared_plots_.push_back(z);
      shared_candidates_.push_back(c);
    };
    offer(da, db, -between.gap.vector, 1.0 - between.reach.share);
    offer(db, da, between.gap.vector, between.reach.share);
    shared_by_extent_.push_back(by_extent);
    sharing_.shares.push_back({p, pair.unresolved * found * likelihood / missed});
  }
  pair.last_share = sharing_.shares.size();
}

// How far the plot reaches over a track of which the radar knows how large its echo is: 1 in its middle.
double Tracker::State::covered_by(Sensor& sensor, const Due& d, const PlacedPlot& plot) {
  const Look& seen = look_of(slots_[d.slot], sensor.id);
  if (seen.deep_m <= 0.0 || plot.range_extent_m <= 0.0 || plot.cross_extent_m <= 0.0) return 0.0;
  if (slots_[d.slot].stage == TrackStage::tentative) return 0.0;
  const Resolution reach{0.5 * (plot.range_extent_m + seen.deep_m),
                         0.5 * (plot.cross_extent_m / plot.range_m + seen.wide_rad)};
  const double apart = std::remainder(d.look.direction - plot.direction, full_turn);
  return std::exp(-0.5 * std::min(far_by(reach, d.range_m - plot.range_m, apart), 100.0));
}

// That a track has no plot of its own because one that is of others covers it: a boat between two ships that give one
// echo. Three vessels in one plot are not modelled; but that it was not seen says so much less.
double Tracker::State::hidden_by_others(Sensor& sensor, const Cluster& cluster, std::size_t track) {
  const Due& d = due_[cluster.due[track]];
  double hidden = 0.0;
  for (std::size_t p = 0; p < cluster.plots.size(); ++p) {
    const PlacedPlot& plot = sensor.waiting[cluster.plots[p]];
    const double covered = covered_by(sensor, d, plot);
    if (covered <= 0.0) continue;
    double own = 0.0;
    for (std::size_t k = 0; k < problem_.pairs.size(); ++k) {
      if (problem_.pairs[k].track == track && problem_.pairs[k].plot == p) own += result_.pair[k];
    }
    for (const ClosePair& pair : sharing_.pairs) {
      if (pair.a != track && pair.b != track) continue;
      for (std::size_t k = pair.first_share; k < pair.last_share; ++k) {
        if (sharing_.shares[k].plot == p) own += shared_.share[k];
      }
    }
    const double others = std::clamp(1.0 - result_.plot_none[p] - own, 0.0, 1.0);
    hidden = std::max(hidden, others * covered);
  }
  return hidden * unresolved_scale(sensor);
}

double Tracker::State::take_shares(std::size_t track) {
  double sum = 0.0;
  for (const ClosePair& pair : sharing_.pairs) {
    if (pair.a != track && pair.b != track) continue;
    for (std::size_t k = pair.first_share; k < pair.last_share; ++k) {
      const std::size_t at = 2 * k + (pair.a == track ? 0 : 1);
      sum += shared_.share[k];
      if (shared_.share[k] <= 0.0 || shared_candidates_[at].likelihood <= 0.0) continue;
      weighted_.push_back({&shared_candidates_[at], &shared_plots_[at], shared_.share[k]});
    }
  }
  return sum;
}

}  // namespace headland::tracking
