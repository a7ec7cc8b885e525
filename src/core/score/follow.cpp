// SPDX-License-Identifier: Apache-2.0
// LeaveAisOut: which track goes with a vessel, and how well.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>
#include <vector>

#include "core/score/leave_ais_out.hpp"

namespace headland::score {
namespace {

constexpr double least_speed_for_course_mps = 2.0;
constexpr double least_headed = 24.0;  // steps with a heading, until it is judged where a vessel has its antenna
constexpr std::int64_t oldest_step_ns = 20'000'000'000;  // a track not updated so long tells nothing of now

struct Shown {
  double east_m, north_m, ve_mps, vn_mps;
};

// What the vessel said of its velocity: between what both positions were sent with. What is derived from the
// positions themselves errs by how far their errors wander from one to the next.
registration::AisLeg::At with_velocity_sent(const registration::AisLeg& leg, std::int64_t time_ns,
                                            registration::AisLeg::At at) {
  if (!leg.from.has_velocity || !leg.to.has_velocity) return at;
  const double s = static_cast<double>(time_ns - leg.from.time_ns) * 1e-9 / leg.length_s();
  at.ve_mps = leg.from.ve_mps + s * (leg.to.ve_mps - leg.from.ve_mps);
  at.vn_mps = leg.from.vn_mps + s * (leg.to.vn_mps - leg.from.vn_mps);
  return at;
}

// A track as it was shown at an instant: its last update then, moved on.
template <class Steps>
std::optional<Shown> shown_at(const Steps& steps, std::int64_t time_ns) {
  const auto after = std::upper_bound(steps.begin(), steps.end(), time_ns,
                                      [](std::int64_t t, const auto& s) { return t < s.time_ns; });
  if (after == steps.begin()) return std::nullopt;
  const auto& s = *std::prev(after);
  if (time_ns - s.time_ns > oldest_step_ns) return std::nullopt;
  const double dt = static_cast<double>(time_ns - s.time_ns) * 1e-9;
  return Shown{s.east_m + dt * s.ve_mps, s.north_m + dt * s.vn_mps, s.ve_mps, s.vn_mps};
}

}  // namespace

void HullLengths::add(double off_m, double deviation_m) {
  within.count(std::abs(off_m) <= 2.0 * deviation_m);
  error_m.add(off_m);
  sum_m += off_m;
}

double HullLengths::mean_m() const { return sum_m / static_cast<double>(std::max<std::uint64_t>(1, error_m.count)); }

void LeaveAisOut::begin_judging(Vessel& v, TrackId track) {
  v.confirmed = true;
  v.track = v.number = track;
  v.lost = false;
}

void LeaveAisOut::Offsets::add(const Offsets& o) {
  position.add(o.position), elsewhere.add(o.elsewhere);
  headed += o.headed, ahead_m += o.ahead_m, starboard_m += o.starboard_m;
}

double LeaveAisOut::Offsets::off_m() const { return std::hypot(ahead_m, starboard_m) / std::max(headed, 1.0); }

// Errors of a track stay for a minute or so.
double LeaveAisOut::Offsets::off_deviation_m(double step_s) const {
  constexpr double alike_s = 60.0;
  const auto steps = static_cast<double>(std::max<std::uint64_t>(1, position.count));
  const double about2 = std::max(0.0, position.sum_of_squares / steps - off_m() * off_m());
  return std::sqrt(about2 / std::max(1.0, headed * step_s / alike_s));
}

// Half of the vessels that tell where their antenna is seem to have it farther off than this; 0: too few to say.
double LeaveAisOut::usual_offset_m() const {
  constexpr std::size_t enough_vessels = 8;
  std::vector<double> off;
  for (const auto& [mmsi, v] : vessels_) {
    if (v.offsets.headed >= least_headed) off.push_back(v.offsets.off_m());
  }
  if (off.size() < enough_vessels) return 0.0;
  const auto middle = off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2);
  std::nth_element(off.begin(), middle, off.end());
  return *middle;
}

// What a vessel sends of its antenna may be wrong by half a hull, and is so at every step: no error of a track. The
// median of a length with two normal components is 1.18 of their deviation.
bool LeaveAisOut::is_misplaced(const Offsets& o, double usual_m) const {
  constexpr double deviations = 4.0;
  if (usual_m <= 0.0 || o.headed < least_headed) return false;
  return o.off_m() > deviations * std::hypot(usual_m / 1.18, o.off_deviation_m(config_.step_s));
}

void LeaveAisOut::note_position(Vessel& v, const registration::AisLeg& leg, std::int64_t time_ns, double east_m,
                                double north_m) const {
  Offsets& o = v.since.offsets;
  (v.tells_antenna ? o.position : o.elsewhere).add(std::hypot(east_m, north_m));
  if (!v.tells_antenna || !leg.from.has_heading || !leg.to.has_heading) return;
  const double s = static_cast<double>(time_ns - leg.from.time_ns) * 1e-9 / leg.length_s();
  const double h =
      leg.from.heading_rad + s * std::remainder(leg.to.heading_rad - leg.from.heading_rad, 2.0 * std::numbers::pi);
  o.headed += 1.0;
  o.ahead_m += east_m * std::sin(h) + north_m * std::cos(h);
  o.starboard_m += east_m * std::cos(h) - north_m * std::sin(h);
}

