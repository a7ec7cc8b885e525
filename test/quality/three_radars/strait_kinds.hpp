// SPDX-License-Identifier: Apache-2.0
// Classes that tracks are given, set against what their vessels are.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/scenario/sea/plot_sea.hpp"
#include "core/tracking/track.hpp"

namespace headland::quality {

// By the words of TrackClass: at rest; faster than 20 knots; of 50 m or more; smaller.
[[nodiscard]] TrackClass true_class(const scenario::SeaVessel& vessel, double speed_mps);

struct KindFigure {
  static constexpr std::size_t classes = 6;                         // of TrackClass
  std::array<std::array<std::uint64_t, classes>, classes> looks{};  // [what it is][what it is said to be]
  std::array<double, classes> stated{};                             // sum of the probabilities stated, by what is said

  void note(TrackClass truth, const TrackKind& said);
};

[[nodiscard]] std::string kinds_text(const KindFigure& figure);

}  // namespace headland::quality
