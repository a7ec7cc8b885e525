// SPDX-License-Identifier: Apache-2.0
// How Raymarine radars pack bytes: runs of one value, everything else as it is.
//
//   5C NN VV     V, N times (N not 0)
//   5C 00        the byte 5C itself
//   other        itself
//
// The second row is our finding: with it the only two spokes in 75 000 recorded of RD radars that hold 5C 00 come
// to their 512 cells like all others.
#pragma once

#include <optional>

#include "codec/raymarine/fault.hpp"

namespace headland::raymarine {

inline constexpr std::uint8_t run_mark = 0x5C;

// Calls run(value, count) for each run; false where the bytes end within one.
template <class Run>
bool for_each_run(Bytes packed, Run run) {
  for (std::size_t i = 0; i < packed.size();) {
    if (packed[i] != run_mark) {
      run(packed[i], std::size_t{1});
      ++i;
    } else if (i + 1 < packed.size() && packed[i + 1] == 0) {
      run(run_mark, std::size_t{1});
      i += 2;
    } else if (i + 2 < packed.size()) {
      run(packed[i + 2], std::size_t{packed[i + 1]});
      i += 3;
    } else {
      return false;
    }
  }
  return true;
}

// How many bytes come out; nothing where the packed ones end within a run.
inline std::optional<std::size_t> unpacked_size(Bytes packed) {
  std::size_t size = 0;
  if (!for_each_run(packed, [&](std::uint8_t, std::size_t count) { size += count; })) return std::nullopt;
  return size;
}

}  // namespace headland::raymarine
