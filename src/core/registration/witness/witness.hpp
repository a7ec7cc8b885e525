// SPDX-License-Identifier: Apache-2.0
// What one witness of the biases of radars (a vessel, or a place that two radars see) has said so far: plain least
// squares, with what is its own still in it.
//
// All its looks share what is its own for good: how far its AIS antenna lies from the centre of its echo, along and
// across the bow, and how old its reports are. Beside that its positions wander, as satellite fixes do over minutes:
// looks of one spell share one such offset, which is eliminated (Schur complement) when the spell is over. What two
// radars see in one spell so tells what they differ by, however far off the fixes are; without it looks of crossing
// directions would be thought to tell that as well as looks along one line do.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"
#include "core/registration/bias.hpp"

namespace headland::registration {

// What is its own of a witness: deviations of offset along and across its bow, of the age of its reports, and of how
// far its positions wander (each way, 0: not at all).
struct WitnessPrior {
  double along_m = 30.0;
  double across_m = 30.0;
  double age_s = 2.0;
  double wander_m = 0.0;
};

// One difference in the plane, plot minus reference, and how it depends on what is sought.
struct JointLook {
  static constexpr std::size_t biases = 4;  // range, bearing, time, range scale
  struct Part {
    SensorId sensor;
    std::array<double, biases> east{};  // derivatives
    std::array<double, biases> north{};
  };
  std::uint64_t witness = 0;
  std::int64_t time_ns = 0;
  std::uint32_t part_count = 1;
  std::array<Part, 2> parts;
  double east_m = 0.0;
  double north_m = 0.0;
  double weight_ee = 0.0, weight_en = 0.0, weight_nn = 0.0;  // inverse covariance, 1/m2
  std::array<double, 3> own_east{};                          // derivatives: along, across, age
  std::array<double, 3> own_north{};
};

struct Witness {
  static constexpr std::size_t own = 3;    // unknowns of its own for good
  static constexpr std::size_t said = 3;   // row of the difference
  static constexpr std::size_t first = 4;  // row of the first radar
  std::vector<std::uint16_t> sensors;
  // Of spells that are over: rows of its own, the difference, then 4 for each of its radars.
  std::vector<double> information;
  std::vector<double> spell;  // of the one that lasts: offset east and north, then the same rows; empty: none
  std::int64_t spell_ns = 0;  // when it began
  WitnessPrior prior;
  double looks = 0.0;
  std::int64_t last_ns = 0;

  [[nodiscard]] std::size_t size() const { return first + JointLook::biases * sensors.size(); }
};

// Looks fade with `memory_s`.
void observe(Witness& witness, const JointLook& look, const WitnessPrior& prior, double memory_s);
// All that it said, size() x size(), the offset of the spell that lasts eliminated.
[[nodiscard]] std::vector<double> said_by(const Witness& witness);
// Whether its matrices fit its radars.
[[nodiscard]] bool is_whole(const Witness& witness);

}  // namespace headland::registration
