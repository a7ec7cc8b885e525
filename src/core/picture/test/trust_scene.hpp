// SPDX-License-Identifier: Apache-2.0
// A sea with one radar, honest vessels and such whose AIS is faulty in one way each, through the tracker and the
// picture. For tests only.
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/picture/picture_builder.hpp"
#include "core/tracking/tracker.hpp"

namespace headland::picture::test {

enum class Fault {
  none,
  offset,            // at once by 700 m
  drift,             // away by 1.5 m/s
  jump,              // at once by 6 km, and stays
  circle,            // positions on a circle, at constant speed
  frozen,            // position stands, speed goes on
  copied_mmsi,       // another transmitter under its number, 7 km away
  dimension_change,  // 120 m becomes 220 m
  name_change,
  silent,    // switched off
  ghost,     // AIS without a vessel
  far_away,  // 400 km
  manual_fix,
  no_fix,           // its receiver fails: reports without a position
  wrong_size,       // says 15 m, is 180 m
  too_fast,         // says 80 kn
  heading_against,  // heading 120 degrees off the course
  speed_against,    // speed sent is three times the real one
  dark_large,       // no AIS, 150 m
  dark_small,       // no AIS, 12 m
  dark_anchored,    // no AIS, 100 m, at anchor
};

struct SceneVessel {
  std::uint32_t mmsi = 0;
  Fault fault = Fault::none;
  double east_m = 0.0, north_m = 0.0;  // of one end of its leg
  double course_rad = 0.0, speed_mps = 6.0;
  double length_m = 100.0;
  bool class_a = true;
  [[nodiscard]] bool has_ais() const { return fault < Fault::dark_large; }

  struct Motion {
    EastNorth at;
    double course_rad, speed_mps;
  };
  // To and fro on a leg of 5 km, half circles of 400 m radius at its ends.
  [[nodiscard]] Motion at(double s) const {
    constexpr double leg = 5000.0;
    constexpr double radius = 400.0;
    const double half = std::numbers::pi * radius;
    const double way = std::fmod(speed_mps * s, 2.0 * (leg + half));
    double x = 0.0;
    double y = 0.0;
    double turned = 0.0;
    if (way < leg) {
      x = way;
    } else if (way < leg + half) {
      turned = (way - leg) / radius;
      x = leg + radius * std::sin(turned);
      y = radius * (1.0 - std::cos(turned));
    } else if (way < 2.0 * leg + half) {
      turned = std::numbers::pi;
      x = leg - (way - leg - half);
      y = 2.0 * radius;
    } else {
      turned = std::numbers::pi + (way - 2.0 * leg - half) / radius;
      x = radius * std::sin(turned);
      y = radius * (1.0 - std::cos(turned));
    }
    const double c = std::cos(course_rad);
    const double d = std::sin(course_rad);
    return {{Metres(east_m + x * d + y * c), Metres(north_m + x * c - y * d)}, course_rad + turned, speed_mps};
  }
};

struct SceneConfig {
  double duration_s = 2400.0;
  double fault_at_s = 600.0;
  double hole_from_s = 1e9, hole_to_s = 1e9;  // no AIS of anybody
  double radar_north_deg = 0.5;               // the radar's bearings are so much too large
  std::uint64_t seed = 1;
};

// What was said of a vessel first, after the fault began.
struct Verdicts {
  std::map<std::uint32_t, std::map<TrustEvidence, double>> reasons;  // seconds of the scene
  std::map<std::uint32_t, double> silent;                            // by MMSI
  std::map<std::size_t, double> dark;                                // by index of vessel
  std::size_t dark_wrongly = 0, silent_wrongly = 0;
  double fused_error_m = 0.0, radar_error_m = 0.0, normalised = 0.0;  // of honest vessels, mean; 2 = honest covariance
  std::size_t fused = 0;
  std::size_t published = 0;
};

inline const GeoPosition scene_origin = GeoPosition::from_degrees(54.5, 12.0);

class TrustScene {
 public:
  TrustScene(const SceneConfig& config, std::vector<SceneVessel> vessels)
      : config_(config),
        vessels_(std::move(vessels)),
        random_(config.seed),
        frame_(scene_origin),
        tracker_(tracking::TrackerConfig{}),
        builder_(PictureConfig{}, frame_) {
    for (std::size_t i = 0; i < vessels_.size(); ++i) {
      next_report_.push_back(random_.uniform(0.0, 10.0));
      next_static_.push_back(random_.uniform(2.0, 60.0));
      error_.push_back({Metres(3.0 * random_.normal()), Metres(3.0 * random_.normal())});
    }
    copied_report_ = 3.0;
  }

