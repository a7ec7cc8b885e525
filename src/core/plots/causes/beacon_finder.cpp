// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/beacon_finder.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {
namespace {

constexpr double dot_tolerance_m = 45.0;
constexpr double dot_length_most_m = 450.0;
constexpr double most_by_chance = 1e-3;
constexpr double turns_remembered = 75.0;  // three minutes at 24 a minute
// Racon.
constexpr double pause_turns = 3.5;
constexpr std::uint32_t standing_turns = 30;  // a minute and a quarter at 24 a minute
constexpr double stroke_gap_m = 45.0;         // pieces nearer than this are one stroke
constexpr double dash_least_m = 250.0;
constexpr double unit_least_m = 80.0;
constexpr double unit_most_m = 1200.0;
constexpr double strokes_most = 5.0;
constexpr double long_dash_m = 500.0;  // by which two strokes are enough
constexpr double widest_beams = 1.5;   // half the width of a stroke
// Odds.
constexpr double seen_once = 3.0;
constexpr double certain = 1e6;

double apart(double a, double b) { return std::abs(std::remainder(a - b, full_turn)); }

}  // namespace

void BeaconFinder::gather(const PlotSector& sector) {
  const double keep = full_turn * sector.turn + sector.from.radians() - 2.0 * config_.beam_width.radians();
  std::erase_if(pieces_, [&](const Piece& p) { return p.direction < keep || p.direction > keep + full_turn; });
  for (Piece& p : pieces_) p.index = none;
  for (std::size_t i = 0; i < sector.plots.size(); ++i) {
    const Plot& plot = sector.plots[i];
    const double half = 0.5 * plot.range_extent.value();
    pieces_.push_back({direction_of(sector, plot.bearing), 0.5 * plot.bearing_extent.value(), plot.range.value() - half,
                       plot.range.value() + half, plot.range.value(), plot.time, i});
  }
  std::stable_sort(pieces_.begin(), pieces_.end(),
                   [](const Piece& a, const Piece& b) { return a.range_m < b.range_m; });
}

bool BeaconFinder::on_one_bearing(const Piece& a, const Piece& b) const {
  const double least = 0.35 * config_.beam_width.radians();
  return std::abs(a.direction - b.direction) <= std::max({least, 0.5 * a.half_extent, 0.5 * b.half_extent});
}

void BeaconFinder::line_up(std::size_t from) {
  line_.assign(1, from);
  for (std::size_t i = from + 1; i < pieces_.size(); ++i) {
    if (on_one_bearing(pieces_[from], pieces_[i])) line_.push_back(i);
  }
}

// Into found_ and beacon_; found_ empty: none.
void BeaconFinder::find_sart(std::size_t from) {
  std::vector<std::size_t> best;
  double best_spacing = 0.0;
  const double first = pieces_[from].range_m;
  if (pieces_[from].far_m - pieces_[from].near_m > dot_length_most_m) return;
  for (const std::size_t second : line_) {
    const double spacing = pieces_[second].range_m - first;
    if (spacing < spacing_least_m || spacing > spacing_most_m) continue;
    std::vector<std::size_t> dots{from};
    double at = first;
    int missing = 0;
    std::size_t k = 0;
    for (std::size_t step = 1; step < most_dots && missing < 2; ++step) {
      at += spacing;
      while (k < line_.size() && pieces_[line_[k]].range_m < at - dot_tolerance_m) ++k;
      const bool there = k < line_.size() && pieces_[line_[k]].range_m <= at + dot_tolerance_m &&
                         pieces_[line_[k]].far_m - pieces_[line_[k]].near_m <= dot_length_most_m;
      missing += there ? 0 : 1;
      if (!there) continue;
      dots.push_back(line_[k]);
      at = pieces_[line_[k]].range_m;
    }
    if (dots.size() > best.size()) {
      best.swap(dots);
      best_spacing = spacing;
    }
  }
  if (best.size() < least_dots) return;
  const double length = pieces_[best.back()].range_m - first;
  // Others on the line, by which as many dots might lie right by chance.
  const auto inside = static_cast<double>(
      std::count_if(line_.begin(), line_.end(), [&](std::size_t i) { return pieces_[i].range_m <= first + length; }));
  const double strays = std::max(inside - static_cast<double>(best.size()), 0.0) + 0.5;
  const double by_chance = std::min(1.0, strays * 2.0 * dot_tolerance_m / length);
  if (std::pow(by_chance, static_cast<double>(best.size()) - 2.0) * (strays + 1.0) > most_by_chance) return;
  found_ = best;
  const Piece& p = pieces_[from];
  beacon_ = {PlotCause::sart,
             p.direction,
             std::fmod(p.direction, full_turn),
             p.half_extent,
             first,
             best_spacing,
             pieces_[best.back()].far_m,
             1,
             static_cast<std::uint32_t>(best.size()),
             1,
             false,
             {}};
}

