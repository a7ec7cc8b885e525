// SPDX-License-Identifier: Apache-2.0
#include "core/scenario/sea/plot_sea.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/constants.hpp"
#include "core/base/units.hpp"
#include "core/scenario/sea/sea_echo.hpp"
#include "core/scenario/sea/sea_transmitter.hpp"
#include "core/scenario/sea/sent_size.hpp"
#include "core/scenario/seeds.hpp"

namespace headland::scenario {
namespace {

constexpr std::uint32_t sectors_per_turn = 16;
constexpr double tick_s_ = 0.5;
constexpr std::size_t ticks_kept = 24;
constexpr double least_range_m = 200.0;
// Beside the indices of vessels and radars in keys of streams.
constexpr std::uint64_t of_sizes = 1ULL << 32U;
constexpr std::uint64_t of_extents = 1ULL << 32U;

double wrapped(double a) { return a - full_turn * std::floor((a + pi) / full_turn); }

// How a vessel goes: a course and a speed for some minutes, then others.
struct Mover {
  SeaState state;
  double speed_mps = 0.0;
  double wanted_rad = 0.0;
  double turn_rps = 0.0;  // most
  double change_s = 0.0;  // when it takes the next course
  double usual_mps = 0.0;
  bool anchored = false;
  double swing_rad = 0.0;
};

}  // namespace

PlotSeaConfig three_radars() {
  PlotSeaConfig c;
  PlotRadar west;
  west.name = "west";
  west.bearing_bias_deg = 0.6, west.range_bias_m = 35.0, west.turn_s = 2.5;
  PlotRadar east = west;
  east.name = "east";
  east.site = {Metres(18'000.0), Metres(4'000.0)};
  east.bearing_bias_deg = -0.4, east.range_bias_m = -20.0, east.time_bias_s = 0.3, east.turn_s = 3.0;
  PlotRadar south = west;
  south.name = "south";
  south.site = {Metres(9'000.0), Metres(-13'000.0)};
  south.bearing_bias_deg = 1.1, south.range_bias_m = 60.0, south.turn_s = 1.875;
  c.radars = {west, east, south};
  return c;
}

struct PlotSea::Parts {
  explicit Parts(const PlotSeaConfig& c) : config(c), frame(c.origin) {}

  struct Antenna {
    std::int64_t next = 0;  // sector, from the start
    Random random{1};
    Random shape{1};  // of extents and strengths
  };

  PlotSeaConfig config;
  LocalFrame frame;
  std::vector<SeaVessel> vessels;
  std::vector<Mover> movers;
  std::vector<Random> chance;               // of each mover
  std::vector<std::vector<SeaState>> past;  // ring of the last ticks, by vessel
  std::vector<SeaTransmitter> transmitters;
  std::vector<Antenna> antennas;
  std::int64_t tick = 0;  // movers stand there

