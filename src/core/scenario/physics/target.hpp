// SPDX-License-Identifier: Apache-2.0
// Radar cross sections: how they change with aspect and from turn to turn, and that of a corner reflector.
#pragma once

#include <cstdint>

#include "core/scenario/scene.hpp"

namespace headland::scenario {

// Cross section by aspect (0 = seen from the bow) over its mean of all aspects. Ships: narrow lobes abeam, weak end on.
// Boats of 5 to 12 m: twice as much abeam as end on. What is smaller or round: 1.
[[nodiscard]] double aspect_factor(double aspect_rad, double length_m);

// Power of one turn over the mean, from a key: 1 (steady, Swerling 0), exponential (1), or gamma of shape 2 (3: one
// strong scatterer among small ones), Swerling 1954. `automatic` fluctuates as case 1.
[[nodiscard]] double fluctuation_of(Fluctuation kind, std::uint64_t key);

// Trihedral of triangular faces of inner edge a, on its axis: 4 pi a^4 / (3 lambda^2).
[[nodiscard]] double trihedral_rcs_m2(double edge_m, double wavelength_m);

}  // namespace headland::scenario
