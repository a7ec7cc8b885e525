// SPDX-License-Identifier: Apache-2.0
// Kinds of input files that live in a file of their own.
#pragma once

#include <memory>

#include "io/net/byte_source.hpp"
#include "runtime/station/input/input_file.hpp"

namespace headland::station {

[[nodiscard]] std::unique_ptr<InputFile> open_plots_input(net::ByteSource source, const InputOptions& options);

}  // namespace headland::station
