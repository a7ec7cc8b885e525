// SPDX-License-Identifier: Apache-2.0
// Milliseconds of CPU a scan for a calm, a coastal, a dense and a busy sea (20, 100, 500, 2000 vessels with 50, 300,
// 2000, 5000 clutter plots a turn of 2.5 s), whole turns in, tracks out; and a naive nearest neighbour tracker on the
// same turns. `us_per_track`: microseconds a scan and vessel.
#include <string>

#include <benchmark/benchmark.h>

#include "core/tracking/tracker.hpp"
#include "naive_gnn.hpp"
#include "sea.hpp"

namespace headland::bench {
namespace {

constexpr std::uint32_t warm = 16;  // the clutter map and the tracks have settled
constexpr std::uint32_t measured = 16;

class Ours {
 public:
  void process(const PlotSector& turn) {
    out_.tracks.clear();
    tracker_.process(turn, out_);
  }
  [[nodiscard]] std::size_t confirmed() const {
    std::size_t count = 0;
    for (const Track& t : tracker_.tracks()) {
      count += t.stage == TrackStage::confirmed || t.stage == TrackStage::coasting ? 1 : 0;
    }
    return count;
  }

 private:
  tracking::Tracker tracker_{tracking::TrackerConfig{}};
  TrackUpdates out_;
};

template <class Kind>
void scan(benchmark::State& state, const Sea& sea) {
  const std::vector<PlotSector> turns = make_turns(sea, warm + measured);
  std::size_t confirmed = 0;
  for (auto _ : state) {
    state.PauseTiming();
    {
      Kind tracker;
      for (std::uint32_t k = 0; k < warm; ++k) tracker.process(turns[k]);
      state.ResumeTiming();
      for (std::uint32_t k = warm; k < warm + measured; ++k) tracker.process(turns[k]);
      state.PauseTiming();
      confirmed = tracker.confirmed();
    }
    state.ResumeTiming();
  }
  using benchmark::Counter;
  const auto seconds = Counter::kIsIterationInvariantRate | Counter::kInvert;
  // The rate's inverse: seconds of CPU for each of so many.
  state.counters["ms_per_scan"] = Counter(measured * 1e-3, seconds);
  state.counters["us_per_track"] = Counter(measured * sea.vessels * 1e-6, seconds);
  state.counters["confirmed"] = static_cast<double>(confirmed);
}
[[maybe_unused]] const bool registered = [] {
  for (const Sea& sea : seas) {
    const std::string name = sea.name;
    benchmark::RegisterBenchmark(("tracker_scan/" + name).c_str(), [&](benchmark::State& s) {
      scan<Ours>(s, sea);
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("naive_gnn_scan/" + name).c_str(), [&](benchmark::State& s) {
      scan<NaiveGnn>(s, sea);
    })->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace headland::bench
