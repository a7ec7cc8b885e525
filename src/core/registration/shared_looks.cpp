// SPDX-License-Identifier: Apache-2.0
// Registrar: what two radars measure of one thing.
#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/constants.hpp"
#include "core/registration/registrar.hpp"

namespace headland::registration {
namespace {

constexpr double near_m = 60.0;  // two plots so near may be of one thing, beside what is uncertain
constexpr double most_uncertain_m = 250.0;
constexpr double fastest_mps = 20.0;  // of what is compared
constexpr double way_m = 2.0;         // beside a straight line from turn to turn
constexpr double place_m = 400.0;     // looks nearer together than this share what is their own
constexpr double near_face_m = 10.0;  // two radars see different faces of a hull
constexpr double no_age_s = 1e-3;

constexpr double told_m = 150.0;  // a plot so near to where AIS says that a vessel is, is that vessel's,
constexpr double told_mps = 2.0;  // and for each second since it said so
constexpr double oldest_told_s = 60.0;
// One look for each plot of either radar against lines between plots of the other counts all of them 1.2 times for
// two radars, where R radars that see a place hold 1 / R of it for each two.
constexpr double counted_times = 1.2;

struct Placed {
  double east_m, north_m;  // corrected by what is known
  double ue, un;           // radial
  double range_m;
  double ee, en, nn;  // covariance
};

Placed place(const Registrar::TurnPlot& p, const Bias& known) {
  Placed out{};
  const double b = p.bearing_rad - known.bearing_rad;
  out.range_m = (p.range_m - known.range_m) / (1.0 + known.range_scale);
  out.ue = std::sin(b), out.un = std::cos(b);
  out.east_m = p.site_east_m + out.range_m * out.ue;
  out.north_m = p.site_north_m + out.range_m * out.un;
  const double vr = square(p.range_deviation_m);
  const double vc = square(p.bearing_deviation_rad * out.range_m);
  out.ee = vr * square(out.ue) + vc * square(out.un);
  out.en = (vr - vc) * out.ue * out.un;
  out.nn = vr * square(out.un) + vc * square(out.ue);
  return out;
}

// Where AIS vessels are, by east.
struct Told {
  double east_m, north_m, reach_m;
};

bool is_told(const std::vector<Told>& told, double most_reach_m, double east_m, double north_m) {
  auto v = std::lower_bound(told.begin(), told.end(), east_m - most_reach_m,
                            [](const Told& t, double e) { return t.east_m < e; });
  for (; v != told.end() && v->east_m < east_m + most_reach_m; ++v) {
    if (std::hypot(v->east_m - east_m, v->north_m - north_m) < v->reach_m) return true;
  }
  return false;
}

std::vector<Told> told_at(const std::map<Mmsi, Registrar::Vessel>& vessels, std::int64_t time_ns) {
  std::vector<Told> out;
  for (const auto& [mmsi, v] : vessels) {
    if (v.fixes.empty()) continue;
    const AisFix& fix = v.fixes.back();
    const double dt = static_cast<double>(time_ns - fix.time_ns) * 1e-9;
    if (std::abs(dt) > oldest_told_s) continue;
    const double moved = fix.has_velocity ? dt : 0.0;
    out.push_back({fix.east_m + moved * fix.ve_mps, fix.north_m + moved * fix.vn_mps,
                   told_m + 0.5 * v.length_m + told_mps * std::abs(dt)});
  }
  std::sort(out.begin(), out.end(),
            [](const Told& a, const Told& b) { return std::tie(a.east_m, a.north_m) < std::tie(b.east_m, b.north_m); });
  return out;
}

// The only plot of a turn within `gate_m` of a place; none if there are none or more.
const Registrar::TurnPlot* only_one(const Registrar::Turn& turn, const Bias& known, double east_m, double north_m,
                                    double gate_m) {
  const double e = east_m - turn.site_east_m;
  const double n = north_m - turn.site_north_m;
  const double range = std::hypot(e, n) * (1.0 + known.range_scale) + known.range_m;
  const Registrar::TurnPlot* found = nullptr;
  for (auto p = std::lower_bound(turn.plots.begin(), turn.plots.end(), range - gate_m,
                                 [](const Registrar::TurnPlot& q, double r) { return q.range_m < r; });
       p != turn.plots.end() && p->range_m < range + gate_m; ++p) {
    const Placed at = place(*p, known);
    if (std::hypot(at.east_m - east_m, at.north_m - north_m) > gate_m) continue;
    if (found != nullptr) return nullptr;
    found = &*p;
  }
  return found;
}

double uncertain_m(const BiasEstimate& e, double range_m) {
  return std::min(3.0 * std::hypot(e.deviation.range_m, e.deviation.bearing_rad * range_m), most_uncertain_m);
}

void add_part(JointLook& look, std::size_t k, SensorId sensor, const Placed& p, double sign, const Bias& known) {
  auto& part = look.parts[k];
  part.sensor = sensor;
  // No part of time: the velocity between two turns is too coarse to tell it.
  part.east = {sign * p.ue, sign * p.range_m * p.un, 0.0, sign * p.range_m * p.ue};
  part.north = {sign * p.un, -sign * p.range_m * p.ue, 0.0, sign * p.range_m * p.un};
  const std::array<double, JointLook::biases> bias{known.range_m, known.bearing_rad, 0.0, known.range_scale};
  for (std::size_t i = 0; i < bias.size(); ++i) {
    look.east_m += part.east[i] * bias[i];
    look.north_m += part.north[i] * bias[i];
  }
}

// How many radars that are ready reach the place, two at the least.
double reached_by(const std::map<SensorId, Registrar::Radar>& radars, double least_range_m, double east_m,
                  double north_m) {
  const auto n = std::count_if(radars.begin(), radars.end(), [&](const auto& r) {
    if (!r.second.ready || r.second.turns.empty()) return false;
    const Registrar::Turn& newest = r.second.turns.back();
    const double range = std::hypot(east_m - newest.site_east_m, north_m - newest.site_north_m);
    return range >= least_range_m && range <= newest.range_max_m;
  });
  return static_cast<double>(std::max<std::ptrdiff_t>(n, 2));
}

// Of the line's errors `share` remains; the look counts once in `times`.
void weigh(JointLook& look, const Placed& seen, const Placed& line, double share, double times) {
  const double ee = seen.ee + share * line.ee + square(way_m);
  const double en = seen.en + share * line.en;
  const double nn = seen.nn + share * line.nn + square(way_m);
  const double det = ee * nn - en * en;
  look.weight_ee = nn / (det * times);
  look.weight_en = -en / (det * times);
  look.weight_nn = ee / (det * times);
}

std::uint64_t key_of(SensorId low, SensorId high, double east_m, double north_m) {
  const auto cell = [](double m) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(m / place_m)) + 0x8000) & 0xFFFFU;
  };
  return shared_witness | (std::uint64_t{low.value()} & 0xFFU) << 48U | (std::uint64_t{high.value()} & 0xFFU) << 40U |
         cell(east_m) << 16U | cell(north_m);
}

}  // namespace

