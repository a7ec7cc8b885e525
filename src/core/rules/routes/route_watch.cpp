// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/rules/memory/memory_update.hpp"

namespace headland::rules {
namespace {

constexpr double still_mps = 0.5 * mps_per_knot;
constexpr Duration precedent_after = std::chrono::minutes(30);
constexpr Duration ask_every = std::chrono::seconds(30);
constexpr std::uint64_t look_every_s = 5;

}  // namespace

void watch_route(const Vessel& v, Timestamp now, bool ask, RouteModel& model, RouteWatch& w) {
  // Nobody crosses a cell within five seconds; each vessel has its own of them.
  const auto second = static_cast<std::uint64_t>(now.time_since_epoch() / std::chrono::seconds(1));
  if (w.in && (second + v.key) % look_every_s != 0) return;
  if (!v.motion_known || (v.ais_lost && !v.has_radar)) return;
  const bool is_still = v.speed_mps < still_mps;
  if (!is_still && !v.course_rad) return;
  RouteVisit here{route_cell_of(v.position),
                  now,
                  route_group_of(v.kind),
                  static_cast<float>(v.speed_mps),
                  static_cast<float>(v.course_rad.value_or(0.0)),
                  is_still};
  const bool is_new = !w.in || w.in->cell != here.cell;
  if (is_new) {
    if (w.in && w.pending.size() < RouteWatch::most_pending) w.pending.push_back(*w.in);
    w.in = here;
  }
  const auto ripe =
      std::ranges::find_if(w.pending, [&](const RouteVisit& p) { return now - p.time < precedent_after; });
  for (auto p = w.pending.begin(); p != ripe; ++p) model.learn(*p);
  w.pending.erase(w.pending.begin(), ripe);
  if (!ask || (!is_new && now - w.asked < ask_every)) return;
  w.asked = now;
  w.opinion = model.opinion(here);
}

}  // namespace headland::rules
