// SPDX-License-Identifier: Apache-2.0
// `headland decode`: what captures and recordings hold.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/base/expected.hpp"
#include "runtime/inspect/report.hpp"

namespace headland::inspect {

// Reads one file whole: a capture, ASTERIX blocks, FINAL records or NMEA text, told by content.
Expected<FileReport> inspect_file(const std::string& path);

// All files, to `out` as JSON or as text; what cannot be read, to `err`. Returns the exit code: 0, or 1 when a
// file could not be read.
int decode_files(const std::vector<std::string>& files, bool json, std::ostream& out, std::ostream& err);

}  // namespace headland::inspect
