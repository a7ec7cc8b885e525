// SPDX-License-Identifier: Apache-2.0
#include "core/ais/own_ship.hpp"

#include <algorithm>
#include <string_view>

#include "core/geo/local_frame.hpp"

namespace headland::ais {
namespace {

constexpr double fastest_mps = 100.0;   // no ship is faster; a fix that needs more is wrong
constexpr Metres always_near{200.0};    // what receivers scatter, however short the interval
constexpr unsigned jumps_believed = 3;  // in a row: then the earlier position was the wrong one
constexpr Duration longest_turn_ahead = std::chrono::seconds(1);

OwnShipSource source_of(const OwnShipReport& r) { return {r.source, r.origin}; }

std::string_view sentence(const OwnShipSource& s) { return {s.name.data() + 2, 3}; }
std::string_view whole_name(const OwnShipSource& s) {
  return {s.name.data(), static_cast<std::size_t>(std::find(s.name.begin(), s.name.end(), '\0') - s.name.begin())};
}
bool same_receiver(const OwnShipSource& a, const OwnShipSource& b) {
  return a.origin == b.origin && a.name[0] == b.name[0] && a.name[1] == b.name[1];
}

// The entries about `time`: the last one not after it and the first one after it; end() where there is none.
template <class Entries>
auto after(const Entries& entries, Timestamp time) {
  return std::upper_bound(entries.begin(), entries.end(), time, [](Timestamp t, const auto& e) { return t < e.time; });
}

double share(Timestamp from, Timestamp to, Timestamp at) {
  return to == from ? 0.0 : to_seconds(at - from).value() / to_seconds(to - from).value();
}

}  // namespace

// The track that a report of this source goes into; null where it is late or one source too many. Time that goes
// back by more than age_max is a new beginning, as of a recording that starts again.
template <class Value>
OwnShip::Track<Value>* OwnShip::track_of(Channel<Value>& channel, const OwnShipReport& report) {
  const OwnShipSource source = source_of(report);
  const auto found = channel.sources.find(source);
  if (found == channel.sources.end()) {
    if (channel.sources.size() >= max_sources) return ++counters_.too_many_sources, nullptr;
    return &channel.sources[source];
  }
  Track<Value>& track = found->second;
  if (!track.entries.empty() && report.received < track.entries.back().time) {
    if (track.entries.back().time - report.received <= config_.age_max) return ++counters_.late, nullptr;
    track.entries.clear();
  }
  return &track;
}

// Smaller ranks are better. The chosen source stays unless a better one speaks, or it has been silent too long.
template <class Value>
void OwnShip::choose(Channel<Value>& channel, const OwnShipReport& report, int rank, bool count_changes) {
  const OwnShipSource source = source_of(report);
  if (channel.chosen == source) {
    channel.chosen_rank = rank;
    return;
  }
  if (channel.chosen) {
    const auto& entries = channel.sources[*channel.chosen].entries;
    const bool alive = !entries.empty() && report.received - entries.back().time <= config_.age_max &&
                       entries.back().time - report.received <= config_.age_max;
    if (alive && rank >= channel.chosen_rank) return;
    if (count_changes) ++counters_.source_changes;
  }
  channel.chosen = source;
  channel.chosen_rank = rank;
}

namespace {
template <class Track, class Value>
void append(Track& track, Timestamp time, const Value& value) {
  if (!track.entries.empty() && track.entries.back().time == time) track.entries.pop_back();
  track.entries.push_back({time, value});
  if (track.entries.size() > Track::length) track.entries.pop_front();
}
}  // namespace

void OwnShip::process(const OwnShipReport& report) {
  ++counters_.reports;
  if (report.variation) variation_ = report.variation;
  if (report.position) take_position(report);
  if (report.heading_true || report.heading_magnetic) take_heading(report);
  if (report.course && report.speed) take_motion(report);
}

void OwnShip::take_position(const OwnShipReport& report) {
  const OwnShipSource source = source_of(report);
  if (!config_.position_source.empty() && whole_name(source) != config_.position_source) return;
  Track<GeoPosition>* track = track_of(position_, report);
  if (track == nullptr) return;
  if (!track->entries.empty()) {
    const auto& last = track->entries.back();
    const Metres moved = range_bearing(last.value, *report.position).range;
    const Metres reach{fastest_mps * to_seconds(report.received - last.time).value()};
    if (moved > reach + always_near && ++track->jumps < jumps_believed) {
      ++counters_.jumps;
      return;
    }
    if (track->jumps >= jumps_believed) track->entries.clear();
  }
  track->jumps = 0;
  choose(position_, report, sentence(source) == "VDO" ? 2 : 1, true);
  append(*track, report.received, *report.position);
}

std::optional<Bearing> OwnShip::true_heading(const HeadingValue& value) const {
  if (!value.magnetic) return value.heading;
  const std::optional<Angle>& variation = value.variation ? value.variation : variation_;
  if (!variation) return std::nullopt;
  return value.heading + *variation;
}

int OwnShip::heading_rank(const OwnShipSource& source, const HeadingValue& value) const {
  if (sentence(source) == "VDO") return 3;
  if (!value.magnetic) return 1;
  return true_heading(value) ? 2 : 4;
}

void OwnShip::take_heading(const OwnShipReport& report) {
  const OwnShipSource source = source_of(report);
  if (!config_.heading_source.empty() && whole_name(source) != config_.heading_source) return;
  Track<HeadingValue>* track = track_of(heading_, report);
  if (track == nullptr) return;
  const HeadingValue value{report.heading_true ? *report.heading_true : *report.heading_magnetic, !report.heading_true,
                           report.variation};
  choose(heading_, report, heading_rank(source, value), true);
  append(*track, report.received, value);
}

void OwnShip::take_motion(const OwnShipReport& report) {
  Track<MotionValue>* track = track_of(motion_, report);
  if (track == nullptr) return;
  const OwnShipSource source = source_of(report);
  const bool of_position = position_.chosen && same_receiver(source, *position_.chosen);
  choose(motion_, report, of_position ? 1 : sentence(source) == "VDO" ? 3 : 2, false);
  append(*track, report.received, MotionValue{*report.course, *report.speed});
}

std::optional<OwnMotion> OwnShip::motion_at(Timestamp time) const {
  if (!motion_.chosen) return std::nullopt;
  const auto& entries = motion_.sources.at(*motion_.chosen).entries;
  if (entries.empty()) return std::nullopt;
  const auto next = after(entries, time);
  const auto& entry = next == entries.begin() ? *next : *std::prev(next);
  if (time - entry.time > config_.age_max || entry.time - time > config_.age_max) return std::nullopt;
  return OwnMotion{entry.value.course, entry.value.speed, entry.time, *motion_.chosen};
}

std::optional<OwnPosition> OwnShip::position_at(Timestamp time) const {
  if (!position_.chosen) return std::nullopt;
  const auto& entries = position_.sources.at(*position_.chosen).entries;
  if (entries.empty()) return std::nullopt;
  const auto next = after(entries, time);
  if (next == entries.begin()) {
    if (next->time - time > config_.age_max) return std::nullopt;
    return OwnPosition{next->value, next->time, *position_.chosen};
  }
  const auto& last = *std::prev(next);
  if (next != entries.end()) {
    if (std::min(time - last.time, next->time - time) > config_.age_max) return std::nullopt;
    const RangeBearing way = range_bearing(last.value, next->value);
    const double part = share(last.time, next->time, time);
    return OwnPosition{destination(last.value, way.range * part, way.bearing), next->time, *position_.chosen};
  }
  if (time - last.time > config_.age_max) return std::nullopt;
  OwnPosition own{last.value, last.time, *position_.chosen};
  if (const auto motion = motion_at(time)) {
    own.position = destination(last.value, motion->speed * Seconds(to_seconds(time - last.time)), motion->course);
  }
  return own;
}

std::optional<OwnHeading> OwnShip::heading_at(Timestamp time) const {
  if (!heading_.chosen) return std::nullopt;
  const auto& entries = heading_.sources.at(*heading_.chosen).entries;
  if (entries.empty()) return std::nullopt;
  const auto next = after(entries, time);
  const auto found = [&](const HeadingValue& value, Bearing heading, Timestamp reported) {
    const auto corrected = true_heading({heading, value.magnetic, value.variation});
    return OwnHeading{corrected.value_or(heading), corrected.has_value(), reported, *heading_.chosen};
  };
  if (next == entries.begin()) {
    if (next->time - time > config_.age_max) return std::nullopt;
    return found(next->value, next->value.heading, next->time);
  }
  const auto& last = *std::prev(next);
  if (next != entries.end()) {
    if (std::min(time - last.time, next->time - time) > config_.age_max) return std::nullopt;
    const Angle turn = next->value.heading - last.value.heading;
    const double part = share(last.time, next->time, time);
    return found(next->value, last.value.heading + Angle(Radians(turn.radians() * part)), next->time);
  }
  if (time - last.time > config_.age_max) return std::nullopt;
  Bearing heading = last.value.heading;
  if (entries.size() >= 2) {
    const auto& before = *std::prev(next, 2);
    const Duration interval = std::min(last.time - before.time, longest_turn_ahead);
    const Timestamp until = last.time + std::min(time - last.time, interval);
    const Angle turn = last.value.heading - before.value.heading;
    heading = heading + Angle(Radians(turn.radians() * share(last.time, last.time + (last.time - before.time), until)));
  }
  return found(last.value, heading, last.time);
}

}  // namespace headland::ais
