// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "quality/three_radars/strait_run.hpp"

namespace headland::quality {
namespace {

constexpr double radian = std::numbers::pi / 180.0;

template <class... T>
std::string line(const char* format, T... values) {
  std::string text(256, '\0');
  const int n = std::snprintf(text.data(), text.size(), format, values...);
  text.resize(static_cast<std::size_t>(std::max(0, n)));
  return text + "\n";
}

std::string share(const char* name, const score::Proportion& p, const char* note = "") {
  const auto i = p.interval();
  return line("  %-44s %7.2f %% of %llu (%.2f .. %.2f) %s", name, 100.0 * p.share(),
              static_cast<unsigned long long>(p.of), 100.0 * i.low, 100.0 * i.high, note);
}

const char* name_of(scenario::AisFault f) {
  switch (f) {
    case scenario::AisFault::none:
      return "honest";
    case scenario::AisFault::offset_drift:
      return "offset drifts";
    case scenario::AisFault::copied_mmsi:
      return "copied MMSI";
    case scenario::AisFault::circle:
      return "circle";
    case scenario::AisFault::jump:
      return "jump";
    case scenario::AisFault::frozen:
      return "frozen";
    case scenario::AisFault::wrong_identity:
      return "wrong identity";
    case scenario::AisFault::stale:
      return "stale, 6 to 10 s";
    case scenario::AisFault::badly_described:
      return "size badly described";
  }
  return "";
}

std::string consistency(const char* name, const ConsistencyFigure& f) {
  const double n = std::max<double>(1.0, static_cast<double>(f.within.of));
  return line("  %-16s error of position %.2f m, NEES %.2f (2), within the 95 %% bound %.1f %% of %llu", name,
              f.error_m.rms(), f.nees / n, 100.0 * f.within.share(), static_cast<unsigned long long>(f.within.of));
}

std::string biases_text(const StraitFigures& f) {
  std::string out = "registration, error (found minus true) +/- stated deviation\n";
  const double first = f.biases.empty() ? 0.0 : f.biases.front().at_s;
  const double last = f.biases.empty() ? 0.0 : f.biases.back().at_s;
  double reference_s = 0.0;
  for (const auto& b : f.biases) {
    if (b.at_s != first && b.at_s != last) continue;
    if (b.radar == f.biases.front().radar) reference_s = b.error.time_s;
    out += line(
        "  %5.0f s %-6s %+7.4f deg +/- %.4f  %+6.2f m +/- %.2f  %+6.3f s +/- %.3f, to the first %+6.3f s +/- %.3f; %u "
        "vessels, %u refused, %u places",
        b.at_s, b.radar.c_str(), b.error.bearing_rad / radian, b.found.deviation.bearing_rad / radian, b.error.range_m,
        b.found.deviation.range_m, b.error.time_s, b.found.deviation.time_s, b.error.time_s - reference_s,
        b.to_first_s_sigma, b.found.vessels, b.found.refused, b.found.shared);
  }
  out += share("azimuth within 2 deviations", f.azimuth_in_2_sigma);
  out += share("range within 2 deviations", f.range_in_2_sigma);
  out += share("time within 2 deviations", f.time_in_2_sigma);
  out += share("time between radars within 2 deviations", f.time_between_in_2_sigma);
  const double pairs = std::max<double>(1.0, static_cast<double>(f.time_between_in_goal.of));
  out += share(
      "time between radars within 0.05 s", f.time_between_in_goal,
      line("rms %.3f s, %.3f s at most", std::sqrt(f.time_between_square_s2 / pairs), f.time_between_worst_s).c_str());
  out.pop_back();
  for (const auto& j : f.jumps) {
    out += line("  jump of radar %u: %+.2f deg, noticed after %.1f s", static_cast<unsigned>(j.sensor.value()),
                j.bearing_rad / radian, to_seconds(j.told - j.since).value());
  }
  return out;
}

const char* name_of(TrustEvidence e) {
  constexpr std::array names{
      "radar_confirms",       "radar_contradicts", "no_echo",         "out_of_reach",      "impossible_jump",
      "impossible_speed",     "two_places",        "identity_change", "dimensions_change", "heading_against_course",
      "speed_against_motion", "frozen_position",   "circles",         "size_mismatch",     "fix_failure"};
  static_assert(names.size() == trust_evidence_count);
  return names[static_cast<std::size_t>(e)];
}

// Position by two radars against the bound, and who has the errors beyond it.
std::string position_text(const StraitFigures& f) {
  const double all_m2 = f.seen_by_two_m.sum_of_squares - f.bound_m.sum_of_squares;
  std::string out;
  out += line("  %-44s %7.2f m, bound %.2f m (q = %.2g m2/s3, in turns %.2g), ratio %.2f of %llu",
              "position, seen by two radars, straight legs", f.seen_by_two_m.rms(), f.bound_m.rms(), f.q_straight_m2_s3,
              f.q_turning_m2_s3, f.bound_m.count ? f.seen_by_two_m.rms() / f.bound_m.rms() : 0.0,
              static_cast<unsigned long long>(f.bound_m.count));
  for (const NeighbourFigure& n : f.by_neighbour) {
    if (n.off_m.count == 0) continue;
    out += line("    another within %4.0f m in three minutes: ratio %.2f of %llu, %.0f %% of the excess",
                std::min(n.nearer_m, 9999.0), n.off_m.rms() / n.bound_m.rms(),
                static_cast<unsigned long long>(n.off_m.count),
                100.0 * (n.off_m.sum_of_squares - n.bound_m.sum_of_squares) / all_m2);
  }
  for (const ExcessFigure& e : f.excess) {
    out += line("    vessel %3zu: %4.1f %% of the excess, most %.0f m at %.0f s, vessel %zu %.0f m away", e.vessel,
                100.0 * e.excess_m2 / all_m2, e.worst_m, e.at_s, e.neighbour, e.neighbour_m);
  }
  return out;
}

std::string stray_text(const DarkStray& n) {
  return line(
      "    track %u from %.0f s, dark at %.0f s, gone at %.0f s; followed a vessel for %.0f s; existence %.3f, stage "
      "%d, "
      "last plot %.0f s ago, %.1f m/s; %.0f m off vessel %zu%s",
      n.track.value(), n.began_s, n.at_s, n.last_s, n.of_someone_s, n.existence, static_cast<int>(n.stage), n.missed_s,
      n.speed_mps, n.nearest_m, n.nearest,
      n.of_nobody ? ""
      : n.honest  ? ", honest"
                  : ", without AIS or with false AIS");
}

std::string verdicts_text(const VerdictFigures& f) {
  std::string out = "who lies, since the fault began\n";
  for (const auto& [fault, found] : f.faults) {
    const auto n = found.after_s.size();
    out +=
        line("  %-16s found %zu of %u, %u within eight intervals; median %4.0f s, latest %4.0f s; by", name_of(fault),
             n, found.vessels, found.in_time, n > 0 ? found.after_s[n / 2] : 0.0, n > 0 ? found.after_s.back() : 0.0);
    out.pop_back();
    for (const auto& [kind, vessels] : found.by) {
      out += std::string(" ") + name_of(kind) + " (" + std::to_string(vessels) + ")";
    }
    out += " silence (" + std::to_string(found.by_silence) + ")\n";
  }
  for (const FalseSize& v : f.false_sizes) {
    out += line("    vessel %3zu of %3.0f m says %3.0f m%s: %s", v.vessel, v.length_m, v.sent_m,
                v.in_good_faith ? " in good faith" : "", v.found_s < 0.0 ? "nothing found" : "size_mismatch");
    out.pop_back();
    if (v.found_s >= 0.0)
      out += line(" at %.0f s", v.found_s);
    else
      out += "\n";
  }
  out += line("without AIS: %u of %u vessels called dark, the latest %.0f s after it came into reach", f.dark_found,
              f.dark_vessels, f.dark_latest_s);
  out += share("stays in which it was called so in time", f.dark_in_time);
  for (const LateDark& d : f.dark_late) {
    out += line("    vessel %3zu, in reach since %.0f s: not within %.0f s; its track then: %u", d.vessel, d.reached_s,
                d.granted_s, d.track.value());
  }
  std::uint32_t false_ones = f.falsely_dark + f.falsely_dark_beyond + f.falsely_silent;
  for (const auto& [kind, n] : f.falsely_accused) false_ones += n;
  out += line("honest vessels, %.0f vessel-hours: %u false accusations, %.2f in 1000 hours: %u dark, %u silent",
              f.honest_vessel_hours, false_ones, 1000.0 * false_ones / std::max(f.honest_vessel_hours, 1e-9),
              f.falsely_dark, f.falsely_silent);
  for (const auto& [kind, n] : f.falsely_accused) out += line("  %-24s %u", name_of(kind), n);
  for (const FalseVerdict& v : f.false_ones) {
    out += line("    %6.0f s vessel %3zu: %s", v.at_s, v.vessel,
                v.of_trust                        ? name_of(v.evidence)
                : v.hearing == AisHearing::silent ? "silent"
                                                  : "dark");
    if (v.of_trust) continue;
    out += line(
        "      its track shows %u with probability %.2f, %zu rivals; missed %.1f intervals of %.0f s; goes %.1f m/s, "
        "%.0f m off the vessel, that goes %.1f m/s",
        v.shown.value(), v.probability, v.rivals, v.silence.missed_intervals, v.silence.interval_s, v.track_mps,
        v.apart_m, v.vessel_mps);
    out += line("      next to it vessel %zu, %.0f m away, goes %.1f m/s", v.neighbour, v.neighbour_m, v.neighbour_mps);
  }
  out +=
      line("tracks of no vessel called dark: %u; of vessels beyond reach: %u without AIS or with false AIS, %u honest",
           f.dark_nobody, f.dark_beyond, f.falsely_dark_beyond);
  for (const DarkStray& n : f.strays) out += stray_text(n);
  out += line("another's MMSI without doubt shown: %u times, for %.0f s at most", f.wrong_spells, f.longest_wrong_s);
  for (const WrongSpell& w : f.wrong) {
    out += line("    %6.0f s vessel %3zu: %u for %.0f s", w.at_s, w.vessel, w.shown.value(), w.for_s);
  }
  return out;
}

std::string changes_text(const StraitFigures& f) {
  std::string out;
  for (const ShownChange& c : f.shown_changes) {
    out += line("    %6.0f s MMSI %u is shown as %u, radar track %u", c.at_s, c.mmsi.value(), c.to.value(),
                c.track.value());
  }
  for (const NumberBreak& b : f.breaks) {
    out += line("    %6.0f s vessel %3zu, in reach since %.0f s: %u, then %u; the old one %s %.0f m", b.at_s, b.vessel,
                b.reached_s, b.from.value(), b.to.value(), b.apart_m < 0.0 ? "ended" : "is off by",
                std::max(0.0, b.apart_m));
    out.pop_back();
    out += "; " + b.last + "\n";
  }
  return out;
}

}  // namespace

std::string series_text(const StraitFigures& f) {
  std::string out =
      "seconds, radar, bearing error in deg and its deviation, range in m, time in s, deviation of time to the first\n";
  for (const auto& b : f.biases) {
    out += line("%.0f %s %.5f %.5f %.3f %.3f %.4f %.4f %.4f", b.at_s, b.radar.c_str(), b.error.bearing_rad / radian,
                b.found.deviation.bearing_rad / radian, b.error.range_m, b.found.deviation.range_m, b.error.time_s,
                b.found.deviation.time_s, b.to_first_s_sigma);
  }
  return out;
}

std::string to_text(const StraitFigures& f) {
  std::string out = line("%.0f s of data, %.1f s of processor time", f.seconds, f.cpu_s);
  out += line("state of the node at the end: %.0f kB", static_cast<double>(f.state_bytes) / 1000.0);
  out += biases_text(f);
  out += "tracks\n";
  out += share("covered, of vessels in reach", f.covered);
  out += share("one number as long as in reach", f.one_number);
  out += share("the same from the tenth minute on", f.one_number_later);
  out += share("one number in the picture as long as in reach", f.one_shown);
  out += share("honest vessels of AIS, one number in the picture after 10 min", f.one_shown_by_ais);
  out += changes_text(f);
  out += share("handovers that kept the number", f.handovers);
  out += share("MMSI right, honest vessels", f.mmsi_right);
  for (const auto& n : f.named) {
    if (n.named.hits == n.named.of) break;
    out += line("    vessel %3zu: %6.2f %% of %llu, %u of the others with rivals, %u s without at most", n.vessel,
                100.0 * n.named.share(), static_cast<unsigned long long>(n.named.of), n.with_rivals, 5U * n.longest);
  }
  out += line("  %-44s %7llu steps", "another's MMSI there", static_cast<unsigned long long>(f.mmsi_wrong));
  out += position_text(f);
  out += consistency("radar alone", f.radar_alone);
  out += consistency("with AIS", f.fused);
  out += kinds_text(f.kinds);
  out += "AIS, share of time its own MMSI stands at its track\n";
  for (const auto& [fault, figure] : f.faults) {
    out += line("  %-24s %4u vessels %7.2f %% of %llu", name_of(fault), figure.vessels, 100.0 * figure.named.share(),
                static_cast<unsigned long long>(figure.named.of));
  }
  out += verdicts_text(f.verdicts);
  const auto& s = f.left_out;
  out += line("AIS left out: %u vessels heard, %u judged, %u distrusted, %u never confirmed", s.vessels_heard,
              s.vessels_judged, s.vessels_distrusted, s.vessels_unconfirmed);
  out += line("  %-24s %8.2f, true %8.2f", "position m", s.position_rms_m, f.position_m.rms());
  out += line("  %-24s %8u", "hulls elsewhere", s.vessels_misplaced);
  out += line("  %-24s %8.3f, true %8.3f", "speed m/s", s.speed_mps.rms(), f.speed_mps.rms());
  out += line("  %-24s %8.2f, true %8.2f", "course deg", s.course_deg.rms(), f.course_deg.rms());
  out += line("  %-24s %8.4f, true %8.4f", "covered", s.covered.share(), f.covered.share());
  out += line("  %-24s %llu breaks, %llu changes of number in %.1f vessel-hours", "continuity",
              static_cast<unsigned long long>(s.breaks), static_cast<unsigned long long>(s.number_changes),
              s.judged_s / 3600.0);
  if (const auto radar = s.radars.find(SensorId(1)); radar != s.radars.end()) {
    for (const auto& [bin, d] : radar->second.by_range) {
      const auto truth = f.seen_by_range.find(bin);
      const auto i = d.interval();
      out += line("  first radar %2u km: Pd %.3f (%.3f .. %.3f) of %llu, true %.3f of %llu", bin * 2U, d.probability(),
                  i.low, i.high, static_cast<unsigned long long>(d.seen.of),
                  truth == f.seen_by_range.end() ? 0.0 : truth->second.share(),
                  static_cast<unsigned long long>(truth == f.seen_by_range.end() ? 0 : truth->second.of));
    }
  }
  return out;
}

std::vector<std::string> shortfalls(const StraitFigures& f) {
  std::vector<std::string> out;
  const auto most = [&](const char* what, double value, double limit) {
    if (!(value <= limit)) out.push_back(line("%s: %.4f, at most %.4f is asked", what, value, limit));
  };
  const auto least = [&](const char* what, double value, double limit) {
    if (!(value >= limit)) out.push_back(line("%s: %.4f, at least %.4f is asked", what, value, limit));
  };
  double azimuth_deg = 0.0, range_m = 0.0, between_s = 0.0, against_ais_s = 0.0;
  double reference_s = 0.0;
  for (const auto& b : f.biases) {
    if (b.radar == f.biases.front().radar) reference_s = b.error.time_s;
    azimuth_deg = std::max(azimuth_deg, std::abs(b.error.bearing_rad) / radian);
    range_m = std::max(range_m, std::abs(b.error.range_m));
    between_s = std::max(between_s, std::abs(b.error.time_s - reference_s));
    against_ais_s = std::max(against_ais_s, std::abs(b.error.time_s));
  }
  least("registrations, at each minute from the tenth on", static_cast<double>(f.biases.size()), 3.0);
  most("error of azimuth, degrees", azimuth_deg, 0.02);
  most("error of range, m", range_m, 2.0);
  most("error of time between radars, s", between_s, 0.05);
  most("error of time against AIS, s", against_ais_s, 0.2);
  least("share of azimuth within 2 sigma", f.azimuth_in_2_sigma.share(), 0.95);
  least("share of range within 2 sigma", f.range_in_2_sigma.share(), 0.95);
  least("share of time within 2 sigma", f.time_in_2_sigma.share(), 0.95);
  most("position seen by two radars, over the bound", f.seen_by_two_m.rms() / std::max(1e-9, f.bound_m.rms()), 1.3);
  least("share of handovers that kept the number", f.handovers.share(), 0.99);
  least("share of vessels with one number", f.one_number_later.share(), 0.99);
  least("share of time with the right MMSI", f.mmsi_right.share(), 0.995);
  most("longest wrong MMSI without doubt shown, s", f.verdicts.longest_wrong_s, 10.0);
  for (const auto& [fault, found] : f.verdicts.faults) {
    least(name_of(fault), static_cast<double>(found.in_time), static_cast<double>(found.vessels));
  }
  least("dark vessels found", f.verdicts.dark_found, f.verdicts.dark_vessels);
  least("share of dark vessels found in time", f.verdicts.dark_in_time.share(), 1.0);
  double accusations = f.verdicts.falsely_dark + f.verdicts.falsely_dark_beyond + f.verdicts.falsely_silent;
  for (const auto& [kind, n] : f.verdicts.falsely_accused) accusations += n;
  most("tracks of no vessel called dark", f.verdicts.dark_nobody, 0.0);
  most("false accusations in 1000 vessel-hours", 1000.0 * accusations / std::max(1.0, f.verdicts.honest_vessel_hours),
       1.0);
  return out;
}

}  // namespace headland::quality
