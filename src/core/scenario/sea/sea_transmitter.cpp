// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/sea/sea_transmitter.hpp"

#include <cmath>
#include <numbers>

#include "core/scenario/ais_transmitter.hpp"

namespace headland::scenario {
namespace {

constexpr double static_every_s = 360.0;
constexpr double error_time_s = 120.0;  // the receiver's error wanders with this time constant
constexpr double stale_scatter_s = 1.0;
constexpr double drift_mps = 3.0;
constexpr double circle_m = 500.0;
constexpr double circle_s = 400.0;
constexpr double jump_east_m = 3000.0;
constexpr double jump_north_m = 2000.0;
constexpr double twin_m = 9000.0;  // from the vessel whose MMSI it copies
constexpr std::uint32_t wrong_by = 500'000U;

AisEquipment equipment_of(AisClass kind) {
  return kind == AisClass::class_a ? AisEquipment::class_a : AisEquipment::class_b;
}

}  // namespace

SeaTransmitter::SeaTransmitter(const SeaVessel& vessel, double fault_after_s, std::uint64_t seed)
    : vessel_(vessel), fault_after_s_(fault_after_s), random_(seed) {
  report_due_s_ = random_.uniform(0.5, 10.0);
  static_due_s_ = random_.uniform(2.0, 60.0);
  twin_due_s_ = fault_after_s + random_.uniform(0.0, 10.0);
  const double deviation = vessel.kind == AisClass::class_a ? 2.5 : 4.0;
  error_east_m_ = deviation * random_.normal();
  error_north_m_ = deviation * random_.normal();
}

SeaState SeaTransmitter::told(double fix_s, const std::function<SeaState(double)>& at) {
  SeaState s = at(fix_s);
  const double c = std::cos(s.heading_rad);
  const double si = std::sin(s.heading_rad);
  s.east_m += vessel_.ahead_m * si + vessel_.starboard_m * c;
  s.north_m += vessel_.ahead_m * c - vessel_.starboard_m * si;
  const double deviation = vessel_.kind == AisClass::class_a ? 2.5 : 4.0;
  const double keep = std::exp(-std::max(0.0, fix_s - error_at_s_) / error_time_s);
  const double fresh = deviation * std::sqrt(1.0 - keep * keep);
  error_east_m_ = keep * error_east_m_ + fresh * random_.normal();
  error_north_m_ = keep * error_north_m_ + fresh * random_.normal();
  error_at_s_ = fix_s;
  s.east_m += error_east_m_;
  s.north_m += error_north_m_;
  const double since = fix_s - fault_after_s_;
  if (since < 0.0) return s;
  if (!holds_) held_ = s, holds_ = true;
  switch (vessel_.fault) {
    case AisFault::offset_drift:
      s.east_m += drift_mps * since;
      break;
    case AisFault::jump:
      s.east_m += jump_east_m;
      s.north_m += jump_north_m;
      break;
    case AisFault::frozen:
      s = held_;
      break;
    case AisFault::circle: {
      const double a = 2.0 * std::numbers::pi * since / circle_s;
      const double v = 2.0 * std::numbers::pi * circle_m / circle_s;
      s.east_m = held_.east_m + circle_m * (1.0 - std::cos(a));
      s.north_m = held_.north_m + circle_m * std::sin(a);
      s.ve_mps = v * std::sin(a);
      s.vn_mps = v * std::cos(a);
      s.heading_rad = a;
      break;
    }
    default:
      break;
  }
  return s;
}

void SeaTransmitter::send_report(Timestamp start, const LocalFrame& frame, const std::function<SeaState(double)>& at,
                                 std::vector<AisMessage>& out) {
  double age = vessel_.age_s;
  if (vessel_.fault == AisFault::stale) age = std::max(0.0, age + stale_scatter_s * random_.normal());
  const double offset = std::fmod(epoch_seconds(start), 1.0);
  const double fix_s = std::max(0.0, std::floor(report_due_s_ - age + offset) - offset);
  const SeaState s = told(fix_s, at);
  const EastNorth where{Metres(s.east_m), Metres(s.north_m)};
  const Angle north = frame.north_at(where);
  VesselReport r;
  const bool class_a = vessel_.kind == AisClass::class_a;
  const double speed = std::max(0.0, std::hypot(s.ve_mps, s.vn_mps) + 0.05 * random_.normal());
  r.mmsi = Mmsi(vessel_.fault == AisFault::wrong_identity ? vessel_.mmsi + wrong_by : vessel_.mmsi);
  r.message_type = class_a ? std::uint8_t{1} : std::uint8_t{18};
  r.kind = vessel_.kind;
  r.received = start + to_duration(Seconds(report_due_s_));
  const Timestamp fixed = start + to_duration(Seconds(fix_s + 1e-6));
  r.utc_second =
      static_cast<std::uint8_t>(std::chrono::floor<std::chrono::seconds>(fixed).time_since_epoch().count() % 60);
  r.fix_timing = FixTiming::at_second;
  r.position = frame.to_geo(where);
  r.speed = MetresPerSecond(speed);
  r.course = Bearing::of(s.ve_mps, s.vn_mps) - north +
             Angle::from_degrees(speed > 1.0 ? 0.5 * random_.normal() : 40.0 * random_.normal());
  r.accurate = class_a;
  r.channel = 'A';
  r.communication_state = class_a ? 3U << 14 : 0xE0006U;
  if (class_a) {
    r.heading = Bearing(Radians(s.heading_rad)) - north + Angle::from_degrees(0.4 * random_.normal());
    r.navigation_status = vessel_.anchored ? std::uint8_t{1} : std::uint8_t{0};
  } else {
    r.class_b = ClassBUnit{.carrier_sense = true, .dsc = true, .whole_band = true, .message_22 = true};
  }
  out.emplace_back(r);
  const double interval = reporting_interval_s(equipment_of(vessel_.kind), speed, vessel_.anchored, false);
  report_due_s_ += interval * random_.uniform(0.9, 1.1);
  if (vessel_.fault != AisFault::copied_mmsi || report_due_s_ < twin_due_s_) return;
  r.position = frame.to_geo({where.east + Metres(twin_m), where.north});
  out.emplace_back(r);
}

void SeaTransmitter::send_static(Timestamp start, std::vector<AisMessage>& out) const {
  VesselParticulars p;
  p.mmsi = Mmsi(vessel_.fault == AisFault::wrong_identity ? vessel_.mmsi + wrong_by : vessel_.mmsi);
  p.received = start + to_duration(Seconds(static_due_s_));
  p.to_bow_m = vessel_.sent.to_bow_m;
  p.to_stern_m = vessel_.sent.to_stern_m;
  p.to_port_m = vessel_.sent.to_port_m;
  p.to_starboard_m = vessel_.sent.to_starboard_m;
  if (vessel_.kind == AisClass::class_a) {
    p.message_type = 5;
    p.name = "V" + std::to_string(vessel_.mmsi % 1000U);
  } else {
    p.message_type = 24;
    p.part = 'B';
  }
  p.ship_type = vessel_.kind == AisClass::class_a ? std::uint8_t{70} : std::uint8_t{37};  // cargo, pleasure
  out.emplace_back(p);
}

void SeaTransmitter::send(double now_s, Timestamp start, const LocalFrame& frame,
                          const std::function<SeaState(double)>& at, std::vector<AisMessage>& out) {
  if (vessel_.mmsi == 0) return;
  while (report_due_s_ <= now_s) send_report(start, frame, at, out);
  while (static_due_s_ <= now_s) {
    send_static(start, out);
    static_due_s_ += static_every_s;
  }
}

}  // namespace headland::scenario