  Verdicts run() {
    builder_.place_sensor(SensorId(1), {});
    constexpr double turn_s = 2.5;
    for (std::uint32_t turn = 0; turn * turn_s < config_.duration_s; ++turn) {
      const double s = (turn + 1) * turn_s;
      send_ais(s);
      const PlotSector sector = plots(turn, turn_s);
      builder_.process(sector);
      TrackUpdates updates;
      tracker_.process(sector, updates);
      builder_.process(updates);
      note(*builder_.publish(at(s)).picture, s);
    }
    return std::move(out_);
  }
  [[nodiscard]] const PictureBuilder& builder() const { return builder_; }

  static Timestamp at(double s) { return from_epoch_seconds(1'700'000'000.0 + s); }

 private:
  PlotSector plots(std::uint32_t turn, double turn_s) {
    PlotSector sector;
    sector.sensor = SensorId(1);
    sector.turn = turn;
    sector.began = at(turn * turn_s);
    sector.ended = at((turn + 1) * turn_s);
    sector.range_max = Metres(20'000);
    const auto add = [&](double range, double bearing, double s, double range_extent, double cross_extent) {
      Plot p;
      p.range_deviation = Metres(6.0);
      p.bearing_deviation = from_degrees(0.15);
      p.range = Metres(range + 6.0 * random_.normal());
      p.bearing = Bearing(Radians(bearing + (config_.radar_north_deg + 0.15 * random_.normal()) * radians_per_degree));
      p.time = at(s);
      p.strength = Decibels(20.0);
      p.range_extent = Metres(range_extent);
      p.bearing_extent = Radians(cross_extent / range);
      p.cell_count = 20;
      sector.plots.push_back(p);
    };
    for (const SceneVessel& v : vessels_) {
      if (v.fault == Fault::ghost || random_.uniform() > 0.92) continue;
      const auto first = v.at((turn + 0.5) * turn_s);
      const double bearing = Bearing::of(first.at.east.value(), first.at.north.value()).radians();
      const double s = (turn + bearing / (2.0 * std::numbers::pi)) * turn_s;
      const auto m = v.at(s);
      const double range = std::hypot(m.at.east.value(), m.at.north.value());
      const double b = Bearing::of(m.at.east.value(), m.at.north.value()).radians();
      const double along = std::abs(std::cos(m.course_rad - b));
      const double across = std::abs(std::sin(m.course_rad - b));
      add(range, b, s, 20.0 + v.length_m * (along + 0.15 * across),
          0.7 * radians_per_degree * range + v.length_m * (across + 0.15 * along));
    }
    for (int i = 0; i < 5; ++i) {
      const double b = random_.uniform(0.0, 2.0 * std::numbers::pi);
      add(20'000.0 * std::sqrt(random_.uniform(0.01, 1.0)), b, (turn + b / (2.0 * std::numbers::pi)) * turn_s, 20.0,
          150.0);
    }
    std::sort(sector.plots.begin(), sector.plots.end(), [](const Plot& a, const Plot& b) {
      return a.bearing.radians() != b.bearing.radians() ? a.bearing.radians() < b.bearing.radians() : a.range < b.range;
    });
    return sector;
  }

  void send_ais(double until) {
    const auto in_hole = [&](double s) { return s >= config_.hole_from_s && s < config_.hole_to_s; };
    for (std::size_t i = 0; i < vessels_.size(); ++i) {
      const SceneVessel& v = vessels_[i];
      if (!v.has_ais()) continue;
      while (next_report_[i] <= until) {
        const double s = next_report_[i];
        const double interval = !v.class_a ? (v.speed_mps < 1.0 ? 180.0 : 30.0) : v.speed_mps < 1.0 ? 180.0 : 10.0;
        next_report_[i] += interval * random_.uniform(0.9, 1.1);
        const bool off = v.fault == Fault::silent && s >= config_.fault_at_s;
        if (!off && !in_hole(s) && random_.uniform() > 0.05) report(i, s);
      }
      while (next_static_[i] <= until) {
        if (!in_hole(next_static_[i])) particulars(v, next_static_[i]);
        next_static_[i] += 120.0;
      }
      if (v.fault != Fault::copied_mmsi) continue;
      while (copied_report_ <= until) {
        const double s = copied_report_;
        copied_report_ += 10.0;
        if (s < config_.fault_at_s) continue;
        const auto m = v.at(s);
        send(v, s, {m.at.east + Metres(5000.0), m.at.north - Metres(5000.0)}, m.speed_mps, m.course_rad, m.course_rad);
      }
    }
  }

  void report(std::size_t i, double s) {
    const SceneVessel& v = vessels_[i];
    const double fix_s = std::floor(s - random_.uniform(0.0, 1.5));  // fixes are made at whole seconds
    auto m = v.at(fix_s);
    error_[i] = {error_[i].east * 0.9 + Metres(1.3 * random_.normal()),
                 error_[i].north * 0.9 + Metres(1.3 * random_.normal())};
    EastNorth where = m.at + error_[i];
    double speed = std::max(0.0, m.speed_mps + 0.05 * random_.normal());
    double course = m.course_rad;
    double heading = m.course_rad;
    const double since = fix_s - config_.fault_at_s;
    if (since >= 0.0) {
      switch (v.fault) {
        case Fault::offset:
          where.north = where.north + Metres(700.0);
          break;
        case Fault::drift:
          where.north = where.north + Metres(1.5 * since);
          break;
        case Fault::jump:
          where.east = where.east + Metres(6000.0);
          break;
        case Fault::circle: {
          const auto begin = v.at(config_.fault_at_s);
          const double a = since * 8.0 / 300.0;
          course = begin.course_rad + a;
          heading = course;
          speed = 8.0;
          where = {begin.at.east + Metres(300.0 * (std::cos(begin.course_rad) - std::cos(course))),
                   begin.at.north + Metres(300.0 * (std::sin(course) - std::sin(begin.course_rad)))};
          break;
        }
        case Fault::frozen:
          where = v.at(config_.fault_at_s).at;
          break;
        case Fault::far_away:
          where.north = where.north + Metres(400'000.0);
          break;
        case Fault::too_fast:
          speed = 41.0;
          break;
        case Fault::heading_against:
          heading += 2.1;
          break;
        case Fault::speed_against:
          speed *= 3.0;
          break;
        default:
          break;
      }
    }
    send(v, s, where, speed, course, heading, fix_s);
  }

  static void blind(VesselReport& r) {
    r.position.reset();
    r.utc_second.reset();
    r.fix_timing = FixTiming::inoperative;
    r.speed.reset();
    r.course.reset();
  }

  void send(const SceneVessel& v, double s, EastNorth where, double speed, double course, double heading,
            double fix_s = -1.0) {
    VesselReport r;
    r.mmsi = Mmsi(v.mmsi);
    r.message_type = v.class_a ? 1 : 18;
    r.kind = v.class_a ? AisClass::class_a : AisClass::class_b;
    r.received = at(s);
    const double fix = fix_s >= 0.0 ? fix_s : std::floor(s);
    r.utc_second =
        static_cast<std::uint8_t>(std::chrono::floor<std::chrono::seconds>(at(fix)).time_since_epoch().count() % 60);
    r.fix_timing = v.fault == Fault::manual_fix && s >= config_.fault_at_s ? FixTiming::manual : FixTiming::at_second;
    r.position = frame_.to_geo(where);
    const double north = frame_.north_at(where).radians();
    r.speed = MetresPerSecond(std::round(speed * 19.438) / 19.438 / 1.0);
    r.course = Bearing(Radians(course - north));
    if (v.class_a) r.heading = Bearing(Radians(heading - north));
    r.navigation_status = std::uint8_t(v.speed_mps < 1.0 ? 1 : 0);
    if (v.fault == Fault::no_fix && s >= config_.fault_at_s) blind(r);
    builder_.process(AisMessage{r});
  }

  void particulars(const SceneVessel& v, double s) {
    VesselParticulars p;
    p.mmsi = Mmsi(v.mmsi);
    p.received = at(s);
    const bool fault = s >= config_.fault_at_s;
    p.name = "VESSEL " + std::to_string(v.mmsi % 1000) + (fault && v.fault == Fault::name_change ? " II" : "");
    double length = v.length_m;
    if (fault && v.fault == Fault::dimension_change) length += 100.0;
    if (v.fault == Fault::wrong_size) length = 15.0;
    p.to_bow_m = p.to_stern_m = static_cast<std::uint16_t>(length / 2.0);
    p.to_port_m = p.to_starboard_m = static_cast<std::uint16_t>(length / 14.0 + 1.0);
    p.ship_type = 70;
    builder_.process(AisMessage{p});
  }

  // The vessel that a radar track is, by its place: of those near, one whose AIS is at fault; none: size of the list.
  [[nodiscard]] std::size_t vessel_at(EastNorth where, double s) const {
    std::size_t found = vessels_.size();
    for (std::size_t i = 0; i < vessels_.size(); ++i) {
      if (vessels_[i].fault == Fault::ghost || distance(vessels_[i].at(s).at, where).value() > 350.0) continue;
      if (found == vessels_.size() || vessels_[i].fault != Fault::none) found = i;
    }
    return found;
  }

  void note(const Picture& picture, double s) {
    ++out_.published;
    for (const SystemTrack& t : picture.tracks) {
      if (t.identity && t.report) {
        for (const TrustReason& r : t.trust.reasons) {
          if (r.weight > 0.0) out_.reasons[t.identity->mmsi.value()].try_emplace(r.kind, s);
        }
      }
      if (t.silence.hearing == AisHearing::silent) {
        out_.silent.try_emplace(t.identity->mmsi.value(), s);
        const auto v = std::find_if(vessels_.begin(), vessels_.end(),
                                    [&](const SceneVessel& x) { return x.mmsi == t.identity->mmsi.value(); });
        if (v->fault != Fault::silent) ++out_.silent_wrongly;
      }
      const double t_s = to_seconds(t.time - at(0)).value();
      if (t.silence.hearing == AisHearing::dark) {
        const std::size_t i = vessel_at(t.local, t_s);
        if (i == vessels_.size() || vessels_[i].fault == Fault::none) ++out_.dark_wrongly;
        if (i < vessels_.size()) out_.dark.try_emplace(i, s);
      }
      if (t.identity && t.radar_only && s > 300.0 && t.contributions.back().position_weight > 0.0) {
        const auto v = std::find_if(vessels_.begin(), vessels_.end(),
                                    [&](const SceneVessel& x) { return x.mmsi == t.identity->mmsi.value(); });
        if (v->fault != Fault::none) continue;
        const EastNorth truth = v->at(t_s).at;
        const double e = (t.local.east - truth.east).value();
        const double n = (t.local.north - truth.north).value();
        const double det = t.var_ee_m2 * t.var_nn_m2 - t.cov_en_m2 * t.cov_en_m2;
        out_.fused_error_m += std::hypot(e, n);
        out_.radar_error_m += distance(t.radar_only->local, truth).value();
        out_.normalised += (t.var_nn_m2 * e * e + t.var_ee_m2 * n * n - 2.0 * t.cov_en_m2 * e * n) / det;
        ++out_.fused;
      }
    }
    // Stations beyond the plane or not shown are judged all the same.
    for (const auto& [mmsi, station] : builder_.trust().stations()) {
      for (const TrustReason& r : station.ledger.verdict(at(s)).reasons) {
        if (r.weight > 0.0) out_.reasons[mmsi.value()].try_emplace(r.kind, s);
      }
    }
  }

  SceneConfig config_;
  std::vector<SceneVessel> vessels_;
  Random random_;
  LocalFrame frame_;
  tracking::Tracker tracker_;
  PictureBuilder builder_;
  std::vector<double> next_report_, next_static_;
  std::vector<EastNorth> error_;
  double copied_report_ = 0.0;
  Verdicts out_;
};

}  // namespace headland::picture::test
