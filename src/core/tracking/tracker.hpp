// SPDX-License-Identifier: Apache-2.0
// The tracker: plots of any number of radars in, one track per vessel out.
//
// A track-oriented Poisson multi-Bernoulli filter with interacting multiple models (Garcia-Fernandez
// et al., arXiv 1703.04264 and 1904.03716): each plot may be a vessel never seen before or clutter
// (densities estimated while running), each track a vessel with a probability of existence; plots
// and tracks are matched by marginal association probabilities. Pure: time comes with the data, the
// same input gives the same output bit for bit.
#pragma once

#include <memory>
#include <optional>

#include "core/plots/plot.hpp"
#include "core/tracking/story/story.hpp"
#include "core/tracking/track.hpp"
#include "core/tracking/tracker_config.hpp"
#include "core/tracking/tracker_snapshot.hpp"

namespace headland::tracking {

struct TrackerCounters {
  std::uint64_t sectors = 0;
  std::uint64_t sectors_late = 0;  // too late, or of what was known already: not used
  std::uint64_t gaps = 0;          // holes between sectors
  std::uint64_t plots = 0;
  std::uint64_t plots_impossible = 0;  // not finite, outside the ranges looked at: not used
  std::uint64_t tracks_begun = 0;      // tentative
  std::uint64_t tracks_confirmed = 0;
  std::uint64_t tracks_ended = 0;           // that had been confirmed
  std::uint64_t tracks_refused = 0;         // plots that started none because max_tracks was reached
  std::uint64_t clusters_forced = 0;        // decided before the beam had passed all of their gates
  std::uint64_t largest_cluster = 0;        // tracks
  std::uint64_t clusters_approximated = 0;  // of neighbours, too large to be enumerated
  std::uint64_t clusters_unsettled = 0;     // whose probabilities went on changing when the last round was done
  std::uint64_t tracks_recognised = 0;      // that got an old number back
  std::uint64_t plots_in_no_area = 0;       // that started no track because of where they lay
  std::uint64_t sectors_late_used = 0;      // that came after later ones of the same radar
  std::uint64_t plots_joined = 0;           // of two halves of an echo on the edge of a sector
  std::uint64_t plots_of_pieces = 0;        // that were taken for a part of the hull of another
  std::uint64_t clock_steps = 0;            // times that the clock went back and what was held went with it
  std::uint64_t twins_ended = 0;            // that followed a vessel which another track had, by what two radars saw
};

// By how much more than before is taken off a radar's plots from now on.
struct CorrectionStep {
  SensorId sensor;
  double range_m = 0.0;
  double bearing_rad = 0.0;
  double time_s = 0.0;
  double range_scale = 0.0;
};

class Tracker {
 public:
  explicit Tracker(const TrackerConfig& config);
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  // Takes a sector; appends every reported track that a plot updated or that missed one, and those
  // that ended, in order of id, then time. A track waits until the beam has passed its whole gate:
  // at most two sectors. A whole turn as one sector is dealt with as 8.
  void process(const PlotSector& sector, TrackUpdates& out);
  // Time goes on, with or without plots: ends what was not seen for max_coast_s and decides what
  // waits for a beam that does not come.
  void process_tick(Timestamp now, TrackUpdates& out);
  // Decides all that still waits: the end of the input.
  void flush(TrackUpdates& out);

  [[nodiscard]] const TrackerCounters& counters() const;
  // All tracks that were reported and did not end, in order of id.
  [[nodiscard]] std::vector<Track> tracks() const;
  // Probability that a turn of the radar gives a plot of a vessel there that it can see (Track::visibility), as
  // estimated from its own tracks; nothing for a radar that was never heard.
  [[nodiscard]] std::optional<double> detection(SensorId sensor, EastNorth place) const;

  // Registration changed what it takes off a radar's plots, which stands at `site`: what rests on its plots moves with
  // them. To be told before the first sector that is corrected so.
  void follow(const CorrectionStep& step, EastNorth site);

  // An operator's word. Drop: the track ends, and its number does not come back; false where there is none. Initiate: a
  // believed track of a vessel at a place, its speed unknown; also in an area where none begins by itself.
  bool drop(TrackId id, TrackUpdates& out);
  TrackId initiate(EastNorth place, Metres deviation, Timestamp time, TrackUpdates& out);
  // Two tracks changed places when their vessels met, as somebody knows who can tell the vessels apart: each goes on
  // under the number of the other, with what happened under it. Their states are not touched; both are appended to
  // `out`. False where one is not there.
  bool exchange(TrackId a, TrackId b, TrackUpdates& out);
  // The areas in which no track begins by itself, in place of those of the configuration: they come with degrees, and
  // the plane may lie nowhere yet when the tracker is made.
  void set_no_initiation(std::vector<std::vector<EastNorth>> areas);

  // What happened to a track that was reported, also if it has ended: of these the last 1000.
  [[nodiscard]] std::optional<Story> story(TrackId id) const;

  // Leaves out the next numbers: after a crash they may have been given to vessels of which nothing is left.
  void skip_numbers(std::uint32_t count);

  [[nodiscard]] TrackerSnapshot snapshot() const;
  void restore(const TrackerSnapshot& snapshot);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace headland::tracking
