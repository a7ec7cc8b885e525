// SPDX-License-Identifier: Apache-2.0
#include "runtime/study/boats.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/base/random.hpp"
#include "core/geo/local_frame.hpp"

namespace headland::study {
namespace {

constexpr double pause_turns = 6.0;  // before boats come and after they went
const GeoPosition site = GeoPosition::from_degrees(10.0, -150.0);

struct Placement {
  double range_m, bearing_rad, from_s;
};

scenario::VesselSpec boat_at(const BoatKind& kind, const Placement& where, double until_s, const LocalFrame& frame,
                             Random& random) {
  scenario::VesselSpec spec;
  spec.kind = scenario::VesselKind::speedboat;
  spec.behaviour = scenario::Behaviour::route;
  spec.fluctuation = scenario::Fluctuation::swerling1;
  spec.length_m = 4.9;  // the same from all sides
  spec.beam_m = 2.0;
  spec.height_m = kind.height_m;
  spec.reflects_at_top = kind.at_its_height;
  spec.rcs_m2 = kind.rcs_m2;
  spec.speed_mps = random.uniform(2.0, 5.0);
  spec.loop = false;
  spec.shows_from_s = where.from_s;
  spec.shows_until_s = until_s;
  // Straight on since the start of the simulation, so as to be at its place when it shows.
  const double heading = random.uniform(0.0, 2.0 * pi);
  const double e = where.range_m * std::sin(where.bearing_rad);
  const double n = where.range_m * std::cos(where.bearing_rad);
  const auto at = [&](double seconds) {
    const double way = spec.speed_mps * (seconds - where.from_s - 30.0);
    return frame.to_geo({Metres(e + way * std::sin(heading)), Metres(n + way * std::cos(heading))});
  };
  spec.points = {at(0.0), at(until_s + 600.0)};
  return spec;
}

void place_boats(const Plan& plan, const scenario::RadarSettings& radar, std::size_t set, Sea& sea) {
  const double from_s = sea.boats_from_s;
  const LocalFrame frame(site);
  Random random(plan.seed * 1000 + set);
  const double least_angle = std::max(10.0, 2.5 * radar.beam_deg) * radians_per_degree;
  for (std::size_t ring = 0; ring < sea.rings; ++ring) {
    const double middle = (static_cast<double>(ring) + 1.0) * plan.ring_m;
    const double apart = std::max(least_angle, plan.between_m / middle);
    const auto count = static_cast<std::size_t>(2.0 * pi / apart);
    const double turned = random.uniform(0.0, 2.0 * pi);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t kind = (i + ring + set) % plan.boats.size();
      const double bearing = turned + 2.0 * pi * static_cast<double>(i) / static_cast<double>(count);
      const double range = middle + random.uniform(-1.0, 1.0) * plan.to_and_fro * plan.ring_m;
      auto spec = boat_at(plan.boats[kind], {range, bearing, from_s}, from_s + 60.0, frame, random);
      spec.name = "BOAT " + std::to_string(sea.boats.size());
      sea.scene.vessels.push_back(std::move(spec));
      sea.boats.push_back({kind, ring});
    }
  }
}

}  // namespace

double Sea::hours_of_100_nm2() const {
  const double range_nm = scene.radars[0].settings.range_max_m() / metres_per_nautical_mile;
  return pi * range_nm * range_nm / 100.0 * (empty_until_s - empty_from_s) / 3600.0;
}

Sea make_sea(const Plan& plan, const scenario::RadarSettings& radar, const Weather& weather, Way way, int set) {
  const bool integrated = way == Way::track_before_detect;
  Sea sea;
  sea.turn_s = 60.0 / radar.rotation_rpm;
  sea.scene.radars.push_back({"radar", site, radar});
  sea.scene.sea.wind_mps = weather.sea_state > 0.0 ? 3.16 * std::pow(weather.sea_state, 0.8) : 0.0;
  sea.scene.sea.reflectivity = "nrl";
  sea.scene.sea.clutter_shape = 0.0;
  if (weather.rain_mm_h > 0.0) {
    scenario::RainCell rain;  // everywhere alike
    rain.centre = site;
    rain.radius_m = 500'000.0;
    rain.rate_mm_h = weather.rain_mm_h;
    rain.speed_mps = 0.0;
    sea.scene.rain.push_back(rain);
  }
  // The last ring keeps its boats, and their echoes' surroundings, inside.
  sea.rings = static_cast<std::size_t>(std::max(0.0, (radar.range_max_m() - 800.0) / plan.ring_m));
  sea.empty_from_s = plan.learning_turns * sea.turn_s;
  const int empty_turns = set > 0 ? 0 : (integrated ? plan.integrated_empty_turns : plan.empty_turns);
  sea.empty_until_s = sea.empty_from_s + empty_turns * sea.turn_s;
  sea.boats_from_s = sea.empty_until_s + pause_turns * sea.turn_s;
  place_boats(plan, radar, static_cast<std::size_t>(set), sea);
  sea.end_s = sea.boats_from_s + 60.0 + pause_turns * sea.turn_s;
  return sea;
}

