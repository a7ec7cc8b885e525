// SPDX-License-Identifier: Apache-2.0
#include "core/rules/rule_engine.hpp"

#include <algorithm>
#include <type_traits>

#include "core/rules/alerts/sentence.hpp"
#include "core/rules/memory/memory_update.hpp"

namespace headland::rules {
namespace {

constexpr Duration most_back = std::chrono::seconds(60);

AlertSubject subject_of(const Vessel& v) {
  AlertSubject s{v.id, v.mmsi, {}};
  if (v.track->particulars && v.track->particulars->name) s.name = *v.track->particulars->name;
  return s;
}

Priority raised_by(Priority base, int level) {
  const int p = std::min(static_cast<int>(base) + level - 1, static_cast<int>(Priority::emergency));
  // Only a call for help is an emergency of its own accord.
  return static_cast<Priority>(std::max(p, static_cast<int>(base)));
}

template <class Kind>
constexpr bool is_of_zones =
    std::is_same_v<Kind, EntryRule> || std::is_same_v<Kind, ExitRule> || std::is_same_v<Kind, DwellRule> ||
    std::is_same_v<Kind, CrossingRule> || std::is_same_v<Kind, LaneRule> || std::is_same_v<Kind, CableRule> ||
    std::is_same_v<Kind, ApproachRule> || std::is_same_v<Kind, GroundingRule>;
template <class Kind>
constexpr bool is_of_pairs = std::is_same_v<Kind, CpaRule> || std::is_same_v<Kind, RendezvousRule>;
template <class Kind>
constexpr bool needs_scene =
    std::is_same_v<Kind, AisLostRule> || std::is_same_v<Kind, SwitchedOffRule> || std::is_same_v<Kind, JumpRule> ||
    std::is_same_v<Kind, IdentityRule> || std::is_same_v<Kind, SpeedMismatchRule> ||
    std::is_same_v<Kind, DarkVesselRule> || std::is_same_v<Kind, LoiteringRule>;

// Kinds that look at a vessel alone are kept to the rule's zones here.
ZoneId zone_about(const Rule& rule, const Vessel& v) {
  for (const Stay& stay : v.memory->stays) {
    if (!stay.left && rule.covers(stay.zone)) return stay.zone;
  }
  return {};
}

void name_zone(Evidence& evidence, ZoneId zone) {
  std::visit(
      [&](auto& e) {
        if constexpr (requires { e.zone = zone; }) e.zone = zone;
      },
      evidence);
}

// Each after those that it leaves vessels to; of rules that leave them to one another in a circle in their own order.
std::vector<RuleId> in_turn(const std::vector<Rule>& rules) {
  std::vector<RuleId> out;
  const auto is_in = [&](RuleId id) { return std::ranges::find(out, id) != out.end(); };
  while (out.size() < rules.size()) {
    const std::size_t before = out.size();
    for (const Rule& rule : rules) {
      if (!is_in(rule.id) && std::ranges::all_of(rule.unless, is_in)) out.push_back(rule.id);
    }
    if (out.size() > before) continue;
    out.push_back(std::ranges::find_if(rules, [&](const Rule& rule) { return !is_in(rule.id); })->id);
  }
  return out;
}

}  // namespace

RuleEngine::RuleEngine(RuleSet set, RuleEngineConfig config) : set_(std::move(set)), config_(config) {
  shapes_.reserve(set_.zones.size());
  for (const Zone& zone : set_.zones) shapes_.emplace_back(zone);
  index_ = ZoneIndex(shapes_);
  scene_.zones = &shapes_;
  scene_.zone_index = &index_;
  for (const ZoneShape& shape : shapes_) {
    if (shape.zone().kind == ZoneKind::point) scene_.points.push_back(&shape);
    if (shape.zone().kind == ZoneKind::depth) scene_.shoals.push_back(&shape);
  }
  for (const Rule& rule : set_.rules) {
    asks_for_routes_ = asks_for_routes_ || std::holds_alternative<UnusualRule>(rule.kind);
  }
  in_turn_ = in_turn(set_.rules);
  situations_.resize(set_.rules.size());
  found_.resize(set_.rules.size());
  memories_.reserve(config_.most_vessels);  // evaluators point into it
  caller_track_.particulars.emplace().name = "SART";
}

void RuleEngine::process(const Picture& picture, const LocalFrame* frame, std::vector<AlertChange>& out,
                         std::span<const CallForHelp> calls, std::span<const RadarJumped> jumps) {
  if (last_ && picture.time < *last_) {
    if (*last_ - picture.time < most_back) return;
    reset();
  }
  if (last_ && picture.time - *last_ > config_.forget_after) forget(picture.time);  // after a long rest
  last_ = picture.time;
  ++counters_.pictures;
  scene_.now = picture.time;
  take_vessels(picture, frame);
  for (auto& list : found_) list.clear();
  look_at_pairs();
  look_at_vessels();
  look_at_calls(calls);
  look_at_jumps(jumps);
  for (const RuleId id : in_turn_) {
    const Rule& rule = set_.rules[id.value() - 1];
    if (!std::holds_alternative<SequenceRule>(rule.kind)) take(rule, found_[id.value() - 1], out);
  }
  for (const Rule& rule : set_.rules) {
    const auto* kind = std::get_if<SequenceRule>(&rule.kind);
    if (kind != nullptr) follow_sequences(rule, *kind, out);
  }
  forget(picture.time);
}

void RuleEngine::take_vessels(const Picture& picture, const LocalFrame* frame) {
  auto& vessels = scene_.vessels;
  vessels.clear();
  scene_.seen_by_both = scene_.ais_heard = 0;
  order_.clear();
  for (const SystemTrack& track : picture.tracks) {
    if (track.kind != SystemTrackKind::vessel) continue;
    if (track.stage == TrackStage::tentative || track.stage == TrackStage::ended) continue;
    order_.emplace_back(key_of(track), &track);
  }
  std::ranges::sort(order_, {}, [](const auto& o) { return std::pair(o.first, o.second->id); });
  for (const auto& [key, track_at] : order_) {
    const SystemTrack& track = *track_at;
    Vessel v = vessel_of(track, picture.time, frame);
    v.memory = memory_of(track, v.key);
    if (v.memory == nullptr) continue;
    if (v.has_ais && v.has_radar) ++scene_.seen_by_both;
    vessels.push_back(v);
  }
  places_.clear();
  for (const Vessel& v : vessels) places_.push_back(v.normal());
  scene_.grid.build(places_);
  for (const Vessel& v : vessels) {
    remember(v, picture.time, *v.memory);
    watch_route(v, picture.time, asks_for_routes_, routes_, v.memory->route);
    if (v.has_ais && picture.time - v.memory->report_time <= std::chrono::seconds(60)) ++scene_.ais_heard;
    remember_places(scene_, v, *v.memory);
    numbers_.take(v, picture.time, [&](Mmsi mmsi) -> const Memory* {
      const auto at = known_.find(of_mmsi | mmsi.value());
      return at == known_.end() ? nullptr : &memories_[at->second];
    });
  }
}

bool RuleEngine::is_looked_at(const Rule& rule, const Vessel& v) const {
  if (!rule.filter.admits(v)) return false;
  if (rule.outside.empty()) return true;
  return std::ranges::none_of(v.memory->stays, [&](const Stay& s) {
    return !s.left && std::binary_search(rule.outside.begin(), rule.outside.end(), s.zone);
  });
}

// Vessel by vessel, not rule by rule: what is remembered of one is fetched once for all rules.
void RuleEngine::look_at_vessels() {
  for (const Vessel& v : scene_.vessels) {
    for (const Rule& rule : set_.rules) {
      std::visit([&](const auto& kind) { look_at_vessel(kind, rule, v, found_[rule.id.value() - 1]); }, rule.kind);
    }
  }
  for (const Rule& rule : set_.rules) {
    if (const auto* kind = std::get_if<ConvoyRule>(&rule.kind)) {
      evaluate(*kind, rule, scene_, found_[rule.id.value() - 1]);
    }
  }
}

template <class Kind>
void RuleEngine::look_at_vessel(const Kind& kind, const Rule& rule, const Vessel& v, FoundList& out) {
  if constexpr (is_of_pairs<Kind> || std::is_same_v<Kind, ConvoyRule> || std::is_same_v<Kind, SequenceRule> ||
                std::is_same_v<Kind, RadarJumpRule>) {
    return;  // looked at elsewhere
  } else if constexpr (is_of_zones<Kind>) {
    const std::size_t before = out.size();
    evaluate(kind, rule, scene_, v, out);
    if (out.size() > before && !is_looked_at(rule, v)) out.resize(before);
  } else {
    std::optional<Finding> finding;
    if constexpr (needs_scene<Kind>) {
      finding = evaluate(kind, scene_, v);
    } else {
      finding = evaluate(kind, v);
    }
    if (!finding || !is_looked_at(rule, v)) return;
    Found found{&v, nullptr, {}, std::move(*finding)};
    if (!rule.zones.empty()) {
      found.zone = zone_about(rule, v);
      if (found.zone.value() == 0) return;
      name_zone(found.finding.evidence, found.zone);
    }
    out.push_back(std::move(found));
  }
}

void RuleEngine::look_at_pairs() {
  for (const Rule& rule : set_.rules) {
    std::visit(
        [&](const auto& kind) {
          using Kind = std::decay_t<decltype(kind)>;
          if constexpr (is_of_pairs<Kind>) {
            pairs_.each(
                scene_.vessels, reach_of(kind), [&](const Vessel& v) { return may_take_part(kind, v); },
                [&](const Vessel& a, const Vessel& b) {
                  auto finding = evaluate(kind, scene_, a, b);
                  if (!finding || !is_looked_at(rule, a) || !is_looked_at(rule, b)) return;
                  if (!rule.zones.empty() && zone_about(rule, a).value() == 0) return;
                  found_[rule.id.value() - 1].push_back({&a, &b, {}, std::move(*finding)});
                });
          }
        },
        rule.kind);
  }
}

void RuleEngine::take(const Rule& rule, FoundList& all, std::vector<AlertChange>& out) {
  // Zones found in the order of a vessel's stays: a total order, whatever happened before.
  const auto order = [](const Found& f) {
    return std::tuple(f.vessel->key, f.other != nullptr ? f.other->key : 0, f.zone);
  };
  if (!std::ranges::is_sorted(all, {}, order)) std::ranges::stable_sort(all, {}, order);
  for (const Found& found : all) note(rule, found, out);
  sweep(rule, out);
}

void RuleEngine::note(const Rule& rule, const Found& found, std::vector<AlertChange>& out) {
  ++counters_.findings;
  Situations& situations = situations_[rule.id.value() - 1];
  Key key{found.vessel->key, 0};
  if (found.other != nullptr) key.with = found.other->key;
  if (found.zone.value() != 0) key.with = of_zone | found.zone.value();
  auto at = situations.find(key);
  const Finding& f = found.finding;
  if (at == situations.end()) {
    if (!f.is_met) return;
    if (situations.size() >= config_.most_situations) {
      ++counters_.situations_refused;
      return;
    }
    at = situations.emplace(key, Situation{}).first;
    at->second.since = scene_.now;
  }
  Situation& s = at->second;
  // Not told yet it may have waited over a restart: what nobody saw does not count.
  if (!s.is_active && s.found + to_duration(Seconds(rule.release_s)) < scene_.now) s.since = scene_.now;
  s.found = scene_.now;
  if (f.ago_s) s.since = std::min(s.since, scene_.now - to_duration(Seconds(*f.ago_s)));
  if (s.is_active) {
    s.alert.evidence = f.evidence;
    if (f.is_met && f.level > s.alert.level) tell(rule, found, s, AlertNews::worse, out);
    return;
  }
  const double held = to_seconds(scene_.now - s.since).value();
  if (!f.is_met || held < std::max(rule.hold_s, f.needed_s)) return;
  if (!s.is_told) {
    if (!is_told_otherwise(rule, found)) tell(rule, found, s, AlertNews::raised, out);
    return;
  }
  tell(rule, found, s, f.level > s.alert.level ? AlertNews::worse : AlertNews::resumed, out);
}

bool RuleEngine::is_told_otherwise(const Rule& rule, const Found& found) const {
  const auto is_of_it = [&](const Key& key) {
    const auto is_of = [&](const Vessel* v) {
      if (v == nullptr) return false;
      // An echo that its AIS has left is the vessel that it was.
      const Mmsi was = v->mmsi.value() == 0 ? numbers_.of(v->track->radar_track) : Mmsi();
      const std::uint64_t before = was.value() == 0 ? v->key : of_mmsi | was.value();
      return key.vessel == v->key || key.with == v->key || key.vessel == before || key.with == before;
    };
    return is_of(found.vessel) || is_of(found.other);
  };
  return std::ranges::any_of(rule.unless, [&](RuleId id) {
    return std::ranges::any_of(situations_[id.value() - 1], [&](const auto& entry) {
      const Situation& s = entry.second;
      const bool is_fresh = s.is_active || (s.is_told && scene_.now - s.found < config_.same_situation);
      return is_fresh && is_of_it(entry.first);
    });
  });
}

void RuleEngine::tell(const Rule& rule, const Found& found, Situation& s, AlertNews news,
                      std::vector<AlertChange>& out) {
  Alert& a = s.alert;
  if (news == AlertNews::raised) {
    a.id = AlertId(next_alert_++);
    a.rule = rule.id;
    a.rule_name = rule.name;
    a.raised = scene_.now;
    ++counters_.raised;
    told_.push_back({scene_.now, rule.id, found.vessel->key, a.id});
    if (found.other != nullptr) told_.push_back({scene_.now, rule.id, found.other->key, a.id});
  }
  if (news == AlertNews::worse) ++counters_.worse;
  if (news == AlertNews::resumed) ++counters_.resumed;
  a.level = std::max(a.level, found.finding.level);
  a.priority = raised_by(rule.priority, a.level);
  a.state = AlertState::active_unacknowledged;
  a.rectified.reset();
  a.since = s.since;
  a.changed = scene_.now;
  a.subjects = {subject_of(*found.vessel)};
  if (found.other != nullptr) a.subjects.push_back(subject_of(*found.other));
  a.position = found.vessel->position;
  a.evidence = found.finding.evidence;
  a.claims.clear();
  for (const Stay& stay : found.vessel->memory->stays) {
    if (!stay.left && !scene_.zone(stay.zone).zone().claimant.empty()) a.claims.push_back(stay.zone);
  }
  std::ranges::sort(a.claims);
  a.text = sentence(a, set_);
  s.is_told = s.is_active = true;
  out.push_back({news, a});
}

void RuleEngine::sweep(const Rule& rule, std::vector<AlertChange>& out) {
  const Duration release = to_duration(Seconds(rule.release_s));
  Situations& situations = situations_[rule.id.value() - 1];
  for (auto it = situations.begin(); it != situations.end();) {
    Situation& s = it->second;
    const Duration gone = scene_.now - s.found;
    if (s.is_active && gone >= release) {
      s.is_active = false;
      s.alert.state = AlertState::rectified_unacknowledged;
      s.alert.rectified = s.alert.changed = scene_.now;
      ++counters_.rectified;
      out.push_back({AlertNews::rectified, s.alert});
    }
    const bool is_over = s.is_told ? gone >= release + config_.same_situation : gone >= release;
    it = is_over ? situations.erase(it) : std::next(it);
  }
}

void RuleEngine::follow_sequences(const Rule& rule, const SequenceRule& kind, std::vector<AlertChange>& out) {
  const auto is_of = [&](const Told& t, const std::string& name) {
    return set_.rules[t.rule.value() - 1].name == name;
  };
  const Duration within = to_duration(Seconds(kind.within_min * 60.0));
  FoundList& all = found_[rule.id.value() - 1];
  for (const Told& second : told_) {
    if (second.time != scene_.now || !is_of(second, kind.then)) continue;
    const auto first = std::ranges::find_if(told_, [&](const Told& t) {
      return t.vessel == second.vessel && t.alert != second.alert && is_of(t, kind.first) &&
             second.time - t.time <= within && t.time <= second.time;
    });
    if (first == told_.end()) continue;
    const auto v = std::ranges::find(scene_.vessels, second.vessel, &Vessel::key);
    if (v == scene_.vessels.end() || !is_looked_at(rule, *v)) continue;
    Found found{&*v, nullptr, {}, {}};
    found.finding.evidence = SequenceEvidence{first->alert.value(), second.alert.value(),
                                              to_seconds(second.time - first->time).value(), kind.within_min * 60.0};
    all.push_back(std::move(found));
  }
  take(rule, all, out);
}

std::vector<Alert> RuleEngine::active() const {
  std::vector<Alert> out;
  for (const Situations& situations : situations_) {
    for (const auto& [key, s] : situations) {
      if (s.is_active) out.push_back(s.alert);
    }
  }
  std::ranges::sort(out, {}, &Alert::id);
  return out;
}

}  // namespace headland::rules
