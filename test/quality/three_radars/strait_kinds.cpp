// SPDX-License-Identifier: Apache-2.0
#include "quality/three_radars/strait_kinds.hpp"

#include <cstdio>

#include "core/base/constants.hpp"

namespace headland::quality {
namespace {

constexpr double rest_mps = 0.26;  // half a knot
constexpr double fast_mps = 20.0 * mps_per_knot;
constexpr double large_m = 50.0;
constexpr std::array<const char*, KindFigure::classes> names{"unknown", "large",      "small",
                                                             "fast",    "stationary", "improbable"};

std::size_t index_of(TrackClass kind) { return static_cast<std::size_t>(kind); }

}  // namespace

TrackClass true_class(const scenario::SeaVessel& vessel, double speed_mps) {
  if (speed_mps < rest_mps) return TrackClass::stationary;
  if (speed_mps > fast_mps) return TrackClass::fast;
  return vessel.length_m >= large_m ? TrackClass::large : TrackClass::small;
}

void KindFigure::note(TrackClass truth, const TrackKind& said) {
  ++looks[index_of(truth)][index_of(said.likely)];
  stated[index_of(said.likely)] += said.probability;
}

std::string kinds_text(const KindFigure& figure) {
  std::string out = "classes, looks a minute apart: what a vessel is, and the share said of it\n";
  char text[160];
  for (std::size_t truth = 0; truth < KindFigure::classes; ++truth) {
    std::uint64_t all = 0;
    for (const std::uint64_t n : figure.looks[truth]) all += n;
    if (all == 0) continue;
    std::snprintf(text, sizeof text, "  %-12s %7llu", names[truth], static_cast<unsigned long long>(all));
    out += text;
    for (std::size_t said = 0; said < KindFigure::classes; ++said) {
      if (figure.looks[truth][said] == 0) continue;
      std::snprintf(text, sizeof text, "  %s %.1f %%", names[said],
                    100.0 * static_cast<double>(figure.looks[truth][said]) / static_cast<double>(all));
      out += text;
    }
    out += "\n";
  }
  for (std::size_t said = 0; said < KindFigure::classes; ++said) {
    std::uint64_t all = 0;
    for (const auto& of_truth : figure.looks) all += of_truth[said];
    if (all == 0) continue;
    const double n = static_cast<double>(all);
    std::snprintf(text, sizeof text, "  said %-12s right %.1f %%, stated %.1f %%\n", names[said],
                  100.0 * static_cast<double>(figure.looks[said][said]) / n, 100.0 * figure.stated[said] / n);
    out += text;
  }
  return out;
}

}  // namespace headland::quality
