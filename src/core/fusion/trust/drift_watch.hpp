// SPDX-License-Identifier: Apache-2.0
// A vessel whose AIS positions leave its echo little by little: a sequential test.
//
// Each station keeps its own usual offset from its track (antenna, near face of the hull, what registration left) and
// how far it scatters about it. What a look lies off that, squared over the covariance of both, less an allowance, is
// summed (CUSUM, Page 1954): honest looks hold the sum at nothing, a drift of a few deviations raises it within some
// looks. Looks closer together than `independent_s` count by the share of that time.
#pragma once

#include "core/base/time.hpp"

namespace headland::fusion {

struct DriftWatchConfig {
  double independent_s = 8.0;  // 1 .. 120
  double allowance = 8.0;      // of the squared normalised offset (two axes: 2 in the mean), 3 .. 50
  double most = 40.0;          // that one look counts for, allowance .. 200
  double alarm = 60.0;         // of the sum, 10 .. 1000
  // An offset changed by less tells nothing, nor by less than a quarter of the length more; a whole long hull where no
  // length was sent.
  double least_m = 60.0;
  double memory_looks = 30.0;  // of what is usual, 5 .. 1000
};

// AIS minus radar in the plane at the instant of a fix, with its covariance.
struct DriftLook {
  Timestamp fix;
  double east_m = 0.0, north_m = 0.0;
  double ee_m2 = 0.0, nn_m2 = 0.0, en_m2 = 0.0;
  double length_m = 0.0;   // of the hull, as sent; 0 = unknown
  bool may_count = false;  // an offset cannot be a turn, or another vessel's track
};

class DriftWatch {
 public:
  struct State {
    Timestamp fix;       // of the last look
    double looks = 0.0;  // of what is usual
    double east_m = 0.0, north_m = 0.0;
    double scatter_m2 = 0.0;  // per axis
    double sum = 0.0;
    double off_m = 0.0;  // of the last look, from what is usual
    double length_m = 0.0;
  };
  explicit DriftWatch(const DriftWatchConfig& config = {}) : config_(config) {}

  void look(const DriftLook& look, State& state) const;
  [[nodiscard]] bool drifts(const State& s) const { return s.sum >= config_.alarm; }
  [[nodiscard]] double least_m(double length_m) const;

 private:
  void learn(const DriftLook& look, double share, bool odd, State& state) const;
  DriftWatchConfig config_;
};

}  // namespace headland::fusion
