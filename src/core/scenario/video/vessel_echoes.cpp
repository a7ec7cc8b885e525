// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/video/vessel_echoes.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/constants.hpp"
#include "core/scenario/physics/target.hpp"
#include "core/scenario/seeds.hpp"
#include "core/scenario/video/pulse.hpp"

namespace headland::scenario {
namespace {

constexpr double greatest_factor = 6.0 * 16.0;  // of aspect, and of two rays that add up
constexpr double least_amplitude = 0.1;         // over the root of the noise, below which an echo is left out
constexpr std::int64_t spokes_a_look = 16;      // shadows are looked for so often
constexpr double casts_shadow_m = 20.0;         // length of ships that do
constexpr std::size_t heights = 5;              // along a hull

}  // namespace

VesselEchoes::VesselEchoes(const Scene& scene, const RadarSettings& radar, EastNorth at, Angle north,
                           std::uint64_t seed)
    : radar_(radar),
      constants_(constants_of(radar)),
      at_(at),
      north_(north),
      seed_(seed),
      sea_deviation_m_(coverage::sea_deviation_m(scene.sea.wind_mps)),
      multipath_(scene.sea.multipath),
      pattern_(radar) {
  for (std::size_t v = 0; v < scene.vessels.size(); ++v) {
    echoes_.emplace_back();
    echoes_.back().spec = scene.vessels[v];
    prepare(v);
  }
}

void VesselEchoes::prepare(std::size_t vessel) {
  Echo& echo = echoes_[vessel];
  // A bright point about every 12 m of hull; the house, aft on most ships, is the brightest.
  const double length = echo.spec.length_m;
  const bool one_point = echo.spec.fluctuation != Fluctuation::automatic;
  const auto count = one_point ? std::size_t{1} : static_cast<std::size_t>(std::clamp(length / 12.0, 1.0, 24.0));
  double sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double u = count == 1 ? 0.0 : static_cast<double>(i) / static_cast<double>(count - 1) - 0.5;
    const std::uint64_t key = seed_of(seed_, Stream::echo, vessel * 64 + i, ~std::uint64_t{0});
    Scatterer s;
    s.along_m = 0.9 * u * length;
    s.across_m = one_point ? 0.0 : (unit_of(key) - 0.5) * 0.7 * echo.spec.beam_m;
    s.weight = 0.3 + unit_of(key + 1) + (u < -0.3 && count > 3 ? 2.0 : 0.0);
    sum += s.weight;
    echo.scatterers.push_back(s);
  }
  for (auto& s : echo.scatterers) s.weight /= sum;
  echo.factor.resize(count);
  if (!multipath_) return;
  const std::size_t points = echo.spec.reflects_at_top ? 1 : heights;
  for (std::size_t i = 0; i < points; ++i) {
    const double part = points == 1 ? 1.0 : (static_cast<double>(i) + 0.5) / static_cast<double>(points);
    echo.paths.emplace_back(constants_.wavelength_m, radar_.antenna_height_m, part * echo.spec.height_m,
                            sea_deviation_m_);
  }
}

double VesselEchoes::propagation(std::size_t vessel, double range_m) const {
  const Echo& echo = echoes_[vessel];
  if (echo.paths.empty()) return visible_fraction(radar_.antenna_height_m, echo.spec.height_m, range_m, -1e3);
  double sum = 0.0;
  for (const auto& path : echo.paths) sum += std::pow(path.factor(range_m), 4.0);
  return sum / static_cast<double>(echo.paths.size());
}

void VesselEchoes::new_turn(std::size_t vessel, std::int64_t turn, double range_m) {
  Echo& echo = echoes_[vessel];
  echo.share = propagation(vessel, range_m);
  for (std::size_t i = 0; i < echo.factor.size(); ++i) {
    const std::uint64_t key = seed_of(seed_, Stream::echo, vessel * 64 + i, static_cast<std::uint64_t>(turn));
    const double phase = 2.0 * pi * unit_of(key);
    // A single point fluctuates by itself; many points do so by interfering.
    const double power = echo.factor.size() < 3 ? fluctuation_of(echo.spec.fluctuation, key + 1) : 1.0;
    const double amplitude = std::sqrt(power * echo.scatterers[i].weight);
    echo.factor[i] =
        Complex(static_cast<float>(amplitude * std::cos(phase)), static_cast<float>(amplitude * std::sin(phase)));
  }
}

