// SPDX-License-Identifier: Apache-2.0
// headland simulate three-radars --plots FILE: a strait with three overlapping radars at the level of plots.
#pragma once

#include <iosfwd>

#include "app/simulate.hpp"

namespace headland::app {

int run_simulate_plots(const SimulateOptions& options, std::ostream& err);

}  // namespace headland::app
