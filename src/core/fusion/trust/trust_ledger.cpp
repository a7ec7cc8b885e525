// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/trust_ledger.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace headland::fusion {
namespace {

constexpr double begin_level = 0.7;
constexpr double end_level = 0.3;

struct Kind {
  double weight;       // share of the trust that it takes at full level
  double half_life_s;  // of the level, where nothing is said any more
  bool of_motion;      // radar that sees the vessel where it says it is makes it matter less
};

// Weights say how well a kind of evidence tells a lie from a fault or a habit: positions that no vessel can have had
// weigh most, a heading against the course least (ferries sail either way, sensors are mounted wrong).
constexpr std::array<Kind, trust_evidence_count> kinds = {{
    {0.0, 120.0, false},    // radar_confirms
    {0.7, 300.0, false},    // radar_contradicts
    {0.6, 300.0, false},    // no_echo
    {0.6, 1800.0, false},   // out_of_reach
    {0.4, 900.0, true},     // impossible_jump
    {0.4, 600.0, true},     // impossible_speed
    {0.7, 1800.0, false},   // two_places
    {0.3, 21600.0, false},  // identity_change
    {0.2, 21600.0, false},  // dimensions_change
    {0.1, 900.0, true},     // heading_against_course
    {0.3, 600.0, true},     // speed_against_motion
    {0.5, 600.0, false},    // frozen_position
    {0.6, 1800.0, true},    // circles
    {0.3, 900.0, false},    // size_mismatch
    {0.3, 900.0, true},     // fix_failure
}};

const Kind& facts_of(TrustEvidence kind) { return kinds[static_cast<std::size_t>(kind)]; }

double level_at(const TrustLedger::Entry& e, Timestamp now) {
  const double dt = std::max(0.0, to_seconds(now - e.lowered).value());
  return e.level * std::exp2(-dt / facts_of(e.kind).half_life_s);
}

bool holds_at(const TrustLedger::Entry& e, Timestamp now) { return e.holds && level_at(e, now) >= end_level; }

void settle(TrustLedger::Entry& e, Timestamp when) {
  e.level = level_at(e, when);
  e.lowered = std::max(e.lowered, when);
  if (e.holds && e.level < end_level) e.holds = false;
}

}  // namespace

TrustLedger::Entry* TrustLedger::find(TrustEvidence kind) {
  const auto at = std::lower_bound(entries_.begin(), entries_.end(), kind,
                                   [](const Entry& e, TrustEvidence k) { return e.kind < k; });
  return at != entries_.end() && at->kind == kind ? &*at : nullptr;
}

void TrustLedger::found(const Finding& finding, Timestamp when, double step) {
  Entry* e = find(finding.kind);
  if (e == nullptr) {
    Entry fresh;
    fresh.kind = finding.kind;
    fresh.first = fresh.lowered = when;
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), finding.kind,
                                     [](const Entry& x, TrustEvidence k) { return x.kind < k; });
    e = &*entries_.insert(at, fresh);
  }
  settle(*e, when);
  if (!e->holds && e->level < end_level) {  // a new matter
    e->first = when;
    e->count = 0;
  }
  e->level = std::min(1.0, e->level + step);
  if (e->level >= begin_level) e->holds = true;
  ++e->count;
  e->value = finding.value;
  e->limit = finding.limit;
  e->probability = finding.probability;
  e->last = when;
}

void TrustLedger::absent(TrustEvidence kind, Timestamp when, double step) {
  Entry* e = find(kind);
  if (e == nullptr) return;
  settle(*e, when);
  e->level = std::max(0.0, e->level - step);
  if (e->level < end_level) e->holds = false;
  if (e->level <= 0.0) entries_.erase(entries_.begin() + (e - entries_.data()));
}

void TrustLedger::take_time_back(Timestamp now) {
  for (Entry& e : entries_) {
    e.first = std::min(e.first, now);
    e.last = std::min(e.last, now);
    e.lowered = std::min(e.lowered, now);
  }
}

bool TrustLedger::holds(TrustEvidence kind, Timestamp now) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& e) { return e.kind == kind && holds_at(e, now); });
}

Trust TrustLedger::verdict(Timestamp now) const {
  Trust trust;
  const bool confirmed = holds(TrustEvidence::radar_confirms, now);
  for (const Entry& e : entries_) {
    if (!holds_at(e, now)) continue;
    const Kind& facts = facts_of(e.kind);
    const double weight = facts.weight * (confirmed && facts.of_motion ? 0.5 : 1.0);
    trust.reasons.push_back({e.kind, e.value, e.limit, e.probability, e.count, weight, e.first, e.last});
    trust.score *= 1.0 - weight;
  }
  return trust;
}

}  // namespace headland::fusion
