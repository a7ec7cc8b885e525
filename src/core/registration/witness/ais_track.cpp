// SPDX-License-Identifier: Apache-2.0
#include "core/registration/witness/ais_track.hpp"

#include <algorithm>
#include <cmath>

namespace headland::registration {
namespace {

constexpr double usual_age_s = 0.5;     // of a position when it is received, where nothing tells better
constexpr double oldest_s = 15.0;       // an older position is none to compare with
constexpr double clock_early_s = -0.7;  // the median of the lag of a clock that is right,
constexpr double clock_late_s = 6.0;    // between these
constexpr double reports_to_trust = 20.0;
constexpr double step_s = 0.2;  // of the running median

}  // namespace

AisLeg::At AisLeg::at(std::int64_t time_ns) const {
  const double dt = length_s();
  const double t = static_cast<double>(time_ns - from.time_ns) * 1e-9;
  const double s = t / dt;
  const double de = to.east_m - from.east_m;
  const double dn = to.north_m - from.north_m;
  if (!from.has_velocity || !to.has_velocity) {
    return {from.east_m + s * de, from.north_m + s * dn, de / dt, dn / dt};
  }
  // Hermite's basis and its derivative.
  const double h10 = s * (1.0 - s) * (1.0 - s);
  const double h11 = s * s * (s - 1.0);
  const double h01 = s * s * (3.0 - 2.0 * s);
  const double d10 = (1.0 - s) * (1.0 - 3.0 * s);
  const double d11 = s * (3.0 * s - 2.0);
  const double d01 = 6.0 * s * (1.0 - s);
  return {from.east_m + h01 * de + dt * (h10 * from.ve_mps + h11 * to.ve_mps),
          from.north_m + h01 * dn + dt * (h10 * from.vn_mps + h11 * to.vn_mps),
          d01 * de / dt + d10 * from.ve_mps + d11 * to.ve_mps, d01 * dn / dt + d10 * from.vn_mps + d11 * to.vn_mps};
}

std::optional<FixClock::Held> FixClock::time_of(const VesselReport& report) {
  const std::int64_t received = report.received.time_since_epoch().count();
  const auto by_reception = Held{received - static_cast<std::int64_t>(usual_age_s * 1e9), false};
  if (!report.utc_second) return by_reception;
  double lag =
      std::fmod(static_cast<double>(received % 60'000'000'000) * 1e-9 - *report.utc_second + 90.0, 60.0) - 30.0;
  state_.reports = std::min(state_.reports + 1.0, 1e6);
  const double step = std::max(step_s, 10.0 / state_.reports);
  state_.lag_s += std::clamp(lag - state_.lag_s, -step, step);
  const bool right = state_.lag_s > clock_early_s && state_.lag_s < clock_late_s;
  if (state_.reports < reports_to_trust || !right) return by_reception;
  if (lag < -1.5 || lag > oldest_s) return std::nullopt;
  return Held{received - static_cast<std::int64_t>(lag * 1e9), true};
}

}  // namespace headland::registration
