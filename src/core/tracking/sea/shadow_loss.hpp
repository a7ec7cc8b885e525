// SPDX-License-Identifier: Apache-2.0
// How much of its detection a vessel loses that lies behind another, counted from believed vessels as they pass behind
// others: a hull of steel hides a boat, a boat hides nothing, and how high the antenna stands decides how far behind.
// By least squares: looks that should have found what they did not, against those expected to, with a prior of nothing
// lost.
#pragma once

#include <array>
#include <cstddef>

namespace headland::tracking {

class ShadowLoss {
 public:
  // Share of its detection that is lost behind a hull of this length: 0 until something else was counted.
  [[nodiscard]] double behind(double hull_m) const;
  // Whether anything is lost behind either kind.
  [[nodiscard]] bool any() const { return behind(0.0) > 0.0 || behind(1e9) > 0.0; }
  // A vessel was looked at with the share `covered` of the beam on such a hull: found with probability `found`, where
  // it would have been with `expected` in the open.
  void look(double hull_m, double covered, double found, double expected);

  // By kind of hull: short, long.
  struct Numbers {
    std::array<double, 2> lost{};
    std::array<double, 2> looks{};
  };
  [[nodiscard]] const Numbers& numbers() const { return n_; }
  void restore(const Numbers& numbers) { n_ = numbers; }

 private:
  Numbers n_;
};

// Share of a beam, `off` radians beside the middle of a hull and half as wide as told, that falls on it.
[[nodiscard]] double covered_share(double off, double half_beam, double half_hull);

}  // namespace headland::tracking
