// SPDX-License-Identifier: Apache-2.0
// By how much all bearings of a radar are turned, when nothing is known: all rotations are tried.
//
// Each AIS vessel votes: in how many turns was there an echo at its range, at each bearing from its own? At the true
// rotation most vessels have one nearly always; at others only by chance, and how often chance gives so many is read
// off the vessel's own other rotations: a ship at a quay, among echoes that all stand there, proves little. The
// logarithms of these ratios, bounded so that no vessel (a liar, a pier) decides alone, are summed. Ships that lie
// still lie together, in rows as the quays do, and err together: they count less than those that move.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/base/ids.hpp"

namespace headland::registration {

struct RotationSearchConfig {
  double memory_s = 300.0;           // 20 .. 1e5
  double least_looks = 0.5;          // of a vessel, 0.5 .. 100
  std::uint32_t least_vessels = 4;   // that have an echo there, 2 .. 100
  double least_margin = 3.0;         // over any other rotation, 0 .. 100
  double most_other = 0.01;          // probability of all other rotations, 1e-6 .. 1
  double still_weight = 0.3;         // of a vessel that lies still, 0 .. 1
  double usual_deg = 5.0;            // antennas are seldom farther off than this, 0.1 .. 180
  std::uint32_t most_vessels = 256;  // 4 .. 1000
};

class RotationSearch {
 public:
  static constexpr std::size_t bins = 720;  // of half a degree
  explicit RotationSearch(const RotationSearchConfig& config) : config_(config) {}

  // One turn in which the vessel should have been seen: bearings of the echoes at its range, from its own, radians.
  // `moves`: over ground.
  void observe(Mmsi vessel, std::int64_t time_ns, const std::vector<double>& off_rad, bool moves = true);

  struct Found {
    double bearing_rad = 0.0;  // measured minus true, -pi .. pi
    double score = 0.0;
    double margin = 0.0;
    std::uint32_t vessels = 0;   // with an echo there
    double other = 1.0;          // probability of all other rotations together
    double over_believed = 0.0;  // its score over that of what is believed
  };
  // The best rotation, where it is beyond doubt. `believed_rad`: what is thought now.
  [[nodiscard]] std::optional<Found> find(double believed_rad = 0.0) const;
  // The best rotation there is, where it is likelier than all others together.
  [[nodiscard]] std::optional<Found> likeliest() const;
  // How uncertain what is believed is for that the radar may be turned otherwise altogether: grows from 0 with the
  // probability of all other rotations. `contradicted`: one of these has more votes.
  struct Doubt {
    double rad = 0.0;
    bool contradicted = false;
  };
  [[nodiscard]] Doubt doubt(double believed_rad) const;
  // The radar was turned by so much: what was voted for is now elsewhere.
  void turn(double by_rad);
  // Vessels that were not looked at for long have no vote.
  void forget(std::int64_t now_ns);
  void clear() { vessels_.clear(); }

  struct Vessel {
    std::vector<float> hits;
    double looks = 0.0;
    double moving = 0.0;  // of these, while it moved
    std::int64_t last_ns = 0;
  };
  using Snapshot = std::map<std::uint32_t, Vessel>;
  [[nodiscard]] const Snapshot& snapshot() const { return vessels_; }
  void restore(const Snapshot& snapshot);

 private:
  struct Votes {
    std::vector<double> score;
    std::vector<std::uint32_t> present;  // vessels with an echo there
  };
  [[nodiscard]] Votes votes() const;
  [[nodiscard]] static Found peak_of(const Votes& votes, double believed_rad);
  void add(const Vessel& vessel, Votes& votes) const;

  RotationSearchConfig config_;
  Snapshot vessels_;  // by MMSI
};

}  // namespace headland::registration