void BeaconFinder::find_racon(std::size_t from) {
  if (pieces_[from].half_extent > widest_beams * config_.beam_width.radians()) return;
  std::vector<Stroke> strokes;
  std::vector<std::size_t> parts;  // of each stroke
  std::vector<std::size_t> order = line_;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return pieces_[a].near_m < pieces_[b].near_m; });
  for (const std::size_t i : order) {
    const Piece& p = pieces_[i];
    if (!strokes.empty() && p.near_m - strokes.back().far_m < stroke_gap_m) {
      strokes.back().far_m = std::max(strokes.back().far_m, p.far_m);
      ++parts.back();
    } else {
      strokes.push_back({p.near_m, p.far_m});
      parts.push_back(1);
    }
  }
  // The first is a dash: three units.
  const double dash = strokes.front().far_m - strokes.front().near_m;
  const double unit = dash / 3.0;
  if (dash < dash_least_m || unit < unit_least_m || unit > unit_most_m) return;
  std::size_t n = 1;
  std::size_t pieces = parts.front();
  const double tolerance = std::max(0.15 * unit, 25.0);
  while (n < strokes.size() && static_cast<double>(n) < strokes_most) {
    const double gap = strokes[n].near_m - strokes[n - 1].far_m;
    const double length = strokes[n].far_m - strokes[n].near_m;
    if (std::abs(gap - unit) > tolerance) break;
    if (std::abs(length - unit) > tolerance && std::abs(length - dash) > 1.5 * tolerance) break;
    pieces += parts[n];
    ++n;
  }
  if (n < 2 || (n == 2 && dash < long_dash_m)) return;
  const bool narrow =
      std::all_of(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(pieces),
                  [&](std::size_t i) { return pieces_[i].half_extent <= widest_beams * config_.beam_width.radians(); });
  if (!narrow) return;
  found_.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(pieces));
  const Piece& p = pieces_[from];
  beacon_ = {PlotCause::racon,
             p.direction,
             std::fmod(p.direction, full_turn),
             p.half_extent,
             strokes.front().near_m,
             unit,
             strokes[n - 1].far_m,
             1,
             static_cast<std::uint32_t>(n),
             1,
             false,
             {strokes.begin(), strokes.begin() + static_cast<std::ptrdiff_t>(n)}};
}

void BeaconFinder::note(Beacon beacon, const std::vector<std::size_t>& marks, Timestamp time, PlotSector& sector,
                        std::vector<Mark>& out) {
  const double wide = std::max(config_.beam_width.radians(), 0.5 * pieces_[marks.front()].half_extent);
  const double near = beacon.kind == PlotCause::sart ? 0.5 * dot_spacing_m : 150.0;
  for (Beacon& b : known_) {
    if (b.kind != beacon.kind || apart(b.bearing, beacon.bearing) > wide || std::abs(b.first_m - beacon.first_m) > near)
      continue;
    const double turns_on = (beacon.direction - b.direction) / full_turn;
    beacon.turns = b.turns + (turns_on > 0.5 ? 1 : 0);
    beacon.in_a_row = turns_on > pause_turns ? 1 : b.in_a_row + (turns_on > 0.5 ? 1 : 0);
    beacon.paused = b.paused || turns_on > pause_turns;
    // A stroke may be missing this time.
    if (b.strokes.size() > beacon.strokes.size()) beacon.strokes = b.strokes;
    b = beacon;
    break;
  }
  const bool is_new = std::none_of(known_.begin(), known_.end(), [&](const Beacon& b) {
    return b.kind == beacon.kind && b.direction == beacon.direction && b.first_m == beacon.first_m;
  });
  if (is_new) known_.push_back(beacon);
  for (const std::size_t m : marks) {
    const std::size_t i = pieces_[m].index;
    if (i == none) continue;
    const double odds = odds_of(beacon);
    if (odds > out[i].odds) out[i] = {beacon.kind, odds};
  }
  if (odds_of(beacon) <= 0.0) return;  // of the shore
  sector.beacons.push_back(
      {beacon.kind, time, Bearing(Radians(beacon.bearing)), Metres(beacon.first_m), beacon.marks, beacon.turns});
}

