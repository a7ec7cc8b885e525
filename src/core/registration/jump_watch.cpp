// SPDX-License-Identifier: Apache-2.0
#include "core/registration/jump_watch.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace headland::registration {
namespace {

constexpr std::size_t most_kept = 400;                // looks since a sum began to grow
constexpr std::int64_t set_back_ns = 60'000'000'000;  // a clock, not a look that came late
constexpr std::int64_t forget_ns = 600'000'000'000;   // a vessel not seen so long has no mean any more

double median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return 0.5 * (v[(v.size() - 1) / 2] + v[v.size() / 2]);
}

}  // namespace

bool JumpWatch::add(Side& side, std::uint32_t vessel, std::int64_t time_ns, double z, double off_rad) const {
  const double step = std::min(z, config_.most) - config_.slack;
  if (side.sum <= 0.0) side = {};
  if (side.sum <= 0.0 && step <= 0.0) return false;
  if (side.sum <= 0.0) side.since_ns = time_ns;
  side.sum += step;
  side.share[vessel] += step;
  if (side.off_rad.size() < most_kept) side.off_rad.push_back(off_rad);
  if (side.sum < config_.threshold) return false;
  // Without the vessel that says most of it.
  double most = 0.0;
  std::uint32_t vessels = 0;
  for (const auto& [mmsi, share] : side.share) {
    most = std::max(most, share);
    if (share > 0.0) ++vessels;
  }
  return vessels >= config_.least_vessels && side.sum - most > 0.5 * config_.threshold;
}

std::optional<double> JumpWatch::observe(Mmsi vessel, std::int64_t time_ns, double bearing_error_rad,
                                         double deviation_rad, double steadied_rad) {
  if (!std::isfinite(bearing_error_rad) || !(deviation_rad > 0.0)) return std::nullopt;
  Vessel& v = state_.vessels[vessel.value()];
  const bool set_back = time_ns < v.last_ns - set_back_ns;
  if (v.looks > 0.0 && time_ns <= v.last_ns && !set_back) return std::nullopt;  // told already
  if (time_ns - v.last_ns > forget_ns) v = {};
  v.last_ns = time_ns;
  std::optional<double> jump;
  if (v.looks >= config_.least_looks) {
    const double off = bearing_error_rad - v.mean_rad;
    const double z = off / std::sqrt(std::max(v.variance, deviation_rad * deviation_rad) * (1.0 + 1.0 / v.looks));
    for (const bool upward : {true, false}) {
      Side& side = upward ? state_.up : state_.down;
      if (!add(side, vessel.value(), time_ns, upward ? z : -z, off + steadied_rad)) continue;
      const double size = median(side.off_rad);
      told_since_ns_ = side.since_ns;
      side = {};
      if (std::abs(size) >= config_.least_step) jump = size;
    }
  }
  if (jump) {
    const std::int64_t since = told_since_ns_;
    clear();
    told_since_ns_ = since;
    return jump;
  }
  v.looks = std::min(v.looks + 1.0, config_.memory_looks);
  const double gain = 1.0 / v.looks;
  const double off = bearing_error_rad - v.mean_rad;
  v.mean_rad += gain * off;
  if (v.looks > 1.0) v.variance += gain * (off * off * (1.0 - gain) - v.variance);
  return std::nullopt;
}

void JumpWatch::forget_silent(std::int64_t now_ns) {
  std::erase_if(state_.vessels, [&](const auto& v) { return std::abs(now_ns - v.second.last_ns) > forget_ns; });
}

void JumpWatch::clear() { state_ = {}; }

}  // namespace headland::registration
