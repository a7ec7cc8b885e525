// SPDX-License-Identifier: Apache-2.0
// Milliseconds of CPU for one picture (a second of the data): 30 rules, 200 zones, 500 to 10000 vessels in a strait of
// 120 by 60 NM; closest approaches for all pairs. Beside it the plain way: every pair.
#include <cmath>

#include <benchmark/benchmark.h>

#include "core/rules/rule_engine.hpp"

namespace headland::bench {
namespace {

const GeoPosition middle = GeoPosition::from_degrees(50.0, -1.0);

double uniform(std::uint64_t& state, double low, double high) {  // a plain congruential generator will do here
  state = state * 6364136223846793005U + 1442695040888963407U;
  return low + (high - low) * static_cast<double>(state >> 11U) * 0x1.0p-53;
}

struct Sea {
  std::vector<SystemTrack> ships;
  std::vector<EastNorth> from;
};

Sea make_sea(int vessels) {
  Sea sea;
  std::uint64_t state = 7;
  for (int i = 0; i < vessels; ++i) {
    SystemTrack t;
    t.id = SystemTrackId(static_cast<std::uint32_t>(i + 1));
    t.stage = TrackStage::confirmed;
    t.existence = 1.0;
    const Mmsi mmsi(211'000'000U + static_cast<std::uint32_t>(i));
    t.identity = Identity{mmsi, 1.0};
    t.contributions = {{SourceKind::ais, SensorId(0), Timestamp{}}};
    const double speed = uniform(state, 0.0, 1.0) < 0.3 ? 0.0 : uniform(state, 2.0, 10.0);
    const double course = (uniform(state, 0.0, 1.0) < 0.5 ? 1.2 : 4.3) + uniform(state, -0.3, 0.3);
    t.velocity = {MetresPerSecond(speed * std::sin(course)), MetresPerSecond(speed * std::cos(course))};
    VesselReport r;
    r.mmsi = mmsi;
    r.speed = MetresPerSecond(speed);
    r.course = Bearing(Radians(course));
    r.heading = Bearing(Radians(course));
    r.navigation_status = 0;
    t.report = r;
    VesselParticulars p;
    p.mmsi = mmsi;
    p.ship_type = static_cast<std::uint8_t>(uniform(state, 0.0, 1.0) < 0.7 ? 70 : 30);
    p.to_bow_m = p.to_stern_m = static_cast<std::uint16_t>(uniform(state, 10.0, 100.0));
    p.draught_m = uniform(state, 2.0, 12.0);
    p.name = "VESSEL";
    t.particulars = p;
    sea.ships.push_back(t);
    sea.from.push_back({Metres(uniform(state, -111'000.0, 111'000.0)), Metres(uniform(state, -55'000.0, 55'000.0))});
  }
  return sea;
}

Picture picture_at(const Sea& sea, int second) {
  Picture picture;
  picture.time = from_epoch_seconds(1.7e9 + second);
  picture.tracks = sea.ships;
  const TangentPlane plane = tangent_at(middle);
  for (std::size_t i = 0; i < sea.ships.size(); ++i) {
    SystemTrack& t = picture.tracks[i];
    t.time = picture.time;
    t.position = moved(plane, {sea.from[i].east + t.velocity.east * Seconds(second),
                               sea.from[i].north + t.velocity.north * Seconds(second)});
    t.report->received = picture.time;
    t.report->position = t.position;
  }
  return picture;
}

rules::RuleSet make_rules() {
  rules::RuleSet set;
  std::uint64_t state = 11;
  constexpr rules::ZoneKind kinds[] = {rules::ZoneKind::area, rules::ZoneKind::lane, rules::ZoneKind::cable,
                                       rules::ZoneKind::depth, rules::ZoneKind::point};
  const TangentPlane plane = tangent_at(middle);
  for (std::uint32_t i = 0; i < 200; ++i) {
    rules::Zone z;
    z.id = ZoneId(i + 1);
    z.kind = kinds[i % 5];
    const double e = uniform(state, -111'000.0, 111'000.0), n = uniform(state, -55'000.0, 55'000.0);
    const int corners = z.kind == rules::ZoneKind::point ? 1 : 12;
    z.parts.emplace_back();
    for (int k = 0; k < corners; ++k) {
      const double a = 6.283185307 * k / corners, r = corners == 1 ? 0.0 : 4000.0;
      z.parts[0].push_back(moved(plane, {Metres(e + r * std::sin(a)), Metres(n + r * std::cos(a))}));
    }
    z.radius_m = z.kind == rules::ZoneKind::point ? 1000.0 : 0.0;
    z.direction_deg = 60.0;
    z.depth_m = 6.0;
    set.zones.push_back(z);
  }
  const std::vector<rules::RuleKind> one_of_each = {rules::EntryRule{},      rules::ExitRule{},
                                                    rules::DwellRule{},      rules::SpeedRule{.above_kn = 25.0},
                                                    rules::CourseRule{},     rules::StoppedRule{},
                                                    rules::DriftRule{},      rules::AnchorDragRule{},
                                                    rules::CpaRule{},        rules::LaneRule{},
                                                    rules::AisLostRule{},    rules::SwitchedOffRule{},
                                                    rules::JumpRule{},       rules::IdentityRule{},
                                                    rules::DarkVesselRule{}, rules::RendezvousRule{},
                                                    rules::LoiteringRule{},  rules::CableRule{},
                                                    rules::ApproachRule{},   rules::GroundingRule{},
                                                    rules::ConvoyRule{},     rules::DistressRule{},
                                                    rules::CrossingRule{},   rules::SpeedRule{.above_kn = 40.0},
                                                    rules::DwellRule{},      rules::CableRule{},
                                                    rules::StoppedRule{},    rules::LaneRule{.breach = "stopped"},
                                                    rules::GroundingRule{},  rules::SpeedRule{.above_kn = 30.0}};
  for (const auto& kind : one_of_each) {
    rules::Rule rule;
    rule.id = RuleId(static_cast<std::uint32_t>(set.rules.size() + 1));
    rule.name = std::to_string(rule.id.value());
    rule.kind = kind;
    set.rules.push_back(rule);
  }
  return set;
}

void ThirtyRules(benchmark::State& state) {
  const Sea sea = make_sea(static_cast<int>(state.range(0)));
  rules::RuleEngine engine(make_rules());
  std::vector<AlertChange> out;
  int second = 0;
  for (; second < 5; ++second) engine.process(picture_at(sea, second), nullptr, out);
  for (auto _ : state) {
    state.PauseTiming();
    const Picture picture = picture_at(sea, second++);
    out.clear();
    state.ResumeTiming();
    engine.process(picture, nullptr, out);
  }
  state.counters["alerts"] = static_cast<double>(engine.counters().raised);
  state.counters["us_per_vessel"] = benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)) / 1e6,
                                                       benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(ThirtyRules)->Arg(500)->Arg(2000)->Arg(5000)->Arg(10000)->Unit(benchmark::kMillisecond);

void EveryPair(benchmark::State& state) {
  const Sea sea = make_sea(static_cast<int>(state.range(0)));
  const Picture picture = picture_at(sea, 0);
  rules::Scene scene;
  for (const SystemTrack& t : picture.tracks) scene.vessels.push_back(rules::vessel_of(t, picture.time, nullptr));
  const rules::CpaRule rule;
  for (auto _ : state) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < scene.vessels.size(); ++i) {
      for (std::size_t j = i + 1; j < scene.vessels.size(); ++j) {
        if (rules::evaluate(rule, scene, scene.vessels[i], scene.vessels[j])) ++found;
      }
    }
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK(EveryPair)->Arg(500)->Arg(2000)->Arg(5000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace headland::bench
