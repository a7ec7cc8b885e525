// SPDX-License-Identifier: Apache-2.0
#include "core/fusion/trust/ais_timing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace headland::fusion {
namespace {

constexpr double memory_reports = 500.0;
constexpr double least_reports = 10.0;
constexpr double steady_deviation_s = 8.0;
constexpr double known_deviation_s = 3.0;  // of a clock by which fixes are dated
constexpr double latest_s = 20.0;          // mean age by which a clock without slots is still believed to be right
constexpr double vessel_memory = 20.0;
constexpr std::size_t most_vessels = 20'000;

double second_of_minute(Timestamp t) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(t);
  return to_seconds(t - minute).value();
}

// To (-30, 30], so that it lies within half a minute of zero.
double wrapped(double s) { return s - 60.0 * std::round(s / 60.0); }

}  // namespace

std::optional<unsigned> slot_number(std::uint8_t message_type, std::uint32_t state) {
  if (message_type != 1 && message_type != 2 && message_type != 4 && message_type != 11) return std::nullopt;
  // 2 bits of synchronisation, 3 of slot time-out, 14 of sub-message, whose meaning the time-out tells.
  const unsigned timeout = (state >> 14U) & 7U;
  const unsigned slot = state & 0x3FFFU;
  if ((timeout != 2 && timeout != 4 && timeout != 6) || slot >= 2250) return std::nullopt;
  return slot;
}

void AisTiming::Clock::take(double second) {
  const double a = second / 60.0 * 2.0 * std::numbers::pi;
  const double keep = 1.0 - 1.0 / memory_reports;
  cosine = cosine * keep + std::cos(a);
  sine = sine * keep + std::sin(a);
  reports = reports * keep + 1.0;
}

double AisTiming::Clock::mean_s() const { return std::atan2(sine, cosine) * 60.0 / (2.0 * std::numbers::pi); }

double AisTiming::Clock::deviation_s() const {
  const double length = reports > 0.0 ? std::hypot(cosine, sine) / reports : 0.0;
  return 60.0 / (2.0 * std::numbers::pi) * std::sqrt(-2.0 * std::log(std::clamp(length, 1e-6, 1.0)));
}

void AisTiming::process(const VesselReport& report) {
  if (report.own_ship || report.repeat > 0) return;  // a repeater sends it in a slot and at a time of its own
  const double heard = second_of_minute(report.received);
  if (report.communication_state) {
    if (const auto slot = slot_number(report.message_type, *report.communication_state)) {
      by_slot_.take(heard - *slot * (60.0 / 2250.0));
    }
  }
  if (!report.utc_second) return;
  by_second_.take(heard - *report.utc_second);
  const auto age = age_s(report);
  if (!age) return;
  if (vessels_.size() >= most_vessels && !vessels_.contains(report.mmsi)) return;
  Vessel& v = vessels_[report.mmsi];
  ++v.reports;
  const double share = 1.0 / std::min<double>(v.reports, vessel_memory);
  const double off = *age - v.mean_s;
  v.mean_s += share * off;
  v.variance_s2 = v.reports == 1 ? 0.0 : (1.0 - share) * (v.variance_s2 + share * off * off);
}

void AisTiming::process(const BaseStationReport& report) {
  if (!report.communication_state || report.own_ship || report.repeat > 0) return;
  if (const auto slot = slot_number(report.message_type, *report.communication_state)) {
    by_slot_.take(second_of_minute(report.received) - *slot * (60.0 / 2250.0));
  }
}

std::optional<AisTiming::Clock> AisTiming::receiver_clock() const {
  if (by_slot_.reports < least_reports || by_slot_.deviation_s() > known_deviation_s) return std::nullopt;
  return by_slot_;
}

std::optional<double> AisTiming::age_s(const VesselReport& report) const {
  if (!report.utc_second) return std::nullopt;
  double ahead = 0.0;
  if (const auto clock = receiver_clock()) {
    ahead = clock->mean_s();
  } else {
    // Without slots a clock is taken for right where fixes then are as old as fixes usually are.
    const double mean = by_second_.mean_s();
    if (by_second_.reports < least_reports || by_second_.deviation_s() > known_deviation_s || mean < -1.0 ||
        mean > latest_s) {
      return std::nullopt;
    }
  }
  const double age = wrapped(second_of_minute(report.received) - ahead - *report.utc_second - 25.0) + 25.0;
  return age;
}

std::optional<AisTiming::Vessel> AisTiming::latency_of(Mmsi mmsi) const {
  const auto known = vessels_.find(mmsi);
  if (known == vessels_.end() || known->second.reports < 3) return std::nullopt;
  return known->second;
}

bool AisTiming::is_steady() const {
  const Clock& c = by_slot_.reports >= least_reports ? by_slot_ : by_second_;
  return c.reports < least_reports || c.deviation_s() < steady_deviation_s;
}

void AisTiming::restore(const Snapshot& s) {
  by_slot_ = s.by_slot;
  by_second_ = s.by_second;
  vessels_ = s.vessels;
}

}  // namespace headland::fusion
