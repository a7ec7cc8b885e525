// SPDX-License-Identifier: Apache-2.0
// By how much all bearings of a radar are turned, when nothing is known: all rotations are tried.
//
// Each AIS vessel votes: in how many turns was there an echo at its range, at each bearing from its own? At the true
// rotation most vessels have one nearly always; at others only by chance, which each vessel's mean over all rotations
// tells. The logarithms of these ratios, bounded so that no vessel (a liar, a pier) decides alone, are summed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/base/ids.hpp"

namespace headland::registration {

struct RotationSearchConfig {
  double memory_s = 150.0;          // 20 .. 1e5
  double least_looks = 2.0;         // of a vessel, 2 .. 100
  std::uint32_t least_vessels = 4;  // that have an echo there, 2 .. 100
  double least_score = 6.0;         // 1 .. 100
  double least_margin = 3.0;        // over any other rotation, 0 .. 100
  std::uint32_t most_vessels = 64;  // 4 .. 1000
};

class RotationSearch {
 public:
  static constexpr std::size_t bins = 720;  // of half a degree
  explicit RotationSearch(const RotationSearchConfig& config) : config_(config) {}

  // One turn in which the vessel should have been seen: bearings of the echoes at its range, from its own, radians.
  void observe(Mmsi vessel, std::int64_t time_ns, const std::vector<double>& off_rad);

  struct Found {
    double bearing_rad = 0.0;  // measured minus true, -pi .. pi
    double score = 0.0;
    double margin = 0.0;
    std::uint32_t vessels = 0;   // with an echo there
    double over_believed = 0.0;  // its score over that of what is believed
  };
  // The best rotation, where it is beyond doubt. `believed_rad`: what is thought now.
  [[nodiscard]] std::optional<Found> find(double believed_rad = 0.0) const;
  void clear() { vessels_.clear(); }

  struct Vessel {
    std::vector<float> hits;
    double looks = 0.0;
    std::int64_t last_ns = 0;
  };
  using Snapshot = std::map<std::uint32_t, Vessel>;
  [[nodiscard]] const Snapshot& snapshot() const { return vessels_; }
  void restore(const Snapshot& snapshot);

 private:
  RotationSearchConfig config_;
  Snapshot vessels_;  // by MMSI
};

}  // namespace headland::registration
