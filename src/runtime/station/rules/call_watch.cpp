// SPDX-License-Identifier: Apache-2.0
#include "runtime/station/rules/call_watch.hpp"

#include <algorithm>
#include <cmath>

#include "core/geo/tangent.hpp"

namespace headland::station {
namespace {

// It answers at most one sweep (0.64 NM) before its nearest dot.
constexpr double sweep_m = 1185.0;
// Its twelve dots lie on one bearing: what begins farther out on it is the same one with its first dots missing.
constexpr double all_dots_m = 12.0 * sweep_m;
constexpr double same_bearing_deg = 4.0;
// For another radar: what a beam and a sweep leave open, and a raft drifts within a quarter of an hour.
constexpr double same_within_m = 3000.0;
constexpr Duration clock_slack = std::chrono::seconds(60);

double apart_m(GeoPosition a, GeoPosition b) {
  const NormalVector p = normal_of(a), q = normal_of(b);
  return 6'371'000.0 * std::acos(std::clamp(dot(p, q), -1.0, 1.0));
}

bool is_same(const rules::CallForHelp& a, const rules::CallForHelp& b) {
  if (a.radar != b.radar) return a.bearing_is_true && b.bearing_is_true && apart_m(a.to, b.to) < same_within_m;
  if (std::abs(a.range_m - b.range_m) > all_dots_m) return false;
  // Without a heading the ship that carries the radar turns under its bearings: the range alone tells.
  if (!a.bearing_is_true || !b.bearing_is_true) return true;
  const double off_deg = std::abs(std::remainder(a.bearing_deg - b.bearing_deg, 360.0));
  return off_deg < same_bearing_deg;
}

}  // namespace

rules::CallForHelp& CallWatch::known(const rules::CallForHelp& seen) {
  std::erase_if(calls_, [&](const auto& entry) {
    const Duration age = seen.time - entry.second.time;
    return age > remembered || age < -clock_slack;  // the clock was set back: it is not known when that was
  });
  for (auto& [number, call] : calls_) {
    if (is_same(call, seen)) return call;
  }
  if (calls_.size() >= most_calls) {
    calls_.erase(std::ranges::min_element(calls_, {}, [](const auto& entry) { return entry.second.time; }));
  }
  // Not from 1 again after a restart, where rules still remember the calls of before by their numbers.
  const auto by_time = std::chrono::duration_cast<std::chrono::seconds>(seen.time.time_since_epoch()).count();
  greatest_ = std::max(greatest_ + 1, static_cast<std::uint32_t>(std::clamp<std::int64_t>(by_time, 1, 4'000'000'000)));
  return calls_[greatest_];
}

void CallWatch::take(const registration::RadarJump& jump, std::string name) {
  constexpr std::size_t most_jumps = 16;
  if (jumps_.size() >= most_jumps) jumps_.erase(jumps_.begin());
  const auto site = sites_.find(jump.sensor);
  jumps_.push_back({jump.sensor, std::move(name), jump.since, jump.bearing_rad / radians_per_degree,
                    site == sites_.end() ? GeoPosition{} : site->second});
}

std::vector<rules::RadarJumped> CallWatch::jumped(Timestamp now) const {
  std::vector<rules::RadarJumped> out;
  for (const rules::RadarJumped& jump : jumps_) {
    if (jump.since <= now && now - jump.since <= rules::jump_lasts) out.push_back(jump);
  }
  return out;
}

void CallWatch::take(const PlotSector& sector, const LocalFrame& frame) {
  sites_[sector.sensor] = frame.to_geo({Metres(sector.site_east_m), Metres(sector.site_north_m)});
  for (const BeaconSighting& b : sector.beacons) {
    if (b.kind != PlotCause::sart || b.turns < 2) continue;  // once may still be chance
    rules::CallForHelp seen;
    seen.radar = sector.sensor;
    seen.time = b.time;
    seen.bearing_is_true = sector.reference == BearingReference::true_north;
    seen.bearing_deg = b.bearing.degrees();
    seen.range_m = b.range.value();
    seen.dots = b.marks;
    seen.turns = b.turns;
    const double a = b.bearing.radians() + sector.site_north.radians();
    const auto at = [&](double range_m) {
      return frame.to_geo(
          {Metres(sector.site_east_m + range_m * std::sin(a)), Metres(sector.site_north_m + range_m * std::cos(a))});
    };
    seen.to = at(seen.bearing_is_true ? seen.range_m : 0.0);
    seen.from = seen.bearing_is_true ? at(std::max(0.0, seen.range_m - sweep_m)) : seen.to;
    auto& call = known(seen);
    seen.number = call.number != 0 ? call.number : greatest_;
    if (seen.time < call.time) continue;
    const bool misses_dots = call.radar == seen.radar && call.turns > 0 && seen.range_m > call.range_m + sweep_m;
    if (misses_dots) {
      call.time = seen.time;
      call.turns = std::max(call.turns, seen.turns);
    } else {
      call = seen;
    }
  }
}

std::vector<rules::CallForHelp> CallWatch::calling(Timestamp now) const {
  std::vector<rules::CallForHelp> out;
  for (const auto& [number, call] : calls_) {
    if (now - call.time <= rules::call_lasts && call.time - now <= clock_slack) out.push_back(call);
  }
  return out;
}

}  // namespace headland::station
