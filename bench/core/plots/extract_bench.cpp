// SPDX-License-Identifier: Apache-2.0
// Extraction of plots from a mask of 4096 x 8192 hits, beside flood filling of a label picture, the plain
// form. Mixed: half of the hits in blobs, half single cells (speckle).
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>
#ifdef HEADLAND_OPENCV
#include <opencv2/imgproc.hpp>
#endif

#include "core/base/random.hpp"
#include "core/plots/plot_extractor.hpp"
#include "core/video/azimuth_clock.hpp"

namespace headland::plots {
namespace {

constexpr std::uint32_t spokes = 4096;
constexpr std::uint32_t cells = 8192;

struct Mask {
  std::vector<HitBlock> blocks;
  std::vector<std::uint8_t> picture;  // level of each hit, 0 = none
};

void add_blobs(std::vector<std::uint8_t>& picture, Random& random, double share) {
  const auto wanted = static_cast<std::uint64_t>(share * spokes * cells);
  for (std::uint64_t done = 0; done < wanted;) {
    const std::uint32_t height = 8 + random.below(16);
    const std::uint32_t width = 6 + random.below(14);
    const std::uint32_t s = random.below(spokes - height);
    const std::uint32_t k = random.below(cells - width);
    for (std::uint32_t i = 0; i < height * width; ++i) {
      picture[std::size_t{s + i / width} * cells + k + i % width] = static_cast<std::uint8_t>(150 + random.below(100));
    }
    done += std::uint64_t{height} * width;
  }
}

void add_speckle(std::vector<std::uint8_t>& picture, Random& random, double share) {
  const auto wanted = static_cast<std::uint64_t>(share * spokes * cells);
  for (std::uint64_t i = 0; i < wanted; ++i) {
    picture[std::size_t{random.below(spokes)} * cells + random.below(cells)] =
        static_cast<std::uint8_t>(120 + random.below(100));
  }
}

Mask make_mask(double blobs, double speckle) {
  Random random(1);
  Mask mask;
  mask.picture.resize(std::size_t{spokes} * cells);
  add_blobs(mask.picture, random, blobs);
  add_speckle(mask.picture, random, speckle);
  for (std::uint32_t s = 0; s < spokes; s += 32) {
    HitBlock block;
    block.stride = cells;
    const auto from = mask.picture.begin() + std::ptrdiff_t{s} * cells;
    block.levels.assign(from, from + std::ptrdiff_t{32} * cells);
    block.thresholds.assign(block.levels.size(), 100);
    block.bits.assign(block.levels.size() / 64, 0);
    for (std::size_t i = 0; i < block.levels.size(); ++i) {
      if (block.levels[i] > 0) block.bits[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    for (std::uint32_t i = 0; i < 32; ++i) {
      HitSpoke spoke;
      spoke.position = (2 * AntennaPosition{s + i} + 1) * positions_per_turn / (2 * AntennaPosition{spokes});
      spoke.bearing = bearing_of(spoke.position);
      spoke.width = Angle(Radians(2.0 * std::numbers::pi / spokes));
      spoke.time = from_epoch_seconds(1000.0 + 1.25 * (s + i) / spokes);
      spoke.cell_size = Metres(3.75);
      spoke.cell_count = cells;
      spoke.row = i;
      block.spokes.push_back(spoke);
    }
    mask.blocks.push_back(std::move(block));
  }
  return mask;
}

void report(benchmark::State& state, double found) {
  const double done = static_cast<double>(state.iterations()) * spokes * cells;
  state.counters["mcells_per_s"] = benchmark::Counter(done / 1e6, benchmark::Counter::kIsRate);
  state.counters["found"] = found;
}

void ours(benchmark::State& state, double blobs, double speckle) {
  const Mask mask = make_mask(blobs, speckle);
  std::uint64_t found = 0;
  for (auto _ : state) {
    PlotExtractor extractor({});
    std::vector<PlotSector> sectors;
    for (const HitBlock& block : mask.blocks) extractor.process(block, sectors);
    extractor.finish(sectors);
    found = extractor.counters().echoes;
    benchmark::DoNotOptimize(sectors);
  }
  report(state, static_cast<double>(found));
}

// Labels every cell by flood filling from a stack, gathering size, box and centroid.
struct Group {
  std::uint64_t weight = 0, weighted_cell = 0, weighted_spoke = 0;
  std::uint32_t cells = 0, first = ~0U, last = 0, near = ~0U, far = 0;
};

void naive(benchmark::State& state, double blobs, double speckle) {
  const Mask mask = make_mask(blobs, speckle);
  std::vector<Group> groups;
  for (auto _ : state) {
    std::vector<std::uint32_t> label(mask.picture.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> stack;
    groups.clear();
    for (std::uint32_t s = 0; s < spokes; ++s) {
      for (std::uint32_t k = 0; k < cells; ++k) {
        if (mask.picture[std::size_t{s} * cells + k] == 0 || label[std::size_t{s} * cells + k] != 0) continue;
        groups.emplace_back();
        stack.emplace_back(s, k);
        label[std::size_t{s} * cells + k] = static_cast<std::uint32_t>(groups.size());
        while (!stack.empty()) {
          const auto [y, x] = stack.back();
          stack.pop_back();
          Group& g = groups.back();
          const std::uint8_t level = mask.picture[std::size_t{y} * cells + x];
          ++g.cells;
          g.weight += level;
          g.weighted_cell += std::uint64_t{level} * x;
          g.weighted_spoke += std::uint64_t{level} * y;
          g.first = std::min(g.first, y);
          g.last = std::max(g.last, y);
          g.near = std::min(g.near, x);
          g.far = std::max(g.far, x);
          for (std::uint32_t v = y == 0 ? 0 : y - 1; v <= std::min(y + 1, spokes - 1); ++v) {
            for (std::uint32_t u = x == 0 ? 0 : x - 1; u <= std::min(x + 1, cells - 1); ++u) {
              const std::size_t i = std::size_t{v} * cells + u;
              if (mask.picture[i] == 0 || label[i] != 0) continue;
              label[i] = static_cast<std::uint32_t>(groups.size());
              stack.emplace_back(v, u);
            }
          }
        }
      }
    }
    benchmark::DoNotOptimize(groups);
  }
  report(state, static_cast<double>(groups.size()));
}

// Bytes on the heap that one turn has left in use.
void memory(benchmark::State& state) {
  const Mask mask = make_mask(0.0, 0.05);
  double bytes = 0.0;
  for (auto _ : state) {
    const auto before = mallinfo2();
    PlotExtractor extractor({});
    std::vector<PlotSector> sectors;
    for (const HitBlock& block : mask.blocks) extractor.process(block, sectors);
    const auto after = mallinfo2();
    bytes = static_cast<double>(after.uordblks + after.hblkhd) - static_cast<double>(before.uordblks + before.hblkhd);
  }
  // The rows in hand come to that: levels, thresholds and bits of a block.
  state.counters["bytes"] = bytes + 32.0 * cells * 2.125;
}
BENCHMARK(memory)->Name("plots/memory")->Iterations(1);

#ifdef HEADLAND_OPENCV
void opencv(benchmark::State& state, double blobs, double speckle) {
  cv::setNumThreads(1);
  const Mask mask = make_mask(blobs, speckle);
  const cv::Mat picture(spokes, cells, CV_8U, const_cast<std::uint8_t*>(mask.picture.data()));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  int found = 0;
  for (auto _ : state) found = cv::connectedComponentsWithStats(picture, labels, stats, centroids, 8, CV_32S) - 1;
  report(state, found);
  state.counters["bytes"] = static_cast<double>(spokes) * cells * (1 + sizeof(int)) +
                            static_cast<double>(found) * (5 * sizeof(int) + 2 * sizeof(double));
}
#define HEADLAND_EXTRACT_PEER(name, blobs, speckle) \
  BENCHMARK_CAPTURE(opencv, name, blobs, speckle)   \
      ->Name("plots/" #name "/opencv")              \
      ->Unit(benchmark::kMillisecond)               \
      ->Repetitions(3)                              \
      ->ReportAggregatesOnly()
HEADLAND_EXTRACT_PEER(mixed_1pct, 0.005, 0.005);
HEADLAND_EXTRACT_PEER(mixed_5pct, 0.025, 0.025);
HEADLAND_EXTRACT_PEER(speckle_5pct, 0.0, 0.05);
#endif

#define HEADLAND_EXTRACT_BENCH(name, blobs, speckle) \
  BENCHMARK_CAPTURE(ours, name, blobs, speckle)      \
      ->Name("plots/" #name "/ours")                 \
      ->Unit(benchmark::kMillisecond)                \
      ->Repetitions(5)                               \
      ->ReportAggregatesOnly();                      \
  BENCHMARK_CAPTURE(naive, name, blobs, speckle)     \
      ->Name("plots/" #name "/naive")                \
      ->Unit(benchmark::kMillisecond)                \
      ->Iterations(1)

HEADLAND_EXTRACT_BENCH(mixed_1pct, 0.005, 0.005);
HEADLAND_EXTRACT_BENCH(mixed_5pct, 0.025, 0.025);
HEADLAND_EXTRACT_BENCH(speckle_5pct, 0.0, 0.05);

}  // namespace
}  // namespace headland::plots
