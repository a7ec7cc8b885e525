// SPDX-License-Identifier: Apache-2.0
#include "core/plots/echo_labeller.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace headland::plots {
namespace {

constexpr AntennaPosition widest_echo = positions_per_turn / 6;       // 60 degrees, however near
constexpr std::uint32_t most_cells_of_echo = std::uint32_t{1} << 24;  // keeps all sums far from overflow

bool over_limits(const Echo& echo, const EchoLimits& limits) {
  if (echo.far_cell - echo.near_cell >= limits.range_cells || echo.cells > most_cells_of_echo) return true;
  const AntennaPosition turned = echo.last - echo.first;
  if (turned > widest_echo) return true;
  const double beyond_beam = static_cast<double>(turned) * radians_per_position - limits.beam_rad;
  return beyond_beam * (limits.range_start_m + echo.near_cell * limits.cell_size_m) > limits.extent_m;
}

}  // namespace

EchoLabeller::Label EchoLabeller::root(Label label) {
  while (nodes_[label].parent != label) {
    nodes_[label].parent = nodes_[nodes_[label].parent].parent;
    label = nodes_[label].parent;
  }
  return label;
}

EchoLabeller::Label EchoLabeller::new_node(const Row& row) {
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
  node.last_row = row.number;
  node.echo.large = false;
  node.echo.start(row.position, row.time);
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

EchoLabeller::Label EchoLabeller::label_of(Row& row, Run& run) {
  if (run.label != no_label) return root(run.label);
  run.label = new_node(row);
  add_run(row, run, nodes_[run.label].echo);
  --row.lone;
  return run.label;
}

void EchoLabeller::link(Run& run, Row& earlier, std::size_t at, bool Run::* follows, std::uint32_t run_ratio) {
  for (; at < earlier.count && earlier.runs[at].begin <= run.end; ++at) {
    Run& other = earlier.runs[at];
    // Of the spoke before the previous one only those that nothing followed yet.
    if (follows == &Run::followed_later && other.followed) continue;
    if (run_ratio > 0) {
      const std::uint32_t length = run.end - run.begin;
      const std::uint32_t before = other.end - other.begin;
      const std::uint32_t longest = other.label == no_label ? before : nodes_[root(other.label)].echo.longest_run;
      if (length > run_ratio * before + 2 || std::max(before, longest) > run_ratio * length + 2) continue;
    }
    other.*follows = true;
    const Label label = label_of(earlier, other);
    run.label = run.label == no_label ? label : join(root(run.label), label);
  }
}

void EchoLabeller::label_run(Run& run, const EchoLimits& limits) {
  const std::size_t next = previous_.first_from(run.begin);
  if (next < previous_.count && previous_.runs[next].begin <= run.end) {
    link(run, previous_, next, &Run::followed, limits.run_ratio);
  }
  const std::size_t later = before_.first_from(run.begin);
  if (later < before_.count && before_.runs[later].begin <= run.end) {
    link(run, before_, later, &Run::followed_later, limits.run_ratio);
  }
}

void EchoLabeller::label_runs(const EchoLimits& limits) {
  Row& row = current_;
  row.linked.resize(std::max(row.linked.size(), row.count));
  std::size_t linked = 0;
  const std::size_t words = std::min(row.hits.size(), std::max(previous_.touching.size(), before_.touching.size()));
  std::uint32_t done = 0;  // cells whose runs have been looked at
  for (std::size_t w = 0; w < words; ++w) {
    const std::uint64_t beside_previous = w < previous_.touching.size() ? previous_.touching[w] : 0;
    const std::uint64_t beside_before = w < before_.touching.size() ? before_.touching[w] : 0;
    std::uint64_t touched = row.hits[w] & (beside_previous | beside_before);
    const auto base = static_cast<std::uint32_t>(w * 64);
    while (touched != 0) {
      const std::uint32_t cell = base + static_cast<std::uint32_t>(std::countr_zero(touched));
      touched &= touched - 1;
      if (cell < done) continue;
      const std::size_t i = row.first_from(cell);  // the run that the cell is in: none ends before it
      Run& run = row.runs[i];
      done = run.end;
      label_run(run, limits);
      // Written in any case and counted where it holds: the processor cannot foresee which it will be.
      row.linked[linked] = static_cast<std::uint32_t>(i);
      linked += static_cast<std::size_t>(run.label != no_label);
    }
  }
  row.lone = row.count - linked;
  row.linked_count = linked;
  if (row.longest_run <= limits.range_cells) return;
  row.linked_count = 0;  // anew, with those that are too long by themselves
  for (std::size_t i = 0; i < row.count; ++i) {
    const Run& run = row.runs[i];
    if (run.label != no_label || run.end - run.begin > limits.range_cells) {
      row.linked[row.linked_count++] = static_cast<std::uint32_t>(i);
    }
  }
}

void EchoLabeller::add_run(const Row& row, const Run& run, Echo& echo) {
  echo.add(row.position, row.time, row.has_doppler, run);
  if (row.first_remembered == 0) return;
  memory_->append(echo.runs, row.first_remembered + static_cast<std::uint64_t>(&run - row.runs.data()));
}

void EchoLabeller::merge(Echo& into, const Echo& from) {
  into.merge(from);
  if (memory_) memory_->join(into.runs, from.runs);
}

void EchoLabeller::add(const HitSpoke& spoke, const HitBlock& block, std::span<const std::uint64_t> bits,
                       const EchoLimits& limits, std::vector<Echo>& done) {
  ++row_;
  find_runs(spoke, block, bits);
  measure_runs(spoke, block);
  remember_runs(spoke, block);
  label_runs(limits);
  gather(limits, done);
  retire(limits, done);
}

void EchoLabeller::gather(const EchoLimits& limits, std::vector<Echo>& done) {
  for (std::size_t i = 0; i < current_.linked_count; ++i) {
    Run& run = current_.runs[current_.linked[i]];
    if (run.label == no_label) {  // too long by itself
      label_of(current_, run);
    } else {
      run.label = root(run.label);
      nodes_[run.label].last_row = row_;
      add_run(current_, run, nodes_[run.label].echo);
    }
    Node& node = nodes_[run.label];
    if (over_limits(node.echo, limits)) {
      node.echo.large = true;
      done.push_back(node.echo);
      node.echo.start(current_.position, current_.time);
    }
  }
}

void EchoLabeller::close(Label label, std::vector<Echo>& done) {
  Node& node = nodes_[label];
  if (!node.open) return;
  if (node.echo.cells > 0) done.push_back(node.echo);
  node.open = false;
  free_.push_back(label);
}

void EchoLabeller::end_lone(const Row& row, std::uint32_t least_cells, std::vector<Echo>& done) {
  if (row.lone == 0 || least_cells == std::numeric_limits<std::uint32_t>::max()) {
    lone_noise_ += row.lone;
    return;
  }
  for (std::size_t i = 0; i < row.count; ++i) {
    const Run& run = row.runs[i];
    if (run.label != no_label) continue;
    if (run.end - run.begin < least_cells) {
      ++lone_noise_;
      continue;
    }
    Echo& echo = done.emplace_back();
    echo.start(row.position, row.time);
    add_run(row, run, echo);
  }
}

void EchoLabeller::retire(const EchoLimits& limits, std::vector<Echo>& done) {
  end_lone(before_, limits.least_lone_cells, done);
  for (std::size_t i = 0; i < before_.linked_count; ++i) {
    const Run& run = before_.runs[before_.linked[i]];
    if (run.followed || run.followed_later) continue;
    const Label label = root(run.label);
    // Nothing of the echo in the last two spokes: it is over.
    if (nodes_[label].last_row + 2 <= row_) close(label, done);
  }
  for (std::size_t i = 0; i < previous_.linked_count; ++i) {
    Run& run = previous_.runs[previous_.linked[i]];
    if (!run.followed) run.label = root(run.label);
  }
  std::swap(before_, previous_);
  std::swap(previous_, current_);
  free_.insert(free_.end(), merged_.begin(), merged_.end());
  merged_.clear();
}

void EchoLabeller::finish(std::vector<Echo>& done) {
  for (Row* row : {&before_, &previous_}) {
    end_lone(*row, 0, done);
    for (std::size_t i = 0; i < row->linked_count; ++i) {
      const Run& run = row->runs[row->linked[i]];
      if (!run.followed) close(root(run.label), done);
    }
    row->count = row->lone = row->linked_count = 0;
    row->ends.clear();
    row->touching.clear();
  }
}

AntennaPosition EchoLabeller::earliest_centroid(AntennaPosition otherwise, bool large,
                                                AntennaPosition parts_from) const {
  for (const Row* row : {&previous_, &before_}) {
    if (row->lone > 0) otherwise = std::min(otherwise, row->position);
  }
  for (const Node& node : nodes_) {
    const Echo& echo = node.echo;
    if (!node.open || (echo.large && !large)) continue;
    otherwise = std::min(otherwise, echo.last - echo.first > parts_from ? echo.first : echo.centroid());
  }
  return otherwise;
}

}  // namespace headland::plots
