// SPDX-License-Identifier: Apache-2.0
#include "core/integration/path_follower.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headland::integration {

void PathFollower::judge(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row, const Judgement& by,
                         PathSurvey& survey, std::vector<PathReport>& out) {
  const auto best = grid.best(row);
  constexpr std::uint32_t piece = 64;
  for (std::uint32_t from = 0; from < best.size(); from += piece) {
    const auto to = std::min<std::uint32_t>(from + piece, static_cast<std::uint32_t>(best.size()));
    const std::uint8_t most = *std::max_element(best.begin() + from, best.begin() + to);
    if (most < PathSurvey::level) continue;
    for (std::uint32_t k = from; k < to; ++k) {
      if (by.screens[k] == 0 || best[k] < PathSurvey::level || !is_peak(grid, row, k)) continue;
      take(grid, lines, row, k, by, survey, out);
    }
  }
}

namespace {

constexpr double quarters = 4.0;

}  // namespace

// Half of what declares a straight path is asked of one that turns, and of one that is followed: what an echo gave
// leads on beside it, too, but along lines that it is not on.
double PathFollower::straight_of(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row, std::uint32_t cell,
                                 const Judgement& by) {
  if (by.gains[cell] == 0) return 0.0;
  const double least = 0.5 * by.lines[cell] / quarters;
  const double straight = lines(row, cell, grid.velocities()[grid.layer_of(row, cell)], least);
  return straight >= least ? straight : 0.0;
}

std::optional<double> PathFollower::evidence_of(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row,
                                                std::uint32_t cell, const Judgement& by) {
  const std::uint8_t score = grid.best(row)[cell];
  if (by.gains[cell] == 0 || score < by.screens[cell]) return std::nullopt;
  const double straight = straight_of(grid, lines, row, cell, by);
  const bool turns = straight > 0.0 && score >= by.limits[cell];
  if (straight * quarters < by.lines[cell] && !turns) return std::nullopt;
  return turns ? std::max(straight, score / quarters) : straight;
}

// The greatest of its neighbourhood; of equals the first in order of rows and cells.
bool PathFollower::is_peak(const PathGrid& grid, std::uint32_t row, std::uint32_t cell) const {
  const auto rows = static_cast<int>(grid.geometry().rows);
  const auto reach = static_cast<int>(config_.near_rows);
  const std::uint8_t score = grid.best(row)[cell];
  const std::uint32_t from = cell - std::min(cell, config_.near_cells);
  const std::uint32_t to = std::min(cell + config_.near_cells + 1, grid.geometry().cells);
  for (int d = -reach; d <= reach; ++d) {
    int other = static_cast<int>(row) + d;
    if (grid.geometry().closed) other = (other + rows) % rows;
    if (other < 0 || other >= rows) continue;
    const auto best = grid.best(static_cast<std::uint32_t>(other));
    for (std::uint32_t k = from; k < to; ++k) {
      const bool earlier = d < 0 || (d == 0 && k < cell);
      if (best[k] > score || (earlier && best[k] == score)) return false;
    }
  }
  return true;
}

double PathFollower::rows_between(const PathGrid& grid, double a, double b) const {
  const double rows = grid.geometry().rows;
  return grid.geometry().closed ? std::abs(std::remainder(a - b, rows)) : std::abs(a - b);
}

void PathFollower::take(const PathGrid& grid, const LineEvidence& lines, std::uint32_t row, std::uint32_t cell,
                        const Judgement& by, PathSurvey& survey, std::vector<PathReport>& out) {
  Path* nearest = nullptr;
  double least = 1.0;
  for (Path& path : paths_) {
    const double cells = std::abs(cell - path.cell) / (config_.near_cells + 1.0);
    const double sides = rows_between(grid, row, path.row) / (config_.near_rows + 1.0);
    const double distance = std::max(cells, sides);
    if (distance >= least) continue;
    least = distance;
    nearest = &path;
  }
  if (nearest == nullptr) {
    if (is_in_shade(grid, row, cell)) return;
    survey.note(row, cell, grid.best(row)[cell]);
    if (by.gains[cell] > 0 && grid.best(row)[cell] >= by.screens[cell] && ++looks_ > config_.most_looks) {
      ++refused_;
      return;
    }
    const std::optional<double> evidence = evidence_of(grid, lines, row, cell, by);
    if (!evidence) return;
    if (paths_.size() >= config_.most_paths) {
      ++refused_;
      return;
    }
    paths_.push_back({});
    nearest = &paths_.back();
    nearest->last.path = ++declared_;
    nearest->last.evidence = *evidence;
    const int declared_by = std::min(grid.best(row)[cell], by.limits[cell]);
    nearest->least =
        static_cast<std::uint8_t>(std::max({declared_by - config_.hold, by.screens[cell] - config_.hold / 2, 0}));
  } else if (nearest->found || grid.best(row)[cell] < nearest->least) {
    return;  // one peak a turn
  } else {
    ++nearest->last.turns;
  }
  const bool shows = nearest->last.turns == 0 || straight_of(grid, lines, row, cell, by) > 0.0;
  nearest->unseen = shows ? 0 : nearest->unseen + 1;
  if (nearest->unseen > config_.most_unseen) return;
  nearest->found = true;
  nearest->last.row = row;
  nearest->last.cell = cell;
  nearest->last.layer = grid.layer_of(row, cell);
  nearest->last.score = grid.best(row)[cell];
  nearest->last.shows = shows;
  nearest->best = std::max(nearest->best, nearest->last.score);
  out.push_back(nearest->last);
  expect(grid, *nearest);
}

bool PathFollower::is_in_shade(const PathGrid& grid, std::uint32_t row, std::uint32_t cell) const {
  const std::uint8_t score = grid.best(row)[cell];
  return std::ranges::any_of(paths_, [&](const Path& path) {
    return path.best >= score && std::abs(cell - path.cell) <= config_.shade_cells &&
           rows_between(grid, row, path.row) <= config_.shade_rows;
  });
}

void PathFollower::expect(const PathGrid& grid, Path& path) const {
  const GridGeometry& g = grid.geometry();
  const Velocity v = grid.velocities()[path.last.layer];
  const double range = g.range_start.value() + (path.last.cell + 0.5) * g.cell_size.value();
  path.cell = path.last.cell + v.radial_mps * g.turn_time.value() / g.cell_size.value();
  path.row = path.last.row + v.crossing_mps * g.turn_time.value() / (std::max(range, 1.0) * g.row_width.radians());
}

void PathFollower::end_turn() {
  looks_ = 0;
  // The turn of the judge begins anew somewhere: a path that crosses there may be missed in one turn.
  std::erase_if(paths_, [](const Path& path) { return !path.found && !path.fresh; });
  for (Path& path : paths_) path.fresh = std::exchange(path.found, false);
}

}  // namespace headland::integration
