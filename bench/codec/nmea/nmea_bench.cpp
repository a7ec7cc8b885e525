// SPDX-License-Identifier: Apache-2.0
// NMEA text to AIS values, sentences a second, beside gpsdecode on the same text (whole process, CPU time).
//
// The text: 100 000 sentences made by our encoder in the mix of coastal traffic (types 1 63 %, 3 12 %, 18 12 %,
// 5 6 %, 24 5 %, the rest 4, 21 and 9), all different.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include "codec/ais/encode.hpp"
#include "codec/nmea/nmea_decoder.hpp"
#include "codec/nmea/vdm_writer.hpp"
#include "core/base/random.hpp"

namespace headland {
namespace {

VesselReport any_report(Random& random, std::uint8_t type) {
  VesselReport r;
  r.message_type = type;
  r.mmsi = Mmsi(200'000'000 + random.below(500'000'000));
  r.position = GeoPosition::from_degrees(random.uniform(50.0, 60.0), random.uniform(0.0, 12.0));
  r.speed = from_knots(random.uniform(0.0, 20.0));
  r.course = Bearing::from_degrees(random.uniform(0.0, 360.0));
  r.heading = Bearing::from_degrees(random.uniform(0.0, 360.0));
  r.utc_second = static_cast<std::uint8_t>(random.below(60));
  r.navigation_status = static_cast<std::uint8_t>(random.below(9));
  r.turn_rate_raw = static_cast<std::int8_t>(random.below(20));
  r.communication_state = random.below(1 << 19);
  return r;
}

std::string any_text(Random& random, unsigned longest) {
  std::string text;
  for (unsigned n = 3 + random.below(longest - 2); n > 0; --n) text += static_cast<char>('A' + random.below(26));
  return text;
}

ais::Payload any_particulars(Random& random, std::uint8_t type) {
  VesselParticulars v;
  v.message_type = type;
  v.mmsi = Mmsi(200'000'000 + random.below(500'000'000));
  v.name = any_text(random, 20);
  v.callsign = any_text(random, 7);
  v.destination = any_text(random, 20);
  v.ship_type = static_cast<std::uint8_t>(30 + random.below(60));
  v.to_bow_m = static_cast<std::uint16_t>(5 + random.below(200));
  v.to_port_m = static_cast<std::uint16_t>(1 + random.below(30));
  v.part = random.below(2) == 0 ? 'A' : 'B';
  return *ais::encode(v);
}

ais::Payload any_message(Random& random) {
  const std::uint32_t share = random.below(100);
  if (share < 63) return *ais::encode(any_report(random, 1));
  if (share < 75) return *ais::encode(any_report(random, 3));
  if (share < 87) return *ais::encode(any_report(random, 18));
  if (share < 93) return any_particulars(random, 5);
  if (share < 98) return any_particulars(random, 24);
  if (share == 98) return *ais::encode(any_report(random, 9));
  BaseStationReport b;
  b.message_type = 4;
  b.mmsi = Mmsi(2'190'000 + random.below(1000));
  b.position = GeoPosition::from_degrees(55.0, 10.0);
  return *ais::encode(b);
}

struct Text {
  std::string all;
  std::vector<std::string_view> lines;
};
const Text& text() {
  static const Text made = [] {
    Text t;
    Random random(1);
    unsigned sequence = 0;
    while (std::count(t.all.begin(), t.all.end(), '\n') < 100'000) {
      for (int i = 0; i < 1000; ++i) nmea::write_vdm(any_message(random), {.sequence = sequence++ % 10}, t.all);
    }
    for (std::string_view rest = t.all; !rest.empty();) {
      const std::size_t end = rest.find('\n') + 1;
      t.lines.push_back(rest.substr(0, end));
      rest.remove_prefix(end);
    }
    return t;
  }();
  return made;
}

std::span<const std::uint8_t> bytes(std::string_view s) {
  return {reinterpret_cast<const std::uint8_t*>(s.data()), s.size()};
}

// Each sentence as a datagram of its own.
void nmea_to_values(benchmark::State& state) {
  const Text& t = text();
  nmea::NmeaDecoder decoder;
  nmea::NmeaOutput out;
  for (auto _ : state) {
    for (const std::string_view line : t.lines) {
      out.clear();
      decoder.process(bytes(line), {}, 0, out);
      benchmark::DoNotOptimize(out.ais.data());
    }
  }
  if (decoder.counters().faults.total() != 0) state.SkipWithError("faults in our own sentences");
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * t.lines.size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * t.all.size()));
}
BENCHMARK(nmea_to_values)->Unit(benchmark::kMillisecond);

double children_cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

void gpsdecode_to_json(benchmark::State& state) {
  if (std::system("command -v gpsdecode >/dev/null 2>&1") != 0)
    return state.SkipWithError("gpsdecode is not installed");
  char path[] = "/tmp/nmea_bench_XXXXXX";
  const int fd = mkstemp(path);
  const Text& t = text();
  if (fd < 0 || write(fd, t.all.data(), t.all.size()) != static_cast<ssize_t>(t.all.size())) {
    return state.SkipWithError("cannot write the text");
  }
  close(fd);
  const std::string command = std::string("gpsdecode <") + path + " >/dev/null";
  for (auto _ : state) {
    const double before = children_cpu_s();
    if (std::system(command.c_str()) != 0) state.SkipWithError("gpsdecode failed");
    state.SetIterationTime(children_cpu_s() - before);
  }
  std::remove(path);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * t.lines.size()));
}
BENCHMARK(gpsdecode_to_json)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(3);

}  // namespace
}  // namespace headland
