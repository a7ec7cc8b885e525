// SPDX-License-Identifier: Apache-2.0
// Any datagrams, one after another, through a radar's source, the signal stage, the plots and their causes: what a
// source keeps between datagrams (frames, headings, counts, blocks) is reached only so. The first byte chooses the
// protocol; then come a length of two bytes and a datagram, again and again.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "core/plots/causes/plot_explainer.hpp"
#include "core/plots/plot_extractor.hpp"
#include "core/signal/signal_stage.hpp"
#include "runtime/station/radar/radar_decoder.hpp"

namespace headland::station {
namespace {

constexpr std::array<std::string_view, 6> protocols{"asterix-240",       "navico",      "garmin-xhd", "furuno-drs",
                                                    "raymarine-quantum", "raymarine-rd"};

// Every spoke must lie in its block.
void check(const SpokeBlock& block) {
  const std::size_t held = block.format == SampleFormat::u8 ? block.samples.size() : block.samples16.size();
  for (const SpokeInfo& spoke : block.spokes) {
    if (spoke.first_sample > held || spoke.cell_count > held - spoke.first_sample) std::abort();
  }
}

void run(std::string_view protocol, std::span<const std::uint8_t> data) {
  RadarDecoderConfig config;
  config.protocol = protocol;
  const auto decoder = make_radar_decoder(config);
  if (!decoder) std::abort();
  signal::Config without_map;  // the map's memory is not what is looked for here
  without_map.clutter_turns_log2 = 0;
  signal::SignalStage stage(without_map);
  plots::PlotExtractor extractor({});
  plots::PlotExplainer explainer({});
  std::vector<SpokeBlock> blocks;
  std::vector<PlotSector> sectors;
  HitBlock hits;
  const auto explain = [&] {
    for (PlotSector& sector : sectors) explainer.process(sector, hits.has_strengths);
    sectors.clear();
  };
  const auto go_on = [&] {
    for (const SpokeBlock& block : blocks) {
      check(block);
      stage.process(block, hits);
      extractor.process(hits, sectors);
    }
    blocks.clear();
    explain();
  };
  Timestamp now = from_epoch_seconds(1.7e9);
  while (data.size() > 2) {
    const std::size_t length = std::min<std::size_t>(data[0] * 256U + data[1], data.size() - 2);
    decoder->process(now, data.subspan(2, length), blocks);
    go_on();
    data = data.subspan(2 + length);
    now += std::chrono::microseconds(500);
  }
  decoder->note_gap({1, GapReason::lost_on_wire});
  decoder->flush(blocks);
  go_on();
  extractor.finish(sectors);
  explain();
}

}  // namespace
}  // namespace headland::station

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using headland::station::protocols;
  if (size > 0) headland::station::run(protocols[data[0] % protocols.size()], {data + 1, size - 1});
  return 0;
}
