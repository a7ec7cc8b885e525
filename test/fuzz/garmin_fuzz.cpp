// SPDX-License-Identifier: Apache-2.0
// Garmin: any bytes as a spoke and as a report.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/garmin/report.hpp"
#include "codec/garmin/spoke.hpp"

namespace headland::garmin {
namespace {

void read_all(Bytes bytes) {
  (void)is_report(bytes);
  if (const auto report = read_report(bytes)) {
    (void)name_of(report->setting);
    (void)settings_of(*report);
  }
  const auto spoke = read_spoke(bytes);
  if (!spoke) {
    if (spoke.error().offset > bytes.size() || name_of(spoke.error().reason) == "unknown") std::abort();
    return;
  }
  if (!is_spoke(bytes) && bytes[8] == 1 && bytes[9] == 0) std::abort();
  SpokeBlock block;
  append_spoke(*spoke, Timestamp{}, block);
  if (block.samples.size() + 36 != bytes.size() || !(block.spokes[0].cell_size.value() > 0.0)) std::abort();
}

}  // namespace
}  // namespace headland::garmin

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  headland::garmin::read_all({data, size});
  return 0;
}
