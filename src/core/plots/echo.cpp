// SPDX-License-Identifier: Apache-2.0
#include "core/plots/echo.hpp"

#include <algorithm>

namespace headland::plots {
namespace {

constexpr int position_shift = 8;              // 2^-32 to 2^-24 turns
constexpr std::uint32_t longest_counted = 64;  // cells of a run: keeps all sums far from overflow

}  // namespace

void Echo::start(AntennaPosition position, Timestamp time) {
  const bool was_large = large;
  *this = Echo{};
  first = last = position;
  first_time = last_time = time;
  near_cell = 0xFFFFFFFF;
  large = was_large;
}

void Echo::merge(const Echo& from) {
  // Both sums count from the earlier first position.
  const AntennaPosition earlier = std::min(first, from.first);
  weighted_position +=
      static_cast<std::int64_t>(bearing_weight) * ((first >> position_shift) - (earlier >> position_shift)) +
      from.weighted_position +
      static_cast<std::int64_t>(from.bearing_weight) * ((from.first >> position_shift) - (earlier >> position_shift));
  moments.shift(first, earlier);
  EchoMoments joined = from.moments;
  joined.shift(from.first, earlier);
  moments.add(joined);
  if (from.first < first) first_time = from.first_time;
  if (from.last > last) last_time = from.last_time;
  first = earlier;
  last = std::max(last, from.last);
  weight += from.weight;
  bearing_weight += from.bearing_weight;
  longest_run = std::max(longest_run, from.longest_run);
  doppler_cells += from.doppler_cells;
  approaching += from.approaching;
  receding += from.receding;
  weighted_cell += from.weighted_cell;
  cells += from.cells;
  near_cell = std::min(near_cell, from.near_cell);
  far_cell = std::max(far_cell, from.far_cell);
  if (from.peak > peak || (from.peak == peak && from.peak_threshold < peak_threshold)) {
    peak = from.peak;
    peak_threshold = from.peak_threshold;
  }
  large = large || from.large;
}

AntennaPosition Echo::centroid() const {
  if (bearing_weight == 0) return first;
  // Rounded to the nearest 2^-24 turn: 4 microradians, 4 cm in 10 km.
  const auto w = static_cast<std::int64_t>(bearing_weight);
  const std::int64_t offset = (2 * weighted_position + w) / (2 * w);
  return first + offset * (AntennaPosition{1} << position_shift);
}

void Echo::add(AntennaPosition position, Timestamp time, bool has_doppler, const RunSums& run) {
  const std::uint32_t length = run.end - run.begin;
  const std::uint64_t run_weight = std::uint64_t{run.weight} * std::min(length, longest_counted);
  if (position < first) {  // a small step back of the antenna
    weighted_position +=
        static_cast<std::int64_t>(bearing_weight) * ((first >> position_shift) - (position >> position_shift));
    moments.shift(first, position);
    first = position;
    first_time = time;
  }
  if (position > last) {
    last = position;
    last_time = time;
  }
  weighted_position +=
      static_cast<std::int64_t>(run_weight) * ((position >> position_shift) - (first >> position_shift));
  moments.add(position, first, run.begin, run.end);
  weight += run.weight;
  bearing_weight += run_weight;
  longest_run = std::max(longest_run, length);
  weighted_cell += run.weighted_cell;
  cells += length;
  near_cell = std::min(near_cell, run.begin);
  far_cell = std::max(far_cell, run.end - 1);
  if (run.peak > peak || (run.peak == peak && run.peak_threshold < peak_threshold)) {
    peak = run.peak;
    peak_threshold = run.peak_threshold;
  }
  if (!has_doppler) return;
  doppler_cells += length;
  approaching += run.approaching;
  receding += run.receding;
}

}  // namespace headland::plots
