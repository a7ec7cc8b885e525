// SPDX-License-Identifier: Apache-2.0
// Coming in, going out, staying, crossing a line. The stays and crossings themselves are in the memory.
#include "core/rules/evaluators.hpp"

namespace headland::rules {
namespace {

constexpr double told_s = 60.0;  // how long something that happened in an instant is a situation

double course_deg(const Vessel& v) { return v.course_rad ? *v.course_rad / radians_per_degree : 0.0; }

void add(const Vessel& v, const ZoneEvidence& e, FoundList& out) {
  Found found;
  found.vessel = &v;
  found.zone = e.zone;
  found.finding.evidence = e;
  found.finding.ago_s = e.stayed_s;
  out.push_back(found);
}

}  // namespace

void evaluate(const EntryRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  for (const Stay& stay : v.memory->stays) {
    if (stay.left || !rule.covers(stay.zone) || (!stay.was_outside && !kind.found_inside)) continue;
    const double stayed = to_seconds(scene.now - stay.since).value();
    add(v, {ZoneEvidence::What::entered, stay.zone, stayed, 0.0, v.speed_mps, course_deg(v)}, out);
  }
}

void evaluate(const ExitRule&, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  for (const Stay& stay : v.memory->stays) {
    if (!stay.left || !rule.covers(stay.zone) || to_seconds(scene.now - *stay.left).value() > told_s) continue;
    const double stayed = to_seconds(*stay.left - stay.since).value();
    add(v, {ZoneEvidence::What::left, stay.zone, stayed, 0.0, v.speed_mps, course_deg(v)}, out);
    out.back().finding.ago_s = to_seconds(scene.now - *stay.left).value();
  }
}

void evaluate(const DwellRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  for (const Stay& stay : v.memory->stays) {
    const double stayed = to_seconds(scene.now - stay.since).value();
    if (stay.left || !rule.covers(stay.zone) || stayed < kind.longest_min * 60.0) continue;
    add(v, {ZoneEvidence::What::stays, stay.zone, stayed, kind.longest_min * 60.0, v.speed_mps, course_deg(v)}, out);
  }
}

void evaluate(const CrossingRule& kind, const Rule& rule, const Scene& scene, const Vessel& v, FoundList& out) {
  for (const LineCrossing& c : v.memory->crossings) {
    const double ago = to_seconds(scene.now - c.time).value();
    if (ago > told_s || !rule.covers(c.line) || scene.zone(c.line).zone().kind != ZoneKind::line) continue;
    if (kind.direction != "both" && (kind.direction == "right") != c.to_right) continue;
    add(v, {ZoneEvidence::What::crossed, c.line, ago, 0.0, v.speed_mps, course_deg(v)}, out);
  }
}

}  // namespace headland::rules