Score::Score(const Sea& sea, double beam_rad, Timestamp start)
    : sea_(sea), beam_rad_(beam_rad), start_(start), states_(sea.boats.size()), seen_(sea.boats.size()) {}

EastNorth Score::place(std::size_t boat, Timestamp time) const {
  const auto& s = states_[boat];
  const double ahead = to_seconds(time - s.time).value();
  return {s.state.position.east + s.state.velocity.east * Seconds(ahead),
          s.state.position.north + s.state.velocity.north * Seconds(ahead)};
}

void Score::match(const Plot& plot) {
  if (!is_time_of_boats(plot.time) || plot.origin != PlotOrigin::detection) return;
  const double range = plot.range.value();
  const double bearing = plot.bearing.radians();
  const auto turn = static_cast<unsigned>((seconds(plot.time) - sea_.boats_from_s) / sea_.turn_s);
  for (std::size_t b = 0; b < seen_.size(); ++b) {
    const EastNorth p = place(b, plot.time);
    const double away = std::hypot(p.east.value(), p.north.value());
    if (std::abs(away - range) > 45.0) continue;
    const double off = std::atan2(p.east.value(), p.north.value()) - bearing;
    if (std::abs(std::remainder(off, 2.0 * pi)) < 0.75 * beam_rad_) seen_[b].turns |= std::uint64_t{1} << (turn & 63U);
    // A place between two boats: two beams clockwise of it.
    if (std::abs(std::remainder(off + 1.8 * beam_rad_, 2.0 * pi)) < 0.75 * beam_rad_) {
      seen_[b].shadows |= std::uint64_t{1} << (turn & 63U);
    }
  }
}

void Score::match(const Track& track, const Line& line) {
  if (track.stage != TrackStage::confirmed || !is_time_of_boats(track.time)) return;
  std::uint32_t counts = 0;
  for (std::size_t c = 0; c < confirmation_count; ++c) {
    const auto found = line.confirmed(c).find(track.id);
    // A track that was there before the boat is not its.
    const bool counted = found != line.confirmed(c).end() && seconds(found->second.time) >= sea_.boats_from_s;
    if (counted) counts |= 1U << c;
  }
  if (counts == 0) return;
  for (std::size_t b = 0; b < seen_.size(); ++b) {
    const EastNorth p = place(b, track.time);
    const double gate = 100.0 + 0.5 * beam_rad_ * std::hypot(p.east.value(), p.north.value());
    if (distance(p, track.state.position).value() < gate) seen_[b].confirmed |= counts;
  }
}

void Score::take(const Line& line) {
  for (const auto& sector : line.sectors) {
    for (const auto& plot : sector.plots) match(plot);
  }
  for (const auto& track : line.tracks) match(track, line);
}

void Score::count(std::size_t confirmation, std::vector<Point>& points) const {
  const auto all = static_cast<std::uint64_t>(turns_in_a_minute(sea_.turn_s));
  for (std::size_t b = 0; b < seen_.size(); ++b) {
    Point& p = points[sea_.boats[b].kind * sea_.rings + sea_.boats[b].ring];
    p.turns += all;
    p.detected += std::min<std::uint64_t>(all, static_cast<std::uint64_t>(__builtin_popcountll(seen_[b].turns)));
    ++p.boats;
    p.confirmed += (seen_[b].confirmed >> confirmation) & 1U;
    p.confirmed_by_default += seen_[b].confirmed & 1U;
  }
}

double Score::by_chance() const {
  std::uint64_t n = 0;
  for (const auto& s : seen_) n += static_cast<std::uint64_t>(__builtin_popcountll(s.shadows));
  return seen_.empty() ? 0.0
                       : static_cast<double>(n) / (static_cast<double>(seen_.size()) * turns_in_a_minute(sea_.turn_s));
}

}  // namespace headland::study
