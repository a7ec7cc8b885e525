// SPDX-License-Identifier: Apache-2.0
// Navico: any bytes as a spoke frame, beacon, report and packet of a plotter.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/navico/report.hpp"
#include "codec/navico/spoke_frame.hpp"

namespace headland::navico {
namespace {

void read_all(Bytes bytes) {
  ModelEvidence evidence;
  SpokeBlock block;
  for (SpokeFrameReader reader(bytes); !reader.at_end();) {
    const auto spoke = reader.next();
    if (!spoke) continue;
    evidence.note(*spoke);
    const auto doppler = static_cast<DopplerState>(spoke->counter % 3);
    if (block.spokes.size() >= 32 || !fits(*spoke, doppler, block)) block = {};
    append_spoke(*spoke, doppler, Timestamp{}, block);
    if (block.samples.size() != block.spokes.size() * cells_per_spoke) std::abort();
  }
  if (const auto report = read_report(bytes)) evidence.note(*report);
  if (const auto beacon = read_beacon(bytes); beacon && beacon->channel_count > 2) std::abort();
  (void)read_navigation(bytes);
  (void)protocol_name(evidence.model());
}

}  // namespace
}  // namespace headland::navico

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  headland::navico::read_all({data, size});
  return 0;
}