void VesselEchoes::find_shadows(const Look& look) {
  shadows_.clear();
  for (std::size_t v = 0; v < echoes_.size(); ++v) {
    const auto& spec = echoes_[v].spec;
    if (spec.length_m < casts_shadow_m || look.at_s < spec.shows_from_s || look.at_s > spec.shows_until_s) continue;
    const VesselState state = look.fleet->at(v, look.fraction);
    const double east = (state.position.east - at_.east).value();
    const double north = (state.position.north - at_.north).value();
    Shadow s;
    s.vessel = v;
    s.range_m = std::max(std::hypot(east, north), 1.0);
    if (s.range_m > radar_.range_max_m()) continue;
    s.bearing_rad = std::atan2(east, north);
    const double aspect = state.heading.radians() - s.bearing_rad;
    const double width = spec.length_m * std::abs(std::sin(aspect)) + spec.beam_m * std::abs(std::cos(aspect));
    s.half_width_rad = 0.5 * width / s.range_m;
    s.elevation_rad = elevation_rad(radar_.antenna_height_m, spec.height_m, s.range_m);
    shadows_.push_back(s);
  }
}

double VesselEchoes::covered(const Shadow& shadow, double bearing_rad) const {
  const double half_beam = 0.5 * constants_.beam_two_way_rad;
  const double off = std::abs(std::remainder(shadow.bearing_rad - bearing_rad, 2.0 * pi));
  const double overlap =
      std::min(off + half_beam, shadow.half_width_rad) - std::max(off - half_beam, -shadow.half_width_rad);
  return std::clamp(overlap / (2.0 * half_beam), 0.0, 1.0);
}

void VesselEchoes::shade(const Look& look, std::vector<Complex>& cells) {
  if (look.spoke % spokes_a_look == 0 || look.spoke == 0) find_shadows(look);
  for (const auto& s : shadows_) {
    const double part = covered(s, look.bearing_rad);
    if (part <= 0.0) continue;
    const auto factor = static_cast<float>(1.0 - part);  // there and back
    const auto first = static_cast<std::size_t>(s.range_m / radar_.cell_m) + 1;
    for (std::size_t k = first; k < cells.size(); ++k) {
      const double range = (static_cast<double>(k) + 0.5) * radar_.cell_m;
      if (elevation_rad(radar_.antenna_height_m, 0.0, range) > s.elevation_rad) break;  // the sea comes into view again
      cells[k] *= factor;
    }
  }
}

// Share of a vessel's cross section that neither land nor ships nearer by hide.
double VesselEchoes::seen(std::size_t vessel, double range_m, double bearing_rad, double land_rad) const {
  const double antenna = radar_.antenna_height_m;
  const auto& spec = echoes_[vessel].spec;
  const auto over = [&](double blocked) {
    const double hidden = antenna + range_m * (blocked + range_m / (2.0 * effective_earth_radius_m));
    return std::clamp((spec.height_m - hidden) / spec.height_m, 0.0, 1.0);
  };
  double share = over(land_rad);
  for (const auto& s : shadows_) {
    if (s.vessel == vessel || s.range_m >= range_m - spec.length_m) continue;
    // A point behind the hull, not the beam, is what counts here.
    const double off = std::abs(std::remainder(s.bearing_rad - bearing_rad, 2.0 * pi));
    if (off < s.half_width_rad) share = std::min(share, over(s.elevation_rad));
  }
  return share;
}

double VesselEchoes::of_earlier_pulses_m(std::int64_t spoke, double range_m) const {
  if (radar_.pulse_intervals_us.empty()) return 0.0;
  const auto count = static_cast<std::int64_t>(radar_.pulse_intervals_us.size());
  const std::int64_t at = radar_.interval_by_turn ? spoke / radar_.azimuths : spoke;
  const double unambiguous =
      radar_.pulse_intervals_us[static_cast<std::size_t>(at % count)] * 1e-6 * speed_of_light_mps / 2.0;
  return unambiguous * std::floor(range_m / unambiguous);
}

