// SPDX-License-Identifier: Apache-2.0
// A young track is a vessel, a transient (transients.hpp) or nothing: joint tracking and classification (Challa and
// Pulford 2001). What its misses say of which.
#pragma once

#include "core/tracking/filter/bernoulli.hpp"
#include "core/tracking/filter/gater.hpp"

namespace headland::tracking {

// Probability that the track is a vessel: that it exists and is no transient. A transient that gave no plot in the
// last looks is more likely gone than a vessel missed; `detection` is that of a vessel.
[[nodiscard]] double vessel_probability(const Bernoulli& track, double detection);
// That it is, or was, a transient.
[[nodiscard]] double transient_probability(const Bernoulli& track, double detection);
// That it was a transient and is gone.
[[nodiscard]] double gone_probability(const Bernoulli& track, double detection);

// How many transients reach the age that each start of the track has at its last look and `more` after it.
using Reaches = std::array<double, most_starts>;
template <class Reach>
[[nodiscard]] Reaches reaches_of(const Bernoulli& track, std::uint32_t look, const Reach& reach) {
  Reaches r{};
  for (std::size_t k = 0; k < most_starts; ++k) {
    if (track.starts[k].share > 0.0) r[k] = reach(look - track.starts[k].look);
  }
  return r;
}

// Share of the track's transient that began with its own first plot. Only that is counted: the later ones have tracks
// of their own.
[[nodiscard]] double own_transient(const Bernoulli& track);
// Share of the track's transient that goes on to these.
[[nodiscard]] double going_on(const Bernoulli& track, const Reaches& reaches);
// When it was weighed last: how many transients reach the age of its last plot, of those that began with its first; 0:
// it is none.
[[nodiscard]] double own_reach(const Bernoulli& track);
// It did.
void go_on(Bernoulli& track, const Reaches& reaches);
// More is known of transients than when the young track was weighed: so many reach the age of its last plot.
void reweigh(Bernoulli& track, const Reaches& reaches);

// What if all plots before this one were clutter, and it is the first of a transient? Else a plot of clutter and a
// transient that begins beside it are taken for a vessel, since no transient lasts as long as from the first to the
// last of their plots. `mass`: probability, out of that of nothing; `speed_mps`: deviation per axis of transients.
void begin_transient(Bernoulli& track, const PlacedPlot& plot, double mass, double speed_mps);

}  // namespace headland::tracking
