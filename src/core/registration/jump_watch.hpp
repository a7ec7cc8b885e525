// SPDX-License-Identifier: Apache-2.0
// Notices that a radar suddenly measures otherwise for good: somebody bumped the antenna.
//
// Of each vessel the mean of what it shows is known; how far new looks lie from it, in deviations, is summed on
// either side (CUSUM, Page 1954). The sum over all vessels of a radar grows only where they shift together: each
// look counts for little, and no single vessel, which may merely turn, may contribute most of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/base/ids.hpp"

namespace headland::registration {

struct JumpWatchConfig {
  double slack = 1.0;                               // deviations a look may be off without being counted, 0.1 .. 3
  double most = 3.0;                                // a look counts for no more, 1 .. 10
  double threshold = 40.0;                          // of the sum, 5 .. 1000
  std::uint32_t least_vessels = 3;                  // 2 .. 100
  double memory_looks = 60.0;                       // of a vessel's mean, 8 .. 1000
  double least_looks = 10.0;                        // before a vessel is a judge, 3 .. 100
  double least_step = 0.2 * 0.0174532925199432957;  // smaller jumps are followed, not told; rad, 0.01 .. 0.2
};

class JumpWatch {
 public:
  explicit JumpWatch(const JumpWatchConfig& config) : config_(config) {}

  // A look at a vessel, `bearing_error_rad` with no bias taken off, but steadied by so much (it was larger by that): a
  // jump that steadying hides for a while is told in its full size. The size of the jump where one is certain; all
  // means begin anew then.
  std::optional<double> observe(Mmsi vessel, std::int64_t time_ns, double bearing_error_rad, double deviation_rad,
                                double steadied_rad = 0.0);
  void clear();
  // Forgets the vessels that were not seen for ten minutes, or that were seen so far in what is now the future.
  void forget_silent(std::int64_t now_ns);
  // The time of the first look of the jump that was told last.
  [[nodiscard]] std::int64_t since_ns() const { return told_since_ns_; }

  struct Vessel {
    double mean_rad = 0.0;
    double variance = 0.0;
    double looks = 0.0;
    std::int64_t last_ns = 0;
  };
  struct Side {
    double sum = 0.0;
    std::int64_t since_ns = 0;
    std::map<std::uint32_t, double> share;  // of the sum, by vessel
    std::vector<double> off_rad;            // of the looks since
  };
  struct Snapshot {
    std::map<std::uint32_t, Vessel> vessels;
    Side up, down;
  };
  [[nodiscard]] const Snapshot& snapshot() const { return state_; }
  void restore(const Snapshot& snapshot) { state_ = snapshot; }

 private:
  [[nodiscard]] bool add(Side& side, std::uint32_t vessel, std::int64_t time_ns, double z, double off_rad) const;

  JumpWatchConfig config_;
  Snapshot state_;
  std::int64_t told_since_ns_ = 0;
};

}  // namespace headland::registration
