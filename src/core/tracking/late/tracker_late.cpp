// SPDX-License-Identifier: Apache-2.0
// Sectors that come after later ones of the same radar.
//
// The beam's passage there was taken for unseen, which changed nothing. It is opened again: tracks that were not met
// since are dealt with as if the sector had come in time; for one that was, the plot is moved to its present along its
// velocity (an update out of sequence without its process noise: Bar-Shalom 2002, algorithm B). Plots, not sectors,
// that come farther than `late_bearing_deg` behind the beam begin tracks of their own.
#include <algorithm>
#include <limits>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {

bool Tracker::State::process_late(Sensor& sensor, const PlotSector& sector, TrackUpdates& out) {
  if (to_seconds(sensor.beam.newest().ended - sector.ended).value() > config_.late_s) return false;
  const Segment* filled = sensor.beam.fill(sector);
  if (filled == nullptr) return false;
  ++counters.sectors_late_used;
  const Segment segment = *filled;
  const double width = segment.to - segment.from;
  sensor.clutter.sweep(segment.from, width, segment.seen, looked_at_m(sensor, segment));
  sensor.transients.settle();
  take_plots(sensor, sector, segment);
  sensor.newcomers.sweep(segment.from, width, segment.seen, segment.range_max_m, sensor.clutter);
  sensor.transients.sweep(width);
  reopen_looks(sensor, segment);
  resolve(sensor, false, out);
  for (const Reopened& r : reopened_) {
    Bernoulli& track = slots_[r.slot];
    if (!track.alive || track.serial != r.serial) continue;
    Look& record = look_of(track, sensor.id);
    record.last = std::max(record.last, r.last);
    sensor.wake[r.slot] = -std::numeric_limits<double>::infinity();
  }
  out.time = std::max(out.time, now_);
  return true;
}

void Tracker::State::reopen_looks(Sensor& sensor, const Segment& late) {
  reopened_.clear();
  const double edge = config_.late_bearing_deg * std::numbers::pi / 180.0;
  const double middle = 0.5 * (late.from + late.to);
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    Bernoulli& track = slots_[slot];
    const auto record =
        std::find_if(track.looks.begin(), track.looks.end(), [&](const Look& l) { return l.sensor == sensor.id; });
    if (!track.alive || record == track.looks.end() || std::isnan(record->last)) continue;
    if (record->last < late.from - 0.5 * full_turn) continue;  // its look there is still to come
    const Gaussian mean = moments(track.weight, track.modes, track.used_motions());
    const double back_s = to_seconds(late.time_at(middle) - track.time).value();
    const Vector2 at = mean.position + back_s * mean.velocity - late.site;
    const double bearing = std::atan2(at(0), at(1)) - late.north;
    const double direction = bearing + full_turn * std::round((middle - bearing) / full_turn);
    if (direction < late.from - edge || direction > late.to + edge) continue;
    // A plot beyond the edge of the sector in which the vessel was expected is its all the same.
    const Vector2 place = at + late.site;
    const double reach_m = config_.gate_sigmas * std::sqrt(std::max(mean.pp.trace(), 0.0));
    const auto fits = [&](const PlacedPlot& p) {
      return p.direction >= late.from && p.direction < late.to && (p.position - place).norm() <= reach_m + p.reach_m;
    };
    const bool seen = std::any_of(sensor.waiting.begin(), sensor.waiting.end(), fits);
    const bool in_it = record->last >= late.from && record->last < late.to;
    const bool near = std::abs(record->last - direction) < 2.0 * edge;
    const bool beside = seen && near && sensor.beam.find(record->last) == nullptr;  // expected where nothing came yet
    const bool skipped = in_it || beside;
    const bool missed = !skipped && track.scans_missed > 0 && near;
    // What is not in a sector that comes after the vessel was met again may have been beyond its edge.
    const bool met_since = record->last > late.to + 0.5 * full_turn && track.spread && track.began < late.began && seen;
    if (!skipped && !missed && !met_since) continue;
    if (met_since) reopened_.push_back({slot, track.serial, record->last});
    if (skipped) track.story.take_back_blind();
    record->last = direction - full_turn;
    sensor.wake[slot] = -std::numeric_limits<double>::infinity();
  }
}

}  // namespace headland::tracking
