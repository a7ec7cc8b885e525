// SPDX-License-Identifier: Apache-2.0
// The tracker over very many scans: a scene looped, the clock going on. Neither its memory nor the time it takes for a
// scan may grow. Prints both for each twentieth of the run.
//
//   endurance [--scans N] [--time]   N: 500000 unless said otherwise (some minutes), at least 2000; --time: ends with 1
//                                    if scans take longer at the end, too
//
// Ends with 1 when heap or tracks in the second half are more than they were at most in the first, by more than chance
// explains.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

#include <malloc.h>

#include "core/tracking/test/scene.hpp"

namespace headland::quality {
namespace {

constexpr std::uint32_t loop_turns = 240;  // ten minutes; at each seam all vessels jump back to where they began
constexpr std::uint32_t parts = 20;
constexpr std::uint32_t least_scans = 2000;
constexpr double heap_growth_allowed = 1.05;
constexpr double growth_allowed = 1.25;  // of tracks, and of time

tracking::test::Scene scene() {
  tracking::test::Scene s;
  s.clutter = 50.0;
  s.detection = 0.85;
  Random random(7);
  for (int k = 0; k < 20; ++k) {
    s.vessels.push_back({random.uniform(-7000.0, 7000.0), random.uniform(-7000.0, 7000.0), random.uniform(-10.0, 10.0),
                         random.uniform(-10.0, 10.0)});
  }
  return s;
}

struct Part {
  double ms_per_scan = 0.0;  // of CPU
  double heap_kb = 0.0;      // at most
  double tracks = 0.0;       // at most
};

double heap_kb() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd) / 1024.0;
}

double greatest(std::vector<Part>::const_iterator from, std::vector<Part>::const_iterator to, double Part::* what) {
  return (*std::max_element(from, to, [&](const Part& a, const Part& b) { return a.*what < b.*what; })).*what;
}

std::vector<Part> endure(std::uint32_t scans) {
  const auto whole = scene();
  std::vector<PlotSector> loop;
  for (std::uint32_t turn = 0; turn < loop_turns; ++turn) loop.push_back(make_turn(whole, turn));
  const Duration turn_time = to_duration(Seconds(whole.turn_s));
  tracking::Tracker tracker{tracking::TrackerConfig{}};
  TrackUpdates out;
  std::vector<Part> all(parts);
  PlotSector sector;
  for (std::uint32_t part = 0; part < parts; ++part) {
    const auto from = static_cast<std::uint32_t>(std::uint64_t{scans} * part / parts);
    const auto to = static_cast<std::uint32_t>(std::uint64_t{scans} * (part + 1) / parts);
    std::clock_t spent = 0;
    for (std::uint32_t turn = from; turn < to; ++turn) {
      sector = loop[turn % loop_turns];
      const Duration later = turn_time * static_cast<std::int64_t>(turn - turn % loop_turns);
      sector.turn = turn;
      sector.began += later;
      sector.ended += later;
      for (Plot& p : sector.plots) p.time += later;
      out.tracks.clear();
      const std::clock_t began = std::clock();
      tracker.process(sector, out);
      spent += std::clock() - began;
      if (turn % 16 != 0) continue;
      all[part].heap_kb = std::max(all[part].heap_kb, heap_kb());
      all[part].tracks = std::max(all[part].tracks, static_cast<double>(tracker.tracks().size()));
    }
    all[part].ms_per_scan = 1e3 * static_cast<double>(spent) / CLOCKS_PER_SEC / (to - from);
  }
  return all;
}

int run(int count, char** words) {
  std::uint32_t scans = 500'000;
  bool time_too = false;
  for (int k = 1; k < count; ++k) {
    if (std::strcmp(words[k], "--time") == 0) {
      time_too = true;
    } else if (std::strcmp(words[k], "--scans") == 0 && k + 1 < count) {
      scans = static_cast<std::uint32_t>(std::strtoul(words[++k], nullptr, 10));
    } else {
      scans = 0;
      break;
    }
  }
  if (scans < least_scans) {
    std::printf("endurance [--scans N (%u or more)] [--time]\n", least_scans);
    return 2;
  }
  const auto all = endure(scans);
  std::printf("scans up to   ms a scan   heap kB   tracks\n");
  for (std::uint32_t k = 0; k < parts; ++k) {
    std::printf("%11llu %11.3f %9.0f %8.0f\n", static_cast<unsigned long long>(std::uint64_t{scans} * (k + 1) / parts),
                all[k].ms_per_scan, all[k].heap_kb, all[k].tracks);
  }
  const auto half = all.begin() + parts / 2;
  const auto growth = [&](double Part::* what) {
    return greatest(half, all.end(), what) / greatest(all.begin(), half, what);
  };
  const double heap = growth(&Part::heap_kb);
  const double tracks = growth(&Part::tracks);
  const double time = growth(&Part::ms_per_scan);
  std::printf("%u scans: second half against first: heap %.2f, tracks %.2f, time a scan %.2f\n", scans, heap, tracks,
              time);
  const bool grows = heap > heap_growth_allowed || tracks > growth_allowed || (time_too && time > growth_allowed);
  return grows ? 1 : 0;
}

}  // namespace
}  // namespace headland::quality

int main(int count, char** words) { return headland::quality::run(count, words); }