void LeaveAisOut::note_step(Vessel& v, TrackId nearest, const Motions& m) {
  if (Followed& f = tracks_[nearest]; !f.of_ais) f.of_ais = true, ++tracks_of_ais_;
  if (v.number != TrackId() && v.lost) ++v.since.breaks;
  if (v.number != TrackId() && nearest != v.number) ++v.since.changes;
  v.lost = false;
  v.number = nearest;
  const double said = std::hypot(m.said_ve, m.said_vn);
  const double seen = std::hypot(m.seen_ve, m.seen_vn);
  v.since.speed.add(seen - said);
  if (said > least_speed_for_course_mps) {
    const double off = std::atan2(m.seen_ve, m.seen_vn) - std::atan2(m.said_ve, m.said_vn);
    v.since.course.add(std::remainder(off, 2.0 * std::numbers::pi) * 180.0 / std::numbers::pi);
  }
}

void LeaveAisOut::note_hull(Vessel& v, std::int64_t time_ns) const {
  const auto& steps = tracks_.at(v.track).steps;
  const auto after = std::upper_bound(steps.begin(), steps.end(), time_ns,
                                      [](std::int64_t t, const Step& s) { return t < s.time_ns; });
  if (after == steps.begin() || std::prev(after)->length_deviation_m <= 0.0) return;
  v.length_m = std::prev(after)->length_m;
  v.length_deviation_m = std::prev(after)->length_deviation_m;
}

void LeaveAisOut::compare_hull(const Vessel& v, HullLengths& hulls) {
  if (v.said_length_m <= 0.0 || v.length_deviation_m <= 0.0) return;
  hulls.add(v.length_m - v.said_length_m, v.length_deviation_m);
}

void LeaveAisOut::keep(Vessel& v) {
  v.offsets.add(std::exchange(v.since.offsets, {}));
  kept_.add(std::exchange(v.since, {}));
}

void LeaveAisOut::follow_at(Vessel& v, const registration::AisLeg& leg, std::int64_t time_ns) {
  const double since_s = v.stepped_ns == 0 ? config_.step_s : static_cast<double>(time_ns - v.stepped_ns) * 1e-9;
  const double step_s = std::min(since_s, config_.step_s);
  v.stepped_ns = time_ns;
  const auto truth = with_velocity_sent(leg, time_ns, middle(v, leg, time_ns));
  if (!in_reach(truth.east_m, truth.north_m)) {
    // It may come back under another number, and rightly so.
    v.agreed_s = 0.0, v.elsewhere_s = 0.0;
    taken_.erase(v.track);
    v.track = v.number = TrackId();
    return;
  }
  const auto off_of = [&](const Shown& s) { return std::hypot(s.east_m - truth.east_m, s.north_m - truth.north_m); };
  // The track that it had, as long as it stays near; else the nearest that no other vessel has.
  TrackId nearest;
  std::optional<Shown> shown;
  double nearest_m = config_.track_gate_m;
  bool elsewhere = false;
  if (const auto had = tracks_.find(v.track); v.track != TrackId() && had != tracks_.end()) {
    const auto s = shown_at(had->second.steps, time_ns);
    if (s && off_of(*s) < config_.track_gate_m) nearest = v.track, shown = s;
    elsewhere = s && off_of(*s) > 2.0 * config_.track_gate_m;
  }
  if (!shown) {
    for (const auto& [id, followed] : tracks_) {
      if (taken_.contains(id) && id != v.track) continue;
      const auto s = shown_at(followed.steps, time_ns);
      if (!s || off_of(*s) >= nearest_m) continue;
      nearest = id, nearest_m = off_of(*s), shown = s;
    }
  }
  const bool agrees =
      shown && std::hypot(shown->ve_mps - truth.ve_mps, shown->vn_mps - truth.vn_mps) < config_.speed_gate_mps;
  if (shown && nearest != v.track && (v.confirmed || agrees)) {
    taken_.erase(v.track);
    taken_.insert(nearest);
    v.agreed_s = 0.0;
    v.track = nearest;
  }
  v.agreed_s = agrees ? v.agreed_s + step_s : 0.0;
  v.elsewhere_s = elsewhere && !shown ? v.elsewhere_s + step_s : 0.0;
  if (!v.confirmed) {
    if (v.agreed_s < config_.confirm_s) return;
    begin_judging(v, nearest);
    if (Followed& f = tracks_[nearest]; !f.of_ais) f.of_ais = true, ++tracks_of_ais_;
  }
  if (v.elsewhere_s > config_.contradict_s) {
    v.distrusted = true;
    v.since = {};
    return;
  }
  v.since.covered.count(shown.has_value());
  v.since.judged_s += step_s;
  v.lost = v.lost || !shown;
  if (!shown) return;
  note_position(v, leg, time_ns, shown->east_m - truth.east_m, shown->north_m - truth.north_m);
  note_step(v, nearest, {shown->ve_mps, shown->vn_mps, truth.ve_mps, truth.vn_mps});
  if (agrees) note_hull(v, time_ns), keep(v);
}

}  // namespace headland::score
