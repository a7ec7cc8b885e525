// SPDX-License-Identifier: Apache-2.0
#include "core/registration/radar_registration.hpp"

#include <algorithm>
#include <cmath>

namespace headland::registration {

void RadarRegistration::process(PlotSector& sector) {
  site_ = {Metres(sector.site_east_m), Metres(sector.site_north_m)};
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
    const Bias& bias = bias_.applied(sector.ended);
    by = by - Angle(Radians(bias.bearing_rad));
    for (Plot& plot : sector.plots) plot.range = std::max(plot.range - Metres(bias.range_m), Metres(0.1));
  }
  turn(sector, by);
}

void RadarRegistration::turn(PlotSector& sector, Angle by) {
  const Bearing from = sector.from;
  const Bearing to = sector.to;
  // The correction changes from sector to sector: each begins where the one before it ended, no gap for that.
  const Angle begin_by = from == end_ && from != to ? corrected_end_ - from : by;
  rotate(sector, begin_by);
  sector.to = to + by;
  for (Plot& plot : sector.plots) plot.bearing = plot.bearing + (by - begin_by);
  end_ = to;
  corrected_end_ = sector.to;
}

void RadarRegistration::observe(const Track& track, double probability, const VesselReport& report, EastNorth where) {
  if (!config_.unbias || probability < config_.least_probability) return;
  // A tenth of a minute is too coarse, and an aircraft no vessel.
  if (report.kind == AisClass::long_range || report.kind == AisClass::sar_aircraft) return;
  if (track.stage != TrackStage::confirmed || track.scans_missed > 0 || track.sensors.size() != 1) return;
  const Timestamp time = report.received - to_duration(Seconds(config_.latency_s));
  const double dt = to_seconds(time - track.last_plot).value();
  if (std::abs(dt) > config_.oldest_track_s) return;
  const double moved = to_seconds(time - track.time).value();
  const EastNorth seen{track.state.position.east + Metres(track.state.velocity.east.value() * moved) - site_.east,
                       track.state.position.north + Metres(track.state.velocity.north.value() * moved) - site_.north};
  const EastNorth said = where - site_;
  const double seen_m = std::hypot(seen.east.value(), seen.north.value());
  BiasLook look;
  look.vessel = report.mmsi;
  look.time = time;
  look.range_m = std::hypot(said.east.value(), said.north.value());
  // The track lies where the corrected plots lay: what was taken off them is put back.
  look.range_error_m = seen_m + bias_.applied().range_m - look.range_m;
  look.bearing_error_rad =
      (Bearing::of(seen.east.value(), seen.north.value()) - Bearing::of(said.east.value(), said.north.value()))
          .radians() +
      bias_.applied().bearing_rad;
  look.speed_mps = track.state.velocity.speed().value();
  bias_.observe(look);
}

RadarRegistration::Snapshot RadarRegistration::snapshot() const {
  return {stabilizer_.snapshot(), bias_.snapshot(), config_.mounting, site_.east.value(), site_.north.value(), end_,
          corrected_end_};
}

void RadarRegistration::restore(const Snapshot& snapshot) {
  if (snapshot.mounting != config_.mounting) return;
  stabilizer_.restore(snapshot.stabilizer);
  bias_.restore(snapshot.bias);
  site_ = {Metres(snapshot.site_east_m), Metres(snapshot.site_north_m)};
  end_ = snapshot.end;
  corrected_end_ = snapshot.corrected_end;
}

}  // namespace headland::registration
