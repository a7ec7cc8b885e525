// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/radar_witness.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/angle.hpp"
#include "core/base/constants.hpp"

namespace headland::fusion {
namespace {

constexpr double learn_every_s = 5.0;
constexpr double memory_looks = 8.0;       // of the mean offset
constexpr double enough_looks = 4.0;       // before it is judged
constexpr std::size_t enough_vessels = 5;  // to speak of what they have in common
constexpr double freshest_s = 40.0;        // an older AIS position says little about an offset
constexpr double deviations = 4.0;
constexpr double under_way_mps = 1.5;
constexpr double same_motion_mps = 2.5;

constexpr double fix_deviation_m = 8.0;
constexpr double instant_deviation_s = 0.5;  // for which a fix holds
constexpr double acceleration_mps2 = 0.2;
constexpr double oldest_look_s = 15.0;
constexpr double beside_m = 100.0;

// Under way as it was.
bool goes_on(const RadarWitness::Station& s, double ve_mps, double vn_mps) {
  return std::hypot(ve_mps, vn_mps) > under_way_mps &&
         std::hypot(ve_mps - s.ve_mps, vn_mps - s.vn_mps) < same_motion_mps;
}

double median(std::vector<double>& v) {
  const auto at = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
  std::nth_element(v.begin(), at, v.end());
  return *at;
}
// Of a normal distribution, by the median of what lies off the middle.
double spread_about(const std::vector<double>& v, double middle) {
  std::vector<double> off;
  off.reserve(v.size());
  for (const double x : v) off.push_back(std::abs(x - middle));
  return 1.4826 * median(off);
}

}  // namespace

void RadarWitness::take(const Bond& b, Timestamp now, bool empty, TrustLedger& ledger) {
  Station& s = stations_[b.mmsi];
  if (s.track != b.track->id || s.parted != Timestamp{}) {
    const DriftWatch::State drift = s.track == b.track->id ? s.drift : DriftWatch::State{};
    const double fitted_m = s.size.fitted_m;
    s = Station{};
    s.track = b.track->id;
    s.bonded = b.track->time;
    s.drift = drift;
    s.size.fitted_m = fitted_m;
  }
  s.told = now;
  s.errors = b.errors;
  s.site = b.site;
  s.length_m = b.length_m;
  const double dt = to_seconds(b.track->time - s.weighed).value();
  const bool fresh = std::abs(to_seconds(b.track->time - b.motion->time()).value()) < freshest_s;
  if (b.track->stage == TrackStage::confirmed && fresh && (s.weighed == Timestamp{} || dt > 0.0)) {
    watch_drift(*b.track, *b.motion, empty, now, s, ledger);
    compare(b, now, s, ledger);
    s.weighed = b.track->time;
  }
  s.parted = Timestamp{};
}

// Whether AIS leaves its echo, look by look: one for each fix.
void RadarWitness::watch_drift(const Track& track, const AisMotion& motion, bool empty, Timestamp now, Station& s,
                               TrustLedger& ledger) const {
  if (motion.time() == s.drift.fix) return;
  const double dt = to_seconds(motion.time() - track.time).value();
  if (std::abs(dt) > oldest_look_s) return;
  const double ve = track.state.velocity.east.value();
  const double vn = track.state.velocity.north.value();
  const auto& c = track.state.covariance;
  // Of the fix, of the instant it holds for, and of what the track may have done in between.
  const double own = square(fix_deviation_m) + square(instant_deviation_s) * (ve * ve + vn * vn) +
                     square(0.5 * acceleration_mps2 * dt * dt);
  const EastNorth from = track.state.position - s.site;
  const double range = std::max(std::hypot(from.east.value(), from.north.value()), 1.0);
  const double ue = from.east.value() / range;
  const double un = from.north.value() / range;
  const double along = square(s.errors.range_m);
  const double across = square(s.errors.bearing_rad * range);
  DriftLook look;
  look.fix = motion.time();
  look.east_m = (motion.position().east - track.state.position.east).value() - dt * ve;
  look.north_m = (motion.position().north - track.state.position.north).value() - dt * vn;
  look.ee_m2 = c[0] + 2.0 * dt * c[2] + dt * dt * c[10] + own + along * ue * ue + across * un * un;
  look.nn_m2 = c[5] + 2.0 * dt * c[7] + dt * dt * c[15] + own + along * un * un + across * ue * ue;
  look.en_m2 = c[1] + dt * (c[3] + c[6]) + dt * dt * c[11] + (along - across) * ue * un;
  look.length_m = s.length_m;
  // As with those that parted: a track that stands, or goes on in another way, may have been caught by another echo.
  look.may_count = empty && goes_on(s, ve, vn);
  drift_.look(look, s.drift);
  if (drift_.drifts(s.drift)) {
    ledger.found({TrustEvidence::radar_contradicts, s.drift.off_m, drift_.least_m(s.length_m)}, now, 1.0);
  }
}

void RadarWitness::compare(const Bond& b, Timestamp now, Station& s, TrustLedger& ledger) {
  const double dt = to_seconds(b.track->time - s.weighed).value();
  const double share = s.weighed == Timestamp{} ? 1.0 : std::min(1.0, dt / config_.independent_s);
  const EastNorth echo = b.track->state.position - b.site;
  const EastNorth sent = b.motion->position_at(b.track->time) - b.site;
  const double range = std::hypot(echo.east.value(), echo.north.value());
  const double d_range = std::hypot(sent.east.value(), sent.north.value()) - range;
  const double d_across =
      range * (Bearing::of(sent.east.value(), sent.north.value()) - Bearing::of(echo.east.value(), echo.north.value()))
                  .radians();
  s.looks += share;
  const double weight = share / std::min(std::max(s.looks, 1.0), memory_looks);
  s.range_m += weight * (d_range - s.range_m);
  s.across_m += weight * (d_across - s.across_m);
  s.ve_mps += weight * (b.track->state.velocity.east.value() - s.ve_mps);
  s.vn_mps += weight * (b.track->state.velocity.north.value() - s.vn_mps);
  s.site_range_m = range;
  const double range_off = s.range_m - common_.range_m;
  const double across_off = s.across_m - range * common_.bearing_rad;
  const double off = std::hypot(range_off, across_off);
  const double limit = std::max(config_.offset_m + 0.5 * b.length_m, deviations * common_.spread_m);
  const bool known = common_.vessels >= enough_vessels;
  if (s.looks >= enough_looks && known && off > limit) {
    ledger.found({TrustEvidence::radar_contradicts, off, limit}, now, 0.25 * share);
  } else if (!drift_.drifts(s.drift)) {
    ledger.absent(TrustEvidence::radar_contradicts, now, 0.25 * share);
    const double together = to_seconds(b.track->time - s.bonded).value();
    if (together >= config_.confirm_s) {
      ledger.found({TrustEvidence::radar_confirms, together, config_.confirm_s}, now, 1.0);
    }
  }
  judge_size(b, now, share, s, ledger);
}

// Of a vessel under way only: at rest its echo may be that of a quay or of its neighbours, too.
void RadarWitness::judge_size(const Bond& b, Timestamp now, double share, Station& s, TrustLedger& ledger) const {
  if (!(b.length_m > 0.0) || !(b.echo_m > 0.0) || std::hypot(s.ve_mps, s.vn_mps) < under_way_mps) return;
  SizeWatch::look(b.length_m, b.echo_m, b.echo_deviation_m, share, s.size);
  size_.note_fit(s.size);
  if (!size_.is_known(s.size) || size_.line().vessels == 0) return;
  const bool longer_by_its_tow = b.tows && b.echo_m > b.length_m;
  if (size_.misfits(s.size) && !longer_by_its_tow) {
    ledger.found({TrustEvidence::size_mismatch, b.length_m, b.echo_m}, now, 0.1 * share);
  } else {
    ledger.absent(TrustEvidence::size_mismatch, now, 0.1 * share);
  }
}

double RadarWitness::reach_of(const Track& track, EastNorth site, const RadarErrors& errors, double length_m) {
  const double range = distance(track.state.position, site).value();
  return beside_m + 0.5 * length_m + deviations * std::hypot(errors.range_m, errors.bearing_rad * range);
}

// Medians over the stations: what the radar measures amiss, and what echoes are usually larger by.
void RadarWitness::learn(Timestamp now) {
  if (learned_ != Timestamp{} && now >= learned_ && to_seconds(now - learned_).value() < learn_every_s) return;
  learned_ = now;
  std::vector<double> range;
  std::vector<double> bearing;
  std::vector<double> across;
  std::vector<SizeWatch::State> sizes;
  for (const auto& [mmsi, s] : stations_) {
    if (s.parted != Timestamp{} || s.looks < enough_looks) continue;
    range.push_back(s.range_m);
    bearing.push_back(s.across_m / std::max(s.site_range_m, 100.0));
    sizes.push_back(s.size);
  }
  common_ = Common{};
  common_.vessels = static_cast<std::uint32_t>(range.size());
  if (range.size() >= enough_vessels) {
    common_.range_m = median(range);
    common_.bearing_rad = median(bearing);
    for (const auto& [mmsi, s] : stations_) {
      if (s.parted != Timestamp{} || s.looks < enough_looks) continue;
      across.push_back(s.across_m - s.site_range_m * common_.bearing_rad);
    }
    common_.spread_m = std::max(spread_about(range, common_.range_m), spread_about(across, 0.0));
  }
  size_.learn(sizes);
}

void RadarWitness::watch_parted(Station& s, Timestamp now, const TrackState& old, const AisMotion* motion,
                                TrustLedger& ledger) {
  if (s.parted == Timestamp{}) {
    // Together too short to mean anything: forgotten.
    if (old.track == nullptr || to_seconds(s.weighed - s.bonded).value() < 2.0 * config_.confirm_s) {
      s.parted = now - to_duration(Seconds(2.0 * config_.watch_s));
      return;
    }
    s.parted = now;
  }
  // Silent since, no track any more, or the track is another vessel: nothing to hold against it.
  if (old.track == nullptr || old.taken || motion == nullptr || old.track->stage != TrackStage::confirmed) return;
  const Timestamp at = old.track->time;
  if (std::abs(to_seconds(at - motion->time()).value()) > freshest_s || at <= s.weighed) return;
  watch_drift(*old.track, *motion, true, now, s, ledger);
  const double dt = to_seconds(at - s.weighed).value();
  s.weighed = at;
  // A track that stands, or goes on in another way than before, may have been caught by another echo: a quay that the
  // vessel left, a buoy, a vessel that crossed.
  const double ve = old.track->state.velocity.east.value();
  const double vn = old.track->state.velocity.north.value();
  if (!goes_on(s, ve, vn)) return;
  const double apart = distance(motion->position_at(at), old.track->state.position).value();
  if (apart > config_.parted_least_m) {
    ledger.found({TrustEvidence::radar_contradicts, apart, config_.parted_least_m}, now,
                 0.3 * std::min(1.0, dt / config_.independent_s));
  }
}

void RadarWitness::take_time_back(Timestamp now) {
  for (auto& [mmsi, s] : stations_) {
    for (Timestamp* t : {&s.bonded, &s.weighed, &s.parted, &s.told, &s.drift.fix}) *t = std::min(*t, now);
  }
}

bool RadarWitness::is_over(const Station& s, Timestamp now) const {
  return s.parted != Timestamp{} && to_seconds(now - s.parted).value() > config_.watch_s;
}

}  // namespace headland::fusion
