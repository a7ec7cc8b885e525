// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/ais_reception.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/constants.hpp"
#include "core/fusion/ais_motion.hpp"
#include "core/fusion/trust/report_checks.hpp"
#include "core/geo/local_frame.hpp"

namespace headland::fusion {
namespace {

constexpr std::size_t enough_stations = 20;     // to learn the middle of what is heard
constexpr std::size_t enough_to_compare = 4;    // to say that most are overdue
constexpr double overdue_intervals = 4.0;       // of a station
constexpr double remembered_overdue_s = 900.0;  // longer silent ones have left
constexpr double about_direction_rad = 0.8;     // 45 degrees to either side
constexpr double farther_share = 0.8;
constexpr std::size_t most_stations = 50'000;

}  // namespace

double reporting_interval_s(const VesselReport& report, double speed_mps) {
  const double knots = speed_mps * 3600.0 / 1852.0;
  switch (report.kind) {
    case AisClass::sar_aircraft:
      return 10.0;
    case AisClass::long_range:
      return 180.0;
    case AisClass::class_b:
      if (knots < 2.0) return 180.0;
      if (!report.class_b || report.class_b->carrier_sense || knots <= 14.0) return 30.0;
      return knots <= 23.0 ? 15.0 : 5.0;
    case AisClass::class_a:
      break;
  }
  const auto status = report.navigation_status;
  if (status && (*status == 1 || *status == 5 || *status == 6) && knots < 3.0) return 180.0;
  if (knots <= 14.0) return 10.0;
  return knots <= 23.0 ? 6.0 : 2.0;
}

void AisReception::process(Mmsi mmsi, Timestamp heard) {
  if (mmsi != last_mmsi_) {
    if (last_ != Timestamp{}) {
      const double dt = std::clamp(to_seconds(heard - last_).value(), 0.0, 300.0);
      mean_interval_s_ += 0.05 * (dt - mean_interval_s_);
    }
    last_other_ = std::max(last_other_, last_);
    last_mmsi_ = mmsi;
  }
  last_ = std::max(last_, heard);
}

void AisReception::process(const VesselReport& report, bool trusted) {
  if (report.own_ship || report.kind == AisClass::sar_aircraft) return;
  process(report.mmsi, report.received);
  const bool known = stations_.contains(report.mmsi);
  if (!known && (!report.position || stations_.size() >= most_stations)) return;
  Station& s = stations_[report.mmsi];
  if (s.reports > 0) {
    const double dt = std::clamp(to_seconds(report.received - s.last).value(), 0.0, remembered_overdue_s);
    s.actual_s += (s.reports == 1 ? 1.0 : 0.2) * (dt - s.actual_s);
  }
  s.last = std::max(s.last, report.received);
  s.interval_s = reporting_interval_s(report, report.speed ? report.speed->value() : 0.0);
  if (report.position) {
    s.latitude_rad = report.position->latitude.value();
    s.longitude_rad = report.position->longitude.value();
  }
  s.trusted = trusted;
  ++s.reports;
}

void AisReception::refresh(Timestamp now) {
  if (last_ - now > clock_set_back) {  // what was heard in what is now the future was heard just now
    last_ = now;
    last_other_ = std::min(last_other_, now);
    for (auto& [mmsi, s] : stations_) s.last = std::min(s.last, now);
  }
  std::erase_if(stations_, [&](const auto& s) { return to_seconds(now - s.second.last).value() > config_.memory_s; });
  std::size_t regular = 0;
  std::size_t overdue = 0;
  for (const auto& [mmsi, s] : stations_) {
    const double silent = to_seconds(now - s.last).value();
    // Satellites, and stations at the edge, hear a report now and then: their silence is no hole.
    const bool often = s.actual_s < 2.0 * s.interval_s;
    if (!s.trusted || s.reports < 4 || s.interval_s > 60.0 || !often || silent > remembered_overdue_s) continue;
    ++regular;
    if (silent > std::max(overdue_intervals * s.interval_s, config_.least_silent_s)) ++overdue;
  }
  hole_ = regular >= enough_to_compare &&
          static_cast<double>(overdue) >= config_.overdue_share * static_cast<double>(regular);
  learn_reach();
}

// Those that are believed and lie within what is known of the reach: many made-up vessels must not widen it. Where most
// of all are outside, it is what was known that is wrong.
std::vector<GeoPosition> AisReception::heard_within() const {
  std::vector<GeoPosition> all;
  std::vector<GeoPosition> within;
  for (const auto& [mmsi, s] : stations_) {
    const GeoPosition at{Radians(s.latitude_rad), Radians(s.longitude_rad)};
    all.push_back(at);
    if (s.trusted && (!reach_ || metres_between(reach_->centre, at) <= reach_->limit_m)) within.push_back(at);
  }
  return 2 * within.size() >= all.size() ? within : all;
}

void AisReception::learn_reach() {
  const std::vector<GeoPosition> heard = heard_within();
  const std::size_t n = heard.size();
  if (!site_ && n < enough_stations) {
    if (stations_.size() < enough_stations) reach_.reset();
    return;
  }
  GeoPosition centre;
  const auto middle = static_cast<std::ptrdiff_t>(n / 2);
  if (site_) {
    centre = *site_;
  } else {
    std::vector<double> latitudes;
    std::vector<double> longitudes;
    const double about = heard.front().longitude.value();  // the middle of longitudes on either side of 180
    for (const GeoPosition& at : heard) {
      latitudes.push_back(at.latitude.value());
      longitudes.push_back(about + std::remainder(at.longitude.value() - about, full_turn));
    }
    std::nth_element(latitudes.begin(), latitudes.begin() + middle, latitudes.end());
    std::nth_element(longitudes.begin(), longitudes.begin() + middle, longitudes.end());
    centre = {Radians(latitudes[n / 2]), Radians(std::remainder(longitudes[n / 2], full_turn))};
  }
  double limit = config_.reach_m;
  if (n >= enough_to_compare) {
    std::vector<double> distances;
    distances.reserve(heard.size());
    for (const GeoPosition& at : heard) distances.push_back(metres_between(centre, at));
    const bool many = n >= enough_stations;
    const auto at = many ? static_cast<std::ptrdiff_t>(n * 9 / 10) : middle;
    std::nth_element(distances.begin(), distances.begin() + at, distances.end());
    limit = std::max(limit, (!many ? 3.0 : site_ ? 1.5 : 2.0) * distances[static_cast<std::size_t>(at)]);
  }
  reach_ = Reach{centre, limit, static_cast<std::uint32_t>(n)};
}

bool AisReception::is_alive(Timestamp now, Mmsi except) const {
  if (hole_) return false;
  const Timestamp heard = last_mmsi_ == except ? last_other_ : last_;
  if (heard == Timestamp{}) return false;
  const double limit = std::clamp(6.0 * mean_interval_s_, config_.least_silent_s, 120.0);
  return to_seconds(now - heard).value() <= limit;
}

bool AisReception::covers(GeoPosition where, Mmsi except) const {
  const auto centre = site_ ? site_ : reach_ ? std::optional(reach_->centre) : std::nullopt;
  const double far = centre ? metres_between(*centre, where) : 0.0;
  const auto bearing_of = [&](GeoPosition p) {
    const double east = std::remainder((p.longitude - centre->longitude).value(), full_turn);  // over 180 degrees, too
    return Bearing::of(east * std::cos(centre->latitude.value()), (p.latitude - centre->latitude).value());
  };
  const Bearing bearing = centre ? bearing_of(where) : Bearing();
  for (const auto& [mmsi, s] : stations_) {
    if (mmsi == except || !s.trusted) continue;
    const GeoPosition at{Radians(s.latitude_rad), Radians(s.longitude_rad)};
    if (metres_between(at, where) < config_.near_m) return true;
    if (centre && metres_between(*centre, at) >= farther_share * far &&
        std::abs((bearing_of(at) - bearing).radians()) < about_direction_rad) {
      return true;
    }
  }
  return false;
}

void AisReception::restore(const Snapshot& s) {
  stations_ = s.stations;
  site_ = s.site;
  last_ = s.last;
  last_other_ = s.last_other;
  last_mmsi_ = s.last_mmsi;
  mean_interval_s_ = s.mean_interval_s;
  hole_ = s.hole;
  reach_.reset();
  learn_reach();
}

}  // namespace headland::fusion
