// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/silence_watch.hpp"

#include <algorithm>

namespace headland::fusion {
namespace {

constexpr double ask_cover_every_s = 10.0;
constexpr double speed_memory_s = 30.0;
constexpr double longest_step_s = 5.0;  // more between two looks is a hole in the data

}  // namespace

double SilenceWatch::interval_of(const WatchedTrack& t, double speed_mps) const {
  if (t.report != nullptr) return reporting_interval_s(*t.report, speed_mps);
  if (speed_mps < config_.slow_mps) return 180.0;
  VesselReport usual;
  usual.kind = t.length_m >= config_.class_a_length_m ? AisClass::class_a : AisClass::class_b;
  return reporting_interval_s(usual, speed_mps);
}

AisSilence SilenceWatch::judge(const WatchedTrack& t, Timestamp now, const AisReception& reception) {
  const auto [at, is_new] = watches_.try_emplace(t.id);
  Watch& w = at->second;
  if (is_new) w.counted = now;
  const bool heard_anew = t.heard != w.heard && t.mmsi == w.mmsi;
  // A number that it was silent under does not become a dark vessel by the loss of that identity alone: it begins anew.
  if (heard_anew || t.mmsi != w.mmsi) {
    w.counted_s = 0.0;
    w.judged = false;
    w.heard = t.heard;
    w.mmsi = t.mmsi;
  }
  const double dt = std::clamp(to_seconds(now - w.counted).value(), 0.0, longest_step_s);
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
  s.interval_s = interval_of(t, w.speed_mps);
  s.needed_intervals = std::max(config_.needed_intervals, config_.least_s / s.interval_s);
  s.since = t.mmsi.value() != 0 ? t.heard : t.began;
  const bool may_be_heard = w.covered && reception.is_alive(now, t.mmsi);
  const bool undecided = t.mmsi.value() == 0 && t.candidate_probability >= config_.rival_probability;
  if (undecided) {
    w.counted_s = 0.0;
    w.judged = false;
  } else if (may_be_heard) {
    w.counted_s += dt;
  }
  s.missed_intervals = w.counted_s / s.interval_s;
  w.judged = w.judged || s.missed_intervals >= s.needed_intervals;
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
