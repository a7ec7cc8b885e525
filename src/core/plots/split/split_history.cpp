// SPDX-License-Identifier: Apache-2.0
#include "core/plots/split/split_history.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace headland::plots {
namespace {

constexpr double fastest_mps = 20.0;     // of vessels that keep so close
constexpr std::size_t most_kept = 1024;  // of all turns that count

}  // namespace

bool SplitHistory::are_alike(const SplitSighting& now, const SplitSighting& then, int turns_ago) const {
  const double moved_m = fastest_mps * std::abs(to_seconds(now.time - then.time).value());
  const double across = static_cast<double>(now.position - then.position - turns_ago * positions_per_turn);
  const double turned = std::abs(across) * radians_per_position;
  if (std::abs((now.range - then.range).value()) > moved_m + pulse_.value()) return false;
  if (turned > beam_.radians() + moved_m / std::max(now.range.value(), 1.0)) return false;
  // Which of the two is the stronger may have changed.
  for (const double sign : {1.0, -1.0}) {
    if (std::abs(now.apart_range.value() - sign * then.apart_range.value()) <= pulse_.value() &&
        std::abs(now.apart_bearing.radians() - sign * then.apart_bearing.radians()) <= beam_.radians()) {
      return true;
    }
  }
  return false;
}

bool SplitHistory::take(const SplitSighting& sighting) {
  const AntennaPosition oldest = sighting.position - turns * positions_per_turn - positions_per_turn / 2;
  const auto first =
      std::find_if(sightings_.begin(), sightings_.end(), [&](const SplitSighting& s) { return s.position >= oldest; });
  sightings_.erase(sightings_.begin(), first);
  std::array<bool, turns + 1> seen{};
  for (const SplitSighting& then : sightings_) {
    const AntennaPosition ago = (sighting.position - then.position + positions_per_turn / 2) / positions_per_turn;
    if (ago < 1 || ago > turns || seen[static_cast<std::size_t>(ago)]) continue;
    seen[static_cast<std::size_t>(ago)] = are_alike(sighting, then, static_cast<int>(ago));
  }
  if (sightings_.size() < most_kept) sightings_.push_back(sighting);
  return std::count(seen.begin(), seen.end(), true) >= wanted;
}

}  // namespace headland::plots
