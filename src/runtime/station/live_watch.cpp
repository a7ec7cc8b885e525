// SPDX-License-Identifier: Apache-2.0
// What the tracking lane of a running station looks after at each tick: radars without a place, radars that jumped,
// registration, the clock and the reception of AIS.
#include <chrono>
#include <cmath>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "runtime/health/log.hpp"
#include "runtime/station/live_station.hpp"

namespace headland::station {

// A radar whose place nobody tells shows nothing on the chart: that must be seen.
void LiveStation::watch_positions() {
  for (std::size_t i = 0; i < config_.radars.size(); ++i) {
    const auto& section = config_.radars[i];
    if (section.has_position()) continue;
    if (chain_.knows_site(SensorId(static_cast<std::uint16_t>(i + 1)))) {
      health_.set("position of " + section.name, health::State::green);
    } else {
      health_.set("position of " + section.name, health::State::yellow,
                  "not known: give [[radar]] latitude_deg and longitude_deg, or an NMEA source with own position");
    }
  }
}

// Somebody bumped an antenna: for the log, the history, and whoever looks at the station's health in the next hour.
void LiveStation::tell_jumps() {
  constexpr double shown_s = 3600.0;
  const auto& jumps = chain_.jumps();
  for (; jumps_told_ < jumps.size(); ++jumps_told_) {
    const auto& jump = jumps[jumps_told_];
    const std::string radar = chain_.name_of(jump.sensor);
    const std::string text =
        fmt::format("{}: bearings jumped by {:+.1f} degrees at {:%H:%M:%S} UTC; they are corrected anew", radar,
                    jump.bearing_rad / radians_per_degree, std::chrono::floor<std::chrono::seconds>(jump.since));
    log::warn(text);
    health_.set("bearings of " + radar, health::State::yellow, text);
    if (history_) history_->event({jump.since, "radar_jumped", "radar " + radar, text});
    jump_shown_[radar] = jump.told;
  }
  std::erase_if(jump_shown_, [&](const auto& entry) {
    if (to_seconds(last_tick_ - entry.second).value() < shown_s) return false;
    health_.set("bearings of " + entry.first, health::State::green);
    return true;
  });
}

// What each radar was found to measure amiss, in words.
void LiveStation::watch_registration() {
  for (const auto& [sensor, radar] : chain_.registration()) {
    const registration::BiasEstimate& e = radar.estimate();
    const auto degrees = [](double radians) { return radians / radians_per_degree; };
    health_.set("registration of " + chain_.name_of(sensor), health::State::green,
                e.vessels == 0
                    ? "not known yet: no vessel with AIS was compared"
                    : fmt::format("bearings {:+.2f} ± {:.2f} degrees, ranges {:+.0f} ± {:.0f} m, times {:+.2f} "
                                  "± {:.2f} s, by {} vessels",
                                  degrees(e.bias.bearing_rad), degrees(e.deviation.bearing_rad), e.bias.range_m,
                                  e.deviation.range_m, e.bias.time_s, e.deviation.time_s, e.vessels));
  }
}

// The receiver's clock, and whether AIS is received: what is said of vessels rests on both.
void LiveStation::watch_ais() {
  constexpr double amiss_s = 3.0;
  if (chain_.nmea_counters().messages == 0) return;
  const fusion::AisTiming& timing = chain_.trust().timing();
  const auto clock = timing.receiver_clock();
  if (!timing.is_steady()) {
    health_.set("AIS clock", health::State::yellow,
                "times of reception do not pass as those in the reports: motion by AIS is not judged");
  } else if (clock && std::abs(clock->mean_s()) > amiss_s) {
    health_.set(
        "AIS clock", health::State::yellow,
        fmt::format("reports are received {:+.1f} s beside the time that they name (whole minutes cannot be told): "
                    "the clock of the receiver or of this station is amiss",
                    clock->mean_s()));
  } else {
    health_.set("AIS clock", health::State::green);
  }
  const bool in_hole = chain_.trust().reception().in_hole();
  health_.set("AIS reception", in_hole ? health::State::yellow : health::State::green,
              in_hole ? "most stations that report often fell silent at once: nobody is called dark or silent" : "");
  const std::lock_guard lock(nmea_mutex_);
  ais_ = {clock ? std::optional(clock->mean_s()) : std::nullopt,
          clock ? clock->deviation_s() : 0.0,
          timing.is_steady(),
          in_hole,
          chain_.trust().counters().holes,
          chain_.picture_counters().reports_late,
          chain_.picture_counters().fixes_late};
}

void LiveStation::tell_clock(std::uint64_t steps_before, std::uint64_t steps, Timestamp now) {
  if (steps <= steps_before) return;
  const std::string text = "the clock was set back; tracks and what is known of them went back with it";
  log::warn(text);
  if (history_) history_->event({now, "clock_set_back", "station", text});
}

// Two stations that were both left at the usual code take each other's tracks for their own, and show none of them.
void LiveStation::tell_own_returned() {
  const auto returned = chain_.remote().counters().own_returned;
  if (returned == 0 || own_returned_told_) return;
  own_returned_told_ = true;
  const auto& own = config_.cat062;
  const config::Cat062Section usual;
  std::string text =
      fmt::format("tracks come in under our own SAC {} and SIC {}, and are left out as ours", own.sac, own.sic);
  if (own.sac == usual.sac && own.sic == usual.sic) {
    text += "; if another station sends them: both have the usual code, give each its own ([cat062] sac, sic)";
    health_.set("tracks of others", health::State::yellow, text);
  }
  log::warn(text);
}

void LiveStation::count_judged(const Picture& picture) {
  judged_ = {{"doubted", 0}, {"dark", 0}, {"silent", 0}, {"missing_echo", 0}};
  for (const SystemTrack& t : picture.tracks) {
    judged_["doubted"] += t.identity && t.trust.score < 1.0 ? 1 : 0;
    judged_["dark"] += t.silence.hearing == AisHearing::dark ? 1 : 0;
    judged_["silent"] += t.silence.hearing == AisHearing::silent ? 1 : 0;
    judged_["missing_echo"] += t.missing_echo && t.missing_echo->judged ? 1 : 0;
  }
}

}  // namespace headland::station
