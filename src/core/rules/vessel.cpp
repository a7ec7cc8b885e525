// SPDX-License-Identifier: Apache-2.0
#include "core/rules/vessel.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::rules {
namespace {

constexpr double least_speed_with_course_mps = 0.25;
constexpr double longest_extrapolation_s = 200.0;

// Angle of true north in an azimuthal plane about `origin`, on a sphere: good to a hundredth of a degree within
// 300 km, where LocalFrame::north_at is exact but too slow to ask for every vessel each second.
double convergence(GeoPosition origin, GeoPosition at) {
  const double dlon = std::remainder(at.longitude.value() - origin.longitude.value(), 2.0 * std::numbers::pi);
  const double half_sum = 0.5 * (at.latitude.value() + origin.latitude.value());
  const double half_difference = 0.5 * (at.latitude.value() - origin.latitude.value());
  return -2.0 * std::atan2(std::sin(half_sum) * std::tan(0.5 * dlon), std::cos(half_difference));
}

double length_of(const SystemTrack& track) {
  if (track.particulars && track.particulars->to_bow_m && track.particulars->to_stern_m) {
    return *track.particulars->to_bow_m + *track.particulars->to_stern_m;
  }
  return 0.0;
}

void take_motion(const SystemTrack& track, const LocalFrame* frame, Vessel& v) {
  v.motion_known = track.velocity_known;
  if (!v.motion_known) return;
  v.east_mps = track.velocity.east.value();
  v.north_mps = track.velocity.north.value();
  if (frame != nullptr) {
    // bearing in plane = true bearing + north: turned back by it.
    const double north = convergence(frame->origin(), track.position);
    const double c = std::cos(north), s = std::sin(north);
    const double e = v.east_mps, n = v.north_mps;
    v.east_mps = e * c - n * s;
    v.north_mps = e * s + n * c;
  }
  v.speed_mps = std::hypot(v.east_mps, v.north_mps);
  if (v.speed_mps >= least_speed_with_course_mps) {
    v.course_rad = Bearing::of(v.east_mps, v.north_mps).radians();
  }
}

}  // namespace

std::uint64_t key_of(const SystemTrack& track) {
  if (track.identity && track.identity->mmsi.value() != 0) return of_mmsi | track.identity->mmsi.value();
  return track.id.value();
}

Vessel vessel_of(const SystemTrack& track, Timestamp now, const LocalFrame* frame) {
  Vessel v;
  v.track = &track;
  v.key = key_of(track);
  v.id = track.id;
  if (track.identity) v.mmsi = track.identity->mmsi;
  take_motion(track, frame, v);
  v.age_s = std::max(0.0, to_seconds(now - track.time).value());
  v.position = track.position;
  v.plane = tangent_at(track.position);
  if (v.motion_known && v.age_s > 0.0 && v.age_s < longest_extrapolation_s && v.course_rad) {
    v.position = moved(v.plane, {Metres(v.east_mps * v.age_s), Metres(v.north_mps * v.age_s)});
    v.plane = tangent_at(v.position);
  }
  for (const Contribution& c : track.contributions) {
    if (c.kind == SourceKind::radar) v.has_radar = true;
    if (c.kind == SourceKind::ais) v.has_ais = true;
  }
  if (track.stage == TrackStage::coasting && track.radar_track.value() != 0) v.has_radar = false;
  v.ais_lost = v.has_ais && track.ais_lost;
  if (v.ais_lost) v.has_ais = false;
  if (track.report) {
    if (track.report->heading) v.heading_rad = track.report->heading->radians();
    v.status = track.report->navigation_status.value_or(status_unknown);
  }
  if (track.particulars) {
    v.kind = class_of(track.particulars->ship_type);
    v.draught_m = track.particulars->draught_m;
  }
  v.length_m = length_of(track);
  return v;
}

}  // namespace headland::rules
