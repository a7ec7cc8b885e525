// SPDX-License-Identifier: Apache-2.0
// The biases of all radars of a node together, by least squares over witnesses.
//
// A witness is a vessel (or a place where two radars see the same vessel). All its looks share what is its own: how
// far its AIS antenna lies from the centre of its echo, along and across the bow, and how old its reports are. These
// three are unknowns with a prior of their own and are eliminated for each witness (Schur complement), so that a
// thousand looks at one vessel weigh no more than one vessel can. What two radars measure of one vessel differs by
// their biases alone: so the difference of radars becomes known far better than either against AIS.
//
// Witnesses are weighed by the scatter that they show themselves and by a biweight (Beaton, Tukey 1974) of how far
// their own unknowns are from what is usual; one that contradicts the others weighs nothing. Old looks fade. Deviations
// are those that the witnesses show by how much they disagree, where that is more than their own errors explain.
//
// Cannot be told: the mean age of AIS reports from a delay of all radars; the mean distance from the near face of
// hulls to their centre from a range bias. The stated deviations leave both out. A range scale that is taken as none
// has the deviation of the fit in which it was free: so large a one may go unseen.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/registration/bias.hpp"
#include "core/registration/witness/witness.hpp"

namespace headland::registration {

struct JointBiasConfig {
  // Deviations before anything is known.
  double prior_range_m = 80.0;          // 1 .. 1000
  double prior_bearing_deg = 2.0;       // 0.1 .. 20
  double prior_time_s = 1.5;            // 0.01 .. 60
  double prior_range_scale = 1e-3;      // 1e-6 .. 0.1
  double scale_sigmas = 4.0;            // a range scale of less than so many deviations is taken as none, 1 .. 10
  double memory_s = 600.0;              // looks fade with this time constant, 60 .. 1e6
  double least_looks = 0.5;             // until a witness is heard, 0.1 .. 100
  std::uint32_t most_witnesses = 4000;  // 4 .. 100000
};

class JointBias {
 public:
  explicit JointBias(const JointBiasConfig& config) : config_(config) {}

  void observe(const JointLook& look, const WitnessPrior& prior);
  // Weighs everything anew.
  void solve(std::int64_t now_ns);
  [[nodiscard]] BiasEstimate estimate(SensorId sensor) const;
  [[nodiscard]] std::vector<SensorId> sensors() const;
  // Standard deviation of the difference of the time biases of two radars, s: what both share is not in it. 0: not
  // known. As of the last solve(); not part of the snapshot.
  [[nodiscard]] double time_deviation_between(SensorId a, SensorId b) const;
  // What is known of this radar is void; its biases are thought to be about `mean`, so uncertain as `deviation` says
  // (where that is 0: as configured).
  void restart(SensorId sensor, const Bias& mean, const Bias& deviation);

  struct Radar {
    Bias prior;
    Bias prior_deviation;  // 0: as configured
    BiasEstimate estimate;
  };
  struct Snapshot {
    std::map<std::uint64_t, Witness> witnesses;
    std::map<std::uint16_t, Radar> radars;
  };
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  struct Reduced;  // a witness without what is its own
  [[nodiscard]] std::array<double, JointLook::biases> prior_of(const Radar& radar) const;
  [[nodiscard]] Reduced reduce(const Witness& w, double fade) const;
  void fix(std::vector<Reduced>& witnesses, bool with_scale);
  void read_out_times(const std::vector<Reduced>& witnesses, const std::vector<double>& theta,
                      const std::vector<double>& a);
  static void add(Reduced& w, double cut, const std::vector<double>& theta, std::vector<double>& a,
                  std::vector<double>& b);
  void read_out(const std::vector<Reduced>& witnesses, const std::vector<double>& theta, const std::vector<double>& a,
                bool with_scale);
  void make_room();

  JointBiasConfig config_;
  std::map<std::uint64_t, Witness> witnesses_;
  std::map<SensorId, Radar> radars_;
  std::map<std::pair<SensorId, SensorId>, double> between_s_;  // deviations; the lower sensor first
};

// The key of a place where two radars see the same vessel; keys of vessels are their MMSI.
inline constexpr std::uint64_t shared_witness = std::uint64_t{1} << 62U;

}  // namespace headland::registration
