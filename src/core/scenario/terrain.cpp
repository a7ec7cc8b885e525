// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/terrain.hpp"

#include <algorithm>
#include <cmath>

#include "core/scenario/seeds.hpp"

namespace headland::scenario {

bool is_inside(const std::vector<PlaneRing>& rings, EastNorth point) {
  bool inside = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
      const bool crosses = (ring[i].north > point.north) != (ring[j].north > point.north);
      if (!crosses) continue;
      const double part = (point.north - ring[i].north) / (ring[j].north - ring[i].north);
      if (point.east < ring[i].east + (ring[j].east - ring[i].east) * part) inside = !inside;
    }
  }
  return inside;
}

double smooth_noise(EastNorth at, double scale_m, std::uint64_t seed) {
  const double x = at.east.value() / scale_m;
  const double y = at.north.value() / scale_m;
  const double x0 = std::floor(x);
  const double y0 = std::floor(y);
  const auto corner = [&](double dx, double dy) {
    const auto ix = static_cast<std::uint64_t>(static_cast<std::int64_t>(x0 + dx));
    const auto iy = static_cast<std::uint64_t>(static_cast<std::int64_t>(y0 + dy));
    return unit_of(seed ^ (ix * 0x9E3779B97F4A7C15ULL) ^ (iy * 0xC2B2AE3D27D4EB4FULL));
  };
  const auto ease = [](double t) { return t * t * (3.0 - 2.0 * t); };
  const double u = ease(x - x0);
  const double v = ease(y - y0);
  const double south = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * u;
  const double north = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * u;
  return south + (north - south) * v;
}

Terrain::Terrain(const std::vector<PlaneRing>& rings, double radius_m, double land_height_m, std::uint64_t seed)
    : radius_m_(radius_m),
      spacing_m_(std::max(60.0, radius_m / 400.0)),
      side_(static_cast<std::size_t>(2.0 * radius_m / spacing_m_) + 2),
      seed_(seed),
      distance_m_(side_ * side_, 0.0F),
      heights_m_(side_ * side_, 0.0F) {
  mark_land(rings);
  measure_distance_to_sea();
  for (std::size_t j = 0; j < side_; ++j) {
    for (std::size_t i = 0; i < side_; ++i) {
      const double inland = static_cast<double>(distance_m_[j * side_ + i]);
      if (inland <= 0.0) continue;
      const EastNorth at{Metres(static_cast<double>(i) * spacing_m_ - radius_m_),
                         Metres(static_cast<double>(j) * spacing_m_ - radius_m_)};
      const double hills = 0.55 * smooth_noise(at, 3500.0, seed) + 0.30 * smooth_noise(at, 1300.0, seed + 1) +
                           0.15 * smooth_noise(at, 450.0, seed + 2);
      const double rise = 1.0 - std::exp(-inland / 1500.0);  // beaches before hills
      heights_m_[j * side_ + i] = static_cast<float>(land_height_m * rise * 1.6 * hills * hills + 3.0);
    }
  }
}

void Terrain::mark_land(const std::vector<PlaneRing>& rings) {
  std::vector<double> crossings;
  for (std::size_t j = 0; j < side_; ++j) {
    const double y = static_cast<double>(j) * spacing_m_ - radius_m_;
    crossings.clear();
    for (const auto& ring : rings) {
      for (std::size_t a = 0, b = ring.size() - 1; a < ring.size(); b = a++) {
        const double ya = ring[a].north.value();
        const double yb = ring[b].north.value();
        if ((ya > y) == (yb > y)) continue;
        crossings.push_back(ring[a].east.value() + (ring[b].east - ring[a].east).value() * (y - ya) / (yb - ya));
      }
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t c = 0; c + 1 < crossings.size(); c += 2) {
      const double last = static_cast<double>(side_ - 1);
      const double from = std::clamp(std::ceil((crossings[c] + radius_m_) / spacing_m_), 0.0, last + 1.0);
      const double to = std::clamp(std::floor((crossings[c + 1] + radius_m_) / spacing_m_), -1.0, last);
      for (double i = from; i <= to; i += 1.0) distance_m_[j * side_ + static_cast<std::size_t>(i)] = 1e9F;
    }
  }
}

// Chamfer distance in two passes (Borgefors 1986), good to some per cent.
void Terrain::measure_distance_to_sea() {
  const auto straight = static_cast<float>(spacing_m_);
  const auto diagonal = static_cast<float>(spacing_m_ * 1.4);
  const auto s = static_cast<std::ptrdiff_t>(side_);
  const auto relax = [&](std::ptrdiff_t i, std::ptrdiff_t j, std::ptrdiff_t di, std::ptrdiff_t dj, float step) {
    if (i + di < 0 || i + di >= s || j + dj < 0 || j + dj >= s) return;
    float& here = distance_m_[static_cast<std::size_t>(j * s + i)];
    here = std::min(here, distance_m_[static_cast<std::size_t>((j + dj) * s + i + di)] + step);
  };
  for (std::ptrdiff_t j = 0; j < s; ++j) {
    for (std::ptrdiff_t i = 0; i < s; ++i) {
      relax(i, j, -1, 0, straight);
      relax(i, j, 0, -1, straight);
      relax(i, j, -1, -1, diagonal);
      relax(i, j, 1, -1, diagonal);
    }
  }
  for (std::ptrdiff_t j = s - 1; j >= 0; --j) {
    for (std::ptrdiff_t i = s - 1; i >= 0; --i) {
      relax(i, j, 1, 0, straight);
      relax(i, j, 0, 1, straight);
      relax(i, j, 1, 1, diagonal);
      relax(i, j, -1, 1, diagonal);
    }
  }
}

double Terrain::height_m(EastNorth at) const {
  const double x = (at.east.value() + radius_m_) / spacing_m_;
  const double y = (at.north.value() + radius_m_) / spacing_m_;
  const double last = static_cast<double>(side_ - 1);
  if (!(x >= 0.0 && x < last && y >= 0.0 && y < last)) return 0.0;
  const auto i = static_cast<std::size_t>(x);
  const auto j = static_cast<std::size_t>(y);
  const double u = x - static_cast<double>(i);
  const double v = y - static_cast<double>(j);
  const float* h = heights_m_.data() + j * side_ + i;
  const double south = static_cast<double>(h[0]) * (1.0 - u) + static_cast<double>(h[1]) * u;
  const double north = static_cast<double>(h[side_]) * (1.0 - u) + static_cast<double>(h[side_ + 1]) * u;
  return south * (1.0 - v) + north * v;
}

}  // namespace headland::scenario
