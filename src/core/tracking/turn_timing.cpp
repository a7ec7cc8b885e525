// SPDX-License-Identifier: Apache-2.0
#include "core/tracking/turn_timing.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"

namespace headland::tracking {
namespace {

// Shares of a turn between a plot's time and the beam's: of times that are right, and that can be borne.
constexpr double right = 0.01;
constexpr double bearable = 0.05;
constexpr double carried = 0.01;          // of a turn, at most, that a correction carries a plot over its limits
constexpr double least_spread_rad = 1.0;  // of bearings that tell the time of a turn
constexpr double shortest_turn_s = 0.2;
constexpr double longest_turn_s = 60.0;

bool agree(const PlotSector& turn, Timestamp began, double turn_s, double allowed) {
  return std::all_of(turn.plots.begin(), turn.plots.end(), [&](const Plot& p) {
    const double beam_s = share_of(turn, p) * turn_s;
    return std::abs(to_seconds(p.time - began).value() - beam_s) <= allowed * turn_s;
  });
}

TurnTiming from(Timestamp began, double turn_s) { return {began, began + to_duration(Seconds(turn_s))}; }

}  // namespace

double share_of(const PlotSector& turn, const Plot& plot) {
  const double share = clockwise_from(turn.from, plot.bearing) / full_turn;
  if (turn.ended <= turn.began) return share;
  const bool is_early = plot.time - turn.began < turn.ended - plot.time;
  if (share > 1.0 - carried && is_early) return share - 1.0;
  if (share < carried && !is_early) return share + 1.0;
  return share;
}

std::vector<const Plot*> in_order_of_time(const PlotSector& turn) {
  std::vector<const Plot*> out;
  out.reserve(turn.plots.size());
  const auto add = [&](double from, double to) {
    for (const Plot& p : turn.plots) {
      const double share = share_of(turn, p);
      if (share >= from && share < to) out.push_back(&p);
    }
  };
  add(-1.0, 0.0);
  add(0.0, 1.0);
  add(1.0, 2.0);
  return out;
}

TurnTiming time_turn(const PlotSector& turn, double expected_s, std::optional<Timestamp> before) {
  const double given_s = to_seconds(turn.ended - turn.began).value();
  if (given_s >= shortest_turn_s && agree(turn, turn.began, given_s, right)) return {turn.began, turn.ended};
  const bool known = expected_s >= shortest_turn_s;
  if (turn.plots.empty()) {
    if (!known) return {turn.began, turn.began};
    const bool follows = before && std::abs(to_seconds(turn.began - *before).value()) < expected_s;
    return from(follows ? *before : turn.began, expected_s);
  }
  const auto [low, high] = std::minmax_element(turn.plots.begin(), turn.plots.end(), [&](const Plot& a, const Plot& b) {
    return share_of(turn, a) < share_of(turn, b);
  });
  const double share = share_of(turn, *high) - share_of(turn, *low);
  double turn_s = expected_s;
  if (share * full_turn >= least_spread_rad) {
    turn_s = to_seconds(high->time - low->time).value() / share;
  } else if (!known) {
    return {turn.began, turn.began};
  }
  if (turn_s < shortest_turn_s || turn_s > longest_turn_s) return {turn.began, turn.began};
  const Timestamp began = low->time - to_duration(Seconds(share_of(turn, *low) * turn_s));
  if (!agree(turn, began, turn_s, bearable)) {
    const bool given = given_s >= shortest_turn_s && agree(turn, turn.began, given_s, bearable);
    return {turn.began, given ? turn.ended : turn.began};
  }
  return from(began, turn_s);
}

}  // namespace headland::tracking
