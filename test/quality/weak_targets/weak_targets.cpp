// SPDX-License-Identifier: Apache-2.0
// How strong a vessel must be to be confirmed within a minute (24 turns) with probability 0.8, at one false track an
// hour in 100 square miles: three detections of five, the best M of 24, our tracker, and track-before-detect; in noise
// and in K-distributed clutter that is independent from turn to turn.
//
//   weak_targets [--quick] [--paths-only] [--curves FILE]
//
// Strength: mean power of the vessel (Swerling 1) over the mean power of the background in one cell. One false track an
// hour in some 3e8 cells is beyond what can be waited for: M of N is counted out (each set of M cells that a vessel of
// at most 30 kn can pass, times the probability of M false alarms to the power M, the leading term);
// track-before-detect (straight lines at half the rate; paths that turn, which have the other half, are left out) is
// run over a few ten million cells of background, and the logarithm of the rate of false paths, which falls along a
// straight line with the limit, is carried on to the rate wanted; the tracker is run for an hour at each of six rates
// of false alarms, and takes the greatest that gives one false track at most.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <utility>

#include "core/integration/line_search.hpp"
#include "core/integration/path_follower.hpp"
#include "quality/weak_targets/weak_target_sea.hpp"
#include "quality/weak_targets/weak_target_tracker.hpp"

