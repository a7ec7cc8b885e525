// SPDX-License-Identifier: Apache-2.0
// Shadows: vessels that lie behind others are looked at the less.
#include <algorithm>
#include <cmath>

#include "core/tracking/tracker_state.hpp"

namespace headland::tracking {
namespace {

constexpr double solid_existence = 0.9;   // of a vessel that may throw a shadow
constexpr double least_gap_m = 10.0;      // behind a hull
constexpr double least_hull_m = 5.0;      // also where no length is known
constexpr double widest_hull_rad = 0.25;  // what is wider lies alongside the antenna

}  // namespace

// Believed tracks that the beam meets just now, or met when it was looked at last: what is decided sooner than the one
// behind it hides it all the same.
void Tracker::State::gather_shadows(const Sensor& sensor) {
  shadows_.clear();
  widest_shadow_ = 0.0;
  const double half_beam = 0.5 * sensor.cell.bearing_rad;
  // What is nearer gives one plot with it (tracker_share): that is no shadow.
  const double gap_m = std::max(sensor.cell.range_m, least_gap_m);
  const auto add = [&](const Due& d) {
    const Bernoulli& t = slots_[d.slot];
    if (!t.alive || t.serial != d.serial || t.id.value() == 0) return;
    if (t.stage != TrackStage::confirmed || t.existence < solid_existence) return;
    const double half_length_m = 0.5 * std::max(t.length_m, least_hull_m);
    const double half_hull = std::min(half_length_m / std::max(d.range_m, 1.0), widest_hull_rad);
    widest_shadow_ = std::max(widest_shadow_, half_hull + half_beam);
    shadows_.push_back({d.bearing, half_hull, d.range_m + half_length_m + gap_m, t.length_m, d.slot});
  };
  for (std::size_t k = 0; k < due_count_; ++k) add(due_[k]);
  const auto by_serial = [](const Due& d, std::uint64_t serial) { return d.serial < serial; };
  const auto end = due_.begin() + static_cast<std::ptrdiff_t>(due_count_);
  for (std::size_t k = 0; k < met_count_; ++k) {
    const auto again = std::lower_bound(due_.begin(), end, met_[k].serial, by_serial);
    if (met_[k].sensor == sensor.id && (again == end || again->serial != met_[k].serial)) add(met_[k]);
  }
  std::sort(shadows_.begin(), shadows_.end(), [](const Shadow& a, const Shadow& b) {
    return a.bearing != b.bearing ? a.bearing < b.bearing : a.slot < b.slot;
  });
}

// Of those whose hull, or the beam around it, covers the direction of this one, the nearest to it.
const Tracker::State::Shadow* Tracker::State::shadow_on(const Sensor& sensor, const Due& due) const {
  const double half_beam = 0.5 * sensor.cell.bearing_rad;
  const Shadow* before = nullptr;
  const double seam = 0.5 * full_turn - widest_shadow_;
  for (const double turned : {-full_turn, 0.0, full_turn}) {
    if (turned != 0.0 && turned * due.bearing > -full_turn * seam) continue;  // not beside the seam
    const double bearing = due.bearing + turned;
    auto s = std::lower_bound(shadows_.begin(), shadows_.end(), bearing - widest_shadow_,
                              [](const Shadow& shadow, double value) { return shadow.bearing < value; });
    for (; s != shadows_.end() && s->bearing <= bearing + widest_shadow_; ++s) {
      if (s->slot == due.slot || s->from_m >= due.range_m) continue;
      if (std::abs(s->bearing - bearing) > s->half_hull_rad + half_beam) continue;
      if (before == nullptr || s->from_m > before->from_m) before = &*s;
    }
  }
  return before;
}

void Tracker::State::cast_shadows(const Sensor& sensor) {
  gather_shadows(sensor);
  if (shadows_.empty()) return;
  // Most that the beam meets are young tracks of clutter: not looked at before there is something to find.
  const bool any = sensor.shadows.any();
  for (std::size_t k = 0; k < due_count_; ++k) {
    Due& d = due_[k];
    if (!any && slots_[d.slot].stage == TrackStage::tentative) continue;
    const Shadow* before = shadow_on(sensor, d);
    if (before == nullptr) continue;
    d.shadow_of = slots_[before->slot].id;
    d.hull_before_m = before->hull_m;
    const double off = std::remainder(before->bearing - d.bearing, full_turn);
    d.covered = covered_share(off, 0.5 * sensor.cell.bearing_rad, before->half_hull_rad);
    d.in_the_open = d.existence * d.detection;
    d.hide(d.covered * sensor.shadows.behind(before->hull_m));
  }
}

void Tracker::State::learn_shadow(Sensor& sensor, const Due& due, double found) {
  if (due.shadow_of.value() != 0) sensor.shadows.look(due.hull_before_m, due.covered, found, due.in_the_open);
}

}  // namespace headland::tracking
