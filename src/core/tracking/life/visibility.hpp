// SPDX-License-Identifier: Apache-2.0
// Visibility: vessels fade and pass behind one another for several turns together. Two states of a Markov chain
// (Wilthil, Brekke, Asplin 2018; Hem, Brekke, Tokle 2021: VIMMJIPDA).
#pragma once

#include "core/tracking/tracker_config.hpp"

namespace headland::tracking {

// Probability of being visible `dt` seconds later (dt < 0 counts as 0).
[[nodiscard]] double visibility_after(const TrackerConfig& config, double visibility, double dt);

}  // namespace headland::tracking