double BeaconFinder::odds_of(const Beacon& beacon) {
  if (beacon.turns < 2) return seen_once;
  if (beacon.kind == PlotCause::sart) return certain;
  if (beacon.in_a_row > standing_turns) return 0.0;
  return beacon.paused || beacon.marks > 2 ? certain : seen_once;
}

// Marks of a beacon that was seen twice or more come again, be they fewer this time.
void BeaconFinder::mark_known(const PlotSector& sector, std::vector<Mark>& out) const {
  const double beam = config_.beam_width.radians();
  for (const Beacon& b : known_) {
    if (odds_of(b) < certain) continue;
    for (std::size_t i = 0; i < sector.plots.size(); ++i) {
      const Plot& plot = sector.plots[i];
      // Before and behind a long mark the threshold is high: its edges in bearing come as plots of their own.
      const double edge =
          b.kind == PlotCause::racon ? b.half_extent + 0.5 * plot.bearing_extent.value() + 0.25 * beam : 0.0;
      const double wide = std::max({0.7 * beam, 0.6 * plot.bearing_extent.value(), edge});
      if (apart(plot.bearing.radians(), b.bearing) > wide) continue;
      const double range = plot.range.value();
      bool is_mark = false;
      if (b.kind == PlotCause::sart) {
        const double step = std::round((range - b.first_m) / b.unit_m);
        is_mark = step >= 0.0 && step < static_cast<double>(most_dots) &&
                  std::abs(range - b.first_m - step * b.unit_m) < 1.5 * dot_tolerance_m;
      } else {
        // A piece of 50 m, a quarter of a dot, at least, within a stroke: a boat among the strokes stays one.
        const double half = 0.5 * plot.range_extent.value();
        is_mark = half > std::max(0.12 * b.unit_m, 25.0) &&
                  plot.bearing_extent.value() < 2.0 * widest_beams * config_.beam_width.radians() &&
                  std::any_of(
                      b.strokes.begin(), b.strokes.end(),
                      [&](const Stroke& s) { return range - half > s.near_m - 60.0 && range + half < s.far_m + 60.0; });
      }
      if (is_mark && certain > out[i].odds) out[i] = {b.kind, certain};
    }
  }
}

void BeaconFinder::judge(PlotSector& sector, std::vector<Mark>& marks) {
  marks.assign(sector.plots.size(), {});
  const double now = full_turn * sector.turn + sector.from.radians();
  std::erase_if(known_, [&](const Beacon& b) {
    return b.direction < now - turns_remembered * full_turn || b.direction > now + full_turn;
  });
  gather(sector);
  std::vector<bool> used(pieces_.size(), false);
  for (std::size_t from = 0; from < pieces_.size(); ++from) {
    if (used[from]) continue;
    found_.clear();
    line_up(from);
    if (line_.size() >= least_dots) find_sart(from);
    if (found_.empty() && line_.size() >= 2) find_racon(from);
    // Found in this sector only where it has a part in it: the sector before told its own.
    const bool here =
        std::any_of(found_.begin(), found_.end(), [&](std::size_t m) { return pieces_[m].index != none; });
    if (!here) continue;
    for (const std::size_t m : found_) used[m] = true;
    note(beacon_, found_, pieces_[from].time, sector, marks);
  }
  mark_known(sector, marks);
}

}  // namespace headland::plots
