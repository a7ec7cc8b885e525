// SPDX-License-Identifier: Apache-2.0
#include "codec/share/trust/trust_texts.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "codec/share/texts.hpp"

namespace headland::share {
namespace {

constexpr std::array<std::string_view, trust_evidence_count> evidence_names = {
    "radar_confirms",       "radar_contradicts", "no_echo",         "out_of_reach",      "impossible_jump",
    "impossible_speed",     "two_places",        "identity_change", "dimensions_change", "heading_against_course",
    "speed_against_motion", "frozen_position",   "circles",         "size_mismatch",     "fix_failure"};
constexpr std::array<std::string_view, 6> hearing_names = {"not_applicable", "heard", "none_heard",
                                                           "cannot_tell",    "dark",  "silent"};

// printf to a string; texts are short.
template <class... T>
std::string format(const char* form, T... values) {
  char text[200];
  std::snprintf(text, sizeof text, form, values...);
  return text;
}

std::string metres(double m) { return m < 5000.0 ? format("%.0f m", m) : format("%.1f NM", m / 1852.0); }
std::string knots(double mps) { return format("%.1f kn", mps * 3600.0 / 1852.0); }
std::string span(double s) {
  if (s < 120.0) return format("%.0f s", s);
  return s < 7200.0 ? format("%.0f min", s / 60.0) : format("%.1f h", s / 3600.0);
}

}  // namespace

std::string_view name_of(TrustEvidence kind) {
  return evidence_names[std::min(static_cast<std::size_t>(kind), evidence_names.size() - 1)];
}

std::string_view name_of(AisHearing hearing) {
  return hearing_names[std::min(static_cast<std::size_t>(hearing), hearing_names.size() - 1)];
}

std::string reason_text(const TrustReason& r) {
  switch (r.kind) {
    case TrustEvidence::radar_confirms:
      return "radar sees it where it says it is, for " + span(r.value);
    case TrustEvidence::radar_contradicts:
      return "the echo that was this vessel is " + metres(r.value) + " from where it says it is (" + metres(r.limit) +
             " would be nothing)";
    case TrustEvidence::no_echo:
      return format("should be visible with probability %.2f, %.0f scans, not seen", r.probability, r.value);
    case TrustEvidence::out_of_reach:
      return metres(r.value) + " away, what is received comes from within " + metres(r.limit);
    case TrustEvidence::impossible_jump:
      return "jumped " + metres(r.value) + " where " + metres(r.limit) + " was possible";
    case TrustEvidence::impossible_speed:
      return "says it makes " + knots(r.value) + ", its kind makes " + knots(r.limit) + " at most";
    case TrustEvidence::two_places:
      return "sends from two places " + metres(r.value) + " apart in turn";
    case TrustEvidence::identity_change:
      return format("name, call sign or IMO number changed %.0f time%s", r.value, r.value > 1.5 ? "s" : "");
    case TrustEvidence::dimensions_change:
      return "size sent changed by " + metres(r.value);
    case TrustEvidence::heading_against_course:
      return format("heading %.0f degrees off its course for minutes", r.value);
    case TrustEvidence::speed_against_motion:
      return "speed and course sent differ from its positions by " + knots(r.value);
    case TrustEvidence::frozen_position:
      return "position stands still (" + metres(r.value) + ") while it says it moves";
    case TrustEvidence::circles:
      return format("circles at constant rate and speed, %.0f degrees so far", r.value);
    case TrustEvidence::size_mismatch:
      return "says it is " + metres(r.value) + " long, its echo is " + metres(r.limit);
    case TrustEvidence::fix_failure:
      return r.value < 61.5   ? "its position was entered by hand"
             : r.value < 62.5 ? "its position is estimated, without satellites"
                              : "its satellite receiver does not work";
  }
  return {};
}

std::string silence_text(const SystemTrack& track, Timestamp now) {
  const AisSilence& s = track.silence;
  const std::string for_so_long = span(to_seconds(now - s.since).value());
  const std::string size = track.length.value() > 0.0 ? ", echo " + metres(track.length.value()) : std::string();
  switch (s.hearing) {
    case AisHearing::dark:
      return format("dark: no AIS in %.0f intervals of ", s.missed_intervals) + span(s.interval_s) + size;
    case AisHearing::silent:
      return "AIS silent since " + for_so_long + format(" (%.0f intervals of ", s.missed_intervals) +
             span(s.interval_s) + "), radar sees it";
    case AisHearing::none_heard:
      return format("no AIS heard (%.1f of %.0f intervals)", s.missed_intervals, s.needed_intervals) + size;
    case AisHearing::cannot_tell:
      return "no AIS heard, but AIS may not be received there now";
    case AisHearing::heard:
    case AisHearing::not_applicable:
      break;
  }
  return {};
}

std::string missing_echo_text(const MissingEcho& m) {
  if (m.vessels == 0) return format("no echo in %u scans; how well it would be seen is not known", m.scans);
  return format("%sshould be visible with probability %.2f, %u scans, not seen",
                m.judged ? "" : "not judged: ", m.visible_probability, m.scans);
}

}  // namespace headland::share
