// SPDX-License-Identifier: Apache-2.0
#include "core/integration/sector_merge.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headland::integration {
namespace {

constexpr double remembered_turns = 20.0;  // a weak path is hardly ever longer when it is declared

double start_of(const PlotSector& s) { return s.turn + static_cast<double>(s.sector) / s.sectors_per_turn; }
double end_of(const PlotSector& s) { return s.turn + (s.sector + 1.0) / s.sectors_per_turn; }

}  // namespace

// Whether a plot so long before the weak one lies on its path, to within cells, extents and what the path may slip.
bool SectorMerge::tells_of(const Plot& plot, const WeakPlot& weak, double seconds_before) const {
  const double turns = seconds_before / geometry_.turn_time.value();
  const double cell = geometry_.cell_size.value();
  const double range = weak.plot.range.value() - weak.velocity.radial_mps * seconds_before;
  if (std::abs(plot.range.value() - range) > (2.0 + 0.5 * turns) * cell + 0.5 * plot.range_extent.value()) return false;
  const double turned = weak.velocity.crossing_mps * seconds_before / std::max(weak.plot.range.value(), cell);
  const double apart = std::abs((plot.bearing - weak.plot.bearing + Angle(Radians(turned))).radians());
  return apart <= (1.5 + 0.25 * turns) * geometry_.row_width.radians() + 0.5 * plot.bearing_extent.value();
}

void SectorMerge::put(WeakPlot&& weak, Counters& counters) {
  if (weak.place < given_to_) {
    ++counters.plots_late;
    return;
  }
  weak_.push_back(std::move(weak));
}

void SectorMerge::note(const PlotSector& sector) {
  if (geometry_.turn_time.value() <= 0.0) return recent_.clear();
  const double now = end_of(sector);
  for (const Plot& plot : sector.plots) recent_.push_back({now, plot});
  // Places only ever grow but where the antenna began anew: then all of before is long past.
  const auto is_past = [now](const Told& t) { return t.place < now - remembered_turns || t.place > now + 1.0; };
  while (!recent_.empty() && is_past(recent_.front())) recent_.pop_front();
  while (!told_.empty() && is_past(told_.front())) told_.pop_front();
}

void SectorMerge::give_out(double place, bool all, Counters& counters, std::vector<PlotSector>& out) {
  for (; noted_ < waiting_.size(); ++noted_) note(waiting_[noted_]);
  while (!waiting_.empty() && (all || (waiting_.size() > 1 && end_of(waiting_.front()) <= place))) {
    give_first(counters, out);
  }
}

void SectorMerge::give_first(Counters& counters, std::vector<PlotSector>& out) {
  PlotSector sector = std::move(waiting_.front());
  waiting_.pop_front();
  --noted_;
  given_to_ = end_of(sector);
  std::vector<WeakPlot> later;
  for (WeakPlot& weak : weak_) {
    if (weak.place >= given_to_) {
      later.push_back(std::move(weak));
      continue;
    }
    if (weak.place < start_of(sector)) {  // its sector never came
      ++counters.plots_late;
      continue;
    }
    bool covered = false;
    bool told = false;
    for (const auto& [place, plot] : recent_) {
      const double before = to_seconds(weak.plot.time - plot.time).value();
      if (std::abs(before) < 0.5 * geometry_.turn_time.value()) {
        covered = covered || tells_of(plot, weak, 0.0);
      } else {
        told = told || (weak.first && before > 0.0 && tells_of(plot, weak, before));
      }
    }
    // A path that was lost, and is declared again.
    for (const auto& [place, plot] : told_) {
      const double before = to_seconds(weak.plot.time - plot.time).value();
      told = told || (weak.first && before > 0.0 && tells_of(plot, weak, before));
    }
    if (told) weak.plot.evidence = weak.own_evidence;  // a part of the rest was told
    if (covered) {
      ++counters.plots_covered;
      continue;
    }
    ++counters.plots;
    sector.plots.push_back(weak.plot);
    told_.push_back({weak.place, weak.plot});
  }
  weak_ = std::move(later);
  std::stable_sort(sector.plots.begin(), sector.plots.end(), [&](const Plot& a, const Plot& b) {
    const double x = clockwise_from(sector.from, a.bearing);
    const double y = clockwise_from(sector.from, b.bearing);
    return x != y ? x < y : a.range < b.range;
  });
  out.push_back(std::move(sector));
}

}  // namespace headland::integration
