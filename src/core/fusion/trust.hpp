// SPDX-License-Identifier: Apache-2.0
// How far what an AIS station says deserves belief, and the evidence for it: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"

namespace headland {

// What a reason rests on. `value` against `limit` of TrustReason, by kind:
enum class TrustEvidence : std::uint8_t {
  radar_confirms,          // s on one radar track, as long as ... s: the only one that speaks for the station
  radar_contradicts,       // m between the echo that was this vessel and the position sent, at most ... m
  no_echo,                 // scans that did not see it, at most ... ; `probability`: that it should have been seen
  out_of_reach,            // m from the receiver (or the middle of all that is heard), at most ... m
  impossible_jump,         // m between two reports, reachable ... m
  impossible_speed,        // m/s sent over ground, at most ... m/s
  two_places,              // m between two streams of positions under one number, at most ... m
  identity_change,         // times that name, call sign or IMO number changed, at most ...
  dimensions_change,       // m by which the length or beam sent changed, at most ... m
  heading_against_course,  // degrees between heading and course, at most ...
  speed_against_motion,    // m/s between velocity sent and positions sent, at most ... m/s
  frozen_position,         // m moved, where the speed sent makes at least ... m
  circles,                 // degrees turned at constant rate and speed, at most ...
  size_mismatch,           // m length sent, against ... m of the echo
  fix_failure,             // code of the fix: 61 manual, 62 estimated, 63 inoperative; limit 60
};
inline constexpr std::size_t trust_evidence_count = 15;

struct TrustReason {
  TrustEvidence kind = TrustEvidence::radar_confirms;
  double value = 0.0;  // what was found,
  double limit = 0.0;  // and what would have been nothing to speak of; units by kind
  double probability = 1.0;
  std::uint32_t count = 0;  // times that it was found
  double weight = 0.0;      // share of the trust that it takes, 0 .. 1; 0 for radar_confirms
  Timestamp first;          // found, since it holds
  Timestamp last;
  friend bool operator==(const TrustReason&, const TrustReason&) = default;
};

// 1: nothing speaks against the station. Each reason takes its share of what the others left.
struct Trust {
  double score = 1.0;
  std::vector<TrustReason> reasons;  // in order of kind
  friend bool operator==(const Trust&, const Trust&) = default;
};

// Whether AIS is heard of what the radar sees.
enum class AisHearing : std::uint8_t {
  not_applicable,  // no radar track that is believed, or no vessel
  heard,           // as often as it must be
  none_heard,      // of this track so far: nothing is judged yet
  cannot_tell,     // AIS is not received there, or not at all just now: nothing is judged
  dark,            // none was ever heard for as long as one must have been
  silent,          // it was heard, must have been since, and the radar still sees the vessel
};

struct AisSilence {
  AisHearing hearing = AisHearing::not_applicable;
  Timestamp since;                // last heard (heard, silent); else first seen by radar
  double missed_intervals = 0.0;  // reporting intervals of its class that passed without a report where AIS is received
  double needed_intervals = 8.0;  // until it is called dark or silent
  double interval_s = 0.0;        // taken for its class and speed
  friend bool operator==(const AisSilence&, const AisSilence&) = default;
};

// A vessel that AIS reports and no radar sees.
struct MissingEcho {
  double visible_probability = 0.0;  // that a vessel of its size would be seen where it says it is
  std::uint32_t scans = 0;           // looks in a row that gave no track there
  std::uint32_t vessels = 0;         // on which the probability rests
  Timestamp since;
  bool judged = false;  // enough to say that it is not there
  friend bool operator==(const MissingEcho&, const MissingEcho&) = default;
};

}  // namespace headland
