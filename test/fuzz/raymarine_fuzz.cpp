// SPDX-License-Identifier: Apache-2.0
// Raymarine: any bytes as each message of a Quantum and an RD, and as a beacon.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/raymarine/beacon.hpp"
#include "codec/raymarine/quantum.hpp"
#include "codec/raymarine/rd.hpp"

namespace headland::raymarine {
namespace {

void read_quantum(Bytes bytes) {
  QuantumRange range;
  if (const auto status = read_quantum_status(bytes)) range.note(*status);
  (void)read_quantum_navigation(bytes);
  const auto spoke = read_quantum_spoke(bytes);
  if (!spoke) {
    if (spoke.error().offset > bytes.size() || name_of(spoke.error().reason) == "unknown") std::abort();
    return;
  }
  SpokeBlock block;
  append_spoke(*spoke, range.cell_m(*spoke).value_or(1.0), Timestamp{}, block);
  if (block.samples.size() != spoke->cells || block.doppler.size() != spoke->cells) std::abort();
}

void read_rd(Bytes bytes) {
  const auto status = read_rd_status(bytes);
  SpokeBlock block;
  for (RdFrameReader reader(bytes); !reader.at_end();) {
    const auto spoke = reader.next();
    if (spoke) {
      append_spoke(*spoke, status ? status->range_m : 1.0, Timestamp{}, block);
    } else if (spoke.error().offset > bytes.size()) {
      std::abort();
    }
  }
  if (block.samples.size() != block.spokes.size() * rd_cells) std::abort();
}

}  // namespace
}  // namespace headland::raymarine

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  headland::raymarine::read_quantum({data, size});
  headland::raymarine::read_rd({data, size});
  (void)headland::raymarine::read_beacon({data, size});
  return 0;
}
