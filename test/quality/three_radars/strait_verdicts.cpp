// SPDX-License-Identifier: Apache-2.0
#include "quality/three_radars/strait_verdicts.hpp"

#include <algorithm>
#include <utility>

namespace headland::quality {
namespace {

using scenario::AisFault;

// Granted until a vessel is called dark or a liar: eight intervals of its class, and a minute at least (see
// fusion::SilenceWatchConfig); echoes of this sea all are of one size, below that of class A.
constexpr double under_way_s = 8.0 * 30.0;
constexpr double slow_s = 8.0 * 180.0;
constexpr double slow_mps = 1.0;
constexpr double begin_track_s = 30.0;  // beside that: until a track is begun and believed
constexpr double class_a_s = 80.0;
constexpr std::size_t most_listed = 40;
constexpr double strays_within_m = 300.0;  // of its vessel, as far out as one radar errs by a hundred metres

// Whoever describes a vessel badly does so in good faith.
bool honest(const scenario::SeaVessel& v) {
  return v.fault == AisFault::none || v.fault == AisFault::stale || v.fault == AisFault::badly_described;
}
bool sends_false_size(const scenario::SeaVessel& v) {
  return v.fault == AisFault::badly_described || v.fault == AisFault::wrong_identity;
}

}  // namespace

std::uint32_t sent_mmsi(const scenario::SeaVessel& v) {
  constexpr std::uint32_t wrong_by = 500'000U;  // as SeaTransmitter
  return v.fault == AisFault::wrong_identity ? v.mmsi + wrong_by : v.mmsi;
}

void StraitVerdicts::find(const scenario::SeaVessel& vessel, State& state, double t_s) {
  if (honest(vessel) || vessel.mmsi == 0 || t_s < config_.fault_after_s) return;
  if (state.found_s < 0.0) state.found_s = t_s - config_.fault_after_s;
}

void StraitVerdicts::note_false(const FalseVerdict& verdict) {
  if (figures_.false_ones.size() < most_listed) figures_.false_ones.push_back(verdict);
}

void StraitVerdicts::judge_trust(const scenario::SeaVessel& vessel, const Trust& trust, State& state, double t_s) {
  std::set<TrustEvidence> accused;
  for (const TrustReason& r : trust.reasons) {
    if (r.weight > 0.0) accused.insert(r.kind);
  }
  if (sends_false_size(vessel) && accused.contains(TrustEvidence::size_mismatch) && state.size_found_s < 0.0) {
    state.size_found_s = t_s;
  }
  if (honest(vessel)) {
    for (const TrustEvidence kind : accused) {
      if (state.accused.contains(kind)) continue;
      if (kind == TrustEvidence::size_mismatch && sends_false_size(vessel)) continue;
      ++figures_.falsely_accused[kind];
      note_false({.vessel = static_cast<std::size_t>(&state - states_.data()),
                  .at_s = t_s,
                  .of_trust = true,
                  .evidence = kind});
    }
  } else if (!accused.empty()) {
    find(vessel, state, t_s);
    if (t_s >= config_.fault_after_s) state.found_by.insert(accused.begin(), accused.end());
  }
  state.accused = std::move(accused);
}

void StraitVerdicts::note_false_hearing(const std::vector<Now>& vessels, std::size_t v, const SystemTrack& track,
                                        double t_s) {
  const Now& now = vessels[v];
  const auto apart = [&](double east_m, double north_m) {
    return std::hypot(east_m - now.east_m, north_m - now.north_m);
  };
  FalseVerdict f{.vessel = v, .at_s = t_s, .hearing = track.silence.hearing, .silence = track.silence};
  f.rivals = track.rivals.size();
  if (track.identity) f.shown = track.identity->mmsi, f.probability = track.identity->probability;
  f.track_mps = (track.radar_only ? track.radar_only->velocity : track.velocity).speed().value();
  f.vessel_mps = now.speed_mps;
  const EastNorth seen = track.radar_only ? track.radar_only->local : track.local;
  f.apart_m = apart(seen.east.value(), seen.north.value());
  f.neighbour_m = 1e9;
  for (std::size_t i = 0; i < vessels.size(); ++i) {
    const double m = apart(vessels[i].east_m, vessels[i].north_m);
    if (i != v && m < f.neighbour_m) f.neighbour = i, f.neighbour_m = m, f.neighbour_mps = vessels[i].speed_mps;
  }
  note_false(f);
}

void StraitVerdicts::judge_track(const std::vector<Now>& vessels, std::size_t v, const Now* owner,
                                 const SystemTrack& track, double t_s) {
  const Now& now = vessels[v];
  State& state = states_[v];
  const AisHearing hearing = track.silence.hearing;
  const bool lost = hearing == AisHearing::dark || hearing == AisHearing::silent;
  if (now.vessel->mmsi == 0) {
    if (hearing == AisHearing::dark) state.dark_found = true;
  } else if (honest(*now.vessel)) {
    if (hearing != state.hearing && hearing == AisHearing::dark) ++figures_.falsely_dark;
    if (hearing != state.hearing && hearing == AisHearing::silent) ++figures_.falsely_silent;
    if (hearing != state.hearing && lost) note_false_hearing(vessels, v, track, t_s);
  } else if (lost && t_s >= config_.fault_after_s) {
    find(*now.vessel, state, t_s);
    state.by_silence = true;
  }
  state.hearing = hearing;
  // Where two tracks change places, each is held to follow its old vessel for some looks still: what it shows is right
  // if it lies nearer to the vessel that this belongs to.
  const double dt = t_s - to_seconds(track.time - config_.start).value();
  const auto off = [&](const Now& n) {
    return std::hypot(track.local.east.value() + dt * track.velocity.east.value() - n.east_m,
                      track.local.north.value() + dt * track.velocity.north.value() - n.north_m);
  };
  const bool rightly = owner != nullptr && off(*owner) < off(now);
  const bool wrong = track.identity && track.identity->mmsi != Mmsi(sent_mmsi(*now.vessel)) && !rightly;
  const bool doubted = !track.rivals.empty() || track.trust.score < 1.0;
  if (!wrong || doubted) {
    state.wrong_since_s = -1.0;
    return;
  }
  if (state.wrong_since_s < 0.0) {
    state.wrong_since_s = t_s, ++figures_.wrong_spells;
    state.wrong_spell = figures_.wrong.size();
    if (figures_.wrong.size() < most_listed) {
      figures_.wrong.push_back({static_cast<std::size_t>(&state - states_.data()), t_s, 0.0, track.identity->mmsi});
    }
  }
  if (state.wrong_spell < figures_.wrong.size()) figures_.wrong[state.wrong_spell].for_s = t_s - state.wrong_since_s;
  figures_.longest_wrong_s = std::max(figures_.longest_wrong_s, t_s - state.wrong_since_s);
}

void StraitVerdicts::judge_dark(const Now& now, State& state, double t_s) {
  const bool fast = now.speed_mps >= slow_mps;
  if (now.reached_s < 0.0 || now.reached_s != state.stay_s) {
    state.stay_s = now.reached_s;
    state.stay_counted = state.dark_found = false;
    state.fast = fast;
  }
  state.fast = state.fast && fast;
  if (now.reached_s < 0.0 || state.stay_counted) {
    if (state.dark_found && !state.ever_dark) state.ever_dark = true;
    return;
  }
  const double in_reach_s = t_s - now.reached_s;
  const double granted_s = (state.fast ? under_way_s : slow_s) + begin_track_s;
  if (!state.dark_found && in_reach_s < granted_s) return;
  if (state.dark_found) figures_.dark_latest_s = std::max(figures_.dark_latest_s, in_reach_s);
  state.ever_dark = state.ever_dark || state.dark_found;
  state.stay_counted = state.had_stay = true;
  figures_.dark_in_time.count(state.dark_found);
  if (state.dark_found || figures_.dark_late.size() >= most_listed) return;
  figures_.dark_late.push_back(
      {static_cast<std::size_t>(&state - states_.data()), now.reached_s, granted_s, now.track});
}

void StraitVerdicts::judge_stray(const SystemTrack& track, const std::vector<Now>& vessels, double t_s) {
  const auto known = strays_.find(track.radar_track);
  if (known != strays_.end() && known->second < figures_.strays.size()) figures_.strays[known->second].last_s = t_s;
  if (known != strays_.end() || track.silence.hearing != AisHearing::dark) return;
  strays_[track.radar_track] = strays_.size();
  DarkStray stray{.track = track.radar_track,
                  .began_s = to_seconds(track.began - config_.start).value(),
                  .at_s = t_s,
                  .last_s = t_s,
                  .of_someone_s = of_someone_s_[track.radar_track],
                  .existence = track.existence,
                  .speed_mps = track.velocity.speed().value(),
                  .stage = track.stage};
  Timestamp seen;
  for (const Contribution& c : track.contributions) seen = std::max(seen, c.last);
  stray.missed_s = t_s - to_seconds(seen - config_.start).value();
  for (std::size_t v = 0; v < vessels.size(); ++v) {
    if (vessels[v].track != TrackId()) continue;
    const double m =
        std::hypot(track.local.east.value() - vessels[v].east_m, track.local.north.value() - vessels[v].north_m);
    if (m < stray.nearest_m) stray.nearest = v, stray.nearest_m = m;
  }
  stray.of_nobody = stray.nearest_m > strays_within_m;
  const scenario::SeaVessel& vessel = *vessels[stray.nearest].vessel;
  stray.honest = !stray.of_nobody && vessel.mmsi != 0 && honest(vessel);
  ++(stray.of_nobody ? figures_.dark_nobody : stray.honest ? figures_.falsely_dark_beyond : figures_.dark_beyond);
  if (figures_.strays.size() < most_listed) figures_.strays.push_back(stray);
}

void StraitVerdicts::judge(const Picture& picture, const std::vector<Now>& vessels, double t_s, double step_s) {
  states_.resize(vessels.size());
  vessels_.clear();
  std::map<std::uint32_t, std::size_t> by_mmsi;
  std::map<TrackId, std::size_t> by_track;
  for (std::size_t v = 0; v < vessels.size(); ++v) {
    vessels_.push_back(*vessels[v].vessel);
    if (vessels[v].vessel->mmsi != 0) {
      by_mmsi[sent_mmsi(*vessels[v].vessel)] = v;
      if (honest(*vessels[v].vessel)) figures_.honest_vessel_hours += step_s / 3600.0;
    }
    if (vessels[v].track != TrackId()) by_track[vessels[v].track] = v;
  }
  for (const SystemTrack& t : picture.tracks) {
    if (t.identity) {
      const auto known = by_mmsi.find(t.identity->mmsi.value());
      if (known != by_mmsi.end()) judge_trust(vessels_[known->second], t.trust, states_[known->second], t_s);
    }
    if (t.radar_track == TrackId()) continue;
    const auto seen = by_track.find(t.radar_track);
    if (seen != by_track.end()) {
      of_someone_s_[t.radar_track] += step_s;
      const auto owner = t.identity ? by_mmsi.find(t.identity->mmsi.value()) : by_mmsi.end();
      judge_track(vessels, seen->second, owner == by_mmsi.end() ? nullptr : &vessels[owner->second], t, t_s);
    } else {
      judge_stray(t, vessels, t_s);
    }
  }
  for (std::size_t v = 0; v < vessels.size(); ++v) {
    if (vessels[v].vessel->mmsi == 0) judge_dark(vessels[v], states_[v], t_s);
  }
}

VerdictFigures StraitVerdicts::figures() const {
  VerdictFigures out = figures_;
  for (std::size_t v = 0; v < states_.size(); ++v) {
    const State& s = states_[v];
    const auto& vessel = vessels_[v];
    if (vessel.mmsi == 0) {
      out.dark_vessels += s.had_stay ? 1U : 0U;
      out.dark_found += s.ever_dark ? 1U : 0U;
      continue;
    }
    if (sends_false_size(vessel)) {
      out.false_sizes.push_back(
          {v, vessel.length_m, vessel.sent.length_m(), vessel.fault == AisFault::badly_described, s.size_found_s});
    }
    if (honest(vessel)) continue;
    FoundFigure& f = out.faults[vessel.fault];
    ++f.vessels;
    for (const TrustEvidence kind : s.found_by) ++f.by[kind];
    f.by_silence += s.by_silence ? 1U : 0U;
    if (s.found_s < 0.0) continue;
    f.after_s.push_back(s.found_s);
    f.in_time += s.found_s <= (vessel.kind == AisClass::class_a ? class_a_s : under_way_s) ? 1U : 0U;
  }
  for (auto& [fault, f] : out.faults) std::sort(f.after_s.begin(), f.after_s.end());
  return out;
}

}  // namespace headland::quality