  void make_vessel(std::size_t v);
  void describe(std::size_t v);
  void move(std::size_t v);
  void advance();
  [[nodiscard]] SeaState at(std::size_t v, double t_s) const;
  void sweep(std::size_t r, double until_s, PlotSeaOutput& out);
  void fill(std::size_t r, double began_s, double width_s, PlotSector& sector, std::vector<std::uint32_t>& origin);
};

namespace {

struct Hull {
  double length_m, beam_m;
  AisClass kind;
};

Hull hull_of(bool small, Random& random) {
  const double length_m = small ? random.uniform(8.0, 25.0) : random.uniform(50.0, 220.0);
  return {length_m, length_m * (small ? 0.3 : 0.16), small ? AisClass::class_b : AisClass::class_a};
}

}  // namespace

// What a vessel with AIS says of its size, by chances of its own.
void PlotSea::Parts::describe(std::size_t v) {
  SeaVessel& s = vessels[v];
  Random random(seed_of(config.seed, Stream::ais, of_sizes + v));
  if (s.fault == AisFault::wrong_identity) {
    const Hull claimed = hull_of(random.uniform() < config.class_b_share, random);
    s.kind = claimed.kind;
    s.sent = size_of_another(claimed.length_m, claimed.beam_m);
  } else {
    s.sent = s.fault == AisFault::badly_described ? size_badly_described(s, random) : size_in_good_faith(s, random);
  }
}

void PlotSea::Parts::make_vessel(std::size_t v) {
  Random& random = chance[v];
  const auto& c = config;
  SeaVessel s;
  Mover m;
  const bool has_ais = v < c.with_ais;
  const bool small = has_ais ? random.uniform() < c.class_b_share : random.uniform() < 0.7;
  const Hull hull = hull_of(small, random);
  s.length_m = hull.length_m;
  s.beam_m = hull.beam_m;
  s.kind = hull.kind;
  s.ahead_m = -0.3 * s.length_m + 0.1 * s.length_m * random.normal();
  s.ahead_m = std::clamp(s.ahead_m, -0.45 * s.length_m, 0.45 * s.length_m);
  s.starboard_m = random.uniform(-0.2, 0.2) * s.beam_m;
  s.age_s = 0.1 + 0.4 * random.uniform();
  s.anchored = random.uniform() < 0.1;
  if (has_ais) {
    s.mmsi = 298'000'001U + static_cast<std::uint32_t>(v);
    if (v < c.spoofed) {
      constexpr std::array faults{AisFault::offset_drift, AisFault::copied_mmsi, AisFault::circle,
                                  AisFault::jump,         AisFault::frozen,      AisFault::wrong_identity};
      s.fault = faults[v % faults.size()];
      s.anchored = false;
    } else if (v < c.spoofed + c.with_ais / 20) {
      s.fault = AisFault::stale;
      s.age_s = random.uniform(6.0, 10.0);
    } else if (v < c.spoofed + c.with_ais / 20 + c.with_ais / 60) {
      s.fault = AisFault::badly_described;
    }
  }
  m.anchored = s.anchored;
  m.usual_mps = small ? random.uniform(3.0, 11.0) : random.uniform(4.0, 9.5);
  m.speed_mps = m.anchored ? 0.0 : m.usual_mps;
  m.turn_rps = (small ? random.uniform(1.5, 5.0) : random.uniform(0.3, 1.0)) * radians_per_degree;
  m.state.heading_rad = m.wanted_rad = random.uniform(0.0, full_turn);
  m.state.east_m = c.middle_east_m + random.uniform(-1.0, 1.0) * c.half_east_m;
  m.state.north_m = c.middle_north_m + random.uniform(-1.0, 1.0) * c.half_north_m;
  m.change_s = random.exponential() * 400.0;
  m.swing_rad = random.uniform(0.0, full_turn);
  vessels[v] = s;
  movers[v] = m;
  if (has_ais) describe(v);
}

void PlotSea::Parts::move(std::size_t v) {
  Mover& m = movers[v];
  Random& random = chance[v];
  const double t = static_cast<double>(tick) * tick_s_;
  SeaState& s = m.state;
  if (m.anchored) {
    const double swing = 0.02 * std::sin(t / 90.0 + m.swing_rad);  // m/s, to and fro
    s.ve_mps = swing * std::cos(m.swing_rad);
    s.vn_mps = swing * std::sin(m.swing_rad);
  } else {
    const double e = s.east_m - config.middle_east_m;
    const double n = s.north_m - config.middle_north_m;
    if (std::abs(e) > config.half_east_m || std::abs(n) > config.half_north_m) {
      m.wanted_rad = std::atan2(-e, -n);  // back to the middle
      m.change_s = std::max(m.change_s, t + 120.0);
    } else if (t >= m.change_s) {
      m.wanted_rad = s.heading_rad + random.normal() * 40.0 * radians_per_degree;
      m.usual_mps *= std::clamp(1.0 + 0.1 * random.normal(), 0.7, 1.3);
      m.usual_mps = std::clamp(m.usual_mps, 2.5, 12.0);
      m.change_s = t + 120.0 + random.exponential() * 400.0;
    }
    const double most = m.turn_rps * tick_s_;
    s.heading_rad = wrapped(s.heading_rad + std::clamp(wrapped(m.wanted_rad - s.heading_rad), -most, most));
    m.speed_mps += std::clamp(m.usual_mps - m.speed_mps, -0.03, 0.03) * tick_s_ + 0.004 * random.normal();
    s.ve_mps = m.speed_mps * std::sin(s.heading_rad);
    s.vn_mps = m.speed_mps * std::cos(s.heading_rad);
  }
  s.east_m += s.ve_mps * tick_s_;
  s.north_m += s.vn_mps * tick_s_;
}

void PlotSea::Parts::advance() {
  ++tick;
  for (std::size_t v = 0; v < movers.size(); ++v) {
    move(v);
    past[v][static_cast<std::size_t>(tick) % ticks_kept] = movers[v].state;
  }
}

SeaState PlotSea::Parts::at(std::size_t v, double t_s) const {
  const double x = std::clamp(
      t_s / tick_s_, static_cast<double>(std::max<std::int64_t>(0, tick - static_cast<std::int64_t>(ticks_kept) + 2)),
      static_cast<double>(tick));
  const auto k = std::min(static_cast<std::int64_t>(x), std::max<std::int64_t>(tick - 1, 0));
  const double f = x - static_cast<double>(k);
  const SeaState& a = past[v][static_cast<std::size_t>(k) % ticks_kept];
  const SeaState& b = past[v][static_cast<std::size_t>(std::min(k + 1, tick)) % ticks_kept];
  SeaState s = f < 0.5 ? a : b;
  s.east_m = a.east_m + f * (b.east_m - a.east_m);
  s.north_m = a.north_m + f * (b.north_m - a.north_m);
  return s;
}

void PlotSea::Parts::fill(std::size_t r, double began_s, double width_s, PlotSector& sector,
                          std::vector<std::uint32_t>& origin) {
  const PlotRadar& radar = config.radars[r];
  Random& random = antennas[r].random;
  const double from = sector.from.radians();
  const double width = full_turn / sectors_per_turn;
  const double bias =
      (radar.bearing_bias_deg + (began_s >= radar.jump_after_s ? radar.jump_deg : 0.0)) * radians_per_degree;
  const double se = radar.site.east.value();
  const double sn = radar.site.north.value();
  const auto add = [&](double t_s, double range, double bearing, const SeaEcho& echo, std::uint32_t vessel) {
    Plot p;
    p.time = config.start + to_duration(Seconds(t_s + radar.time_bias_s));
    p.range = Metres(std::max(range, 1.0));
    p.bearing = Bearing(Radians(bearing)) - sector.site_north;
    p.range_deviation = Metres(radar.range_deviation_m);
    p.bearing_deviation = from_degrees(radar.bearing_deviation_deg);
    p.range_extent = Metres(echo.range_extent_m);
    p.bearing_extent = Radians(echo.bearing_extent_rad);
    p.strength = Decibels(echo.strength_db);
    p.cell_count = echo.cells;
    sector.plots.push_back(p);
    origin.push_back(vessel);
  };
  for (std::size_t v = 0; v < vessels.size(); ++v) {
    const SeaState s = at(v, began_s + 0.5 * width_s);
    // Shown where it is measured to be: the antenna's own idea of north decides when it is met.
    const double shown = std::atan2(s.east_m - se, s.north_m - sn) + bias - from;
    const double into = shown - full_turn * std::floor(shown / full_turn);
    if (into >= width) continue;
    const double t = began_s + into / width * width_s;
    const SeaState then = at(v, t);
    const double range = std::hypot(then.east_m - se, then.north_m - sn);
    if (range < least_range_m || range > radar.range_max_m) continue;
    const double share = range / radar.range_max_m;
    const double pd = radar.detection_near + (radar.detection_far - radar.detection_near) * share * share;
    const bool seen = random.uniform() < pd;
    const double dr = radar.range_deviation_m * random.normal();
    const double db = radar.bearing_deviation_deg * radians_per_degree * random.normal();
    if (!seen) continue;
    const double bearing = std::atan2(then.east_m - se, then.north_m - sn);
    add(t, range + radar.range_bias_m + dr, bearing + bias + db,
        echo_of_hull(radar, vessels[v], then.heading_rad - bearing, range, antennas[r].shape),
        static_cast<std::uint32_t>(v));
  }
  merge_touching(sector.plots, origin);
  const std::uint32_t clutter = random.poisson(radar.clutter_per_turn / sectors_per_turn);
  for (std::uint32_t k = 0; k < clutter; ++k) {
    const double range = radar.range_max_m * std::sqrt(random.uniform());
    const double into = random.uniform();
    if (range <= least_range_m) continue;
    add(began_s + into * width_s, range, from + into * width, echo_of_clutter(radar, range, antennas[r].shape),
        no_vessel);
  }
}

void PlotSea::Parts::sweep(std::size_t r, double until_s, PlotSeaOutput& out) {
  const PlotRadar& radar = config.radars[r];
  const double width_s = radar.turn_s / sectors_per_turn;
  Antenna& antenna = antennas[r];
  for (; static_cast<double>(antenna.next + 1) * width_s <= until_s; ++antenna.next) {
    const double began_s = static_cast<double>(antenna.next) * width_s;
    if (began_s >= radar.fails_after_s && began_s < radar.back_after_s) continue;
    PlotSector s;
    s.sensor = SensorId(static_cast<std::uint16_t>(r + 1));
    s.turn = static_cast<std::uint32_t>(antenna.next / sectors_per_turn);
    s.sector = static_cast<std::uint32_t>(antenna.next % sectors_per_turn);
    s.sectors_per_turn = sectors_per_turn;
    s.site_east_m = radar.site.east.value();
    s.site_north_m = radar.site.north.value();
    s.site = frame.to_geo(radar.site);
    s.site_north = frame.north_at(radar.site);
    // While it is filled, edges and plots count from plane north.
    s.from = Bearing(Radians(full_turn * s.sector / sectors_per_turn)) + s.site_north;
    s.to = Bearing(Radians(full_turn * (s.sector + 1) / sectors_per_turn)) + s.site_north;
    s.began = config.start + to_duration(Seconds(began_s + radar.time_bias_s));
    s.ended = config.start + to_duration(Seconds(began_s + width_s + radar.time_bias_s));
    s.range_min = Metres(least_range_m);
    s.range_max = Metres(radar.range_max_m);
    std::vector<std::uint32_t> origin;
    fill(r, began_s, width_s, s, origin);
    s.from = s.from - s.site_north;
    s.to = s.to - s.site_north;
    out.sectors.push_back(std::move(s));
    out.origins.push_back(std::move(origin));
  }
}

PlotSea::PlotSea(const PlotSeaConfig& config) : parts_(std::make_unique<Parts>(config)) {
  Parts& p = *parts_;
  p.vessels.resize(config.vessels);
  p.movers.resize(config.vessels);
  for (std::size_t v = 0; v < config.vessels; ++v) {
    p.chance.emplace_back(seed_of(config.seed, Stream::motion, v));
    p.make_vessel(v);
    p.past.emplace_back(ticks_kept, p.movers[v].state);
    p.transmitters.emplace_back(p.vessels[v], config.fault_after_s, seed_of(config.seed, Stream::ais, v));
  }
  for (std::size_t r = 0; r < config.radars.size(); ++r) {
    p.antennas.push_back(
        {0, Random(seed_of(config.seed, Stream::echo, r)), Random(seed_of(config.seed, Stream::echo, of_extents + r))});
  }
}
PlotSea::~PlotSea() = default;
PlotSea::PlotSea(PlotSea&&) noexcept = default;
PlotSea& PlotSea::operator=(PlotSea&&) noexcept = default;

void PlotSea::step(PlotSeaOutput& out) {
  Parts& p = *parts_;
  p.advance();
  const double now = time_s();
  const std::size_t first = out.sectors.size();
  for (std::size_t r = 0; r < p.antennas.size(); ++r) p.sweep(r, now, out);
  // By the time they are stamped with, as recordings are merged; each carries its origins along.
  std::vector<std::size_t> order(out.sectors.size() - first);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = first + i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return out.sectors[a].ended < out.sectors[b].ended; });
  std::vector<PlotSector> sectors;
  std::vector<std::vector<std::uint32_t>> origins;
  for (const std::size_t i : order) {
    sectors.push_back(std::move(out.sectors[i]));
    origins.push_back(std::move(out.origins[i]));
  }
  std::move(sectors.begin(), sectors.end(), out.sectors.begin() + static_cast<std::ptrdiff_t>(first));
  std::move(origins.begin(), origins.end(), out.origins.begin() + static_cast<std::ptrdiff_t>(first));
  const std::size_t heard = out.ais.size();
  for (std::size_t v = 0; v < p.vessels.size(); ++v) {
    p.transmitters[v].send(now, p.config.start, p.frame, [&](double t) { return p.at(v, t); }, out.ais);
  }
  const auto received = [](const AisMessage& m) { return std::visit([](const auto& x) { return x.received; }, m); };
  std::stable_sort(out.ais.begin() + static_cast<std::ptrdiff_t>(heard), out.ais.end(),
                   [&](const AisMessage& a, const AisMessage& b) { return received(a) < received(b); });
}

double PlotSea::time_s() const { return static_cast<double>(parts_->tick) * tick_s_; }
const std::vector<SeaVessel>& PlotSea::vessels() const { return parts_->vessels; }
SeaState PlotSea::at(std::size_t vessel, double time_s) const { return parts_->at(vessel, time_s); }
double PlotSea::detection(std::size_t radar, double range_m) const {
  const PlotRadar& r = parts_->config.radars[radar];
  const double share = range_m / r.range_max_m;
  return share > 1.0 ? 0.0 : r.detection_near + (r.detection_far - r.detection_near) * share * share;
}
const PlotSeaConfig& PlotSea::config() const { return parts_->config; }
const LocalFrame& PlotSea::frame() const { return parts_->frame; }

}  // namespace headland::scenario
