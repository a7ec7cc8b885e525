// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/ais_trust.hpp"

#include <algorithm>

namespace headland::fusion {
namespace {

constexpr double refresh_every_s = 10.0;
constexpr double forgets_after_s = 3600.0;  // a station with a clean record, where there are many
constexpr double unjudged_score = 0.5;      // nothing is held against it, nor does anybody know it
constexpr double witness_score = 0.5;       // of a witness, what radar says left out
constexpr double teaches_from = 0.7;        // stations believed less teach nothing about reception

}  // namespace

AisTrust::Station* AisTrust::station_of(Mmsi mmsi) {
  const auto known = stations_.find(mmsi);
  if (known != stations_.end()) return &known->second;
  if (stations_.size() >= config_.max_stations) {
    ++counters_.stations_refused;
    return nullptr;
  }
  return &stations_[mmsi];
}

TrustLedger& AisTrust::book_of(Mmsi mmsi) {
  const auto known = stations_.find(mmsi);
  return known != stations_.end() ? known->second.ledger : nobody_;
}

void AisTrust::process(const VesselReport& report) {
  timing_.process(report);
  if (report.own_ship) return;
  Station* s = station_of(report.mmsi);
  if (s == nullptr) return;
  s->checks.process(report, timing_.is_steady(), s->ledger);
  if (report.position && report.kind != AisClass::sar_aircraft && reception_.reach()) {
    const auto& reach = *reception_.reach();
    const double far = metres_between(reach.centre, *report.position);
    if (far > reach.limit_m) {
      s->ledger.found({TrustEvidence::out_of_reach, far, reach.limit_m}, report.received, 0.4);
    } else {
      s->ledger.absent(TrustEvidence::out_of_reach, report.received, 0.5);
    }
  }
  note_lowest(*s, report.received);
  reception_.process(report, s->ledger.verdict(report.received).score >= teaches_from);
}

void AisTrust::process(const VesselParticulars& particulars) {
  if (particulars.own_ship) return;
  reception_.process(particulars.mmsi, particulars.received);
  Station* s = station_of(particulars.mmsi);
  if (s == nullptr) return;
  s->checks.process(particulars, s->ledger);
  note_lowest(*s, particulars.received);
}

void AisTrust::process(const BaseStationReport& report) {
  timing_.process(report);
  reception_.process(report.mmsi, report.received);
}

void AisTrust::refresh(Timestamp now) {
  if (refreshed_ && to_seconds(now - *refreshed_).value() < refresh_every_s && now >= *refreshed_) return;
  refreshed_ = now;
  if (stations_.size() > config_.max_stations / 2) forget_old(now);
  const bool before = reception_.in_hole();
  reception_.refresh(now);
  if (reception_.in_hole() && !before && timing_.is_steady()) ++counters_.holes;
}

// Invented numbers must not fill the memory for ever; who was doubted stays.
void AisTrust::forget_old(Timestamp now) {
  std::erase_if(stations_, [&](const auto& station) {
    const auto& state = station.second.checks.state();
    const bool gone = to_seconds(now - state.streams[state.current].last.received).value() > forgets_after_s &&
                      station.second.ledger.verdict(now).score >= 1.0;
    if (gone) timing_.forget(station.first);
    return gone;
  });
}

void AisTrust::note_lowest(Station& s, Timestamp now) {
  if (s.ledger.entries().empty()) return;
  Trust trust = s.ledger.verdict(now);
  if (trust.score >= 1.0 || (s.lowest && s.lowest->trust.score < trust.score)) return;
  s.lowest = Lowest{std::move(trust), now};
}

void AisTrust::note_lowest(Timestamp now) {
  for (auto& [mmsi, s] : stations_) note_lowest(s, now);
}

void AisTrust::forget(Mmsi mmsi) {
  echoes_.forget(mmsi);
  witness_.forget(mmsi);
  timing_.forget(mmsi);
}

void AisTrust::take_time_back(Timestamp now) {
  for (auto& [mmsi, s] : stations_) {
    s.ledger.take_time_back(now);
    if (s.lowest) s.lowest->when = std::min(s.lowest->when, now);
  }
  witness_.take_time_back(now);
  echoes_.take_time_back(now);
}

Trust AisTrust::verdict(Mmsi mmsi, Timestamp now) const {
  const auto known = stations_.find(mmsi);
  return known == stations_.end() ? Trust{} : known->second.ledger.verdict(now);
}

double AisTrust::score(Mmsi mmsi, Timestamp now) const {
  const auto known = stations_.find(mmsi);
  return known == stations_.end() ? unjudged_score : known->second.ledger.verdict(now).score;
}

bool AisTrust::may_witness(Mmsi mmsi, Timestamp now) const {
  const auto known = stations_.find(mmsi);
  if (known == stations_.end()) return false;
  double score = 1.0;
  for (const TrustReason& r : known->second.ledger.verdict(now).reasons) {
    const bool by_radar = r.kind == TrustEvidence::radar_contradicts || r.kind == TrustEvidence::no_echo ||
                          r.kind == TrustEvidence::size_mismatch;
    if (!by_radar) score *= 1.0 - r.weight;
  }
  return score >= witness_score;
}

double AisTrust::length_of(Mmsi mmsi) const {
  const auto known = stations_.find(mmsi);
  return known == stations_.end() ? 0.0 : known->second.checks.length_m();
}

// Types 31, 32 (towing) and 52 (tug) of M.1371-5, annex 8, table 53.
bool AisTrust::tows(Mmsi mmsi) const {
  const auto known = stations_.find(mmsi);
  if (known == stations_.end()) return false;
  const int type = known->second.checks.state().ship_type;
  return type == 31 || type == 32 || type == 52;
}

AisTrust::Snapshot AisTrust::snapshot() const {
  Snapshot s;
  for (const auto& [mmsi, station] : stations_) {
    s.stations[mmsi] = {station.checks.state(), station.ledger.entries()};
  }
  s.timing = timing_.snapshot();
  s.reception = reception_.snapshot();
  s.silence = silence_.watches();
  s.witness = witness_.stations();
  return s;
}

void AisTrust::restore(const Snapshot& s) {
  stations_.clear();
  for (const auto& [mmsi, station] : s.stations) {
    Station& known = stations_[mmsi];
    known.checks.restore(station.checks);
    auto entries = station.entries;
    std::erase_if(entries, [](const auto& e) { return static_cast<std::size_t>(e.kind) >= trust_evidence_count; });
    known.ledger.restore(std::move(entries));
  }
  timing_.restore(s.timing);
  reception_.restore(s.reception);
  silence_.restore(s.silence);
  witness_.restore(s.witness);
}

}  // namespace headland::fusion
