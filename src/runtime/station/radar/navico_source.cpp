// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/radar/navico_source.hpp"

#include <numbers>
#include <string>
#include <variant>
#include <vector>

namespace headland::station {
namespace {

// Frames farther apart than this do not follow one another: 32 spokes take 20 to 80 ms.
constexpr Duration frame_gap_max = std::chrono::milliseconds(250);
// A counter that says that almost all its numbers were lost is one of two frames before, at most.
constexpr std::uint32_t of_before = 4096 - 64;

}  // namespace

void NavicoSource::process(Timestamp received, std::span<const std::uint8_t> datagram, std::vector<SpokeBlock>& out) {
  ++counters_.datagrams;
  if (navico::is_spoke_frame(datagram)) {
    read_frame(received, datagram, out);
  } else if (navico::is_report(datagram)) {
    const auto report = navico::read_report(datagram);
    if (report) {
      note(*report);
    } else {
      reject(report.error().reason);
    }
  } else if (!navico::is_beacon(datagram) && !navico::is_navigation(datagram)) {
    reject(navico::FaultReason::bad_frame_head);
  }
}

void NavicoSource::read_frame(Timestamp received, std::span<const std::uint8_t> datagram,
                              std::vector<SpokeBlock>& out) {
  std::vector<navico::Spoke> spokes;
  navico::SpokeFrameReader frame(datagram);
  while (!frame.at_end()) {
    const auto spoke = frame.next();
    if (spoke) {
      spokes.push_back(*spoke);
    } else {
      reject(spoke.error().reason);
    }
  }
  if (spokes.empty()) return;
  // Networks with two ways deliver twice, and out of order. What comes late counts as lost by then.
  if (last_frame_ && last_counter_ && received - *last_frame_ < frame_gap_max &&
      navico::spokes_lost(*last_counter_, spokes.front().counter) >= of_before) {
    counters_.rejected["repeated"] += spokes.size();
    return;
  }
  // The radar sends no times. A frame leaves when its last spoke is there; those before it lie evenly
  // back to the last frame, where this one follows it.
  const bool follows = last_frame_ && last_counter_ && received > *last_frame_ &&
                       received - *last_frame_ < frame_gap_max &&
                       navico::spokes_lost(*last_counter_, spokes.front().counter) == 0;
  if (follows) spoke_interval_ = (received - *last_frame_) / static_cast<std::int64_t>(spokes.size());
  const auto count = static_cast<std::int64_t>(spokes.size());
  for (std::int64_t i = 0; i < count; ++i) {
    add(spokes[static_cast<std::size_t>(i)], received - spoke_interval_ * (count - 1 - i), out);
  }
  last_frame_ = received;
}

void NavicoSource::add(const navico::Spoke& told, Timestamp time, std::vector<SpokeBlock>& out) {
  const navico::Spoke spoke = with_settled_heading(told, time);
  builder_.apply_pending(out);
  if (last_counter_) {
    const auto lost = navico::spokes_lost(*last_counter_, spoke.counter);
    if (lost > 0) {
      ++counters_.gaps;
      counters_.lost_spokes += lost;
      builder_.gap({lost, GapReason::lost_on_wire}, out);
    }
  }
  last_counter_ = spoke.counter;
  evidence_.note(spoke);
  counters_.protocol = navico::protocol_name(evidence_.model());
  // The block's reference is what the headings say, unless the configuration knows better.
  if (builder_.is_full(time) || !navico::fits(spoke, doppler_, builder_.open())) builder_.close(out);
  navico::append_spoke(spoke, doppler_, time, builder_.open());
  if (config_.reference == BearingReference::head_up) {  // wanted without the heading that the spoke brought
    builder_.open().spokes.back().bearing = Bearing(Radians(spoke.angle * 2.0 * std::numbers::pi / 4096.0));
  }
  ++counters_.spokes;
}

// Headings come and go, and what is learned of the clutter is of one reference.
navico::Spoke NavicoSource::with_settled_heading(navico::Spoke spoke, Timestamp time) {
  const SpokeHeading settled = hold_.settle({navico::reference_of(spoke), spoke.heading}, time);
  navico::set_heading(spoke, settled.reference, settled.heading);
  return spoke;
}

void NavicoSource::note(const navico::Report& report) {
  evidence_.note(report);
  counters_.protocol = navico::protocol_name(evidence_.model());
  if (const auto* settings = std::get_if<navico::SettingsReport>(&report)) {
    if (settings->doppler) doppler_ = *settings->doppler;
  }
  if (const auto* range = std::get_if<navico::RangeReport>(&report)) note_settings(range->settings, counters_);
}

void NavicoSource::reject(navico::FaultReason reason) { ++counters_.rejected[std::string(navico::name_of(reason))]; }

}  // namespace headland::station