// `turn` of `sensor` has just become whole: each plot of the other radar between it and the turn before is set
// against the straight line between the two plots of this radar. What AIS tells of is left out: such a vessel is a
// witness to all radars that see it already, and errors of its plots would count as independent ones once more.
void Registrar::compare_with(SensorId sensor, const Radar& radar, const Turn& turn, SensorId other,
                             const Radar& theirs) {
  if (!radar.ready || !theirs.ready || radar.turns.empty()) return;
  const Turn& before = radar.turns.back();
  if (turn.number != before.number + 1) return;
  const BiasEstimate ours = joint_.estimate(sensor);
  const BiasEstimate known = joint_.estimate(other);
  const std::vector<Told> told = told_at(vessels_, turn.began_ns);
  double most_reach_m = 0.0;
  for (const Told& t : told) most_reach_m = std::max(most_reach_m, t.reach_m);
  for (const Turn& there : theirs.turns) {
    if (there.ended_ns < before.began_ns || there.began_ns > turn.ended_ns) continue;
    for (const TurnPlot& plot : there.plots) {
      if (plot.time_ns < before.began_ns || plot.time_ns > turn.ended_ns) continue;
      const Placed seen = place(plot, known.bias);
      const double range = std::hypot(seen.east_m - turn.site_east_m, seen.north_m - turn.site_north_m);
      if (range < config_.least_range_m || range > turn.range_max_m) continue;
      if (is_told(told, most_reach_m, seen.east_m, seen.north_m)) continue;
      const double gate = near_m + std::hypot(uncertain_m(ours, range), uncertain_m(known, seen.range_m));
      const double turn_s = static_cast<double>(turn.ended_ns - turn.began_ns) * 1e-9;
      const double wide = gate + fastest_mps * turn_s;
      const TurnPlot* first = only_one(before, ours.bias, seen.east_m, seen.north_m, wide);
      const TurnPlot* last = first != nullptr ? only_one(turn, ours.bias, seen.east_m, seen.north_m, wide) : nullptr;
      if (last == nullptr || first->time_ns > plot.time_ns || last->time_ns < plot.time_ns ||
          last->time_ns == first->time_ns) {
        continue;
      }
      if (only_one(there, known.bias, seen.east_m, seen.north_m, wide) == nullptr) continue;
      const Placed a = place(*first, ours.bias);
      const Placed b = place(*last, ours.bias);
      const double s =
          static_cast<double>(plot.time_ns - first->time_ns) / static_cast<double>(last->time_ns - first->time_ns);
      Placed line = place(s < 0.5 ? *first : *last, ours.bias);
      const double east = a.east_m + s * (b.east_m - a.east_m);
      const double north = a.north_m + s * (b.north_m - a.north_m);
      if (std::hypot(seen.east_m - east, seen.north_m - north) > gate) continue;
      // Always the radar of the higher number minus the other, so that what is a place's own has one sign.
      const double sign = sensor < other ? 1.0 : -1.0;
      JointLook look;
      look.witness = sensor < other ? key_of(sensor, other, east, north) : key_of(other, sensor, east, north);
      look.time_ns = plot.time_ns;
      look.part_count = 2;
      look.east_m = sign * (seen.east_m - east);
      look.north_m = sign * (seen.north_m - north);
      add_part(look, 0, other, seen, sign, known.bias);
      add_part(look, 1, sensor, line, -sign, ours.bias);
      weigh(look, seen, line, square(s) + square(1.0 - s),
            counted_times * reached_by(radars_, config_.least_range_m, east, north));
      look.own_east = {1.0, 0.0, 0.0};
      look.own_north = {0.0, 1.0, 0.0};
      joint_.observe(look, {near_face_m, near_face_m, no_age_s});
    }
  }
}

}  // namespace headland::registration
