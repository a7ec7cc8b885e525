// SPDX-License-Identifier: Apache-2.0
// A sector of plots as bytes for the journal: every double bit for bit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/expected.hpp"
#include "core/plots/plot.hpp"

namespace headland::share {

enum class PlotBytesFault : std::uint8_t { version, truncated, value, trailing };

// Appends. Version 1; layout in the .cpp, in order of the fields.
void encode_plots(const PlotSector& sector, std::vector<std::uint8_t>& out);
[[nodiscard]] Expected<PlotSector, PlotBytesFault> decode_plots(std::span<const std::uint8_t> bytes);

}  // namespace headland::share
