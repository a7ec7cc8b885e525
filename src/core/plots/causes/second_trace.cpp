// SPDX-License-Identifier: Apache-2.0
#include "core/plots/causes/second_trace.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/plots/causes/strong_echoes.hpp"

namespace headland::plots {
namespace {

constexpr double metres_per_second = 299792458.0 / 2.0;  // of delay
constexpr double once = 1.0;
constexpr double twice = 10.0;
constexpr double certain = 1e4;

}  // namespace

SecondTrace::SecondTrace(const CauseConfig& config) : config_(config) {
  for (const Seconds a : config.pulse_intervals) {
    for (const Seconds b : config.pulse_intervals) {
      const double jump = (a.value() - b.value()) * metres_per_second;
      if (std::abs(jump) >= least_jump_m) jumps_m_.push_back(jump);
    }
  }
  std::sort(jumps_m_.begin(), jumps_m_.end());
  jumps_m_.erase(std::unique(jumps_m_.begin(), jumps_m_.end(), [](double a, double b) { return b - a < 1.0; }),
                 jumps_m_.end());
}

void SecondTrace::judge(const PlotSector& sector, std::vector<double>& odds) {
  odds.assign(sector.plots.size(), 0.0);
  if (!is_known()) return;
  const double now = full_turn * sector.turn + sector.from.radians();
  std::erase_if(seen_, [&](const Seen& s) { return s.direction < now - 1.2 * full_turn || s.direction > now + 7.0; });
  const std::size_t before = seen_.size();
  for (std::size_t i = 0; i < sector.plots.size(); ++i) {
    const Plot& plot = sector.plots[i];
    Seen own{direction_of(sector, plot.bearing), plot.range.value(), 0.5 * config_.beam_width.radians(), 0};
    bool stayed = false;
    int jumped = 0;
    for (std::size_t k = 0; k < before; ++k) {
      const Seen& old = seen_[k];
      if (std::abs(own.direction - full_turn - old.direction) > own.reach) continue;
      const double moved = own.range_m - old.range_m;
      if (std::abs(moved) < stays_m) stayed = true;
      const double tolerance = stays_m + 2.0 * plot.range_deviation.value();
      for (const double jump : jumps_m_) {
        if (std::abs(moved - jump) < tolerance) jumped = std::max(jumped, old.jumped + 1);
      }
    }
    if (!stayed) own.jumped = jumped;
    if (own.jumped > 0) odds[i] = own.jumped == 1 ? once : own.jumped == 2 ? twice : certain;
    seen_.push_back(own);
  }
}

}  // namespace headland::plots
