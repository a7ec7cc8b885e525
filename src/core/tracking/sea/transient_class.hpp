// SPDX-License-Identifier: Apache-2.0
// A young track is a vessel, a transient (transients.hpp) or nothing: joint tracking and classification (Challa and
// Pulford 2001). What its misses say of which.
#pragma once

#include "core/tracking/filter/bernoulli.hpp"

namespace headland::tracking {

// Probability that the track is a vessel: that it exists and is no transient. A transient that gave no plot in the
// last looks is more likely gone than a vessel missed; `detection` is that of a vessel.
[[nodiscard]] double vessel_probability(const Bernoulli& track, double detection);
// That it was a transient and is gone.
[[nodiscard]] double gone_probability(const Bernoulli& track, double detection);

// More is known of transients than when the young track was weighed: so many reach the age of its last plot.
void reweigh(Bernoulli& track, double reach);

}  // namespace headland::tracking