void VesselEchoes::add(const Look& look, const LandEchoes& land, std::vector<Complex>& cells) {
  for (std::size_t v = 0; v < echoes_.size(); ++v) {
    const Echo& echo = echoes_[v];
    if (look.spoke < echo.next_spoke || look.at_s < echo.spec.shows_from_s || look.at_s > echo.spec.shows_until_s)
      continue;
    add_one(v, look, land, cells);
  }
}

void VesselEchoes::add_one(std::size_t vessel, const Look& look, const LandEchoes& land, std::vector<Complex>& cells) {
  Echo& echo = echoes_[vessel];
  const VesselState state = look.fleet->at(vessel, look.fraction);
  const double east = (state.position.east - at_.east).value();
  const double north = (state.position.north - at_.north).value();
  const double range = std::max(std::hypot(east, north), 1.0);
  const double nearer = of_earlier_pulses_m(look.spoke, range);
  if (range - nearer > radar_.range_max_m() + echo.spec.length_m) return;
  const double direction = std::atan2(east, north);
  const double off = std::remainder(direction - look.bearing_rad, 2.0 * pi);
  const double strongest = std::sqrt(snr(constants_, greatest_factor * echo.spec.rcs_m2, range));
  const double spread = echo.spec.length_m / (2.0 * range);
  if (strongest * pattern_.gain(std::max(0.0, std::abs(off) - spread)) < least_amplitude) {
    // Side lobes of no account: the main lobe comes when the beam has turned. A vessel moves far less than a degree.
    const double away = (off > 0.0 ? off : off + 2.0 * pi) - spread - 3.0 * radar_.beam_deg * radians_per_degree - 0.02;
    if (strongest * std::pow(10.0, radar_.sidelobe_db / 10.0) < least_amplitude && range > 500.0 && away > 0.0) {
      echo.next_spoke =
          look.spoke + static_cast<std::int64_t>(away / (2.0 * pi) * static_cast<double>(radar_.azimuths));
    }
    return;
  }
  // One passage of the beam reaches from the vessel's far side to its far side: north does not cut an echo in two.
  const double plane_turn = static_cast<double>(radar_.azimuths) / (2.0 * pi);
  const double passage = static_cast<double>(look.spoke) / plane_turn + off;
  if (std::abs(passage - echo.passage_rad) > pi) {
    echo.passage_rad = passage;
    new_turn(vessel, static_cast<std::int64_t>(std::floor(passage / (2.0 * pi))), range);
  }
  const double true_bearing = Bearing(Radians(direction - north_.radians())).radians();
  const auto azimuth = static_cast<std::size_t>(true_bearing * plane_turn) % static_cast<std::size_t>(radar_.azimuths);
  const double share = echo.share * seen(vessel, range, direction, land.blocked_rad(azimuth, range)) *
                       vertical_gain(radar_, std::atan2(radar_.antenna_height_m, range));
  if (share <= 0.0) return;
  const double heading = state.heading.radians();
  const double rcs = echo.spec.rcs_m2 * aspect_factor(heading - direction, echo.spec.length_m) * share;
  const double amplitude = std::sqrt(snr(constants_, rcs, range));
  const double sh = std::sin(heading);
  const double ch = std::cos(heading);
  for (std::size_t i = 0; i < echo.scatterers.size(); ++i) {
    const auto& s = echo.scatterers[i];
    const double e = east + s.along_m * sh + s.across_m * ch;
    const double n = north + s.along_m * ch - s.across_m * sh;
    const double gain = pattern_.gain(std::remainder(std::atan2(e, n) - look.bearing_rad, 2.0 * pi));
    add_pulse(radar_, constants_.resolution_m, std::hypot(e, n) - nearer,
              echo.factor[i] * static_cast<float>(amplitude * gain), cells);
  }
}

}  // namespace headland::scenario
