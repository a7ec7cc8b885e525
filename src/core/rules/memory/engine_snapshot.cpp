// SPDX-License-Identifier: Apache-2.0
#include "core/rules/memory/engine_snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/rules/rule_engine.hpp"

namespace headland::rules {
namespace {

bool is_finite(const NormalVector& n) { return std::isfinite(n.x) && std::isfinite(n.y) && std::isfinite(n.z); }

// A snapshot may come from a disk: only what an engine could have made is taken.
bool is_sound(const IdentityWatch& w) {
  const auto ends = [](const ShortText& text) { return text.back() == 0; };
  for (const auto* field : {&w.name, &w.callsign, &w.imo}) {
    if (!ends(field->known) || !ends(field->news)) return false;
  }
  return !w.found || (w.found->what <= IdentityEvidence::What::mmsi && ends(w.found->before) && ends(w.found->after));
}
bool is_sound_visit(const RouteVisit& v) {
  return v.cell.row >= 0 && v.cell.row < 18'000 && v.cell.column >= 0 && v.cell.column < route_columns(v.cell.row) &&
         v.group < RouteGroup::all && std::isfinite(v.speed_mps) && std::isfinite(v.course_rad);
}
bool is_sound(const Memory& m) {
  if (m.key == 0 || !std::isfinite(m.report_interval_s) || !is_sound(m.identity)) return false;
  if (m.path.size() > Memory::path_length || m.stays.size() > Memory::most_stays) return false;
  if (m.crossings.size() > Memory::most_crossings || (m.before && !is_finite(*m.before))) return false;
  if (m.route.pending.size() > RouteWatch::most_pending || !std::ranges::all_of(m.route.pending, is_sound_visit) ||
      (m.route.in && !is_sound_visit(*m.route.in))) {
    return false;
  }
  if (m.anchored_at && !is_finite(m.anchored_at->at)) return false;
  return std::ranges::all_of(m.path, [](const PathPoint& p) { return is_finite(p.at) && std::isfinite(p.speed_mps); });
}

bool is_sound(const EngineSnapshot::Kept& kept) {
  const Alert& a = kept.alert;
  if (a.id.value() == 0xFFFF'FFFFU) return false;
  return kept.vessel != 0 && a.priority <= Priority::emergency && a.state <= AlertState::ended;
}

}  // namespace

EngineSnapshot RuleEngine::snapshot() const {
  EngineSnapshot out;
  out.next_alert = next_alert_;
  out.last = last_;
  out.forgot = forgot_;
  for (const Zone& zone : set_.zones) out.zones.push_back(zone.name);
  for (const Memory& m : memories_) {
    if (m.key != 0) out.memories.push_back(m);
  }
  std::ranges::sort(out.memories, {}, &Memory::key);
  for (std::size_t i = 0; i < situations_.size(); ++i) {
    for (const auto& [key, s] : situations_[i]) {
      out.situations.push_back(
          {set_.rules[i].name, key.vessel, key.with, s.since, s.found, s.is_told, s.is_active, s.alert});
    }
  }
  for (const Told& t : told_) out.told.push_back({t.time, set_.rules[t.rule.value() - 1].name, t.vessel, t.alert});
  out.routes = routes_.entries();
  numbers_.each([&](TrackId track, Mmsi mmsi, Timestamp last) { out.numbers.push_back({track, mmsi, last}); });
  return out;
}

bool RuleEngine::restore(const EngineSnapshot& from) {
  if (from.version != EngineSnapshot::current_version || from.next_alert == 0) return false;
  reset();
  --counters_.time_went_back;
  std::map<std::string_view, RuleId> rules;
  for (const Rule& rule : set_.rules) rules.emplace(rule.name, rule.id);
  std::map<std::string_view, ZoneId> zone_named;
  for (const Zone& zone : set_.zones) zone_named.emplace(zone.name, zone.id);
  const auto zone_of = [&](std::uint64_t old) {  // 0: it is no more
    if (old == 0 || old > from.zones.size()) return ZoneId{};
    const auto at = zone_named.find(from.zones[old - 1]);
    return at == zone_named.end() ? ZoneId{} : at->second;
  };
  next_alert_ = from.next_alert;
  last_ = from.last;
  forgot_ = from.forgot;
  for (const Memory& kept : from.memories) {
    if (!is_sound(kept) || memories_.size() >= config_.most_vessels) continue;
    if (!known_.try_emplace(kept.key, static_cast<std::uint32_t>(memories_.size())).second) continue;
    Memory& m = memories_.emplace_back(kept);
    for (Stay& stay : m.stays) stay.zone = zone_of(stay.zone.value());
    for (LineCrossing& crossing : m.crossings) crossing.line = zone_of(crossing.line.value());
    std::erase_if(m.stays, [](const Stay& s) { return s.zone.value() == 0; });
    std::erase_if(m.crossings, [](const LineCrossing& c) { return c.line.value() == 0; });
  }
  for (const EngineSnapshot::Kept& kept : from.situations) {
    const auto rule = rules.find(kept.rule);
    if (rule == rules.end() || !is_sound(kept)) continue;
    Situations& situations = situations_[rule->second.value() - 1];
    Key key{kept.vessel, kept.with};
    if ((key.with & of_zone) != 0) {
      const ZoneId zone = zone_of(key.with & ~of_zone);
      if (zone.value() == 0) continue;
      key.with = of_zone | zone.value();
    }
    if (situations.size() >= config_.most_situations) continue;
    Situation s{kept.since, kept.found, kept.is_told, kept.is_active, kept.alert};
    s.alert.rule = rule->second;
    next_alert_ = std::max(next_alert_, s.alert.id.value() + 1);
    situations.emplace(key, std::move(s));
  }
  for (const EngineSnapshot::Told& t : from.told) {
    const auto rule = rules.find(t.rule);
    if (rule != rules.end()) told_.push_back({t.time, rule->second, t.vessel, t.alert});
  }
  routes_.restore(from.routes);
  for (const EngineSnapshot::Number& n : from.numbers) numbers_.put(n.track, n.mmsi, n.last);
  return true;
}

}  // namespace headland::rules
