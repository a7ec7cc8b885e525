// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/strong_echoes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/constants.hpp"

namespace headland::plots {
namespace {

constexpr double remembered = 1.15 * full_turn;
constexpr double most_by_width_db = 46.0;  // from there on first side lobes join in
constexpr double same_range_m = 60.0;      // a fast vessel in a turn

double between(double value, double low, double high, double otherwise) {
  return std::isfinite(value) ? std::clamp(value, low, high) : otherwise;
}

}  // namespace

CauseConfig sanitized(CauseConfig c) {
  c.beam_width = Angle::from_degrees(between(c.beam_width.degrees(), 0.1, 10.0, 2.0));
  c.pulse_length = Metres(between(c.pulse_length.value(), 0.1, 1000.0, 15.0));
  c.side_lobe_near = Decibels(between(c.side_lobe_near.value(), 10.0, 60.0, 23.0));
  c.side_lobe_far = Decibels(between(c.side_lobe_far.value(), 10.0, 60.0, 30.0));
  std::erase_if(c.pulse_intervals, [](Seconds s) { return !(s.value() >= 10e-6 && s.value() <= 10e-3); });
  if (c.pulse_intervals.size() > 8) c.pulse_intervals.resize(8);
  return c;
}

double power_by_width_db(Radians extent, Angle beam) {
  const double beams = 0.5 * extent.value() / beam.radians();
  return std::min(8.0 * 10.0 * std::numbers::log10e * std::numbers::ln2 * beams * beams, most_by_width_db);
}

double power_of(const Plot& plot, Angle beam, bool has_strengths) {
  const double wide = power_by_width_db(plot.bearing_extent, beam);
  return has_strengths && std::isfinite(plot.strength.value()) ? std::max(plot.strength.value(), wide) : wide;
}

double direction_of(const PlotSector& sector, Bearing bearing) {
  // A plot may lie in the sector after its own, and is then behind the sector's beginning.
  const double inside = std::remainder(bearing.radians() - sector.from.radians(), full_turn);
  return full_turn * sector.turn + sector.from.radians() + inside;
}

double StrongEcho::range_at(double at_direction) const {
  return range_m + moves_m * std::clamp((at_direction - direction) / full_turn, -1.2, 1.2);
}

// A point that is 9 dB over the threshold shows 1.2 beam widths wide.
Angle StrongEchoes::beam() const { return Angle(Radians(std::max(beam_rad_, median_rad_ / 1.2))); }

void StrongEchoes::count_neighbours(const PlotSector& sector) {
  crowd_.assign(sector.plots.size(), 0);
  for (std::size_t i = 0; i < sector.plots.size(); ++i) {
    const Plot& a = sector.plots[i];
    for (std::size_t k = i + 1; k < sector.plots.size(); ++k) {
      if (crowd_[i] >= crowd_plots && crowd_[k] >= crowd_plots) continue;
      const Plot& b = sector.plots[k];
      const double along = b.range.value() - a.range.value();
      if (std::abs(along) > crowd_m) continue;
      const double across = a.range.value() * std::remainder(b.bearing.radians() - a.bearing.radians(), full_turn);
      if (along * along + across * across > crowd_m * crowd_m) continue;
      ++crowd_[i];
      ++crowd_[k];
    }
  }
}

void StrongEchoes::take(const PlotSector& sector, bool has_strengths) {
  const double now = full_turn * sector.turn + sector.from.radians();
  std::erase_if(echoes_,
                [&](const StrongEcho& e) { return e.direction < now - remembered || e.direction > now + full_turn; });
  count_neighbours(sector);
  for (std::size_t i = 0; i < sector.plots.size(); ++i) {
    const Plot& plot = sector.plots[i];
    const double extent = plot.bearing_extent.value();
    if (std::isfinite(extent)) median_rad_ *= extent > median_rad_ ? 1.003 : 1.0 / 1.003;
    const double power = power_of(plot, beam(), has_strengths);
    if (power < least_power_db || !(plot.range.value() > 0.0)) continue;
    StrongEcho e;
    e.direction = direction_of(sector, plot.bearing);
    e.range_m = plot.range.value();
    e.bearing = plot.bearing.radians();
    e.half_extent = 0.5 * plot.bearing_extent.value();
    e.range_deviation = plot.range_deviation.value();
    e.power_db = power;
    if (has_strengths && std::isfinite(plot.strength.value())) e.measured_db = plot.strength.value();
    e.in_crowd = in_crowd(i);
    // The same echo, a turn ago.
    std::erase_if(echoes_, [&](const StrongEcho& old) {
      const bool same =
          e.direction - old.direction > 0.5 * full_turn && std::abs(old.range_m - e.range_m) < same_range_m &&
          std::abs(std::remainder(old.bearing - e.bearing, full_turn)) < std::max(e.half_extent, old.half_extent);
      if (same) e.moves_m = e.range_m - old.range_m;
      return same;
    });
    echoes_.push_back(e);
  }
  if (echoes_.size() <= most) return;
  std::stable_sort(echoes_.begin(), echoes_.end(),
                   [](const StrongEcho& a, const StrongEcho& b) { return a.power_db > b.power_db; });
  echoes_.resize(most);
  std::stable_sort(echoes_.begin(), echoes_.end(),
                   [](const StrongEcho& a, const StrongEcho& b) { return a.direction < b.direction; });
}

}  // namespace headland::plots
