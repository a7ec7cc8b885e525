// SPDX-License-Identifier: Apache-2.0
#include "core/plots/echo_labeller.hpp"

#include <algorithm>
#include <bit>

namespace headland::plots {
namespace {

constexpr int position_shift = 8;                                     // 2^-32 to 2^-24 turns
constexpr AntennaPosition widest_echo = positions_per_turn / 6;       // 60 degrees, however near
constexpr std::uint32_t most_cells_of_echo = std::uint32_t{1} << 24;  // keeps all sums far from overflow

constexpr std::uint32_t longest_counted = 64;  // cells of a run, likewise

void start(Echo& echo, const HitSpoke& spoke) {
  const bool large = echo.large;
  echo = Echo{};
  echo.first = echo.last = spoke.position;
  echo.first_time = echo.last_time = spoke.time;
  echo.near_cell = 0xFFFFFFFF;
  echo.large = large;
}

void merge(Echo& into, const Echo& from) {
  // Both sums count from the earlier first position.
  const AntennaPosition first = std::min(into.first, from.first);
  into.weighted_position +=
      static_cast<std::int64_t>(into.bearing_weight) * ((into.first >> position_shift) - (first >> position_shift)) +
      from.weighted_position +
      static_cast<std::int64_t>(from.bearing_weight) * ((from.first >> position_shift) - (first >> position_shift));
  if (from.first < into.first) into.first_time = from.first_time;
  if (from.last > into.last) into.last_time = from.last_time;
  into.first = first;
  into.last = std::max(into.last, from.last);
  into.weight += from.weight;
  into.bearing_weight += from.bearing_weight;
  into.longest_run = std::max(into.longest_run, from.longest_run);
  into.doppler_cells += from.doppler_cells;
  into.approaching += from.approaching;
  into.receding += from.receding;
  into.weighted_cell += from.weighted_cell;
  into.cells += from.cells;
  into.near_cell = std::min(into.near_cell, from.near_cell);
  into.far_cell = std::max(into.far_cell, from.far_cell);
  if (from.peak > into.peak || (from.peak == into.peak && from.peak_threshold < into.peak_threshold)) {
    into.peak = from.peak;
    into.peak_threshold = from.peak_threshold;
  }
  into.large = into.large || from.large;
}

bool over_limits(const Echo& echo, const EchoLimits& limits) {
  if (echo.far_cell - echo.near_cell >= limits.range_cells || echo.cells > most_cells_of_echo) return true;
  const AntennaPosition turned = echo.last - echo.first;
  if (turned > widest_echo) return true;
  constexpr double radians_per_position = 2.0 * 3.14159265358979323846 / 4294967296.0;
  const double beyond_beam = static_cast<double>(turned) * radians_per_position - limits.beam_rad;
  return beyond_beam * (limits.range_start_m + echo.near_cell * limits.cell_size_m) > limits.extent_m;
}

}  // namespace

AntennaPosition Echo::centroid() const {
  if (bearing_weight == 0) return first;
  // Rounded to the nearest 2^-24 turn: 4 microradians, 4 cm in 10 km.
  const auto w = static_cast<std::int64_t>(bearing_weight);
  const std::int64_t offset = (2 * weighted_position + w) / (2 * w);
  return first + offset * (AntennaPosition{1} << position_shift);
}

EchoLabeller::Label EchoLabeller::root(Label label) {
  while (nodes_[label].parent != label) {
    nodes_[label].parent = nodes_[nodes_[label].parent].parent;
    label = nodes_[label].parent;
  }
  return label;
}

EchoLabeller::Label EchoLabeller::new_node(const HitSpoke& spoke) {
  Label label = 0;
  if (free_.empty()) {
    label = static_cast<Label>(nodes_.size());
    nodes_.emplace_back();
  } else {
    label = free_.back();
    free_.pop_back();
  }
  Node& node = nodes_[label];
  node.parent = label;
  node.open = true;
  node.echo.large = false;
  start(node.echo, spoke);
  return label;
}

EchoLabeller::Label EchoLabeller::join(Label a, Label b) {
  if (a == b) return a;
  merge(nodes_[a].echo, nodes_[b].echo);
  nodes_[a].last_row = std::max(nodes_[a].last_row, nodes_[b].last_row);
  nodes_[b].parent = a;
  nodes_[b].open = false;
  merged_.push_back(b);
  return a;
}

bool EchoLabeller::link(Run& run, bool linked, std::vector<Run>& earlier, std::size_t& at, std::uint32_t run_ratio) {
  while (at < earlier.size() && earlier[at].end < run.begin) ++at;
  for (std::size_t i = at; i < earlier.size() && earlier[i].begin <= run.end; ++i) {
    const Label other = root(earlier[i].label);
    if (run_ratio > 0) {
      const std::uint32_t length = run.end - run.begin;
      const std::uint32_t before = earlier[i].end - earlier[i].begin;
      const std::uint32_t longest = nodes_[other].echo.longest_run;
      if (length > run_ratio * before + 2 || std::max(before, longest) > run_ratio * length + 2) continue;
    }
    earlier[i].followed = true;
    run.label = linked ? join(root(run.label), other) : other;
    linked = true;
  }
  return linked;
}

void EchoLabeller::find_runs(const HitSpoke& spoke, const HitBlock& block) {
  current_.clear();
  const auto bits = block.bits_of(spoke);
  bool inside = false;
  for (std::size_t w = 0; w < bits.size(); ++w) {
    const std::uint64_t word = bits[w];
    if (word == 0 && !inside) continue;
    const auto base = static_cast<std::uint32_t>(w * 64);
    // A bit that differs from the one before begins or ends a run.
    std::uint64_t edges = word ^ (word << 1 | (inside ? 1U : 0U));
    while (edges != 0) {
      const std::uint32_t cell = base + static_cast<std::uint32_t>(std::countr_zero(edges));
      edges &= edges - 1;
      if (inside) {
        current_.back().end = cell;
      } else {
        current_.push_back({cell, cell, 0, false});
      }
      inside = !inside;
    }
  }
  if (inside) current_.back().end = spoke.cell_count;
  runs_ += current_.size();
}

void EchoLabeller::label_runs(const HitSpoke& spoke, std::uint32_t run_ratio) {
  std::size_t at_previous = 0;
  std::size_t at_waiting = 0;
  for (Run& run : current_) {
    const bool linked = link(run, false, previous_, at_previous, run_ratio);
    if (!link(run, linked, waiting_, at_waiting, run_ratio)) run.label = new_node(spoke);
  }
}

void EchoLabeller::measure(const Run& run, Echo& echo, const HitSpoke& spoke, const std::uint8_t* levels,
                           const std::uint8_t* thresholds) const {
  std::uint32_t weight = 0;
  std::uint64_t weighted = 0;
  for (std::uint32_t k = run.begin; k < run.end; ++k) {
    const std::uint8_t level = levels[k];
    weight += level;
    weighted += std::uint64_t{level} * k;
    if (level > echo.peak || (level == echo.peak && thresholds[k] < echo.peak_threshold)) {
      echo.peak = level;
      echo.peak_threshold = thresholds[k];
    }
  }
  const std::uint64_t bearing_weight = std::uint64_t{weight} * std::min(run.end - run.begin, longest_counted);
  if (spoke.position < echo.first) {  // a small step back of the antenna
    echo.weighted_position += static_cast<std::int64_t>(echo.bearing_weight) *
                              ((echo.first >> position_shift) - (spoke.position >> position_shift));
    echo.first = spoke.position;
    echo.first_time = spoke.time;
  }
  if (spoke.position > echo.last) {
    echo.last = spoke.position;
    echo.last_time = spoke.time;
  }
  echo.weighted_position +=
      static_cast<std::int64_t>(bearing_weight) * ((spoke.position >> position_shift) - (echo.first >> position_shift));
  echo.weight += weight;
  echo.bearing_weight += bearing_weight;
  echo.longest_run = std::max(echo.longest_run, run.end - run.begin);
  echo.weighted_cell += weighted;
  echo.cells += run.end - run.begin;
  echo.near_cell = std::min(echo.near_cell, run.begin);
  echo.far_cell = std::max(echo.far_cell, run.end - 1);
}

void EchoLabeller::count_doppler(const Run& run, std::span<const std::uint8_t> doppler, Echo& echo) {
  for (const std::uint8_t mark : doppler.subspan(run.begin, run.end - run.begin)) {
    echo.approaching += mark == static_cast<std::uint8_t>(DopplerCell::approaching) ? 1U : 0U;
    echo.receding += mark == static_cast<std::uint8_t>(DopplerCell::receding) ? 1U : 0U;
  }
  echo.doppler_cells += run.end - run.begin;
}

void EchoLabeller::add(const HitSpoke& spoke, const HitBlock& block, const EchoLimits& limits,
                       std::vector<Echo>& done) {
  ++row_;
  find_runs(spoke, block);
  label_runs(spoke, limits.run_ratio);
  const std::uint8_t* const levels = block.levels_of(spoke).data();
  const std::uint8_t* const thresholds = block.thresholds_of(spoke).data();
  for (Run& run : current_) {
    run.label = root(run.label);
    Node& node = nodes_[run.label];
    node.last_row = row_;
    measure(run, node.echo, spoke, levels, thresholds);
    if (spoke.has_doppler) count_doppler(run, block.doppler_of(spoke), node.echo);
    if (over_limits(node.echo, limits)) {
      node.echo.large = true;
      done.push_back(node.echo);
      start(node.echo, spoke);
    }
  }
  retire(done);
}

void EchoLabeller::close(Label label, std::vector<Echo>& done) {
  Node& node = nodes_[label];
  if (!node.open) return;
  if (node.echo.cells > 0) done.push_back(node.echo);
  node.open = false;
  free_.push_back(label);
}

void EchoLabeller::retire(std::vector<Echo>& done) {
  for (const Run& run : waiting_) {
    if (run.followed) continue;
    const Label label = root(run.label);
    // Nothing of the echo in the last two spokes: it is over.
    if (nodes_[label].last_row + 2 <= row_) close(label, done);
  }
  waiting_.clear();
  for (Run run : previous_) {
    if (run.followed) continue;
    run.label = root(run.label);
    waiting_.push_back(run);
  }
  std::swap(previous_, current_);
  free_.insert(free_.end(), merged_.begin(), merged_.end());
  merged_.clear();
}

void EchoLabeller::finish(std::vector<Echo>& done) {
  for (const Run& run : waiting_) close(root(run.label), done);
  for (const Run& run : previous_) close(root(run.label), done);
  waiting_.clear();
  previous_.clear();
}

AntennaPosition EchoLabeller::earliest_centroid(AntennaPosition otherwise, bool large) const {
  for (const Node& node : nodes_) {
    if (node.open && (large || !node.echo.large)) otherwise = std::min(otherwise, node.echo.centroid());
  }
  return otherwise;
}

}  // namespace headland::plots
