// SPDX-License-Identifier: Apache-2.0
// Why a track exists and what happened to it: facts recorded as they happen, and one sentence of them.
//
// Memory is bounded: the first facts stay, of the later ones the newest; how many fell out is counted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/geo/position.hpp"
#include "core/tracking/track.hpp"

namespace headland::tracking {

enum class FactKind : std::uint8_t {
  plot,       // one of the first plots
  confirmed,  // `value`: existence
  missed,     // `count` looks in a row: nothing there
  hidden,     // the same, in the shadow of `other`, a vessel nearer to the radar
  blind,      // `count` turns in which the radar did not look there
  faded,      // `count` single looks missed, between which there were plots
  shared,     // `count` plots were its own and `other`'s
  returned,   // was `other` for some plots, then recognised; `value`: probability
  initiated,  // by an operator
  ended,      // see `reason`
  exchanged,  // it had changed places with `other`, and got its number back
};

enum class EndReason : std::uint8_t {
  unlikely,    // existence (`value`) fell below the limit
  not_seen,    // no plot for longer than a track may coast; `value`: seconds
  faded,       // never confirmed, and no more plots
  recognised,  // it was `other`, which goes on; `value`: probability
  dropped,     // by an operator
  twin,        // its plots were those of `other`, look after look
};

struct Fact {
  FactKind kind = FactKind::plot;
  EndReason reason = EndReason::unlikely;  // of `ended`
  Timestamp first;
  Timestamp last;
  std::uint32_t count = 1;
  TrackId other;       // 0: none
  double value = 0.0;  // a probability or seconds, see FactKind
  EastNorth place;     // of `plot` and `ended`
};

class Story {
 public:
  static constexpr std::size_t most_first = 8;
  static constexpr std::size_t most_facts = 32;
  static constexpr std::uint32_t first_plots = 3;

  // A look came to nothing: `kind` is missed, hidden or blind. Looks of one kind in a row are one fact.
  void miss(FactKind kind, Timestamp time, TrackId other);
  // A plot came: what was being missed is over. Short times of nothing become one fact `faded`.
  void seen();
  // The last look that was blind came in late, after all.
  void take_back_blind();
  void share(Timestamp time, TrackId other);
  void add(const Fact& fact);
  // The clock was set: all times go by so much.
  void shift(Duration by);

  // Takes over what happened to the same vessel under its old number, before this.
  void put_before(const Story& old);

  [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
  [[nodiscard]] std::uint32_t left_out() const { return left_out_; }
  [[nodiscard]] bool missing() const { return missing_; }
  void restore(std::vector<Fact> facts, std::uint32_t left_out, bool missing);

 private:
  void keep_bounds();
  std::vector<Fact> facts_;     // in order of time
  std::uint32_t left_out_ = 0;  // facts for which there was no room
  bool missing_ = false;        // the last fact is of looks that still come to nothing
};

// All of it in one sentence: "Track 7 was initiated at 00:00:12.5 by 3 plots 4210 m east, ..., and ended ...".
// Times are UTC.
[[nodiscard]] std::string sentence(TrackId id, const Story& story);
// One fact in words, without its track.
[[nodiscard]] std::string to_text(const Fact& fact);

}  // namespace headland::tracking