namespace headland::quality {
namespace {

using integration::Background;
using integration::EvidenceTable;
using integration::FollowConfig;
using integration::PathConfig;
using integration::PathFollower;
using integration::PathGrid;
using integration::PathReport;

struct Effort {
  int path_turns = 120;
  int trials = 300;
  int steps = 6;
  bool paths_only = false;
};

double decibels(double db) { return std::pow(10.0, 0.1 * db); }

// The strength at which `found` reaches 0.8, by halving.
template <class F>
double strength_for(double low, double high, int steps, F found) {
  for (int i = 0; i < steps; ++i) {
    const double middle = 0.5 * (low + high);
    (found(middle) < 0.8 ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

// Threshold for a false-alarm probability.
double threshold_for(double shape, double probability) {
  double low = 0.0;
  double high = 2000.0;
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (low + high);
    (exceedance(shape, middle, 0.0) > probability ? low : high) = middle;
  }
  return low;
}

double choose(int n, int k) {
  double result = 1.0;
  for (int i = 0; i < k; ++i) result *= static_cast<double>(n - i) / (i + 1);
  return result;
}

// Cells that a vessel can reach in so many turns, to within a cell.
double reachable(int turns) {
  const double cells = fastest_mps * turn_s / cell_m * turns;
  const double rows = fastest_mps * turn_s / (middle_m * row_width_rad) * turns;
  double count = 0.0;
  for (int r = -200; r <= 200; ++r) {
    for (int a = -40; a <= 40; ++a) {
      const double x = std::max(std::abs(r) - 1, 0) / cells;
      const double y = std::max(std::abs(a) - 1, 0) / rows;
      if (std::hypot(x, y) <= 1.0) ++count;
    }
  }
  return count;
}

// Three of five: the third within a cell of where the first two point.
double false_alarms_three_of_five() {
  double ways = 0.0;
  for (int second = 1; second <= 3; ++second) ways += (4 - second) * reachable(second) * 9.0;
  return std::cbrt(false_rate / ways);
}

// M of 24 along a straight line: those between the first and the last lie in the cells of the line.
double false_alarms_of(int m) {
  double ways = 0.0;
  for (int last = m - 1; last < turns_a_minute; ++last) ways += choose(last - 1, m - 2) * reachable(last);
  return std::pow(false_rate / ways, 1.0 / m);
}

// Probability of three of five within 24 turns: states are what the last four turns showed.
double found_three_of_five(double detection) {
  std::array<double, 16> state{};
  state[0] = 1.0;
  double done = 0.0;
  for (int t = 0; t < turns_a_minute; ++t) {
    std::array<double, 16> next{};
    for (unsigned s = 0; s < 16; ++s) {
      const unsigned after = (s << 1U) & 15U;
      next[after] += state[s] * (1.0 - detection);
      if (__builtin_popcount(s) >= 2) {
        done += state[s] * detection;
      } else {
        next[after | 1U] += state[s] * detection;
      }
    }
    state = next;
  }
  return done;
}

double found_of(int m, double detection) {
  double sum = 0.0;
  for (int k = m; k <= turns_a_minute; ++k) {
    sum += choose(turns_a_minute, k) * std::pow(detection, k) * std::pow(1.0 - detection, turns_a_minute - k);
  }
  return sum;
}

// Track-before-detect: the limit for the false rate wanted, and what it finds.
class Paths {
 public:
  Paths(double shape, const Effort& effort)
      : shape_(shape), effort_(effort), source_(shape), table_(shape > 0.0 ? Background{1.0, shape} : Background{}) {
    config_.cap = 160;
    count_false_paths();
  }
  [[nodiscard]] double limit() const { return limit_; }
  [[nodiscard]] double rise() const { return rise_; }
  [[nodiscard]] double fall() const { return fall_; }
  [[nodiscard]] double excess() const { return excess_; }

  double found(double db) const {
    int count = 0;
    for (int trial = 0; trial < effort_.trials; ++trial)
      count += is_found(static_cast<std::uint64_t>(trial), decibels(db));
    return static_cast<double>(count) / effort_.trials;
  }

 private:
  using Rows = std::vector<std::vector<std::uint8_t>>;
  void fill(Random& random, std::size_t row, Rows& gains, Rows& losses, int target_cell, double target) const {
    for (std::size_t k = 0; k < gains[row].size(); ++k) {
      const bool is_target = static_cast<int>(k) == target_cell;
      const std::uint8_t step =
          is_target ? EvidenceTable::index_of(power_of(random, shape_, target)) : source_.draw(random);
      gains[row][k] = table_.gain(step);
      losses[row][k] = table_.loss(step);
    }
  }

  void count_false_paths() {
    constexpr std::uint32_t rows = 192;
    constexpr std::uint32_t cells = 1024;
    constexpr int settling = 15;
    PathGrid grid(window(rows, cells, true), config_);
    integration::LineSearch lines(window(rows, cells, true), config_);
    std::vector<std::vector<std::uint8_t>> limits;
    for (int limit = 36; limit <= 68; limit += 4) limits.emplace_back(cells, static_cast<std::uint8_t>(limit));
    const std::vector<std::uint8_t> screens(cells, screen_);
    const std::vector<std::uint8_t> never(cells, 255);
    std::vector<PathFollower> followers(limits.size(), PathFollower(FollowConfig{}));
    std::vector<integration::PathSurvey> surveys(limits.size(), integration::PathSurvey(rows, cells));
    std::vector<std::uint64_t> settled(limits.size());
    Random random(5);
    Rows gains(rows, std::vector<std::uint8_t>(cells));
    Rows losses = gains;
    std::vector<PathReport> out;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> known;  // of this turn: all followers ask the same
    constexpr double coarse = 10.0;                                   // nats: limits below are not fully counted
    const auto evidence = [&](std::uint32_t row, std::uint32_t cell, const integration::Velocity& about, double) {
      const auto [at, is_new] = known.try_emplace({row, cell}, 0.0);
      if (is_new) at->second = lines.evidence(row, cell, about, coarse);
      return at->second;
    };
    for (int t = 0; t < effort_.path_turns + settling; ++t) {
      known.clear();
      for (std::uint32_t r = 0; r < rows; ++r) {
        fill(random, r, gains, losses, -1, 0.0);
        grid.advance(r, gains[r], losses[r]);
        lines.add(r, gains[r], losses[r]);
      }
      for (std::size_t i = 0; i < followers.size(); ++i) {
        for (std::uint32_t r = 0; r < rows; ++r)
          followers[i].judge(grid, evidence, r, {gains[r], never, screens, limits[i]}, surveys[i], out);
        followers[i].end_turn();
        surveys[i].end_turn();
        if (t == settling - 1) settled[i] = followers[i].declared();
      }
      out.clear();
      grid.end_turn();
      lines.end_turn();
    }
    excess_ = surveys.back().mean_excess();
    double w = 0, x = 0, y = 0, xx = 0, xy = 0;  // least squares, each point weighing as much as it counted
    for (std::size_t i = 0; i < limits.size(); ++i) {
      const auto n = static_cast<double>(followers[i].declared() - settled[i]);
      const double rate = n / (static_cast<double>(rows) * cells * effort_.path_turns);
      if (n < 4.0 || rate > 1e-5) continue;
      const double limit = limits[i][0];
      w += n, x += n * limit, y += n * std::log(rate), xx += n * limit * limit, xy += n * limit * std::log(rate);
    }
    fall_ = -(w * xy - x * y) / (w * xx - x * x);
    rise_ = (y + fall_ * x) / w;
    // Half of the false paths are left for those that a vessel which turns is found by, which is not counted here.
    limit_ = (rise_ - std::log(0.5 * false_rate)) / fall_;
  }

  bool is_found(std::uint64_t trial, double target) const {
    constexpr std::uint32_t rows = 28;
    constexpr std::uint32_t cells = 128;
    constexpr int before = 8;
    Random random(1000 + trial);
    PathGrid grid(window(rows, cells, false), config_);
    integration::LineSearch lines(window(rows, cells, false), config_);
    PathFollower follower{FollowConfig{}};
    integration::PathSurvey survey(rows, cells);
    const std::vector<std::uint8_t> screens(cells, screen_);
    const std::vector<std::uint8_t> never(cells, 255);
    const std::vector<std::uint8_t> limits(cells, static_cast<std::uint8_t>(std::ceil(limit_)));
    const Line line = Line::random(random, rows, cells);
    Rows gains(rows, std::vector<std::uint8_t>(cells));
    Rows losses = gains;
    const auto evidence = [&](std::uint32_t row, std::uint32_t cell, const integration::Velocity& about, double least) {
      return lines.evidence(row, cell, about, least);
    };
    std::vector<PathReport> out;
    for (int t = -before; t < turns_a_minute; ++t) {
      out.clear();
      for (std::uint32_t r = 0; r < rows; ++r) {
        const bool here = t >= 0 && line.row_at(t) == static_cast<int>(r);
        fill(random, r, gains, losses, here ? line.cell_at(t) : -1, target);
        grid.advance(r, gains[r], losses[r]);
        lines.add(r, gains[r], losses[r]);
      }
      for (std::uint32_t r = 0; r < rows; ++r)
        follower.judge(grid, evidence, r, {gains[r], never, screens, limits}, survey, out);
      follower.end_turn();
      grid.end_turn();
      lines.end_turn();
      for (const PathReport& p : out) {
        const bool near = std::abs(static_cast<int>(p.cell) - line.cell_at(t)) <= 3 &&
                          std::abs(static_cast<int>(p.row) - line.row_at(t)) <= 2;
        if (t >= 0 && near) return true;
      }
    }
    return false;
  }

  double shape_;
  Effort effort_;
  PathConfig config_;
  static constexpr std::uint8_t screen_ = 34;
  StepSource source_;
  EvidenceTable table_;
  double limit_ = 0.0, rise_ = 0.0, fall_ = 0.0, excess_ = 0.0;
};

std::pair<Paths, double> measure_paths(double shape, const Effort& effort, double best, double three) {
  Paths paths(shape, effort);
  const double weak = strength_for(best - 5.0, three, effort.steps, [&](double db) { return paths.found(db); });
  std::printf(
      "  track-before-detect  %5.2f dB   (limit %.1f nats; ln rate = %.2f - %.3f per quarter nat; scores run %.1f "
      "quarters over their level)\n",
      weak, paths.limit() / EvidenceTable::steps_per_nat, paths.rise(), paths.fall(), paths.excess());
  std::printf("  better than 3 of 5 by %.1f dB\n", three - weak);
  std::fflush(stdout);
  return {std::move(paths), weak};
}

void measure(double shape, const Effort& effort, std::FILE* curves) {
  const auto detection = [&](double probability) {
    const double threshold = threshold_for(shape, probability);
    return [=](double db) { return exceedance(shape, threshold, decibels(db)); };
  };
  const auto by_three = detection(false_alarms_three_of_five());
  const double three = strength_for(0.0, 25.0, 14, [&](double db) { return found_three_of_five(by_three(db)); });
  int best_m = 0;
  double best = 99.0;
  for (int m = 3; m <= 16; ++m) {
    const auto by_m = detection(false_alarms_of(m));
    const double db = strength_for(0.0, 25.0, 14, [&](double d) { return found_of(m, by_m(d)); });
    if (db < best) best = db, best_m = m;
  }
  if (shape > 0.0) {
    std::printf("\nK-distributed clutter, shape %.1f\n", shape);
  } else {
    std::printf("\nNoise\n");
  }
  std::printf("  3 of 5               %5.2f dB   (false alarms %.1e)\n", three, false_alarms_three_of_five());
  std::printf("  best M of 24         %5.2f dB   (M = %d, false alarms %.1e)\n", best, best_m, false_alarms_of(best_m));
  std::fflush(stdout);

  if (effort.paths_only) {
    measure_paths(shape, effort, best, three);
    return;
  }
  const auto track = [&](bool with_strength) {
    TrackerTrial tracker(effort.trials / 2, shape, with_strength);
    const double db = strength_for(best - 3.0, three + 4.0, effort.steps, [&](double d) { return tracker.found(d); });
    std::printf("  our tracker %s %5.2f dB   (false alarms %.1e)\n", with_strength ? "+ strength" : "alone   ", db,
                tracker.false_alarms());
    std::fflush(stdout);
    return std::pair(std::move(tracker), db);
  };
  const double alone = track(false).second;
  const auto [tracker, tracked] = track(true);

  const auto [paths, weak] = measure_paths(shape, effort, best, three);
  std::printf("  better than 3 of 5 by %.1f dB, than our tracker by %.1f dB (with strength %.1f dB)\n", three - weak,
              alone - weak, tracked - weak);
  std::fflush(stdout);
  if (curves == nullptr) return;
  for (double db = std::floor(weak) - 3.0; db <= three + 4.0; db += 1.0) {
    std::fprintf(curves, "%.1f,%.1f,%.4f,%.4f,%.4f,%.4f\n", shape, db, found_three_of_five(by_three(db)),
                 found_of(best_m, detection(false_alarms_of(best_m))(db)), tracker.found(db), paths.found(db));
  }
}

int run(int count, char** words) {
  Effort effort;
  std::FILE* curves = nullptr;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(words[i], "--quick") == 0) {
      effort = {40, 100, 5, effort.paths_only};
    } else if (std::strcmp(words[i], "--paths-only") == 0) {
      effort.paths_only = true;
    } else if (std::strcmp(words[i], "--curves") == 0 && i + 1 < count) {
      curves = std::fopen(words[++i], "w");
      if (curves == nullptr) {
        std::printf("%s: cannot be written\n", words[i]);
        return 2;
      }
      std::fprintf(curves, "shape,strength_db,three_of_five,best_of_24,tracker,track_before_detect\n");
    } else {
      std::printf("weak_targets [--quick] [--paths-only] [--curves FILE]\n");
      return 2;
    }
  }
  std::printf("%.0f cells of half a beam by a pulse in 100 square miles; %.2e false tracks a cell and turn\n",
              cells_in_area, false_rate);
  for (const double shape : {0.0, 1.0, 0.5}) measure(shape, effort, curves);
  if (curves != nullptr) std::fclose(curves);
  return 0;
}

}  // namespace
}  // namespace headland::quality

int main(int count, char** words) { return headland::quality::run(count, words); }
