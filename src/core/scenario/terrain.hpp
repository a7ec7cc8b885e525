// SPDX-License-Identifier: Apache-2.0
// Invented hills on a coast: land inside the rings, higher inland, the same for one seed. It stands in
// for an elevation model, so that land casts echoes and shadows; it is not the real relief.
#pragma once

#include <cstdint>
#include <vector>

#include "core/geo/position.hpp"

namespace headland::scenario {

using PlaneRing = std::vector<EastNorth>;  // closed without repeating the first point

// Whether a point lies inside an odd number of rings.
[[nodiscard]] bool is_inside(const std::vector<PlaneRing>& rings, EastNorth point);

// Smooth noise in [0, 1): random values on a lattice of `scale_m`, interpolated.
[[nodiscard]] double smooth_noise(EastNorth at, double scale_m, std::uint64_t seed);

class Terrain {
 public:
  // Covers the square of +-`radius_m` about the origin of the plane; no land is known outside.
  Terrain(const std::vector<PlaneRing>& rings, double radius_m, double land_height_m, std::uint64_t seed);

  [[nodiscard]] double height_m(EastNorth at) const;  // above the sea; about 0 at the shore

 private:
  void mark_land(const std::vector<PlaneRing>& rings);
  void measure_distance_to_sea();

  double radius_m_;
  double spacing_m_;
  std::size_t side_;
  std::uint64_t seed_;
  std::vector<float> distance_m_;  // first a mask (0 or large), then the distance to the sea
  std::vector<float> heights_m_;
};

}  // namespace headland::scenario
