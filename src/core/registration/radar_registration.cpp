// SPDX-License-Identifier: Apache-2.0
#include "core/registration/radar_registration.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/units.hpp"

namespace headland::registration {
namespace {

// Known so well, it may be taken off a young radar at once.
constexpr double known_range_m = 15.0;
constexpr double known_bearing_rad = 0.3 * radians_per_degree;

}  // namespace

void RadarRegistration::process(PlotSector& sector) {
  Angle by;
  if (config_.stabilize) {
    const auto& error = stabilizer_.process(sector);
    if (error.applied) {
      by = by - error.error;
      for (Plot& plot : sector.plots) {
        plot.bearing_deviation = Radians(std::hypot(plot.bearing_deviation.value(), error.deviation.radians()));
      }
    }
  }
  if (config_.unbias && sector.reference == BearingReference::true_north) {
    move_towards_estimate(sector.ended);
    const Bias& bias = applied_;
    by = by - Angle(Radians(bias.bearing_rad));
    const Duration late = to_duration(Seconds(bias.time_s));
    sector.began -= late;
    sector.ended -= late;
    for (Plot& plot : sector.plots) {
      plot.range = std::max(Metres((plot.range.value() - bias.range_m) / (1.0 + bias.range_scale)), Metres(0.1));
      plot.time -= late;
    }
  }
  turn(sector, by);
}

void RadarRegistration::turn(PlotSector& sector, Angle by) {
  // A whole turn in one sector keeps its limits: turned a little more than the one before it would overlap that one,
  // and be taken for a sector that comes late.
  if (sector.from != sector.to) {
    edges_.turn(sector, by, by);
  } else {
    for (BlankedSector& area : sector.blanked) {
      area.from = area.from + by;
      area.to = area.to + by;
    }
  }
  for (Plot& plot : sector.plots) plot.bearing = plot.bearing + by;
  for (BeaconSighting& beacon : sector.beacons) beacon.bearing = beacon.bearing + by;
}

// No switching on and off at the limit: believed it stays, while most of it is more than chance. That less is known of
// it than when it was found (fewer vessels in view) takes nothing away.
bool RadarRegistration::in_force(Held& held, double bias, double deviation, std::int64_t now_ns) const {
  if (std::abs(bias) > config_.significant_sigmas * deviation) held = {true, 0, deviation};
  if (!held.in_force || std::abs(bias) >= deviation || deviation > held.deviation) {
    held.small_since_ns = 0;
    return held.in_force;
  }
  if (held.small_since_ns == 0 || now_ns < held.small_since_ns) held.small_since_ns = now_ns;
  if (static_cast<double>(now_ns - held.small_since_ns) * 1e-9 >= config_.let_go_s) held = {};
  return held.in_force;
}

void RadarRegistration::move_towards_estimate(Timestamp now) {
  const std::int64_t now_ns = now.time_since_epoch().count();
  const double dt_s = applied_ns_ == 0 ? 0.0 : std::clamp(static_cast<double>(now_ns - applied_ns_) * 1e-9, 0.0, 10.0);
  constexpr std::int64_t set_back_ns = 60'000'000'000;  // no sector comes so late: the clock was set back
  if (applied_ns_ == 0 || now_ns > applied_ns_ || now_ns < applied_ns_ - set_back_ns) applied_ns_ = now_ns;
  if (first_ns_ == 0) first_ns_ = now_ns;
  const BiasEstimate& e = estimate_;
  if (std::max(e.vessels, e.shared / 2) < config_.least_vessels) {
    for (Held& held : held_) held.small_since_ns = 0;
    return;
  }
  const auto move = [&](double& applied, Held& held, double bias, double deviation, double rate, double at_once) {
    const double wanted = in_force(held, bias, deviation, now_ns) ? bias : 0.0;
    const double most = rate * dt_s;
    applied = std::abs(wanted - applied) > at_once ? wanted : applied + std::clamp(wanted - applied, -most, most);
  };
  constexpr double never = 1e9;
  // While hardly a track has been confirmed there is nothing to be gentle with.
  const bool young = static_cast<double>(now_ns - first_ns_) * 1e-9 < config_.young_s;
  const bool range_known = young && e.deviation.range_m < known_range_m;
  const bool bearing_known = young && e.deviation.bearing_rad < known_bearing_rad;
  move(applied_.range_m, held_[0], e.bias.range_m, e.deviation.range_m, config_.slew_range_mps,
       range_known ? 0.0 : never);
  move(applied_.bearing_rad, held_[1], e.bias.bearing_rad, e.deviation.bearing_rad,
       config_.slew_bearing_deg_per_s * radians_per_degree,
       bearing_known ? 0.0 : config_.at_once_deg * radians_per_degree);
  if (reference_) {
    const double alone = std::sqrt(std::max(0.0, std::pow(e.deviation.time_s, 2) - std::pow(e.shared_time_s, 2)));
    const double deviation = reference_->deviation_s > 0.0 ? reference_->deviation_s : alone;
    move(applied_.time_s, held_[2], e.bias.time_s - reference_->time_s, deviation, config_.slew_time_per_s, never);
  }
  move(applied_.range_scale, held_[3], e.bias.range_scale, e.deviation.range_scale, 1e-5, never);
}

RadarRegistration::Snapshot RadarRegistration::snapshot() const {
  const TimeReference reference = reference_.value_or(TimeReference{});
  return {stabilizer_.snapshot(), estimate_, applied_,         applied_ns_, reference_.has_value(), reference.time_s,
          reference.deviation_s,  first_ns_, config_.mounting, held_,       edges_.snapshot()};
}

void RadarRegistration::restore(const Snapshot& snapshot) {
  if (snapshot.mounting != config_.mounting) return;
  stabilizer_.restore(snapshot.stabilizer);
  estimate_ = snapshot.estimate;
  applied_ = snapshot.applied;
  applied_ns_ = snapshot.applied_ns;
  reference_.reset();
  if (snapshot.has_reference) reference_ = {snapshot.reference_time_s, snapshot.reference_deviation_s};
  first_ns_ = snapshot.first_ns;
  held_ = snapshot.held;
  edges_.restore(snapshot.edges);
}

}  // namespace headland::registration
