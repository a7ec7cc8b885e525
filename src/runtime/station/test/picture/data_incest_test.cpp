// SPDX-License-Identifier: Apache-2.0
// Two stations that send each other their tracks as CAT062, byte for byte as they do, for an hour: neither may become
// surer than a station that has the plots of both radars, nor surer than its errors are small. Trackers hold a vessel
// now steadier and now less so, each at its own time: what is compared with the central solution is the hour's mean.
#include <cmath>
#include <cstdio>
#include <numbers>

#include <gtest/gtest.h>

#include "codec/asterix/cat062.hpp"
#include "core/base/random.hpp"
#include "runtime/station/output/cat062_output.hpp"
#include "runtime/station/picture/picture_chain.hpp"

namespace headland::station {
namespace {

constexpr double turn_s = 2.5;
const Timestamp start = from_epoch_seconds(1'700'000'000.0);
Timestamp at(double s) { return start + to_duration(Seconds(s)); }

const LocalFrame water{GeoPosition::from_degrees(50.0, -1.0)};
// One sees the vessel from the west, sure of east; the other from the south, sure of north.
const EastNorth sites[] = {{Metres(-8000.0), Metres(0.0)}, {Metres(0.0), Metres(-8000.0)}};
constexpr double range_deviation_m = 5.0, bearing_deviation_rad = 0.3 * radians_per_degree;

// In a wide circle, so that it stays between the radars.
EastNorth vessel_at(double s) {
  constexpr double radius_m = 1500.0, speed_mps = 4.0;
  const double a = speed_mps / radius_m * s;
  return {Metres(radius_m * std::sin(a)), Metres(radius_m * std::cos(a))};
}

PictureChainConfig config_of(std::initializer_list<std::size_t> radars) {
  PictureChainConfig c;
  std::uint16_t id = 1;
  for (const std::size_t r : radars) {
    c.fixed_sites[SensorId(id)] = water.to_geo(sites[r]);
    c.registration[SensorId(id)].unbias = false;
    ++id;
  }
  return c;
}

PlotSector turn_of(std::size_t radar, SensorId sensor, std::uint32_t number, Random& random) {
  PlotSector s;
  s.sensor = sensor;
  s.turn = number;
  s.began = at(turn_s * number);
  s.ended = at(turn_s * (number + 1));
  s.reference = BearingReference::true_north;
  s.range_max = Metres(20'000.0);
  const double seen_s = turn_s * (number + 0.5);
  const RangeBearing there = range_bearing(water.to_geo(sites[radar]), water.to_geo(vessel_at(seen_s)));
  Plot p;
  p.time = at(seen_s);
  p.range = there.range + Metres(range_deviation_m * random.normal());
  p.bearing = there.bearing + Angle(Radians(bearing_deviation_rad * random.normal()));
  p.range_deviation = Metres(range_deviation_m);
  p.bearing_deviation = Radians(bearing_deviation_rad);
  p.strength = Decibels(20.0);
  p.cell_count = 12;
  s.plots.push_back(p);
  return s;
}

struct Node {
  explicit Node(PictureChainConfig config) : chain(std::move(config)) {}
  PictureChain chain;
  PictureOutput out;
  asterix::TrackNumbers numbers;
  double nees = 0.0, deviation_m = 0.0;
  SystemTrack sum;  // of covariances
  int looks = 0, joined = 0;

  void tick(double s) {
    out.published.reset();
    chain.process_tick(at(s), out);
    out.sectors.clear();
    out.tracks.clear();
  }
  void send_to(Node& other, std::uint8_t code, double s) {
    const auto tracks = chain.tracks();
    asterix::Cat062Config config{25, code, 1400};
    config.velocity_deviation = [&](const SystemTrack& t) { return velocity_deviation(t, tracks); };
    for (const auto& sent : asterix::encode_tracks(out.published->picture->tracks, at(s), config, numbers)) {
      other.chain.process(1000, at(s), sent, other.out);
    }
  }
  void note(const SystemTrack& t);
  // The one that is of our own radar.
  [[nodiscard]] const SystemTrack* track() const {
    for (const SystemTrack& t : out.published->picture->tracks) {
      if (t.radar_track != TrackId() && t.stage == TrackStage::confirmed) return &t;
    }
    return nullptr;
  }
};

double squared_error(const SystemTrack& t) {
  const EastNorth truth = vessel_at(to_seconds(t.time - start).value());
  const EastNorth error = water.to_local(t.position) - truth;
  const double e = error.east.value(), n = error.north.value();
  const double det = t.var_ee_m2 * t.var_nn_m2 - t.cov_en_m2 * t.cov_en_m2;
  return (e * e * t.var_nn_m2 + n * n * t.var_ee_m2 - 2.0 * e * n * t.cov_en_m2) / det;
}
// The least, over all directions, of how much larger the variance is than the other's, in parts of that.
double least_excess(const SystemTrack& t, const SystemTrack& other) {
  // Eigenvalues of other^-1 t, both symmetric.
  const double det = other.var_ee_m2 * other.var_nn_m2 - other.cov_en_m2 * other.cov_en_m2;
  const double a = (other.var_nn_m2 * t.var_ee_m2 - other.cov_en_m2 * t.cov_en_m2) / det;
  const double d = (other.var_ee_m2 * t.var_nn_m2 - other.cov_en_m2 * t.cov_en_m2) / det;
  const double own = t.var_ee_m2 * t.var_nn_m2 - t.cov_en_m2 * t.cov_en_m2;
  const double half = 0.5 * (a + d);
  return half - std::sqrt(std::max(0.0, half * half - own / det)) - 1.0;
}

void Node::note(const SystemTrack& t) {
  ++looks;
  nees += squared_error(t);
  deviation_m += std::sqrt(t.var_ee_m2 + t.var_nn_m2);
  sum.var_ee_m2 += t.var_ee_m2, sum.var_nn_m2 += t.var_nn_m2, sum.cov_en_m2 += t.cov_en_m2;
}

TEST(DataIncest, StationsThatExchangeCat062ForAnHourAreNeverSurerThanTheirRadarsJustify) {
  std::vector<Node> nodes;
  for (std::size_t r = 0; r < 2; ++r) {
    auto config = config_of({r});
    config.remote_fusion.own_system = static_cast<std::uint16_t>(25 << 8 | (r + 1));
    nodes.emplace_back(std::move(config));
  }
  Node alone(config_of({0}));
  Node central(config_of({0, 1}));
  Random random(5);
  for (std::uint32_t k = 0; k * turn_s < 3600.0; ++k) {
    const double now = turn_s * (k + 1);
    for (std::size_t r = 0; r < 2; ++r) {
      const PlotSector sector = turn_of(r, SensorId(1), k, random);
      nodes[r].chain.process(sector, nodes[r].out);
      if (r == 0) alone.chain.process(sector, alone.out);
      PlotSector same = sector;
      same.sensor = SensorId(static_cast<std::uint16_t>(r + 1));
      central.chain.process(same, central.out);
    }
    for (Node* node : {&nodes[0], &nodes[1], &alone, &central}) node->tick(now);
    if (k % 2 == 0) continue;
    nodes[0].send_to(nodes[1], 1, now);
    nodes[1].send_to(nodes[0], 2, now);
    const SystemTrack* sure = central.track();
    const SystemTrack* own = alone.track();
    if (now < 120.0 || sure == nullptr || own == nullptr) continue;
    central.note(*sure);
    alone.note(*own);
    for (Node& node : nodes) {
      const SystemTrack* t = node.track();
      if (t == nullptr) continue;
      node.note(*t);
      for (const Contribution& c : t->contributions)
        node.joined += c.kind == SourceKind::remote && c.remote.weight > 0.0;
    }
  }
  std::printf("central: %.1f m, NEES %.2f; one radar alone: %.1f m, NEES %.2f\n", central.deviation_m / central.looks,
              central.nees / central.looks, alone.deviation_m / alone.looks, alone.nees / alone.looks);
  for (const Node& node : nodes) {
    std::printf("%d looks, joined in %d: %.1f m, NEES %.2f, least excess over the central solution %.3f\n", node.looks,
                node.joined, node.deviation_m / node.looks, node.nees / node.looks,
                least_excess(node.sum, central.sum));
    EXPECT_GT(node.looks, 650);
    EXPECT_GT(node.joined, 600);
    EXPECT_EQ(node.looks, central.looks);
    EXPECT_GT(least_excess(node.sum, central.sum), 0.0);
    EXPECT_LT(node.nees / node.looks, 2.0);
    EXPECT_LT(node.deviation_m / node.looks, 0.8 * alone.deviation_m / alone.looks);  // and it pays
  }
}

}  // namespace
}  // namespace headland::station
