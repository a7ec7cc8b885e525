// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/sources/remote_source.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "codec/asterix/cat240_spokes.hpp"
#include "codec/asterix/record_walker.hpp"
#include "core/base/constants.hpp"

namespace headland::station {
namespace {

constexpr std::size_t longest_trailer = 16;
constexpr Duration clocks_agree = std::chrono::seconds(10);
constexpr std::size_t most_spoken = 10'000;
constexpr double velocity_deviation_mps = 2.0;  // where none is stated, at the least;
constexpr double follows_s = 15.0;              // of a track that errs in position by so much: that over so long
// Deviations come in such steps, their covariance too, and how errors of position and velocity go together is not sent:
// a step more than is stated covers both (the first is exact for what is rounded to the nearest).
constexpr double position_step_m = 0.5;
constexpr double velocity_step_mps = 0.25;
constexpr double farthest_m = 1'000'000.0;  // of LocalFrame

bool is_remote_category(std::uint8_t category) {
  constexpr std::array<std::uint8_t, 7> all{10, 21, 34, 48, 62, 63, 65};
  return std::ranges::find(all, category) != all.end();
}

std::uint16_t code_of(std::uint8_t sac, std::uint8_t sic) { return static_cast<std::uint16_t>((sac << 8) | sic); }

// Where the sender states none: what such systems commonly reach.
double default_deviation_m(std::uint8_t category) {
  switch (category) {
    case 10:
      return 10.0;
    case 21:
      return 30.0;
    case 48:
      return 100.0;
    default:
      return 50.0;
  }
}

// A plot of a transponder has no track number; its address or code says which target it is. The upper byte tells
// the kinds of number apart.
std::optional<std::uint32_t> number_of(const asterix::TargetReport& r) {
  if (r.track_number) return *r.track_number;
  if (r.address && *r.address != 0) return (1U << 24U) | *r.address;
  // Codes that many use at once name nobody: 0000, 1000 (Mode S), 1200, 2000, 7000, and distress.
  constexpr std::array<std::uint16_t, 8> shared{0, 01000, 01200, 02000, 07000, 07500, 07600, 07700};
  if (r.mode_3a && std::ranges::find(shared, *r.mode_3a) == shared.end()) return (2U << 24U) | *r.mode_3a;
  return std::nullopt;
}

RemoteKind kind_of(asterix::TargetKind kind) {
  switch (kind) {
    case asterix::TargetKind::aircraft:
      return RemoteKind::aircraft;
    case asterix::TargetKind::ground_vehicle:
    case asterix::TargetKind::obstacle:
      return RemoteKind::other;
    case asterix::TargetKind::unknown:
      break;
  }
  return RemoteKind::vessel;
}

void declare(const RemoteSystem* system, RemoteTrack& t) {
  if (system == nullptr || system->watches == Watches::anything || t.kind != RemoteKind::vessel) return;
  t.kind_declared = true;
  if (system->watches == Watches::air) t.kind = RemoteKind::aircraft;
}

// Plotters and systems of traffic services name targets that AIS told them of by their MMSI.
std::optional<Mmsi> mmsi_in(std::string_view name) {
  std::uint32_t number = 0;
  if (name.size() != 9) return std::nullopt;
  for (const char c : name) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number < 100'000'000 ? std::nullopt : std::optional(Mmsi(number));
}

RemoteTrack told_by(const nmea::RadarTarget& target) {
  RemoteTrack t;
  t.number = target.number;
  t.received = target.received;
  t.ended = target.status == nmea::TargetStatus::lost;
  t.tentative = target.status == nmea::TargetStatus::acquiring;
  t.name = target.name;
  t.mmsi = mmsi_in(target.name);
  return t;
}

// From true axes at `where` to those of the plane.
EastNorthVelocity turned(EastNorthVelocity v, double north_rad) {
  const double c = std::cos(north_rad), s = std::sin(north_rad);
  return {v.east * c + v.north * s, v.north * c - v.east * s};
}

void set_accuracy(const asterix::TargetReport& r, const RemoteSystem* system, RemoteTrack& out) {
  const double told = system != nullptr ? system->position_deviation_m : 0.0;
  const double fallback = told > 0.0 ? told : default_deviation_m(r.category);
  double var_e = square(fallback), var_n = var_e, cov = 0.0;
  // Nobody knows a vessel's place to less than a metre: a statement of less is a field left at zero.
  if (r.accuracy && r.accuracy->east.value() >= 1.0 && r.accuracy->north.value() >= 1.0) {
    var_e = square(r.accuracy->east.value() + position_step_m);
    var_n = square(r.accuracy->north.value() + position_step_m);
    cov = std::clamp(r.accuracy->covariance_m2, -0.99 * std::sqrt(var_e * var_n), 0.99 * std::sqrt(var_e * var_n));
    out.covariance_stated = true;
  }
  const auto& v = r.velocity_deviation;
  out.covariance[0] = var_e;
  out.covariance[5] = var_n;
  out.covariance[1] = out.covariance[4] = cov;
  const double unsaid = std::max(velocity_deviation_mps, std::sqrt(std::max(var_e, var_n)) / follows_s);
  out.covariance[10] = square(v && v->east.value() > 0.0 ? v->east.value() + velocity_step_mps : unsaid);
  out.covariance[15] = square(v && v->north.value() > 0.0 ? v->north.value() + velocity_step_mps : unsaid);
}

}  // namespace

bool is_remote_asterix(std::span<const std::uint8_t> bytes) {
  std::size_t end = 0;
  for (asterix::BlockReader blocks(bytes); !blocks.at_end();) {
    const auto block = blocks.next();
    if (!block || !is_remote_category(block->category)) return end > 0 && bytes.size() - end <= longest_trailer;
    // One record that fits is enough: of a broken one behind it the decoder says where it breaks.
    if (!asterix::RecordWalker(*block).next()) return false;
    end = block->offset + 3 + block->records.size();
  }
  return end > 0;
}

const RemoteSystem* RemoteSource::system_of(std::uint16_t system) const {
  const auto known = config_.systems.find(system);
  if (known != config_.systems.end()) return &known->second;
  return config_.any ? &*config_.any : nullptr;
}

std::string RemoteSource::name_of(std::uint16_t system) const {
  const RemoteSystem* known = system_of(system);
  if (known != nullptr && !known->name.empty()) return known->name;
  return system == 0 ? "remote" : fmt::format("remote {}/{}", system >> 8U, system & 0xFFU);
}

Timestamp RemoteSource::time_of(std::optional<Seconds> time_of_day, Timestamp received) {
  if (!time_of_day) return received;
  const auto units = static_cast<std::uint32_t>(time_of_day->value() * 128.0);
  const Timestamp time = asterix::resolve_time_of_day(units, received);
  if (time - received <= clocks_agree && received - time <= clocks_agree) return time;
  ++counters_.other_clock;
  return received;
}

std::optional<GeoPosition> RemoteSource::place_in(std::span<const std::uint8_t> bytes) {
  for (asterix::BlockReader blocks(bytes); !blocks.at_end();) {
    const auto block = blocks.next();
    if (!block || !is_remote_category(block->category)) break;
    for (asterix::RecordDecoder records(*block); !records.at_end();) {
      if (!records.next(record_)) break;
      const RemoteSystem* system = system_of(code_of(record_.sac, record_.sic));
      if (system != nullptr && system->site) return system->site;
      if (const auto status = asterix::status_of(record_); status && status->site) return status->site;
      if (const auto target = asterix::target_of(record_); target && target->position) return target->position;
    }
  }
  return std::nullopt;
}

void RemoteSource::process(std::uint16_t stream, Timestamp received, std::span<const std::uint8_t> bytes,
                           const LocalFrame& frame, bool located, std::vector<RemoteTrack>& out) {
  const auto reject = [&](int category, const asterix::Fault& fault) {
    ++counters_.rejected[fmt::format("asterix-{:03}: {}", category, asterix::name_of(fault.reason))];
  };
  int category = 0;
  for (asterix::BlockReader blocks(bytes); !blocks.at_end();) {
    const auto block = blocks.next();
    if (!block) return reject(category, block.error());
    if (!is_remote_category(block->category)) {
      return reject(category, {asterix::FaultReason::trailing_bytes, block->offset});
    }
    category = block->category;
    for (asterix::RecordDecoder records(*block); !records.at_end();) {
      if (const auto read = records.next(record_); !read) {
        reject(category, read.error());
        continue;
      }
      ++counters_.records[block->category];
      if (const auto target = asterix::target_of(record_)) {
        take(stream, received, *target, frame, located, out);
      } else {
        ++counters_.statuses;
        const auto status = asterix::status_of(record_);
        if (status && status->site) told_sites_[code_of(status->sac, status->sic)] = *status->site;
      }
    }
  }
}

std::optional<EastNorth> RemoteSource::place_of(const asterix::TargetReport& r, const LocalFrame& frame,
                                                bool located) const {
  if (r.position) return frame.to_local(*r.position);
  if (!r.polar && !r.local) return std::nullopt;
  const std::uint16_t code = code_of(r.sac, r.sic);
  const RemoteSystem* system = system_of(code);
  const auto told = told_sites_.find(code);
  EastNorth site;
  if (system != nullptr && system->site) {
    site = frame.to_local(*system->site);
  } else if (told != told_sites_.end()) {
    site = frame.to_local(told->second);
  } else if (located) {
    return std::nullopt;  // anywhere it were put would be wrong
  }
  const Angle north = frame.north_at(site);
  if (r.polar) {
    double range_m = r.polar->range.value();
    // Slant to ground range, where the height is told.
    if (r.height && r.category == 48 && std::abs(r.height->value()) < range_m) {
      range_m = std::sqrt(square(range_m) - square(r.height->value()));
    }
    return offset(site, Metres(range_m), r.polar->bearing + north);
  }
  const EastNorthVelocity v =
      turned({MetresPerSecond(r.local->east.value()), MetresPerSecond(r.local->north.value())}, north.radians());
  return EastNorth{site.east + Metres(v.east.value()), site.north + Metres(v.north.value())};
}

void RemoteSource::take(std::uint16_t stream, Timestamp received, const asterix::TargetReport& r,
                        const LocalFrame& frame, bool located, std::vector<RemoteTrack>& out) {
  if (r.simulated || r.test) {
    ++counters_.simulated;
    return;
  }
  const auto number = number_of(r);
  if (!number) {
    ++counters_.plots_without_number;
    return;
  }
  RemoteTrack t;
  const std::uint16_t code = code_of(r.sac, r.sic);
  t.origin = {stream, code};
  t.number = *number;
  t.received = received;
  t.time = time_of(r.time_of_day, received);
  t.kind = kind_of(r.kind);
  const auto listened = config_.streams.find(stream);
  const bool named = config_.systems.contains(code) || listened == config_.streams.end();
  declare(named ? system_of(code) : &listened->second, t);
  t.ended = r.ended;
  const auto place = place_of(r, frame, located);
  if (!place || !(std::hypot(place->east.value(), place->north.value()) < farthest_m)) {
    ++(r.ended ? counters_.ends : counters_.without_place);
    if (r.ended) out.push_back(std::move(t));
    return;
  }
  t.position = *place;
  if (r.velocity) t.velocity = turned(*r.velocity, frame.north_at(*place).radians());
  set_accuracy(r, system_of(code), t);
  t.tentative = r.tentative;
  t.coasting = r.coasting;
  t.callsign = r.callsign.text();
  t.length = r.length.value_or(Metres(0.0));
  t.width = r.width.value_or(Metres(0.0));
  t.height = r.height;
  out.push_back(std::move(t));
}

void RemoteSource::process(std::uint16_t stream, const nmea::RadarTarget& target, const ais::OwnShip& own_ship,
                           const LocalFrame& frame, std::vector<RemoteTrack>& out) {
  ++counters_.targets;
  RemoteTrack t = told_by(target);
  t.origin = {stream, 0};
  t.time = time_of(target.time_of_day, target.received);
  const auto key = std::pair(stream, target.number);
  if (t.ended) {
    spoken_.erase(key);
    out.push_back(std::move(t));
    return;
  }
  if (spoken_.size() >= most_spoken && !spoken_.contains(key)) spoken_.clear();
  Spoken& known = spoken_[key];
  const auto by_stream = config_.streams.find(stream);
  const RemoteSystem* system = by_stream != config_.streams.end() ? &by_stream->second : system_of(0);
  declare(system, t);
  // From a place ashore that is configured, else from own ship.
  std::optional<EastNorth> site;
  std::optional<double> heading_rad;
  if (system != nullptr && system->site) {
    site = frame.to_local(*system->site);
  } else {
    if (const auto own = own_ship.position_at(t.time)) site = frame.to_local(own->position);
    if (const auto heading = own_ship.heading_at(t.time)) heading_rad = heading->heading.radians();
  }
  std::optional<EastNorth> place;
  if (target.position) {
    place = frame.to_local(*target.position);
  } else if (t.time - known.placed <= std::chrono::seconds(3) && known.placed <= t.time) {
    place = known.position;  // the same target's TLL, which is finer
  } else if (site && target.distance && target.bearing && (!target.bearing_relative || heading_rad)) {
    Bearing bearing = *target.bearing + frame.north_at(*site);
    if (target.bearing_relative) bearing = bearing + Angle(Radians(*heading_rad));
    place = offset(*site, *target.distance, bearing);
  }
  if (!place || !(std::hypot(place->east.value(), place->north.value()) < farthest_m)) {
    ++counters_.without_place;
    return;
  }
  const double across_m = !site ? 0.0 : distance(*site, *place).value() * 0.5 * radians_per_degree;
  if (target.position) known.placed = t.time, known.position = *place;
  if (target.speed && target.course && !target.course_relative) {
    const double course = target.course->radians() + frame.north_at(*place).radians();
    known.velocity = {*target.speed * std::sin(course), *target.speed * std::cos(course)};
    known.moved = t.time;
  }
  if (known.moved != Timestamp{} && t.time - known.moved <= std::chrono::seconds(10)) t.velocity = known.velocity;
  t.position = *place;
  const double told = system != nullptr ? system->position_deviation_m : 0.0;
  // A hundredth of a mile and half a degree, as such radars write them.
  t.covariance[0] = t.covariance[5] = told > 0.0 ? square(told) : square(20.0) + square(across_m);
  t.covariance[10] = t.covariance[15] = square(velocity_deviation_mps);
  out.push_back(std::move(t));
}

}  // namespace headland::station
