// SPDX-License-Identifier: Apache-2.0
// What the tracker learns of a vessel's hull and kind while it works.
#include <algorithm>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double extent_memory = 0.1;    // share of a new extent in the smoothed one
constexpr double most_growth = 0.5;      // of itself, that one look may say: it may hold a neighbour, too
constexpr double solid_existence = 0.9;  // of a vessel whose echo tells of beam and pulse
constexpr double least_speed_mps = 0.7;  // from which the course is that of the hull,
constexpr double speed_sigmas = 3.0;     // and known

void follow_extent(double seen, double& usual) {
  if (usual <= 0.0) usual = seen;
  usual += extent_memory * std::clamp(seen - usual, -most_growth * usual, most_growth * usual);
}

double speed_deviation(const Gaussian& mean) { return std::sqrt(std::max(0.5 * mean.vv.trace(), 0.0)); }

}  // namespace

void Tracker::State::note_echo(Sensor& sensor, const Due& due, const PlacedPlot& plot) {
  Bernoulli& track = slots_[due.slot];
  track.strength_db = plot.strength_db;
  const double longer = std::max(plot.range_extent_m, plot.cross_extent_m);
  const double shorter = std::min(plot.range_extent_m, plot.cross_extent_m);
  track.length_m += extent_memory * (longer - track.length_m);
  track.width_m += extent_memory * (shorter - track.width_m);
  if (plot.shared || track.stage == TrackStage::tentative) return;
  if (track.existence > solid_existence) {
    sensor.smear.learn(plot.range_m, plot.range_extent_m, plot.cross_extent_m, plot.strength_db);
  }
  const Gaussian mean = moments(track.weight, track.modes, track.used_motions());
  const double speed = mean.velocity.norm();
  const Vector2 sight = plot.position - due.look.segment->site;
  EchoLook look;
  look.along_m = plot.range_extent_m;
  look.across_m = plot.cross_extent_m;
  look.smear_along_m = sensor.smear.along_m(plot.strength_db);
  look.smear_across_m = sensor.smear.across_rad(plot.strength_db) * plot.range_m;
  look.course_known = speed > least_speed_mps && speed > speed_sigmas * speed_deviation(mean);
  if (plot.range_extent_m > 0.0 && plot.cross_extent_m > 0.0) {
    Look& record = look_of(track, sensor.id);
    follow_extent(plot.range_extent_m, record.deep_m);
    follow_extent(plot.cross_extent_m / plot.range_m, record.wide_rad);
  }
  look.aspect = std::atan2(mean.velocity(0), mean.velocity(1)) - std::atan2(sight(0), sight(1));
  track.extent.add(look);
  track.history.hit(mean.velocity(0), mean.velocity(1), plot.strength_db - sensor.smear.strength_db());
}

// Of a vessel there that can be seen, by the radars that the track rests on.
double Tracker::State::detection_of(const Bernoulli& track, const Gaussian& mean) const {
  constexpr double prior_share = 0.01;  // where none is known
  double sum = prior_share * config_.detection_probability;
  double shares = prior_share;
  for (const Look& look : track.looks) {
    const auto sensor =
        std::find_if(sensors_.begin(), sensors_.end(), [&](const Sensor& s) { return s.id == look.sensor; });
    if (look.weight <= 0.0 || sensor == sensors_.end() || sensor->beam.empty()) continue;
    sum += look.weight * detection_at(*sensor, mean.position);
    shares += look.weight;
  }
  return sum / shares;
}

void Tracker::State::describe_vessel(const Bernoulli& track, const Gaussian& mean, Track& out) const {
  if (track.stage == TrackStage::tentative || !(track.history.looks() > 0.0)) return;
  const double deviation = speed_deviation(mean);
  const double course = std::atan2(mean.velocity(0), mean.velocity(1));
  out.size = track.extent.size(course, std::atan2(deviation, mean.velocity.norm()));
  Evidence e;
  e.speed_mps = track.history.speed_mps();
  e.speed_deviation_mps = 0.5 * deviation;  // a mean over looks knows it better than the last
  e.stands = stands(track, mean);
  e.size = out.size;
  e.relative_db = track.history.relative_db();
  e.hits = track.history.hits();
  e.looks = track.history.looks();
  e.detection = detection_of(track, mean);
  e.life_s = to_seconds(track.time - track.began).value();
  e.existence = out.existence;
  out.kind = classify(e);
}

}  // namespace headland::tracking
