// SPDX-License-Identifier: Apache-2.0
#include "core/rules/memory/memory_update.hpp"

#include <algorithm>
#include <cmath>

namespace headland::rules {
namespace {

constexpr double moving_mps = 3.0 * mps_per_knot;
constexpr double zone_slack_m = 60.0;  // so far outside a zone one is still in it: positions are noisy
constexpr Duration stay_kept = std::chrono::seconds(60);
constexpr Duration crossing_settles = std::chrono::seconds(30);
constexpr Duration crossing_kept = std::chrono::hours(1);
constexpr double silence_resets_s = 900.0;

void remember_reports(const Vessel& v, Memory& m) {
  const auto& report = v.track->report;
  if (!report) return;
  // One without a position is heard, too: its receiver fails, it is not switched off.
  const Timestamp heard = std::max(report->received, v.track->ais_heard);
  if (heard == m.report_time) return;
  const double interval = to_seconds(heard - m.report_time).value();
  if (m.reports == 0 || interval > silence_resets_s) {
    m.reports = 1;
    m.report_interval_s = 0.0;
  } else {
    ++m.reports;
    m.report_interval_s += (interval - m.report_interval_s) / std::min<double>(m.reports, 20.0);
  }
  m.report_time = heard;
}

Stay* stay_in(Memory& m, ZoneId zone) {
  const auto it = std::ranges::find(m.stays, zone, &Stay::zone);
  return it == m.stays.end() ? nullptr : &*it;
}

void take_stay(const Scene& scene, const ZoneShape& shape, const Vessel& v, Memory& m) {
  Stay* stay = stay_in(m, shape.zone().id);
  bool inside = shape.contains(v.normal());
  if (!inside && stay != nullptr && !stay->left) inside = shape.distance_m(v.normal()) < zone_slack_m;
  if (inside && (stay == nullptr || stay->left)) {
    if (stay == nullptr) {
      if (m.stays.size() >= Memory::most_stays) return;
      stay = &m.stays.emplace_back();
    }
    *stay = Stay{};
    stay->zone = shape.zone().id;
    stay->since = scene.now;
    stay->was_outside = m.before.has_value();
    stay->entry_course_deg = v.course_rad ? *v.course_rad / radians_per_degree : 0.0;
    stay->by_side = stay->was_outside && shape.zone().kind == ZoneKind::lane && shape.is_at_side(*m.before);
  } else if (!inside && stay != nullptr && !stay->left) {
    stay->left = scene.now;
  }
}

void take_crossing(const Scene& scene, const ZoneShape& shape, const Vessel& v, Memory& m) {
  const auto to_right = shape.crossing(*m.before, v.normal());
  if (!to_right) return;
  // Moved on past the line and set back by the next report, or fluttering with the noise: no crossing.
  const auto last = std::ranges::find(m.crossings.rbegin(), m.crossings.rend(), shape.zone().id, &LineCrossing::line);
  if (last != m.crossings.rend() && last->to_right != *to_right && scene.now - last->time < crossing_settles) {
    m.crossings.erase(std::next(last).base());
    return;
  }
  if (m.crossings.size() >= Memory::most_crossings) m.crossings.erase(m.crossings.begin());
  m.crossings.push_back({shape.zone().id, scene.now, *to_right});
}

void take_anchor(const Vessel& v, Timestamp now, Memory& m) {
  if (v.status != 1) {
    m.anchored_at.reset();
  } else if (!m.anchored_at && v.speed_mps < 0.5) {
    m.anchored_at = PathPoint{now, v.normal(), 0.0F};
  }
}

}  // namespace

void remember(const Vessel& v, Timestamp now, Memory& m) {
  if (m.first_seen == Timestamp{}) m.first_seen = now;
  m.last_seen = now;
  if (v.mmsi.value() != 0) m.mmsi = v.mmsi;
  remember_reports(v, m);
  if (v.has_radar) m.radar_seen = now;
  if (v.ais_lost && !v.has_radar) return;  // where it is, nobody knows
  if (v.motion_known && v.speed_mps >= moving_mps) {
    m.last_moving = now;
    m.was_moving = true;
  }
  take_anchor(v, now, m);
  if (m.path.empty() || now - m.path.back().time >= Memory::path_step) {
    if (m.path.size() >= Memory::path_length) m.path.erase(m.path.begin(), m.path.begin() + Memory::path_length / 8);
    m.path.push_back({now, v.normal(), static_cast<float>(v.speed_mps)});
  }
  watch_jumps(v, m.jump);
  watch_identity(v, m.identity);
}

void remember_places(const Scene& scene, const Vessel& v, Memory& m) {
  if (v.ais_lost && !v.has_radar) return;
  std::erase_if(m.stays, [&](const Stay& s) { return s.left && scene.now - *s.left > stay_kept; });
  std::erase_if(m.crossings, [&](const LineCrossing& c) { return scene.now - c.time > crossing_kept; });
  const auto near = scene.zone_index->near(v.position);
  for (const std::uint32_t i : near) {
    const ZoneShape& shape = (*scene.zones)[i];
    if (!shape.may_reach(v.normal(), zone_slack_m)) continue;
    const bool is_area = shape.zone().is_area();
    if (is_area && (scene.holds(shape, v) || stay_in(m, shape.zone().id) != nullptr)) {
      take_stay(scene, shape, v, m);
    } else if (!is_area && m.before && scene.holds(shape, v)) {
      take_crossing(scene, shape, v, m);
    }
  }
  for (Stay& stay : m.stays) {  // gone far in one step
    if (!stay.left && !scene.zone(stay.zone).may_reach(v.normal(), zone_slack_m)) stay.left = scene.now;
  }
  m.before = v.normal();
}

}  // namespace headland::rules
