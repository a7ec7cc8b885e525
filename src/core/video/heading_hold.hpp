// SPDX-License-Identifier: Apache-2.0
// Settles which way the bearings of a radar's spokes are counted from, where each spoke brings a heading or none.
//
// A new bearing reference makes all that was learned of the clutter worthless. Headings flicker, spoke by spoke or for
// a second or two, where a compass is slow or a network loses what it says. So the last heading is held for 3 seconds
// (a compass that tells its heading once a second may miss two); only then the reference changes, once. Away from
// head-up it changes where headings of one kind have come for half a minute without a longer pause; in the first 3
// seconds, when nothing has been learned, with the first of them.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/time.hpp"
#include "core/video/spoke.hpp"

namespace headland {

struct SpokeHeading {
  BearingReference reference = BearingReference::head_up;  // head-up: there is no heading
  std::uint16_t heading = 0;                               // clockwise from the reference, in the radar's own steps
  friend bool operator==(const SpokeHeading&, const SpokeHeading&) = default;
};

class HeadingHold {
 public:
  static constexpr Duration held = std::chrono::seconds(3);
  static constexpr Duration proven = std::chrono::seconds(30);

  // What holds for a spoke of that time that says `told`.
  SpokeHeading settle(SpokeHeading told, Timestamp time) {
    // After a pause of the video what was held is of long ago: it begins anew.
    if (!in_force_ || !is_within(asked_, time, held)) {
      begun_ = asked_ = time;
      candidate_.reset();
      return take(told, time);
    }
    asked_ = time;
    if (told.reference == in_force_->reference) return take(told, time);
    if (in_force_->reference != BearingReference::head_up)
      return is_within(last_, time, held) ? *in_force_ : take(told, time);
    if (is_within(begun_, time, held) || is_proven(told.reference, time)) return take(told, time);
    return *in_force_;
  }

 private:
  // A clock that is set back must not make a heading hold for long.
  static bool is_within(Timestamp since, Timestamp time, Duration span) {
    return time - since <= span && since - time <= span;
  }
  SpokeHeading take(SpokeHeading told, Timestamp time) {
    if (told.reference != BearingReference::head_up) candidate_.reset();
    in_force_ = told;
    last_ = time;
    return told;
  }
  bool is_proven(BearingReference reference, Timestamp time) {
    if (!candidate_ || candidate_->reference != reference || !is_within(candidate_->last, time, held)) {
      candidate_ = Candidate{reference, time, time};
    }
    candidate_->last = time;
    return time - candidate_->since >= proven;
  }

  struct Candidate {
    BearingReference reference;
    Timestamp since;
    Timestamp last;
  };
  std::optional<SpokeHeading> in_force_;
  Timestamp begun_;
  Timestamp asked_;                     // time of the last spoke
  Timestamp last_;                      // when a spoke last said the reference in force
  std::optional<Candidate> candidate_;  // while it is head-up
};

}  // namespace headland
