// SPDX-License-Identifier: Apache-2.0
// What rules tell of and the picture does not hold: calls for help on a radar, and radars themselves.
#include <chrono>

#include "core/rules/rule_engine.hpp"

namespace headland::rules {

// Who calls for help is told of whatever vessels a rule looks at; its zones count.
void RuleEngine::look_at_calls(std::span<const CallForHelp> calls) {
  callers_.clear();
  callers_.reserve(calls.size());  // what was found points into it
  for (const CallForHelp& call : calls) {
    if (scene_.now - call.time > call_lasts) continue;
    Vessel& caller = callers_.emplace_back();
    caller.track = &caller_track_;
    caller.memory = &caller_memory_;
    caller.key = of_call | call.number;
    const TangentPlane to = tangent_at(call.to);
    const EastNorth way = to.near(normal_of(call.from));
    caller.position = moved(to, {way.east * 0.5, way.north * 0.5});
    caller.plane = tangent_at(caller.position);
    for (const Rule& rule : set_.rules) {
      const auto* kind = std::get_if<DistressRule>(&rule.kind);
      const auto is_there = [&](ZoneId id) { return shapes_[id.value() - 1].contains(caller.normal()); };
      if (kind == nullptr || !kind->by_radar) continue;
      if (!rule.zones.empty() && std::ranges::none_of(rule.zones, is_there)) continue;
      found_[rule.id.value() - 1].push_back({&caller, nullptr, {}, evaluate(call)});
    }
  }
}

// A radar is told of under its name, where it stands. Each jump is a situation of its own.
void RuleEngine::look_at_jumps(std::span<const RadarJumped> jumps) {
  jumped_.clear();
  jumped_tracks_.clear();
  jumped_.reserve(jumps.size());  // what was found points into both
  jumped_tracks_.reserve(jumps.size());
  for (const RadarJumped& jump : jumps) {
    if (jump.since > scene_.now || scene_.now - jump.since > jump_lasts) continue;
    SystemTrack& named = jumped_tracks_.emplace_back();
    named.particulars.emplace().name = "radar " + jump.name;
    Vessel& radar = jumped_.emplace_back();
    radar.track = &named;
    radar.memory = &caller_memory_;
    const auto second = std::chrono::duration_cast<std::chrono::seconds>(jump.since.time_since_epoch()).count();
    radar.key = of_radar | (static_cast<std::uint64_t>(second) & 0xFFFF'FFFFU) << 16U | jump.radar.value();
    radar.position = jump.site;
    radar.plane = tangent_at(jump.site);
    for (const Rule& rule : set_.rules) {
      const auto* kind = std::get_if<RadarJumpRule>(&rule.kind);
      if (kind == nullptr) continue;
      if (auto finding = evaluate(*kind, jump, scene_.now)) {
        found_[rule.id.value() - 1].push_back({&radar, nullptr, {}, std::move(*finding)});
      }
    }
  }
}

}  // namespace headland::rules
