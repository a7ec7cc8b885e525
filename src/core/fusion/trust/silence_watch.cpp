// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/silence_watch.hpp"

#include <algorithm>

#include "core/fusion/trust/report_checks.hpp"

namespace headland::fusion {
namespace {

constexpr double ask_cover_every_s = 10.0;
constexpr double speed_memory_s = 30.0;
constexpr double longest_step_s = 5.0;    // more between two looks is a hole in the data
constexpr double longest_begin_s = 20.0;  // a track that has been for longer was one before
constexpr double sure_sigmas = 3.0;
constexpr double at_rest_s = 180.0;  // between reports of what lies still, of any class

}  // namespace

double SilenceWatch::interval_of(const WatchedTrack& t, const Watch& w) const {
  if (t.report == nullptr) {
    if (w.speed_mps < config_.slow_mps) return at_rest_s;
    VesselReport usual;
    usual.kind = t.length_m >= config_.class_a_length_m ? AisClass::class_a : AisClass::class_b;
    return reporting_interval_s(usual, w.speed_mps);
  }
  const double seen_s = reporting_interval_s(*t.report, w.speed_mps);
  // Class A tells by its status that it lies still, too; of class B that sends no speed nothing was said.
  const bool is_class_a = t.report->kind == AisClass::class_a;
  const double said_mps = t.report->speed ? t.report->speed->value() : is_class_a ? 0.0 : w.speed_mps;
  const double said_s = reporting_interval_s(*t.report, said_mps);
  if (said_s <= seen_s) return seen_s;
  const double berth_m = config_.berth_m + t.sent_length_m + sure_sigmas * t.deviation_m;
  return metres_between(w.heard_at, t.position) > berth_m ? seen_s : said_s;
}

AisSilence SilenceWatch::judge(const WatchedTrack& t, Timestamp now, const AisReception& reception) {
  const auto [at, is_new] = watches_.try_emplace(t.id);
  Watch& w = at->second;
  if (is_new) w.counted = now;
  const bool heard_anew = t.heard != w.heard && t.mmsi == w.mmsi;
  // A number that it was silent under does not become a dark vessel by the loss of that identity alone: it begins anew.
  if (heard_anew || t.mmsi != w.mmsi) {
    w.counted_s = w.rest_s = 0.0;
    w.judged = false;
    w.heard = t.heard;
    w.heard_at = t.position;
    w.mmsi = t.mmsi;
  }
  // It was there from its first plot on, before it was a track.
  const double before_s = is_new ? std::clamp(to_seconds(now - t.began).value(), 0.0, longest_begin_s) : 0.0;
  const double dt = is_new ? before_s : std::clamp(to_seconds(now - w.counted).value(), 0.0, longest_step_s);
  w.counted = now;
  // The speed of a young track is anybody's guess, and that of one near the limit comes and goes.
  w.speed_s = std::min(w.speed_s + dt, speed_memory_s);
  w.speed_mps += (w.speed_s > 0.0 ? dt / w.speed_s : 1.0) * (t.speed_mps - w.speed_mps);
  if (w.covered_asked == Timestamp{} || now < w.covered_asked ||
      to_seconds(now - w.covered_asked).value() >= ask_cover_every_s) {
    w.covered = reception.covers(t.position, t.mmsi);
    w.covered_asked = now;
  }
  AisSilence s;
  s.interval_s = interval_of(t, w);
  const bool rests = s.interval_s >= at_rest_s;
  s.needed_intervals = std::max(config_.needed_intervals, config_.least_s / s.interval_s);
  s.since = t.mmsi.value() != 0 ? t.heard : t.began;
  const bool may_be_heard = w.covered && reception.is_alive(now, t.mmsi);
  const bool undecided = t.mmsi.value() == 0 && t.candidate_probability >= config_.rival_probability;
  // Were it that vessel, it would be heard as it within an interval. One that only passes it takes nothing back.
  if (undecided) {
    w.judged = false;
    w.undecided_s += dt;
    if (w.undecided_s >= s.interval_s) w.counted_s = w.rest_s = 0.0;
  } else {
    w.undecided_s = std::max(0.0, std::min(w.undecided_s, s.interval_s) - dt);
    if (may_be_heard) {
      w.counted_s += dt;
      if (rests) w.rest_s += dt;
    }
  }
  // That it is seen to rest now says of a young track that it did so before; that it goes does not.
  s.missed_intervals =
      rests ? w.counted_s / s.interval_s : w.rest_s / at_rest_s + (w.counted_s - w.rest_s) / s.interval_s;
  w.judged = w.judged || (!undecided && s.missed_intervals >= s.needed_intervals);
  const bool judged = w.judged;
  if (t.mmsi.value() != 0) {
    // Between two and the full number of intervals nothing is said yet: reports get lost.
    s.hearing = judged                                      ? AisHearing::silent
                : !may_be_heard && s.missed_intervals > 2.0 ? AisHearing::cannot_tell
                                                            : AisHearing::heard;
  } else {
    s.hearing = judged ? AisHearing::dark : may_be_heard ? AisHearing::none_heard : AisHearing::cannot_tell;
  }
  return s;
}

}  // namespace headland::fusion
