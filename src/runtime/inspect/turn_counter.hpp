// SPDX-License-Identifier: Apache-2.0
// Turns of an antenna from the azimuths of its spokes, whichever way it turns and whatever is lost.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/time.hpp"

namespace headland::inspect {

class TurnCounter {
 public:
  void add(Bearing azimuth, Timestamp time);
  [[nodiscard]] std::uint64_t turns() const { return turns_; }
  // Median of the times between crossings of north; nothing before the second.
  [[nodiscard]] std::optional<double> seconds_per_turn() const;

 private:
  static constexpr std::size_t most_intervals = 100'000;  // about three days; later ones are not kept

  std::optional<Bearing> last_;
  bool away_ = false;  // has been well off north since the last crossing: a heading that trembles crosses once
  std::int64_t clockwise_steps_ = 0;  // minus those the other way: a jump back is no turn
  std::uint64_t turns_ = 0;
  std::optional<Timestamp> crossed_;
  std::vector<double> intervals_s_;
};

}  // namespace headland::inspect
