// SPDX-License-Identifier: Apache-2.0
#include "core/plots/split/run_memory.hpp"

namespace headland::plots {

bool RunMemory::holds(const RunChain& chain) const {
  if (chain.oldest == 0 || last_run_ - chain.oldest >= most_runs) return false;
  const auto ago = static_cast<std::uint16_t>(row_ - runs_[chain.oldest % most_runs].row);
  if (ago >= most_rows) return false;
  const Row& oldest = rows_[(row_ - ago) % most_rows];
  return next_level_ - oldest.first_level <= most_levels - longest_run;
}

}  // namespace headland::plots
