// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a radar learned of its clutter: taken or refused, never a crash; and what is taken comes back from
// its own bytes, and a stage whose video fits it runs on from it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/signal/signal_stage.hpp"
#include "io/journal/state_file.hpp"
#include "runtime/station/radar/radar_chain.hpp"

namespace {

void run_on_from(const headland::signal::ClutterMemory& memory) {
  namespace signal = headland::signal;
  signal::SignalStage stage({});
  auto fitting = memory;
  fitting.fingerprint = signal::fingerprint(stage.config());
  stage.resume(fitting, fitting.time + std::chrono::hours(5));
  headland::SpokeBlock block;
  block.reference = memory.reference;
  block.format = memory.format;
  block.site = headland::Site{memory.site, headland::Metres(10.0)};
  block.samples.assign(memory.capacity, 20);
  block.samples16.assign(memory.capacity, 20);
  for (std::uint32_t i = 0; i < 4; ++i) {
    headland::SpokeInfo spoke;
    spoke.time = headland::from_epoch_seconds(1e9 + i);
    spoke.bearing = headland::Bearing(headland::Radians(memory.spoke_width.radians() * i));
    spoke.width = memory.spoke_width;
    spoke.range_start = memory.range_start;
    spoke.cell_size = memory.cell_size;
    spoke.cell_count = memory.capacity;
    block.spokes.push_back(spoke);
  }
  headland::HitBlock hits;
  stage.process(block, hits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace signal = headland::signal;
  const std::span<const std::uint8_t> bytes(data, size);
  (void)headland::journal::unpack_state(bytes);
  headland::config::RadarSection section;
  headland::station::RadarChain chain(section, headland::SensorId(1));
  chain.resume_clutter(bytes, headland::from_epoch_seconds(1e9));
  if (const auto memory = signal::decode_clutter_memory(bytes)) {
    const auto again = signal::decode_clutter_memory(signal::encode(*memory));
    if (!again || !(*again == *memory)) std::abort();
    run_on_from(*memory);
  }
  return 0;
}
